#include "core/models/faceais_compat.h"

#include <limits>

namespace emc {

namespace {
torch::Tensor both(const torch::Tensor& a, const torch::Tensor& b) {
    if (!a.defined()) return {}; // the original looks at the second mask only beside a first one
    return b.defined() ? a.logical_and(b) : a;
}
} // namespace

// (B,C) -> (B,heads,1,C). The original repeats the masks head by head and reads them clip by clip.
torch::Tensor CompatPredictor::spread(const torch::Tensor& mask) const {
    if (!mask.defined()) return {};
    const int64_t batch = mask.size(0), heads = m_net.config().predictor.heads;
    // Nothing to look at anywhere: everything counts the same.
    if (!mask.any().item<bool>())
        return torch::full({batch, 1, 1, mask.size(1)}, std::numeric_limits<float>::lowest(),
                           mask.options().dtype(torch::kFloat32));
    if (mask.all().item<bool>()) return {};
    if (!m_mixed || batch == 1) return mask.view({batch, 1, 1, mask.size(1)});
    const torch::Tensor rows =
        torch::remainder(torch::arange(batch * heads, mask.options().dtype(torch::kLong)), batch);
    return mask.index_select(0, rows).view({batch, heads, 1, mask.size(1)});
}

CompatStream CompatPredictor::speaker(const CompatSpeaker& in, int64_t first, AttentionRecorder* recorder) {
    const auto call = [&](const torch::Tensor& self, const char* site, const torch::Tensor& cross = {}) {
        StackCall one;
        one.self = spread(self);
        one.cross = spread(cross);
        one.recorder = recorder;
        one.site = site;
        return one;
    };
    CompatStream out;
    out.first = first;
    out.faceMask = in.faceMask;
    if (in.soundMask.defined())
        out.soundMask =
            in.soundMask.view({in.soundMask.size(0), -1, m_net.config().predictor.soundFactor}).any(-1); // one of two
    torch::Tensor face, sound;
    if (in.sound.defined()) sound = m_net.soundStack(m_net.embedSound(in.sound, first), call(out.soundMask, "h_sound"));
    if (in.tokens.defined()) face = m_net.faceStack(m_net.embedFace(in.tokens, first), call(in.faceMask, "h_face"));
    // The original has nothing for a missing modality: zeros stand in for it.
    if (!face.defined()) face = torch::zeros_like(sound);
    if (!sound.defined()) sound = torch::zeros_like(face);
    out.stream = m_net.fuse(face, sound, call(in.faceMask, "sp_h", both(in.faceMask, out.soundMask)));
    out.stream = m_net.speakerStack(out.stream, call(out.soundMask, "h_speaker"));
    return out;
}

torch::Tensor CompatPredictor::logits(const torch::Tensor& tokens, const torch::Tensor& mask,
                                      const CompatStream& speaker, int64_t queries, AttentionRecorder* recorder) {
    StackCall alone;
    alone.self = spread(mask);
    alone.recorder = recorder;
    alone.site = "h_listener";
    StackCall together = alone;
    together.cross = spread(both(mask, speaker.faceMask));
    together.queries = queries;
    together.site = "lt_h";
    const torch::Tensor x = m_net.listenerStack(m_net.embedListener(tokens, speaker.first), alone);
    return m_net.logits(m_net.merge(x, speaker.stream, together));
}

torch::Tensor topKLogits(const torch::Tensor& logits, int64_t k, bool overBatch) {
    if (k <= 0 || k >= logits.size(-1)) return logits;
    torch::Tensor least = std::get<0>(torch::topk(logits, k, -1)).select(-1, k - 1); // (B,n)
    if (overBatch) least = std::get<0>(least.min(0, true));
    return logits.masked_fill(logits < least.unsqueeze(-1), -std::numeric_limits<float>::infinity());
}

torch::Tensor drawn(const torch::Tensor& logits, const torch::Tensor& u) {
    const torch::Tensor odds = torch::softmax(logits, -1).cumsum(-1);
    const torch::Tensor place = u.to(odds.device()).unsqueeze(-1) * odds.slice(-1, odds.size(-1) - 1);
    return torch::searchsorted(odds, place.contiguous()).squeeze(-1).clamp_max(logits.size(-1) - 1);
}

} // namespace emc
