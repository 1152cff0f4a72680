#include "core/checkpoint/torch_values.h"

#include <algorithm>

#include "core/data/safetensors.h"

namespace emc {

namespace {
constexpr std::size_t kMaxRank = 16;
constexpr int kMaxWrapping = 8; // parameter in parameter in ...

struct TypeName {
    const char *storage, *scalar, *dtype;
};
constexpr TypeName kTypes[] = {
    {"FloatStorage", "float32", "F32"},
    {"DoubleStorage", "float64", "F64"},
    {"HalfStorage", "float16", "F16"},
    {"LongStorage", "int64", "I64"},
    {"BFloat16Storage", "bfloat16", "BF16"},
    {"IntStorage", "int32", "I32"},
    {"ShortStorage", "int16", "I16"},
    {"CharStorage", "int8", "I8"},
    {"ByteStorage", "uint8", "U8"},
    {"BoolStorage", "bool", "BOOL"},
    {"", "uint64", "U64"},
    {"", "uint32", "U32"},
    {"", "uint16", "U16"},
    {"", "float", "F32"},
    {"", "double", "F64"},
    {"", "half", "F16"},
    {"", "long", "I64"},
    {"", "int", "I32"},
};

[[noreturn]] void bad(const std::string& where, const std::string& tensor, const std::string& problem) {
    throw Error(ErrorKind::BadInput, problem, tensor.empty() ? where : where + ", tensor " + tensor);
}

std::int64_t product(std::int64_t a, std::int64_t b, const std::string& where, const std::string& name) {
    std::int64_t result = 0;
    if (__builtin_mul_overflow(a, b, &result)) bad(where, name, "its size is beyond all numbers");
    return result;
}
std::int64_t sum(std::int64_t a, std::int64_t b, const std::string& where, const std::string& name) {
    std::int64_t result = 0;
    if (__builtin_add_overflow(a, b, &result)) bad(where, name, "its size is beyond all numbers");
    return result;
}
} // namespace

std::string dtypeOfTorchName(const std::string& name) {
    if (!name.starts_with("torch.")) return {};
    const std::string last = name.substr(name.rfind('.') + 1);
    for (const TypeName& type : kTypes)
        if ((*type.storage && last == type.storage) || last == type.scalar) return type.dtype;
    return {};
}

std::optional<std::string_view> TorchValues::text(PickleRef ref) const {
    if (ref == kNoPickle) return std::nullopt;
    const PickleNode& node = m_graph.at(ref);
    if (node.kind == PickleKind::String || node.kind == PickleKind::Bytes) return node.text;
    return std::nullopt;
}

std::optional<std::int64_t> TorchValues::whole(PickleRef ref) const {
    if (ref == kNoPickle || m_graph.at(ref).kind != PickleKind::Int) return std::nullopt;
    return m_graph.at(ref).number;
}

std::string TorchValues::callName(PickleRef ref) const {
    if (ref == kNoPickle || m_graph.at(ref).kind != PickleKind::Object) return {};
    return m_graph.globalName(m_graph.at(ref).first);
}

bool TorchValues::isDict(PickleRef ref) const {
    if (ref == kNoPickle) return false;
    const PickleNode& node = m_graph.at(ref);
    if (node.kind == PickleKind::Dict) return true;
    if (node.kind != PickleKind::Object) return false;
    const std::string name = m_graph.globalName(node.first);
    return node.pairs || name == "collections.OrderedDict" || name == "collections.defaultdict" ||
           name == "__builtin__.dict" || name == "builtins.dict";
}

std::vector<PickleRef> TorchValues::elements(PickleRef ref) const {
    for (int depth = 0; ref != kNoPickle && depth < kMaxWrapping; ++depth) {
        const PickleNode& node = m_graph.at(ref);
        switch (node.kind) {
        case PickleKind::List:
        case PickleKind::Tuple:
        case PickleKind::Set: return m_graph.items(ref);
        case PickleKind::Object: {
            if (node.pairs) return {};
            if (node.items != kNoPickle) return m_graph.items(ref);
            // torch.Size((3, 4)), set([..]): the argument holds them
            if (node.second == kNoPickle || m_graph.at(node.second).kind != PickleKind::Tuple) return {};
            const std::vector<PickleRef>& arguments = m_graph.items(node.second);
            if (arguments.size() != 1) return {};
            ref = arguments.front();
            break;
        }
        default: return {};
        }
    }
    return {};
}

void TorchValues::forEachPair(PickleRef dict, const std::function<void(PickleRef, PickleRef)>& visit) const {
    const PickleNode& node = m_graph.at(dict);
    // OrderedDict([[key, value], ...]) of older Pythons
    if (node.kind == PickleKind::Object && !node.pairs) {
        for (PickleRef pair : elements(dict)) {
            const std::vector<PickleRef> both = elements(pair);
            if (both.size() == 2) visit(both[0], both[1]);
        }
        return;
    }
    const std::vector<PickleRef>& items = m_graph.items(dict);
    for (std::size_t i = 0; i + 1 < items.size(); i += 2) visit(items[i], items[i + 1]);
}

PickleRef TorchValues::lookup(PickleRef dict, std::string_view key) const {
    PickleRef found = kNoPickle;
    if (!isDict(dict)) return found;
    forEachPair(dict, [&](PickleRef name, PickleRef value) { // the last of equal keys counts, as in Python
        if (text(name) == key) found = value;
    });
    return found;
}

PickleRef TorchValues::state(PickleRef object) const {
    if (object == kNoPickle || m_graph.at(object).kind != PickleKind::Object) return kNoPickle;
    PickleRef state = m_graph.at(object).third;
    if (state == kNoPickle) return kNoPickle;
    if (m_graph.at(state).kind == PickleKind::Tuple && !m_graph.items(state).empty()) // (attributes, slots)
        state = m_graph.items(state).front();
    return isDict(state) ? state : kNoPickle;
}

bool TorchValues::isModule(PickleRef ref) const {
    const PickleRef attributes = state(ref);
    return attributes != kNoPickle && isDict(lookup(attributes, "_modules"));
}

std::string TorchValues::className(PickleRef object) const {
    if (object == kNoPickle || m_graph.at(object).kind != PickleKind::Object) return {};
    PickleRef callable = m_graph.at(object).first;
    const std::string name = m_graph.globalName(callable);
    if (name != "copy_reg._reconstructor" && name != "copyreg._reconstructor" && name != "copyreg.__newobj__")
        return name;
    const std::vector<PickleRef> arguments = elements(m_graph.at(object).second);
    return arguments.empty() ? name : m_graph.globalName(arguments.front());
}

std::optional<TorchValues::Call> TorchValues::rebuildCall(PickleRef ref) const {
    if (ref == kNoPickle || m_graph.at(ref).kind != PickleKind::Object) return std::nullopt;
    Call call{callName(ref), m_graph.at(ref).second};
    for (int depth = 0; depth < kMaxWrapping; ++depth) {
        if (call.arguments == kNoPickle || m_graph.at(call.arguments).kind != PickleKind::Tuple) return std::nullopt;
        if (call.function.starts_with("torch._utils._rebuild_") && call.function.ends_with("tensor")) return call;
        if (call.function.starts_with("torch._utils._rebuild_tensor")) return call;
        const std::vector<PickleRef>& arguments = m_graph.items(call.arguments);
        if (call.function.starts_with("torch.") && call.function.ends_with("._rebuild_from_type_v2")) {
            // (rebuild function, type, its arguments, state)
            if (arguments.size() < 3) return std::nullopt;
            call = {m_graph.globalName(arguments[0]), arguments[2]};
            continue;
        }
        const bool parameter = call.function.starts_with("torch._utils._rebuild_parameter") ||
                               call.function.starts_with("torch.nn.parameter.");
        if (!parameter || arguments.empty() || m_graph.at(arguments[0]).kind != PickleKind::Object) return std::nullopt;
        call = {callName(arguments[0]), m_graph.at(arguments[0]).second};
    }
    return std::nullopt;
}

bool TorchValues::isTensor(PickleRef ref) const {
    return rebuildCall(ref).has_value();
}

std::vector<std::int64_t> TorchValues::wholeList(PickleRef ref, const std::string& name) const {
    const std::vector<PickleRef> parts = elements(ref);
    if (parts.size() > kMaxRank) bad(m_where, name, "it has more than 16 dimensions");
    std::vector<std::int64_t> numbers;
    for (PickleRef part : parts) {
        const auto number = whole(part);
        if (!number || *number < 0) bad(m_where, name, "its shape or stride is not a list of whole numbers");
        numbers.push_back(*number);
    }
    return numbers;
}

CheckpointTensor TorchValues::tensor(PickleRef ref, const std::string& name) const {
    const std::optional<Call> call = rebuildCall(ref);
    if (!call) bad(m_where, name, "this is not a tensor");
    const bool third = call->function == "torch._utils._rebuild_tensor_v3";
    if (!third && call->function != "torch._utils._rebuild_tensor_v2" &&
        call->function != "torch._utils._rebuild_tensor")
        throw Error(ErrorKind::Unsupported, "tensors made by " + call->function + " are not read",
                    m_where + ", tensor " + name);
    const std::vector<PickleRef>& arguments = m_graph.items(call->arguments);
    if (arguments.size() < (third ? 7u : 4u)) bad(m_where, name, "its arguments are damaged");
    CheckpointTensor out;
    out.name = name;
    const auto offset = whole(arguments[1]);
    if (!offset || *offset < 0) bad(m_where, name, "its offset is not a whole number");
    out.shape = wholeList(arguments[2], name);
    out.stride = wholeList(arguments[3], name);
    if (out.shape.size() != out.stride.size()) bad(m_where, name, "shape and stride differ in length");
    if (third) { // bytes without a type, and the type beside them
        const std::string type = m_graph.globalName(arguments[6]);
        out.dtype = dtypeOfTorchName(type);
        if (out.dtype.empty())
            throw Error(ErrorKind::Unsupported, "tensors of type " + type + " are not read",
                        m_where + ", tensor " + name);
    }
    attachStorage(out, arguments[0], *offset);
    return out;
}

void TorchValues::attachStorage(CheckpointTensor& tensor, PickleRef id, std::int64_t offset) const {
    StorageId storage;
    try {
        storage = storageId(m_graph, id, m_where);
    } catch (const Error& error) { bad(m_where, tensor.name, error.problem()); }
    if (tensor.dtype.empty()) tensor.dtype = storage.dtype;
    if (tensor.dtype.empty())
        throw Error(ErrorKind::Unsupported, "tensors of type " + storage.typeName + " are not read",
                    m_where + ", tensor " + tensor.name);
    tensor.device = storage.device;
    const std::optional<ByteView> bytes = m_storages(storage.key);
    if (!bytes) bad(m_where, tensor.name, "its values (storage " + storage.key + ") are not in the file");
    const std::int64_t size = dtypeSize(tensor.dtype);
    const std::int64_t first = sum(offset, storage.viewOffset, m_where, tensor.name);
    std::int64_t last = first; // one past the farthest element
    bool empty = false;
    for (std::size_t i = 0; i < tensor.shape.size(); ++i) {
        empty = empty || tensor.shape[i] == 0;
        if (tensor.shape[i] > 0)
            last =
                sum(last, product(tensor.shape[i] - 1, tensor.stride[i], m_where, tensor.name), m_where, tensor.name);
    }
    if (empty) last = first;
    else last = sum(last, 1, m_where, tensor.name);
    const std::int64_t have = static_cast<std::int64_t>(bytes->size()) / size;
    if (last > have || first > have)
        bad(m_where, tensor.name,
            "it reaches to element " + std::to_string(last) + " of a storage of " + std::to_string(have));
    tensor.storage =
        bytes->subspan(static_cast<std::size_t>(first * size), static_cast<std::size_t>((last - first) * size));
}

StorageId storageId(const PickleGraph& graph, PickleRef ref, const std::string& where) {
    const auto damaged = [&]() -> Error {
        return Error(ErrorKind::BadInput, "the pointer to its values is damaged", where);
    };
    // Typed storages of newer versions may be wrapped once more; the id is what matters.
    if (ref == kNoPickle || graph.at(ref).kind != PickleKind::Persistent) throw damaged();
    const PickleRef id = graph.at(ref).first;
    if (id == kNoPickle || graph.at(id).kind != PickleKind::Tuple) throw damaged();
    const std::vector<PickleRef>& parts = graph.items(id);
    const auto textOfPart = [&](std::size_t i) -> std::string {
        const PickleNode& node = graph.at(parts[i]);
        if (node.kind == PickleKind::Int) return std::to_string(node.number);
        if (node.kind != PickleKind::String && node.kind != PickleKind::Bytes) throw damaged();
        return std::string(node.text.substr(0, 256));
    };
    if (parts.size() < 5 || textOfPart(0) != "storage" || graph.at(parts[4]).kind != PickleKind::Int) throw damaged();
    StorageId storage;
    storage.typeName = graph.globalName(parts[1]);
    storage.dtype = dtypeOfTorchName(storage.typeName);
    storage.key = textOfPart(2);
    storage.device = textOfPart(3);
    storage.elements = graph.at(parts[4]).number;
    if (storage.elements < 0) throw damaged();
    // (key of the view, offset, size) in streams of torch before 1.6
    if (parts.size() > 5 && graph.at(parts[5]).kind == PickleKind::Tuple && graph.items(parts[5]).size() >= 2) {
        const PickleNode& offset = graph.at(graph.items(parts[5])[1]);
        if (offset.kind != PickleKind::Int || offset.number < 0) throw damaged();
        storage.viewOffset = offset.number;
    }
    return storage;
}

} // namespace emc
