#include <algorithm>

#include "core/checkpoint/pickle.h"

namespace emc {

namespace {
// Modules and functions whose call runs code or reaches the machine.
constexpr std::string_view kForbiddenModules[] = {
    "os",      "posix",   "nt",     "subprocess", "commands", "pty",    "runpy",    "shutil",  "socket",     "ctypes",
    "_ctypes", "code",    "codeop", "importlib",  "imp",      "pickle", "_pickle",  "cPickle", "webbrowser", "platform",
    "pip",     "marshal", "sys",    "bdb",        "pdb",      "timeit", "cProfile", "profile"};
constexpr std::string_view kForbiddenBuiltins[] = {"eval",       "exec",    "execfile", "compile",   "__import__",
                                                   "open",       "file",    "input",    "raw_input", "apply",
                                                   "breakpoint", "globals", "locals",   "vars",      "setattr",
                                                   "delattr",    "help",    "exit",     "quit",      "memoryview"};

bool contains(std::span<const std::string_view> list, std::string_view word) {
    return std::find(list.begin(), list.end(), word) != list.end();
}

} // namespace

bool couldRunCode(std::string_view module, std::string_view name) {
    if (module == "__builtin__" || module == "builtins") return contains(kForbiddenBuiltins, name);
    if (contains(kForbiddenModules, module.substr(0, module.find('.')))) return true;
    return module == "types" && (name == "FunctionType" || name == "CodeType" || name == "LambdaType");
}

const std::vector<PickleRef>& PickleGraph::items(PickleRef ref) const {
    static const std::vector<PickleRef> kNone;
    const std::uint32_t list = at(ref).items;
    return list == kNoPickle ? kNone : m_items[list];
}

PickleRef PickleGraph::add(PickleNode node) {
    m_budget.charge(sizeof(PickleNode) + 8);
    m_nodes.push_back(node);
    return static_cast<PickleRef>(m_nodes.size() - 1);
}

PickleRef PickleGraph::addText(PickleKind kind, std::string_view text) {
    PickleNode node;
    node.kind = kind;
    node.text = text;
    return add(node);
}

PickleRef PickleGraph::addContainer(PickleKind kind, const PickleRef* begin, std::size_t count) {
    PickleNode node;
    node.kind = kind;
    if (count > 0) {
        m_budget.charge(32 + 4 * count);
        node.items = static_cast<std::uint32_t>(m_items.size());
        m_items.emplace_back(begin, begin + count);
    }
    return add(node);
}

void PickleGraph::append(PickleRef container, PickleRef item) {
    PickleNode& node = at(container);
    if (node.items == kNoPickle) {
        m_budget.charge(32);
        node.items = static_cast<std::uint32_t>(m_items.size());
        m_items.emplace_back();
    }
    m_budget.charge(12); // a growing vector holds its old and its doubled new memory for a moment
    m_items[node.items].push_back(item);
}

std::string PickleGraph::globalName(PickleRef ref) const {
    if (ref == kNoPickle || at(ref).kind != PickleKind::Global) return {};
    return std::string(at(ref).text) + "." + std::string(at(at(ref).first).text);
}

} // namespace emc
