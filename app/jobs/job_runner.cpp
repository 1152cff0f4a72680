#include "app/jobs/job_runner.h"

#include <QMetaObject>

#include <new>

#include "core/api/thread_priority.h"

namespace emc {

struct JobRunner::Job {
    explicit Job(JobContext::Sink sink) : context(std::move(sink)) {}
    JobInfo info;
    Work work;
    JobContext context;
    QElapsedTimer running;
    std::jthread thread;
    bool members = false; // a group of trainings: their steps are not its own
};

namespace {

// A sentence can carry a list without end (tensors that do not fit): a bar or a pane shows its beginning, the details
// hold all of it.
QString shortened(const QString& sentence) {
    constexpr qsizetype kMost = 240;
    if (sentence.size() <= kMost) return sentence;
    const qsizetype space = sentence.lastIndexOf(QLatin1Char(' '), kMost);
    QString kept = sentence.left(space > kMost / 2 ? space : kMost);
    while (kept.endsWith(QLatin1Char(',')) || kept.endsWith(QLatin1Char(' '))) kept.chop(1);
    return kept + QStringLiteral(" …");
}

} // namespace

Failure Failure::current() {
    try {
        throw;
    } catch (const Error& error) {
        Failure f;
        f.problem = shortened(QString::fromStdString(error.problem()));
        if (!f.problem.isEmpty()) f.problem[0] = f.problem[0].toUpper();
        if (!error.hint().empty())
            f.problem += (f.problem.endsWith(QChar(0x2026)) ? QStringLiteral(" ") : QStringLiteral(". ")) +
                         QString::fromStdString(error.hint());
        f.details = QStringLiteral("%1: %2").arg(QLatin1String(errorKindName(error.kind())),
                                                 QString::fromStdString(error.what()));
        return f;
    } catch (const std::bad_alloc&) {
        return {QObject::tr("There is not enough memory for this"), QStringLiteral("std::bad_alloc")};
    } catch (const std::exception& error) {
        const QString text = QString::fromUtf8(error.what());
        return {shortened(text.section(QLatin1Char('\n'), 0, 0)), text};
    } catch (...) {
        return {QObject::tr("Something went wrong that has no description"), QStringLiteral("unknown exception")};
    }
}

JobRunner::JobRunner(QObject* parent) : QObject(parent) {}

JobRunner::~JobRunner() {
    for (auto& [id, job] : m_jobs) job->context.requestCancel();
    m_jobs.clear(); // joins every thread
}

JobId JobRunner::submit(const JobSpec& spec, Work work) {
    const JobId id = ++m_last;
    // The sink runs on the worker's thread; `this` outlives every worker because the destructor joins them.
    auto job = std::make_unique<Job>([this, id](const JobEvent& event) {
        QMetaObject::invokeMethod(
            this, [this, id, event] { onEvent(id, event); }, Qt::QueuedConnection);
    });
    job->info.id = id;
    job->info.spec = spec;
    job->work = std::move(work);
    Job& kept = *m_jobs.emplace(id, std::move(job)).first->second;
    act(kept, JobAction::Enqueue);
    startWaiting();
    return id;
}

bool JobRunner::act(Job& job, JobAction action) {
    const auto next = nextState(job.info.state, action);
    if (!next) return false;
    job.info.state = *next;
    emit changed(job.info.id);
    return true;
}

void JobRunner::startWaiting() {
    bool heavyBusy = false;
    for (const auto& [id, job] : m_jobs)
        heavyBusy = heavyBusy || (job->info.spec.lane == JobLane::Heavy && isLive(job->info.state));
    for (auto& [id, job] : m_jobs) {
        if (job->info.state != JobState::Queued) continue;
        if (job->info.spec.lane == JobLane::Heavy) {
            if (heavyBusy) continue;
            heavyBusy = true;
        }
        start(*job);
    }
}

void JobRunner::start(Job& job) {
    act(job, JobAction::Start);
    job.running.start();
    job.thread = std::jthread([this, id = job.info.id, &job] {
        if (job.info.spec.lane == JobLane::Heavy) giveWayToOtherThreads(); // to whoever toggles and plays meanwhile
        JobAction how = JobAction::Completed;
        Failure failure;
        try {
            job.work(job.context);
        } catch (const Cancelled&) { how = JobAction::Stopped; } catch (...) {
            how = JobAction::Broke;
            failure = Failure::current();
        }
        QMetaObject::invokeMethod(
            this, [this, id, how, failure] { onEnd(id, how, failure); }, Qt::QueuedConnection);
    });
}

void JobRunner::onEvent(JobId id, const JobEvent& event) {
    Job* job = get(id);
    if (!job) return;
    if (const auto* p = std::get_if<ProgressEvent>(&event)) {
        job->info.done = p->done, job->info.total = p->total;
        job->info.text = QString::fromStdString(p->text);
        const double share = p->total > 0 ? p->done / p->total : 0,
                     spent = static_cast<double>(job->running.elapsed()) / 1000.0;
        job->info.secondsLeft = share > 0.01 && spent > 1.0 ? spent * (1 - share) / share : -1;
        emit changed(id);
    } else if (const auto* t = std::get_if<TrainEvent>(&event)) {
        job->members = job->members || t->kind == "member";
        if (t->steps > 0 && !job->members) {
            job->info.done = static_cast<double>(t->step), job->info.total = static_cast<double>(t->steps);
            const double share = job->info.done / job->info.total,
                         spent = static_cast<double>(job->running.elapsed()) / 1000.0;
            job->info.secondsLeft = share > 0.01 && spent > 1.0 ? spent * (1 - share) / share : -1;
            emit changed(id);
        }
        emit trainEvent(id, *t);
    } else if (const auto* m = std::get_if<MessageEvent>(&event)) {
        emit message(id, QString::fromStdString(m->text), m->warning);
    }
}

void JobRunner::onEnd(JobId id, JobAction how, const Failure& failure) {
    Job* job = get(id);
    if (!job) return;
    if (job->thread.joinable()) job->thread.join();
    job->work = nullptr; // frees what the closure holds
    // A worker that reports Cancelled without having been asked was stopped from inside: that is a failure, not a wish.
    if (how == JobAction::Stopped && job->info.state != JobState::Cancelling) how = JobAction::Broke;
    job->info.problem = failure.problem, job->info.details = failure.details;
    // A job that was asked to finish early did not do all of its work.
    if (how == JobAction::Completed && job->info.total > 0 && !job->context.finishEarlyRequested())
        job->info.done = job->info.total;
    job->info.secondsLeft = -1;
    act(*job, how);
    const JobState state = job->info.state;
    emit ended(id, state);
    startWaiting();
}

bool JobRunner::pause(JobId id) {
    Job* job = get(id);
    if (!job || !act(*job, JobAction::Pause)) return false;
    job->context.pause();
    return true;
}

bool JobRunner::resume(JobId id) {
    Job* job = get(id);
    if (!job || !act(*job, JobAction::Resume)) return false;
    job->context.resume();
    return true;
}

bool JobRunner::finishEarly(JobId id) {
    Job* job = get(id);
    if (!job || !job->info.spec.canFinishEarly || !act(*job, JobAction::FinishEarly)) return false;
    job->context.requestFinishEarly();
    return true;
}

bool JobRunner::cancel(JobId id) {
    Job* job = get(id);
    if (!job || !act(*job, JobAction::Cancel)) return false;
    job->context.requestCancel();
    if (job->info.state == JobState::Cancelled) emit ended(id, JobState::Cancelled); // it was still waiting
    return true;
}

bool JobRunner::forget(JobId id) {
    const Job* job = get(id);
    if (!job || !isFinal(job->info.state)) return false;
    m_jobs.erase(id);
    emit changed(id);
    return true;
}

JobRunner::Job* JobRunner::get(JobId id) const {
    const auto it = m_jobs.find(id);
    return it == m_jobs.end() ? nullptr : it->second.get();
}

const JobInfo* JobRunner::find(JobId id) const {
    const Job* job = get(id);
    return job ? &job->info : nullptr;
}

std::vector<JobInfo> JobRunner::list() const {
    std::vector<JobInfo> result;
    for (const auto& [id, job] : m_jobs) result.push_back(job->info);
    return result;
}

int JobRunner::liveCount() const {
    int count = 0;
    for (const auto& [id, job] : m_jobs) count += !job->info.spec.quiet && !isFinal(job->info.state) ? 1 : 0;
    return count;
}

bool JobRunner::anyLive() const {
    for (const auto& [id, job] : m_jobs)
        if (!isFinal(job->info.state)) return true;
    return false;
}

} // namespace emc
