#include "widgets/attention/heat_image.h"

#include <algorithm>
#include <cmath>

namespace emc {

namespace {

struct Range {
    int from = 0, to = 1; // cells that a pixel covers
};

std::vector<Range> rangesOf(int cells, int pixels) {
    std::vector<Range> ranges(static_cast<std::size_t>(pixels));
    const double perPixel = double(cells) / pixels;
    for (int p = 0; p < pixels; ++p) {
        Range& range = ranges[static_cast<std::size_t>(p)];
        if (perPixel <= 0.5) {
            range.from = std::min(cells - 1, static_cast<int>((p + 0.5) * perPixel));
            range.to = range.from + 1;
        } else {
            range.from = std::min(cells - 1, static_cast<int>(p * perPixel));
            range.to = std::clamp(static_cast<int>(std::ceil((p + 1) * perPixel - 1e-9)), range.from + 1, cells);
        }
    }
    return ranges;
}

} // namespace

QImage heatImage(const std::vector<float>& values, int rows, int cols, float low, float high,
                 const QVector<QRgb>& table, const QSize& size, QRgb hole) {
    if (rows <= 0 || cols <= 0 || size.isEmpty() || table.isEmpty() ||
        values.size() != static_cast<std::size_t>(rows) * static_cast<std::size_t>(cols))
        return {};
    QImage image(size, QImage::Format_RGB32);
    const std::vector<Range> across = rangesOf(cols, size.width()), down = rangesOf(rows, size.height());
    const float scale = high > low ? static_cast<float>(table.size() - 1) / (high - low) : 0.0f;
    // Columns first: each row of the matrix is walked once; then as many of these rows as a pixel covers are averaged.
    std::vector<float> narrow(static_cast<std::size_t>(rows) * across.size());
    for (int r = 0; r < rows; ++r) {
        const float* row = values.data() + static_cast<std::size_t>(r) * static_cast<std::size_t>(cols);
        float* out = narrow.data() + static_cast<std::size_t>(r) * across.size();
        for (std::size_t p = 0; p < across.size(); ++p) {
            float sum = 0;
            for (int c = across[p].from; c < across[p].to; ++c) sum += row[c];
            out[p] = sum / static_cast<float>(across[p].to - across[p].from);
        }
    }
    std::vector<float> line(across.size());
    for (int y = 0; y < size.height(); ++y) {
        const Range range = down[static_cast<std::size_t>(y)];
        std::fill(line.begin(), line.end(), 0.0f);
        for (int r = range.from; r < range.to; ++r) {
            const float* row = narrow.data() + static_cast<std::size_t>(r) * across.size();
            for (std::size_t p = 0; p < line.size(); ++p) line[p] += row[p];
        }
        const float share = 1.0f / static_cast<float>(range.to - range.from);
        auto* pixels = reinterpret_cast<QRgb*>(image.scanLine(y));
        for (std::size_t p = 0; p < line.size(); ++p) {
            const float value = line[p] * share;
            if (!std::isfinite(value)) pixels[p] = hole;
            else
                pixels[p] = table[static_cast<int>(
                    std::clamp((value - low) * scale + 0.5f, 0.0f, static_cast<float>(table.size() - 1)))];
        }
    }
    return image;
}

} // namespace emc
