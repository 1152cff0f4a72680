#pragma once
// Stage 2 of FaceAIS: from the speaker's face tokens and sound, and the listener's tokens so far, to logits over the
// listener's next tokens. Key names are the original's (models.md A.4); one class serves both variants, which differ in
// what may look at what.
#include "core/models/faceais_tokenizer.h"

namespace emc {

// What a stack of blocks remembers of a stream, layer by layer.
using StackMemory = std::vector<KeyValues>;

// How a stack is run: masks of the self-attentions and of the second stream's, and what is remembered.
struct StackCall {
    torch::Tensor self, cross;
    StackMemory *selfMemory = nullptr, *crossMemory = nullptr;
    int64_t limit = 1 << 30; // positions looked at with a memory
    int64_t queries = 0;     // only the last ones are needed in the end
    AttentionRecorder* recorder = nullptr;
    std::string site;
    AttentionCall call(bool ofCross, std::size_t layer) const;
};

class FaceAisPredictorImpl : public torch::nn::Module {
public:
    explicit FaceAisPredictorImpl(const FaceAisConfig& config);
    const FaceAisConfig& config() const { return m_config; }

    // ---- parts that both variants use ----
    // Positions `first`, first + 1, ... of a table with as many rows as positions are told apart; they repeat after it.
    torch::Tensor embedFace(const torch::Tensor& tokens, int64_t first = 0);     // (B,T) -> (B,T,d)
    torch::Tensor embedListener(const torch::Tensor& tokens, int64_t first = 0); // (B,T) -> (B,T,d)
    torch::Tensor embedSound(const torch::Tensor& features, int64_t first = 0);  // (B,factor·T,w) -> (B,T,d); `fixed`
                                                                                 // has one vector a token
    torch::Tensor faceStack(const torch::Tensor& x, const StackCall& call) { return run(m_hFace, x, call); }
    torch::Tensor soundStack(const torch::Tensor& x, const StackCall& call) { return run(m_hSound, x, call); }
    torch::Tensor speakerStack(const torch::Tensor& x, const StackCall& call) { return run(m_hSpeaker, x, call); }
    torch::Tensor listenerStack(const torch::Tensor& x, const StackCall& call) { return run(m_hListener, x, call); }
    // Face (query) and sound -> the speaker's stream; listener (query) and speaker -> before the head.
    torch::Tensor fuse(const torch::Tensor& face, const torch::Tensor& sound, const StackCall& call) {
        return cross(m_fusion, face, sound, call);
    }
    torch::Tensor merge(const torch::Tensor& listener, const torch::Tensor& speaker, const StackCall& call) {
        return cross(m_merge, listener, speaker, call);
    }
    // (B,T,d) -> (B,T,vocabulary); without PAD and MASK in `fixed`: one logit a code.
    torch::Tensor logits(const torch::Tensor& x);

private:
    torch::Device device() const { return m_head->weight.device(); }
    torch::Tensor run(std::vector<GptBlock>& blocks, torch::Tensor x, const StackCall& call);
    torch::Tensor cross(std::vector<CrossModalBlock>& blocks, torch::Tensor x, torch::Tensor y, const StackCall& call);
    torch::Tensor places(const torch::nn::Embedding& table, int64_t first, int64_t count);
    torch::Tensor codesOfTokens(const torch::Tensor& tokens);

    FaceAisConfig m_config;
    torch::nn::Linear m_sound{nullptr}, m_head{nullptr}, m_codeFace{nullptr}, m_codeListener{nullptr},
        m_levelHead{nullptr};
    torch::nn::Embedding m_placeSound{nullptr}, m_face{nullptr}, m_placeFace{nullptr}, m_listener{nullptr},
        m_placeListener{nullptr};
    std::vector<GptBlock> m_hSound, m_hFace, m_hSpeaker, m_hListener;
    std::vector<CrossModalBlock> m_fusion, m_merge;
    GptNorm m_end{nullptr};
    torch::Tensor m_codes, m_levels; // tables of the codebook, not stored
};
TORCH_MODULE(FaceAisPredictor);

} // namespace emc
