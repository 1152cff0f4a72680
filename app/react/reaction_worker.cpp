#include "app/react/reaction_worker.h"

#include <QMetaObject>

namespace emc {

ReactionWorker::ReactionWorker(Backend& backend, std::string model, QObject* parent)
    : QObject(parent), m_backend(backend), m_name(std::move(model)) {
    m_thread = std::jthread([this](const std::stop_token& stop) { work(stop); });
}

ReactionWorker::~ReactionWorker() {
    m_thread.request_stop();
    cancel();
    m_wake.notify_all();
    if (m_thread.joinable()) m_thread.join();
}

void ReactionWorker::submit(ReactionRequest request) {
    {
        const std::lock_guard lock(m_mutex);
        m_next = std::move(request);
        if (m_current) m_current->requestCancel();
    }
    m_wake.notify_all();
}

void ReactionWorker::cancel() {
    const std::lock_guard lock(m_mutex);
    m_next.reset();
    if (m_current) m_current->requestCancel();
}

bool ReactionWorker::busy() const {
    const std::lock_guard lock(m_mutex);
    return m_next || m_current;
}

void ReactionWorker::compute(const ReactionRequest& request, JobContext& job) {
    const auto start = std::chrono::steady_clock::now();
    const auto ms = [start] {
        return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
    };
    const auto publish = [this, id = request.id](std::shared_ptr<const Reactions> answer, bool whole, double took) {
        QMetaObject::invokeMethod(
            this, [this, id, answer, whole, took] { emit answered(id, answer, whole, took); }, Qt::QueuedConnection);
    };
    if (!m_model) m_model = m_backend.openModel(m_name);
    if (!m_clip || m_clipPath != request.clip) m_clip = m_backend.openClip(request.clip), m_clipPath = request.clip;
    ReactOptions options = request.options;
    options.onDisplayedSample = [&](const Reactions& first) {
        publish(std::make_shared<Reactions>(first), false, ms());
    };
    auto whole = std::make_shared<Reactions>(m_model->react(*m_clip, options, job));
    publish(std::move(whole), true, ms());
}

void ReactionWorker::work(const std::stop_token& stop) {
    while (true) {
        std::optional<ReactionRequest> request;
        {
            std::unique_lock lock(m_mutex);
            if (!m_wake.wait(lock, stop, [&] { return m_next.has_value(); })) return;
        }
        quint64 id = 0;
        JobContext job([this, &id](const JobEvent& event) {
            if (const auto* p = std::get_if<ProgressEvent>(&event))
                QMetaObject::invokeMethod(
                    this, [this, id, done = p->done, total = p->total] { emit progressed(id, done, total); },
                    Qt::QueuedConnection);
        });
        {
            const std::lock_guard lock(m_mutex);
            if (stop.stop_requested()) return;
            if (!m_next) continue;
            request = std::move(m_next);
            m_next.reset();
            m_current = &job;
            id = request->id;
        }
        try {
            compute(*request, job);
        } catch (const Cancelled&) { // a newer request is waiting, or nobody wants the answer any more
        } catch (...) {
            const Failure failure = Failure::current();
            QMetaObject::invokeMethod(
                this, [this, id, failure] { emit failed(id, failure); }, Qt::QueuedConnection);
        }
        const std::lock_guard lock(m_mutex);
        m_current = nullptr;
    }
}

} // namespace emc
