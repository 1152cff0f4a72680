#include "core/models/faceais_compat_loop.h"

#include <algorithm>

namespace emc {

namespace {
// The speaker's half of the context that ends with token `last`. Columns that are filled up have no say once something
// was said; before that everything counts the same, and all columns matter.
CompatStream speakerAt(FaceAisPredictorImpl& net, const CompatClip& clip, int64_t last, int64_t have,
                       AttentionRecorder* recorder) {
    const PredictorSizes& sizes = net.config().predictor;
    const int64_t begin = std::max<int64_t>(0, last + 1 - sizes.context), end = std::min(last + 1, have),
                  columns = last == 0 ? sizes.context : std::min(sizes.context, last + 1),
                  empty = columns - (end - begin);
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
    in.faceMask = in.tokens.defined()
                      ? in.tokens.ne(kPadToken)
                      : torch::arange(columns, in.sound.options().dtype(torch::kLong)).ge(empty).unsqueeze(0);
    if (in.sound.defined()) in.soundMask = CompatPredictor::soundMask(in.sound);
    return CompatPredictor(net, false).speaker(in, sizes.context - columns, recorder);
}
} // namespace

torch::Tensor compatTokens(FaceAisPredictorImpl& net, CompatClip& clip, int64_t samples, const PatchDraw& draw,
                           const PatchStart& start, AttentionRecorder* recorder) {
    const PredictorSizes& sizes = net.config().predictor;
    const int64_t have = clip.tokens.defined() ? clip.tokens.size(1) : clip.sound.size(1) / sizes.soundFactor;
    CompatPredictor predictor(net, false);
    torch::Tensor said = torch::zeros({samples, sizes.context},
                                      (clip.tokens.defined() ? clip.tokens : clip.sound).options().dtype(torch::kLong));
    std::vector<torch::Tensor> patches;
    for (int64_t i = 0, step = 0; i < have; i += sizes.patch, ++step) {
        if (start) start(i);
        if (step == static_cast<int64_t>(clip.streams.size()))
            clip.streams.push_back(speakerAt(net, clip, i, have, recorder));
        const CompatStream& speaker = clip.streams[static_cast<std::size_t>(step)];
        const torch::Tensor listener = said.slice(1, speaker.first);
        const torch::Tensor patch =
            draw(step, predictor.logits(listener, listener.ne(kPadToken), speaker, sizes.patch, recorder));
        said = torch::cat({said.slice(1, sizes.patch), patch}, 1);
        patches.push_back(patch);
    }
    return torch::cat(patches, 1);
}

} // namespace emc
