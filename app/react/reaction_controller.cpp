#include "app/react/reaction_controller.h"

#include <algorithm>
#include <sstream>

namespace emc {

namespace {
constexpr std::size_t kMostWorkers = 8, kMostKept = 10;
} // namespace

ReactionController::ReactionController(Backend& backend, QObject* parent) : QObject(parent), m_backend(backend) {}
ReactionController::~ReactionController() = default;

const ModelInfo* ReactionController::info(const QString& name) const {
    const auto it = std::find_if(m_models.begin(), m_models.end(),
                                 [&](const ModelInfo& m) { return m.name == name.toStdString(); });
    return it == m_models.end() ? nullptr : &*it;
}

QString ReactionController::effectiveName(const QString& chosen, bool emotionAttention, bool compensation) const {
    const ModelInfo* model = info(chosen);
    if (!model) return {};
    if (model->condition != "emc")
        return chosen; // the switches act on the EMC form of a host; others are what they are
    const std::string wanted = !compensation ? "original" : emotionAttention ? "emc" : "emc-no-ea";
    for (const ModelInfo& other : m_models)
        if (other.host == model->host && other.condition == wanted) return QString::fromStdString(other.name);
    return {};
}

std::string ReactionController::keyOf(const QString& model, const ReactOptions& o, const QString& clip) const {
    std::ostringstream key;
    const ModelInfo* known = info(model);
    key << model.toStdString() << '|' << (known ? known->checkpoint : std::string()) << '|' << clip.toStdString() << '|'
        << o.seed << '|' << o.samples << '|' << o.temperature << '|' << o.perFrameDraws << "|f";
    for (const FrameSpan& s : o.availability.faceMissing) key << s.begin << '-' << s.end << ',';
    key << "|s";
    for (const FrameSpan& s : o.availability.speechMissing) key << s.begin << '-' << s.end << ',';
    key << '|';
    for (const std::string& site : o.attention) key << site << ',';
    key << '|' << o.cmaTrace << o.cmaTruth;
    // Attention, trace and walk belong to the displayed sample; plain answers hold for all.
    if (!o.attention.empty() || o.cmaTrace || !o.cmaLatent.empty()) key << '#' << o.displayedSample;
    for (float v : o.cmaLatent) key << ' ' << v;
    return key.str();
}

ReactionWorker* ReactionController::worker(const QString& model) {
    // Other weights are another network.
    const ModelInfo* known = info(model);
    const QString name = known ? model + QLatin1Char('\n') + QString::fromStdString(known->checkpoint) : model;
    const auto it = std::find_if(m_workers.begin(), m_workers.end(), [&](const auto& w) { return w.first == name; });
    if (it != m_workers.end()) {
        std::rotate(it, it + 1, m_workers.end());
        return m_workers.back().second.get();
    }
    if (m_workers.size() >= kMostWorkers) {
        const auto idle =
            std::find_if(m_workers.begin(), m_workers.end(), [](const auto& w) { return !w.second->busy(); });
        if (idle != m_workers.end()) m_workers.erase(idle);
    }
    auto made = std::make_unique<ReactionWorker>(m_backend, model.toStdString());
    connect(made.get(), &ReactionWorker::answered, this, &ReactionController::onAnswer);
    connect(made.get(), &ReactionWorker::failed, this, &ReactionController::onFailure);
    m_workers.emplace_back(name, std::move(made));
    return m_workers.back().second.get();
}

void ReactionController::update(const SessionState& session) {
    const bool sameRow = std::equal(m_panes.begin(), m_panes.end(), session.models.begin(), session.models.end(),
                                    [](const ReactionPane& pane, const QString& name) { return pane.chosen == name; });
    if (session.clip != m_session.clip) m_latent.clear();
    m_session = session;
    if (!sameRow) {
        std::vector<ReactionPane> panes;
        std::vector<std::string> keys;
        for (const QString& name : session.models) {
            const auto old =
                std::find_if(m_panes.begin(), m_panes.end(), [&](const ReactionPane& p) { return p.chosen == name; });
            keys.push_back(old != m_panes.end() ? m_keys[static_cast<std::size_t>(old - m_panes.begin())]
                                                : std::string());
            panes.push_back(old != m_panes.end() ? *old : ReactionPane{});
            panes.back().chosen = name;
        }
        m_panes = std::move(panes), m_keys = std::move(keys);
        emit panesChanged();
    }
    if (!m_enabled || session.clip.isEmpty()) return;
    for (ReactionPane& pane : m_panes) ask(pane, session, false);
    emit computing(busy());
}

void ReactionController::ask(ReactionPane& pane, const SessionState& session, bool force) {
    const auto index = static_cast<std::size_t>(&pane - m_panes.data());
    const QString name = effectiveName(pane.chosen, session.emotionAttention, session.compensation);
    const ModelInfo* model = name.isEmpty() ? info(pane.chosen) : info(name);
    pane.effective = name;
    pane.label = model ? QString::fromStdString(model->label) : pane.chosen;
    pane.usable = !name.isEmpty() && model && (!model->needsCheckpoint || !model->checkpoint.empty());
    if (!pane.usable) {
        pane.problem = !model ? tr("There is no model named %1.").arg(pane.chosen)
                       : name.isEmpty()
                           ? tr("This model has no form for these switches.")
                           : tr("No weights found for %1. Train it or import a checkpoint.").arg(pane.label);
        pane.reactions.reset();
        pane.waiting = false, pane.whole = false;
        m_keys[index].clear();
        emit paneChanged(static_cast<int>(index));
        return;
    }
    ReactOptions options;
    options.samples = kSamples;
    options.seed = session.seed;
    options.availability = session.availability();
    options.temperature = session.temperature;
    options.perFrameDraws = session.perFrameDraws;
    options.displayedSample = session.sample;
    if (m_attention) {
        const auto& sites = model->attentionSites;
        const std::string wanted = m_site.toStdString();
        if (std::find(sites.begin(), sites.end(), wanted) != sites.end()) options.attention = {wanted};
        else if (!sites.empty()) options.attention = {sites.front()};
    }
    options.cmaTrace = m_trace && model->condition.starts_with("emc");
    options.cmaTruth = options.cmaTrace && m_truth;
    if (index == 0 || m_trace) options.cmaLatent = m_latent;
    const std::string key = keyOf(name, options, session.clip);
    if (!force && key == m_keys[index]) return;
    if (pane.reactions && pane.whole && !pane.reactions->attention.empty())
        pane.attentionBefore = pane.reactions->attention;
    m_keys[index] = key;
    pane.problem.clear(), pane.details.clear();
    pane.request = ++m_lastId;
    const auto kept = std::find_if(m_kept.begin(), m_kept.end(), [&](const auto& entry) { return entry.first == key; });
    if (kept != m_kept.end()) {
        pane.reactions = kept->second;
        pane.whole = true, pane.waiting = false, pane.firstMs = pane.allMs = 0;
    } else {
        pane.waiting = true, pane.whole = false; // the old picture stays until the new one is there
        worker(name)->submit({pane.request, session.clip.toStdString(), std::move(options)});
    }
    emit paneChanged(static_cast<int>(index));
}

ReactionPane* ReactionController::paneOf(quint64 request) {
    const auto it =
        std::find_if(m_panes.begin(), m_panes.end(), [&](const ReactionPane& p) { return p.request == request; });
    return it == m_panes.end() ? nullptr : &*it;
}

void ReactionController::onAnswer(quint64 id, const std::shared_ptr<const Reactions>& reactions, bool whole,
                                  double ms) {
    ReactionPane* pane = paneOf(id);
    if (!pane || !pane->waiting) return; // stale
    pane->reactions = reactions;
    pane->whole = whole;
    pane->waiting = !whole;
    (whole ? pane->allMs : pane->firstMs) = ms;
    const auto index = static_cast<std::size_t>(pane - m_panes.data());
    if (whole) {
        m_kept.emplace_back(m_keys[index], reactions);
        if (m_kept.size() > kMostKept) m_kept.erase(m_kept.begin());
        if (pane->firstMs < 0) pane->firstMs = ms;
    }
    emit paneChanged(static_cast<int>(index));
    if (whole) emit computing(busy());
}

void ReactionController::onFailure(quint64 id, const Failure& failure) {
    ReactionPane* pane = paneOf(id);
    if (!pane || !pane->waiting) return;
    pane->waiting = false;
    pane->reactions.reset();
    pane->problem = failure.problem, pane->details = failure.details;
    emit paneChanged(static_cast<int>(pane - m_panes.data()));
    emit computing(busy());
}

void ReactionController::setAttentionWanted(bool wanted, const QString& site) {
    m_attention = wanted;
    if (!site.isEmpty()) m_site = site;
    update(SessionState(m_session));
}

void ReactionController::setTraceWanted(bool wanted, bool truth) {
    m_trace = wanted, m_truth = truth;
    update(SessionState(m_session));
}

void ReactionController::setLatent(std::vector<float> latent) {
    m_latent = std::move(latent);
    update(SessionState(m_session));
}

bool ReactionController::busy() const {
    return std::any_of(m_panes.begin(), m_panes.end(), [](const ReactionPane& p) { return p.waiting; });
}

bool ReactionController::complete() const {
    return std::all_of(m_panes.begin(), m_panes.end(),
                       [](const ReactionPane& p) { return p.whole || !p.problem.isEmpty(); });
}

} // namespace emc
