#include <gtest/gtest.h>

#include "core/data/option_io.h"

using namespace emc;

namespace {

struct Sample {
    bool fast = true;
    int steps = 800;
    double lr = 2e-3, weight = 1;
    std::string model = "emc", note = "a \"b\"\n\\c";
    std::vector<int> sizes{1, 2};
    void visit(OptionVisitor& v) {
        v.option({.key = "steps", .label = "Steps", .min = 1, .max = 1e6}, steps);
        v.group("Optimiser");
        v.option({.key = "optim.lr", .label = "Learning rate", .help = "Size of a step.", .min = 0, .max = 1}, lr);
        v.option({.key = "optim.fast"}, fast);
        v.option({.key = "weight", .min = 0}, weight);
        v.group("Model");
        v.option({.key = "model.name", .choices = {"emc", "host"}}, model);
        v.option({.key = "model.note"}, note);
        v.option({.key = "model.sizes", .min = 0}, sizes);
    }
    OptionVisit visitor() {
        return [this](OptionVisitor& v) { visit(v); };
    }
};

bool operator==(const Sample& a, const Sample& b) {
    return a.fast == b.fast && a.steps == b.steps && a.lr == b.lr && a.weight == b.weight && a.model == b.model &&
           a.note == b.note && a.sizes == b.sizes;
}

Sample changed() {
    Sample s;
    s.fast = false, s.steps = 7, s.lr = 0.1, s.weight = 1e-7, s.model = "host", s.note = "", s.sizes = {};
    return s;
}

const OptionFault* find(const std::vector<OptionFault>& faults, const std::string& key) {
    for (const OptionFault& fault : faults)
        if (fault.key == key) return &fault;
    return nullptr;
}

} // namespace

TEST(Options, TomlAndJsonComeBackEqual) {
    for (Sample from : {Sample(), changed()}) {
        Sample toml = changed(), json = changed();
        EXPECT_TRUE(readTomlOptions(optionsToToml(from.visitor()), toml.visitor()).empty())
            << optionsToToml(from.visitor());
        EXPECT_TRUE(readJsonOptions(optionsToJson(from.visitor()), json.visitor()).empty());
        EXPECT_TRUE(toml == from) << optionsToToml(from.visitor());
        EXPECT_TRUE(json == from) << optionsToJson(from.visitor());
    }
}

TEST(Options, OnlyWhatIsNamedChanges) {
    Sample s = changed();
    EXPECT_TRUE(readTomlOptions("[optim]\nlr = 1", s.visitor()).empty());
    EXPECT_EQ(s.lr, 1.0);
    EXPECT_EQ(s.steps, 7);
}

TEST(Options, AllFaultsAreReportedTogether) {
    Sample s;
    const auto faults =
        readTomlOptions("stepz = 5\nsteps = 0\nweight = \"x\"\nwhen = 1979-05-27\n[optim]\nlr = 3.5\nfast = 1\n"
                        "[model]\nname = \"hosst\"\nnote = 5\nsizes = [1, \"a\"]\n",
                        s.visitor());
    EXPECT_EQ(faults.size(), 9u);
    ASSERT_TRUE(find(faults, "stepz"));
    EXPECT_EQ(find(faults, "stepz")->hint, "Did you mean \"steps\"?");
    EXPECT_NE(find(faults, "stepz")->problem.find("line 1"), std::string::npos);
    EXPECT_EQ(find(faults, "optim.lr")->hint, "Allowed are 0 to 1.");
    EXPECT_EQ(find(faults, "model.name")->hint, "Did you mean \"host\"?");
    for (const char* key : {"steps", "weight", "when", "optim.fast", "model.note", "model.sizes"})
        EXPECT_TRUE(find(faults, key)) << key;
    EXPECT_TRUE(s == Sample()); // nothing wrong was taken
    try {
        throwOptionFaults(faults, "config.toml");
        FAIL();
    } catch (const Error& error) {
        EXPECT_EQ(error.kind(), ErrorKind::BadInput);
        for (const OptionFault& fault : faults)
            EXPECT_NE(std::string(error.what()).find(fault.key + ": " + fault.problem), std::string::npos);
    }
    EXPECT_NO_THROW(throwOptionFaults({}, "config.toml"));
}

TEST(Options, TextThatDoesNotParseSaysWhere) {
    Sample s;
    const auto toml = readTomlOptions("steps = 5\nlr == 3\n", s.visitor());
    ASSERT_EQ(toml.size(), 1u);
    EXPECT_NE(toml[0].key.find("line 2"), std::string::npos);
    EXPECT_EQ(readJsonOptions("{\"steps\": ", s.visitor()).size(), 1u);
    EXPECT_EQ(readJsonOptions("[]", s.visitor()).size(), 1u);
    EXPECT_FALSE(readJsonOptions(std::string(20000, '[') + std::string(20000, ']'), s.visitor()).empty());
}

TEST(Options, FlatListAndCommandLine) {
    Sample s;
    EXPECT_TRUE(applyOptions({{"steps", "12"},
                              {"optim.lr", "1e-4"},
                              {"optim.fast", "false"},
                              {"model.note", "7"},
                              {"model.sizes", "[3, 4]"}},
                             s.visitor())
                    .empty());
    EXPECT_EQ(s.steps, 12);
    EXPECT_EQ(s.lr, 1e-4);
    EXPECT_FALSE(s.fast);
    EXPECT_EQ(s.note, "7");
    EXPECT_EQ(s.sizes, (std::vector<int>{3, 4}));
    const auto rows = listOptions(s.visitor());
    ASSERT_EQ(rows.size(), 7u);
    EXPECT_EQ(rows[1].group, "Optimiser");
    EXPECT_EQ(rows[1].value, "1e-04");
    EXPECT_EQ(rows[6].type, OptionRow::Type::IntList);
    const auto faults = applyOptions({{"lr", "1"}, {"steps", "1.5"}, {"optim.fast", "maybe"}}, s.visitor());
    EXPECT_EQ(faults.size(), 3u);
    EXPECT_EQ(find(faults, "lr")->hint, "Did you mean \"optim.lr\"?");
}

TEST(Options, NearestName) {
    EXPECT_EQ(nearestName("emotoin", {"coeffs", "emotion"}), "emotion");
    EXPECT_EQ(nearestName("zzzzzz", {"coeffs", "emotion"}), "");
}
