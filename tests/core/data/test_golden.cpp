#include <gtest/gtest.h>

#include <cmath>
#include <set>

#include "core/api/error.h"
#include "core/data/atomic_file.h"
#include "core/data/golden.h"
#include "core/data/safetensors.h"
#include "tests/support/shared.h"

using namespace emc;

namespace {

const std::filesystem::path kOwn = std::filesystem::path(EMC_SOURCE_DIR) / "tests/golden";

// A case of two numbers 1 and 3 with a floor of 0.01.
void writeCase(const std::filesystem::path& folder, const std::string& transform, const std::string& check,
               const std::string& model) {
    writeFileAtomically(folder / "cases.json", R"({"salt":"emc-golden-1","format":1,"cases":{"one":{"model":")" +
                                                   model + R"(","config":{"a":{"b":2.5}},"file":"one.safetensors",
        "inputs":{"x":{"fill_name":"check","shape":[3],"dtype":"float32","transform":")" +
                                                   transform + R"(","check":)" + check + R"(}},
        "outputs":{"y":{"shape":[2],"dtype":"float32","noise_floor":0.01,"noise_p99":0.001,"max_abs":3.0},
                   "s":{"shape":[5],"dtype":"float32","noise_floor":0.01,"max_abs":3.0,"flat_stride":2},
                   "n":{"shape":[2],"dtype":"int64"}}}}})");
    SafetensorsWriter writer;
    writer.addF32("expect.y", {2}, std::vector<float>{1, 3});
    writer.addF32("expect.s", {3}, std::vector<float>{0, 2, 4});
    writer.addI64("expect.n", {2}, std::vector<std::int64_t>{5, 6});
    writer.write(folder / "one.safetensors");
}
const char* kCheck =
    R"({"first":[-0.47484683990478516,-0.7942361831665039,-0.169793963432312],"last":-0.169793963432312,"sum":-1.438876986503601})";

std::map<std::string, ParityRow> rowsOf(const std::filesystem::path& folder, ParityOutputs outputs) {
    static int counter = 0;
    const std::string model = "test_model_" + std::to_string(++counter);
    writeCase(folder, "v", kCheck, model);
    addParityCase(model, [outputs](const GoldenCase&, const GoldenInputs&) { return outputs; });
    std::map<std::string, ParityRow> rows;
    for (const ParityRow& row : runParity(folder)) rows[row.output] = row;
    return rows;
}

} // namespace

TEST(GoldenFill, TheCheckOfTheReadme) {
    const std::uint64_t h = fillHash("emc-golden-1", "check");
    EXPECT_EQ(h, 0xeb920a046ed93fdfull);
    EXPECT_EQ(2 * fillU(h, 0) - 1, -0.47484683990478516);
    EXPECT_EQ(2 * fillU(h, 1) - 1, -0.7942361831665039);
    EXPECT_EQ(2 * fillU(h, 2) - 1, -0.169793963432312);
}

TEST(GoldenFill, RulesOfParameters) {
    const auto v = [](const char* name, std::uint64_t i) { return 2 * fillU(fillHash("s", name), i) - 1; };
    const auto f = [](double x) { return static_cast<float>(x); };
    EXPECT_EQ(fillParameter("s", "a.weight", {2, 3, 4})[23], f(v("a.weight", 23) * std::sqrt(3.0 / 12)));
    EXPECT_EQ(fillParameter("s", "a.weight", {2})[1], f(1 + 0.1 * v("a.weight", 1)));
    EXPECT_EQ(fillParameter("s", "a.bias", {2})[1], f(0.1 * v("a.bias", 1)));
    EXPECT_EQ(fillParameter("s", "a.scale", {})[0], f(0.1 * v("a.scale", 0)));
    EXPECT_EQ(fillParameter("s", "module.model.a.bias", {2}), fillParameter("s", "a.bias", {2}));
    EXPECT_EQ(fillParameter("s", "face_tokenizer.model.a.bias", {2}), fillParameter("s", "a.bias", {2}));
    EXPECT_EQ(fillParameter("s", "b.gated_alpha", {1})[0], f(0.3 * v("b.gated_alpha", 0)));
    EXPECT_EQ(fillParameter("s", "motor_processor.Layers.1.attn_1.w", {1, 2})[1],
              f(1 + 0.1 * v("motor_processor.Layers.1.attn_1.w", 1)));
    EXPECT_EQ(fillParameter("s", "motor_processor.Layers.1.p", {2, 2}), (std::vector<float>{1, 0, 0, 1}));
}

TEST(GoldenInputsTest, OwnCasesAreMadeAsRecorded) {
    const auto cases = readGoldenCases(kOwn);
    EXPECT_EQ(cases.size(), 6u);
    for (const GoldenCase& golden : cases) EXPECT_NO_THROW(golden.makeInputs()) << golden.name;
}

// All transforms of all models: each input's first values, last value and sum are recorded.
TEST(GoldenInputsTest, AllSharedCasesAreMadeAsRecorded) {
    EMC_NEED_SHARED("golden/cases.json");
    const auto cases = readGoldenCases(emc::test::sharedFolder() / "golden");
    EXPECT_GE(cases.size(), 24u);
    std::size_t inputs = 0;
    for (const GoldenCase& golden : cases) {
        EXPECT_NO_THROW(inputs += golden.makeInputs().size()) << golden.name;
        for (const auto& [name, spec] : golden.outputs)
            EXPECT_NO_THROW(golden.expected(name)) << golden.name << " " << name;
    }
    EXPECT_GT(inputs, 60u);
}

