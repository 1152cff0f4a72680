#pragma once
// Made data for tests and the gallery of widgets: smooth, seeded, without meaning.
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

#include "core/api/backend.h"
#include "core/api/reactions.h"

namespace emc::test {

// A small generator of its own: the same numbers on every machine.
class MadeNumbers {
public:
    explicit MadeNumbers(std::uint64_t seed) : m_state(seed * 2654435761u + 88172645463325252u) {}
    double uniform() {
        m_state ^= m_state << 13, m_state ^= m_state >> 7, m_state ^= m_state << 17;
        return static_cast<double>(m_state >> 11) / 9007199254740992.0;
    }
    double normal() {
        double sum = -6;
        for (int i = 0; i < 12; ++i) sum += uniform();
        return sum;
    }

private:
    std::uint64_t m_state;
};

inline std::vector<float> madeCurve(std::uint64_t seed, int frames, double low, double high) {
    MadeNumbers numbers(seed);
    double phase[4], speed[4];
    for (int i = 0; i < 4; ++i)
        phase[i] = numbers.uniform() * 6.28, speed[i] = (0.4 + numbers.uniform()) * (i + 1) * 0.011;
    std::vector<float> curve(static_cast<std::size_t>(frames));
    for (int t = 0; t < frames; ++t) {
        double v = 0;
        for (int i = 0; i < 4; ++i) v += std::sin(phase[i] + speed[i] * t) / (i + 1);
        curve[static_cast<std::size_t>(t)] = static_cast<float>(low + (high - low) * (0.5 + 0.5 * std::tanh(v * 0.8)));
    }
    return curve;
}

inline Waveform madeWaveform(double seconds, std::uint64_t seed = 3) {
    MadeNumbers numbers(seed);
    Waveform wave;
    wave.rateHz = 200;
    for (int i = 0; i < static_cast<int>(seconds * wave.rateHz); ++i) {
        const double t = i / wave.rateHz;
        const double syllable = std::pow(std::abs(std::sin(t * 8.3)), 2) *
                                std::max(0.0, std::sin(t * 0.9) + 0.35 * std::sin(t * 2.3) + 0.2);
        const double peak = 0.02 + 0.6 * syllable * (0.6 + 0.4 * numbers.uniform());
        wave.high.push_back(static_cast<float>(peak));
        wave.low.push_back(static_cast<float>(-peak * (0.8 + 0.2 * numbers.uniform())));
        wave.rms.push_back(static_cast<float>(peak * 0.42));
    }
    return wave;
}

inline std::vector<float> madeEmotion(int frames) {
    std::vector<float> emotion(static_cast<std::size_t>(frames) * kEmotionDims);
    for (int c = 0; c < kEmotionDims; ++c) {
        const bool isSigned = c == kValence || c == kArousal;
        const auto curve = madeCurve(100 + static_cast<std::uint64_t>(c), frames, isSigned ? -0.4 : 0.0, 0.8);
        for (int t = 0; t < frames; ++t)
            emotion[static_cast<std::size_t>(t) * kEmotionDims + static_cast<std::size_t>(c)] =
                curve[static_cast<std::size_t>(t)];
    }
    return emotion;
}

// K curves about one mean.
inline std::vector<float> madeSamples(std::uint64_t seed, int samples, int frames) {
    const auto mean = madeCurve(seed, frames, 0.05, 0.7);
    std::vector<float> values;
    for (int k = 0; k < samples; ++k) {
        const auto own = madeCurve(seed * 31 + static_cast<std::uint64_t>(k), frames, -0.13, 0.2);
        for (int t = 0; t < frames; ++t)
            values.push_back(
                std::clamp(mean[static_cast<std::size_t>(t)] + own[static_cast<std::size_t>(t)], 0.0f, 1.0f));
    }
    return values;
}

// Rows sum to 1: a band along the diagonal, a few frames everybody looks at, noise.
inline AttentionMap madeAttention(const std::string& site, const std::string& part, int heads, int queries, int keys,
                                  std::uint64_t seed = 5) {
    MadeNumbers numbers(seed);
    AttentionMap map{site, part, 0, heads, queries, keys, {}};
    map.weights.resize(static_cast<std::size_t>(heads) * static_cast<std::size_t>(queries) *
                       static_cast<std::size_t>(keys));
    const auto columns = madeCurve(seed + 9, keys, 0, 1);
    std::size_t at = 0;
    for (int h = 0; h < heads; ++h)
        for (int q = 0; q < queries; ++q) {
            double sum = 0;
            const std::size_t row = at;
            for (int k = 0; k < keys; ++k, ++at) {
                const double off = (double(q) / queries - double(k) / keys) * 30;
                const double weight = 0.03 + 0.1 * std::pow(columns[static_cast<std::size_t>(k)], 6.0) +
                                      0.8 * std::exp(-off * off / (1.0 + h)) + 0.05 * numbers.uniform();
                map.weights[at] = static_cast<float>(weight);
                sum += weight;
            }
            for (int k = 0; k < keys; ++k) map.weights[row + static_cast<std::size_t>(k)] /= static_cast<float>(sum);
        }
    return map;
}

inline CmaTrace madeTrace(Modality imagined, int frames, bool truth = true, int dims = 128, int latent = 16,
                          int draws = 10) {
    CmaTrace trace;
    trace.imagined = imagined;
    trace.frames = frames;
    trace.dims = dims;
    trace.latentDims = latent;
    MadeNumbers numbers(17);
    for (int i = 0; i < draws * latent; ++i) trace.draws.push_back(static_cast<float>(numbers.normal()));
    const std::size_t T = static_cast<std::size_t>(frames);
    if (truth) {
        trace.mu.resize(T * static_cast<std::size_t>(latent));
        trace.sigma.resize(trace.mu.size());
        for (int d = 0; d < latent; ++d) {
            const auto mu = madeCurve(200 + static_cast<std::uint64_t>(d), frames, -1.2, 1.2),
                       sigma = madeCurve(300 + static_cast<std::uint64_t>(d), frames, 0.2, 0.6);
            for (std::size_t t = 0; t < T; ++t)
                trace.mu[t * static_cast<std::size_t>(latent) + static_cast<std::size_t>(d)] = mu[t],
                                                                trace.sigma[t * static_cast<std::size_t>(latent) +
                                                                            static_cast<std::size_t>(d)] = sigma[t];
        }
        trace.uTrue.resize(T * static_cast<std::size_t>(dims));
        trace.cosine.resize(T);
        trace.l2.resize(T);
    }
    trace.uImagined.resize(T * static_cast<std::size_t>(dims));
    for (int d = 0; d < dims; ++d) {
        const auto a = madeCurve(400 + static_cast<std::uint64_t>(d), frames, -3, 3),
                   b = madeCurve(900 + static_cast<std::uint64_t>(d), frames, -0.9, 0.9);
        for (std::size_t t = 0; t < T; ++t) {
            const std::size_t at = t * static_cast<std::size_t>(dims) + static_cast<std::size_t>(d);
            trace.uImagined[at] = a[t] + b[t];
            if (truth) trace.uTrue[at] = a[t];
        }
    }
    if (truth)
        for (std::size_t t = 0; t < T; ++t) {
            double dot = 0, aa = 0, bb = 0, dd = 0;
            for (int d = 0; d < dims; ++d) {
                const double x = trace.uTrue[t * static_cast<std::size_t>(dims) + static_cast<std::size_t>(d)],
                             y = trace.uImagined[t * static_cast<std::size_t>(dims) + static_cast<std::size_t>(d)];
                dot += x * y, aa += x * x, bb += y * y, dd += (x - y) * (x - y);
            }
            trace.cosine[t] = static_cast<float>(dot / std::sqrt(aa * bb));
            trace.l2[t] = static_cast<float>(std::sqrt(dd)); // as models give it: over all channels
        }
    return trace;
}

} // namespace emc::test
