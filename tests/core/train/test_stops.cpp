// Cancel, kill, pause, finish early, a full disk: whatever happens to a run, it goes on as if nothing had happened.
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <csignal>
#include <fstream>
#include <thread>

#include "core/api/error.h"
#include "core/data/atomic_file.h"
#include "core/data/safetensors.h"
#include "core/data/sha256.h"
#include "core/runs/run_lock.h"
#include "core/runs/run_record.h"
#include "tests/core/train/run_compare.h"
#include "tests/core/train/small_model.h"
#include "tests/core/train/tiny_corpus.h"
#include "tests/support/shared.h"

using namespace emc;
using namespace emc::test;

namespace {

class Stops : public testing::Test {
protected:
    static void SetUpTestSuite() {
        s_folder = std::make_unique<TempDir>();
        TinyCorpus().write(*s_folder / "corpus");
    }
    static void TearDownTestSuite() { s_folder.reset(); }
    TrainOptions options(const std::string& run) const {
        TrainOptions options = tinyOptions(*s_folder / "corpus", m_runs / run);
        options.model = "test-small";
        options.dropFace = 0.25; // the sampler's own chance takes part
        options.dropSpeech = 0.25;
        return options;
    }
    TrainServices services() const { return tinyServices(*s_folder / "cache"); }
    // Runs until `act` is called at the given event.
    void runWith(const TrainOptions& options, const std::string& kind, long step,
                 const std::function<void(JobContext&)>& act) {
        JobContext* handle = nullptr;
        JobContext job([&](const JobEvent& event) {
            const auto* train = std::get_if<TrainEvent>(&event);
            if (train && train->kind == kind && train->step == step) act(*handle);
        });
        handle = &job;
        trainWith(options, services(), job);
    }
    TrainResult uninterrupted(const std::string& run) {
        JobContext job;
        return trainWith(options(run), services(), job);
    }

    static std::unique_ptr<TempDir> s_folder;
    TempDir m_runs;
};
std::unique_ptr<TempDir> Stops::s_folder;

} // namespace

TEST_F(Stops, CancelThenResumeEqualsUninterrupted) {
    uninterrupted("whole");
    EXPECT_THROW(runWith(options("cut"), "step", 7, [](JobContext& job) { job.requestCancel(); }), Cancelled);
    EXPECT_EQ(runInfo(m_runs / "cut").state, "interrupted");
    EXPECT_EQ(readRunRecord(m_runs / "cut").step, 7);
    // Once more right where a validation is due: it must not be lost.
    EXPECT_THROW(runWith(options("cut"), "step", 8, [](JobContext& job) { job.requestCancel(); }), Cancelled);
    EXPECT_EQ(uninterrupted("cut").steps, 12);
    expectSameState(m_runs / "whole", m_runs / "cut");
    EXPECT_EQ(lossesOf(m_runs / "whole"), lossesOf(m_runs / "cut"));
}

TEST_F(Stops, KilledRunGoesOnFromItsLastState) {
    uninterrupted("whole");
    // What a kill after step 8 leaves: the state of step 5, a log that is ahead of it, half a line at its end, and
    // nobody's lock.
    runWith(options("donor"), "step", 8, [&](JobContext&) {
        std::filesystem::copy(m_runs / "donor", m_runs / "killed", std::filesystem::copy_options::recursive);
    });
    std::ofstream(m_runs / "killed" / "log.jsonl", std::ios::app) << "{\"event\": \"st";
    EXPECT_EQ(SafetensorsFile::open(m_runs / "killed" / "state.safetensors").meta("step"), "5");
    EXPECT_EQ(readRunRecord(m_runs / "killed").state, "running");
    EXPECT_EQ(runInfo(m_runs / "killed").state, "interrupted");
    uninterrupted("killed");
    expectSameState(m_runs / "whole", m_runs / "killed");
    EXPECT_EQ(lossesOf(m_runs / "whole"), lossesOf(m_runs / "killed"));
}

