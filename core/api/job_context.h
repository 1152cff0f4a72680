#pragma once
// What long work gets from whoever runs it: a way to report, and the two ways to be stopped (cancel; finish early and
// keep). Thread-safe: the worker reports while another thread asks it to stop. A JobContext made with no sink just
// works silently.
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <variant>

#include "core/api/error.h"

namespace emc {

struct ProgressEvent {
    double done = 0, total = 0; // in the job's own unit; total 0 = unknown
    std::string text;           // what is being done, "clip 3 of 20"
};
struct MessageEvent {
    std::string text;
    bool warning = false;
};
// One point of training. `values` holds named numbers: "loss", "rec", "kl", "val", "lr", ...
struct TrainEvent {
    std::string kind; // "step", "epoch", "checkpoint", "done"
    long step = 0, steps = 0;
    std::map<std::string, double> values;
    std::string path; // of the checkpoint, if one was written
};
struct WroteEvent {
    std::string path;
};
using JobEvent = std::variant<ProgressEvent, MessageEvent, TrainEvent, WroteEvent>;

class JobContext {
public:
    using Sink = std::function<void(const JobEvent&)>;

    JobContext() = default;
    explicit JobContext(Sink sink) : m_sink(std::move(sink)) {}
    // A job inside another: its own reports, the outer one's cancel and finish-early.
    JobContext(Sink sink, const JobContext& outer) : m_sink(std::move(sink)), m_outer(&outer) {}
    JobContext(const JobContext&) = delete;
    JobContext& operator=(const JobContext&) = delete;

    // Reports (at most 20 times a second, the last step always), waits while paused, throws Cancelled when cancelled.
    void progress(double done, double total, std::string text = {}) {
        checkpoint();
        const auto now = std::chrono::steady_clock::now();
        {
            std::lock_guard lock(m_mutex);
            if (done < total && now - m_lastReport < std::chrono::milliseconds(50)) return;
            m_lastReport = now;
        }
        publish(ProgressEvent{done, total, std::move(text)});
    }
    // The cancel point without a report, for inner loops.
    void checkpoint() {
        if (m_paused.load()) {
            std::unique_lock lock(m_mutex);
            m_wake.wait(lock, [&] { return !m_paused.load() || cancelRequested(); });
        }
        if (cancelRequested()) throw Cancelled();
    }
    void publish(const JobEvent& event) {
        if (m_sink) m_sink(event);
    }
    bool finishEarlyRequested() const { return m_finishEarly.load() || (m_outer && m_outer->finishEarlyRequested()); }
    bool cancelRequested() const { return m_cancel.load() || (m_outer && m_outer->cancelRequested()); }

    // Called from outside the worker (not from a signal handler: a program waits for signals on a thread of its own).
    void requestCancel() {
        m_cancel.store(true);
        m_paused.store(false);
        m_wake.notify_all();
    }
    void requestFinishEarly() {
        m_finishEarly.store(true);
        resume();
    }
    void pause() { m_paused.store(true); }
    void resume() {
        {
            std::lock_guard lock(m_mutex);
            m_paused.store(false);
        }
        m_wake.notify_all();
    }

private:
    Sink m_sink;
    const JobContext* m_outer = nullptr;
    std::atomic<bool> m_cancel{false}, m_finishEarly{false}, m_paused{false};
    std::mutex m_mutex;
    std::condition_variable m_wake;
    std::chrono::steady_clock::time_point m_lastReport{};
};

} // namespace emc
