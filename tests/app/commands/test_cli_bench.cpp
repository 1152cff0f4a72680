// emc bench: what is measured is said with what it was measured on. No figure is judged here.
#include "tests/app/commands/run_cli.h"

using namespace emc::test;
namespace fs = std::filesystem;

namespace {

// An empty cache has no reference environment; features and assets are not needed by these benches.
struct EmptyCache {
    TempDir folder;
    std::string before = std::getenv("XDG_CACHE_HOME") ? std::getenv("XDG_CACHE_HOME") : "";
    EmptyCache() { setenv("XDG_CACHE_HOME", folder.path().c_str(), 1); }
    ~EmptyCache() { before.empty() ? unsetenv("XDG_CACHE_HOME") : setenv("XDG_CACHE_HOME", before.c_str(), 1); }
};

void expectNoReference(const Answer& answer) {
    ASSERT_EQ(answer.code, 0) << answer.err;
    const auto figures = answer.json()["figures"];
    EXPECT_GT(figures["seconds"].get<double>(), 0);
    EXPECT_GT(figures["peak_memory_mb"].get<double>(), 10);
    for (const char* key : {"reference_seconds", "reference_peak_memory_mb", "reference_torch", "ratio"}) {
        ASSERT_TRUE(figures.contains(key)) << key;
        EXPECT_TRUE(figures[key].is_null()) << key; // a recorded number would stand here otherwise
    }
    EXPECT_NE(answer.err.find("no reference: run ./studio bench-setup"), std::string::npos) << answer.err;
}

} // namespace

TEST(CliBench, TrainWithoutTheEnvironmentHasNoReference) {
    const EmptyCache cache;
    const Answer answer =
        runCli({"bench", "train", "--steps", "5", "--batch", "2", "--crop", "48", "--threads", "1", "--json"});
    expectNoReference(answer);
    const auto figures = answer.json()["figures"];
    EXPECT_EQ(figures["tokens"], 16);
    EXPECT_EQ(figures["steps"], 5);
    EXPECT_NEAR(figures["samples_per_second"].get<double>(), 2 / figures["seconds"].get<double>(), 1e-6);
    EXPECT_EQ(answer.json()["threads"], 1);
}

TEST(CliBench, TrainMeasuresTheStageThatIsAskedFor) {
    const EmptyCache cache;
    const auto figures = [](const char* stage) {
        const Answer answer = runCli({"bench", "train", "--model", "faceais", "--stage", stage, "--steps", "5",
                                      "--batch", "2", "--threads", "1", "--json"});
        expectNoReference(answer);
        return answer.json()["figures"];
    };
    const auto first = figures("first"), whole = figures("whole");
    EXPECT_EQ(whole["tokens"], 72); // nine patches of eight
    EXPECT_EQ(first["stage"], "first");
    EXPECT_NE(first["trained_parameters"], whole["trained_parameters"]); // the tokenizer; what reads its tokens
    EXPECT_NE(first["first_loss"], whole["first_loss"]);
    const Answer one = runCli({"bench", "train", "--model", "regnn", "--stage", "first"});
    EXPECT_EQ(one.code, 2);
    EXPECT_NE(one.err.find("\"regnn\" learns in one stage"), std::string::npos) << one.err;
}

TEST(CliBench, ReactWithoutTheEnvironmentHasNoReference) {
    const EmptyCache cache;
    expectNoReference(runCli({"bench", "react", "--samples", "2", "--rounds", "1", "--threads", "1", "--json"}));
}

