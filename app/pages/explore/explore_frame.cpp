// ExplorePage: what changes with every frame (values, chips, faces) and the line of status.
#include <QComboBox>
#include <QLabel>
#include <QLocale>

#include <algorithm>
#include <cmath>
#include <span>

#include "app/pages/explore/explore_page.h"
#include "app/pages/explore/panes.h"
#include "app/pages/explore/transport_bar.h"
#include "app/playback/video_cache.h"
#include "widgets/attention/attention_panel.h"
#include "widgets/samples/cma_panel.h"
#include "widgets/timeline/timeline_view.h"

namespace emc {

namespace {

QString number(double value) {
    return QLocale().toString(value, 'f', 2).replace(QLatin1Char('-'), QChar(0x2212));
}

std::span<const float> coeffsAt(const std::vector<float>& coeffs, int frames, int sample, int frame) {
    const std::size_t at =
        (static_cast<std::size_t>(sample) * static_cast<std::size_t>(frames) + static_cast<std::size_t>(frame)) *
        kCoeffDims;
    if (frame < 0 || frame >= frames || at + kCoeffDims > coeffs.size()) return {};
    return std::span(coeffs).subspan(at, kCoeffDims);
}

} // namespace

void ExplorePage::refreshFrame(int frame) {
    const double rate = m_clock->rateHz();
    m_parts.document.view().playhead = frame;
    m_timeline->setPlayhead(frame);
    m_attention->setPlayhead(frame);
    m_cma->setPlayhead(frame);
    m_transport->setTime(frame / rate, m_clock->frames() / rate);
    if (m_clip && !m_clip->video.empty()) m_video->request(frame);
    refreshValues(frame);
    emit statusChanged();
}

Availability ExplorePage::missing() const {
    Availability a = m_parts.document.state().availability();
    if (m_clip && !m_clip->info.hasFace) a.faceMissing = {Availability::whole()};
    if (m_clip && !m_clip->info.hasSpeech) a.speechMissing = {Availability::whole()};
    return a;
}

bool ExplorePage::imaginedAt(int frame, Modality& which) const {
    const Availability a = missing();
    const auto inside = [frame](const std::vector<FrameSpan>& spans) {
        return std::any_of(spans.begin(), spans.end(), [frame](const FrameSpan& span) { return span.contains(frame); });
    };
    which = inside(a.speechMissing) ? Modality::Speech : Modality::Face;
    return inside(a.speechMissing) || inside(a.faceMissing);
}

void ExplorePage::refreshValues(int frame) {
    const SessionState& s = m_parts.document.state();
    const QString quantity = m_quantity->itemText(s.quantity);
    Modality missing{};
    const bool imagined = imaginedAt(frame, missing);
    for (std::size_t i = 0; i < m_panes.size(); ++i) {
        const ReactionPane& state = m_reactions->panes()[i];
        ListenerPane& pane = *m_panes[i];
        if (!state.reactions) {
            pane.valueChip->set({});
            continue;
        }
        const Reactions& r = *state.reactions;
        const int sample = state.displayed(s.sample), at = std::min(frame, r.frames - 1);
        if (const auto coeffs = coeffsAt(r.coeffs, r.frames, sample, at); !coeffs.empty())
            pane.canvas()->setCoeffs(coeffs);
        const auto value = static_cast<std::size_t>((sample * r.frames + at) * kEmotionDims + s.quantity);
        if (value < r.emotion.size())
            pane.valueChip->set(QStringLiteral("%1 %2").arg(quantity, number(r.emotion[value])));
        const ModelInfo* info = m_reactions->info(state.effective);
        const bool fills = info && info->condition.starts_with("emc");
        if (imagined && fills)
            pane.stateChip->set(missing == Modality::Speech ? tr("speech imagined") : tr("face imagined"),
                                QStringLiteral("imagined"), Meaning::Imagined);
        else if (imagined)
            pane.stateChip->set(missing == Modality::Speech ? tr("without speech") : tr("without face"),
                                missing == Modality::Speech ? QStringLiteral("mute") : QStringLiteral("face"),
                                missing == Modality::Speech ? Meaning::Speech : Meaning::Face);
        else if (!state.waiting || state.reactions) pane.stateChip->set({});
    }
    if (m_realPane && m_clip) {
        const FaceTrack& track = m_clip->listener;
        if (const auto coeffs = coeffsAt(track.coeffs, track.frames, 0, frame); !coeffs.empty())
            m_realPane->canvas()->setCoeffs(coeffs);
        const auto value = static_cast<std::size_t>(frame * kEmotionDims + s.quantity);
        if (value < track.emotion.size())
            m_realPane->valueChip->set(QStringLiteral("%1 %2").arg(quantity, number(track.emotion[value])));
    }
    const bool faceGone = imagined && missing == Modality::Face;
    const Availability a = s.availability();
    const auto covers = [frame](const std::vector<FrameSpan>& spans) {
        return std::any_of(spans.begin(), spans.end(), [frame](const FrameSpan& span) { return span.contains(frame); });
    };
    m_speaker->setMissing(covers(a.faceMissing));
    if (covers(a.speechMissing))
        m_speaker->stateChip->set(s.speech ? tr("sound muted in span") : tr("sound muted"), QStringLiteral("mute"),
                                  Meaning::Speech);
    else if (m_clip && !m_clip->info.hasFace)
        m_speaker->stateChip->set(tr("no face in this clip"), QStringLiteral("face"), Meaning::Face);
    else if (faceGone)
        m_speaker->stateChip->set(tr("face hidden from the models"), QStringLiteral("face"), Meaning::Face);
    else m_speaker->stateChip->set({});
    if (m_clip && frame < static_cast<int>(m_clip->face.confidence.size()))
        m_speaker->valueChip->set(number(m_clip->face.confidence[static_cast<std::size_t>(frame)]),
                                  QStringLiteral("face"));
    else m_speaker->valueChip->set({});
    for (PaneFrame* pane : findChildren<PaneFrame*>()) {
        pane->stateChip->move(7, 35);
        pane->valueChip->move(7, pane->height() - pane->valueChip->height() - 7);
    }
}

QString ExplorePage::speakerText(int frame) const {
    if (!m_clip || m_clip->face.emotion.size() < static_cast<std::size_t>((frame + 1) * kEmotionDims)) return {};
    const float* row = m_clip->face.emotion.data() + static_cast<std::ptrdiff_t>(frame) * kEmotionDims;
    const int strongest = static_cast<int>(std::max_element(row + kFirstExpression, row + kEmotionDims) - row);
    return QStringLiteral("%1 %2 · %3 %4")
        .arg(m_quantity->itemText(kValence), number(row[kValence]), m_quantity->itemText(strongest),
             number(row[strongest]));
}

void ExplorePage::refreshStatus() {
    double slowest = -1;
    int waiting = 0, whole = 0;
    for (const ReactionPane& pane : m_reactions->panes()) {
        waiting += pane.waiting ? 1 : 0;
        whole += pane.whole ? 1 : 0;
        slowest = std::max(slowest, pane.firstMs);
    }
    const bool narrow = m_viewBar->width() < 620;
    QString text;
    if (m_reactions->panes().empty()) text = tr("no model chosen");
    else if (waiting) text = tr("computing %n reaction(s)", nullptr, waiting);
    else if (slowest > 0)
        text = narrow ? tr("%1 ms").arg(std::lround(slowest)) : tr("new reaction in %1 ms").arg(std::lround(slowest));
    else if (whole) text = tr("from memory");
    m_reactionStatus->setText(text);
    emit statusChanged();
}

} // namespace emc
