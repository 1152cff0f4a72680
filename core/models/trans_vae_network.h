#pragma once
// Trans-VAE, alone or inside EMC, as one module whose tensor names are the original's (+ `emc.*`, `ser.*`).
// `compat` = models.md 3.1 and 4 to the letter (loads official files); `fixed` = emc_effect.md 5a, the default.
#include <torch/torch.h>

#include <functional>
#include <string>

#include "core/models/emc_network.h"

namespace emc {

// Parameters of the `fixed` variant without the frozen speech emotion head; the tests count them in parts.
inline constexpr long kParametersHost = 1338036, kParametersNoEa = 2049204, kParametersEmc = 2867380;
inline constexpr long kParametersOnline = 1720116, kParametersOnlineNoEa = 2431284, kParametersOnlineEmc = 3249460;

// Tokens in a window of the online host: the authors test with 8; ours are 0.6 s at the stride of small runs.
inline constexpr int kOfficialWindow = 8, kOnlineWindow = 5;

struct TransVaeConfig : EmcConfig {
    // The same network window by window, fed with its own past reaction, when `window` is not 0.
    std::string modelName() const { return nameFor(window > 0 ? "trans-vae-online" : "trans-vae"); }
    std::vector<std::string> attentionSites() const; // "u_ea_f/self_x", ...
    static TransVaeConfig of(const std::string& model, const std::string& variant);
};

// One Gaussian per clip (compat: (B,d)) or per token (fixed: (B,T,d)).
struct LatentDistribution {
    torch::Tensor mu, logVariance;
    // `noise` (B,d): one draw per clip, repeated over time.
    torch::Tensor sample(const torch::Tensor& noise) const;
};

// What stands in front of the bottleneck, of the first `tokens` tokens: (R,tokens,d), and the emotion for S-EA.
struct PrefixFeatures {
    torch::Tensor fused;
    EmotionSides sides;
};
using PrefixSource = std::function<PrefixFeatures(int64_t tokens)>;

struct Generated {
    LatentDistribution q; // of all windows; compat: (B,windows,d)
    ReactionTensors reaction;
};

// What the online host remembers between two windows.
struct OnlineHistory {
    int64_t tokens = 0, windows = 0;
    ReactionTensors past;                // of all tokens so far; undefined at the start
    torch::Tensor keys, memory, decoded; // `fixed`: inputs of the bottleneck, g, outputs of decoder_1
};

class TransVaeNetImpl : public EmcNetwork {
public:
    explicit TransVaeNetImpl(const TransVaeConfig& config);

    const TransVaeConfig& config() const { return m_config; }
    std::string modelName() const override { return m_config.modelName(); }
    FrameEncoder& frameEncoder() override { return m_videoEncoder; }
    torch::Tensor encodeFace(const torch::Tensor& features) override { return features; } // the encoder's, as they are
    torch::Tensor encodeSpeech(const torch::Tensor& mfcc) override;                       // (B,T,78) -> u^s (B,T,128)
    torch::Tensor fuse(const torch::Tensor& face, const torch::Tensor& speech, const EmotionSides& sides,
                       AttentionRecorder* recorder = nullptr);
    LatentDistribution bottleneck(const torch::Tensor& fused, AttentionRecorder* recorder = nullptr);
    // z as LatentDistribution::sample gives it -> the reaction of `frames` tokens.
    ReactionTensors decode(const torch::Tensor& z, int64_t frames, const EmotionSides& sides,
                           AttentionRecorder* recorder = nullptr);

    // Online: the reaction window by window; `source` is asked for growing prefixes. noise (B,d), or (B,windows,d) for
    // another draw in every window. compat leaves the tail that fills no window at 0, as the authors do.
    Generated generate(const PrefixSource& source, const torch::Tensor& noise, int64_t tokens,
                       AttentionRecorder* recorder = nullptr);
    // The next window of the online host: the prefix ends with it. noise (B,d).
    Generated nextWindow(OnlineHistory& history, const PrefixFeatures& prefix, const torch::Tensor& noise,
                         AttentionRecorder* recorder = nullptr);
    // Online: Z of every token (compat: of the whole) as if nothing had been answered yet, which puts variants of the
    // same clip side by side.
    LatentDistribution withoutPast(const torch::Tensor& fused);

    void forgetTables() override;

private:
    void start();
    void addOnlineParts(torch::nn::Module& decoder);
    Generated nextOfficialWindow(OnlineHistory& history, const PrefixFeatures& prefix, const torch::Tensor& noise,
                                 AttentionRecorder* recorder);
    // Inputs of the bottleneck: features of a window with the reaction there (undefined = not known yet).
    torch::Tensor withFeedback(const torch::Tensor& fused, const ReactionTensors& reaction);
    // compat: the time queries behind the self-attention of decoder_1.
    torch::Tensor timeQueries(int64_t frames, int64_t batch, const AttentionSite& site);
    ReactionTensors heads(const torch::Tensor& decoded, const torch::Tensor& forCoeffs);

    const TransVaeConfig m_config;
    FrameEncoder m_videoEncoder{nullptr};
    torch::nn::Linear m_audioMap{nullptr}, m_fusionLayer{nullptr};
    torch::nn::Linear m_vaeLinear{nullptr}, m_toMu{nullptr}, m_toLogVariance{nullptr};
    torch::Tensor m_muToken, m_logVarianceToken;
    EncoderStack m_vaeEncoder{nullptr};
    DecoderStack m_decoder1{nullptr}, m_decoder2{nullptr};
    torch::nn::Linear m_coeffMap{nullptr}, m_emotionMap0{nullptr}, m_emotionMap1{nullptr}, m_onlineFusion{nullptr},
        m_query{nullptr};
    torch::Tensor m_positionScale;
    torch::nn::LSTM m_lstm{nullptr}; // this and the next three: online only
    torch::nn::Linear m_pastCoeffs{nullptr}, m_newReaction{nullptr};
    DecoderStack m_decoder3d{nullptr};
    torch::Tensor m_firstSelf; // compat: self-attention of decoder_1 on fixed queries, the same for every sample
};
TORCH_MODULE(TransVaeNet);

} // namespace emc
