#pragma once
// State of the timeline widget shared by its source files. Internal to the timeline.
#include <QPixmap>
#include <QRegion>

#include <optional>

#include "widgets/timeline/span_edit.h"
#include "widgets/timeline/timeline_scene.h"

namespace emc {

struct TimelineView::Impl {
    TimelineView* view = nullptr;
    TimelineScene scene;
    Tool tool = Tool::Select;
    bool follow = false;

    QPixmap layer; // everything that stays when the playhead moves
    bool layerValid = false;

    // gestures; at most one at a time
    struct Gesture {
        Modality modality;
        SpanDrag drag;
        bool moved = false;
        QPoint start;
    };
    std::optional<Gesture> drag;
    bool scrub = false, panOverview = false;
    bool doubleClick = false, focusRing = false;
    double panGrab = 0; // position in the view where the overview was grabbed
    std::optional<Lane> resizing, reordering;
    int resizeFrom = 0, resizeHeight = 0;
    std::optional<Selection> selected, hovered;
    SpanPart hoverPart = SpanPart::None;
    std::optional<int> pendingSelection; // index that the dragged span will have when its owner answers

    void relayout();
    void invalidate();
    void zoom(double factor, double anchorX);
    void announceSelection();

    // Painting of what moves.
    QRegion playheadRegion() const;
    void paintSpans(QPainter& painter, const Theme& theme) const;
    void paintSpan(QPainter& painter, const Theme& theme, Modality modality, const QRect& body, FrameSpan span,
                   bool strong, SpanPart handle) const;
    void paintSpanWords(QPainter& painter, const Theme& theme) const;
    void paintImaginedWords(QPainter& painter, const Theme& theme) const;
    void paintPlayhead(QPainter& painter, const Theme& theme) const;
    void paintDragTip(QPainter& painter, const Theme& theme) const;
    void paintOverviewFrame(QPainter& painter, const Theme& theme) const;

    // Input.
    static constexpr double kEdgeReach = 4, kSnapPixels = 6;       // half of the 8 px hit width; pull of a snap point
    std::optional<Modality> modalityAt(const QPoint& point) const; // lanes that can have missing spans
    SpanHit hitAt(const QPoint& point, Modality modality) const;
    double frameAt(const QPoint& point) const { return scene.axis.position(point.x() - scene.ruler.left()); }
    void seek(const QPoint& point);
    void moveDrag(const QPoint& point, Qt::KeyboardModifiers keys);
    void finishDrag();
    void cancelGesture();
    SnapPoints snapPoints() const;
    void updateCursor(const QPoint& point);
    void moveOverview(const QPoint& point);
    std::optional<Lane> lowerEdgeAt(const QPoint& point) const;
    std::optional<Lane> headerAt(const QPoint& point) const;
    void ask(Modality modality, const std::vector<FrameSpan>& after, FrameSpan kept);
};

} // namespace emc