TEST_F(Stops, FinishEarlyKeepsAndCanGoOn) {
    uninterrupted("whole");
    TrainResult early;
    {
        JobContext* handle = nullptr;
        JobContext job([&](const JobEvent& event) {
            const auto* train = std::get_if<TrainEvent>(&event);
            if (train && train->kind == "step" && train->step == 6) handle->requestFinishEarly();
        });
        handle = &job;
        early = trainWith(options("early"), services(), job);
    }
    EXPECT_TRUE(early.finishedEarly);
    EXPECT_EQ(early.steps, 6);
    EXPECT_TRUE(std::filesystem::exists(early.best));
    EXPECT_TRUE(std::filesystem::exists(early.last));
    EXPECT_EQ(SafetensorsFile::open(early.last).meta("step"), "6");
    EXPECT_EQ(readRunRecord(early.run).state, "done");
    EXPECT_TRUE(readRunRecord(early.run).finishedEarly);
    EXPECT_GT(readRunRecord(early.run).bestStep, 0);
    // Started again it goes on; the extra validation has left no trace in the training.
    EXPECT_EQ(uninterrupted("early").steps, 12);
    EXPECT_EQ(lossesOf(m_runs / "whole"), lossesOf(m_runs / "early"));
}

TEST_F(Stops, PauseOnlyWaits) {
    uninterrupted("whole");
    std::thread waker;
    bool paused = false;
    runWith(options("paused"), "step", 4, [&](JobContext& job) {
        job.pause();
        paused = true;
        waker = std::thread([&job] {
            std::this_thread::sleep_for(std::chrono::milliseconds(50));
            job.resume();
        });
    });
    waker.join();
    EXPECT_TRUE(paused);
    expectSameState(m_runs / "whole", m_runs / "paused");
}

TEST_F(Stops, FullDiskIsAnErrorAndKeepsTheLastState) {
    uninterrupted("whole");
    rlimit before{};
    getrlimit(RLIMIT_FSIZE, &before);
    std::signal(SIGXFSZ, SIG_IGN); // the write fails instead
    std::string stateAtFive;
    try {
        runWith(options("full"), "checkpoint", 5, [&](JobContext&) {
            stateAtFive = sha256OfFile(m_runs / "full" / "state.safetensors");
            rlimit small = before;
            small.rlim_cur = 20'000; // enough for a log line, not for a state
            setrlimit(RLIMIT_FSIZE, &small);
        });
        ADD_FAILURE() << "nothing was noticed";
    } catch (const Error& error) { EXPECT_EQ(error.kind(), ErrorKind::Io) << error.what(); }
    setrlimit(RLIMIT_FSIZE, &before);
    EXPECT_EQ(sha256OfFile(m_runs / "full" / "state.safetensors"), stateAtFive);
    EXPECT_NO_THROW(SafetensorsFile::open(m_runs / "full" / "last.safetensors"));
    for (const auto& entry : std::filesystem::directory_iterator(m_runs / "full"))
        EXPECT_EQ(entry.path().filename().string().find("tmp"), std::string::npos) << entry.path();
    EXPECT_EQ(readRunRecord(m_runs / "full").state, "failed");
    uninterrupted("full");
    expectSameState(m_runs / "whole", m_runs / "full");
}

TEST_F(Stops, ALockedRunIsLeftAlone) {
    std::filesystem::create_directories(m_runs / "a");
    const auto lock = RunLock::take(m_runs / "a");
    EXPECT_THROW(uninterrupted("a"), Error);
    EXPECT_FALSE(std::filesystem::exists(m_runs / "a" / "config.toml"));
}

TEST_F(Stops, BrokenStateIsAnErrorNotACrash) {
    EXPECT_THROW(runWith(options("a"), "step", 7, [](JobContext& job) { job.requestCancel(); }), Cancelled);
    const std::filesystem::path state = m_runs / "a" / "state.safetensors";
    std::filesystem::resize_file(state, std::filesystem::file_size(state) / 2);
    EXPECT_THROW(uninterrupted("a"), Error);
}
