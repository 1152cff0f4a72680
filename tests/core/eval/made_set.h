#pragma once
// Made predictions, listeners, speakers and neighbours for tests of the metrics.
#include <cmath>
#include <cstdint>
#include <random>
#include <vector>

#include "core/eval/metric_suite.h"

namespace emc::test {

struct MadeSet {
    int clips, samples, frames;
    std::vector<float> predictions, targets, speakers;
    std::vector<std::uint8_t> neighbours;
    std::vector<int> lengths;

    MadeSet(int N, int K, int T, unsigned seed) : clips(N), samples(K), frames(T), m_generator(seed) {
        for (int n = 0; n < N; ++n) {
            course(targets, true);
            course(speakers, true);
            for (int k = 0; k < K; ++k) course(predictions, unit() < 0.3);
        }
        neighbours.assign(static_cast<std::size_t>(N * N), 0);
        for (int n = 0; n < N; ++n) {
            neighbours[static_cast<std::size_t>(n * N + n)] = 1;
            for (int m = 0; m < 4; ++m) neighbours[static_cast<std::size_t>(n * N + below(N))] = 1;
        }
    }
    double unit() { return (m_generator() >> 8) * 0x1p-24; }
    int below(int n) { return static_cast<int>(unit() * n); }
    MetricInputs inputs() const {
        return {.clips = clips,
                .samples = samples,
                .frames = frames,
                .dims = 25,
                .predictions = predictions,
                .targets = targets,
                .neighbours = neighbours,
                .speakers = speakers,
                .lengths = lengths};
    }
    float* prediction(int n, int k) {
        return predictions.data() + static_cast<std::ptrdiff_t>(n * samples + k) * frames * 25;
    }
    float* target(int n) { return targets.data() + static_cast<std::ptrdiff_t>(n) * frames * 25; }
    float* speaker(int n) { return speakers.data() + static_cast<std::ptrdiff_t>(n) * frames * 25; }

private:
    // Random walks; the action units of a `real` face are 0 or 1 and stay for a while.
    void course(std::vector<float>& out, bool real) {
        const std::size_t begin = out.size();
        out.resize(begin + static_cast<std::size_t>(frames) * 25);
        const double hold = unit() < 0.3 ? 0.5 : 0.04; // sometimes they flicker
        for (int c = 0; c < 25; ++c) {
            const bool unitDim = real && c < 15;
            const bool moves = unit() > 0.2;
            double value = unitDim ? static_cast<double>(unit() < 0.5) : unit();
            for (int t = 0; t < frames; ++t) {
                if (unitDim && moves && unit() < hold) value = unit() < 0.35;
                if (!unitDim && moves) value += 0.1 * (unit() - 0.5);
                out[begin + static_cast<std::size_t>(t * 25 + c)] = static_cast<float>(value);
            }
        }
    }
    std::mt19937 m_generator;
};

// Equal to the last bit, NaN equal to NaN.
inline bool same(double a, double b) {
    return a == b || (std::isnan(a) && std::isnan(b));
}
inline bool same(const std::vector<double>& a, const std::vector<double>& b) {
    if (a.size() != b.size()) return false;
    for (std::size_t i = 0; i < a.size(); ++i)
        if (!same(a[i], b[i])) return false;
    return true;
}
inline bool same(const MetricReport& a, const MetricReport& b) {
    if (a.results.size() != b.results.size() || !same(a.nanClips, b.nanClips) || a.notes != b.notes) return false;
    for (std::size_t i = 0; i < a.results.size(); ++i) {
        const MetricResult &x = a.results[i], &y = b.results[i];
        if (x.name != y.name || x.variant != y.variant || !same(x.value, y.value) || !same(x.perClip, y.perClip) ||
            !same(x.perSample, y.perSample) || x.neighbour != y.neighbour || !same(x.perDim, y.perDim) ||
            !same(x.perGroup, y.perGroup))
            return false;
    }
    return true;
}

} // namespace emc::test
