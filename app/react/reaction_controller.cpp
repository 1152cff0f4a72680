#include "app/react/reaction_controller.h"

#include <algorithm>
#include <set>
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

ReactionWorker* ReactionController::worker(const QString& model, int copy) {
    // Other weights are another network.
    const ModelInfo* known = info(model);
    const QString name = QStringLiteral("%1\n%2\n%3")
                             .arg(model, known ? QString::fromStdString(known->checkpoint) : QString())
                             .arg(copy);
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
            if (const ModelInfo* model = info(name)) panes.back().label = QString::fromStdString(model->label);
        }
        m_panes = std::move(panes), m_keys = std::move(keys);
        emit panesChanged();
    }
    if (!m_enabled || session.clip.isEmpty()) return;
    // Whoever asks anew waits no longer for the old answer: that leaves its worker to the new question.
    for (std::size_t i = 0; i < m_panes.size(); ++i)
        if (m_panes[i].waiting && questionOf(i, session).key != m_keys[i])
            m_panes[i].waiting = false, m_keys[i].clear();
    for (std::size_t i = 0; i < m_panes.size(); ++i) ask(i, session);
    emit computing(busy());
}

ReactionController::Question ReactionController::questionOf(std::size_t index, const SessionState& session) const {
    Question question;
    question.name = effectiveName(m_panes[index].chosen, session.emotionAttention, session.compensation);
    const ModelInfo* model = info(question.name);
    if (!model) return question;
    ReactOptions& options = question.options;
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
    question.key = keyOf(question.name, options, session.clip);
    return question;
}

void ReactionController::ask(std::size_t index, const SessionState& session) {
    ReactionPane& pane = m_panes[index];
    Question question = questionOf(index, session);
    const QString name = question.name;
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
    const std::string key = question.key;
    if (key == m_keys[index]) return;
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
        // Two panes can come to one model (a host, and its EMC form with EMC off). The same question is asked once;
        // another one must not take the place of the first, which a worker gives up for the next.
        std::set<int> taken;
        const ReactionPane* same = nullptr;
        for (std::size_t i = 0; i < m_panes.size(); ++i) {
            const ReactionPane& other = m_panes[i];
            if (i == index || !other.waiting || other.effective != name) continue;
            taken.insert(other.copy);
            if (m_keys[i] == key) same = &other;
        }
        if (same) {
            pane.request = same->request, pane.copy = same->copy, pane.firstMs = same->firstMs;
        } else {
            for (pane.copy = 0; taken.contains(pane.copy);) ++pane.copy;
            worker(name, pane.copy)->submit({pane.request, session.clip.toStdString(), std::move(question.options)});
        }
    }
    emit paneChanged(static_cast<int>(index));
}

// Panes that asked the same wait for the same answer; an answer that nobody waits for is stale.
void ReactionController::onAnswer(quint64 id, const std::shared_ptr<const Reactions>& reactions, bool whole,
                                  double ms) {
    bool keep = whole;
    for (std::size_t index = 0; index < m_panes.size(); ++index) {
        ReactionPane& pane = m_panes[index];
        if (pane.request != id || !pane.waiting) continue;
        pane.reactions = reactions;
        pane.whole = whole;
        pane.waiting = !whole;
        (whole ? pane.allMs : pane.firstMs) = ms;
        if (whole && pane.firstMs < 0) pane.firstMs = ms;
        if (keep) {
            m_kept.emplace_back(m_keys[index], reactions);
            if (m_kept.size() > kMostKept) m_kept.erase(m_kept.begin());
            keep = false;
        }
        emit paneChanged(static_cast<int>(index));
    }
    if (whole) emit computing(busy());
}

void ReactionController::onFailure(quint64 id, const Failure& failure) {
    for (std::size_t index = 0; index < m_panes.size(); ++index) {
        ReactionPane& pane = m_panes[index];
        if (pane.request != id || !pane.waiting) continue;
        pane.waiting = false;
        pane.reactions.reset();
        pane.problem = failure.problem, pane.details = failure.details;
        emit paneChanged(static_cast<int>(index));
    }
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
