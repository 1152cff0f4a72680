#include "core/eval/spread.h"

#include <algorithm>

namespace emc {

void Spread::add(const MetricKernels& kernels, const float* base, std::ptrdiff_t stride, int courses, int origin,
                 const int* lengths, int firstFrame, int frames, int dims, double* perDim, double* perCourse) {
    const int elements = frames * dims;
    m_sum.assign(static_cast<std::size_t>(elements), 0);
    m_squares.assign(static_cast<std::size_t>(elements), 0);
    const std::ptrdiff_t offset = static_cast<std::ptrdiff_t>(firstFrame) * dims;
    const float* zero = base + origin * stride + offset;
    const auto framesOf = [&](int course) {
        return lengths ? std::clamp(lengths[course] - firstFrame, 0, frames) : frames;
    };
    // A few courses at a time: more would not fit into the table of recently used pages.
    constexpr int kAtOnce = 12;
    for (int i = 0, rows = 1; i < courses; i += rows) {
        for (rows = 1; rows < kAtOnce && i + rows < courses && framesOf(i + rows) == framesOf(i);) ++rows;
        kernels.accumulate(base + i * stride + offset, stride, rows, zero, framesOf(i) * dims, m_sum.data(),
                           m_squares.data());
    }
    std::vector<int> present; // courses that have the frame
    if (lengths) {
        present.assign(static_cast<std::size_t>(frames), 0);
        for (int i = 0; i < courses; ++i)
            for (int t = 0; t < framesOf(i); ++t) ++present[static_cast<std::size_t>(t)];
    }
    for (int t = 0, e = 0; t < frames; ++t) {
        const double n = lengths ? present[static_cast<std::size_t>(t)] : courses;
        for (int c = 0; c < dims; ++c, ++e) {
            const auto at = static_cast<std::size_t>(e);
            perDim[c] += n * m_squares[at] - m_sum[at] * m_sum[at];
        }
    }
    if (!perCourse) return;
    for (int i = 0; i < courses; ++i) {
        const float* x = base + i * stride + offset;
        double total = 0;
        for (int t = 0, e = 0; t < framesOf(i); ++t) {
            const double n = lengths ? present[static_cast<std::size_t>(t)] : courses;
            for (int c = 0; c < dims; ++c, ++e) {
                const double d = static_cast<double>(x[e]) - static_cast<double>(zero[e]);
                total +=
                    n * d * d - 2 * d * m_sum[static_cast<std::size_t>(e)] + m_squares[static_cast<std::size_t>(e)];
            }
        }
        perCourse[i] += total;
    }
}

} // namespace emc
