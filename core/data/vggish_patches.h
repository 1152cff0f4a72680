#pragma once
// What VGGish reads, with the front end that REGNN changed (baseline_react2024 regnn/models/torchvggish): one log-mel
// patch per video frame. Sound of 24 kHz, windows of 600 samples (periodic Hann) every 10 samples, |FFT 1024|, 64 mel
// bands from 125 to 7500 Hz, ln(mel + 0.01); patch i is rows 96 i ... 96 i + 95, that is the 40 ms from 0.04 i s on and
// 15.4 ms behind them. Source: models.md 3.2.
#include <span>
#include <vector>

namespace emc {

inline constexpr int kVggishRateHz = 24000;
inline constexpr int kVggishWindow = 600, kVggishHop = 10, kVggishRows = 96, kVggishBands = 64;

// Patches that `samples` fill completely: 720,000 (30 s) -> 749.
int vggishPatchCount(std::size_t samples);

// One after the other, each 96 rows x 64 bands.
class VggishPatches {
public:
    // mono in [-1, 1], which must outlive the object. Throws Error(Usage) for another rate.
    VggishPatches(std::span<const float> mono, int sampleRate);
    int count() const { return m_count; }
    // Patches [begin, end) of count(): (end - begin) x 96 x 64.
    std::vector<double> logMel(int begin, int end) const;

private:
    std::span<const float> m_mono;
    int m_count;
};

} // namespace emc
