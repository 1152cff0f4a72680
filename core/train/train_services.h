#pragma once
// What training needs from outside the core: codecs are injected, so that a build without media trains from packs.
#include <filesystem>
#include <string>

#include "core/api/clip.h"
#include "core/api/train.h"
#include "core/data/wav.h"

namespace emc {

struct PrepareOptions {
    // One-off training per corpus, chosen to take a few minutes on two cores for a hundred clips.
    int encoderSteps = 600, encoderClips = 8, encoderFrames = 12;
    int speechSteps = 400, speechBatch = 8, speechFrames = 256;
    std::size_t frameBudget =
        320u << 20;                      // bytes of subsampled frames held in memory while the frame encoder is trained
    std::size_t memoryBudget = 1u << 30; // bytes of cached features held in memory
};

struct TrainServices {
    FrameOpener frames;          // empty = packs only
    SoundLoader sounds;          // empty = wav only
    std::filesystem::path cache; // empty = defaultCacheFolder()
    PrepareOptions prepare;
    int largestValidation = 32; // windows
    std::string expectedData;   // hash of the corpus that a run of a group must have; empty = any
};

// $XDG_CACHE_HOME or ~/.cache, + /emc-studio/features.
std::filesystem::path defaultCacheFolder();

// core/api's train() with everything it needs: the one code path for all models.
TrainResult trainWith(const TrainOptions& options, const TrainServices& services, JobContext& job);

} // namespace emc
