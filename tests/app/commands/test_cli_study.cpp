// Studies over a small corpus in the real program: evaluate, table, robustness, conditions.
#include "tests/app/commands/run_cli.h"
#include "tests/core/study/study_corpus.h"

using namespace emc::test;
namespace fs = std::filesystem;

namespace {

class CliStudy : public testing::Test {
protected:
    static void SetUpTestSuite() {
        s_folder = new TempDir;
        writeStudyCorpus(*s_folder / "corpus", 2, 40, 64);
    }
    static void TearDownTestSuite() { delete s_folder; }
    static std::string corpus() { return (*s_folder / "corpus").string(); }
    // Predictions are shared: what one test stored, another one finds.
    static std::vector<std::string> command(const std::string& name, std::vector<std::string> more,
                                            const std::string& folder = "study") {
        std::vector<std::string> all{name,        corpus(), "--folder",  (*s_folder / folder).string(),
                                     "--samples", "2",      "--threads", "1"};
        all.insert(all.end(), more.begin(), more.end());
        return all;
    }
    static void expectError(const std::vector<std::string>& arguments, int code, const std::string& kind) {
        std::vector<std::string> json = arguments;
        json.emplace_back("--json");
        const Answer answer = runCli(json);
        EXPECT_EQ(answer.code, code) << answer.err;
        expectOneClearSentence(answer);
        ASSERT_FALSE(answer.out.empty()) << answer.err;
        EXPECT_EQ(answer.json()["error"]["kind"], kind) << answer.out;
    }
    static TempDir* s_folder;
};
TempDir* CliStudy::s_folder = nullptr;

int storedClips(const fs::path& folder) {
    int count = 0;
    if (!fs::exists(folder)) return 0;
    for (const auto& entry : fs::recursive_directory_iterator(folder))
        count += entry.path().extension() == ".safetensors";
    return count;
}

} // namespace

TEST_F(CliStudy, EvaluateStoresScoresAndRepeatsNothing) {
    const auto arguments = command("evaluate", {"--model", "Mine=trans-vae-emc", "--model", "mime", "--model",
                                                "ground-truth", "--fill", "cma", "--json"});
    const Answer first = runCli(arguments);
    ASSERT_EQ(first.code, 0) << first.err;
    const auto json = first.json();
    ASSERT_EQ(json["runs"].size(), 5u);  // three conditions, mime, the truth
    EXPECT_EQ(json["reactions"], 4 * 4); // two rows, mirrored
    for (const auto& run : json["runs"]) {
        EXPECT_EQ(run["clips"], 4);
        for (const char* variant : {"official", "fixed"}) {
            ASSERT_TRUE(run["metrics"].contains(variant)) << run;
            for (const char* metric : {"FRCorr", "FRDist", "FRDiv", "FRVar", "FRDvs", "FRSyn"})
                EXPECT_TRUE(run["metrics"][variant].contains(metric)) << metric;
        }
        if (run["model"] != "ground-truth") EXPECT_TRUE(fs::exists(run["folder"].get<std::string>() + "/run.json"));
    }
    EXPECT_EQ(json["runs"][0]["label"], "Mine");
    EXPECT_NE(first.err.find(" of 4"), std::string::npos) << first.err;
    const Answer again = runCli(arguments);
    ASSERT_EQ(again.code, 0) << again.err;
    EXPECT_EQ(again.json()["reactions"], 0);
    EXPECT_EQ(again.json()["runs"], json["runs"]);
}

TEST_F(CliStudy, AKilledEvaluationGoesOn) {
    const auto arguments = command(
        "evaluate", {"--model", "trans-vae-emc", "--conditions", "both,without-speech", "--no-metrics", "--json"},
        "killed");
    RunningCli running(arguments);
    while (storedClips(*s_folder / "killed") < 3 && !running.finished()) usleep(1000);
    running.signal(SIGKILL);
    running.wait();
    const int stored = storedClips(*s_folder / "killed");
    ASSERT_GE(stored, 3);
    const Answer rest = runCli(arguments);
    ASSERT_EQ(rest.code, 0) << rest.err;
    EXPECT_EQ(rest.json()["runs"].size(), 4u); // with everything; without speech by three substitutes
    EXPECT_EQ(rest.json()["reactions"], 4 * 4 - stored);
    EXPECT_EQ(storedClips(*s_folder / "killed"), 16);
}