TEST(GoldenInputsTest, UnknownTransformsAndWrongNumbersAreRefused) {
    emc::test::TempDir dir;
    writeCase(dir.path(), "v", kCheck, "m");
    EXPECT_EQ(readGoldenCases(dir.path())[0].makeInputs().at("x").values[1], -0.7942361831665039f);
    EXPECT_EQ(readGoldenCases(dir.path())[0].number("a.b", 0), 2.5);
    EXPECT_EQ(readGoldenCases(dir.path())[0].number("a.c", 7), 7);
    for (const char* transform : {"w", "", "v+const", "smooth+tie"}) {
        writeCase(dir.path(), transform, kCheck, "m");
        EXPECT_THROW(readGoldenCases(dir.path())[0].makeInputs(), Error) << transform;
    }
    writeCase(dir.path(), "u", kCheck, "m"); // known, but other numbers
    EXPECT_THROW(readGoldenCases(dir.path())[0].makeInputs(), Error);
    writeFileAtomically(dir / "cases.json", "{\"salt\":1");
    EXPECT_THROW(readGoldenCases(dir.path()), Error);
    writeFileAtomically(dir / "cases.json", R"({"salt":"s","format":1,"cases":{"a":{}}})");
    EXPECT_THROW(readGoldenCases(dir.path()), Error);
}

TEST(Parity, TolerancesOfTheReadme) {
    emc::test::TempDir dir;
    const auto status = [&](const char* name, ParityOutput output) {
        return rowsOf(dir.path(), {{name, output}})[name].status;
    };
    const double limit = 8 * 0.01 + 3e-6;
    EXPECT_EQ(status("y", parityOutput({2}, {1 + limit * 0.999, 3})), ParityStatus::Pass);
    EXPECT_EQ(status("y", parityOutput({2}, {1 + limit * 1.001, 3})), ParityStatus::Fail);
    EXPECT_EQ(status("y", parityOutput({2}, {1, std::nan("")})), ParityStatus::Fail);
    EXPECT_EQ(status("y", parityOutput({1, 2}, {1, 3})), ParityStatus::Fail); // another shape
    EXPECT_EQ(status("y", parityOutput({2}, {1.019, 3}, ParityMode::Double)), ParityStatus::Pass);
    EXPECT_EQ(status("y", parityOutput({2}, {1.021, 3}, ParityMode::Double)), ParityStatus::Fail);
    EXPECT_EQ(status("y", parityOutput({2}, {1, 3.2}, ParityMode::Relative, 0.07)), ParityStatus::Pass);
    EXPECT_EQ(status("y", parityOutput({2}, {1, 3.2}, ParityMode::Relative, 0.06)), ParityStatus::Fail);
    EXPECT_EQ(status("y", parityOutput({2}, {1, 3.2}, ParityMode::Absolute, 0.19)), ParityStatus::Fail);
    EXPECT_EQ(status("n", parityOutput({2}, {5, 6})), ParityStatus::Pass);
    EXPECT_EQ(status("n", parityOutput({2}, {5, 6.001})), ParityStatus::Fail);
    EXPECT_EQ(status("s", parityOutput({5}, {0, 99, 2, 99, 4})), ParityStatus::Pass); // every second one counts
    EXPECT_EQ(status("s", parityOutput({5}, {0, 0, 99, 0, 4})), ParityStatus::Fail);
    EXPECT_EQ(status("nonsense", parityOutput({1}, {0})), ParityStatus::Fail);
}

TEST(Parity, WhatNobodyComputesIsSkippedNotPassed) {
    emc::test::TempDir dir;
    auto rows = rowsOf(dir.path(), {{"y", parityOutput({2}, {1, 3})}});
    EXPECT_EQ(rows["y"].status, ParityStatus::Pass);
    EXPECT_EQ(rows["n"].status, ParityStatus::Skipped);
    EXPECT_TRUE(parityHolds(runParity(dir.path())));
    writeCase(dir.path(), "v", kCheck, "a model without a runner");
    const auto alone = runParity(dir.path(), "one");
    ASSERT_EQ(alone.size(), 1u);
    EXPECT_EQ(alone[0].status, ParityStatus::Skipped);
    EXPECT_FALSE(parityHolds(alone));
    EXPECT_THROW(runParity(dir.path(), "two"), Error);
}

TEST(Parity, ARunnerThatThrowsFails) {
    emc::test::TempDir dir;
    writeCase(dir.path(), "v", kCheck, "throwing");
    addParityCase("throwing", [](const GoldenCase&, const GoldenInputs&) -> ParityOutputs {
        throw Error(ErrorKind::Unsupported, "no weights");
    });
    const auto rows = runParity(dir.path());
    ASSERT_EQ(rows.size(), 1u);
    EXPECT_EQ(rows[0].status, ParityStatus::Fail);
    EXPECT_EQ(rows[0].note, "no weights");
}

TEST(Parity, FiltersTakeNamesAndPrefixes) {
    std::set<std::string> names;
    for (const ParityRow& row : runParity(kOwn, "mfcc_filled, metrics_t")) names.insert(row.caseName);
    EXPECT_EQ(names, (std::set<std::string>{"mfcc_filled", "metrics_tie"}));
}
