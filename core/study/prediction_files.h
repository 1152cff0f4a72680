#pragma once
// Files of one evaluation run. Internal to core/study.
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "core/api/reactions.h"
#include "core/study/score_set.h"

namespace emc {

std::filesystem::path predictionFile(const std::filesystem::path& run, int index);
// Whether a whole prediction of that many samples lies there. A broken file counts as none and is made again.
bool predictionStored(const std::filesystem::path& file, int samples, bool coeffs);
// Throws Error(BadInput) naming the clip when a number is not finite or the sizes are wrong.
void writePrediction(const std::filesystem::path& file, const Reactions& reactions, bool half, bool coeffs,
                     const std::string& clip);
Reactions readPrediction(const std::filesystem::path& file);

// FOLDER/run.json: what the folder holds, for people and scripts.
void writeRunDescription(const std::filesystem::path& run, const std::map<std::string, std::string>& fields);

// Scores of one choice of clips.
struct StoredScores {
    MetricValues values;
    std::vector<int> chosen; // the clips, as indices in the partition
};
// By the name of their set. Unreadable files and sets count as empty.
std::map<std::string, StoredScores> readScores(const std::filesystem::path& run);
void writeScores(const std::filesystem::path& run, const std::string& set, const StoredScores& scores);

} // namespace emc
