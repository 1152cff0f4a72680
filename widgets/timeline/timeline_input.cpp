// Mouse and keys of the timeline.
#include <QCursor>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

#include "widgets/timeline/timeline_impl.h"

namespace emc {

std::optional<Modality> TimelineView::Impl::modalityAt(const QPoint& point) const {
    if (point.x() < scene.headerWidth) return std::nullopt;
    const TimelineScene::Box* box = scene.boxAt(point);
    if (box && box->lane == Lane::Speech) return Modality::Speech;
    if (box && box->lane == Lane::Face) return Modality::Face;
    return std::nullopt;
}

SpanHit TimelineView::Impl::hitAt(const QPoint& point, Modality modality) const {
    return hitSpan(view->spans(modality), frameAt(point), kEdgeReach / scene.axis.pixelsPerFrame());
}

std::optional<TimelineView::Lane> TimelineView::Impl::headerAt(const QPoint& point) const {
    const TimelineScene::Box* box = point.x() < scene.headerWidth ? scene.boxAt(point) : nullptr;
    return box ? std::optional(box->lane) : std::nullopt;
}

std::optional<TimelineView::Lane> TimelineView::Impl::lowerEdgeAt(const QPoint& point) const {
    if (point.x() >= scene.headerWidth) return std::nullopt;
    for (const TimelineScene::Box& box : scene.boxes)
        if (std::abs(point.y() - (box.header.bottom() + 1)) <= 3) return box.lane;
    return std::nullopt;
}

SnapPoints TimelineView::Impl::snapPoints() const {
    SnapPoints points;
    points.add(0);
    points.add(scene.axis.frames());
    points.add(scene.playhead);
    for (const TimelineEvent& event : scene.events) points.add(event.frame);
    for (Modality modality : {Modality::Face, Modality::Speech}) {
        const auto list = drag && drag->modality == modality ? drag->drag.others() : view->spans(modality);
        for (const FrameSpan& span : list) points.add(span.begin), points.add(span.end);
    }
    return points;
}

void TimelineView::Impl::seek(const QPoint& point) {
    const int frame = scene.axis.frameAt(point.x() - scene.ruler.left());
    if (scene.axis.frames() == 0 || frame == scene.playhead) return;
    view->setPlayhead(frame);
    emit view->playheadChanged(frame);
}

void TimelineView::Impl::moveOverview(const QPoint& point) {
    const double length = scene.axis.last() - scene.axis.first();
    const double at =
        (point.x() - scene.overview.left()) / double(std::max(1, scene.overview.width())) * scene.axis.frames();
    view->setView(at - panGrab, at - panGrab + length);
}

void TimelineView::mousePressEvent(QMouseEvent* event) {
    const QPoint point = event->position().toPoint();
    m->focusRing = false;
    if (event->button() != Qt::LeftButton || frames() == 0) return;
    if (const auto lane = m->lowerEdgeAt(point)) {
        m->resizing = lane;
        m->resizeFrom = point.y();
        m->resizeHeight = m->scene.box(*lane)->body.height();
        return;
    }
    if (const auto lane = m->headerAt(point)) {
        m->reordering = lane;
        return;
    }
    if (point.x() < m->scene.headerWidth) return;
    if (m->scene.overview.contains(point) && !m->scene.axis.showsAll()) {
        const double at = (point.x() - m->scene.overview.left()) / double(m->scene.overview.width()) * frames();
        const bool inside = at >= m->scene.axis.first() && at < m->scene.axis.last();
        m->panGrab = inside ? at - m->scene.axis.first() : (m->scene.axis.last() - m->scene.axis.first()) / 2;
        m->panOverview = true;
        m->moveOverview(point);
        return;
    }
    if (const auto modality = m->modalityAt(point)) {
        const SpanHit hit = m->hitAt(point, *modality);
        if (hit || m->tool == Tool::MakeSpan) {
            if (hit) selectSpan(Selection{*modality, hit.index});
            m->drag.emplace(
                Impl::Gesture{*modality, SpanDrag(spans(*modality), hit, m->frameAt(point), frames()), false, point});
            update();
            return;
        }
    }
    selectSpan(std::nullopt);
    m->scrub = true;
    emit scrubbing(true);
    m->seek(point);
}

void TimelineView::mouseDoubleClickEvent(QMouseEvent* event) {
    const QPoint point = event->position().toPoint();
    const auto modality = event->button() == Qt::LeftButton ? m->modalityAt(point) : std::nullopt;
    if (!modality || m->hitAt(point, *modality) || frames() == 0) return mousePressEvent(event);
    m->drag.emplace(
        Impl::Gesture{*modality, SpanDrag(spans(*modality), {}, m->frameAt(point), frames()), false, point});
    m->doubleClick = true;
}

void TimelineView::Impl::moveDrag(const QPoint& point, Qt::KeyboardModifiers keys) {
    if (!drag->moved && (point - drag->start).manhattanLength() < 3) return;
    drag->moved = true;
    const SnapPoints points = snapPoints();
    drag->drag.move(frameAt(point), keys & Qt::AltModifier ? nullptr : &points,
                    kSnapPixels / scene.axis.pixelsPerFrame());
    view->update();
}

void TimelineView::mouseMoveEvent(QMouseEvent* event) {
    const QPoint point = event->position().toPoint();
    if (m->resizing) {
        m->scene.userHeight[*m->resizing] = std::max(24, m->resizeHeight + point.y() - m->resizeFrom);
        m->relayout();
    } else if (m->reordering) {
        setCursor(Qt::ClosedHandCursor);
        const TimelineScene::Box* over = m->scene.boxAt(point);
        if (over && over->lane != *m->reordering) {
            auto& order = m->scene.order;
            const auto from = std::find(order.begin(), order.end(), *m->reordering),
                       to = std::find(order.begin(), order.end(), over->lane);
            // Only past its middle, or lanes of unlike height would swap back and forth.
            const bool past = from < to ? point.y() > over->body.center().y() : point.y() < over->body.center().y();
            if (past) {
                const Lane lane = *from;
                order.erase(from);
                order.insert(order.begin() + (to - order.begin()), lane);
                m->relayout();
            }
        }
    } else if (m->panOverview) {
        m->moveOverview(point);
    } else if (m->drag) {
        m->moveDrag(point, event->modifiers());
    } else if (m->scrub) {
        m->seek(QPoint(std::clamp(point.x(), m->scene.ruler.left(), m->scene.ruler.right()), point.y()));
    } else {
        m->updateCursor(point);
    }
}

void TimelineView::Impl::updateCursor(const QPoint& point) {
    std::optional<Selection> under;
    SpanPart part = SpanPart::None;
    Qt::CursorShape shape = Qt::ArrowCursor;
    if (lowerEdgeAt(point)) shape = Qt::SplitVCursor;
    else if (const auto modality = modalityAt(point)) {
        const SpanHit hit = hitAt(point, *modality);
        part = hit.part;
        if (hit) under = Selection{*modality, hit.index};
        shape = part == SpanPart::Begin || part == SpanPart::End ? Qt::SplitHCursor
                : part == SpanPart::Middle                       ? Qt::OpenHandCursor
                : tool == Tool::MakeSpan                         ? Qt::CrossCursor
                                                                 : Qt::ArrowCursor;
    }
    if (view->cursor().shape() != shape) view->setCursor(shape);
    const bool same = part == hoverPart && under.has_value() == hovered.has_value() &&
                      (!under || (under->modality == hovered->modality && under->index == hovered->index));
    if (same) return;
    hovered = under;
    hoverPart = part;
    view->update();
}

void TimelineView::leaveEvent(QEvent*) {
    m->hovered.reset();
    m->hoverPart = SpanPart::None;
    update();
}

void TimelineView::Impl::ask(Modality modality, const std::vector<FrameSpan>& after, FrameSpan kept) {
    const std::vector<FrameSpan> before = view->spans(modality);
    for (int i = 0; i < static_cast<int>(after.size()); ++i) {
        const FrameSpan& span = after[static_cast<std::size_t>(i)];
        if (span.begin <= kept.begin && kept.end <= span.end) pendingSelection = i;
    }
    const auto wanted = pendingSelection;
    emit view->spansChangeRequested(modality, before, after);
    // A new span was not selected before: select it when its owner has taken it.
    if (wanted && view->spans(modality) == after) view->selectSpan(Selection{modality, *wanted});
    pendingSelection.reset();
}

void TimelineView::Impl::finishDrag() {
    Gesture gesture = std::move(*drag);
    drag.reset();
    const bool fromDoubleClick = std::exchange(doubleClick, false);
    view->update();
    if (!gesture.moved && fromDoubleClick) {
        // A double click alone makes a span of one second from there.
        const int begin = std::clamp(static_cast<int>(std::floor(frameAt(gesture.start))), 0, scene.axis.frames() - 1);
        const FrameSpan made{begin, std::min(scene.axis.frames(),
                                             begin + std::max(1, static_cast<int>(std::lround(scene.axis.rateHz()))))};
        std::vector<FrameSpan> after = view->spans(gesture.modality);
        after.push_back(made);
        ask(gesture.modality, normalisedSpans(after, scene.axis.frames()), made);
        return;
    }
    if (!gesture.moved || gesture.drag.span() == gesture.drag.original() || gesture.drag.span().length() == 0) return;
    ask(gesture.modality, gesture.drag.result(), gesture.drag.span());
}

void TimelineView::Impl::cancelGesture() {
    drag.reset();
    doubleClick = false;
    view->update();
}

void TimelineView::mouseReleaseEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton) return;
    if (m->drag) m->finishDrag();
    if (std::exchange(m->scrub, false)) emit scrubbing(false);
    m->resizing.reset();
    m->reordering.reset();
    m->panOverview = false;
    unsetCursor();
    m->updateCursor(event->position().toPoint());
}

