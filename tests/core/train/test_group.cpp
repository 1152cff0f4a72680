// Groups of runs: each member is what it would be alone, and nothing that is finished is done twice, whatever stops the
// group.
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <fstream>

#include "core/api/error.h"
#include "core/data/sha256.h"
#include "core/runs/run_lock.h"
#include "core/runs/run_record.h"
#include "core/train/train_group.h"
#include "core/train/train_options.h"
#include "tests/core/train/run_compare.h"
#include "tests/core/train/small_model.h"
#include "tests/core/train/tiny_corpus.h"
#include "tests/support/shared.h"

using namespace emc;
using namespace emc::test;
namespace fs = std::filesystem;

namespace {

constexpr int kSteps = 12; // of tinyOptions()

class Groups : public testing::Test {
protected:
    static void SetUpTestSuite() {
        s_folder = std::make_unique<TempDir>();
        TinyCorpus().write(*s_folder / "corpus");
    }
    static void TearDownTestSuite() { s_folder.reset(); }
    TrainGroup group(const std::string& folder) const {
        TrainGroup group;
        group.base = tinyOptions(*s_folder / "corpus", "");
        group.models = {"test-small", "test-small+dropout"};
        group.seeds = {1, 2};
        group.folder = m_runs / folder;
        return group;
    }
    static TrainServices services() { return tinyServices(*s_folder / "cache"); }
    // Calls `act` when the member in `folder` comes to that step.
    static GroupResult runUntil(const TrainGroup& group, const std::string& folder, long step,
                                const std::function<void(JobContext&)>& act) {
        JobContext* handle = nullptr;
        std::string current;
        JobContext job([&](const JobEvent& event) {
            const auto* train = std::get_if<TrainEvent>(&event);
            if (train && train->kind == "member") current = fs::path(train->path).filename();
            if (train && train->kind == "step" && train->step == step && current == folder) act(*handle);
        });
        handle = &job;
        return trainGroup(group, services(), job);
    }
    static std::map<std::string, std::string> states(const fs::path& folder) {
        std::map<std::string, std::string> found;
        for (const GroupMember& member : readGroup(folder).members) found[member.folder] = member.state;
        return found;
    }

    static std::unique_ptr<TempDir> s_folder;
    TempDir m_runs;
    JobContext m_job;
};
std::unique_ptr<TempDir> Groups::s_folder;

} // namespace

TEST_F(Groups, MembersAreWhatTheyWouldBeAlone) {
    const TrainGroup asked = group("g");
    double last = -1;
    std::vector<std::string> members;
    JobContext job([&](const JobEvent& event) {
        if (const auto* progress = std::get_if<ProgressEvent>(&event)) {
            EXPECT_EQ(progress->total, 4.0 * kSteps);
            EXPECT_GE(progress->done, last) << progress->text;
            last = progress->done;
        }
        if (const auto* train = std::get_if<TrainEvent>(&event); train && train->kind == "member")
            members.push_back(fs::path(train->path).filename());
    });
    const GroupResult result = trainGroup(asked, services(), job);
    EXPECT_EQ(result.trained, 4);
    EXPECT_EQ(members, (std::vector<std::string>{"test-small-s1", "test-small+dropout-s1", "test-small-s2",
                                                 "test-small+dropout-s2"}));
    for (const GroupMember& member : result.record.members) {
        EXPECT_EQ(member.state, "done");
        EXPECT_EQ(member.step, kSteps);
    }
    TrainOptions alone = asked.base;
    alone.model = "test-small";
    alone.seed = 2;
    alone.dropFace = alone.dropSpeech = 0.25;
    alone.run = (m_runs / "alone").string();
    trainWith(alone, services(), m_job);
    expectSameState(m_runs / "alone", asked.folder / "test-small+dropout-s2");

    // Once more: nothing is trained, not even the corpus is opened. More seeds join.
    const int calls = smallModel().lossCalls;
    TrainGroup again = asked;
    fs::rename(*s_folder / "corpus", *s_folder / "away");
    EXPECT_EQ(trainGroup(again, services(), m_job).trained, 0);
    fs::rename(*s_folder / "away", *s_folder / "corpus");
    EXPECT_EQ(smallModel().lossCalls, calls);
    again.seeds = {3};
    again.models = {"test-small"};
    EXPECT_EQ(trainGroup(again, services(), m_job).trained, 1);
    EXPECT_EQ(smallModel().lossCalls, calls + kSteps);
    EXPECT_EQ(readGroup(asked.folder).members.size(), 5u);
    EXPECT_EQ(readGroup(asked.folder).dataHash, readRunRecord(m_runs / "alone").dataHash);
}

