"""Fails when two files define a type of the same qualified name.

Two such types in one program break C++'s one-definition rule: no compiler or linker says so, and the program calls
the destructor of the wrong one. Types in unnamed namespaces and inside functions or classes are free.
Usage: check_names.py SOURCE | --self-test
"""
import collections
import pathlib
import re
import sys

FOLDERS = ("core", "app", "widgets")
TOKEN = re.compile(r"""
    //[^\n]* | /\*.*?\*/ | R"(?P<mark>[^(\s]*)\(.*?\)(?P=mark)" | "(?:\\.|[^"\\\n])*" | '(?:\\.|[^'\\\n])*'
    | (?P<line>^[ \t]*\#(?:[^\n\\]|\\.|\\\n)*)
    | (?P<namespace>\b(?:inline\s+)?namespace\b\s*(?P<path>[\w:]*)\s*\{)
    | (?P<type>(?<!enum\s)\b(?:struct|class|enum\s+class|enum)\b\s+(?:\[\[[^\]]*\]\]\s*|alignas\([^)]*\)\s*)*(?P<name>\w[\w:]*)
       (?:\s+final)?(?P<tail>\s*(?::[^;{}()]*)?\{))
    | (?P<open>\{) | (?P<close>\})
""", re.X | re.S | re.M)


def types_of(text):
    """Qualified names of the types that a file defines at namespace scope."""
    scopes, found = [], []  # a scope is a namespace's path, "" for an unnamed one, None for anything else
    for match in TOKEN.finditer(text):
        if match["namespace"]:
            scopes.append(match["path"])
        elif match["type"]:
            if all(scopes):  # neither inside a function or type, nor unnamed
                found.append("::".join(scopes + [match["name"]]))
            scopes.append(None)
        elif match["open"]:
            scopes.append(None)
        elif match["close"] and scopes:
            scopes.pop()
    return found


def self_test():
    text = '''#define X {
    namespace emc { // struct No {
    struct A : B<int> { struct Inner {}; };
    namespace { struct Hidden {}; }
    void f() { struct Local { int x = 1; }; const char* s = "struct S {"; }
    namespace part::deep { class C final { }; enum class E { one }; struct Declared; }
    struct A::Impl { };
    } '''
    expected = ["emc::A", "emc::part::deep::C", "emc::part::deep::E", "emc::A::Impl"]
    assert types_of(text) == expected, types_of(text)
    print("check_names: self-test passed")


def main(root):
    places = collections.defaultdict(set)
    for folder in FOLDERS:
        for path in sorted((root / folder).rglob("*")):
            if path.suffix in (".h", ".cpp", ".cu"):
                for name in types_of(path.read_text(encoding="utf-8")):
                    places[name].add(path.relative_to(root).as_posix())
    twice = {name: files for name, files in places.items() if len(files) > 1}
    for name, files in sorted(twice.items()):
        print(f"{name} is defined in {' and in '.join(sorted(files))}. Rename one, or put it into an unnamed namespace.")
    print(f"check_names: {len(places)} types, {len(twice)} defined twice")
    return 1 if twice else 0


if sys.argv[1] == "--self-test":
    self_test()
else:
    sys.exit(main(pathlib.Path(sys.argv[1])))