void TimelineView::wheelEvent(QWheelEvent* event) {
    const QPointF point = event->position();
    const QPoint angle = event->angleDelta();
    const double length = m->scene.axis.last() - m->scene.axis.first();
    if (event->modifiers() & Qt::ControlModifier) {
        m->zoom(std::pow(1.2, angle.y() / 120.0),
                std::clamp(point.x() - m->scene.ruler.left(), 0.0, m->scene.axis.width()));
    } else if (m->scene.axis.showsAll()) {
        return event->ignore(); // nothing to scroll: the page may want it
    } else {
        const int turn = angle.x() ? angle.x() : angle.y(); // Shift+wheel comes as x from some platforms
        setView(m->scene.axis.first() - turn / 120.0 * length * 0.1,
                m->scene.axis.last() - turn / 120.0 * length * 0.1);
    }
    event->accept();
}

bool TimelineView::focusNextPrevChild(bool next) {
    // Spans in the order they lie on the screen: lane by lane, by time.
    std::vector<Selection> all;
    for (const TimelineScene::Box& box : m->scene.boxes) {
        if (box.lane != Lane::Speech && box.lane != Lane::Face) continue;
        const Modality modality = box.lane == Lane::Speech ? Modality::Speech : Modality::Face;
        for (int i = 0; i < static_cast<int>(spans(modality).size()); ++i) all.push_back({modality, i});
    }
    int at = -1;
    for (int i = 0; i < static_cast<int>(all.size()); ++i)
        if (m->selected && all[static_cast<std::size_t>(i)].modality == m->selected->modality &&
            all[static_cast<std::size_t>(i)].index == m->selected->index)
            at = i;
    m->focusRing = true;
    const int to = next ? at + 1 : at < 0 ? -1 : at - 1;
    if (to >= 0 && to < static_cast<int>(all.size())) {
        selectSpan(all[static_cast<std::size_t>(to)]);
        const FrameSpan span = spans(m->selected->modality)[static_cast<std::size_t>(m->selected->index)];
        if (m->scene.axis.keepVisible(span.begin)) m->invalidate();
        return true;
    }
    if (at >= 0 && !next) { // back from the first span to the timeline itself
        selectSpan(std::nullopt);
        return true;
    }
    selectSpan(std::nullopt);
    return QWidget::focusNextPrevChild(next);
}

