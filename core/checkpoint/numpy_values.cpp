#include "core/checkpoint/numpy_values.h"

#include "core/data/safetensors.h"

namespace emc {

namespace {
constexpr std::size_t kMaxRank = 16;

struct TypeName {
    const char *numpy, *dtype;
};
constexpr TypeName kTypes[] = {{"f4", "F32"}, {"f8", "F64"}, {"f2", "F16"}, {"i8", "I64"},
                               {"i4", "I32"}, {"i2", "I16"}, {"i1", "I8"},  {"u8", "U64"},
                               {"u4", "U32"}, {"u2", "U16"}, {"u1", "U8"},  {"b1", "BOOL"}};

// Characters 0 ... 255 in UTF-8, back to bytes.
std::shared_ptr<const std::vector<std::byte>> latin1(std::string_view text, const std::string& where) {
    auto bytes = std::make_shared<std::vector<std::byte>>();
    bytes->reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        auto code = static_cast<unsigned char>(text[i]);
        if (code >= 0x80) {
            if ((code & 0xFE) != 0xC2 || i + 1 == text.size())
                throw Error(ErrorKind::BadInput, "the array's bytes are not stored as such", where);
            code = static_cast<unsigned char>((code & 3) << 6 | (static_cast<unsigned char>(text[++i]) & 0x3F));
        }
        bytes->push_back(static_cast<std::byte>(code));
    }
    return bytes;
}

class ArrayReader {
public:
    ArrayReader(const PickleGraph& graph, const TorchValues& values, MemoryBudget& budget, std::string where)
        : m_graph(graph), m_values(values), m_budget(budget), m_where(std::move(where)) {}

    void read(PickleRef ref, CheckpointTensor& out) {
        // (version, shape, dtype, columns first, bytes)
        const std::vector<PickleRef> state = m_values.elements(m_graph.at(ref).third);
        if (state.size() != 5) bad("the array's description is damaged");
        out.device = "cpu";
        out.dtype = dtypeOf(state[2]);
        shapeOf(state[1], m_graph.at(state[3]).number != 0, out);
        bytesOf(state[4], out);
        if (out.storage.size() != out.bytes()) bad("the array has more or fewer values than its shape says");
    }

private:
    [[noreturn]] void bad(const std::string& problem) const { throw Error(ErrorKind::BadInput, problem, m_where); }

    std::string dtypeOf(PickleRef ref) const {
        const PickleNode& node = m_graph.at(ref);
        if (node.kind != PickleKind::Object || m_graph.globalName(node.first) != "numpy.dtype")
            bad("the array's type is damaged");
        const std::vector<PickleRef> arguments = m_values.elements(node.second);
        const auto word = arguments.empty() ? std::nullopt : m_values.text(arguments[0]);
        if (!word) bad("the array's type is damaged");
        const std::vector<PickleRef> state = m_values.elements(node.third); // (version, byte order, ...)
        const auto order = state.size() > 1 ? m_values.text(state[1]) : std::nullopt;
        for (const TypeName& type : kTypes)
            if (*word == type.numpy && order != ">") return type.dtype;
        throw Error(ErrorKind::Unsupported,
                    "arrays of type " + std::string(order.value_or("").substr(0, 1)) +
                        std::string(word->substr(0, 16)) + " are not read",
                    m_where);
    }
    void shapeOf(PickleRef ref, bool columnsFirst, CheckpointTensor& out) const {
        for (const PickleRef part : m_values.elements(ref)) {
            const auto extent = m_values.whole(part);
            if (!extent || *extent < 0 || out.shape.size() == kMaxRank) bad("the array's shape is damaged");
            out.shape.push_back(*extent);
        }
        out.stride.resize(out.shape.size());
        std::int64_t step = 1;
        for (std::size_t i = 0; i < out.shape.size(); ++i) {
            const std::size_t axis = columnsFirst ? i : out.shape.size() - 1 - i;
            out.stride[axis] = step;
            if (__builtin_mul_overflow(step, std::max<std::int64_t>(1, out.shape[axis]), &step))
                bad("the array's size is beyond all numbers");
        }
    }
    void bytesOf(PickleRef ref, CheckpointTensor& out) {
        const PickleNode& node = m_graph.at(ref);
        if (node.kind == PickleKind::Bytes) {
            out.storage = std::as_bytes(std::span(node.text));
            return;
        }
        const std::vector<PickleRef> arguments =
            node.kind == PickleKind::Object ? m_values.elements(node.second) : std::vector<PickleRef>();
        const auto text = arguments.size() == 2 ? m_values.text(arguments[0]) : std::nullopt;
        if (!text || m_graph.globalName(node.first) != "_codecs.encode" || m_values.text(arguments[1]) != "latin1")
            bad("the array's bytes are not stored as such");
        m_budget.charge(text->size());
        out.decoded = latin1(*text, m_where);
        out.storage = *out.decoded;
    }

    const PickleGraph& m_graph;
    const TorchValues& m_values;
    MemoryBudget& m_budget;
    std::string m_where;
};
} // namespace

bool isNumpyArray(const PickleGraph& graph, PickleRef ref) {
    if (ref == kNoPickle || graph.at(ref).kind != PickleKind::Object) return false;
    const PickleNode& node = graph.at(ref);
    const std::string name = graph.globalName(node.first);
    return (name == "numpy.core.multiarray._reconstruct" || name == "numpy._core.multiarray._reconstruct") &&
           node.third != kNoPickle && graph.at(node.third).kind == PickleKind::Tuple;
}

CheckpointTensor numpyTensor(const PickleGraph& graph, const TorchValues& values, PickleRef ref,
                             const std::string& name, MemoryBudget& budget, const std::string& where) {
    CheckpointTensor out;
    out.name = name;
    ArrayReader(graph, values, budget, where + ", tensor " + name).read(ref, out);
    return out;
}

} // namespace emc
