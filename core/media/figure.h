#pragma once
// Raster figures and film frames for the terminal program: text, lines, curves, heat maps, pictures on an RGB canvas.
// Plain data in and out.
#include <array>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "core/api/frame_span.h"

namespace emc {

using Rgb = std::array<std::uint8_t, 3>;

// Colours by role, as the window's themes use them.
struct FigureTheme {
    Rgb window, base, raised, border, text, muted, face, speech, imagined;
    std::array<Rgb, 6> series;
    static FigureTheme dark();
    static FigureTheme light();
};

struct FigureRect {
    int x = 0, y = 0, w = 0, h = 0;
};

class Figure {
public:
    Figure(int width, int height, const FigureTheme& theme);
    ~Figure();
    Figure(Figure&&) noexcept;

    int width() const;
    int height() const;
    const FigureTheme& theme() const;
    std::vector<std::uint8_t> rgb() const;             // height x width x 3
    void writePng(const std::filesystem::path&) const; // atomic

    void fill(FigureRect area, Rgb colour, double opacity = 1);
    void frame(FigureRect area, Rgb colour);
    void line(double x0, double y0, double x1, double y1, Rgb colour, double width = 1, double opacity = 1);
    // Text with its baseline at y. Inter when installed, else a plotter font. align: -1 left, 0 centre, 1 right of x.
    void text(double x, double y, const std::string& utf8, int size, Rgb colour, int align = -1, bool strong = false);
    double textWidth(const std::string& utf8, int size, bool strong = false) const;
    // A label on a semi-opaque plate, top left corner at (x, y); returns its width.
    int chip(int x, int y, const std::string& utf8, Rgb colour);
    // Values 0..n-1 spread over the area's width, `low`..`high` over its height.
    void curve(FigureRect area, std::span<const float> values, double low, double high, Rgb colour, double width = 1.5,
               double opacity = 1);
    // Hatched missing spans, in frames of `frames`.
    void hatch(FigureRect area, const std::vector<FrameSpan>& spans, int frames, Rgb colour);
    // rows x columns values; row 0 on top. `gamma` < 1 lifts small values. diverging: symmetric around 0, low = -high.
    void heatMap(FigureRect area, std::span<const float> values, int rows, int columns, double low, double high,
                 bool diverging, double gamma = 1);
    // A colour bar for the same map.
    void colourBar(FigureRect area, bool diverging, double gamma = 1);
    // Axis with at most six ticks: values first..last along the bottom edge (horizontal) or the left edge; `downwards`:
    // first is on top.
    void axis(FigureRect area, bool horizontal, double first, double last, const std::string& label,
              bool downwards = false);
    // An RGB picture scaled to fit the area, centred.
    void picture(FigureRect area, std::span<const std::uint8_t> rgb, int width, int height);

private:
    struct Canvas;
    std::unique_ptr<Canvas> m_canvas;
};

} // namespace emc
