#pragma once
// What the mean baselines know: the mean listener of a training set.
#include <filesystem>
#include <vector>

#include "core/api/clip.h"
#include "core/api/job_context.h"

namespace emc {

inline constexpr const char* kMeanStatisticsFile = "mean_statistics.safetensors";

struct MeanStatistics {
    int frames = 0;
    std::vector<float> emotion, coeffs; // frames x 25, frames x 58: per-frame means over the clips (raw units)
};

// Mean of the listeners' tracks, frame by frame; frames of longer clips are averaged over the clips that have them.
// Throws when there is no pair.
MeanStatistics meanStatistics(const std::vector<Pair>& pairs, JobContext& job);
// File with `sequence_emotion` (T,25) and `sequence_coeffs` (T,58). `path` is a file or a folder that gets
// kMeanStatisticsFile.
void writeMeanStatistics(const std::vector<Pair>& pairs, const std::filesystem::path& path, JobContext& job);
void writeMeanStatistics(const MeanStatistics& statistics, const std::filesystem::path& path);
MeanStatistics readMeanStatistics(const std::filesystem::path& path); // Throws Error(NotFound | BadInput)

} // namespace emc
