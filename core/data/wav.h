#pragma once
// A minimal reader and writer of RIFF/WAVE: PCM 8/16/24/32 bit and float 32/64, any number of channels. Needs no codec.
#include <filesystem>
#include <functional>
#include <span>
#include <vector>

namespace emc {

struct WavSound {
    int rateHz = 0, channels = 0;
    std::vector<float> samples;      // interleaved, PCM scaled to [-1, 1)
    std::vector<float> mono() const; // mean over the channels
};

// A data chunk that claims more than the file holds is cut (broken end of a recording). Throws Error(NotFound |
// BadInput | Unsupported).
WavSound readWav(const std::filesystem::path& path);
// 16 bit PCM, atomic; values are clipped.
void writeWav16(const std::filesystem::path& path, std::span<const float> interleaved, int rateHz, int channels = 1);

// Mono sound at a wanted rate. Injected by the media part so that data needs no codec and no resampler.
using SoundLoader = std::function<std::vector<float>(const std::filesystem::path&, int rateHz)>;
// Reads wav only and does not resample: throws Error(Unsupported) when the file has another rate.
std::vector<float> loadWavMono(const std::filesystem::path& path, int rateHz);

} // namespace emc
