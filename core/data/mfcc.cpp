#include "core/data/mfcc.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <complex>
#include <numbers>

#include "core/api/error.h"
#include "core/api/vectors.h"
#include "core/data/real_fft.h"

namespace emc {

namespace {

constexpr int kWindow = 1102, kShift = 441, kFft = 2048, kMels = 23, kCoefficients = 13, kTimes = 2;
constexpr double kFloor = 1.1920928955078125e-7; // float epsilon, as in the reference

// Everything that does not depend on the sound: window, bands, cosines, FFT.
struct Plan {
    std::array<double, kWindow> window;
    struct Band {
        int first = 0;
        std::vector<double> weights;
    };
    std::array<Band, kMels> bands;
    std::array<std::array<double, kMels>, kCoefficients> dct; // lifter included
    RealFft fft{kFft};

    Plan() {
        constexpr double pi = std::numbers::pi;
        for (int i = 0; i < kWindow; ++i) // Povey's window
            window[static_cast<std::size_t>(i)] = std::pow(0.5 - 0.5 * std::cos(2 * pi * i / (kWindow - 1)), 0.85);
        const auto mel = [](double hz) { return 1127.0 * std::log(1.0 + hz / 700.0); };
        const double low = mel(20.0), high = mel(kMfccRateHz / 2.0), step = (high - low) / (kMels + 1);
        for (int b = 0; b < kMels; ++b) {
            const double left = low + b * step, centre = left + step, right = centre + step;
            Band& band = bands[static_cast<std::size_t>(b)];
            for (int k = 0; k < kFft / 2; ++k) {
                const double m = mel(k * static_cast<double>(kMfccRateHz) / kFft);
                const double weight =
                    std::max(0.0, std::min((m - left) / (centre - left), (right - m) / (right - centre)));
                if (weight > 0 && band.weights.empty()) band.first = k;
                if (weight > 0) band.weights.push_back(weight);
            }
        }
        for (int c = 0; c < kCoefficients; ++c) {
            const double lifter = 1.0 + 11.0 * std::sin(pi * c / 22.0);
            const double scale = std::sqrt((c == 0 ? 1.0 : 2.0) / kMels);
            for (int b = 0; b < kMels; ++b)
                dct[static_cast<std::size_t>(c)][static_cast<std::size_t>(b)] =
                    lifter * scale * std::cos(pi / kMels * (b + 0.5) * c);
        }
    }
};

const Plan& plan() {
    static const Plan tables;
    return tables;
}

// 13 coefficients of one sub-frame; the first is the log energy.
std::array<double, kCoefficients> coefficients(const double* samples) {
    const Plan& tables = plan();
    std::array<double, kFft> x{};
    double mean = 0;
    for (int i = 0; i < kWindow; ++i) mean += samples[i];
    mean /= kWindow;
    double energy = 0;
    for (int i = 0; i < kWindow; ++i) {
        x[static_cast<std::size_t>(i)] = samples[i] - mean;
        energy += x[static_cast<std::size_t>(i)] * x[static_cast<std::size_t>(i)];
    }
    for (std::size_t i = kWindow; i-- > 1;) x[i] -= 0.97 * x[i - 1];
    x[0] -= 0.97 * x[0];
    for (std::size_t i = 0; i < kWindow; ++i) x[i] *= tables.window[i];
    std::array<double, kFft / 2> power;
    thread_local std::vector<std::complex<double>> work;
    tables.fft.power(x, power, work);
    std::array<double, kMels> logs;
    for (std::size_t b = 0; b < kMels; ++b) {
        const Plan::Band& band = tables.bands[b];
        double sum = 0;
        for (std::size_t k = 0; k < band.weights.size(); ++k)
            sum += band.weights[k] * power[static_cast<std::size_t>(band.first) + k];
        logs[b] = std::log(std::max(sum, kFloor));
    }
    std::array<double, kCoefficients> out;
    out[0] = std::max(std::log(std::max(energy, kFloor)), 0.0); // the energy floor is 1.0
    for (std::size_t c = 1; c < kCoefficients; ++c) {
        out[c] = 0;
        for (std::size_t b = 0; b < kMels; ++b) out[c] += tables.dct[c][b] * logs[b];
    }
    return out;
}

template <class Out>
std::vector<Out> compute(std::span<const float> mono, int sampleRate, int frames) {
    if (sampleRate != kMfccRateHz)
        throw Error(ErrorKind::Usage, "speech features need sound at 44100 Hz, not " + std::to_string(sampleRate), {},
                    "Resample it first.");
    if (frames < 0) throw Error(ErrorKind::Usage, "the number of frames is negative");
    std::vector<Out> all(static_cast<std::size_t>(frames) * kMfccDims, Out(0));
    for (int f = 0; f < frames; ++f) {
        std::array<double, kMfccSamplesPerFrame> frame{};
        const std::size_t begin = static_cast<std::size_t>(f) * kMfccSamplesPerFrame;
        const std::size_t count =
            begin < mono.size() ? std::min<std::size_t>(kMfccSamplesPerFrame, mono.size() - begin) : 0;
        bool silent = true;
        for (std::size_t i = 0; i < count; ++i) {
            frame[i] = mono[begin + i];
            silent &= frame[i] == 0;
        }
        if (silent) continue; // all logs are equal then, so every coefficient is 0
        const auto a = coefficients(frame.data()), b = coefficients(frame.data() + kShift);
        Out* out = all.data() + static_cast<std::size_t>(f) * kMfccDims;
        for (std::size_t c = 0; c < kCoefficients; ++c) {
            out[kTimes * c] = static_cast<Out>(a[c]);
            out[kTimes * c + 1] = static_cast<Out>(b[c]);
            // With two times and replicated edges both deltas are 0.3 (b - a), and the second deltas are 0.
            out[26 + kTimes * c] = out[26 + kTimes * c + 1] = static_cast<Out>(0.3 * (b[c] - a[c]));
        }
    }
    return all;
}

} // namespace

std::vector<float> mfcc78(std::span<const float> mono, int sampleRate, int frames) {
    return compute<float>(mono, sampleRate, frames);
}
std::vector<double> mfcc78Double(std::span<const float> mono, int sampleRate, int frames) {
    return compute<double>(mono, sampleRate, frames);
}

} // namespace emc
