#pragma once
// What the bench of FaceAIS needs: networks of the published size without a training, and the time of a live patch.
#include <filesystem>
#include <string>
#include <vector>

namespace emc {

// An untrained `faceais` of the published sizes; `variant` fixed or compat. Weights do not change what a pass costs.
void writeUntrainedFaceAis(const std::string& variant, const std::filesystem::path& file);

// Seconds of each of `patches` live patches for `samples` listeners with that file's network (`fixed`).
std::vector<double> livePatchSeconds(const std::filesystem::path& file, int samples, int patches, int threads);

} // namespace emc
