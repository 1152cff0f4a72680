#include "core/media/figure.h"

#include <opencv2/freetype.hpp>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "core/api/error.h"
#include "core/api/palette.h"

namespace emc {
namespace {

cv::Scalar scalar(Rgb c) {
    return {double(c[0]), double(c[1]), double(c[2])};
}

Rgb mapped(double share, bool diverging) {
    return diverging ? paletteAt(kDarkPalette.diverging, share) : paletteAt(kSequentialStops, share);
}

FigureTheme figureTheme(const Palette& p) {
    FigureTheme theme{
        paletteRgb(p.window), paletteRgb(p.base), paletteRgb(p.raised), paletteRgb(p.border),   paletteRgb(p.text),
        paletteRgb(p.muted),  paletteRgb(p.face), paletteRgb(p.speech), paletteRgb(p.imagined), {}};
    for (std::size_t i = 0; i < theme.series.size(); ++i) theme.series[i] = paletteRgb(p.series[i]);
    return theme;
}

cv::Ptr<cv::freetype::FreeType2> loadFont(const char* path) {
    if (!std::filesystem::exists(path)) return {};
    try {
        auto font = cv::freetype::createFreeType2();
        font->loadFontData(path, 0);
        return font;
    } catch (const cv::Exception&) { return {}; }
}

// 1-2-5 steps so that at most six ticks fall into the range.
double niceStep(double range) {
    if (!(range > 0)) return 1;
    const double raw = range / 6, power = std::pow(10, std::floor(std::log10(raw)));
    for (double factor : {1.0, 2.0, 5.0, 10.0})
        if (factor * power >= raw) return factor * power;
    return 10 * power;
}

} // namespace

FigureTheme FigureTheme::dark() {
    return figureTheme(kDarkPalette);
}
FigureTheme FigureTheme::light() {
    return figureTheme(kLightPalette);
}

struct Figure::Canvas {
    cv::Mat image; // RGB
    FigureTheme theme;
    cv::Ptr<cv::freetype::FreeType2> regular = loadFont("/usr/share/fonts/opentype/inter/Inter-Regular.otf");
    cv::Ptr<cv::freetype::FreeType2> strong = loadFont("/usr/share/fonts/opentype/inter/Inter-SemiBold.otf");
    const cv::Ptr<cv::freetype::FreeType2>& font(bool bold) const { return bold && strong ? strong : regular; }
};

Figure::Figure(int width, int height, const FigureTheme& theme) : m_canvas(std::make_unique<Canvas>()) {
    m_canvas->theme = theme;
    m_canvas->image = cv::Mat(height, width, CV_8UC3, scalar(theme.window));
}
Figure::~Figure() = default;
Figure::Figure(Figure&&) noexcept = default;

int Figure::width() const {
    return m_canvas->image.cols;
}
int Figure::height() const {
    return m_canvas->image.rows;
}
const FigureTheme& Figure::theme() const {
    return m_canvas->theme;
}
std::vector<std::uint8_t> Figure::rgb() const {
    const cv::Mat& image = m_canvas->image;
    return {image.data, image.data + image.total() * 3};
}

void Figure::writePng(const std::filesystem::path& path) const {
    cv::Mat bgr;
    cv::cvtColor(m_canvas->image, bgr, cv::COLOR_RGB2BGR);
    std::filesystem::path part = path;
    part.replace_extension(".part.png");
    bool written = false;
    try {
        written = cv::imwrite(part.string(), bgr);
    } catch (const cv::Exception&) { written = false; }
    std::error_code failed;
    if (written) std::filesystem::rename(part, path, failed);
    if (!written || failed) {
        std::filesystem::remove(part, failed);
        throw Error(ErrorKind::Io, "the picture could not be written", path.string(),
                    "Check that the folder exists, is writable and not full");
    }
}

void Figure::fill(FigureRect r, Rgb colour, double opacity) {
    const cv::Rect area = cv::Rect(r.x, r.y, r.w, r.h) & cv::Rect(0, 0, width(), height());
    if (area.empty()) return;
    cv::Mat part = m_canvas->image(area);
    if (opacity >= 1) part.setTo(scalar(colour));
    else cv::addWeighted(cv::Mat(part.size(), CV_8UC3, scalar(colour)), opacity, part, 1 - opacity, 0, part);
}

void Figure::frame(FigureRect r, Rgb colour) {
    cv::rectangle(m_canvas->image, cv::Rect(r.x, r.y, r.w, r.h), scalar(colour), 1);
}

void Figure::line(double x0, double y0, double x1, double y1, Rgb colour, double width, double opacity) {
    constexpr int kShift = 4; // sub-pixel bits of cv::line
    const auto fixed = [](double v) { return static_cast<int>(std::lround(v * (1 << kShift))); };
    const int thickness = std::max(1, static_cast<int>(std::lround(width)));
    if (opacity >= 1) {
        cv::line(m_canvas->image, {fixed(x0), fixed(y0)}, {fixed(x1), fixed(y1)}, scalar(colour), thickness,
                 cv::LINE_AA, kShift);
        return;
    }
    cv::Mat layer = m_canvas->image.clone();
    cv::line(layer, {fixed(x0), fixed(y0)}, {fixed(x1), fixed(y1)}, scalar(colour), thickness, cv::LINE_AA, kShift);
    cv::addWeighted(layer, opacity, m_canvas->image, 1 - opacity, 0, m_canvas->image);
}

double Figure::textWidth(const std::string& utf8, int size, bool strong) const {
    int baseline = 0;
    if (const auto& font = m_canvas->font(strong)) return font->getTextSize(utf8, size, -1, &baseline).width;
    return cv::getTextSize(utf8, cv::FONT_HERSHEY_DUPLEX, size / 30.0, 1, &baseline).width;
}

void Figure::text(double x, double y, const std::string& utf8, int size, Rgb colour, int align, bool strong) {
    if (utf8.empty()) return;
    const double shift = align < 0 ? 0 : textWidth(utf8, size, strong) * (align == 0 ? 0.5 : 1.0);
    const cv::Point origin(static_cast<int>(std::lround(x - shift)), static_cast<int>(std::lround(y)));
    if (const auto& font = m_canvas->font(strong))
        font->putText(m_canvas->image, utf8, origin, size, scalar(colour), -1, cv::LINE_AA, true);
    else
        cv::putText(m_canvas->image, utf8, origin, cv::FONT_HERSHEY_DUPLEX, size / 30.0, scalar(colour), 1,
                    cv::LINE_AA);
}

int Figure::chip(int x, int y, const std::string& utf8, Rgb colour) {
    const int w = static_cast<int>(textWidth(utf8, 13)) + 14;
    fill({x, y, w, 22}, m_canvas->theme.base, 0.82);
    text(x + 7, y + 16, utf8, 13, colour);
    return w;
}

void Figure::curve(FigureRect r, std::span<const float> values, double low, double high, Rgb colour, double width,
                   double opacity) {
    if (values.size() < 2 || !(high > low)) return;
    constexpr int kShift = 4;
    std::vector<cv::Point> points;
    for (std::size_t i = 0; i < values.size(); ++i) {
        const double share = std::clamp((values[i] - low) / (high - low), 0.0, 1.0);
        const double px = r.x + r.w * double(i) / double(values.size() - 1), py = r.y + r.h * (1 - share);
        points.emplace_back(static_cast<int>(std::lround(px * 16)), static_cast<int>(std::lround(py * 16)));
    }
    cv::Rect area = cv::Rect(r.x - 2, r.y - 2, r.w + 4, r.h + 4) & cv::Rect(0, 0, this->width(), height());
    cv::Mat layer = m_canvas->image.clone();
    cv::polylines(layer, points, false, scalar(colour), std::max(1, static_cast<int>(std::lround(width))), cv::LINE_AA,
                  kShift);
    cv::Mat target = m_canvas->image(area);
    cv::addWeighted(layer(area), opacity, target, 1 - opacity, 0, target);
}

void Figure::hatch(FigureRect r, const std::vector<FrameSpan>& spans, int frames, Rgb colour) {
    for (const FrameSpan& span : normalisedSpans(spans, frames)) {
        const int x0 = r.x + r.w * span.begin / frames, x1 = r.x + r.w * span.end / frames;
        const cv::Rect area = cv::Rect(x0, r.y, std::max(1, x1 - x0), r.h) & cv::Rect(0, 0, width(), height());
        if (area.empty()) continue;
        cv::Mat part = m_canvas->image(area), lines = part.clone();
        for (int d = -area.height; d < area.width; d += 8)
            cv::line(lines, {d, area.height}, {d + area.height, 0}, scalar(colour), 1, cv::LINE_AA);
        cv::addWeighted(lines, 0.6, part, 0.4, 0, part);
        cv::rectangle(m_canvas->image, area, scalar(colour), 1);
    }
}

void Figure::heatMap(FigureRect r, std::span<const float> values, int rows, int columns, double low, double high,
                     bool diverging, double gamma) {
    if (rows <= 0 || columns <= 0 || !(high > low)) return;
    cv::Mat raw(rows, columns, CV_32F, const_cast<float*>(values.data())), sized;
    // Averaged when cells are smaller than a pixel, sharp cells otherwise: smoothing between cells would invent values.
    const bool shrink = rows > r.h || columns > r.w;
    cv::resize(raw, sized, {r.w, r.h}, 0, 0, shrink ? cv::INTER_AREA : cv::INTER_NEAREST);
    for (int y = 0; y < r.h && r.y + y < height(); ++y)
        for (int x = 0; x < r.w && r.x + x < width(); ++x) {
            double share = std::clamp((sized.at<float>(y, x) - low) / (high - low), 0.0, 1.0);
            if (gamma != 1) share = std::pow(share, gamma);
            const Rgb c = mapped(share, diverging);
            m_canvas->image.at<cv::Vec3b>(r.y + y, r.x + x) = {c[0], c[1], c[2]};
        }
}

void Figure::colourBar(FigureRect r, bool diverging, double gamma) {
    for (int x = 0; x < r.w; ++x)
        fill({r.x + x, r.y, 1, r.h}, mapped(std::pow(double(x) / std::max(1, r.w - 1), gamma), diverging));
}

void Figure::axis(FigureRect r, bool horizontal, double first, double last, const std::string& label, bool downwards) {
    const FigureTheme& theme = m_canvas->theme;
    const double step = niceStep(last - first);
    for (double v = std::ceil(first / step - 1e-9) * step; v <= last + step * 1e-6; v += step) {
        const double share = (v - first) / (last - first);
        char number[32];
        std::snprintf(number, sizeof number, "%g", std::abs(v) < step * 1e-6 ? 0.0 : v);
        if (horizontal) {
            const double x = r.x + share * r.w;
            line(x, r.y + r.h, x, r.y + r.h + 4, theme.muted);
            text(x, r.y + r.h + 18, number, 12, theme.muted, 0);
        } else {
            const double y = r.y + (downwards ? share : 1 - share) * r.h;
            line(r.x - 4, y, r.x, y, theme.muted);
            text(r.x - 8, y + 4, number, 12, theme.muted, 1);
        }
    }
    if (horizontal) text(r.x + r.w / 2.0, r.y + r.h + 36, label, 12, theme.muted, 0);
    else text(r.x, r.y - 8, label, 12, theme.muted);
}

void Figure::picture(FigureRect r, std::span<const std::uint8_t> rgb, int width, int height) {
    if (width <= 0 || height <= 0) return;
    const cv::Mat source(height, width, CV_8UC3, const_cast<std::uint8_t*>(rgb.data()));
    const double scale = std::min(double(r.w) / width, double(r.h) / height);
    const cv::Size size(std::max(1, int(std::lround(width * scale))), std::max(1, int(std::lround(height * scale))));
    const cv::Rect area(r.x + (r.w - size.width) / 2, r.y + (r.h - size.height) / 2, size.width, size.height);
    if ((area & cv::Rect(0, 0, this->width(), this->height())) != area) return;
    cv::Mat scaled;
    cv::resize(source, scaled, size, 0, 0, scale < 1 ? cv::INTER_AREA : cv::INTER_LINEAR);
    scaled.copyTo(m_canvas->image(area));
}

} // namespace emc
