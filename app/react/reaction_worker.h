#pragma once
// One model on one thread. It computes the newest request only: a newer one cancels what is being computed.
#include <QObject>

#include <condition_variable>
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>

#include "app/jobs/job_runner.h"
#include "core/api/backend.h"

namespace emc {

struct ReactionRequest {
    quint64 id = 0;
    std::filesystem::path clip;
    ReactOptions options; // onDisplayedSample is set by the worker
};

class ReactionWorker : public QObject {
    Q_OBJECT
public:
    ReactionWorker(Backend& backend, std::string model, QObject* parent = nullptr);
    ~ReactionWorker() override;

    void submit(ReactionRequest request);
    void cancel();
    bool busy() const;

signals:
    // Emitted on the thread of this object. `whole` is false for the displayed sample that comes first.
    void answered(quint64 id, std::shared_ptr<const emc::Reactions> reactions, bool whole, double ms);
    void progressed(quint64 id, double done, double total);
    void failed(quint64 id, const emc::Failure& failure);

private:
    void work(const std::stop_token& stop);
    void compute(const ReactionRequest& request, JobContext& job);

    Backend& m_backend;
    const std::string m_name;
    mutable std::mutex m_mutex;
    std::condition_variable_any m_wake;
    std::optional<ReactionRequest> m_next;
    JobContext* m_current = nullptr; // of the request being computed; guarded by m_mutex
    // of the worker alone
    std::unique_ptr<ReactionModel> m_model;
    std::filesystem::path m_clipPath;
    std::shared_ptr<const Clip> m_clip;
    std::jthread m_thread;
};

} // namespace emc
