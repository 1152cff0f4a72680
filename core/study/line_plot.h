#pragma once
// Figures of curves as SVG text: panels with axes, units, bands and one legend. Written by hand, so that core needs no
// drawing library.
#include <optional>
#include <string>
#include <vector>

namespace emc {

struct PlotSeries {
    std::string label;             // equal labels share colour, mark, dash and legend entry over all panels
    std::vector<double> x, y;      // points that are not finite break the line
    std::vector<double> low, high; // band; empty = none
    bool dashed = false;
};

struct PlotPanel {
    std::string title, xLabel, yLabel; // labels name their units: "missing share of the face (%)"
    std::vector<PlotSeries> series;
    std::vector<std::string> categories; // x = 0, 1, ... stands for these names; points are not joined
    std::optional<double> xLow, xHigh;   // otherwise what the points need
};

struct PlotFigure {
    std::string title;
    std::vector<std::string> notes; // below: what was measured, what a band is
    std::vector<PlotPanel> panels;
    int columns = 2;
    std::string session; // JSON of what made the figure (figure_session.h), into the metadata; may be empty
};

// Complete SVG 1.1 document. A figure without any finite point is an Error(Usage).
std::string plotSvg(const PlotFigure& figure);
std::string xmlEscaped(const std::string& text);
// Round ticks that cover [low, high], at most `most`.
std::vector<double> plotTicks(double low, double high, int most);

} // namespace emc
