#pragma once
// Sound out of any media file: float samples at a wanted rate, by libav. Source: presentation timestamps decide where
// sound lies.
#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "core/api/backend.h"
#include "core/api/job_context.h"

namespace emc {

struct SoundTrack {
    SoundBuffer sound;
    double startS = 0;              // time of the first sample on the container's clock
    std::vector<std::string> notes; // "the file breaks off", ...
};

struct SoundFormat {
    int rateHz = 0, channels = 0;
    double startS = 0;
};

// Decodes piece by piece: `begin` once before the first piece, then pieces of interleaved samples. rateHz 0 = the
// file's own rate. channels: 1 = mean over all channels, 0 = the file's own. Gaps in the file become silence. Returns
// notes. Throws Error(NotFound | BadInput); Error(BadInput) when there is no sound in the file.
std::vector<std::string> decodeSound(const std::filesystem::path& path, int rateHz, int channels,
                                     const std::function<void(const SoundFormat&)>& begin,
                                     const std::function<void(std::span<const float>)>& piece);

// Whole track, at most three hours (Error(Unsupported) beyond).
SoundTrack loadSoundTrack(const std::filesystem::path& path, int rateHz, int channels = 1, JobContext* job = nullptr);
// Mono samples; fits SoundLoader of core/data/wav.h.
std::vector<float> loadSound(const std::filesystem::path& path, int rateHz);

// Lowest and highest sample and RMS of each bucket of 1 / bucketsPerSecond seconds. Works through the file without
// holding it.
Waveform makeWaveform(const std::filesystem::path& path, double bucketsPerSecond, JobContext& job);

// Loudness of each span of 1 / rateHz seconds as RMS, `frames` of them.
std::vector<float> frameRms(std::span<const float> mono, int soundRateHz, double rateHz, int frames);

} // namespace emc
