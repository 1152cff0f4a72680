#include "core/backend/figures.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <numeric>

#include "core/api/error.h"
#include "core/media/figure.h"

namespace emc {
namespace {

constexpr int kWidth = 1280;

std::string number(const char* format, double value) {
    char text[64];
    std::snprintf(text, sizeof text, format, value);
    return text;
}

std::string siteWords(const AttentionMap& map) {
    std::string part = map.part == "cross"    ? "features attend to emotion"
                       : map.part == "self_x" ? "features attend to themselves"
                       : map.part == "self_e" ? "emotion attends to itself"
                                              : map.part;
    return map.site + ", " + part;
}

void titles(Figure& figure, const std::string& title, const std::string& caption) {
    figure.text(24, 38, title, 20, figure.theme().text, -1, true);
    figure.text(24, 62, caption, 13, figure.theme().muted);
}

// A panel with a heading; returns the area inside for drawing.
FigureRect panel(Figure& figure, FigureRect area, const std::string& heading, const std::string& note) {
    figure.fill(area, figure.theme().base);
    figure.frame(area, figure.theme().border);
    figure.text(area.x + 14, area.y + 24, heading, 14, figure.theme().text, -1, true);
    figure.text(area.x + area.w - 14, area.y + 24, note, 12, figure.theme().muted, 1);
    return {area.x + 58, area.y + 60, area.w - 80, area.h - 108};
}

std::vector<float> column(const std::vector<float>& values, int dims, int dim) {
    std::vector<float> out;
    for (std::size_t i = static_cast<std::size_t>(dim); i < values.size(); i += static_cast<std::size_t>(dims))
        out.push_back(values[i]);
    return out;
}

// (T, dims) -> (dims, T): channels as rows, time to the right.
std::vector<float> transposed(const std::vector<float>& values, int frames, int dims) {
    std::vector<float> out(values.size());
    for (int t = 0; t < frames; ++t)
        for (int d = 0; d < dims; ++d) out[std::size_t(d) * frames + t] = values[std::size_t(t) * dims + d];
    return out;
}

int mostActive(const CmaTrace& trace) {
    int best = 0;
    double bestSpread = -1;
    for (int d = 0; d < trace.latentDims; ++d) {
        const auto values = column(trace.mu, trace.latentDims, d);
        const auto [low, high] = std::minmax_element(values.begin(), values.end());
        if (!values.empty() && *high - *low > bestSpread) bestSpread = *high - *low, best = d;
    }
    return best;
}

void drawLatent(Figure& figure, FigureRect area, const CmaTrace& trace, double seconds) {
    const FigureTheme& theme = figure.theme();
    if (trace.mu.empty()) {
        const FigureRect inside = panel(figure, area, "Latent draws", "prior N(0, 1)");
        for (std::size_t k = 0; k * trace.latentDims < trace.draws.size(); ++k)
            figure.curve(inside, std::span(trace.draws).subspan(k * trace.latentDims, trace.latentDims), -3.5, 3.5,
                         theme.imagined, 1, .45);
        figure.axis(inside, false, -3.5, 3.5, "z");
        figure.axis(inside, true, 0, trace.latentDims, "latent dimension");
        return;
    }
    const int dim = mostActive(trace);
    const FigureRect inside = panel(figure, area, "Latent z, dimension " + std::to_string(dim), "mean, 1σ and 2σ");
    const auto mu = column(trace.mu, trace.latentDims, dim), sigma = column(trace.sigma, trace.latentDims, dim);
    double reach = 1;
    for (std::size_t t = 0; t < mu.size(); ++t) reach = std::max(reach, std::abs(mu[t]) + 2.2 * sigma[t]);
    const auto y = [&](double v) {
        return inside.y + inside.h * (1 - std::clamp((v + reach) / (2 * reach), 0.0, 1.0));
    };
    for (int x = 0; x < inside.w; ++x) {
        const auto t = std::min(mu.size() - 1, std::size_t(x) * mu.size() / std::size_t(inside.w));
        for (double sigmas : {2.0, 1.0}) {
            const int top = int(y(mu[t] + sigmas * sigma[t])), bottom = int(y(mu[t] - sigmas * sigma[t]));
            figure.fill({inside.x + x, top, 1, std::max(1, bottom - top)}, theme.imagined, .2);
        }
    }
    figure.curve(inside, mu, -reach, reach, theme.imagined, 2);
    figure.axis(inside, false, -reach, reach, "z");
    figure.axis(inside, true, 0, seconds, "time, s");
}

void drawFeatures(Figure& figure, FigureRect area, const std::string& heading, const std::vector<float>& values,
                  const CmaTrace& trace, double seconds) {
    const FigureRect inside =
        panel(figure, area, heading, std::to_string(trace.dims) + " channels, standardised, −3 to 3 σ");
    figure.heatMap(inside, transposed(values, trace.frames, trace.dims), trace.dims, trace.frames, -3, 3, true);
    figure.axis(inside, true, 0, seconds, "time, s");
    figure.axis(inside, false, 0, trace.dims, "channel", true);
}

void drawAgreement(Figure& figure, FigureRect area, const CmaTrace& trace, double seconds) {
    const FigureTheme& theme = figure.theme();
    const double mean = trace.cosine.empty() ? 0
                                             : std::accumulate(trace.cosine.begin(), trace.cosine.end(), 0.0) /
                                                   double(trace.cosine.size());
    const FigureRect inside =
        panel(figure, area, "Agreement with the truth",
              trace.cosine.empty() ? "the true features were not read" : "mean cosine " + number("%.3f", mean));
    if (trace.cosine.empty()) {
        figure.text(inside.x + inside.w / 2.0, inside.y + inside.h / 2.0,
                    "The missing modality was not opened, so there is nothing to compare with.", 13, theme.muted, 0);
        return;
    }
    figure.line(inside.x, inside.y + inside.h / 2.0, inside.x + inside.w, inside.y + inside.h / 2.0, theme.border);
    figure.curve(inside, trace.cosine, -1, 1, theme.imagined, 2);
    figure.axis(inside, false, -1, 1, "cosine");
    figure.axis(inside, true, 0, seconds, "time, s");
}

} // namespace

void writeAttentionFigure(const std::filesystem::path& png, const AttentionMap& map, int head, double rateHz,
                          const std::string& title, const std::string& caption) {
    const std::size_t cells = std::size_t(map.queries) * map.keys;
    if (cells == 0 || map.weights.size() != cells * map.heads)
        throw Error(ErrorKind::Internal, "the attention map is empty or has a wrong size", map.site);
    if (head >= map.heads)
        throw Error(ErrorKind::Usage, "the map has heads 0 to " + std::to_string(map.heads - 1), "--head",
                    "Leave it out for the mean over the heads");
    std::vector<float> weights(cells, 0);
    for (int h = head < 0 ? 0 : head; h < (head < 0 ? map.heads : head + 1); ++h)
        for (std::size_t i = 0; i < cells; ++i)
            weights[i] += map.weights[h * cells + i] / float(head < 0 ? map.heads : 1);

    // The scale ends at the 99.8th percentile: a single bright cell would darken all others.
    std::vector<float> sorted = weights;
    const auto top = sorted.begin() + std::ptrdiff_t(double(sorted.size() - 1) * .998);
    std::nth_element(sorted.begin(), top, sorted.end());
    const double high = std::max(1e-12, double(*top));

    Figure figure(kWidth, 1100, FigureTheme::dark());
    titles(figure, title, caption);
    const FigureRect inside{110, 110, 880, 880};
    constexpr double kGamma = 0.62;
    figure.heatMap(inside, weights, map.queries, map.keys, 0, high, false, kGamma);
    figure.axis(inside, true, 0, map.keys / rateHz, "key: time, s");
    figure.axis(inside, false, 0, map.queries / rateHz, "query: time, s", true);
    figure.text(1030, 124, siteWords(map), 14, figure.theme().text, -1, true);
    figure.text(1030, 150,
                head < 0 ? "mean of " + std::to_string(map.heads) + " heads" : "head " + std::to_string(head), 13,
                figure.theme().muted);
    figure.text(1030, 174, std::to_string(map.queries) + " × " + std::to_string(map.keys) + " frames", 13,
                figure.theme().muted);
    figure.text(1030, 214, "weight × 10⁻³", 13, figure.theme().text);
    figure.colourBar({1030, 226, 200, 14}, false, kGamma);
    figure.text(1030, 258, "0", 12, figure.theme().muted);
    figure.text(1230, 258, "≥ " + number("%.2f", high * 1000), 12, figure.theme().muted, 1);
    figure.text(1030, 290, "uniform: " + number("%.2f", 1000.0 / map.keys), 12, figure.theme().muted);
    figure.writePng(png);
}

void writeCmaFigure(const std::filesystem::path& png, const CmaTrace& trace, double rateHz, const std::string& title,
                    const std::string& caption) {
    const double seconds = trace.frames / rateHz;
    Figure figure(kWidth, 900, FigureTheme::dark());
    titles(figure, title, caption);
    const int half = (kWidth - 24 * 3) / 2, high = 386;
    drawLatent(figure, {24, 84, half, high}, trace, seconds);
    drawAgreement(figure, {48 + half, 84, half, high}, trace, seconds);
    drawFeatures(figure, {24, 494, half, high}, "û, imagined", trace.uImagined, trace, seconds);
    if (!trace.uTrue.empty())
        drawFeatures(figure, {48 + half, 494, half, high}, "u, true", trace.uTrue, trace, seconds);
    else {
        const FigureRect inside = panel(figure, {48 + half, 494, half, high}, "u, true", "");
        figure.text(inside.x + inside.w / 2.0, inside.y + inside.h / 2.0, "not read", 13, figure.theme().muted, 0);
    }
    figure.writePng(png);
}

} // namespace emc