TEST_F(Groups, KilledHalfWayRepeatsNothingAndResumesExactly) {
    trainGroup(group("whole"), services(), m_job);
    const TrainGroup cut = group("cut");
    const pid_t child = fork();
    if (child == 0) {
        try {
            runUntil(cut, "test-small-s2", 8, [](JobContext&) { raise(SIGKILL); });
        } catch (...) { _exit(2); }
        _exit(1);
    }
    int status = 0;
    ASSERT_EQ(waitpid(child, &status, 0), child);
    ASSERT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL) << status;
    EXPECT_EQ(states(cut.folder), (std::map<std::string, std::string>{{"test-small-s1", "done"},
                                                                      {"test-small+dropout-s1", "done"},
                                                                      {"test-small-s2", "interrupted"},
                                                                      {"test-small+dropout-s2", "waiting"}}));
    const fs::path finished = cut.folder / "test-small-s1";
    const std::string state = sha256OfFile(finished / "state.safetensors");
    const auto time = fs::last_write_time(finished / "run.json");
    const int calls = smallModel().lossCalls;
    EXPECT_EQ(trainGroup(cut, services(), m_job).trained, 2);
    EXPECT_EQ(smallModel().lossCalls - calls, 2 * kSteps - 5) << "step 5 was the last saved one";
    EXPECT_EQ(sha256OfFile(finished / "state.safetensors"), state);
    EXPECT_EQ(fs::last_write_time(finished / "run.json"), time);
    for (const GroupMember& member : groupMembers(cut)) {
        expectSameState(m_runs / "whole" / member.folder, cut.folder / member.folder);
        EXPECT_EQ(lossesOf(m_runs / "whole" / member.folder), lossesOf(cut.folder / member.folder)) << member.folder;
    }
}

TEST_F(Groups, AFolderTellsWhatWasAskedFor) {
    TrainGroup asked = group("again");
    asked.models = {"test-small", "test-small+dropout"};
    asked.dropout = 0.125;
    asked.base.steps = 2;
    EXPECT_THROW(runUntil(asked, "test-small+dropout-s1", 1, [](JobContext& job) { job.requestCancel(); }), Cancelled);
    const TrainGroup found = openGroup(asked.folder);
    EXPECT_EQ(found.models, asked.models);
    EXPECT_EQ(found.seeds, asked.seeds);
    EXPECT_EQ(found.dropout, asked.dropout);
    EXPECT_EQ(found.base.dropFace, 0);
    const GroupResult rest = trainGroup(found, services(), m_job);
    EXPECT_EQ(rest.trained, 3) << "the options are the same, so what is done stays";
    EXPECT_THROW(openGroup(m_runs / "nowhere"), Error);
    const std::vector<RunInfo> runs = listRuns(m_runs.path());
    ASSERT_EQ(runs.size(), 4u);
    EXPECT_TRUE(runs.front().name.starts_with("again/test-small")) << runs.front().name;
}

TEST_F(Groups, CancelAndFinishEarly) {
    const TrainGroup asked = group("g");
    EXPECT_THROW(runUntil(asked, "test-small+dropout-s1", 4, [](JobContext& job) { job.requestCancel(); }), Cancelled);
    EXPECT_EQ(states(asked.folder)["test-small+dropout-s1"], "interrupted");
    const GroupResult early = runUntil(asked, "test-small-s2", 7, [](JobContext& job) { job.requestFinishEarly(); });
    EXPECT_TRUE(early.finishedEarly);
    EXPECT_EQ(early.trained, 2);
    EXPECT_EQ(states(asked.folder)["test-small+dropout-s2"], "waiting");
    EXPECT_EQ(trainGroup(asked, services(), m_job).trained, 1) << "what was finished early stays as it is";
    EXPECT_EQ(readRunRecord(asked.folder / "test-small-s2").step, 7);
}

