#include "core/checkpoint/pickle.h"

#include <charconv>
#include <unordered_map>

namespace emc {

namespace {

class Parser {
public:
    Parser(ByteReader& reader, PickleGraph& graph) : m_reader(reader), m_graph(graph) {}

    PickleRef run() {
        for (;;) {
            const auto code = static_cast<unsigned char>(m_reader.number<std::uint8_t>());
            if (code == '.') {
                if (!m_marks.empty()) m_reader.fail("the pickle ends inside a group");
                return pop();
            }
            step(code);
        }
    }

private:
    void push(PickleRef ref) {
        if (m_stack.size() == m_peak) {
            m_graph.budget().charge(12);
            ++m_peak;
        }
        m_stack.push_back(ref);
    }
    PickleRef pop() {
        if (m_stack.size() <= floor()) m_reader.fail("the pickle takes a value that is not there");
        const PickleRef ref = m_stack.back();
        m_stack.pop_back();
        return ref;
    }
    PickleRef top() const {
        if (m_stack.size() <= floor()) m_reader.fail("the pickle uses a value that is not there");
        return m_stack.back();
    }
    std::size_t floor() const { return m_marks.empty() ? 0 : m_marks.back(); }
    void mark() {
        if (m_marks.size() == m_markPeak) {
            m_graph.budget().charge(24);
            ++m_markPeak;
        }
        m_marks.push_back(m_stack.size());
    }
    // Everything above the last mark, which goes; `begin` is where it starts on the stack. drop() must follow.
    std::size_t group() {
        if (m_marks.empty()) m_reader.fail("the pickle closes a group that was not opened");
        const std::size_t begin = m_marks.back();
        m_marks.pop_back();
        return begin;
    }
    void drop(std::size_t begin) { m_stack.resize(begin); }

    void pushNumber(PickleKind kind, std::int64_t value) {
        PickleNode node;
        node.kind = kind;
        node.number = value;
        push(m_graph.add(node));
    }
    void pushReal(double value) {
        PickleNode node;
        node.kind = PickleKind::Float;
        node.real = value;
        push(m_graph.add(node));
    }
    void pushText(PickleKind kind, std::uint64_t length) { push(m_graph.addText(kind, textOf(m_reader.take(length)))); }
    void pushGroup(PickleKind kind) {
        const std::size_t begin = group();
        if (kind == PickleKind::Dict && (m_stack.size() - begin) % 2 != 0) m_reader.fail("a key has no value");
        const PickleRef made = m_graph.addContainer(kind, m_stack.data() + begin, m_stack.size() - begin);
        drop(begin);
        push(made);
    }
    void pushTuple(std::size_t count) {
        PickleRef parts[3];
        for (std::size_t i = count; i-- > 0;) parts[i] = pop();
        push(m_graph.addContainer(PickleKind::Tuple, parts, count));
    }
    void pushGlobal(std::string_view module, std::string_view name) {
        if (couldRunCode(module, name))
            m_reader.fail("the pickle wants to call " + std::string(module) + "." + std::string(name.substr(0, 100)) +
                              ", which could run anything; nothing was run",
                          "Do not open this file with Python either");
        PickleNode node;
        node.kind = PickleKind::Global;
        node.text = module;
        node.first = m_graph.addText(PickleKind::String, name);
        push(m_graph.add(node));
    }
    void pushObject(PickleRef callable, PickleRef arguments) {
        PickleNode node;
        node.kind = PickleKind::Object;
        node.first = callable;
        node.second = arguments;
        push(m_graph.add(node));
    }
    void pushLong(ByteView bytes) {
        if (bytes.size() > 8) {
            push(m_graph.addText(PickleKind::Long, textOf(bytes)));
            return;
        }
        std::uint64_t value = 0;
        std::memcpy(&value, bytes.data(), bytes.size());
        if (!bytes.empty() && bytes.size() < 8 && (static_cast<unsigned>(bytes.back()) & 0x80))
            value |= ~0ull << (8 * bytes.size());
        pushNumber(PickleKind::Int, static_cast<std::int64_t>(value));
    }
    // Decimal digits of protocol 0; "00" and "01" are the booleans.
    void pushDecimal(std::string_view text, bool boolean) {
        if (boolean && (text == "00" || text == "01")) return pushNumber(PickleKind::Bool, text == "01");
        if (text.ends_with('L')) text.remove_suffix(1);
        std::int64_t value = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
        if (error == std::errc::result_out_of_range && end == text.data() + text.size()) {
            push(m_graph.addText(PickleKind::Long, text));
            return;
        }
        if (error != std::errc() || end != text.data() + text.size()) m_reader.fail("a number is damaged");
        pushNumber(PickleKind::Int, value);
    }
    void pushDecimalReal(std::string_view text) {
        double value = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
        if (error != std::errc() || end != text.data() + text.size()) m_reader.fail("a number is damaged");
        pushReal(value);
    }
    void pushQuoted(std::string_view text) {
        if (text.size() < 2 || text.front() != text.back() || (text.front() != '\'' && text.front() != '"'))
            m_reader.fail("a text is damaged");
        push(m_graph.addText(PickleKind::String, text.substr(1, text.size() - 2)));
    }

