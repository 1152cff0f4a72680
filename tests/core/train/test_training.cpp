#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>

#include "core/api/error.h"
#include "core/data/atomic_file.h"
#include "core/data/safetensors.h"
#include "core/runs/run_record.h"
#include "core/train/export_checkpoint.h"
#include "core/train/train_options.h"
#include "tests/core/train/small_model.h"
#include "tests/core/train/tiny_corpus.h"
#include "tests/support/shared.h"

using namespace emc;
using namespace emc::test;

namespace {

class Training : public testing::Test {
protected:
    static void SetUpTestSuite() {
        s_folder = std::make_unique<TempDir>();
        TinyCorpus().write(*s_folder / "corpus");
    }
    static void TearDownTestSuite() { s_folder.reset(); }
    TrainOptions options(const std::string& run) const {
        TrainOptions options = tinyOptions(*s_folder / "corpus", m_runs / run);
        options.model = "test-small";
        return options;
    }
    TrainServices services() const { return tinyServices(*s_folder / "cache"); }

    static std::unique_ptr<TempDir> s_folder;
    TempDir m_runs;
};
std::unique_ptr<TempDir> Training::s_folder;

std::vector<nlohmann::json> logOf(const std::filesystem::path& run) {
    std::vector<nlohmann::json> lines;
    std::ifstream in(run / "log.jsonl");
    for (std::string line; std::getline(in, line);) lines.push_back(nlohmann::json::parse(line));
    return lines;
}

} // namespace

TEST_F(Training, LowersTheLossAndLeavesACompleteRun) {
    TrainOptions asked = options("a");
    asked.steps = 40;
    asked.validateEvery = 10;
    asked.checkpointEvery = 15;
    asked.lr = 1e-2;
    std::vector<TrainEvent> events;
    JobContext job([&](const JobEvent& event) {
        if (const auto* train = std::get_if<TrainEvent>(&event)) events.push_back(*train);
    });
    const TrainResult result = trainWith(asked, services(), job);
    EXPECT_EQ(result.steps, 40);
    EXPECT_FALSE(result.finishedEarly);

    std::map<std::string, int> kinds;
    std::vector<double> losses, validations;
    for (const TrainEvent& event : events) {
        ++kinds[event.kind];
        if (event.kind == "step") losses.push_back(event.values.at("loss"));
        if (event.kind == "epoch") validations.push_back(event.values.at("val"));
    }
    EXPECT_EQ(kinds, (std::map<std::string, int>{{"step", 40}, {"epoch", 4}, {"checkpoint", 3}, {"done", 1}}));
    double first = 0, last = 0;
    for (int i = 0; i < 5; ++i)
        first += losses[static_cast<std::size_t>(i)], last += losses[losses.size() - 1 - static_cast<std::size_t>(i)];
    EXPECT_LT(last, 0.5 * first);
    EXPECT_LT(validations.back(), validations.front());
    EXPECT_EQ(result.bestValidation, *std::min_element(validations.begin(), validations.end()));
    EXPECT_GT(result.meanSequenceValidation, 0);
    EXPECT_LT(
        result.bestValidation,
        result.meanSequenceValidation); // the speaker tells what the listener does: better than the mean is possible

    const RunRecord record = readRunRecord(result.run);
    EXPECT_EQ(record.state, "done");
    EXPECT_EQ(record.step, 40);
    EXPECT_EQ(record.threads, 1);
    EXPECT_EQ(record.dataHash.size(), 64u);
    EXPECT_TRUE(record.figures.count("speech_head.val_ccc.valence"));
    EXPECT_TRUE(record.figures.count("frame_encoder.val_ccc.AU12"));
    EXPECT_EQ(writeTrainOptions(readTrainOptions(result.run / "config.toml")), writeTrainOptions(asked));
    EXPECT_EQ(logOf(result.run).size(), events.size());

    // The checkpoint answers by itself: the frozen networks and the mean are inside.
    const SafetensorsFile best = SafetensorsFile::open(result.best);
    EXPECT_TRUE(best.has("video_encoder.Conv3D.conv1.weight"));
    bool ser = false;
    for (const std::string& name : best.names()) ser |= name.starts_with("ser.");
    EXPECT_TRUE(ser);
    EXPECT_NEAR(best.readF32("coeff_mean").at(57), 1.8, 0.3);
    EXPECT_EQ(best.meta("model"), "test-small");
    EXPECT_EQ(best.meta("video_size"), "32");
    EXPECT_EQ(best.meta("synthetic"), "true");
    EXPECT_EQ(trainOptionsFromToml(best.meta("options")).steps, 40);

    const std::filesystem::path exported = m_runs / "weights.safetensors";
    EXPECT_LT(exportCheckpoint(result.run, exported, {true}), std::filesystem::file_size(result.best) * 6 / 10);
    const SafetensorsFile half = SafetensorsFile::open(exported);
    EXPECT_EQ(half.names().size(), best.names().size());
    EXPECT_EQ(half.meta("model"), "test-small");
    const auto full = best.readF32("hidden.weight"), rounded = half.readF32("hidden.weight");
    for (std::size_t i = 0; i < full.size(); ++i) ASSERT_NEAR(full[i], rounded[i], 1e-3 * std::fabs(full[i]) + 1e-6);

    // A finished run is not trained again.
    const int calls = smallModel().lossCalls;
    const TrainResult again = trainWith(asked, services(), job);
    EXPECT_EQ(smallModel().lossCalls, calls);
    EXPECT_EQ(again.bestValidation, result.bestValidation);
    EXPECT_EQ(readRunRecord(result.run).state, "done");
}