bool TimelineView::event(QEvent* event) {
    if (event->type() == QEvent::ShortcutOverride) {
        // With a span in hand the arrows belong to it, not to the playhead's shortcuts of the page.
        const int key = static_cast<QKeyEvent*>(event)->key();
        const bool arrows = key == Qt::Key_Left || key == Qt::Key_Right || key == Qt::Key_Delete ||
                            key == Qt::Key_Backspace || key == Qt::Key_Escape;
        if ((m->selected || m->drag) && arrows) {
            event->accept();
            return true;
        }
    }
    if (event->type() == QEvent::FocusIn) {
        const Qt::FocusReason reason = static_cast<QFocusEvent*>(event)->reason();
        m->focusRing =
            reason == Qt::TabFocusReason || reason == Qt::BacktabFocusReason || reason == Qt::ShortcutFocusReason;
    }
    return QWidget::event(event);
}

void TimelineView::keyPressEvent(QKeyEvent* event) {
    const int key = event->key();
    if (key == Qt::Key_Escape && (m->drag || m->selected)) {
        if (m->drag) m->cancelGesture();
        else selectSpan(std::nullopt);
        return;
    }
    if ((key == Qt::Key_Delete || key == Qt::Key_Backspace) && deleteSelectedSpan()) return;
    const bool arrow = key == Qt::Key_Left || key == Qt::Key_Right;
    const int step = (key == Qt::Key_Left ? -1 : 1) * (event->modifiers() & Qt::ShiftModifier ? 10 : 1);
    if (arrow && m->selected) {
        // Plain: the whole span; Alt: its begin; Ctrl: its end.
        const SpanPart part = event->modifiers() & Qt::AltModifier       ? SpanPart::Begin
                              : event->modifiers() & Qt::ControlModifier ? SpanPart::End
                                                                         : SpanPart::Middle;
        const Selection chosen = *m->selected;
        const std::vector<FrameSpan> before = spans(chosen.modality);
        const std::vector<FrameSpan> after = nudgedSpans(before, {chosen.index, part}, step, frames());
        if (after != before) {
            std::vector<FrameSpan> moved = {before[static_cast<std::size_t>(chosen.index)]};
            moved = nudgedSpans(moved, {0, part}, step, frames());
            m->ask(chosen.modality, after, moved.front());
        }
        return;
    }
    int target = m->scene.playhead;
    if (arrow)
        target += step * (event->modifiers() & Qt::ControlModifier ? static_cast<int>(std::lround(rateHz())) : 1);
    else if (key == Qt::Key_PageUp || key == Qt::Key_PageDown)
        target += (key == Qt::Key_PageUp ? -1 : 1) * static_cast<int>(std::lround(10 * rateHz()));
    else if (key == Qt::Key_Home) target = 0;
    else if (key == Qt::Key_End) target = frames() - 1;
    else if (key == Qt::Key_Plus || key == Qt::Key_Equal) return zoomIn();
    else if (key == Qt::Key_Minus) return zoomOut();
    else return QWidget::keyPressEvent(event);
    const int before = m->scene.playhead;
    setPlayhead(target);
    if (m->scene.playhead != before) emit playheadChanged(m->scene.playhead);
}

} // namespace emc
