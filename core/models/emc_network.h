#pragma once
// What EMC adds to a host network (models.md 4; emc_effect.md 5, 5a): CMA in both directions, the four EA blocks behind
// the e-MLP, the frozen speech emotion head. Hosts derive from EmcNetwork; their engine and their training then come
// from emc_engine.h and emc_training.h. `compat` = the paper and the original to the letter; `fixed` is the default.
#include <torch/torch.h>

#include <string>
#include <vector>

#include "core/nn/cma.h"
#include "core/nn/emotion_attention.h"
#include "core/nn/frame_encoder.h"
#include "core/nn/positions.h"
#include "core/nn/speech_emotion_head.h"

namespace emc {

struct EmcConfig {
    bool compat = false;
    bool cma = false;   // EMC: imagines a missing modality
    bool ea = false;    // emotion attention; only with cma
    int stride = 1;     // frames of 25 fps per token: the local bias counts in frames
    int window = 0;     // online hosts: tokens of a window, beyond whose end nothing is seen; 0 = the whole clip is
    double dropout = 0; // choose() takes it as each variant was measured: 0.1 in the original, none in `fixed`
    std::uint64_t seed = 1;

    // From HOST, HOST-emc or HOST-emc-no-ea and "fixed" or "compat". Throws Error(Usage).
    void choose(const std::string& host, const std::string& model, const std::string& variant);
    std::string nameFor(const std::string& host) const { return host + (!cma ? "" : ea ? "-emc" : "-emc-no-ea"); }
    std::vector<std::string> emcSites() const; // "u_ea_f/self_x", ..., "cma_s/self"
};

// The emotion side of the four EA blocks, LN E' of each: computed once, whatever is drawn. All undefined without EA.
struct EmotionSides {
    torch::Tensor unimodalFace, unimodalSpeech, multimodal, sample; // (B,T,d)
    EmotionSides rows(const torch::Tensor& index) const;
    EmotionSides narrowed(int64_t begin, int64_t count) const;
    EmotionSides repeated(int64_t times) const; // the whole, `times` times
    EmotionSides prefix(int64_t tokens) const;  // the first tokens of all rows
};

// Weights of the three parts of a reaction in a reconstruction loss.
struct ReconstructionWeights {
    double emotion = 10, expression = 1, pose = 1; // compat to the paper: 1, 1, 10
};
struct ReactionTensors {
    torch::Tensor coeffs, emotion; // (B,T,58) mean-subtracted, (B,T,25)
};
// we·MSE(emotion) + wx·MSE(coefficients 0..51) + wp·MSE(52..57). Scalar.
torch::Tensor reconstructionLoss(const ReactionTensors& reaction, const torch::Tensor& coeffs,
                                 const torch::Tensor& emotion, const ReconstructionWeights& weights);

class EmcNetwork : public torch::nn::Module {
public:
    const EmcConfig& emc() const { return m_emc; }
    SpeechEmotionHead& speechEmotion() { return m_speechEmotion; } // null without EA
    Cma& cma(bool face) { return face ? m_cmaFace : m_cmaSpeech; }
    Standardiser& standardiser(bool face) { return face ? m_standardFace : m_standardSpeech; }
    torch::Tensor coeffMean() const { return m_coeffMean; } // (58): added to the coefficients to give raw units
    torch::Device device() const { return m_coeffMean.device(); }
    int64_t width() const { return m_width; } // of u

    virtual std::string modelName() const = 0;
    virtual FrameEncoder& frameEncoder() = 0; // may be null: features come from elsewhere
    // What the host makes of the features of its two inputs: (B,T,D) -> u (B,T,width).
    virtual torch::Tensor encodeFace(const torch::Tensor& features) = 0;
    virtual torch::Tensor encodeSpeech(const torch::Tensor& features) = 0;

    // face (B,T,25) or undefined, speech (B,T,10) or undefined, useSpeech (B,T) bool where both are given; withheld
    // (B,T) or (B,1) bool or undefined: only the positions remain there.
    EmotionSides emotionSides(const torch::Tensor& face, const torch::Tensor& speech, const torch::Tensor& useSpeech,
                              const torch::Tensor& withheld, AttentionRecorder* recorder = nullptr);
    // U-EA (identity without EA); face: u^f, else u^s.
    torch::Tensor unimodal(bool face, const torch::Tensor& u, const EmotionSides& sides,
                           AttentionRecorder* recorder = nullptr);
    // û of the modality `face` in original units, from the present one. z (B,z) or (B,T,z).
    torch::Tensor imagine(bool face, const torch::Tensor& z, const torch::Tensor& present,
                          AttentionRecorder* recorder = nullptr);
    // Added to the logits of self-attentions so that no token sees beyond its window; undefined offline. (1,1,T,T)
    torch::Tensor windowMask(int64_t tokens);

    virtual void forgetTables() { m_tables.clear(); } // after weights changed, and to free memory

protected:
    EmcNetwork(const EmcConfig& config, int64_t width, int64_t heads) : m_emc(config), m_width(width), m_heads(heads) {}
    // In the order of the checkpoint's tensors: the module `emc` with its mean face first, the units of the MFCC where
    // the host reads them, at last the blocks.
    std::shared_ptr<torch::nn::Module> startEmc();
    void addMfccUnits();
    void addEmcBlocks();
    void zeroEmotionAttention(); // an attached EA is the identity at first

    // Behind the fusion and behind the draw; identity without EA.
    torch::Tensor multimodal(const torch::Tensor& m, const EmotionSides& sides, AttentionRecorder* recorder);
    // g: tokens `begin` and on of those that `sides` has.
    torch::Tensor sampled(const torch::Tensor& g, const EmotionSides& sides, AttentionRecorder* recorder,
                          int64_t begin = 0);
    // As they come, MFCC are tens of units wide, and a fusion would hear nothing but the voice. Itself without units.
    torch::Tensor standardisedMfcc(const torch::Tensor& mfcc) const;
    torch::Tensor positions(int64_t frames) { return m_tables.positions(frames, m_width, device()); }
    torch::Tensor bias(int64_t frames); // of the cross-attentions; undefined in compat

private:
    torch::Tensor attended(EmotionAttention& block, const char* site, const torch::Tensor& x,
                           const torch::Tensor& emotion, AttentionRecorder* recorder, int64_t begin = 0);

    const EmcConfig m_emc;
    int64_t m_width, m_heads;
    PositionCache m_tables;
    std::shared_ptr<torch::nn::Module> m_module;
    EmotionMlp m_emotionMlp{nullptr};
    EmotionAttention m_uEaFace{nullptr}, m_uEaSpeech{nullptr}, m_mEa{nullptr}, m_sEa{nullptr};
    Cma m_cmaFace{nullptr}, m_cmaSpeech{nullptr};
    Standardiser m_standardFace{nullptr}, m_standardSpeech{nullptr};
    SpeechEmotionHead m_speechEmotion{nullptr};
    torch::Tensor m_coeffMean, m_mfccMean, m_mfccScale; // buffers
};

} // namespace emc
