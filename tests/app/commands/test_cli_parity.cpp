// emc parity on a folder that nobody here has seen: other salt, other names, other shapes, numbers of PyTorch and
// NumPy.
#include "tests/app/commands/run_cli.h"

using namespace emc::test;
namespace fs = std::filesystem;

TEST(CliParity, AnotherSaltAndOtherShapes) {
    if (benchPython().empty()) GTEST_SKIP() << "needs ./studio bench-setup";
    const TempDir dir;
    ASSERT_TRUE(runPython(fs::path(EMC_SOURCE_DIR) / "tests/bench/golden_variant.py",
                          {(dir / "golden").string(), "emc-other-salt"}));
    const Answer answer = runCli({"parity", (dir / "golden").string(), "--json"});
    EXPECT_EQ(answer.code, 0) << answer.err;
    const auto result = answer.json();
    EXPECT_TRUE(result["pass"].get<bool>());
    std::map<std::string, int> passed;
    for (const auto& row : result["cases"]) passed[row["name"]] += row["pass"].get<bool>();
    const std::string cases = readAll(dir / "golden/cases.json");
    const auto made = nlohmann::json::parse(cases)["cases"];
    for (const auto& entry : made.items()) EXPECT_GE(passed[entry.key()], 3) << entry.key();
    EXPECT_EQ(passed.size(), 5u);
    EXPECT_EQ(result["skipped"], 1) << "only pair_index, which is an input in truth: " << answer.err;

    // Another salt without other numbers is noticed before anything is compared.
    std::string other = cases;
    other.replace(other.find("emc-other-salt"), 14, "emc-third-salt");
    writeAll(dir / "golden/cases.json", other);
    const Answer wrong = runCli({"parity", (dir / "golden").string(), "--json"});
    EXPECT_EQ(wrong.code, 1);
    for (const auto& row : wrong.json()["cases"]) {
        EXPECT_FALSE(row["pass"].get<bool>()) << row;
        EXPECT_NE(row["note"].get<std::string>().find("check"), std::string::npos) << row;
    }
}
