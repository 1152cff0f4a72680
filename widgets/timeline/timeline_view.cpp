#include "widgets/timeline/timeline_view.h"

#include <QAccessible>
#include <QAccessibleEvent>
#include <QEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

#include "widgets/timeline/span_edit.h"
#include "widgets/timeline/timeline_impl.h"

namespace emc {

TimelineView::TimelineView(QWidget* parent) : QWidget(parent), m(std::make_unique<Impl>()) {
    m->view = this;
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setAttribute(Qt::WA_OpaquePaintEvent);
    setAccessibleName(tr("Timeline"));
    m->scene.layout(size());
}

TimelineView::~TimelineView() = default;

void TimelineView::setClip(int frames, double rateHz) {
    TimelineScene fresh;
    fresh.order = m->scene.order;
    fresh.shown = m->scene.shown;
    fresh.userHeight = m->scene.userHeight;
    fresh.channels = m->scene.channels;
    fresh.compact = m->scene.compact;
    m->scene = std::move(fresh);
    m->scene.axis.setFrames(frames, rateHz);
    m->drag.reset();
    m->selected.reset();
    m->relayout();
    emit viewChanged(m->scene.axis.first(), m->scene.axis.last());
}

void TimelineView::setWaveform(const Waveform& waveform, const QString& caption) {
    m->scene.waveform = waveform;
    m->scene.waveformCaption = caption;
    m->invalidate();
}

void TimelineView::setSpeechMuted(bool muted) {
    m->scene.speechMuted = muted;
    update();
}

void TimelineView::setFaceConfidence(std::vector<float> confidence, double threshold) {
    m->scene.confidence = std::move(confidence);
    m->scene.threshold = threshold;
    m->invalidate();
}

void TimelineView::setEmotion(std::vector<float> emotion) {
    m->scene.emotion = std::move(emotion);
    if (m->scene.channels.empty()) m->scene.channels = {kValence, kArousal, 7};
    m->invalidate();
}

void TimelineView::setEmotionChannels(std::vector<int> channels) {
    std::erase_if(channels, [](int c) { return c < 0 || c >= kEmotionDims; });
    if (channels.size() > 6) channels.resize(6);
    m->scene.channels = std::move(channels);
    m->invalidate();
}

std::vector<int> TimelineView::emotionChannels() const {
    return m->scene.channels;
}

void TimelineView::setReactions(std::vector<ReactionCurves> reactions, const QString& quantity, double low,
                                double high) {
    m->scene.means.clear();
    for (const ReactionCurves& curves : reactions) m->scene.means.push_back(TimelineScene::meanOf(curves));
    m->scene.reactions = std::move(reactions);
    m->scene.quantity = quantity;
    m->scene.low = low;
    m->scene.high = high > low ? high : low + 1;
    m->invalidate();
}

void TimelineView::setRealListener(std::vector<float> values, const QString& label) {
    m->scene.listener = std::move(values);
    m->scene.listenerLabel = label;
    m->invalidate();
}

void TimelineView::setEntropy(std::vector<float> entropy) {
    m->scene.entropy = std::move(entropy);
    m->relayout();
}

void TimelineView::setEvents(std::vector<TimelineEvent> events) {
    std::stable_sort(events.begin(), events.end(), [](auto& a, auto& b) { return a.frame < b.frame; });
    m->scene.events = std::move(events);
    m->relayout();
}

void TimelineView::setLoop(std::optional<FrameSpan> loop) {
    m->scene.loop = loop;
    m->invalidate();
}

void TimelineView::setSpans(Modality modality, std::vector<FrameSpan> spans) {
    auto& own = m->scene.spans[static_cast<std::size_t>(modality)];
    std::optional<FrameSpan> kept;
    if (m->selected && m->selected->modality == modality && m->selected->index < static_cast<int>(own.size()))
        kept = own[static_cast<std::size_t>(m->selected->index)];
    own = normalisedSpans(std::move(spans), frames());
    if (kept) { // the selection follows its span: the one that overlaps the old place most
        int best = -1, overlap = 0;
        for (int i = 0; i < static_cast<int>(own.size()); ++i) {
            const FrameSpan& span = own[static_cast<std::size_t>(i)];
            const int common = std::min(span.end, kept->end) - std::max(span.begin, kept->begin);
            if (common > overlap || best < 0) best = i, overlap = std::max(0, common);
        }
        if (m->pendingSelection && *m->pendingSelection < static_cast<int>(own.size())) best = *m->pendingSelection;
        selectSpan(best < 0 ? std::nullopt : std::optional<Selection>({modality, best}));
    }
    m->pendingSelection.reset();
    if (m->scene.imaginedFollows) setImaginedFromSpans(m->scene.imaginedWords);
    else update();
}

const std::vector<FrameSpan>& TimelineView::spans(Modality modality) const {
    return m->scene.spans[static_cast<std::size_t>(modality)];
}

void TimelineView::setImagined(std::vector<FrameSpan> spans, const QString& words) {
    m->scene.imaginedFollows = false;
    m->scene.imagined = normalisedSpans(std::move(spans), frames());
    m->scene.imaginedWords = words;
    m->invalidate();
}

void TimelineView::setImaginedFromSpans(const QString& words) {
    m->scene.imaginedFollows = true;
    m->scene.imaginedWords = words;
    std::vector<FrameSpan> both = spans(Modality::Face);
    both.insert(both.end(), spans(Modality::Speech).begin(), spans(Modality::Speech).end());
    m->scene.imagined = normalisedSpans(std::move(both), frames());
    m->invalidate();
}

int TimelineView::playhead() const {
    return m->scene.playhead;
}
int TimelineView::frames() const {
    return m->scene.axis.frames();
}
double TimelineView::rateHz() const {
    return m->scene.axis.rateHz();
}

void TimelineView::setLaneVisible(Lane lane, bool visible) {
    m->scene.shown[lane] = visible;
    m->relayout();
}

bool TimelineView::laneVisible(Lane lane) const {
    return m->scene.laneHasPlace(lane);
}

void TimelineView::setTool(Tool tool) {
    m->tool = tool;
    m->updateCursor(mapFromGlobal(QCursor::pos()));
}

TimelineView::Tool TimelineView::tool() const {
    return m->tool;
}
void TimelineView::setFollowPlayhead(bool follow) {
    m->follow = follow;
}

void TimelineView::setCompact(bool compact) {
    if (m->scene.compact == compact) return;
    m->scene.compact = compact;
    m->relayout();
}

std::optional<TimelineView::Selection> TimelineView::selectedSpan() const {
    return m->selected;
}

void TimelineView::selectSpan(std::optional<Selection> selection) {
    if (selection && (selection->index < 0 || selection->index >= static_cast<int>(spans(selection->modality).size())))
        selection.reset();
    const bool same =
        selection.has_value() == m->selected.has_value() &&
        (!selection || (selection->modality == m->selected->modality && selection->index == m->selected->index));
    m->selected = selection;
    m->announceSelection();
    update();
    if (!same) emit spanSelectionChanged();
}

bool TimelineView::deleteSelectedSpan() {
    if (!m->selected) return false;
    const Selection chosen = *m->selected;
    const std::vector<FrameSpan> before = spans(chosen.modality);
    selectSpan(std::nullopt);
    emit spansChangeRequested(chosen.modality, before, withoutSpan(before, chosen.index));
    return true;
}

QRect TimelineView::laneRect(Lane lane) const {
    const auto* box = m->scene.box(lane);
    return box ? box->body : QRect();
}
QRect TimelineView::rulerRect() const {
    return m->scene.ruler;
}
QRect TimelineView::overviewRect() const {
    return m->scene.overview;
}
double TimelineView::xOfFrame(double frame) const {
    return m->scene.x(frame);
}
QSize TimelineView::sizeHint() const {
    return {820, 540};
}
QSize TimelineView::minimumSizeHint() const {
    return {360, 220};
}

void TimelineView::setPlayhead(int frame) {
    frame = std::clamp(frame, 0, std::max(0, frames() - 1));
    if (frame == m->scene.playhead) return;
    const QRegion before = m->playheadRegion();
    m->scene.playhead = frame;
    if (m->follow && !m->drag && !m->scrub && m->scene.axis.keepVisible(frame)) {
        m->invalidate();
        emit viewChanged(m->scene.axis.first(), m->scene.axis.last());
        return;
    }
    // Only the two strips and the printed values change; the lanes stay in their pixmap.
    update(before + m->playheadRegion() + QRect(0, 0, m->scene.headerWidth, height()));
}

void TimelineView::setView(double firstFrame, double lastFrame) {
    m->scene.axis.setView(firstFrame, lastFrame);
    m->invalidate();
    emit viewChanged(m->scene.axis.first(), m->scene.axis.last());
}

void TimelineView::showAll() {
    setView(0, frames());
}

void TimelineView::zoomIn() {
    m->zoom(1.5, m->scene.axis.x(m->scene.playhead));
}
void TimelineView::zoomOut() {
    m->zoom(1 / 1.5, m->scene.axis.x(m->scene.playhead));
}

void TimelineView::resizeEvent(QResizeEvent*) {
    m->relayout();
}

void TimelineView::changeEvent(QEvent* event) {
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::StyleChange ||
        event->type() == QEvent::FontChange || event->type() == QEvent::LanguageChange)
        m->invalidate();
    QWidget::changeEvent(event);
}

void TimelineView::Impl::relayout() {
    scene.layout(view->size());
    invalidate();
}

void TimelineView::Impl::invalidate() {
    layerValid = false;
    view->update();
}

void TimelineView::Impl::zoom(double factor, double anchorX) {
    scene.axis.zoom(factor, anchorX);
    invalidate();
    emit view->viewChanged(scene.axis.first(), scene.axis.last());
}

void TimelineView::Impl::announceSelection() {
    QString words = TimelineView::tr("Timeline");
    if (selected) {
        const FrameSpan span = view->spans(selected->modality)[static_cast<std::size_t>(selected->index)];
        words = TimelineView::tr("Missing span, %1, %2 to %3 seconds")
                    .arg(selected->modality == Modality::Speech ? TimelineView::tr("speech") : TimelineView::tr("face"))
                    .arg(span.begin / scene.axis.rateHz(), 0, 'f', 2)
                    .arg(span.end / scene.axis.rateHz(), 0, 'f', 2);
    }
    if (view->accessibleName() == words) return;
    view->setAccessibleName(words);
    QAccessibleEvent changed(view, QAccessible::NameChanged);
    QAccessible::updateAccessibility(&changed);
}

} // namespace emc
