#pragma once
// FaceAIS, alone or inside EMC, as one module: the predictor under the original's names, its tokenizer
// (`face_tokenizer.*`), and what is ours (`emc.*`, `ser.*`). Time runs in patches of 32 frames: the listener's patch s
// is drawn from what the speaker did and the listener showed before it began, never from anything later. EA and CMA
// work within one patch (the blocks around them carry the past), so a stream needs no memory of theirs.
#include <map>

#include "core/models/faceais_compat_loop.h"

namespace emc {

// Parameters of the `fixed` variant for two cores at 25 steps a second, without the frozen speech emotion head; tests
// count them in parts.
inline constexpr long kFaceAisHost = 452719, kFaceAisNoEa = 498415, kFaceAisEmc = 555583;

// What a stream remembers: keys and values of the newest patches in every layer. Empty at the start.
struct FaceAisMemory {
    StackMemory face, sound, fuse, fuseCross, speaker, listener, merge, mergeCross;
};

class FaceAisNetImpl : public EmcNetwork {
public:
    explicit FaceAisNetImpl(const FaceAisConfig& config);

    const FaceAisConfig& config() const { return m_config; }
    FaceTokenizer& tokenizer() { return m_tokenizer; }
    FaceAisPredictor& predictor() { return m_predictor; }
    std::string modelName() const override { return m_config.modelName(); }
    FrameEncoder& frameEncoder() override { return m_noEncoder; } // faces come as coefficients
    void train(bool on = true) override;
    void forgetTables() override;

    // Mean-subtracted coefficients (B,T,58) -> tokens (B,T) int64; T is filled up to whole patches for the purpose.
    // Where `gone` (B,T) bool is set, MASK.
    torch::Tensor faceTokens(const torch::Tensor& coeffs, const torch::Tensor& gone = {});
    // What the sound stack reads of the features of frames: MFCC (B,T,78) in standard units, or wav2vec2 vectors, two a
    // frame (B,T,1024); 0 where `gone` is set. `compat` has two vectors a frame: (B,2T,w).
    torch::Tensor soundFeatures(const torch::Tensor& features, const torch::Tensor& gone = {});

    // ---- `fixed`: whole sequences, or one part after the other with a memory; T in whole patches ----
    torch::Tensor faceStream(const torch::Tensor& tokens, FaceAisMemory* memory = nullptr,
                             AttentionRecorder* recorder = nullptr); // (B,T) -> u^f (B,T,d)
    torch::Tensor soundStream(const torch::Tensor& features, FaceAisMemory* memory = nullptr,
                              AttentionRecorder* recorder = nullptr); // (B,T,w) -> u^s (B,T,d)
    // u^f, u^s and emotion in rows of one patch (B·n,patch,d) -> both, fused (B,n·patch,d).
    torch::Tensor fusedStream(const torch::Tensor& face, const torch::Tensor& speech, const EmotionSides& sides,
                              int64_t items, FaceAisMemory* memory = nullptr, AttentionRecorder* recorder = nullptr);
    // Fused patches -> what the listener hears. A clip begins with start(): a patch that knows nothing.
    torch::Tensor heardStream(const torch::Tensor& fused, FaceAisMemory* memory = nullptr,
                              AttentionRecorder* recorder = nullptr);
    torch::Tensor start(int64_t items) const { return m_start.unsqueeze(0).expand({items, -1, -1}); }
    // Both at once for a whole clip: rows of n patches -> (B,n·patch,d), start() first and the last patch left out.
    torch::Tensor speakerStream(const torch::Tensor& face, const torch::Tensor& speech, const EmotionSides& sides,
                                int64_t items, AttentionRecorder* recorder = nullptr);
    // Listener tokens (B,T), MASK in the first patch of a clip, beside the speaker's stream of the same patches (batch
    // B or 1) -> logits of the tokens one patch later (B,T,codes).
    torch::Tensor logits(const torch::Tensor& tokens, const torch::Tensor& speaker, FaceAisMemory* memory = nullptr,
                         AttentionRecorder* recorder = nullptr);

    // Codes (B,T,4) of whole clips and the sample's emotion sides of every patch (B·n or n,patch,d; undefined = none)
    // -> faces. The emotion of one patch steers the next; before the first nothing was felt.
    ReactionTensors faces(const torch::Tensor& codes, const torch::Tensor& sampleSides,
                          AttentionRecorder* recorder = nullptr);
    // The same for patches (B,patch,4) with the side that steers each (B or 1,patch,d).
    ReactionTensors steeredFaces(const torch::Tensor& codes, const torch::Tensor& side,
                                 AttentionRecorder* recorder = nullptr);
    torch::Tensor sideOfNothing(); // (1,patch,d)

    torch::Tensor encodeFace(const torch::Tensor& coeffs) override { return faceStream(faceTokens(coeffs)); }
    torch::Tensor encodeSpeech(const torch::Tensor& mfcc) override { return soundStream(soundFeatures(mfcc)); }

private:
    StackCall call(const char* site, int64_t length, StackMemory* self, StackMemory* cross,
                   AttentionRecorder* recorder);
    torch::Tensor patchBias(int64_t queries, int64_t keys);
    int64_t patch() const { return m_config.patch(); }

    FaceAisConfig m_config;
    FaceAisPredictor m_predictor{nullptr};
    FaceTokenizer m_tokenizer{nullptr};
    FrameEncoder m_noEncoder{nullptr};
    torch::nn::Linear m_sampleIn{nullptr}, m_sampleOut{nullptr};
    torch::Tensor m_start;                                         // (patch,d)
    std::map<std::pair<int64_t, int64_t>, torch::Tensor> m_biases; // by queries and keys
};
TORCH_MODULE(FaceAisNet);

// Uniform numbers of (0,1) as Gumbel noise: the code of the largest logit + noise is a draw. One noise for all
// positions of a reaction leaves each position its distribution, but where two agree they draw the same: the face does
// not flicker.
torch::Tensor gumbelOf(const torch::Tensor& uniform);

// Tokens (K,n·patch) of K listeners beside the speaker's stream (K or 1,n·patch,d), patch after patch.
torch::Tensor listenerTokens(FaceAisNetImpl& net, const torch::Tensor& speaker, int64_t samples, const PatchDraw& draw,
                             const PatchStart& start = {}, AttentionRecorder* recorder = nullptr);

} // namespace emc
