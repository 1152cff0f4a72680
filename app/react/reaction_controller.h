#pragma once
// From the session to reactions: which model each pane needs, asks its worker, keeps what came back. Answers that are
// no longer wanted are dropped by id.
#include <QHash>
#include <QObject>
#include <QStringList>

#include <memory>
#include <set>
#include <vector>

#include "app/react/reaction_worker.h"
#include "app/session/session_state.h"

namespace emc {

// A pane of the row: the chosen model and the one that the switches make of it.
struct ReactionPane {
    QString chosen, effective, label;
    bool usable = false;
    QString problem; // sentence, when it cannot or could not be computed
    QString details;
    std::shared_ptr<const Reactions> reactions; // newest; samples == 1 while the others are still coming
    bool whole = false, waiting = false;
    double firstMs = -1, allMs = -1;
    quint64 request = 0;                       // panes that ask the same share one
    int copy = 0;                              // which of the workers of `effective` computes it
    std::vector<AttentionMap> attentionBefore; // of the state before the last switch
    int displayed(int sample) const { return reactions && reactions->samples > sample ? sample : 0; }
};

class ReactionController : public QObject {
    Q_OBJECT
public:
    explicit ReactionController(Backend& backend, QObject* parent = nullptr);
    ~ReactionController() override;

    const std::vector<ModelInfo>& catalogue() const { return m_models; }
    void setCatalogue(std::vector<ModelInfo> models) { m_models = std::move(models); }
    // The name that EA and EMC make of a chosen model; empty when there is no such model.
    QString effectiveName(const QString& chosen, bool emotionAttention, bool compensation) const;
    const ModelInfo* info(const QString& name) const;

    // Asks anew where something that matters has changed.
    void update(const SessionState& session);
    void setAttentionWanted(bool wanted, const QString& site = {});
    void setTraceWanted(bool wanted, bool truth);
    void setLatent(std::vector<float> latent); // of the displayed sample; empty = the plain draw
    void pause() { m_enabled = false; }
    void resume(const SessionState& session) { m_enabled = true, update(session); }

    const std::vector<ReactionPane>& panes() const { return m_panes; }
    bool complete() const; // every pane has all its samples or a sentence why not
    bool busy() const;

signals:
    void panesChanged();        // which panes there are
    void paneChanged(int pane); // its reactions or state
    void computing(bool busy);

private:
    struct Question {
        QString name; // empty: the pane's model has no form for these switches
        ReactOptions options;
        std::string key; // what tells it from every other question; empty without a model
    };
    Question questionOf(std::size_t pane, const SessionState& session) const;
    void ask(std::size_t pane, const SessionState& session);
    std::string keyOf(const QString& model, const ReactOptions& options, const QString& clip) const;
    ReactionWorker* worker(const QString& model, int copy);
    void onAnswer(quint64 id, const std::shared_ptr<const Reactions>& reactions, bool whole, double ms);
    void onFailure(quint64 id, const Failure& failure);

    Backend& m_backend;
    std::vector<ModelInfo> m_models;
    std::vector<ReactionPane> m_panes;
    std::vector<std::string> m_keys;                                              // what each pane's answer is for
    std::vector<std::pair<QString, std::unique_ptr<ReactionWorker>>> m_workers;   // last used at the end
    std::vector<std::pair<std::string, std::shared_ptr<const Reactions>>> m_kept; // whole answers, newest at the end
    SessionState m_session;
    quint64 m_lastId = 0;
    bool m_attention = false, m_trace = false, m_truth = false, m_enabled = true;
    QString m_site;
    std::vector<float> m_latent;
};

} // namespace emc
