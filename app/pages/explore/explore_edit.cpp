// ExplorePage, third part: what the user can do; everything that changes the session goes through the document.
#include <QFileDialog>
#include <QFileInfo>
#include <QLabel>
#include <QRandomGenerator>

#include <algorithm>

#include "app/jobs/job_runner.h"
#include "app/pages/explore/explore_page.h"
#include "app/pages/explore/left_dock.h"
#include "app/pages/explore/panes.h"
#include "app/pages/explore/transport_bar.h"
#include "app/playback/sound_player.h"
#include "widgets/attention/attention_panel.h"
#include "widgets/common/message_bar.h"
#include "widgets/timeline/timeline_view.h"

namespace emc {

void ExplorePage::togglePlay() {
    if (m_clock->playing()) {
        m_clock->pause();
        return;
    }
    m_clock->setSpeed(m_transport->speed());
    m_clock->play();
}

void ExplorePage::shuttle(int direction) {
    if (direction == 0) {
        m_clock->pause();
        return;
    }
    const double now = m_clock->playing() ? m_clock->speed() : 0;
    // The same key again is faster, the other way starts at single speed.
    m_clock->setSpeed(now * direction > 0 ? std::clamp(now * 2, -4.0, 4.0) : direction);
    m_clock->play();
}

void ExplorePage::setSwitch(const QString& which, bool on) {
    SessionDocument& document = m_parts.document;
    const SessionState& s = document.state();
    const bool noFace = m_clip && !m_clip->info.hasFace, noSpeech = m_clip && !m_clip->info.hasSpeech;
    if (!on && ((which == QLatin1String("face") && (!s.speech || noSpeech)) ||
                (which == QLatin1String("speech") && (!s.face || noFace)))) {
        m_parts.messages.show({Severity::Info,
                               noFace     ? tr("This clip has no face: its speech must stay.")
                               : noSpeech ? tr("This clip has no speech: its face must stay.")
                                          : tr("One of face and speech must stay: a listener needs something to react "
                                               "to."),
                               {},
                               {},
                               {},
                               QStringLiteral("switch")});
        m_transport->setSession(s);
        return;
    }
    QString text;
    if (which == QLatin1String("face"))
        text = on ? tr("Show the face to the models") : tr("Hide the face from the models");
    else if (which == QLatin1String("speech"))
        text = on ? tr("Let the models hear the speech") : tr("Take the speech from the models");
    else if (which == QLatin1String("ea")) text = on ? tr("Emotion attention on") : tr("Emotion attention off");
    else text = on ? tr("Compensation on") : tr("Compensation off");
    document.change(text, [&](SessionState& state) {
        if (which == QLatin1String("face")) state.face = on;
        else if (which == QLatin1String("speech")) state.speech = on;
        else if (which == QLatin1String("ea")) state.emotionAttention = on;
        else if (which == QLatin1String("emc")) state.compensation = on;
        if (!state.seedLocked) state.seed = QRandomGenerator::global()->bounded(1U, 100000U);
    });
}

void ExplorePage::toggleSwitch(const QString& which) {
    const SessionState& s = m_parts.document.state();
    const bool now = which == QLatin1String("face")     ? s.face
                     : which == QLatin1String("speech") ? s.speech
                     : which == QLatin1String("ea")     ? s.emotionAttention
                                                        : s.compensation;
    setSwitch(which, !now);
}

void ExplorePage::stepSample(int by) {
    m_parts.document.change(
        tr("Show another sample"), [by](SessionState& s) { s.sample = (s.sample + by + kSamples) % kSamples; },
        QStringLiteral("sample"));
}

void ExplorePage::newDraws() {
    const quint64 seed = QRandomGenerator::global()->bounded(1U, 100000U);
    m_parts.document.change(tr("New draws"), [&](SessionState& s) { s.seed = seed; });
}

void ExplorePage::toggleSeedLock() {
    m_parts.document.change(tr("Lock of the seed"), [](SessionState& s) { s.seedLocked = !s.seedLocked; });
}

void ExplorePage::addSpanAtPlayhead() {
    if (!m_clip) return;
    const auto selected = m_timeline->selectedSpan();
    const Modality modality = selected ? selected->modality : Modality::Speech;
    const int begin = m_clock->frame(), length = static_cast<int>(2 * m_clock->rateHz());
    const int frames = m_clip->info.frames;
    m_parts.document.change(tr("Add a missing span"), [&](SessionState& s) {
        ClipConditions& conditions = s.conditions[s.clip];
        auto& spans = modality == Modality::Speech ? conditions.speechMissing : conditions.faceMissing;
        spans.push_back(s.loop ? *s.loop : FrameSpan{begin, std::min(frames, begin + length)});
        spans = normalisedSpans(std::move(spans), frames);
    });
}

void ExplorePage::removeSelectedSpan() {
    m_timeline->deleteSelectedSpan();
}

void ExplorePage::loopIn() {
    const int frame = m_clock->frame(), end = m_clock->frames();
    m_parts.document.change(
        tr("Loop from here"),
        [&](SessionState& s) {
            s.loop = FrameSpan{frame, s.loop && s.loop->end > frame ? s.loop->end : end};
        },
        QStringLiteral("loop"));
}

void ExplorePage::loopOut() {
    const int frame = m_clock->frame() + 1;
    m_parts.document.change(
        tr("Loop to here"),
        [&](SessionState& s) {
            s.loop = FrameSpan{s.loop && s.loop->begin < frame ? s.loop->begin : 0, frame};
        },
        QStringLiteral("loop"));
}

void ExplorePage::toggleLoop() {
    const int end = m_clock->frames();
    m_parts.document.change(tr("Loop"), [&](SessionState& s) {
        s.loop = s.loop ? std::nullopt : std::optional(FrameSpan{0, end});
    });
}

void ExplorePage::toggleOneCamera() {
    m_parts.document.change(tr("One camera"), [](SessionState& s) { s.oneCamera = !s.oneCamera; });
    if (m_parts.document.state().oneCamera) setCamera(m_camera, nullptr);
}

void ExplorePage::setCamera(const FaceCamera& camera, const QObject* from) {
    m_camera = camera;
    const bool all = m_parts.document.state().oneCamera || !from;
    for (ListenerPane* pane : m_panes)
        if (all && pane->canvas() != from) pane->canvas()->setCamera(camera);
    if (m_realPane && all && m_realPane->canvas() != from) m_realPane->canvas()->setCamera(camera);
}

void ExplorePage::resetView() {
    setCamera(presetCamera(m_parts.document.state().view), nullptr);
    m_timeline->showAll();
}

void ExplorePage::soloPane(int pane) {
    m_solo = pane;
    const bool narrow = m_sizeClass >= 0 && m_sizeClass % 2 == 1; // beside the wide CMA dock there is room for one pane
    m_speaker->setVisible(pane < 0 || (narrow && m_panes.empty()));
    for (int i = 0; i < static_cast<int>(m_panes.size()); ++i)
        m_panes[static_cast<std::size_t>(i)]->setVisible(pane < 0 || pane == i);
    if (m_realPane) m_realPane->setVisible(pane < 0);
}

void ExplorePage::showPane(int pane) {
    if (pane < static_cast<int>(m_panes.size())) soloPane(m_solo == pane ? -1 : pane);
}

void ExplorePage::toggleListener() {
    m_parts.document.change(tr("Real listener"), [](SessionState& s) { s.realListener = !s.realListener; });
}

void ExplorePage::exportAttention() {
    const QString path = QFileDialog::getSaveFileName(this, tr("Export figure"), QStringLiteral("attention.png"),
                                                      tr("Figures (*.png *.svg *.pdf);;Table (*.csv)"));
    if (path.isEmpty()) return;
    try {
        m_attention->exportTo(path, QString::fromUtf8(m_parts.document.text(QFileInfo(path).absolutePath())));
        m_parts.messages.show({Severity::Ok, tr("Figure written: %1").arg(path), {}, {}, {}, QStringLiteral("export")});
    } catch (...) {
        const Failure failure = Failure::current();
        m_parts.messages.show({Severity::Error, failure.problem, failure.details, {}, {}, QStringLiteral("export")});
    }
}

bool ExplorePage::settled() const {
    if (m_parts.document.state().clip.isEmpty()) return true;
    return m_clip && m_videoShown && m_reactions->complete() && !m_reactions->busy();
}

QString ExplorePage::soundText() const {
    return m_sound->deviceText();
}

} // namespace emc
