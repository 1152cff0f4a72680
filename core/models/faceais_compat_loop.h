#pragma once
// The original's way through a clip: patch after patch, each from the last 256 frames, nothing kept in between.
#include "core/models/faceais_compat.h"

namespace emc {

// One clip. What is undefined is not read; frames of a context are columns begin ... end of these.
struct CompatClip {
    torch::Tensor tokens; // (1,T) of the speaker's face
    torch::Tensor sound;  // (1,factor·T,w)
    // What EMC does with the context of frames begin ... end, which fills the last columns of `columns`.
    std::function<CompatHooks(int64_t begin, int64_t end, int64_t columns)> hooks;
    int64_t frames = 0; // to be made; 0 = as many as the clip has
};

// Draws the next patch of every sample: logits (K,patch,V) -> tokens (K,patch).
using PatchDraw = std::function<torch::Tensor(int64_t step, const torch::Tensor& logits)>;

// -> (K,T') tokens, T' = frames rounded up to patches. The speaker's half is computed once for all samples. `recorder`
// gets the maps of every context; `patchDone` is called after each patch.
torch::Tensor compatTokens(FaceAisPredictorImpl& net, const CompatClip& clip, int64_t samples, const PatchDraw& draw,
                           const std::function<void(int64_t step)>& patchDone = {});

} // namespace emc
