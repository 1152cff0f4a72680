#pragma once
// Trans-VAE, alone or inside EMC, as one module whose tensor names are the original's (+ `emc.*`, `ser.*`).
// `compat` = models.md 3.1 and 4 to the letter (loads official files); `fixed` = emc_effect.md 5a, the default.
#include <torch/torch.h>

#include <string>

#include "core/nn/cma.h"
#include "core/nn/emotion_attention.h"
#include "core/nn/frame_encoder.h"
#include "core/nn/positions.h"
#include "core/nn/speech_emotion_head.h"

namespace emc {

// Parameters of the `fixed` variant without the frozen speech emotion head; the tests count them in parts.
inline constexpr long kParametersHost = 1338036, kParametersNoEa = 2049204, kParametersEmc = 2867380;

struct TransVaeConfig {
    bool compat = false;
    bool cma = false; // EMC: imagines a missing modality
    bool ea = false;  // emotion attention; only with cma
    int stride = 1;   // frames of 25 fps per token: the local bias counts in frames
    double dropout = 0.1;
    std::uint64_t seed = 1;

    std::string modelName() const { return !cma ? "trans-vae" : ea ? "trans-vae-emc" : "trans-vae-emc-no-ea"; }
    std::vector<std::string> attentionSites() const; // "u_ea_f/self_x", ...
    // Dropout as each variant was measured: 0.1 in the original, none in `fixed`.
    static TransVaeConfig of(const std::string& model, const std::string& variant);
};

// One Gaussian per clip (compat: (B,d)) or per token (fixed: (B,T,d)).
struct LatentDistribution {
    torch::Tensor mu, logVariance;
    // `noise` (B,d): one draw per clip, repeated over time.
    torch::Tensor sample(const torch::Tensor& noise) const;
};

struct ReactionTensors {
    torch::Tensor coeffs, emotion; // (B,T,58) mean-subtracted, (B,T,25)
};

// The emotion side of the four EA blocks, LN E' of each: computed once, whatever is drawn. All undefined without EA.
struct EmotionSides {
    torch::Tensor unimodalFace, unimodalSpeech, multimodal, sample;
};

class TransVaeNetImpl : public torch::nn::Module {
public:
    explicit TransVaeNetImpl(const TransVaeConfig& config);

    const TransVaeConfig& config() const { return m_config; }
    FrameEncoder& videoEncoder() { return m_videoEncoder; }
    SpeechEmotionHead& speechEmotion() { return m_speechEmotion; } // null without EA
    Cma& cma(bool face) { return face ? m_cmaFace : m_cmaSpeech; }
    Standardiser& standardiser(bool face) { return face ? m_standardFace : m_standardSpeech; }
    torch::Tensor coeffMean() const { return m_coeffMean; }

    torch::Tensor encodeSpeech(const torch::Tensor& mfcc); // (B,T,78) -> u^s (B,T,128)
    // face (B,T,25) or undefined, speech (B,T,10) or undefined, useSpeech (B,T) bool where both are given; withheld
    // (B,T) or (B,1) bool or undefined: only the positions remain there.
    EmotionSides emotionSides(const torch::Tensor& face, const torch::Tensor& speech, const torch::Tensor& useSpeech,
                              const torch::Tensor& withheld, AttentionRecorder* recorder = nullptr);
    // U-EA (identity without EA); face: u^f, else u^s.
    torch::Tensor unimodal(bool face, const torch::Tensor& u, const EmotionSides& sides,
                           AttentionRecorder* recorder = nullptr);
    torch::Tensor fuse(const torch::Tensor& face, const torch::Tensor& speech, const EmotionSides& sides,
                       AttentionRecorder* recorder = nullptr);
    LatentDistribution bottleneck(const torch::Tensor& fused, AttentionRecorder* recorder = nullptr);
    // z as LatentDistribution::sample gives it -> the reaction of `frames` tokens.
    ReactionTensors decode(const torch::Tensor& z, int64_t frames, const EmotionSides& sides,
                           AttentionRecorder* recorder = nullptr);
    // û of the modality `face` in original units, from the present one. z (B,z) or (B,T,z).
    torch::Tensor imagine(bool face, const torch::Tensor& z, const torch::Tensor& present,
                          AttentionRecorder* recorder = nullptr);

    void forgetTables(); // positions, biases and what was computed from them: after weights changed

private:
    torch::Tensor positions(int64_t frames);
    torch::Tensor bias(int64_t frames); // undefined in compat
    torch::Device device() const { return m_fusionLayer->weight.device(); }
    void start();

    TransVaeConfig m_config;
    PositionCache m_tables;
    FrameEncoder m_videoEncoder{nullptr};
    torch::nn::Linear m_audioMap{nullptr}, m_fusionLayer{nullptr};
    torch::nn::Linear m_vaeLinear{nullptr}, m_toMu{nullptr}, m_toLogVariance{nullptr};
    torch::Tensor m_muToken, m_logVarianceToken;
    EncoderStack m_vaeEncoder{nullptr};
    DecoderStack m_decoder1{nullptr}, m_decoder2{nullptr};
    torch::nn::Linear m_coeffMap{nullptr}, m_emotionMap0{nullptr}, m_emotionMap1{nullptr}, m_onlineFusion{nullptr},
        m_query{nullptr};
    torch::Tensor m_positionScale;
    EmotionMlp m_emotionMlp{nullptr};
    EmotionAttention m_uEaFace{nullptr}, m_uEaSpeech{nullptr}, m_mEa{nullptr}, m_sEa{nullptr};
    Cma m_cmaFace{nullptr}, m_cmaSpeech{nullptr};
    Standardiser m_standardFace{nullptr}, m_standardSpeech{nullptr};
    SpeechEmotionHead m_speechEmotion{nullptr};
    torch::Tensor m_coeffMean;             // buffer: added to the coefficients to give raw units
    torch::Tensor m_mfccMean, m_mfccScale; // buffers (78), `fixed` only: MFCC of the training speakers, standardised
    torch::Tensor m_firstSelf; // compat: self-attention of decoder_1 on fixed queries, the same for every sample
};
TORCH_MODULE(TransVaeNet);

} // namespace emc