TEST_F(CliStudy, TableAndCurveAgree) {
    const fs::path out = s_folder->path();
    const Answer table =
        runCli(command("table", {"--model", "trans-vae", "--model", "trans-vae-emc", "--model", "mime", "--metrics",
                                 "FRCorr,FRDist", "--out", (out / "t.md").string(), "--out", (out / "t.tex").string(),
                                 "--out", (out / "t.csv").string(), "--out", (out / "t.json").string(), "--json"}));
    ASSERT_EQ(table.code, 0) << table.err;
    const auto rows = table.json()["rows"];
    ASSERT_EQ(rows.size(), 15u + 2);
    EXPECT_EQ(table.json()["variant"], "official");
    std::map<std::string, double> score;
    int trained = 0;
    for (const auto& row : rows) {
        trained += row["trained"].get<bool>();
        if (row["trained"].get<bool>() && row["paper_row"].get<bool>())
            score[row["condition"]] = row["metrics"]["FRCorr"]["mean"];
        else if (row["paper_row"].get<bool>()) EXPECT_TRUE(row["metrics"]["FRCorr"]["mean"].is_null());
    }
    EXPECT_EQ(trained, 6); // original, EMC, two without a modality, mime, ground truth
    EXPECT_NE(readAll(out / "t.md").find("not trained here"), std::string::npos);
    EXPECT_NE(readAll(out / "t.tex").find("\\begin{tabular}"), std::string::npos);
    EXPECT_EQ(nlohmann::json::parse(readAll(out / "t.json"))["rows"], rows);

    const Answer curve = runCli(command(
        "robustness", {"--model", "trans-vae-emc", "--shares", "0,50,100", "--burst", "10", "--damage", "low-rate:5",
                       "--out", (out / "c.svg").string(), "--out", (out / "c.csv").string(), "--json"}));
    ASSERT_EQ(curve.code, 0) << curve.err;
    int shares = 0;
    const auto curves = curve.json();
    for (const auto& one : curves["curves"]) {
        if (one["kind"] != "share") continue;
        ++shares;
        EXPECT_EQ(one["points"][0]["mean"].get<double>(), score["emc"]);
        EXPECT_EQ(one["points"][2]["mean"].get<double>(),
                  score[one["modality"] == "face" ? "emc-no-face" : "emc-no-speech"]);
    }
    EXPECT_EQ(shares, 2);
    EXPECT_EQ(curve.json()["reactions"], 3 * 4) << "the ends come from the table's runs";
    EXPECT_NE(readAll(out / "c.svg").find("frames without the face (%)"), std::string::npos);

    const Answer window =
        runCli(command("robustness", {"--model", "trans-vae-emc", "--occlusion", "speech", "--window", "10", "--step",
                                      "15", "--out", (out / "o.svg").string(), "--json"}));
    ASSERT_EQ(window.code, 0) << window.err;
    const auto points = window.json();
    EXPECT_EQ(points["points"].size(), 3u);
    for (const auto& point : points["points"]) EXPECT_GT(point["change"].get<double>(), 0);
    EXPECT_TRUE(fs::exists(out / "o.svg"));
}

TEST_F(CliStudy, ConditionsAsBefore) {
    const fs::path out = *s_folder / "conditions.md";
    const Answer answer = runCli(command("conditions", {"--model", "Host=trans-vae", "--model", "mime", "--frames",
                                                        "30", "--out", out.string(), "--json"}));
    ASSERT_EQ(answer.code, 0) << answer.err;
    const auto rows = answer.json()["rows"];
    ASSERT_EQ(rows.size(), 1u + 3 + 1);
    EXPECT_EQ(rows[0]["label"], "ground truth");
    EXPECT_EQ(rows[2]["condition"], "without-face");
    EXPECT_EQ(rows[2]["fill"], "zeros");
    EXPECT_TRUE(rows[1]["FRCorr"]["mean"].is_number());
    EXPECT_NE(readAll(out).find("| Host | both | - |"), std::string::npos);
}

TEST_F(CliStudy, WrongUseIsOneSentence) {
    expectError(command("evaluate", {"--model", "no-such-model"}), 2, "usage");
    expectError(command("evaluate", {"--model", "mime", "--metrics", "FRCor"}), 2, "usage");
    expectError(command("evaluate", {"--model", "mime", "--damage", "storm:3"}), 2, "usage");
    expectError(command("evaluate", {"--model", "mime", "--conditions", "without-face"}), 2, "usage");
    expectError(command("evaluate", {"--model", "regnn:/no/such/run"}), 1, "not-found");
    expectError(command("evaluate", {"--model", "mime", "--partition", "holiday"}), 1, "not-found");
    expectError(command("table", {"--model", "mime", "--out", "table.doc"}), 2, "usage");
    expectError(command("table", {"--model", "mime", "--variant", "mine"}), 2, "usage");
    expectError(command("robustness", {"--model", "mime", "--out", "c.svg", "--shares", "120"}), 2, "usage");
    expectError(command("robustness", {"--model", "mime", "--out", "c.bmp"}), 2, "usage");
    expectError(
        command("robustness", {"--model", "trans-vae", "--out", "c.svg", "--occlusion", "face", "--clip", "99"}), 2,
        "usage");
    expectError(
        {"evaluate", (*s_folder / "nowhere").string(), "--folder", (*s_folder / "x").string(), "--model", "mime"}, 1,
        "not-found");
    expectError({"table"}, 2, "usage");
}

TEST_F(CliStudy, AnInterruptCancels) {
    RunningCli running(command("evaluate", {"--model", "trans-vae-emc"}, "cancelled"));
    while (storedClips(*s_folder / "cancelled") < 1 && !running.finished()) usleep(1000);
    running.signal(SIGINT);
    EXPECT_EQ(running.wait().code, 130);
    EXPECT_LT(storedClips(*s_folder / "cancelled"), 7 * 4);
}
