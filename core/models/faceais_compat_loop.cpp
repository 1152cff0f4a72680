#include "core/models/faceais_compat_loop.h"

#include <algorithm>

namespace emc {

torch::Tensor compatTokens(FaceAisPredictorImpl& net, const CompatClip& clip, int64_t samples, const PatchDraw& draw,
                           const std::function<void(int64_t)>& patchDone) {
    const PredictorSizes& sizes = net.config().predictor;
    const int64_t have = clip.tokens.defined() ? clip.tokens.size(1) : clip.sound.size(1) / sizes.soundFactor,
                  frames = clip.frames > 0 ? clip.frames : have;
    CompatPredictor predictor(net, false);
    torch::Tensor said = torch::zeros({samples, sizes.context}, torch::kLong).to(net.parameters().front().device());
    std::vector<torch::Tensor> patches;
    for (int64_t i = 0, step = 0; i < frames; i += sizes.patch, ++step) {
        const int64_t begin = std::max<int64_t>(0, i + 1 - sizes.context), end = std::min(i + 1, have),
                      length = end - begin;
        // Columns that are filled up have no say once something is there: they are left out. Before anything was said,
        // everything counts the same and all columns matter.
        const int64_t columns = step == 0 ? sizes.context : std::min(sizes.context, std::max(length, sizes.patch)),
                      empty = columns - length;
        const auto padded = [&](const torch::Tensor& x, int64_t factor) -> torch::Tensor {
            if (!x.defined()) return x;
            const torch::Tensor part = x.slice(1, begin * factor, end * factor);
            if (empty == 0) return part;
            std::vector<int64_t> filled = part.sizes().vec();
            filled[1] = empty * factor;
            return torch::cat({torch::zeros(filled, part.options()), part}, 1);
        };
        CompatSpeaker in;
        in.tokens = padded(clip.tokens, 1);
        in.sound = padded(clip.sound, sizes.soundFactor);
        in.faceMask = torch::arange(columns, torch::kLong).ge(empty).unsqueeze(0).to(said.device());
        if (in.tokens.defined()) in.faceMask = in.faceMask.logical_and(in.tokens.ne(kPadToken));
        if (in.sound.defined()) in.soundMask = CompatPredictor::soundMask(in.sound);
        const CompatStream speaker = predictor.speaker(in, sizes.context - columns,
                                                       clip.hooks ? clip.hooks(begin, end, columns) : CompatHooks{});
        const torch::Tensor listener = said.narrow(1, sizes.context - columns, columns);
        const torch::Tensor patch =
            draw(step, predictor.logits(listener, listener.ne(kPadToken), speaker, sizes.patch));
        said = torch::cat({said.narrow(1, sizes.patch, sizes.context - sizes.patch), patch}, 1);
        patches.push_back(patch);
        if (patchDone) patchDone(step);
    }
    return torch::cat(patches, 1);
}

} // namespace emc
