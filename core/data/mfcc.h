#pragma once
// The 78 speech numbers of one video frame as REACT's Trans-VAE loader makes them (Kaldi-style MFCC + deltas on 1764
// samples alone). Index of a number = 26 * block + 2 * coefficient + time; blocks: MFCC, delta, delta-delta; 13
// coefficients; 2 sub-frames.
#include <span>
#include <vector>

namespace emc {

inline constexpr int kMfccRateHz = 44100;
inline constexpr int kMfccSamplesPerFrame = 1764;

// frames x 78. Sound is cut or padded with zeros to frames * 1764 samples. Throws Error(Usage) when sampleRate is not
// 44100.
std::vector<float> mfcc78(std::span<const float> mono, int sampleRate, int frames);
std::vector<double> mfcc78Double(std::span<const float> mono, int sampleRate, int frames);

} // namespace emc
