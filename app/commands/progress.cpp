#include "app/commands/progress.h"

#include <unistd.h>

#include <algorithm>
#include <cstdio>

#include "app/commands/command.h"

namespace emc::cli {

void Session::say(const std::string& line) const {
    if (!m_json) std::printf("%s\n", line.c_str()), std::fflush(stdout);
}
void Session::note(const std::string& line) const {
    std::fprintf(stderr, "%s\n", line.c_str());
}

ProgressPrinter::ProgressPrinter() : m_terminal(isatty(STDERR_FILENO) != 0) {}

void ProgressPrinter::show(const JobEvent& event) {
    std::lock_guard lock(m_mutex);
    if (auto* progress = std::get_if<ProgressEvent>(&event)) {
        m_terminal ? bar(*progress) : plain(*progress);
        return;
    }
    if (m_barShown) std::fputs("\r\033[K", stderr), m_barShown = false;
    if (auto* message = std::get_if<MessageEvent>(&event)) {
        std::fprintf(stderr, "%s%s\n", message->warning ? "warning: " : "", message->text.c_str());
    } else if (auto* wrote = std::get_if<WroteEvent>(&event)) {
        std::fprintf(stderr, "wrote %s\n", wrote->path.c_str());
    } else if (auto* train = std::get_if<TrainEvent>(&event)) {
        // Steps come several times a second; a line for each would bury the rest.
        const auto now = std::chrono::steady_clock::now();
        if (train->kind == "step" && now - m_lastLine < std::chrono::seconds(m_terminal ? 1 : 10)) return;
        m_lastLine = now;
        std::string line = train->kind + " " + std::to_string(train->step) + "/" + std::to_string(train->steps);
        for (const auto& [name, value] : train->values) {
            char number[64];
            std::snprintf(number, sizeof number, " %s=%.4g", name.c_str(), value);
            line += number;
        }
        if (!train->path.empty()) line += " " + train->path;
        std::fprintf(stderr, "%s\n", line.c_str());
    }
}

void ProgressPrinter::bar(const ProgressEvent& event) {
    constexpr int kWidth = 30;
    if (event.total <= 0) {
        std::fprintf(stderr, "\r\033[K%s", event.text.c_str());
    } else {
        const double share = std::clamp(event.done / event.total, 0.0, 1.0);
        const int filled = static_cast<int>(share * kWidth);
        const double spent = std::chrono::duration<double>(std::chrono::steady_clock::now() - m_start).count();
        std::fprintf(stderr, "\r\033[K[%s%s] %3.0f %%  %s", std::string(static_cast<std::size_t>(filled), '#').c_str(),
                     std::string(static_cast<std::size_t>(kWidth - filled), '.').c_str(), share * 100,
                     event.text.c_str());
        if (share > 0.02 && share < 1 && spent > 2) std::fprintf(stderr, "  %.0f s left", spent * (1 - share) / share);
    }
    std::fflush(stderr);
    m_barShown = true;
}

void ProgressPrinter::plain(const ProgressEvent& event) {
    const double share = event.total > 0 ? event.done / event.total : 0;
    const bool newStage = event.text.substr(0, 12) != m_lastText.substr(0, 12);
    const auto now = std::chrono::steady_clock::now();
    if (!newStage && share < m_lastShare + 0.1 && share < 1) return;
    if (now - m_lastLine < std::chrono::seconds(1) && share < 1) return;
    m_lastLine = now, m_lastShare = share >= 1 ? -1 : share, m_lastText = event.text;
    std::fprintf(stderr, "%3.0f %%  %s\n", share * 100, event.text.c_str());
}

void ProgressPrinter::finish() {
    std::lock_guard lock(m_mutex);
    if (m_barShown) std::fputs("\r\033[K", stderr), m_barShown = false;
}

} // namespace emc::cli
