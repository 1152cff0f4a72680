// Values that are neither tensors nor modules, for people: epochs and hyper-parameters.
#include <cmath>
#include <nlohmann/json.hpp>

#include "core/checkpoint/checkpoint_builder.h"

namespace emc {

namespace {
constexpr int kMaxDepth = 12;
constexpr std::size_t kMaxValues = 20'000, kMaxText = 500;

class PlainWriter {
public:
    PlainWriter(const PickleGraph& graph, const TorchValues& values) : m_graph(graph), m_values(values) {}

    nlohmann::json write(PickleRef ref, int depth) {
        if (ref == kNoPickle || depth > kMaxDepth || ++m_written > kMaxValues) return "...";
        const PickleNode& node = m_graph.at(ref);
        switch (node.kind) {
        case PickleKind::None: return nullptr;
        case PickleKind::Bool: return node.number != 0;
        case PickleKind::Int: return node.number;
        case PickleKind::Float: return std::isfinite(node.real) ? nlohmann::json(node.real) : nlohmann::json(nullptr);
        case PickleKind::Long:
        case PickleKind::Bytes: return "(" + std::to_string(node.text.size()) + " bytes)";
        case PickleKind::String: return std::string(node.text.substr(0, kMaxText));
        case PickleKind::Global: return m_graph.globalName(ref).substr(0, kMaxText);
        case PickleKind::Persistent: return "(stored values)";
        case PickleKind::List:
        case PickleKind::Tuple:
        case PickleKind::Set: return list(ref, depth);
        case PickleKind::Dict: return dict(ref, depth);
        case PickleKind::Object: return object(ref, depth);
        }
        return nullptr;
    }

private:
    nlohmann::json list(PickleRef ref, int depth) {
        nlohmann::json out = nlohmann::json::array();
        for (PickleRef item : m_values.elements(ref)) {
            if (m_written > kMaxValues) break;
            out.push_back(write(item, depth + 1));
        }
        return out;
    }
    nlohmann::json dict(PickleRef ref, int depth) {
        nlohmann::json out = nlohmann::json::object();
        m_values.forEachPair(ref, [&](PickleRef key, PickleRef value) {
            if (m_written > kMaxValues) return;
            const auto text = m_values.text(key);
            const auto name = text ? std::string(text->substr(0, kMaxText)) : plainText(m_graph, key).value_or("");
            if (!name.empty()) out[name] = write(value, depth + 1);
        });
        return out;
    }
    nlohmann::json object(PickleRef ref, int depth) {
        if (m_values.isTensor(ref)) return "(tensor)";
        if (m_values.isModule(ref)) return m_values.className(ref).substr(0, kMaxText);
        if (m_values.isDict(ref)) return dict(ref, depth);
        const PickleRef state = m_values.state(ref);
        if (state != kNoPickle) {
            // omegaconf keeps the value of a node in _val and that of a container in _content
            for (const char* inner : {"_content", "_val"}) {
                const PickleRef value = m_values.lookup(state, inner);
                if (value != kNoPickle) return write(value, depth + 1);
            }
            return dict(state, depth);
        }
        const std::vector<PickleRef> parts = m_values.elements(ref);
        if (parts.size() == 1 && m_graph.at(ref).items == kNoPickle) return write(parts.front(), depth + 1);
        if (!parts.empty()) return list(ref, depth);
        return m_values.className(ref).substr(0, kMaxText);
    }

    const PickleGraph& m_graph;
    const TorchValues& m_values;
    std::size_t m_written = 0;
};
} // namespace

std::string plainJson(const PickleGraph& graph, const TorchValues& values, PickleRef ref) {
    return PlainWriter(graph, values).write(ref, 0).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::optional<std::string> plainText(const PickleGraph& graph, PickleRef ref) {
    if (ref == kNoPickle) return std::nullopt;
    const PickleNode& node = graph.at(ref);
    switch (node.kind) {
    case PickleKind::Bool: return node.number ? "true" : "false";
    case PickleKind::Int: return std::to_string(node.number);
    case PickleKind::Float: {
        char text[40];
        std::snprintf(text, sizeof text, "%.9g", node.real);
        return text;
    }
    case PickleKind::String:
        if (node.text.size() <= 256) return std::string(node.text);
        return std::nullopt;
    default: return std::nullopt;
    }
}

} // namespace emc
