#include "widgets/timeline/time_axis.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

namespace emc {

void TimeAxis::setFrames(int frames, double rateHz) {
    m_frames = std::max(0, frames);
    m_rateHz = rateHz > 0 ? rateHz : 25.0;
    showAll();
}

void TimeAxis::setWidth(double pixels) {
    m_width = std::max(1.0, pixels);
}

void TimeAxis::setView(double first, double last) {
    const double whole = std::max(1, m_frames);
    const double length = std::clamp(last - first, std::min(kSmallestView, whole), whole);
    m_first = std::clamp(first, 0.0, whole - length);
    m_last = m_first + length;
}

void TimeAxis::showAll() {
    setView(0, std::max(1, m_frames));
}

double TimeAxis::pixelsPerFrame() const {
    return m_width / (m_last - m_first);
}
bool TimeAxis::showsAll() const {
    return m_last - m_first >= m_frames;
}
double TimeAxis::x(double frame) const {
    return (frame - m_first) * pixelsPerFrame();
}
double TimeAxis::position(double x) const {
    return m_first + x / pixelsPerFrame();
}

int TimeAxis::frameAt(double x) const {
    // Half a hundredth of a pixel of grace: x(frame) must give that frame back in spite of rounding.
    const double frame = std::floor(position(x) + 0.005 / pixelsPerFrame());
    return static_cast<int>(std::clamp(frame, 0.0, std::max(0.0, m_frames - 1.0)));
}

int TimeAxis::edgeAt(double x) const {
    return static_cast<int>(std::clamp(std::round(position(x)), 0.0, static_cast<double>(m_frames)));
}

void TimeAxis::zoom(double factor, double anchorX) {
    if (!(factor > 0)) return;
    const double anchor = position(anchorX);
    const double whole = std::max(1, m_frames);
    const double length = std::clamp((m_last - m_first) / factor, std::min(kSmallestView, whole), whole);
    const double first = anchor - anchorX / m_width * length;
    setView(first, first + length);
}

void TimeAxis::scroll(double frames) {
    setView(m_first + frames, m_last + frames);
}

bool TimeAxis::keepVisible(double frame) {
    const double length = m_last - m_first;
    if (frame >= m_first && frame < m_last) return false;
    const double before = m_first;
    setView(frame - 0.1 * length, frame + 0.9 * length); // a tenth of the page stays as context
    return m_first != before;
}

std::vector<TimeAxis::Tick> TimeAxis::ticks(double labelPixels) const {
    struct Step {
        double seconds;
        int minor; // parts between two labels
    };
    static constexpr std::array<Step, 15> kSteps = {{{0.04, 1},
                                                     {0.2, 5},
                                                     {0.4, 2},
                                                     {1, 5},
                                                     {2, 4},
                                                     {5, 5},
                                                     {10, 5},
                                                     {15, 3},
                                                     {30, 6},
                                                     {60, 6},
                                                     {120, 4},
                                                     {300, 5},
                                                     {600, 5},
                                                     {1800, 6},
                                                     {3600, 6}}};
    std::vector<Tick> ticks;
    if (m_frames == 0) return ticks;
    const double pixelsPerSecond = pixelsPerFrame() * m_rateHz;
    Step step = kSteps.back();
    for (const Step& candidate : kSteps) {
        if (candidate.seconds * pixelsPerSecond < labelPixels) continue;
        step = candidate;
        break;
    }
    const double minor = step.seconds / step.minor;
    const auto from = static_cast<long>(std::floor(m_first / m_rateHz / minor)),
               to = static_cast<long>(std::ceil(m_last / m_rateHz / minor));
    if (to - from > 100000) return ticks; // a clip of days on a strip of pixels: the largest step is not enough
    for (long i = from; i <= to; ++i) {
        const double seconds = i * minor, frame = seconds * m_rateHz;
        if (frame < m_first - 1e-6 || frame > m_last + 1e-6) continue;
        const bool major = i % step.minor == 0;
        ticks.push_back({frame, major, major ? timecode(seconds, step.seconds < 1 ? 2 : 0) : std::string()});
    }
    return ticks;
}

std::string timecode(double seconds, int decimals) {
    if (!std::isfinite(seconds)) return "--:--";
    decimals = std::clamp(decimals, 0, 3);
    const long scale = decimals == 0 ? 1 : decimals == 1 ? 10 : decimals == 2 ? 100 : 1000;
    const long long ticks = std::llround(std::abs(seconds) * scale);
    const long long whole = ticks / scale;
    char text[48];
    if (decimals == 0) std::snprintf(text, sizeof text, "%02lld:%02lld", whole / 60, whole % 60);
    else std::snprintf(text, sizeof text, "%02lld:%02lld.%0*lld", whole / 60, whole % 60, decimals, ticks % scale);
    return (seconds < 0 && ticks != 0 ? "\u2212" : "") + std::string(text);
}

} // namespace emc