TEST_F(Groups, AFailedMemberDoesNotStopTheOthers) {
    TrainGroup asked = group("g");
    asked.models = {"test-small"};
    smallModel().brokenStep = 6; // of the first seed: lifted as soon as the second one begins
    JobContext job([&](const JobEvent& event) {
        const auto* train = std::get_if<TrainEvent>(&event);
        if (train && train->kind == "member" && train->path.ends_with("s2")) smallModel().brokenStep = -1;
    });
    try {
        trainGroup(asked, services(), job);
        ADD_FAILURE() << "the failure was not told";
    } catch (const Error& error) {
        EXPECT_NE(error.problem().find("test-small-s1"), std::string::npos) << error.what();
        EXPECT_NE(error.problem().find("step 7"), std::string::npos) << error.what();
    }
    smallModel().brokenStep = -1;
    EXPECT_EQ(states(asked.folder),
              (std::map<std::string, std::string>{{"test-small-s1", "failed"}, {"test-small-s2", "done"}}));
    EXPECT_EQ(trainGroup(asked, services(), m_job).trained, 1);
    EXPECT_EQ(states(asked.folder)["test-small-s1"], "done");
}

TEST_F(Groups, WhatDoesNotBelongTogetherIsRefused) {
    TrainGroup asked = group("g");
    asked.models = {"test-small"};
    asked.seeds = {1};
    trainGroup(asked, services(), m_job);
    TrainGroup other = asked;
    other.base.lr = 0.5;
    EXPECT_THROW(trainGroup(other, services(), m_job), Error);
    TinyCorpus corpus;
    corpus.seed = 2;
    corpus.write(m_runs / "corpus");
    other = asked;
    other.base.corpus = (m_runs / "corpus").string();
    other.seeds = {2};
    EXPECT_THROW(trainGroup(other, services(), m_job), Error) << "another corpus";

    for (auto change : std::vector<std::function<void(TrainGroup&)>>{
             [](TrainGroup& g) { g.models.clear(); }, [](TrainGroup& g) { g.seeds.clear(); },
             [](TrainGroup& g) {
                 g.seeds = {4, 4};
             },
             [](TrainGroup& g) { g.models = {"nobody"}; }, [](TrainGroup& g) { g.models = {"../test-small"}; },
             [](TrainGroup& g) { g.base.lr = -1; }}) {
        TrainGroup wrong = asked;
        wrong.folder = m_runs / "wrong";
        change(wrong);
        EXPECT_THROW(trainGroup(wrong, services(), m_job), Error);
        EXPECT_FALSE(fs::exists(wrong.folder)) << "nothing is written for a group that cannot start";
    }
}

TEST_F(Groups, WhatAnotherProcessHoldsIsLeftToIt) {
    TrainGroup asked = group("g");
    asked.models = {"test-small"};
    fs::create_directories(asked.folder / "test-small-s1");
    const auto lock = RunLock::take(asked.folder / "test-small-s1");
    const GroupResult result = trainGroup(asked, services(), m_job);
    EXPECT_EQ(result.elsewhere, 1);
    EXPECT_EQ(result.trained, 1);
    EXPECT_FALSE(fs::exists(asked.folder / "test-small-s1" / "config.toml"));
}

TEST_F(Groups, ItsFolderFollowsFromWhatIsTrained) {
    TrainGroup one = group("x"), two = one;
    two.seeds = {7};
    two.folder = "elsewhere";
    EXPECT_EQ(defaultGroupFolder(one), defaultGroupFolder(two));
    two.base.steps += 1;
    EXPECT_NE(defaultGroupFolder(one), defaultGroupFolder(two));
    two = one;
    two.models.pop_back();
    EXPECT_NE(defaultGroupFolder(one), defaultGroupFolder(two));
    EXPECT_EQ(defaultGroupFolder(one).parent_path().filename(), "groups");
}

TEST_F(Groups, BrokenGroupFilesAreErrors) {
    fs::create_directories(m_runs / "g");
    EXPECT_THROW(readGroup(m_runs / "g"), Error);
    for (const char* text : {"", "[]", "{\"members\": 3}", "{\"members\": [{}]}",
                             R"({"members": [{"folder": "../x", "model": "m", "seed": 1}]})",
                             R"({"members": [{"folder": "/x", "model": "m", "seed": 1}]})",
                             R"({"members": [{"folder": "..", "model": "m", "seed": 1}]})"}) {
        std::ofstream(m_runs / "g" / kGroupFile) << text;
        EXPECT_THROW(readGroup(m_runs / "g"), Error) << text;
    }
}
