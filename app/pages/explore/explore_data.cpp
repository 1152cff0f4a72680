// ExplorePage, second part: from the session, the clip and the reactions to what is seen.
#include <QCheckBox>
#include <QComboBox>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QStackedWidget>

#include <algorithm>
#include <cmath>

#include "app/jobs/job_runner.h"
#include "app/pages/explore/explore_page.h"
#include "app/pages/explore/left_dock.h"
#include "app/pages/explore/panes.h"
#include "app/pages/explore/transport_bar.h"
#include "app/playback/sound_player.h"
#include "app/playback/video_cache.h"
#include "widgets/attention/attention_panel.h"
#include "widgets/common/message_bar.h"
#include "widgets/samples/cma_panel.h"
#include "widgets/timeline/timeline_view.h"

namespace emc {

namespace {

std::vector<float> column(const std::vector<float>& values, int frames, int channel) {
    std::vector<float> result(static_cast<std::size_t>(frames));
    for (int t = 0; t < frames; ++t)
        result[static_cast<std::size_t>(t)] = values[static_cast<std::size_t>(t * kEmotionDims + channel)];
    return result;
}

} // namespace

void ExplorePage::refreshModels() {
    m_reactions->setCatalogue(m_parts.backend.models());
    std::vector<ModelInfo> rows; // EA switches to the third form of a host: it has no row of its own
    for (const ModelInfo& info : m_reactions->catalogue())
        if (info.condition != "emc-no-ea") rows.push_back(info);
    m_modelsModel->setModels(rows);
}

void ExplorePage::onSession(const SessionState& before, const SessionState& after) {
    if (!m_modelsFromSession) {
        m_modelsFromSession = true;
        refreshModels();
    }
    if (before.clips != after.clips || m_shownClip != after.clip) clipsChanged();
    {
        // Not a signal blocker: the list must still repaint.
        m_modelsModel->setProperty("fromSession", true);
        for (const QString& name : m_modelsModel->checkedNames())
            if (!after.models.contains(name)) m_modelsModel->setChecked(name, false);
        for (const QString& name : after.models)
            if (!m_modelsModel->isChecked(name)) m_modelsModel->setChecked(name, true);
        m_modelsModel->setListenerChecked(after.realListener);
        m_modelsModel->setProperty("fromSession", false);
    }
    m_transport->setSession(after);
    m_oneCamera->setChecked(after.oneCamera);
    m_viewPreset->setCurrentIndex(after.view);
    m_quantity->setCurrentIndex(after.quantity);
    m_clock->setLoop(after.loop);
    m_timeline->setLoop(after.loop);
    m_cma->setSeed(after.seed);
    m_cma->setSeedLocked(after.seedLocked);
    m_cma->setTemperature(after.temperature);
    m_cma->setPerFrameDraws(after.perFrameDraws);
    m_cma->setDisplayedSample(after.sample);
    if (before.view != after.view) setCamera(presetCamera(after.view), nullptr);
    if (m_shownClip != after.clip) loadClip();
    refreshAvailability();
    m_reactions->update(after);
    if (before.realListener != after.realListener) rebuildPanes();
    if (before.sample != after.sample || before.quantity != after.quantity) {
        refreshReactionLanes();
        for (int i = 0; i < static_cast<int>(m_panes.size()); ++i) refreshPane(i);
        refreshFrame(m_clock->frame());
    }
    refreshStatus();
}

void ExplorePage::clipsChanged() {
    std::vector<KnownClip> unknown;
    for (const QString& path : m_parts.document.state().clips) unknown.push_back({path, {}});
    addKnownClips(tr("This session"), unknown);
    m_left->setCurrentClip(m_parts.document.state().clip);
}

void ExplorePage::addKnownClips(const QString& group, const std::vector<KnownClip>& clips) {
    QVector<ClipRow> rows;
    for (const KnownClip& clip : clips) {
        if (m_clipsModel->indexOfPath(clip.path).isValid()) continue;
        ClipRow row;
        row.path = clip.path, row.id = clip.path;
        row.name = clip.name.isEmpty() ? QFileInfo(clip.path).fileName() : clip.name;
        rows.append(row);
        m_known.emplace_back(group, KnownClip{clip.path, row.name});
    }
    if (rows.isEmpty()) return;
    m_clipsModel->addClips(group, rows);
    // Length and faults come when the clips have been looked at; the files of their modalities are not opened here.
    m_parts.jobs.submit<QVector<ClipRow>>(
        {tr("Look at %n clip(s)", nullptr, static_cast<int>(rows.size())), JobLane::Light, false, true, {}},
        [&backend = m_parts.backend, rows](JobContext& job) {
            QVector<ClipRow> seen = rows;
            for (ClipRow& row : seen) {
                job.checkpoint();
                try {
                    const ClipInfo info = backend.openClip(row.path.toStdString())->info();
                    row.seconds = info.rateHz > 0 ? info.frames / info.rateHz : 0;
                    row.hasFace = info.hasFace, row.hasSpeech = info.hasSpeech, row.synthetic = info.synthetic;
                } catch (...) { row.fault = Failure::current().problem; }
            }
            return seen;
        },
        this,
        [this](QVector<ClipRow> seen) {
            for (const ClipRow& row : seen) m_clipsModel->updateClip(row);
        });
}

void ExplorePage::startAtBeginning(const QString& clip) {
    if (clip == m_parts.document.state().clip) return;
    m_clock->pause(); // or it would move on until the other clip is there
    m_parts.document.view().playhead = 0;
}

void ExplorePage::loadClip() {
    const QString path = m_parts.document.state().clip;
    m_clock->pause();
    m_shownClip = path;
    m_loading = path;
    m_clip.reset();
    m_videoShown = false;
    m_video->clear();
    m_sound->setSound({}, kFrameRateHz);
    if (path.isEmpty()) {
        m_speaker->setEmpty(tr("Drop a video, a clip folder or a session here"));
        m_timeline->setClip(0, kFrameRateHz);
        m_clock->setLength(0, kFrameRateHz);
        return;
    }
    m_speaker->setEmpty(tr("Reading %1").arg(QFileInfo(path).fileName()));
    m_loadJob = m_parts.jobs.submit<ClipData>(
        {tr("Read %1").arg(QFileInfo(path).fileName()), JobLane::Light, false, true, {}},
        [&backend = m_parts.backend, path](JobContext& job) { return loadClipData(backend, path.toStdString(), job); },
        this,
        [this, path](ClipData data) {
            if (path != m_loading) return; // another clip has been chosen since
            m_clip = std::move(data);
            m_loading.clear();
            showClip();
        });
    connect(&m_parts.jobs, &JobRunner::ended, this, [this, path, id = m_loadJob](JobId ended, JobState state) {
        if (ended != id || state != JobState::Failed || path != m_loading) return;
        m_loading.clear();
        const JobInfo* info = m_parts.jobs.find(id);
        m_speaker->setEmpty(info ? info->problem : QString());
        m_parts.messages.show(
            {Severity::Error,
             tr("%1 cannot be opened: %2").arg(QFileInfo(path).fileName(), info ? info->problem : QString()),
             info ? info->details : QString(),
             {},
             {},
             QStringLiteral("clip")});
        m_timeline->setClip(0, kFrameRateHz);
    });
}

void ExplorePage::showClip() {
    const ClipData& clip = *m_clip;
    const int frames = clip.info.frames;
    const double rate = clip.info.rateHz > 0 ? clip.info.rateHz : kFrameRateHz;
    const int playhead =
        std::clamp(m_parts.document.view().playhead, 0, std::max(0, frames - 1)); // before the clock moves
    m_parts.document.setHash(m_shownClip, QString::fromStdString(clip.info.contentHash));
    m_timeline->setClip(frames, rate);
    if (!clip.waveform.rms.empty()) m_timeline->setWaveform(clip.waveform, tr("mono"));
    if (!clip.face.confidence.empty()) m_timeline->setFaceConfidence(clip.face.confidence);
    if (!clip.face.emotion.empty()) {
        m_timeline->setEmotion(clip.face.emotion);
        m_timeline->setEmotionChannels({kValence, kArousal, 7});
    }
    m_timeline->setLoop(m_parts.document.state().loop);
    m_clock->setLength(frames, rate);
    m_attention->setTime(frames, rate);
    m_cma->setTime(rate, frames);
    m_sound->setSound(clip.sound, rate);
    m_modelsModel->setListener(clip.hasListener, {});
    m_speaker->setTitle(
        tr("Speaker"),
        (clip.info.synthetic ? tr("synthetic · %1 fps") : tr("%1 fps")).arg(locale().toString(rate, 'g', 5)));
    if (clip.video.empty()) {
        m_speaker->setEmpty(tr("This clip has no video, only its features"));
        m_videoShown = true;
    } else {
        m_video->setVideo([&backend = m_parts.backend](const std::filesystem::path& path,
                                                       int size) { return backend.openVideo(path, size); },
                          clip.video, 1.0);
    }
    for (const QString& note : clip.notes)
        m_parts.messages.show({Severity::Warning, note, note, {}, {}, QStringLiteral("clip")});
    rebuildPanes();
    refreshAvailability();
    refreshReactionLanes();
    applyWanted();
    m_clock->seekFrame(playhead);
    refreshFrame(playhead);
    refreshStatus();
}

void ExplorePage::refreshAvailability() {
    const SessionState& s = m_parts.document.state();
    const int frames = m_clip ? m_clip->info.frames : 0;
    const Availability availability = s.availability();
    m_timeline->setSpans(Modality::Face, normalisedSpans(availability.faceMissing, frames));
    m_timeline->setSpans(Modality::Speech, normalisedSpans(availability.speechMissing, frames));
    const QString words = s.compensation ? tr("imagined") : tr("without EMC");
    const Availability gone = missing();
    if (gone == availability) {
        m_timeline->setImaginedFromSpans(words);
    } else { // the clip itself lacks a modality: no span says so
        std::vector<FrameSpan> spans = gone.faceMissing;
        spans.insert(spans.end(), gone.speechMissing.begin(), gone.speechMissing.end());
        m_timeline->setImagined(normalisedSpans(std::move(spans), frames), words);
    }
    m_timeline->setSpeechMuted(!s.speech);
    m_sound->setMuted(availability.speechMissing, !s.speech);
    m_attention->setAvailability(gone);
    m_cma->setAvailability(gone);
    m_left->setConditions(s.here(), m_clip ? m_clip->info.rateHz : kFrameRateHz, s.face, s.speech);
    const bool emc = std::any_of(s.models.begin(), s.models.end(), [this](const QString& name) {
        const ModelInfo* info = m_reactions->info(name);
        return info && info->condition == "emc";
    });
    const QString none = tr("None of the shown models has EMC");
    m_transport->setEmotionSwitches(!emc              ? none
                                    : !s.compensation ? tr("EA works inside EMC, which is off")
                                                      : QString(),
                                    emc ? QString() : none);
    if (m_clip) refreshValues(m_clock->frame());
}

void ExplorePage::rebuildPanes() {
    const auto& panes = m_reactions->panes();
    while (m_panes.size() > panes.size()) delete m_panes.back(), m_panes.pop_back();
    while (m_panes.size() < panes.size()) {
        auto* canvas = m_parts.makeCanvas(nullptr);
        auto* pane = new ListenerPane(static_cast<int>(m_panes.size()), canvas, m_speaker->parentWidget());
        canvas->setCamera(m_camera);
        connect(canvas, &FaceCanvas::cameraMoved, this,
                [this, canvas](const FaceCamera& camera) { setCamera(camera, canvas); });
        m_paneRow->insertWidget(static_cast<int>(m_panes.size()) + 1, pane, 1);
        m_panes.push_back(pane);
    }
    const bool real = m_parts.document.state().realListener && m_clip && m_clip->hasListener;
    if (real && !m_realPane) {
        auto* canvas = m_parts.makeCanvas(nullptr);
        m_realPane = new ListenerPane(-1, canvas, m_speaker->parentWidget());
        m_realPane->setTitle(tr("Real listener"), {});
        canvas->setCamera(m_camera);
        connect(canvas, &FaceCanvas::cameraMoved, this,
                [this, canvas](const FaceCamera& camera) { setCamera(camera, canvas); });
        m_paneRow->addWidget(m_realPane, 1);
    } else if (!real && m_realPane) {
        delete m_realPane;
        m_realPane = nullptr;
    }
    for (int i = 0; i < static_cast<int>(panes.size()); ++i) {
        m_panes[static_cast<std::size_t>(i)]->setSlotIndex(
            m_modelsModel->slotOf(panes[static_cast<std::size_t>(i)].chosen) - 1);
        refreshPane(i);
    }
    soloPane(m_solo);
}

void ExplorePage::refreshPane(int index) {
    if (index >= static_cast<int>(m_panes.size())) return;
    const ReactionPane& state = m_reactions->panes()[static_cast<std::size_t>(index)];
    ListenerPane& pane = *m_panes[static_cast<std::size_t>(index)];
    const bool narrow = pane.width() < 230;
    const int sample = m_parts.document.state().sample + 1;
    pane.setTitle(state.label,
                  narrow ? QStringLiteral("%1/%2").arg(sample).arg(kSamples) : tr("sample %1").arg(sample));
    pane.setSentence(state.problem, state.details);
    pane.setBusy(state.waiting, !state.reactions);
    m_modelsModel->setState(state.chosen, state.waiting       ? tr("computing")
                                          : state.firstMs > 0 ? tr("%1 ms").arg(std::lround(state.firstMs))
                                          : state.whole       ? tr("cached")
                                                              : QString());
    refreshReactionLanes();
    refreshRight();
    refreshValues(m_clock->frame());
    refreshStatus();
}

std::vector<float> ExplorePage::curveOf(const Reactions& r, int channel) const {
    std::vector<float> values(static_cast<std::size_t>(r.samples) * static_cast<std::size_t>(r.frames));
    if (r.emotion.size() < values.size() * kEmotionDims) return {};
    for (std::size_t i = 0; i < values.size(); ++i)
        values[i] = r.emotion[i * kEmotionDims + static_cast<std::size_t>(channel)];
    return values;
}

void ExplorePage::refreshReactionLanes() {
    const SessionState& s = m_parts.document.state();
    std::vector<ReactionCurves> curves;
    for (const ReactionPane& pane : m_reactions->panes()) {
        if (!pane.reactions) continue;
        ReactionCurves c;
        c.slot = std::max(1, m_modelsModel->slotOf(pane.chosen));
        c.label = pane.label;
        c.samples = pane.reactions->samples, c.frames = pane.reactions->frames;
        c.values = curveOf(*pane.reactions, s.quantity);
        c.displayed = pane.displayed(s.sample);
        if (!c.values.empty()) curves.push_back(std::move(c));
    }
    const bool sign = s.quantity == kValence || s.quantity == kArousal;
    m_timeline->setReactions(std::move(curves), m_quantity->itemText(s.quantity), sign ? -1 : 0, 1);
    if (m_clip && m_clip->hasListener && s.realListener && !m_clip->listener.emotion.empty())
        m_timeline->setRealListener(column(m_clip->listener.emotion, m_clip->listener.frames, s.quantity), tr("real"));
    else m_timeline->setRealListener({});
}

void ExplorePage::refreshRight() {
    const auto& panes = m_reactions->panes();
    if (m_stack->currentIndex() == 0) {
        std::vector<AttentionSource> sources;
        for (const ReactionPane& pane : panes) {
            const ModelInfo* info = m_reactions->info(pane.effective);
            if (!info || info->attentionSites.empty() || !pane.problem.isEmpty()) continue; // no map will come
            AttentionSource source;
            source.slot = std::max(1, m_modelsModel->slotOf(pane.chosen));
            source.label = pane.label;
            for (const std::string& site : info->attentionSites) source.sites.append(QString::fromStdString(site));
            if (pane.reactions) source.maps = pane.reactions->attention;
            source.before = pane.attentionBefore;
            sources.push_back(std::move(source));
        }
        m_attention->setEmptyText(panes.empty() ? tr("Choose a model on the left to see its attention.")
                                                : tr("The shown models give no attention."));
        m_attention->setSources(std::move(sources));
        return;
    }
    std::vector<std::pair<int, QString>> models;
    int current = 0;
    std::vector<CmaTrace> traces;
    const int wanted = std::max(0, m_solo);
    for (int i = 0; i < static_cast<int>(panes.size()); ++i) {
        const ReactionPane& pane = panes[static_cast<std::size_t>(i)];
        models.emplace_back(std::max(1, m_modelsModel->slotOf(pane.chosen)), pane.label);
        if (i == wanted) {
            current = i;
            if (pane.reactions) traces = pane.reactions->cma;
        }
    }
    m_cma->setModels(models, current);
    if (!panes.empty())
        m_cma->setTraces(std::move(traces), models[static_cast<std::size_t>(current)].first,
                         models[static_cast<std::size_t>(current)].second);
    else m_cma->setTraces({});
}

void ExplorePage::refreshEntropy() {
    m_timeline->setEntropy(m_attention->entropyPerFrame());
}

} // namespace emc
