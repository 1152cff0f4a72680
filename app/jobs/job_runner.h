#pragma once
// Runs plain functions of a JobContext on threads of their own and tells the window by queued signals.
// Nothing thrown leaves a job: Error, std::exception and everything else end in Failed with a text.
#include <QElapsedTimer>
#include <QObject>
#include <QString>

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <thread>
#include <vector>

#include "app/jobs/job_state.h"
#include "core/api/job_context.h"

namespace emc {

using JobId = quint64;

enum class JobLane { Light, Heavy }; // heavy jobs (training, ingest) wait for one another; light ones start at once

struct JobSpec {
    QString name;
    JobLane lane = JobLane::Light;
    bool canFinishEarly = false; // "finish and keep" makes sense
    bool quiet = false;          // not counted in the jobs button (checks, loading)
    QString device = {};
    QString kind = {}, place = {}; // whose job it is and what it works on ("train", the run's folder): a page that is
                                   // built anew finds its own again
};

struct JobInfo {
    JobId id = 0;
    JobSpec spec;
    JobState state = JobState::Idle;
    double done = 0, total = 0;
    QString text;             // what is being done
    double secondsLeft = -1;  // unknown below 0
    QString problem, details; // of a failure: a sentence; everything for "copy details"
};

// What went wrong in words, from any exception in flight. Call inside a catch block.
struct Failure {
    QString problem, details;
    static Failure current();
};

class JobRunner : public QObject {
    Q_OBJECT
public:
    using Work = std::function<void(JobContext&)>;

    explicit JobRunner(QObject* parent = nullptr);
    ~JobRunner() override; // cancels and joins

    JobId submit(const JobSpec& spec, Work work);
    // Runs `work` and hands its value to `then` on the thread of `receiver` (dropped when the receiver is gone or the
    // job did not end well).
    template <class T>
    JobId submit(const JobSpec& spec, std::function<T(JobContext&)> work, QObject* receiver,
                 std::function<void(T)> then) {
        auto value = std::make_shared<std::optional<T>>();
        const JobId id = submit(spec, [work = std::move(work), value](JobContext& job) { *value = work(job); });
        connect(this, &JobRunner::ended, receiver, [id, value, then = std::move(then)](JobId ended, JobState state) {
            if (ended == id && state == JobState::Done && value->has_value()) then(std::move(**value)), value->reset();
        });
        return id;
    }

    // Each returns false when the state table does not allow it.
    bool pause(JobId id);
    bool resume(JobId id);
    bool finishEarly(JobId id);
    bool cancel(JobId id);
    bool forget(JobId id); // of an ended job: out of the list

    const JobInfo* find(JobId id) const;
    std::vector<JobInfo> list() const; // by order of submission
    int liveCount() const;             // running and waiting, quiet ones left out
    bool anyLive() const;

signals:
    void changed(emc::JobId id);
    void trainEvent(emc::JobId id, const emc::TrainEvent& event);
    void message(emc::JobId id, const QString& text, bool warning);
    void ended(emc::JobId id, emc::JobState state);

private:
    struct Job;
    bool act(Job& job, JobAction action);
    void startWaiting();
    void start(Job& job);
    void onEvent(JobId id, const JobEvent& event);
    void onEnd(JobId id, JobAction how, const Failure& failure);
    Job* get(JobId id) const;

    std::map<JobId, std::unique_ptr<Job>> m_jobs;
    JobId m_last = 0;
};

} // namespace emc
