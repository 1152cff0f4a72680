#include "core/study/line_plot.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/api/error.h"
#include "core/api/palette.h"
#include "core/study/figure_session.h"

namespace emc {
namespace {

constexpr int kPanelWidth = 420, kPanelHeight = 290, kLeft = 62, kRight = 16, kTop = 34, kBottom = 48, kHead = 34;

std::string number(double value) {
    char text[32];
    std::snprintf(text, sizeof text, "%.2f", value);
    return text;
}
std::string tickText(double value, double step) {
    const int decimals = std::clamp(static_cast<int>(std::ceil(-std::log10(step) - 1e-9)), 0, 8);
    char text[40];
    std::snprintf(text, sizeof text, "%.*f", decimals, std::abs(value) < step * 1e-9 ? 0.0 : value);
    return text;
}
std::string colour(PaletteColour value) {
    char text[16];
    std::snprintf(text, sizeof text, "#%06X", static_cast<unsigned>(value));
    return text;
}

std::string textAt(double x, double y, const std::string& text, const char* anchor, int size, PaletteColour fill,
                   const std::string& more = {}) {
    return "<text x=\"" + number(x) + "\" y=\"" + number(y) + "\" text-anchor=\"" + anchor + "\" font-size=\"" +
           std::to_string(size) + "\" fill=\"" + colour(fill) + "\"" + more + ">" + xmlEscaped(text) + "</text>\n";
}
std::string lineAt(double x0, double y0, double x1, double y1, PaletteColour stroke, const std::string& more = {}) {
    return "<line x1=\"" + number(x0) + "\" y1=\"" + number(y0) + "\" x2=\"" + number(x1) + "\" y2=\"" + number(y1) +
           "\" stroke=\"" + colour(stroke) + "\"" + more + "/>\n";
}

struct Range {
    double low = std::numeric_limits<double>::infinity(), high = -low;
    void add(double value) {
        if (!std::isfinite(value)) return;
        low = std::min(low, value);
        high = std::max(high, value);
    }
    bool empty() const { return low > high; }
    void widen(double share) {
        const double room = high > low ? (high - low) * share : std::max(std::abs(low) * 0.1, 1e-6);
        low -= room;
        high += room;
    }
};

// Six colours; what comes after them is told apart by the shape of its points.
struct Style {
    PaletteColour colour = 0;
    int shape = 0;
    bool dashed = false;
};

std::string dashOf(const Style& style) {
    return style.dashed ? " stroke-dasharray=\"6 3\"" : std::string();
}

std::string markAt(double x, double y, const Style& style) {
    const std::string fill = "\" fill=\"" + colour(style.colour) + "\"/>\n";
    const auto polygon = [&](std::initializer_list<std::pair<double, double>> corners) {
        std::string points;
        for (const auto& [dx, dy] : corners) points += number(x + dx) + "," + number(y + dy) + " ";
        return "<polygon points=\"" + points + fill;
    };
    switch (style.shape) {
    case 1: return polygon({{-3, -3}, {3, -3}, {3, 3}, {-3, 3}});
    case 2: return polygon({{0, -4}, {4, 3}, {-4, 3}});
    case 3: return polygon({{0, -4.5}, {4, 0}, {0, 4.5}, {-4, 0}});
    default: return "<circle cx=\"" + number(x) + "\" cy=\"" + number(y) + "\" r=\"2.6" + fill;
    }
}
constexpr std::size_t kShapes = 4;

class Drawing {
public:
    explicit Drawing(const PlotFigure& figure) : m_figure(figure) {
        for (const PlotPanel& panel : figure.panels)
            for (const PlotSeries& series : panel.series)
                if (std::find(m_labels.begin(), m_labels.end(), series.label) == m_labels.end()) {
                    m_labels.push_back(series.label);
                    m_dashed.push_back(series.dashed);
                }
    }

