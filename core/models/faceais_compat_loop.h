#pragma once
// The original's way through a clip: patch after patch, each from the last 256 frames, nothing kept in between.
#include <functional>

#include "core/models/faceais_compat.h"

namespace emc {

// One clip: the speaker's face tokens (1,T) and sound (1,factor·T,w); one of them may be undefined.
struct CompatClip {
    torch::Tensor tokens, sound;
    // What the speaker's half gave for each patch: filled by the first walk, used by later ones.
    std::vector<CompatStream> streams;
};

// Draws the next patch of every sample: logits (K,patch,V) -> tokens (K,patch).
using PatchDraw = std::function<torch::Tensor(int64_t step, const torch::Tensor& logits)>;
// Called before each patch: where it begins, in tokens.
using PatchStart = std::function<void(int64_t begin)>;

// -> (K,T') tokens, T' = T rounded up to patches.
torch::Tensor compatTokens(FaceAisPredictorImpl& net, CompatClip& clip, int64_t samples, const PatchDraw& draw,
                           const PatchStart& start = {}, AttentionRecorder* recorder = nullptr);

} // namespace emc
