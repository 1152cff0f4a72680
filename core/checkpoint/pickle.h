#pragma once
// Reads a pickle (protocols 0 to 5) as data. Nothing is imported and nothing is called: what a pickle wants to call
// stays a record of the name and the arguments. Source of the opcodes: Python's pickletools documentation.
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "core/checkpoint/byte_view.h"
#include "core/checkpoint/memory_budget.h"

namespace emc {

enum class PickleKind : std::uint8_t {
    None,
    Bool,
    Int,  // fits 64 bits
    Long, // longer; text = little-endian two's complement, or decimal digits in protocol 0
    Float,
    String,
    Bytes,
    List,
    Tuple,
    Set,
    Dict,      // items alternate key, value
    Global,    // text = module, first = name (String)
    Object,    // first = what was to be called, second = arguments, third = state; items as a dict or list would have
    Persistent // first = id; something that lies outside the pickle
};

using PickleRef = std::uint32_t;
inline constexpr PickleRef kNoPickle = 0xFFFFFFFF;

struct PickleNode {
    PickleKind kind = PickleKind::None;
    bool pairs = false; // of an Object: items alternate key, value
    PickleRef first = kNoPickle, second = kNoPickle, third = kNoPickle;
    std::uint32_t items = kNoPickle; // index of the item list
    std::int64_t number = 0;         // Bool, Int
    double real = 0;
    std::string_view text; // into the pickle's bytes
};

// Everything that a pickle described. References may be shared and may form circles.
class PickleGraph {
public:
    explicit PickleGraph(MemoryBudget& budget) : m_budget(budget) {}
    const PickleNode& at(PickleRef ref) const { return m_nodes[ref]; }
    PickleNode& at(PickleRef ref) { return m_nodes[ref]; }
    const std::vector<PickleRef>& items(PickleRef ref) const;
    std::size_t size() const { return m_nodes.size(); }

    PickleRef add(PickleNode node);
    PickleRef addText(PickleKind kind, std::string_view text);
    PickleRef addContainer(PickleKind kind, const PickleRef* begin, std::size_t count);
    void append(PickleRef container, PickleRef item);
    // "module.name" of a Global, else empty.
    std::string globalName(PickleRef ref) const;
    MemoryBudget& budget() { return m_budget; }

private:
    MemoryBudget& m_budget;
    std::deque<PickleNode> m_nodes;
    std::deque<std::vector<PickleRef>> m_items;
};

// True for globals whose call runs code or reaches the machine: os.system, eval, ...
bool couldRunCode(std::string_view module, std::string_view name);

// Reads one pickle from `reader` (which then stands behind it) and returns its value. Throws Error(BadInput), also for
// globals that could run code: no honest checkpoint names them.
PickleRef readPickle(ByteReader& reader, PickleGraph& graph);

} // namespace emc