    // A memo index is untrusted: a map grows with the values that are really stored.
    void put(std::uint64_t index) {
        m_graph.budget().charge(64);
        m_memo[index] = top();
    }
    void get(std::uint64_t index) {
        const auto found = m_memo.find(index);
        if (found == m_memo.end()) m_reader.fail("the pickle recalls a value that it never stored");
        push(found->second);
    }
    std::uint64_t indexOf(std::string_view text) {
        std::uint64_t value = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
        if (error != std::errc() || end != text.data() + text.size()) m_reader.fail("a number is damaged");
        return value;
    }

    void appendTo(PickleRef target, std::size_t begin) {
        const PickleKind kind = m_graph.at(target).kind;
        const bool object = kind == PickleKind::Object && !m_graph.at(target).pairs;
        if (kind != PickleKind::List && kind != PickleKind::Set && !object)
            m_reader.fail("the pickle appends to something that is no list");
        for (std::size_t i = begin; i < m_stack.size(); ++i) m_graph.append(target, m_stack[i]);
    }
    void setIn(PickleRef target, std::size_t begin) {
        PickleNode& node = m_graph.at(target);
        const bool object = node.kind == PickleKind::Object && (node.pairs || node.items == kNoPickle);
        if (node.kind != PickleKind::Dict && !object)
            m_reader.fail("the pickle sets keys of something that is no dict");
        if ((m_stack.size() - begin) % 2 != 0) m_reader.fail("a key has no value");
        if (object) node.pairs = true;
        for (std::size_t i = begin; i < m_stack.size(); ++i) m_graph.append(target, m_stack[i]);
    }
    // Values above the mark go into the container below it.
    template <class Put>
    void fill(Put put) {
        const std::size_t begin = group();
        if (begin == 0 || begin <= floor()) m_reader.fail("the pickle fills a container that is not there");
        put(m_stack[begin - 1], begin);
        drop(begin);
    }
    void build() {
        const PickleRef state = pop();
        PickleNode& target = m_graph.at(top());
        if (target.kind == PickleKind::Object) target.third = state;
    }
    void stackGlobal() {
        const PickleRef name = pop(), module = pop();
        if (m_graph.at(name).kind != PickleKind::String || m_graph.at(module).kind != PickleKind::String)
            m_reader.fail("the name of a global is no text");
        pushGlobal(m_graph.at(module).text, m_graph.at(name).text);
    }
    void step(unsigned char code);
    bool stepText(unsigned char code);
    bool stepObject(unsigned char code);

