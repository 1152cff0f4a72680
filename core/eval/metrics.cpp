#include "core/eval/metrics.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "core/api/error.h"
#include "core/eval/ccc.h"

namespace emc {

namespace {

std::size_t sz(int n) {
    return static_cast<std::size_t>(n);
}

void checkFinite(std::span<const float> values, std::size_t perClip, const char* what) {
    for (std::size_t i = 0; i < values.size(); ++i)
        if (!std::isfinite(values[i]))
            throw Error(ErrorKind::BadInput, std::string("the ") + what + " of clip " +
                                                 std::to_string(i / std::max<std::size_t>(perClip, 1)) +
                                                 " hold a number that is not finite");
}

void check(const MetricInputs& in) {
    if (in.clips < 1 || in.samples < 1 || in.frames < 1 || in.dims < 1 ||
        in.predictions.size() != sz(in.clips) * sz(in.samples) * sz(in.frames) * sz(in.dims))
        throw Error(ErrorKind::Usage, "the predictions do not have clips x samples x frames x dims numbers");
    checkFinite(in.predictions, sz(in.samples) * sz(in.frames) * sz(in.dims), "predictions");
}

// Means and population variances of a T x D course.
struct Moments {
    std::vector<double> mean, variance;
    Moments(std::span<const float> x, int frames, int dims) : mean(sz(dims)), variance(sz(dims)) {
        for (std::size_t t = 0; t < sz(frames); ++t)
            for (std::size_t c = 0; c < sz(dims); ++c) mean[c] += x[t * sz(dims) + c];
        for (double& m : mean) m /= frames;
        for (std::size_t t = 0; t < sz(frames); ++t)
            for (std::size_t c = 0; c < sz(dims); ++c) {
                const double d = x[t * sz(dims) + c] - mean[c];
                variance[c] += d * d;
            }
        for (double& v : variance) v /= frames;
    }
};

double ccc(std::span<const float> a, const Moments& ma, std::span<const float> b, const Moments& mb, int frames,
           int dims) {
    std::vector<double> covariance(sz(dims), 0.0);
    for (std::size_t t = 0; t < sz(frames); ++t)
        for (std::size_t c = 0; c < sz(dims); ++c)
            covariance[c] += (a[t * sz(dims) + c] - ma.mean[c]) * (b[t * sz(dims) + c] - mb.mean[c]);
    double sum = 0;
    for (std::size_t c = 0; c < sz(dims); ++c)
        sum += cccOfMoments(ma.mean[c], ma.variance[c], mb.mean[c], mb.variance[c], covariance[c] / frames);
    return sum / dims;
}

} // namespace

double ccc(std::span<const float> a, std::span<const float> b, int frames, int dims) {
    if (frames < 1 || dims < 1 || a.size() != sz(frames) * sz(dims) || b.size() != a.size())
        throw Error(ErrorKind::Usage, "the two courses to correlate do not have frames x dims numbers");
    return ccc(a, Moments(a, frames, dims), b, Moments(b, frames, dims), frames, dims);
}

FrCorr frCorr(const MetricInputs& in) {
    check(in);
    const std::size_t N = sz(in.clips), K = sz(in.samples), L = sz(in.frames) * sz(in.dims);
    if (in.targets.size() != N * L)
        throw Error(ErrorKind::Usage, "the real listeners do not have clips x frames x dims numbers");
    if (in.neighbours.size() != N * N)
        throw Error(ErrorKind::Usage, "the neighbour matrix does not have clips x clips entries");
    checkFinite(in.targets, L, "real listeners");
    std::vector<Moments> targets;
    for (std::size_t n = 0; n < N; ++n) targets.emplace_back(in.targets.subspan(n * L, L), in.frames, in.dims);
    FrCorr out;
    out.best.assign(N * K, 0);
    double total = 0;
    for (std::size_t n = 0; n < N; ++n) {
        const auto row = in.neighbours.subspan(n * N, N);
        if (std::none_of(row.begin(), row.end(), [](std::uint8_t mark) { return mark != 0; }))
            throw Error(ErrorKind::BadInput,
                        "clip " + std::to_string(n) + " has no appropriate listener in the neighbour matrix");
        for (std::size_t k = 0; k < K; ++k) {
            const auto prediction = in.predictions.subspan((n * K + k) * L, L);
            const Moments moments(prediction, in.frames, in.dims);
            double best = -2;
            for (std::size_t j = 0; j < N; ++j)
                if (row[j])
                    best = std::max(
                        best, ccc(in.targets.subspan(j * L, L), targets[j], prediction, moments, in.frames, in.dims));
            out.best[n * K + k] = best;
            total += best;
        }
    }
    out.value = total / static_cast<double>(N);
    return out;
}

double frCorrOfClip(std::span<const float> predictions, int samples, int frames, int dims,
                    const std::vector<std::vector<float>>& appropriate) {
    if (appropriate.empty()) throw Error(ErrorKind::Usage, "there is no appropriate listener to compare with");
    const std::size_t L = sz(frames) * sz(dims);
    if (samples < 1 || predictions.size() != sz(samples) * L)
        throw Error(ErrorKind::Usage, "the predictions do not have samples x frames x dims numbers");
    double total = 0;
    for (std::size_t k = 0; k < sz(samples); ++k) {
        double best = -2;
        for (const std::vector<float>& listener : appropriate)
            best = std::max(best, ccc(listener, predictions.subspan(k * L, L), frames, dims));
        total += best;
    }
    return total;
}

double frVar(const MetricInputs& in) {
    check(in);
    if (in.frames < 2) throw Error(ErrorKind::Usage, "variance over time needs two frames");
    const std::size_t courses = sz(in.clips) * sz(in.samples), L = sz(in.frames) * sz(in.dims);
    double total = 0;
    for (std::size_t i = 0; i < courses; ++i) {
        const Moments moments(in.predictions.subspan(i * L, L), in.frames, in.dims);
        for (double variance : moments.variance) total += variance * in.frames / (in.frames - 1);
    }
    return total / static_cast<double>(courses * sz(in.dims));
}

double frDiv(const MetricInputs& in) {
    check(in);
    if (in.samples < 2) return 0;
    const std::size_t N = sz(in.clips), K = sz(in.samples), L = sz(in.frames) * sz(in.dims);
    double total = 0;
    for (std::size_t n = 0; n < N; ++n)
        for (std::size_t a = 0; a < K; ++a)
            for (std::size_t b = a + 1; b < K; ++b) {
                const auto x = in.predictions.subspan((n * K + a) * L, L),
                           y = in.predictions.subspan((n * K + b) * L, L);
                double sum = 0;
                for (std::size_t i = 0; i < L; ++i) {
                    const double d = static_cast<double>(x[i]) - y[i];
                    sum += d * d;
                }
                total += 2 * sum; // both orders
            }
    return total / static_cast<double>(N) /
           (static_cast<double>(K) * static_cast<double>(K - 1) * static_cast<double>(L));
}

double frDvs(const MetricInputs& in) {
    check(in);
    if (in.clips < 2) return 0;
    // Sum of squared distances over all ordered pairs = 2 N sum |a - m|^2 with the mean m over clips: exact and linear
    // in N.
    const std::size_t N = sz(in.clips), K = sz(in.samples), L = sz(in.frames) * sz(in.dims);
    double total = 0;
    for (std::size_t i = 0; i < K * L; ++i) {
        double mean = 0;
        for (std::size_t n = 0; n < N; ++n) mean += in.predictions[n * K * L + i];
        mean /= static_cast<double>(N);
        for (std::size_t n = 0; n < N; ++n) {
            const double d = in.predictions[n * K * L + i] - mean;
            total += d * d;
        }
    }
    return 2 * total / (static_cast<double>(N - 1) * static_cast<double>(L) * static_cast<double>(K));
}

} // namespace emc
