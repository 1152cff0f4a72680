#pragma once
// Trans-VAE, alone or inside EMC, as one module whose tensor names are the original's (+ `emc.*`, `ser.*`).
// `compat` = models.md 3.1 and 4 to the letter (loads official files); `fixed` = emc_effect.md 5a, the default.
#include <torch/torch.h>

#include <string>

#include "core/models/emc_network.h"

namespace emc {

// Parameters of the `fixed` variant without the frozen speech emotion head; the tests count them in parts.
inline constexpr long kParametersHost = 1338036, kParametersNoEa = 2049204, kParametersEmc = 2867380;

struct TransVaeConfig : EmcConfig {
    std::string modelName() const { return nameFor("trans-vae"); }
    std::vector<std::string> attentionSites() const; // "u_ea_f/self_x", ...
    static TransVaeConfig of(const std::string& model, const std::string& variant);
};

// One Gaussian per clip (compat: (B,d)) or per token (fixed: (B,T,d)).
struct LatentDistribution {
    torch::Tensor mu, logVariance;
    // `noise` (B,d): one draw per clip, repeated over time.
    torch::Tensor sample(const torch::Tensor& noise) const;
};

class TransVaeNetImpl : public EmcNetwork {
public:
    explicit TransVaeNetImpl(const TransVaeConfig& config);

    std::string modelName() const override { return emc().nameFor("trans-vae"); }
    FrameEncoder& frameEncoder() override { return m_videoEncoder; }
    torch::Tensor encodeFace(const torch::Tensor& features) override { return features; } // the encoder's, as they are
    torch::Tensor encodeSpeech(const torch::Tensor& mfcc) override;                       // (B,T,78) -> u^s (B,T,128)
    torch::Tensor fuse(const torch::Tensor& face, const torch::Tensor& speech, const EmotionSides& sides,
                       AttentionRecorder* recorder = nullptr);
    LatentDistribution bottleneck(const torch::Tensor& fused, AttentionRecorder* recorder = nullptr);
    // z as LatentDistribution::sample gives it -> the reaction of `frames` tokens.
    ReactionTensors decode(const torch::Tensor& z, int64_t frames, const EmotionSides& sides,
                           AttentionRecorder* recorder = nullptr);

    void forgetTables() override;

private:
    void start();

    FrameEncoder m_videoEncoder{nullptr};
    torch::nn::Linear m_audioMap{nullptr}, m_fusionLayer{nullptr};
    torch::nn::Linear m_vaeLinear{nullptr}, m_toMu{nullptr}, m_toLogVariance{nullptr};
    torch::Tensor m_muToken, m_logVarianceToken;
    EncoderStack m_vaeEncoder{nullptr};
    DecoderStack m_decoder1{nullptr}, m_decoder2{nullptr};
    torch::nn::Linear m_coeffMap{nullptr}, m_emotionMap0{nullptr}, m_emotionMap1{nullptr}, m_onlineFusion{nullptr},
        m_query{nullptr};
    torch::Tensor m_positionScale;
    torch::Tensor m_firstSelf; // compat: self-attention of decoder_1 on fixed queries, the same for every sample
};
TORCH_MODULE(TransVaeNet);

} // namespace emc