TEST(CliBench, TheReferenceDoesTheSameWork) {
    if (benchPython().empty()) GTEST_SKIP() << "needs ./studio bench-setup";
    const auto train = [](const std::string& model, const char* crop, const char* stage = "whole") {
        SCOPED_TRACE(model + " " + stage);
        const Answer answer = runCli({"bench", "train", "--model", model, "--stage", stage, "--steps", "5", "--batch",
                                      "2", "--crop", crop, "--threads", "1", "--json"});
        ASSERT_EQ(answer.code, 0) << answer.err; // the program itself compares the losses
        EXPECT_LT(answer.json()["figures"]["loss_difference"].get<double>(), 1e-4);
        EXPECT_GT(answer.json()["figures"]["reference_seconds"].get<double>(), 0);
    };
    for (const char* model :
         {"trans-vae", "trans-vae-emc", "trans-vae-emc-no-ea", "trans-vae-online", "trans-vae-online-emc",
          "trans-vae-online-emc-no-ea", "regnn", "regnn-emc", "regnn-emc-no-ea", "belfusion"})
        train(model, "48");
    for (const char* model : {"faceais", "faceais-emc", "faceais-emc-no-ea"})
        train(model, "72"); // two patches and more
    for (const char* model : {"faceais", "belfusion"}) train(model, "72", "first");
    for (const char* model : {"trans-vae", "regnn-emc"}) {
        const Answer react =
            runCli({"bench", "react", "--model", model, "--samples", "2", "--rounds", "1", "--threads", "1", "--json"});
        ASSERT_EQ(react.code, 0) << react.err;
        EXPECT_LT(react.json()["figures"]["largest_difference"].get<double>(), 1e-3) << model;
    }
}

// Rounded matrix products beside our own float32.
TEST(CliBench, PrecisionSaysDifferenceAndRatio) {
    const Answer answer = runCli({"bench", "react", "--model", "trans-vae-emc", "--precision", "bf16", "--samples", "2",
                                  "--rounds", "1", "--threads", "1", "--json"});
    ASSERT_EQ(answer.code, 0) << answer.err;
    const auto figures = answer.json()["figures"];
    EXPECT_GT(figures["largest_difference"].get<double>(), 0);
    EXPECT_LT(figures["largest_difference"].get<double>(), .1);
    EXPECT_NEAR(figures["ratio"].get<double>(),
                figures["float32_seconds"].get<double>() / figures["seconds"].get<double>(), 1e-9);
    EXPECT_EQ(figures["processor_multiplies_bf16"].get<bool>(), answer.err.find("imitated") == std::string::npos);
    EXPECT_EQ(runCli({"bench", "react", "--precision", "f8"}).code, 2);
    const Answer tokens = runCli({"bench", "react", "--model", "mime", "--precision", "bf16"});
    EXPECT_EQ(tokens.code, 1);
    expectOneClearSentence(tokens);
}

TEST(CliBench, TogglesBesideATrainingGiveTheSameNumbers) {
    const Answer answer = runCli({"bench", "toggle", "--model", "trans-vae", "--samples", "2", "--toggles", "3",
                                  "--threads", "1", "--while-training", "--json"});
    ASSERT_EQ(answer.code, 0) << answer.err;
    const auto figures = answer.json()["figures"];
    EXPECT_LE(figures["fresh_process_max_abs"].get<double>(), 1e-6);
    EXPECT_GE(figures["training_steps"].get<int>(), 0); // those between the toggles; one came before them
    EXPECT_GE(figures["all_p95_ms"].get<double>(), figures["first_p95_ms"].get<double>());
    const Answer nothing = runCli({"bench", "toggle", "--model", "random", "--toggles", "3", "--while-training"});
    EXPECT_EQ(nothing.code, 2);
    expectOneClearSentence(nothing);
}

TEST(CliBench, IngestReportsEachFileAndKeepsGoing) {
    TempDir dir;
    writeAll(dir / "broken.mp4", "no film");
    const Answer answer = runCli({"bench", "ingest", (dir / "broken.mp4").string(),
                                  std::string(EMC_SOURCE_DIR) + "/resources/demo/clip/speech.wav", "--json"});
    EXPECT_EQ(answer.code, 1);
    const auto figures = answer.json()["figures"];
    ASSERT_EQ(figures["files"].size(), 2u);
    EXPECT_TRUE(figures["files"][0].contains("error"));
    EXPECT_EQ(figures["files"][1]["file"], "speech.wav");
    EXPECT_GT(figures["files"][1]["realtime_factor"].get<double>(), 0);
    EXPECT_EQ(figures["slowest_realtime_factor"], figures["files"][1]["realtime_factor"]);
}
