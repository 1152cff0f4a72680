#include "core/eval/lag_search.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace emc {

namespace {

constexpr int kBlock = 64; // lagProducts() writes whole blocks
constexpr int kBlocked = (kLags + kBlock - 1) / kBlock * kBlock;
constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
// Below this share of the whole variance the difference of sums has lost too many digits.
constexpr double kTooFlat = 1e-5;

} // namespace

void LagSeries::set(const float* course, int frames, int dims) {
    m_course = course;
    m_frames = frames;
    m_dims = dims;
    m_stride = kMaxLag + frames + kBlocked;
    m_values.assign(static_cast<std::size_t>(m_stride) * static_cast<std::size_t>(dims), 0);
    m_ends.assign(static_cast<std::size_t>(dims), {});
    for (int c = 0; c < dims; ++c) {
        double mean = 0;
        for (int t = 0; t < frames; ++t) mean += course[t * dims + c];
        mean /= frames;
        double* values = m_values.data() + c * m_stride + kMaxLag;
        Dim& dim = m_ends[static_cast<std::size_t>(c)];
        for (int t = 0; t < frames; ++t) {
            values[t] = course[t * dims + c] - mean;
            dim.sum += values[t];
            dim.squares += values[t] * values[t];
        }
        const auto end = [&](Ends& ends, auto at) {
            ends.sum[0] = ends.squares[0] = 0;
            for (int i = 0; i < kMaxLag; ++i) {
                const double v = i < frames ? values[at(i)] : 0;
                ends.sum[i + 1] = ends.sum[i] + v;
                ends.squares[i + 1] = ends.squares[i] + v * v;
            }
            while (ends.equal < frames && course[at(ends.equal) * dims + c] == course[at(0) * dims + c]) ++ends.equal;
        };
        end(dim.head, [](int i) { return i; });
        end(dim.tail, [&](int i) { return frames - 1 - i; });
    }
}

namespace {

// The plain way, for a dimension that hardly moves on the common frames.
double plainR(const float* x, const float* y, int count, int dims) {
    double mx = 0, my = 0, xx = 0, yy = 0, xy = 0;
    for (int t = 0; t < count; ++t) mx += x[t * dims], my += y[t * dims];
    mx /= count;
    my /= count;
    for (int t = 0; t < count; ++t) {
        const double a = x[t * dims] - mx, b = y[t * dims] - my;
        xx += a * a;
        yy += b * b;
        xy += a * b;
    }
    return std::clamp(xy / (std::sqrt(xx) * std::sqrt(yy)), -1.0, 1.0);
}

} // namespace

void LagSearch::correlate(const LagSeries& prediction, const LagSeries& speaker, std::vector<double>* official,
                          std::vector<double>* fixed) {
    const int frames = std::min(prediction.m_frames, speaker.m_frames), dims = prediction.m_dims;
    double sums[kLags] = {};
    int used[kLags] = {};
    m_products.resize(kBlocked);
    for (int c = 0; c < dims; ++c) {
        const auto at = static_cast<std::size_t>(c);
        const LagSeries::Dim &x = prediction.m_ends[at], &y = speaker.m_ends[at];
        if (x.head.equal >= frames || y.head.equal >= frames) continue; // constant everywhere
        m_kernels.lagProducts(prediction.m_values.data() + c * prediction.m_stride,
                              speaker.m_values.data() + c * speaker.m_stride + kMaxLag, frames, kLags,
                              m_products.data());
        for (int lag = -kMaxLag; lag <= kMaxLag; ++lag) {
            const int distance = std::abs(lag), count = frames - distance;
            if (count < 2) continue;
            // A positive lag drops the prediction's first frames and the speaker's last ones.
            const LagSeries::Ends &xDropped = lag > 0 ? x.head : x.tail, &xKept = lag > 0 ? x.tail : x.head;
            const LagSeries::Ends &yDropped = lag > 0 ? y.tail : y.head, &yKept = lag > 0 ? y.head : y.tail;
            if (xKept.equal >= count || yKept.equal >= count) continue;
            const double xSum = x.sum - xDropped.sum[distance], ySum = y.sum - yDropped.sum[distance];
            const double xx = x.squares - xDropped.squares[distance] - xSum * xSum / count;
            const double yy = y.squares - yDropped.squares[distance] - ySum * ySum / count;
            const auto i = static_cast<std::size_t>(lag + kMaxLag);
            double r;
            if (xx < kTooFlat * x.squares || yy < kTooFlat * y.squares)
                r = plainR(prediction.m_course + std::max(lag, 0) * dims + c,
                           speaker.m_course + std::max(-lag, 0) * dims + c, count, dims);
            else r = std::clamp((m_products[i] - xSum * ySum / count) / (std::sqrt(xx) * std::sqrt(yy)), -1.0, 1.0);
            if (std::isnan(r)) continue; // deviations too small to be squared: as good as constant
            sums[i] += r;
            ++used[i];
        }
    }
    for (std::vector<double>* out : {official, fixed}) {
        if (!out) continue;
        out->assign(kLags, kNaN);
        for (int i = 0; i < kLags; ++i)
            if (out == official ? used[i] == dims : used[i] > 0)
                (*out)[static_cast<std::size_t>(i)] = sums[i] / used[i];
    }
}

} // namespace emc
