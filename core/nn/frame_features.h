#pragma once
// Features of rendered frames for FRRea (models.md 2.5): 2048 numbers a picture by the Inception network of the
// published Fréchet distances, with weights that the user has.
#include <filesystem>
#include <memory>
#include <vector>

#include "core/api/clip.h"
#include "core/api/job_context.h"

namespace emc {

struct FrameFeatures {
    std::vector<float> values; // pictures x 2048
    int pictures = 0;
};

class FrameFeatureNet {
public:
    // `weights`: safetensors with the network's own names. Throws Error(BadInput).
    FrameFeatureNet(const std::filesystem::path& weights, FrameOpener frames, int threads);
    ~FrameFeatureNet();
    // A folder of pictures: all of them. A video, or a folder of videos: every `stride`-th frame of each, from the
    // first, below 750 (the paper: 0, 30, ..., 720). Throws Error, Cancelled.
    FrameFeatures features(const std::filesystem::path& frames, int stride, JobContext& job);

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace emc
