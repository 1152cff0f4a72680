#pragma once
// Frames on a horizontal strip of pixels. Plain arithmetic, no Qt: every lane, the ruler and the overview share one
// axis.
#include <string>
#include <vector>

namespace emc {

// Shows the frames [first, last) of a clip on `width` pixels. Positions are fractional frames: the left edge of frame f
// lies at f.
class TimeAxis {
public:
    static constexpr double kSmallestView = 8.0; // frames; closer is of no use to anybody

    void setFrames(int frames, double rateHz); // shows everything
    void setWidth(double pixels);
    void setView(double first, double last); // clamped to the clip and to kSmallestView
    void showAll();

    int frames() const { return m_frames; }
    double rateHz() const { return m_rateHz; }
    double first() const { return m_first; }
    double last() const { return m_last; }
    double width() const { return m_width; }
    double pixelsPerFrame() const;
    bool showsAll() const;

    double x(double frame) const;    // pixel of a position
    double position(double x) const; // position of a pixel, not clamped
    int frameAt(double x) const;     // frame under a pixel, 0 .. frames - 1
    int edgeAt(double x) const;      // nearest frame edge, 0 .. frames

    void zoom(double factor, double anchorX); // factor > 1 goes nearer; the position under anchorX stays
    void scroll(double frames);
    bool keepVisible(double frame); // scrolls a page when `frame` is outside; true when the view changed

    struct Tick {
        double frame = 0;
        bool major = false;
        std::string label; // only on major ticks
    };
    // Ticks of round times, labels at least `labelPixels` apart.
    std::vector<Tick> ticks(double labelPixels) const;

private:
    int m_frames = 0;
    double m_rateHz = 25.0, m_first = 0, m_last = 1, m_width = 1;
};

// "00:12.480"; with `decimals` 0 "00:12". Negative times get a true minus.
std::string timecode(double seconds, int decimals = 3);

} // namespace emc
