#pragma once
// From a recording's own frame times to an even grid: each instant of the grid takes the frame with the nearest time.
#include <cstdint>

namespace emc {

// Times are integers in units of num / den seconds, so nothing is rounded. Frames come in order; the first one starts
// the grid.
class FrameGrid {
public:
    FrameGrid(int timeBaseNum, int timeBaseDen, int rateHz) : m_num(timeBaseNum), m_den(timeBaseDen), m_rate(rateHz) {}

    // How many instants of the grid the frame at `time` takes, when the frame after it is shown at `next` (a tie goes
    // to the earlier one).
    int take(std::int64_t time, std::int64_t next) {
        start(time);
        // index / rate <= (time + next) / 2 * num / den, all relative to the start
        const Wide bound = (static_cast<Wide>(time - m_start) + (next - m_start)) * m_num * m_rate;
        return advance([&](std::int64_t index) { return static_cast<Wide>(2 * index) * m_den <= bound; });
    }
    // The same for the last frame, which stays for `duration`: the grid has round(seconds * rate) instants, at least
    // one.
    int takeLast(std::int64_t time, std::int64_t duration) {
        start(time);
        const Wide bound = (static_cast<Wide>(time - m_start) + duration) * m_num * m_rate * 2;
        // index < round(length), that is 2 index + 1 <= 2 length
        return advance(
            [&](std::int64_t index) { return index == 0 || static_cast<Wide>(2 * index + 1) * m_den <= bound; });
    }
    std::int64_t frames() const { return m_index; }

private:
    using Wide = __int128; // times of a broken file may be large

    void start(std::int64_t time) {
        if (m_started) return;
        m_started = true;
        m_start = time;
    }
    template <class Test>
    int advance(Test covers) {
        int count = 0;
        while (covers(m_index) && count < kMost) {
            ++m_index;
            ++count;
        }
        return count;
    }
    static constexpr int kMost = 1 << 20; // no time of a file makes more frames than this at once

    std::int64_t m_num, m_den, m_rate;
    std::int64_t m_start = 0, m_index = 0;
    bool m_started = false;
};

} // namespace emc