    ByteReader& m_reader;
    PickleGraph& m_graph;
    std::vector<PickleRef> m_stack;
    std::vector<std::size_t> m_marks;
    std::size_t m_peak = 0, m_markPeak = 0;
    std::unordered_map<std::uint64_t, PickleRef> m_memo;
};

// Numbers, containers, memo.
void Parser::step(unsigned char code) {
    switch (code) {
    case 0x80: // PROTO
        if (m_reader.number<std::uint8_t>() > 5) m_reader.fail("this pickle protocol is not known");
        return;
    case 0x95: m_reader.take(8); return; // FRAME: a hint for streams only
    case '(': return mark();
    case '0': // POP takes a mark if one is on top
        if (!m_marks.empty() && m_marks.back() == m_stack.size()) m_marks.pop_back();
        else pop();
        return;
    case '1': return drop(group());
    case '2': return push(top());
    case 'N': return push(m_graph.add({}));
    case 0x88: return pushNumber(PickleKind::Bool, 1);
    case 0x89: return pushNumber(PickleKind::Bool, 0);
    case 'I': return pushDecimal(m_reader.line(), true);
    case 'L': return pushDecimal(m_reader.line(), false);
    case 'J': return pushNumber(PickleKind::Int, m_reader.number<std::int32_t>());
    case 'K': return pushNumber(PickleKind::Int, m_reader.number<std::uint8_t>());
    case 'M': return pushNumber(PickleKind::Int, m_reader.number<std::uint16_t>());
    case 0x8a: return pushLong(m_reader.take(m_reader.number<std::uint8_t>()));
    case 0x8b: return pushLong(m_reader.take(m_reader.number<std::uint32_t>()));
    case 'F': return pushDecimalReal(m_reader.line());
    case 'G': { // big-endian
        const auto bits = __builtin_bswap64(m_reader.number<std::uint64_t>());
        return pushReal(std::bit_cast<double>(bits));
    }
    case ']': return push(m_graph.addContainer(PickleKind::List, nullptr, 0));
    case '}': return push(m_graph.addContainer(PickleKind::Dict, nullptr, 0));
    case ')': return push(m_graph.addContainer(PickleKind::Tuple, nullptr, 0));
    case 0x8f: return push(m_graph.addContainer(PickleKind::Set, nullptr, 0));
    case 'l': return pushGroup(PickleKind::List);
    case 'd': return pushGroup(PickleKind::Dict);
    case 't': return pushGroup(PickleKind::Tuple);
    case 0x91: return pushGroup(PickleKind::Set);
    case 0x85: return pushTuple(1);
    case 0x86: return pushTuple(2);
    case 0x87: return pushTuple(3);
    case 'q': return put(m_reader.number<std::uint8_t>());
    case 'r': return put(m_reader.number<std::uint32_t>());
    case 'p': return put(indexOf(m_reader.line()));
    case 0x94: return put(m_memo.size());
    case 'h': return get(m_reader.number<std::uint8_t>());
    case 'j': return get(m_reader.number<std::uint32_t>());
    case 'g': return get(indexOf(m_reader.line()));
    default: break;
    }
    if (stepText(code) || stepObject(code)) return;
    char hex[8];
    std::snprintf(hex, sizeof hex, "0x%02x", code);
    m_reader.fail(std::string("there is no pickle instruction ") + hex, "The file is damaged or is no pickle");
}

bool Parser::stepText(unsigned char code) {
    switch (code) {
    case 'X': pushText(PickleKind::String, m_reader.number<std::uint32_t>()); return true;
    case 0x8c: pushText(PickleKind::String, m_reader.number<std::uint8_t>()); return true;
    case 0x8d: pushText(PickleKind::String, m_reader.number<std::uint64_t>()); return true;
    case 'T': pushText(PickleKind::String, m_reader.number<std::uint32_t>()); return true;
    case 'U': pushText(PickleKind::String, m_reader.number<std::uint8_t>()); return true;
    case 'V': push(m_graph.addText(PickleKind::String, m_reader.line())); return true;
    case 'S': pushQuoted(m_reader.line()); return true;
    case 'B': pushText(PickleKind::Bytes, m_reader.number<std::uint32_t>()); return true;
    case 'C': pushText(PickleKind::Bytes, m_reader.number<std::uint8_t>()); return true;
    case 0x8e:
    case 0x96: pushText(PickleKind::Bytes, m_reader.number<std::uint64_t>()); return true;
    default: return false;
    }
}

bool Parser::stepObject(unsigned char code) {
    switch (code) {
    case 'a': {
        const PickleRef item = pop(), target = top();
        push(item);
        appendTo(target, m_stack.size() - 1);
        pop();
        return true;
    }
    case 's': {
        if (m_stack.size() < floor() + 3) m_reader.fail("the pickle sets a key that is not there");
        const std::size_t begin = m_stack.size() - 2;
        setIn(m_stack[begin - 1], begin);
        drop(begin);
        return true;
    }
    case 'e':
    case 0x90: fill([this](PickleRef target, std::size_t begin) { appendTo(target, begin); }); return true;
    case 'u': fill([this](PickleRef target, std::size_t begin) { setIn(target, begin); }); return true;
    case 'c': {
        const std::string_view module = m_reader.line();
        pushGlobal(module, m_reader.line());
        return true;
    }
    case 0x93: stackGlobal(); return true;
    case 'R':
    case 0x81: { // REDUCE and NEWOBJ: a call, kept as a record
        const PickleRef arguments = pop(), callable = pop();
        pushObject(callable, arguments);
        return true;
    }
    case 0x92: { // NEWOBJ_EX; the named arguments do not matter to us
        pop();
        const PickleRef arguments = pop(), callable = pop();
        pushObject(callable, arguments);
        return true;
    }
    case 'i': {
        const std::string_view module = m_reader.line(), name = m_reader.line();
        pushGroup(PickleKind::Tuple);
        const PickleRef arguments = pop();
        pushGlobal(module, name);
        pushObject(pop(), arguments);
        return true;
    }
    case 'o': {
        pushGroup(PickleKind::Tuple);
        const PickleRef all = pop();
        const std::vector<PickleRef>& parts = m_graph.items(all);
        if (parts.empty()) m_reader.fail("the pickle makes an object of no class");
        const PickleRef callable = parts.front();
        pushObject(callable, m_graph.addContainer(PickleKind::Tuple, parts.data() + 1, parts.size() - 1));
        return true;
    }
    case 'b': build(); return true;
    case 'Q':
    case 'P': {
        PickleNode node;
        node.kind = PickleKind::Persistent;
        node.first = code == 'Q' ? pop() : m_graph.addText(PickleKind::String, m_reader.line());
        push(m_graph.add(node));
        return true;
    }
    default: return false; // also the extension registry and out-of-band buffers, which torch never writes
    }
}

} // namespace

PickleRef readPickle(ByteReader& reader, PickleGraph& graph) {
    return Parser(reader, graph).run();
}

} // namespace emc
