#pragma once
// Time in frames. Spans are half-open [begin, end) everywhere.
#include <algorithm>
#include <vector>

namespace emc {

struct FrameSpan {
    int begin = 0, end = 0;
    int length() const { return std::max(0, end - begin); }
    bool contains(int frame) const { return frame >= begin && frame < end; }
    friend bool operator==(const FrameSpan&, const FrameSpan&) = default;
};

// Sorted, clipped to [0, frames), overlapping and touching spans merged, empty ones dropped.
inline std::vector<FrameSpan> normalisedSpans(std::vector<FrameSpan> spans, int frames) {
    for (FrameSpan& span : spans) span = {std::clamp(span.begin, 0, frames), std::clamp(span.end, 0, frames)};
    std::erase_if(spans, [](const FrameSpan& span) { return span.length() == 0; });
    std::sort(spans.begin(), spans.end(), [](auto a, auto b) { return a.begin < b.begin; });
    std::vector<FrameSpan> merged;
    for (const FrameSpan& span : spans) {
        if (!merged.empty() && span.begin <= merged.back().end)
            merged.back().end = std::max(merged.back().end, span.end);
        else merged.push_back(span);
    }
    return merged;
}

// One flag per frame, true where some span covers it.
inline std::vector<bool> frameMask(const std::vector<FrameSpan>& spans, int frames) {
    std::vector<bool> mask(static_cast<std::size_t>(std::max(0, frames)), false);
    for (const FrameSpan& span : normalisedSpans(spans, frames))
        std::fill(mask.begin() + span.begin, mask.begin() + span.end, true);
    return mask;
}

inline std::vector<FrameSpan> spansOf(const std::vector<bool>& mask) {
    std::vector<FrameSpan> spans;
    for (int i = 0; i < static_cast<int>(mask.size()); ++i) {
        if (!mask[static_cast<std::size_t>(i)]) continue;
        if (!spans.empty() && spans.back().end == i) ++spans.back().end;
        else spans.push_back({i, i + 1});
    }
    return spans;
}

} // namespace emc
