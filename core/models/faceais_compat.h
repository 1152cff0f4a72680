#pragma once
// FaceAIS as the original runs it (models.md 3.3): a context of 256 frames that is looked at as a whole, filled up from
// the left, masks and all.
#include "core/models/faceais_predictor.h"

namespace emc {

// A batch of contexts, (B,C) tokens and (B,2C,w) sound. Masks bool, true = there; undefined = everything.
struct CompatSpeaker {
    torch::Tensor sound, tokens;
    torch::Tensor soundMask, faceMask; // (B,2C) per sound vector, (B,C)
};
struct CompatStream {
    torch::Tensor stream, soundMask, faceMask; // (B,C,d), (B,C), (B,C)
    int64_t first = 0;                         // position of its first column in the context
};

class CompatPredictor {
public:
    // `mixed`: in a batch, heads see the masks of other clips, as in the original. Clips alone cannot show it.
    CompatPredictor(FaceAisPredictorImpl& net, bool mixed) : m_net(net), m_mixed(mixed) {}

    // A sound vector is there when none of its numbers is exactly 0.
    static torch::Tensor soundMask(const torch::Tensor& sound) { return sound.ne(0).all(-1); }

    // `first`: position of the first column, where nobody needs the ones before.
    CompatStream speaker(const CompatSpeaker& in, int64_t first = 0, AttentionRecorder* recorder = nullptr);
    // Logits (B,queries,vocabulary) of the last positions (0 = all) for listeners (B,C); a speaker of batch 1 serves
    // all. Where a speaker has more columns, the listener's are the last ones.
    torch::Tensor logits(const torch::Tensor& tokens, const torch::Tensor& mask, const CompatStream& speaker,
                         int64_t queries, AttentionRecorder* recorder = nullptr);

private:
    torch::Tensor spread(const torch::Tensor& mask) const;

    FaceAisPredictorImpl& m_net;
    bool m_mixed;
};

inline constexpr int64_t kTopK = 512; // of the released setting

// What is left of logits (B,n,V) for the draw: those below the k-th largest become -inf. The threshold is the smallest
// of the batch in the original (`overBatch`).
torch::Tensor topKLogits(const torch::Tensor& logits, int64_t k, bool overBatch);

// Draws from softmax(logits (B,n,V)) at the places `u` (B,n) in (0,1) of the cumulated probabilities -> (B,n) int64.
torch::Tensor drawn(const torch::Tensor& logits, const torch::Tensor& u);

} // namespace emc