TEST_F(Training, FrozenPartsDoNotMove) {
    JobContext job;
    const TrainResult result = trainWith(options("a"), services(), job);
    const SafetensorsFile last = SafetensorsFile::open(result.last);
    const SafetensorsFile encoder =
        SafetensorsFile::open(readRunRecord(result.run).notes.at("prepared") + "/frame_encoder.safetensors");
    for (const std::string& name : encoder.names())
        EXPECT_EQ(last.readBytes("video_encoder." + name), encoder.readBytes(name)) << name;
}

TEST_F(Training, JointEncoderLearns) {
    JobContext job;
    TrainOptions asked = options("a");
    asked.encoder = "joint";
    asked.steps = 2;
    asked.batch = 2;
    asked.cropFrames = 8;
    asked.lr = 1e-2;
    const TrainResult result = trainWith(asked, services(), job);
    asked.run = (m_runs / "b").string();
    asked.steps = 4;
    const TrainResult longer = trainWith(asked, services(), job);
    const auto weights = [](const TrainResult& of) {
        return SafetensorsFile::open(of.last).readF32("video_encoder.fc.weight");
    };
    EXPECT_NE(weights(result), weights(longer));
}

TEST_F(Training, OtherOptionsAreRefusedAndAllNamed) {
    JobContext job;
    TrainOptions asked = options("a");
    asked.steps = 2;
    trainWith(asked, services(), job);
    asked.steps = 3;
    asked.lr = 0.5;
    try {
        trainWith(asked, services(), job);
        FAIL() << "a run with other options was continued";
    } catch (const Error& error) {
        const std::string text = error.what();
        EXPECT_NE(text.find("optim.lr"), std::string::npos) << text;
        EXPECT_NE(text.find("optim.steps"), std::string::npos) << text;
    }
    EXPECT_EQ(readRunRecord(m_runs / "a").state, "done");
}

TEST_F(Training, SeedDecides) {
    JobContext job;
    TrainOptions asked = options("a");
    asked.steps = 3;
    const auto weights = [&](const std::string& run, int seed) {
        asked.run = (m_runs / run).string();
        asked.seed = seed;
        return SafetensorsFile::open(trainWith(asked, services(), job).last).readF32("hidden.weight");
    };
    const auto first = weights("one", 1);
    EXPECT_EQ(first, weights("again", 1));
    EXPECT_NE(first, weights("two", 2));
}

TEST_F(Training, AccumulatedBatchesAreOneLargerBatch) {
    JobContext job;
    smallModel().dropout = 0; // its masks would be drawn in another order
    TrainOptions asked = options("one");
    asked.steps = 3;
    asked.batch = 4;
    const auto whole = SafetensorsFile::open(trainWith(asked, services(), job).last).readF32("hidden.weight");
    asked.batch = 2;
    const auto half = SafetensorsFile::open([&] {
                          asked.run = (m_runs / "half").string();
                          return trainWith(asked, services(), job).last;
                      }())
                          .readF32("hidden.weight");
    asked.accumulate = 2;
    asked.run = (m_runs / "two").string();
    const int calls = smallModel().lossCalls;
    const auto both = SafetensorsFile::open(trainWith(asked, services(), job).last).readF32("hidden.weight");
    EXPECT_EQ(smallModel().lossCalls - calls, 6);
    smallModel().dropout = 0.1;
    double apart = 0, other = 0;
    for (std::size_t i = 0; i < whole.size(); ++i) {
        apart = std::max<double>(apart, std::fabs(both[i] - whole[i]));
        other = std::max<double>(other, std::fabs(half[i] - whole[i]));
    }
    EXPECT_LT(apart, 2e-5);
    EXPECT_GT(other, 50 * apart) << "smaller batches alone train something else";
}

