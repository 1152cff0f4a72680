#include "widgets/timeline/span_edit.h"

#include <algorithm>
#include <cmath>

namespace emc {

std::optional<int> SnapPoints::nearest(double frame, double reach) const {
    std::optional<int> best;
    double bestDistance = reach;
    for (int point : m_points) {
        const double distance = std::abs(point - frame);
        if (distance > bestDistance || (best && distance == bestDistance && point > *best)) continue;
        best = point;
        bestDistance = distance;
    }
    return best;
}

SpanDrag::SpanDrag(std::vector<FrameSpan> spans, SpanHit hit, double grabFrame, int frames)
    : m_spans(normalisedSpans(std::move(spans), frames)), m_frames(frames), m_part(hit.part), m_grab(grabFrame) {
    if (hit.part != SpanPart::None && hit.index >= 0 && hit.index < static_cast<int>(m_spans.size())) {
        m_index = hit.index;
        m_original = m_span = m_spans[static_cast<std::size_t>(hit.index)];
        m_anchor = m_part == SpanPart::Begin ? m_original.end : m_original.begin;
    } else {
        m_part = SpanPart::None;
        m_anchor = std::clamp(static_cast<int>(std::lround(grabFrame)), 0, frames);
        m_original = m_span = {m_anchor, m_anchor};
    }
}

void SpanDrag::move(double pointerFrame, const SnapPoints* snap, double reach) {
    m_snapped.reset();
    if (m_part == SpanPart::Middle) {
        const double moved = pointerFrame - m_grab;
        double begin = m_original.begin + moved;
        if (snap) {
            const auto byBegin = snap->nearest(begin, reach), byEnd = snap->nearest(begin + m_original.length(), reach);
            const double offBegin = byBegin ? std::abs(*byBegin - begin) : reach + 1;
            const double offEnd = byEnd ? std::abs(*byEnd - begin - m_original.length()) : reach + 1;
            if (byBegin && offBegin <= offEnd) begin = *byBegin, m_snapped = byBegin;
            else if (byEnd) begin = *byEnd - m_original.length(), m_snapped = byEnd;
        }
        const int first = std::clamp(static_cast<int>(std::lround(begin)), 0, m_frames - m_original.length());
        m_span = {first, first + m_original.length()};
        return;
    }
    const int from = m_part == SpanPart::Begin ? m_original.begin : m_part == SpanPart::End ? m_original.end : m_anchor;
    double position = m_index >= 0 ? from + pointerFrame - m_grab : pointerFrame;
    if (snap) {
        m_snapped = snap->nearest(position, reach);
        if (m_snapped) position = *m_snapped;
    }
    int edge = std::clamp(static_cast<int>(std::lround(position)), 0, m_frames);
    // An existing span never shrinks away under the pointer: removing is an act of its own (Del).
    if (m_index >= 0 && edge == m_anchor) edge += m_part == SpanPart::Begin ? -1 : 1;
    m_span = {std::min(edge, m_anchor), std::max(edge, m_anchor)};
}

int SpanDrag::edge() const {
    if (m_part == SpanPart::Middle) return m_span.begin;
    return m_span.begin == m_anchor ? m_span.end : m_span.begin;
}

int SpanDrag::delta() const {
    switch (m_part) {
    case SpanPart::Middle: return m_span.begin - m_original.begin;
    case SpanPart::Begin: return edge() - m_original.begin;
    case SpanPart::End: return edge() - m_original.end;
    case SpanPart::None: break;
    }
    return m_span.length();
}

std::vector<FrameSpan> SpanDrag::others() const {
    std::vector<FrameSpan> spans = m_spans;
    if (m_index >= 0) spans.erase(spans.begin() + m_index);
    return spans;
}

std::vector<FrameSpan> SpanDrag::result() const {
    std::vector<FrameSpan> spans = others();
    spans.push_back(m_span);
    return normalisedSpans(std::move(spans), m_frames);
}

SpanHit hitSpan(const std::vector<FrameSpan>& spans, double frame, double reach) {
    SpanHit best;
    double bestDistance = reach;
    for (int i = 0; i < static_cast<int>(spans.size()); ++i) {
        const FrameSpan& span = spans[static_cast<std::size_t>(i)];
        // In a span too short for two edges and a middle each edge keeps a third, so that the middle can still be
        // grabbed.
        const bool inside = frame >= span.begin && frame <= span.end;
        const double limit = inside ? std::min(reach, span.length() / 3.0) : reach;
        const double toBegin = std::abs(frame - span.begin), toEnd = std::abs(frame - span.end);
        if (toBegin <= limit && toBegin <= bestDistance) best = {i, SpanPart::Begin}, bestDistance = toBegin;
        if (toEnd <= limit && toEnd < bestDistance) best = {i, SpanPart::End}, bestDistance = toEnd;
    }
    if (best) return best;
    for (int i = 0; i < static_cast<int>(spans.size()); ++i) {
        const FrameSpan& span = spans[static_cast<std::size_t>(i)];
        if (frame >= span.begin && frame < span.end) return {i, SpanPart::Middle};
    }
    return {};
}

std::vector<FrameSpan> nudgedSpans(std::vector<FrameSpan> spans, SpanHit hit, int delta, int frames) {
    spans = normalisedSpans(std::move(spans), frames);
    if (hit.index < 0 || hit.index >= static_cast<int>(spans.size())) return spans;
    FrameSpan& span = spans[static_cast<std::size_t>(hit.index)];
    switch (hit.part) {
    case SpanPart::Begin: span.begin = std::clamp(span.begin + delta, 0, span.end - 1); break;
    case SpanPart::End: span.end = std::clamp(span.end + delta, span.begin + 1, frames); break;
    case SpanPart::Middle: {
        const int length = span.length();
        span.begin = std::clamp(span.begin + delta, 0, frames - length);
        span.end = span.begin + length;
        break;
    }
    case SpanPart::None: break;
    }
    return normalisedSpans(std::move(spans), frames);
}

std::vector<FrameSpan> withoutSpan(std::vector<FrameSpan> spans, int index) {
    if (index >= 0 && index < static_cast<int>(spans.size())) spans.erase(spans.begin() + index);
    return spans;
}

} // namespace emc
