#pragma once
// Editing of missing spans, without any widget: what a drag of an edge, of the middle or over free lane does to a list
// of spans.
#include <optional>
#include <vector>

#include "core/api/frame_span.h"

namespace emc {

enum class SpanPart { None, Begin, Middle, End };

struct SpanHit {
    int index = -1;
    SpanPart part = SpanPart::None;
    explicit operator bool() const { return part != SpanPart::None; }
};

// Positions an edge may jump to, in frames. `reach` is the pull in frames (6 px at the current zoom).
class SnapPoints {
public:
    void add(int frame) { m_points.push_back(frame); }
    // Nearest point within `reach` of `frame`, or nothing. Ties go to the earlier point.
    std::optional<int> nearest(double frame, double reach) const;

private:
    std::vector<int> m_points;
};

// One gesture: begin, any number of moves, then result() or throw it away.
class SpanDrag {
public:
    // `grabFrame` is where the pointer went down (fractional). part None = make a new span from there.
    SpanDrag(std::vector<FrameSpan> spans, SpanHit hit, double grabFrame, int frames);

    // Moves to `pointerFrame`; snaps when `snap` is given and near. An edge may cross its opposite (the span turns
    // round).
    void move(double pointerFrame, const SnapPoints* snap, double reach);

    const FrameSpan& span() const { return m_span; }         // as it is now
    const FrameSpan& original() const { return m_original; } // as it was
    SpanPart part() const { return m_part; }
    int edge() const;  // the edge or begin that follows the pointer
    int delta() const; // frames moved (new span: its length)
    std::optional<int> snappedTo() const { return m_snapped; }
    bool creates() const { return m_index < 0; }
    std::vector<FrameSpan> others() const; // without the dragged one
    std::vector<FrameSpan> result() const; // normalised: merged with what it touches

private:
    std::vector<FrameSpan> m_spans;
    int m_index = -1, m_frames = 0;
    SpanPart m_part = SpanPart::None;
    double m_grab = 0;
    FrameSpan m_original, m_span;
    std::optional<int> m_snapped;
    int m_anchor = 0; // fixed edge of an edge drag or of a new span
};

// Which part of which span lies at `frame`; `reach` = half of the edge's hit width in frames. Edges win over middles,
// nearer edges over farther.
SpanHit hitSpan(const std::vector<FrameSpan>& spans, double frame, double reach);

// Keyboard: moves a span (Middle) or one edge by `delta` frames, within the clip, never below one frame. Returns the
// normalised list.
std::vector<FrameSpan> nudgedSpans(std::vector<FrameSpan> spans, SpanHit hit, int delta, int frames);
std::vector<FrameSpan> withoutSpan(std::vector<FrameSpan> spans, int index);

} // namespace emc