TEST_F(Training, PatienceEndsARunAndAResumedOneInTheSamePlace) {
    TrainOptions asked = options("patient");
    asked.steps = 60;
    asked.validateEvery = 2;
    asked.checkpointEvery = 3;
    asked.lr = 0.3; // soon it only gets worse
    asked.warmup = 0;
    asked.schedule = "constant";
    asked.patience = 3;
    JobContext job;
    const TrainResult result = trainWith(asked, services(), job);
    ASSERT_TRUE(result.outOfPatience);
    EXPECT_FALSE(result.finishedEarly);
    EXPECT_LT(result.steps, 60);
    const RunRecord record = readRunRecord(result.run);
    EXPECT_EQ(record.state, "done");
    EXPECT_EQ(record.notes.at("stopped"), "patience");
    EXPECT_EQ(result.steps, record.bestStep + 3 * 2);
    EXPECT_EQ(SafetensorsFile::open(result.best).meta("step"), std::to_string(record.bestStep));
    EXPECT_EQ(SafetensorsFile::open(result.last).meta("step"), std::to_string(result.steps));
    // Started again it stays where it is.
    const int calls = smallModel().lossCalls;
    EXPECT_EQ(trainWith(asked, services(), job).steps, result.steps);
    EXPECT_EQ(smallModel().lossCalls, calls);
    // Cancelled right behind the best validation and continued: the same end.
    asked.run = (m_runs / "cut").string();
    JobContext* handle = nullptr;
    JobContext stopping([&](const JobEvent& event) {
        const auto* train = std::get_if<TrainEvent>(&event);
        if (train && train->kind == "step" && train->step == record.bestStep + 1) handle->requestCancel();
    });
    handle = &stopping;
    EXPECT_THROW(trainWith(asked, services(), stopping), Cancelled);
    const TrainResult resumed = trainWith(asked, services(), job);
    EXPECT_EQ(resumed.steps, result.steps);
    EXPECT_TRUE(resumed.outOfPatience);
    EXPECT_EQ(SafetensorsFile::open(resumed.last).readBytes("hidden.weight"),
              SafetensorsFile::open(result.last).readBytes("hidden.weight"));
}

TEST_F(Training, OnlyTheLastStageCounts) {
    TrainOptions asked = options("stages");
    asked.steps = 24;
    asked.validateEvery = 2;
    asked.warmup = 2;
    asked.patience = 2;
    std::vector<double> rates;
    JobContext job([&](const JobEvent& event) {
        const auto* train = std::get_if<TrainEvent>(&event);
        if (!train || train->kind != "step") return;
        rates.push_back(train->values.at("lr"));
        // Better and falling behind in the first stage, the best of the second after four steps.
        const long step = train->step;
        smallModel().validation = step <= 12 ? .1 * double(step) : 9 + std::fabs(double(step) - 16);
    });
    smallModel().wholeFrom = 12;
    const TrainResult result = trainWith(asked, services(), job);
    smallModel().wholeFrom = 0;
    smallModel().validation = -1;
    EXPECT_EQ(readRunRecord(result.run).bestStep, 16);
    EXPECT_EQ(result.bestValidation, 9);
    EXPECT_TRUE(result.outOfPatience);
    EXPECT_EQ(result.steps, 16 + 2 * 2);
    // The rate falls to nothing at the end of a stage and rises anew.
    ASSERT_EQ(rates.size(), 20u);
    for (const std::size_t first : {0u, 12u}) {
        EXPECT_DOUBLE_EQ(rates[first], .5 * asked.lr);
        EXPECT_DOUBLE_EQ(rates[first + 1], asked.lr);
    }
    EXPECT_LT(rates[11], .1 * asked.lr);
}

TEST_F(Training, BrokenLossIsExplained) {
    JobContext job;
    smallModel().brokenStep = 6;
    try {
        trainWith(options("a"), services(), job);
        ADD_FAILURE() << "a NaN was accepted";
    } catch (const Error& error) {
        EXPECT_NE(error.problem().find("step 7"), std::string::npos) << error.what();
        EXPECT_NE(error.hint().find("optim.lr"), std::string::npos) << error.what();
    }
    smallModel().brokenStep = -1;
    const RunRecord record = readRunRecord(m_runs / "a");
    EXPECT_EQ(record.state, "failed");
    EXPECT_NE(record.error.find("step 7"), std::string::npos);
    EXPECT_EQ(SafetensorsFile::open(m_runs / "a" / "state.safetensors").meta("step"), "5");
    EXPECT_EQ(trainWith(options("a"), services(), job).steps, 12); // the state before it can go on
    EXPECT_EQ(readRunRecord(m_runs / "a").state, "done");
    EXPECT_TRUE(readRunRecord(m_runs / "a").error.empty());
}

TEST_F(Training, NothingUsableIsExplained) {
    JobContext job;
    TrainOptions asked = options("a");
    asked.corpus = (m_runs / "absent").string();
    EXPECT_THROW(trainWith(asked, services(), job), Error);
    EXPECT_EQ(readRunRecord(m_runs / "a").state, "failed");
    asked = options("b");
    asked.lr = -1;
    asked.model = "nobody";
    try {
        trainWith(asked, services(), job);
        FAIL() << "wrong options were accepted";
    } catch (const Error& error) {
        EXPECT_NE(std::string(error.what()).find("optim.lr"), std::string::npos);
        EXPECT_NE(std::string(error.what()).find("model.name"), std::string::npos);
    }
    EXPECT_FALSE(std::filesystem::exists(m_runs / "b")); // nothing is written for a run that cannot start
}
