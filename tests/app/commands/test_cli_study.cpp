// Studies over a small corpus in the real program: evaluate, table, robustness, conditions.
#include "core/data/parted_tensors.h"
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

// A group of the demo's weights, of which one run is not finished. Weights of another seed differ in their metadata.
void writeGroupOfDemoWeights(const fs::path& group) {
    auto members = nlohmann::json::array();
    for (const char* model : {"trans-vae+dropout", "trans-vae", "trans-vae-emc", "trans-vae-emc-no-ea"})
        for (const int seed : {1, 2}) {
            const std::string name = std::string(model) + "-s" + std::to_string(seed);
            const std::string plain = std::string(model).substr(0, std::string(model).find('+'));
            members.push_back({{"folder", name}, {"model", model}, {"seed", seed}, {"state", "done"}});
            const bool done = name != "trans-vae-emc-s2";
            const nlohmann::json record{{"model", plain}, {"state", done ? "done" : "running"}, {"seed", seed}};
            writeAll(group / name / "run.json", record.dump());
            const fs::path demo = fs::path(EMC_SOURCE_DIR) / "resources/demo/weights";
            const auto weights = emc::SafetensorsFile::open(demo / (plain + ".safetensors"));
            emc::SafetensorsWriter writer;
            for (const std::string& tensor : weights.names()) writer.addRaw(tensor, weights.entry(tensor));
            for (const auto& [key, value] : weights.metadata()) writer.meta(key, value);
            writer.meta("test", name);
            writer.write(group / name / "best.safetensors");
            for (const emc::CheckpointPart& part : emc::partsOf(weights.metadata(), weights.path()))
                fs::copy_file(demo / part.file, group / name / part.file);
        }
    writeAll(group / "group.json", nlohmann::json{{"members", members}}.dump());
}

} // namespace

TEST_F(CliStudy, ATableOfAGroupIsKilledAndGoesOn) {
    const fs::path group = *s_folder / "group";
    writeGroupOfDemoWeights(group);
    const std::vector<std::string> arguments{"table",     corpus(), "--group",   group.string(), "--samples", "2",
                                             "--threads", "2",      "--metrics", "FRCorr,FRVar", "--json"};
    RunningCli running(arguments);
    while (storedClips(group / "study") < 5 && !running.finished()) usleep(1000);
    running.signal(SIGKILL);
    running.wait();
    const int stored = storedClips(group / "study");
    ASSERT_GE(stored, 5);
    const Answer table = runCli(arguments);
    ASSERT_EQ(table.code, 0) << table.err;
    const auto json = table.json();
    // Two seeds of the host, the host with dropout under three conditions, one seed of EMC under three, two without EA.
    const int all = 4 * (2 + 2 * 3 + 3 + 2);
    EXPECT_EQ(json["reactions"], all - stored) << "what was stored is not made again";
    std::map<std::string, int> seeds;
    for (const auto& row : json["rows"])
        if (row["trained"] && row["host"] == "trans-vae")
            seeds[row["label"].get<std::string>() + "/" + row["condition"].get<std::string>()] = row["seeds"];
    EXPECT_EQ(seeds, (std::map<std::string, int>{{"Trans-VAE/original", 2},
                                                 {"Trans-VAE/emc", 1},
                                                 {"Trans-VAE/emc-no-ea", 2},
                                                 {"Trans-VAE/emc-no-face", 1},
                                                 {"Trans-VAE/emc-no-speech", 1},
                                                 {"Trans-VAE with modality dropout/original", 2},
                                                 {"Trans-VAE with modality dropout/without-face (zeros)", 2},
                                                 {"Trans-VAE with modality dropout/without-speech (zeros)", 2}}));
    EXPECT_NE(table.out.find("Of trans-vae-emc 1 of 2 training seeds are finished"), std::string::npos);
    const Answer again = runCli(arguments);
    ASSERT_EQ(again.code, 0) << again.err;
    EXPECT_EQ(again.json()["reactions"], 0);
    EXPECT_EQ(again.json()["rows"], json["rows"]);

    expectError({"table", corpus(), "--group", (*s_folder / "nowhere").string()}, 1, "not-found");
    expectError({"table", corpus(), "--folder", "x"}, 2, "usage");
    expectError({"table", corpus(), "--model", "mime"}, 2, "usage");
    fs::remove(group / "group.json");
    writeAll(group / "group.json", R"({"members": [{"folder": "absent", "model": "trans-vae", "seed": 1}]})");
    expectError({"table", corpus(), "--group", group.string()}, 1, "not-found");
}

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

    // The figure says how it was made, weights by hash.
    const std::string svg = readAll(out / "c.svg"), open = "<metadata id=\"emc-session\">";
    ASSERT_NE(svg.find(open), std::string::npos);
    std::string session = svg.substr(svg.find(open) + open.size());
    session.resize(session.find("</metadata>"));
    for (std::size_t at; (at = session.find("&quot;")) != std::string::npos;) session.replace(at, 6, "\"");
    const auto made = nlohmann::json::parse(session);
    EXPECT_EQ(made, curves["session"]);
    EXPECT_EQ(made["corpus"], corpus());
    EXPECT_EQ(made["samples"], 2);
    EXPECT_EQ(made["settings"]["shares"], (std::vector<double>{0, 0.5, 1}));
    EXPECT_EQ(made["settings"]["damages"][0], "low-rate:5");
    EXPECT_EQ(made["models"][0]["checkpoints"][0]["sha256"].get<std::string>().size(), 64u);

    // In a folder that knows nothing of the table the ends are the same numbers: draws follow seed and clip alone.
    const Answer fresh = runCli(command(
        "robustness",
        {"--model", "trans-vae-emc", "--shares", "0,100", "--out", (out / "fresh.json").string(), "--json"}, "fresh"));
    ASSERT_EQ(fresh.code, 0) << fresh.err;
    EXPECT_EQ(fresh.json()["reactions"], 3 * 4);
    const auto ends = fresh.json();
    for (const auto& one : ends["curves"]) {
        EXPECT_EQ(one["points"][0]["mean"].get<double>(), score["emc"]);
        EXPECT_EQ(one["points"][1]["mean"].get<double>(),
                  score[one["modality"] == "face" ? "emc-no-face" : "emc-no-speech"]);
    }

    const Answer window =
        runCli(command("robustness", {"--model", "trans-vae-emc", "--occlusion", "speech", "--window", "10", "--step",
                                      "15", "--out", (out / "o.svg").string(), "--json"}));
    ASSERT_EQ(window.code, 0) << window.err;
    const auto points = window.json();
    EXPECT_EQ(points["points"].size(), 3u);
    for (const auto& point : points["points"]) EXPECT_GT(point["change"].get<double>(), 0);
    EXPECT_NE(readAll(out / "o.svg").find("&quot;occlusion&quot;:&quot;speech&quot;"), std::string::npos);
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