    std::string draw() {
        const int columns = std::clamp(m_figure.columns, 1, std::max(1, static_cast<int>(m_figure.panels.size())));
        const int rows = (static_cast<int>(m_figure.panels.size()) + columns - 1) / columns;
        const int width = columns * kPanelWidth, body = kHead + rows * kPanelHeight;
        const int legendRows = static_cast<int>(m_labels.size());
        const int height = body + 12 + 18 * legendRows + 16 * static_cast<int>(m_figure.notes.size()) + 8;
        std::string svg = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\" "
                          "version=\"1.1\" width=\"" +
                          std::to_string(width) + "\" height=\"" + std::to_string(height) + "\" viewBox=\"0 0 " +
                          std::to_string(width) + " " + std::to_string(height) +
                          "\" font-family=\"Inter, Helvetica, Arial, sans-serif\">\n<title>" +
                          xmlEscaped(m_figure.title) + "</title>\n" + metadata() +
                          "<rect width=\"100%\" height=\"100%\" fill=\"" + colour(kLightPalette.base) + "\"/>\n";
        svg += textAt(kLeft, 22, m_figure.title, "start", 15, kLightPalette.text, " font-weight=\"600\"");
        for (std::size_t i = 0; i < m_figure.panels.size(); ++i)
            svg += panel(m_figure.panels[i], static_cast<int>(i) % columns * kPanelWidth,
                         kHead + static_cast<int>(i) / columns * kPanelHeight);
        double y = body + 16;
        svg += "<g id=\"legend\">\n";
        for (const std::string& label : m_labels) {
            const Style style = styleOf(label);
            svg += "<line x1=\"" + std::to_string(kLeft) + "\" y1=\"" + number(y - 4) + "\" x2=\"" +
                   std::to_string(kLeft + 30) + "\" y2=\"" + number(y - 4) + "\" stroke=\"" + colour(style.colour) +
                   "\" stroke-width=\"2\"" + dashOf(style) + "/>\n" + markAt(kLeft + 15, y - 4, style);
            svg += textAt(kLeft + 38, y, label, "start", 12, kLightPalette.text);
            y += 18;
        }
        svg += "</g>\n";
        for (const std::string& note : m_figure.notes) {
            svg += textAt(kLeft, y, note, "start", 11, kLightPalette.muted);
            y += 16;
        }
        return svg + "</svg>\n";
    }

private:
    std::string metadata() const {
        if (m_figure.session.empty()) return {};
        return std::string("<metadata id=\"") + kSessionTag + "\">" + xmlEscaped(m_figure.session) + "</metadata>\n";
    }

    Style styleOf(const std::string& label) const {
        const auto place =
            static_cast<std::size_t>(std::find(m_labels.begin(), m_labels.end(), label) - m_labels.begin());
        const std::size_t colours = kLightPalette.series.size();
        return {kLightPalette.series[place % colours], static_cast<int>(place / colours % kShapes),
                place < m_dashed.size() && m_dashed[place]};
    }

    std::string panel(const PlotPanel& p, int left, int top) {
        Range xs, ys;
        for (const PlotSeries& series : p.series)
            for (std::size_t i = 0; i < series.x.size(); ++i) {
                if (!std::isfinite(series.y[i])) continue;
                xs.add(series.x[i]);
                ys.add(series.y[i]);
                if (i < series.low.size()) ys.add(series.low[i]);
                if (i < series.high.size()) ys.add(series.high[i]);
            }
        if (p.xLow) xs.add(*p.xLow);
        if (p.xHigh) xs.add(*p.xHigh);
        if (!p.categories.empty()) xs = {-0.5, static_cast<double>(p.categories.size()) - 0.5};
        if (xs.empty() || ys.empty())
            return textAt(left + kLeft, top + kTop, p.title + ": no values", "start", 12, kLightPalette.muted);
        if (xs.low == xs.high) xs.widen(0.05);
        ys.widen(0.06);
        const double x0 = left + kLeft, x1 = left + kPanelWidth - kRight, y0 = top + kPanelHeight - kBottom,
                     y1 = top + kTop;
        const auto atX = [&](double x) { return x0 + (x - xs.low) / (xs.high - xs.low) * (x1 - x0); };
        const auto atY = [&](double y) { return y0 + (y - ys.low) / (ys.high - ys.low) * (y1 - y0); };

        std::string svg = "<g class=\"panel\">\n" + textAt(x0, top + 20, p.title, "start", 12, kLightPalette.text);
        const std::vector<double> yTicks = plotTicks(ys.low, ys.high, 6);
        const double yStep = yTicks.size() > 1 ? yTicks[1] - yTicks[0] : 1;
        for (const double tick : yTicks) {
            svg += lineAt(x0, atY(tick), x1, atY(tick), kLightPalette.gridLine);
            svg += textAt(x0 - 6, atY(tick) + 4, tickText(tick, yStep), "end", 11, kLightPalette.muted);
        }
        if (p.categories.empty()) {
            const std::vector<double> xTicks = plotTicks(xs.low, xs.high, 8);
            const double xStep = xTicks.size() > 1 ? xTicks[1] - xTicks[0] : 1;
            for (const double tick : xTicks) {
                svg += lineAt(atX(tick), y0, atX(tick), y0 + 4, kLightPalette.controlBorder);
                svg += textAt(atX(tick), y0 + 17, tickText(tick, xStep), "middle", 11, kLightPalette.muted);
            }
        }
        for (std::size_t i = 0; i < p.categories.size(); ++i) {
            const std::string place = number(atX(static_cast<double>(i))), height = number(y0 + 12);
            svg += textAt(atX(static_cast<double>(i)), y0 + 12, p.categories[i], "end", 9, kLightPalette.muted,
                          " transform=\"rotate(-25 " + place + " " + height + ")\"");
        }
        svg +=
            lineAt(x0, y0, x1, y0, kLightPalette.controlBorder) + lineAt(x0, y0, x0, y1, kLightPalette.controlBorder);
        if (p.categories.empty()) svg += textAt((x0 + x1) / 2, y0 + 36, p.xLabel, "middle", 12, kLightPalette.text);
        const std::string turn = " transform=\"rotate(-90 " + number(left + 14.0) + " " + number((y0 + y1) / 2) + ")\"";
        svg += textAt(left + 14, (y0 + y1) / 2, p.yLabel, "middle", 10, kLightPalette.text, turn);
        for (std::size_t s = 0; s < p.series.size(); ++s) svg += curve(p, s, atX, atY);
        return svg + "</g>\n";
    }

