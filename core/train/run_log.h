#pragma once
// What a run tells while it works: one JSON object per event in log.jsonl, scalars in the events file, and the job's
// own events.
#include <filesystem>
#include <memory>
#include <string>

#include "core/api/job_context.h"
#include "core/train/event_file.h"

namespace emc {

class RunLog {
public:
    // Goes on after `fromStep`: later lines of an earlier start (it was killed after its last checkpoint) are dropped,
    // for they happen again.
    RunLog(const std::filesystem::path& folder, long fromStep);
    ~RunLog();

    void event(const TrainEvent& event, JobContext& job); // throws Error(Io)
    void note(const std::string& text, bool warning, JobContext& job);

private:
    void line(const std::string& json);

    std::filesystem::path m_path;
    std::FILE* m_file = nullptr;
    std::unique_ptr<EventFile> m_scalars;
};

// One line of log.jsonl and of `emc train --json-lines`: {"event": "step", "step": 3, "steps": 800, "loss": ...}.
std::string trainEventJson(const TrainEvent& event);

} // namespace emc
