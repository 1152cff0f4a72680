#include "core/checkpoint/checkpoint_builder.h"

#include <array>
#include <set>

#include "core/checkpoint/numpy_values.h"

namespace emc {

namespace {
constexpr int kMaxDepth = 64;
constexpr std::size_t kMaxVisits = 2'000'000, kMaxFacts = 200, kMaxNotes = 100;
// Where programs put the weights, best guess first.
constexpr std::array kStateKeys = {"state_dict", "model_state_dict", "model", "net", "network", "params", "weights"};
// What never holds them.
constexpr std::array kOtherKeys = {"optimizer", "optim", "lr_scheduler",    "scheduler",
                                   "callbacks", "loops", "hyper_parameters"};

bool isOther(std::string_view key) {
    for (const char* other : kOtherKeys)
        if (key.starts_with(other)) return true;
    return false;
}
} // namespace

void CheckpointBuilder::setOrigin(CheckpointFile& file, std::string format, std::string where) {
    file.m_format = std::move(format);
    file.m_where = std::move(where);
}

void CheckpointBuilder::addTensor(CheckpointFile& file, CheckpointTensor tensor) {
    file.m_tensors.push_back(std::move(tensor));
}

void CheckpointBuilder::visit(int depth) {
    if (depth > kMaxDepth)
        throw Error(ErrorKind::BadInput, "modules or dicts are nested more than 64 deep, or in a circle",
                    m_file.m_where);
    if (++m_visits > kMaxVisits)
        throw Error(ErrorKind::BadInput, "the state dict has more than two million parts", m_file.m_where);
}

void CheckpointBuilder::add(PickleRef ref, const std::string& name, bool array) {
    m_budget.charge(sizeof(CheckpointTensor) + 3 * name.size() + 256);
    CheckpointTensor tensor;
    try {
        tensor =
            array ? numpyTensor(m_graph, m_values, ref, name, m_budget, m_file.m_where) : m_values.tensor(ref, name);
    } catch (const Error& error) {
        if (error.kind() != ErrorKind::Unsupported) throw;
        if (m_file.m_notes.size() < kMaxNotes) m_file.m_notes.push_back(name + ": " + error.problem());
        return;
    }
    // A few bytes may claim any size by stride 0 or by sharing values; nobody's checkpoint repeats itself that often.
    const std::uint64_t bytes = tensor.bytes();
    const std::uint64_t limit = 16 * m_fileBytes + (64ull << 20);
    if (bytes > limit || m_tensorBytes > limit - bytes)
        throw Error(ErrorKind::BadInput, "its tensors claim far more values than the file holds",
                    m_file.m_where + ", tensor " + name);
    m_tensorBytes += bytes;
    m_file.m_tensors.push_back(std::move(tensor));
}

void CheckpointBuilder::collect(PickleRef ref, const std::string& name, int depth) {
    visit(depth);
    if (m_values.isTensor(ref)) return add(ref, name.empty() ? "tensor" : name);
    if (m_values.isModule(ref)) return collectModule(ref, name, depth);
    if (!m_values.isDict(ref)) return;
    m_values.forEachPair(ref, [&](PickleRef key, PickleRef value) {
        const auto text = m_values.text(key);
        const auto number = m_values.whole(key);
        if (!text && !number) return;
        const std::string part = text ? std::string(*text) : std::to_string(*number);
        if (name.size() + part.size() > 4096)
            throw Error(ErrorKind::BadInput, "a tensor's name is longer than 4096 characters", m_file.m_where);
        collect(value, name.empty() ? part : name + "." + part, depth + 1);
    });
}

void CheckpointBuilder::collectModule(PickleRef ref, const std::string& prefix, int depth) {
    visit(depth);
    const PickleRef attributes = m_values.state(ref);
    std::set<std::string_view> passing; // buffers that torch leaves out of the state dict
    for (PickleRef item : m_values.elements(m_values.lookup(attributes, "_non_persistent_buffers_set")))
        if (const auto text = m_values.text(item)) passing.insert(*text);
    for (const char* group : {"_parameters", "_buffers", "_modules"}) {
        const PickleRef members = m_values.lookup(attributes, group);
        if (!m_values.isDict(members)) continue;
        m_values.forEachPair(members, [&](PickleRef key, PickleRef value) {
            const auto text = m_values.text(key);
            if (!text || (group[1] == 'b' && passing.contains(*text))) return;
            if (prefix.size() + text->size() > 4096)
                throw Error(ErrorKind::BadInput, "a tensor's name is longer than 4096 characters", m_file.m_where);
            const std::string name = prefix.empty() ? std::string(*text) : prefix + "." + std::string(*text);
            if (group[1] == 'm') {
                if (m_values.isModule(value)) collectModule(value, name, depth + 1);
            } else if (m_values.isTensor(value)) {
                visit(depth);
                add(value, name);
            }
        });
    }
}

bool CheckpointBuilder::collectFrom(PickleRef ref, const std::string& prefix) {
    const std::size_t before = m_file.m_tensors.size() + m_file.m_notes.size();
    collect(ref, prefix, 0);
    return m_file.m_tensors.size() + m_file.m_notes.size() > before;
}

void CheckpointBuilder::findStateDict(PickleRef root) {
    if (m_values.isTensor(root) || m_values.isModule(root)) {
        collectFrom(root, {});
        return;
    }
    if (!m_values.isDict(root)) {
        const std::vector<PickleRef> parts = m_values.elements(root);
        // Arrays in a row are told by their places; of (model, optimizer) the first that holds tensors counts.
        for (std::size_t i = 0; i < parts.size(); ++i)
            if (m_values.isTensor(parts[i])) collectFrom(parts[i], std::to_string(i));
        if (!m_file.m_tensors.empty() || !m_file.m_notes.empty()) return;
        for (PickleRef part : parts)
            if (collectFrom(part, {})) return;
        return;
    }
    bool direct = false;
    m_values.forEachPair(root, [&](PickleRef, PickleRef value) { direct = direct || m_values.isTensor(value); });
    if (direct) {
        collectFrom(root, {});
        return;
    }
    for (const char* key : kStateKeys) {
        const PickleRef part = m_values.lookup(root, key);
        if (part == kNoPickle || !collectFrom(part, {})) continue;
        // BeLFusion keeps the range of its latents beside the state dict.
        const PickleRef statistics = m_values.lookup(root, "statistics");
        if (statistics != kNoPickle) collectFrom(statistics, "statistics");
        return;
    }
    m_values.forEachPair(root, [&](PickleRef key, PickleRef value) {
        const auto text = m_values.text(key);
        if (text && !isOther(*text)) collectFrom(value, std::string(text->substr(0, 256)));
    });
}

void CheckpointBuilder::findArrays(PickleRef root) {
    if (!m_values.isDict(root)) return;
    m_values.forEachPair(root, [&](PickleRef key, PickleRef value) {
        const auto text = m_values.text(key);
        if (!text || !isNumpyArray(m_graph, value)) return;
        visit(0);
        add(value, std::string(text->substr(0, 256)), true);
    });
}

void CheckpointBuilder::describe(PickleRef root) {
    if (!m_values.isDict(root)) return;
    m_values.forEachPair(root, [&](PickleRef key, PickleRef value) {
        const auto text = m_values.text(key);
        if (!text || text->size() > 256 || m_file.m_topKeys.size() >= kMaxFacts || m_values.isTensor(value)) return;
        m_file.m_topKeys.emplace_back(*text);
        if (const auto plain = plainText(m_graph, value)) m_file.m_facts[std::string(*text)] = *plain;
    });
    for (const char* key : {"hyper_parameters", "hparams", "config", "args", "cfg"}) {
        const PickleRef value = m_values.lookup(root, key);
        if (value == kNoPickle) continue;
        m_file.m_hyperParameters = plainJson(m_graph, m_values, value);
        return;
    }
}

void CheckpointBuilder::build(PickleRef root) {
    findStateDict(root);
    if (m_file.m_tensors.empty()) findArrays(root);
    describe(root);
    std::set<std::string_view> names;
    for (const CheckpointTensor& tensor : m_file.m_tensors)
        if (!names.insert(tensor.name).second)
            throw Error(ErrorKind::BadInput, "two tensors have this name", m_file.m_where + ", tensor " + tensor.name);
    if (m_file.m_tensors.empty())
        throw Error(ErrorKind::BadInput, "there is no tensor in the file", m_file.m_where,
                    m_file.m_notes.empty() ? "" : m_file.m_notes.front());
}

} // namespace emc
