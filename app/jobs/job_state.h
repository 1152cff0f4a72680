#pragma once
// The states of a job as a table. Everything not in the table is refused, so a job can never be resumed after its end
// or cancelled twice.
#include <optional>

namespace emc {

enum class JobState { Idle, Queued, Running, Paused, Finishing, Cancelling, Done, Failed, Cancelled };
enum class JobAction {
    Enqueue,
    Start,
    Pause,
    Resume,
    FinishEarly,
    Cancel, // asked for by people and by the queue
    Completed,
    Broke,
    Stopped // told by the worker: returned, threw, threw Cancelled
};

// The state after `action`, or nothing when the action is not allowed in `state`.
std::optional<JobState> nextState(JobState state, JobAction action);
inline bool allowed(JobState state, JobAction action) {
    return nextState(state, action).has_value();
}
constexpr bool isFinal(JobState s) {
    return s == JobState::Done || s == JobState::Failed || s == JobState::Cancelled;
}
// A worker thread exists in these.
constexpr bool isLive(JobState s) {
    return s == JobState::Running || s == JobState::Paused || s == JobState::Finishing || s == JobState::Cancelling;
}

} // namespace emc
