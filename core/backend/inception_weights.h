#pragma once
// The network behind FRRea of pictures, from weights that the user has.
#include <filesystem>
#include <memory>

#include "core/nn/frame_features.h"

namespace emc {

// `weights`: pt_inception-2015-12-05-*.pth or what `emc convert` made of it; nothing in it is executed. Throws
// Error(NotFound) that says where such weights come from, Error(BadInput) for another network.
std::unique_ptr<FrameFeatureNet> openFrameFeatures(const std::filesystem::path& weights, int threads);

} // namespace emc
