// The pickle machine: every value comes out as data, nothing is called, nothing is trusted.
#include <gtest/gtest.h>

#include "core/checkpoint/pickle.h"
#include "tests/core/checkpoint/pickle_maker.h"

namespace emc {
namespace {
namespace p = test::pickle;
using namespace std::string_literals;

struct Parsed {
    MemoryBudget budget{64u << 20, "test"};
    PickleGraph graph{budget};
    PickleRef root = kNoPickle;
    explicit Parsed(const std::string& bytes) : m_bytes(bytes) {
        ByteReader reader(test::bytesOf(m_bytes), "test");
        root = readPickle(reader, graph);
        rest = reader.left();
    }
    const PickleNode& top() const { return graph.at(root); }
    const PickleNode& item(std::size_t i) const { return graph.at(graph.items(root).at(i)); }
    std::size_t rest = 0;

private:
    std::string m_bytes;
};

std::string problemOf(const std::string& bytes, std::uint64_t budgetBytes = 64u << 20) {
    MemoryBudget budget(budgetBytes, "test");
    PickleGraph graph(budget);
    ByteReader reader(test::bytesOf(bytes), "test");
    try {
        readPickle(reader, graph);
    } catch (const Error& error) {
        EXPECT_EQ(error.kind(), ErrorKind::BadInput);
        return error.problem();
    }
    return {};
}

TEST(Pickle, NumbersOfEveryProtocol) {
    const Parsed all("\x80\x04(K\xc8M\xe8\x03J\xfe\xff\xff\xff\x8a\x01\xff\x8a\x00"
                     "I-12\nI01\nI00\nL99L\nF2.5\nG\x40\x04\x00\x00\x00\x00\x00\x00N\x88\x89t."s);
    const std::int64_t wholes[] = {200, 1000, -2, -1, 0, -12};
    for (std::size_t i = 0; i < 6; ++i) {
        EXPECT_EQ(all.item(i).kind, PickleKind::Int) << i;
        EXPECT_EQ(all.item(i).number, wholes[i]) << i;
    }
    EXPECT_EQ(all.item(6).kind, PickleKind::Bool);
    EXPECT_EQ(all.item(6).number, 1);
    EXPECT_EQ(all.item(7).number, 0);
    EXPECT_EQ(all.item(8).number, 99);
    EXPECT_EQ(all.item(9).real, 2.5);
    EXPECT_EQ(all.item(10).real, 2.5);
    EXPECT_EQ(all.item(11).kind, PickleKind::None);
    EXPECT_EQ(all.item(12).number, 1);
    EXPECT_EQ(all.item(13).number, 0);
}

TEST(Pickle, ALongerNumberKeepsItsBytes) {
    const Parsed big("\x80\x02\x8a\x09\x01\x02\x03\x04\x05\x06\x07\x08\x09."s);
    EXPECT_EQ(big.top().kind, PickleKind::Long);
    EXPECT_EQ(big.top().text.size(), 9u);
}

TEST(Pickle, TextsOfEveryProtocol) {
    const Parsed all("(S'one'\nVtwo\nX\x05\x00\x00\x00three\x8c\x04"
                     "fourU\x04"
                     "five\x8d\x03\x00\x00\x00\x00\x00\x00\x00sixC\x01!t."s);
    const char* words[] = {"one", "two", "three", "four", "five", "six", "!"};
    for (std::size_t i = 0; i < 7; ++i) EXPECT_EQ(all.item(i).text, words[i]);
    EXPECT_EQ(all.item(6).kind, PickleKind::Bytes);
}

TEST(Pickle, MemoDuplicatesAndMarks) {
    // [a, a, a] by put/get, memoize and dup; the mark and what stands on it are thrown away
    const Parsed list("\x80\x04]\x94(X\x01\x00\x00\x00"
                      "a\x94h\x01"
                      "2e(K\x01K\x02"
                      "1h\x00"
                      "0."s);
    EXPECT_EQ(list.top().kind, PickleKind::List);
    ASSERT_EQ(list.graph.items(list.root).size(), 3u);
    for (std::size_t i = 0; i < 3; ++i) EXPECT_EQ(list.item(i).text, "a");
}

TEST(Pickle, ACallStaysARecord) {
    const Parsed call(p::finished(p::call(p::global("some.module", "launch"), p::tuple({p::text("x")})) +
                                  p::dict({{"k", "N"}}) + "b"));
    EXPECT_EQ(call.top().kind, PickleKind::Object);
    EXPECT_EQ(call.graph.globalName(call.top().first), "some.module.launch");
    EXPECT_EQ(call.graph.at(call.graph.items(call.top().second).at(0)).text, "x");
    EXPECT_EQ(call.graph.items(call.top().third).size(), 2u);
    // the other ways to call: NEWOBJ_EX, INST, OBJ, names from the stack
    for (const std::string& code :
         {p::global("m", "C") + ")}\x92"s, "(K\x01im\nC\n"s, "("s + p::global("m", "C") + "K\x01o",
          p::text("m") + p::text("C") + "\x93)\x81"s}) {
        const Parsed made(p::finished(code));
        EXPECT_EQ(made.top().kind, PickleKind::Object);
        EXPECT_EQ(made.graph.globalName(made.top().first), "m.C");
    }
}

TEST(Pickle, GlobalsThatCouldRunCodeAreNamedAndRefused) {
    for (const auto& [module, name] : std::vector<std::pair<std::string, std::string>>{{"os", "system"},
                                                                                       {"posix", "system"},
                                                                                       {"nt", "popen"},
                                                                                       {"subprocess", "Popen"},
                                                                                       {"__builtin__", "eval"},
                                                                                       {"builtins", "exec"},
                                                                                       {"builtins", "__import__"},
                                                                                       {"runpy", "run_path"},
                                                                                       {"os.path", "join"},
                                                                                       {"importlib", "import_module"},
                                                                                       {"shutil", "rmtree"},
                                                                                       {"_pickle", "loads"},
                                                                                       {"types", "FunctionType"}}) {
        const std::string said = problemOf(p::finished(p::call(p::global(module, name), p::tuple({p::text("x")}))));
        EXPECT_NE(said.find(module + "." + name), std::string::npos) << said;
        const std::string stacked = problemOf(p::finished(p::text(module) + p::text(name) + "\x93)R"));
        EXPECT_NE(stacked.find(module + "." + name), std::string::npos) << stacked;
    }
    EXPECT_EQ(problemOf(p::finished(p::call(p::global("__builtin__", "set"), ")"))), "");
    EXPECT_EQ(problemOf(p::finished(p::global("omegaconf.nodes", "AnyNode"))), "");
}

TEST(Pickle, BrokenStacksAreRefused) {
    for (const std::string& code : {"."s,
                                    "0."s,
                                    "R."s,
                                    "K\x01R."s,
                                    "t."s,
                                    "u."s,
                                    "(u."s,
                                    "K\x01(K\x01K\x01u."s,
                                    "}(K\x01u."s,
                                    "NK\x01K\x02s."s,
                                    "K\x01s."s,
                                    "]K\x01s."s,
                                    "(K\x01."s,
                                    "h\x05."s,
                                    "g7\n."s,
                                    "gx\n."s,
                                    "q\x00"s,
                                    "\x94."s,
                                    "1."s,
                                    "a."s,
                                    "(a."s,
                                    "K\x01K\x02"
                                    "a."s,
                                    "e."s,
                                    "\x93."s,
                                    "K\x01K\x02\x93."s,
                                    "\x80\x09N."s,
                                    "\x82\x01."s,
                                    "\x97."s,
                                    "\xff."s,
                                    "(o."s,
                                    "o."s,
                                    "b."s,
                                    "Q."s,
                                    "\x87."s,
                                    "Iabc\n."s,
                                    "F1.2.3\n."s,
                                    "Sabc\n."s,
                                    "I1"s,
                                    "X\xff\xff\xff\xff"s,
                                    "\x8d\xff\xff\xff\xff\xff\xff\xff\xff"s,
                                    "\x8b\xff\xff\xff\xff"s,
                                    ""s})
        EXPECT_NE(problemOf(code), "") << testing::PrintToString(code);
}

TEST(Pickle, MemoryIsBoundedWhateverIsDescribed) {
    const std::string flood(3'000'000, 'N');
    EXPECT_NE(problemOf(flood + ".", 8u << 20).find("far more objects"), std::string::npos);
    EXPECT_NE(problemOf(std::string(3'000'000, '(') + ".", 8u << 20).find("far more objects"), std::string::npos);
    std::string memo = "N";
    for (std::uint32_t i = 0; i < 400'000; ++i) memo += "r" + test::raw(i * 7919u);
    EXPECT_NE(problemOf(memo + ".", 8u << 20).find("far more objects"), std::string::npos);
    std::string appends = "]"; // one list, filled again and again
    for (int i = 0; i < 1'000'000; ++i) appends += "Na";
    EXPECT_NE(problemOf(appends + ".", 8u << 20).find("far more objects"), std::string::npos);
    EXPECT_EQ(problemOf("]("s + std::string(50'000, 'N') + "e.", 8u << 20), "");
}

} // namespace
} // namespace emc