    template <class X, class Y>
    std::string curve(const PlotPanel& p, std::size_t s, const X& atX, const Y& atY) {
        const PlotSeries& series = p.series[s];
        const Style style = styleOf(series.label);
        const std::string ink = colour(style.colour);
        // Points of several models at one category stand side by side.
        const double aside = p.categories.empty() || p.series.size() < 2
                                 ? 0
                                 : (static_cast<double>(s) / static_cast<double>(p.series.size() - 1) - 0.5) * 0.5;
        const bool bands = series.low.size() == series.x.size() && series.high.size() == series.x.size();
        std::string line, marks, there, back;
        bool pen = false;
        for (std::size_t i = 0; i < series.x.size(); ++i) {
            if (!std::isfinite(series.x[i]) || !std::isfinite(series.y[i])) {
                pen = false;
                continue;
            }
            const double x = atX(series.x[i] + aside), y = atY(series.y[i]);
            line += (pen ? "L" : "M") + number(x) + " " + number(y) + " ";
            pen = p.categories.empty();
            marks += markAt(x, y, style);
            if (!bands || !std::isfinite(series.low[i]) || !std::isfinite(series.high[i])) continue;
            if (p.categories.empty()) {
                there += (there.empty() ? "M" : "L") + number(x) + " " + number(atY(series.high[i])) + " ";
                back = "L" + number(x) + " " + number(atY(series.low[i])) + " " + back;
            } else marks += lineAt(x, atY(series.low[i]), x, atY(series.high[i]), style.colour);
        }
        std::string svg;
        if (!there.empty())
            svg += "<path class=\"band\" d=\"" + there + back + "Z\" fill=\"" + ink +
                   "\" fill-opacity=\"0.16\" stroke=\"none\"/>\n";
        if (p.categories.empty() && !line.empty())
            svg += "<path class=\"curve\" d=\"" + line + "\" fill=\"none\" stroke=\"" + ink + "\" stroke-width=\"2\"" +
                   dashOf(style) + "/>\n";
        return svg + marks;
    }

    const PlotFigure& m_figure;
    std::vector<std::string> m_labels;
    std::vector<bool> m_dashed; // by label
};

} // namespace

std::string xmlEscaped(const std::string& text) {
    std::string out;
    for (const char c : text) {
        if (c == '&') out += "&amp;";
        else if (c == '<') out += "&lt;";
        else if (c == '>') out += "&gt;";
        else if (c == '"') out += "&quot;";
        else if (static_cast<unsigned char>(c) >= 0x20) out += c; // control characters are not XML
    }
    return out;
}

std::vector<double> plotTicks(double low, double high, int most) {
    std::vector<double> ticks;
    if (!(high > low) || most < 2) return {low};
    const double raw = (high - low) / most, power = std::pow(10, std::floor(std::log10(raw)));
    double step = 10 * power;
    for (const double factor : {1.0, 2.0, 2.5, 5.0})
        if (factor * power >= raw * (1 - 1e-9)) {
            step = factor * power;
            break;
        }
    for (double tick = std::ceil(low / step - 1e-9) * step; tick <= high + 1e-9 * step; tick += step)
        ticks.push_back(tick);
    return ticks;
}

std::string plotSvg(const PlotFigure& figure) {
    bool any = false;
    for (const PlotPanel& panel : figure.panels)
        for (const PlotSeries& series : panel.series) {
            if (series.x.size() != series.y.size())
                throw Error(ErrorKind::Usage, "a curve has " + std::to_string(series.x.size()) + " places and " +
                                                  std::to_string(series.y.size()) + " values");
            any = any || std::any_of(series.y.begin(), series.y.end(), [](double y) { return std::isfinite(y); });
        }
    if (!any) throw Error(ErrorKind::Usage, "there is nothing to draw");
    return Drawing(figure).draw();
}

} // namespace emc
