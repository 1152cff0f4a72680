#pragma once
// Shows events of a job on standard error: a bar on a terminal, plain lines elsewhere.
#include <chrono>
#include <mutex>
#include <string>

#include "core/api/job_context.h"

namespace emc::cli {

class ProgressPrinter {
public:
    ProgressPrinter();
    void show(const JobEvent& event); // any thread
    void finish();                    // leaves the cursor on a fresh line

private:
    void bar(const ProgressEvent& event);
    void plain(const ProgressEvent& event);

    std::mutex m_mutex;
    bool m_terminal;
    bool m_barShown = false;
    double m_lastShare = -1;
    std::string m_lastText;
    std::chrono::steady_clock::time_point m_start = std::chrono::steady_clock::now(), m_lastLine{};
};

} // namespace emc::cli
