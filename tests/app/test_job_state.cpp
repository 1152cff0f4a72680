#include <gtest/gtest.h>

#include "app/jobs/job_state.h"

using namespace emc;

namespace {
constexpr JobState kStates[] = {JobState::Idle,   JobState::Queued,    JobState::Running,
                                JobState::Paused, JobState::Finishing, JobState::Cancelling,
                                JobState::Done,   JobState::Failed,    JobState::Cancelled};
constexpr JobAction kActions[] = {JobAction::Enqueue,   JobAction::Start,       JobAction::Pause,
                                  JobAction::Resume,    JobAction::FinishEarly, JobAction::Cancel,
                                  JobAction::Completed, JobAction::Broke,       JobAction::Stopped};
} // namespace

TEST(JobState, nothingLeavesAFinalState) {
    for (const JobState state : kStates)
        for (const JobAction action : kActions)
            if (isFinal(state)) EXPECT_FALSE(allowed(state, action));
}

TEST(JobState, everyLiveStateCanEndAndFail) {
    for (const JobState state : kStates) {
        if (!isLive(state)) continue;
        EXPECT_EQ(nextState(state, JobAction::Completed), JobState::Done);
        EXPECT_EQ(nextState(state, JobAction::Broke), JobState::Failed);
    }
}

TEST(JobState, theTwoStopsAreDifferent) {
    EXPECT_EQ(nextState(JobState::Running, JobAction::FinishEarly), JobState::Finishing);
    EXPECT_EQ(nextState(JobState::Running, JobAction::Cancel), JobState::Cancelling);
    EXPECT_EQ(nextState(JobState::Finishing, JobAction::Completed), JobState::Done);
    EXPECT_EQ(nextState(JobState::Cancelling, JobAction::Stopped), JobState::Cancelled);
    EXPECT_EQ(nextState(JobState::Finishing, JobAction::Cancel), JobState::Cancelling);
    EXPECT_FALSE(allowed(JobState::Cancelling, JobAction::FinishEarly));
}

TEST(JobState, pauseAndResume) {
    EXPECT_EQ(nextState(JobState::Running, JobAction::Pause), JobState::Paused);
    EXPECT_EQ(nextState(JobState::Paused, JobAction::Resume), JobState::Running);
    EXPECT_FALSE(allowed(JobState::Queued, JobAction::Pause));
    EXPECT_FALSE(allowed(JobState::Paused, JobAction::Pause));
}

TEST(JobState, whatWaitsIsCancelledAtOnce) {
    EXPECT_EQ(nextState(JobState::Queued, JobAction::Cancel), JobState::Cancelled);
    EXPECT_EQ(nextState(JobState::Queued, JobAction::Start), JobState::Running);
    EXPECT_FALSE(allowed(JobState::Idle, JobAction::Start));
}
