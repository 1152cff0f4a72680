#include "app/jobs/job_state.h"

namespace emc {

namespace {

struct Row {
    JobState from;
    JobAction action;
    JobState to;
};

using enum JobState;
constexpr Row kTable[] = {
    {Idle, JobAction::Enqueue, Queued},
    {Queued, JobAction::Start, Running},
    {Queued, JobAction::Cancel, Cancelled},
    {Running, JobAction::Pause, Paused},
    {Running, JobAction::FinishEarly, Finishing},
    {Running, JobAction::Cancel, Cancelling},
    {Running, JobAction::Completed, Done},
    {Running, JobAction::Broke, Failed},
    {Paused, JobAction::Resume, Running},
    {Paused, JobAction::FinishEarly, Finishing},
    {Paused, JobAction::Cancel, Cancelling},
    {Paused, JobAction::Completed, Done}, // it was on its last step when pause was pressed
    {Paused, JobAction::Broke, Failed},
    {Finishing, JobAction::Cancel, Cancelling},
    {Finishing, JobAction::Completed, Done},
    {Finishing, JobAction::Broke, Failed},
    {Cancelling, JobAction::Stopped, Cancelled},
    {Cancelling, JobAction::Completed, Done}, // it came to its end before it saw the request: the result is kept
    {Cancelling, JobAction::Broke, Failed},
};

} // namespace

std::optional<JobState> nextState(JobState state, JobAction action) {
    for (const Row& row : kTable)
        if (row.from == state && row.action == action) return row.to;
    return std::nullopt;
}

} // namespace emc
