#include "core/data/vggish_patches.h"

#include <array>
#include <cmath>
#include <complex>
#include <numbers>

#include "core/api/error.h"
#include "core/data/real_fft.h"

namespace emc {

namespace {
constexpr std::size_t kFft = 1024, kWindow = kVggishWindow, kBands = kVggishBands;
constexpr double kLowHz = 125, kHighHz = 7500, kLogOffset = .01;

struct Plan {
    std::array<double, kWindow> window;
    struct Band {
        std::size_t first = 0;
        std::vector<double> weights;
    };
    std::array<Band, kBands> bands;
    RealFft fft{kFft};

    Plan() {
        for (std::size_t i = 0; i < kWindow; ++i)
            window[i] = 0.5 - 0.5 * std::cos(2 * std::numbers::pi * static_cast<double>(i) / kWindow);
        const auto mel = [](double hz) { return 1127.0 * std::log(1.0 + hz / 700.0); };
        const double low = mel(kLowHz), step = (mel(kHighHz) - low) / (kBands + 1);
        for (std::size_t b = 0; b < kBands; ++b) {
            const double left = low + static_cast<double>(b) * step, centre = left + step, right = centre + step;
            for (std::size_t k = 1; k < kFft / 2; ++k) { // bin 0 belongs to no band
                const double m = mel(static_cast<double>(k) * kVggishRateHz / kFft);
                const double weight = std::min((m - left) / step, (right - m) / step);
                if (weight <= 0) continue;
                if (bands[b].weights.empty()) bands[b].first = k;
                bands[b].weights.push_back(weight);
            }
        }
    }
};

const Plan& plan() {
    static const Plan tables;
    return tables;
}
} // namespace

int vggishPatchCount(std::size_t samples) {
    if (samples < kWindow) return 0;
    return static_cast<int>(((samples - kWindow) / kVggishHop + 1) / kVggishRows);
}

VggishPatches::VggishPatches(std::span<const float> mono, int sampleRate)
    : m_mono(mono), m_count(vggishPatchCount(mono.size())) {
    if (sampleRate != kVggishRateHz)
        throw Error(ErrorKind::Usage, "VGGish features need sound at 24000 Hz, not " + std::to_string(sampleRate), {},
                    "Resample it first.");
}

std::vector<double> VggishPatches::logMel(int begin, int end) const {
    if (begin < 0 || end < begin || end > m_count)
        throw Error(ErrorKind::Internal, "there are no such patches of sound");
    const Plan& tables = plan();
    std::vector<double> out;
    out.reserve(static_cast<std::size_t>(end - begin) * kVggishRows * kBands);
    std::vector<std::complex<double>> work;
    std::array<double, kFft> x{};
    std::array<double, kFft / 2> power{};
    for (int row = begin * kVggishRows; row < end * kVggishRows; ++row) {
        const float* samples = m_mono.data() + static_cast<std::size_t>(row) * kVggishHop;
        for (std::size_t i = 0; i < kWindow; ++i) x[i] = tables.window[i] * static_cast<double>(samples[i]);
        tables.fft.power(x, power, work);
        for (const Plan::Band& band : tables.bands) {
            double sum = 0;
            for (std::size_t k = 0; k < band.weights.size(); ++k)
                sum += band.weights[k] * std::sqrt(power[band.first + k]);
            out.push_back(std::log(sum + kLogOffset));
        }
    }
    return out;
}

} // namespace emc
