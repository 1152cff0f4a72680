#pragma once
// BeLFusion: what a listener does in a window of two seconds as one latent of a recurrent autoencoder, and a diffusion
// model that draws that latent given the speaker's. Emotion in, emotion out: no video, no sound. Tensor names are the
// authors' (models.md 3.4, A.5): the denoiser's at the root, the autoencoder's under `embed_emotion.`, which is their
// name for it, and the range of its latents under `embed_emotion.statistics.`.
// compat: the latent is the encoder's hidden state, every window for itself. `fixed`: the latent is the mean that the
// decoder was trained on, neighbouring windows overlap and share their noise, the denoiser is narrower, and it learns
// from every draw, not from the best of ten.
#include <torch/torch.h>

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include "core/models/emc_network.h"
#include "core/nn/diffusion.h"

namespace emc {

inline constexpr int kBelfusionLatent = 128, kBelfusionWindow = 50, kBelfusionSteps = 10;
inline constexpr long kParametersBelfusionVae = 242579, kParametersBelfusionDenoiser = 12300928;
// Of the `fixed` variant, autoencoder and denoiser.
inline constexpr long kParametersBelfusion = 2935827;

struct BelfusionConfig {
    bool compat = false;
    int stride = 1;      // frames per token
    int64_t width = 384; // of the denoiser; the authors' has 1024
    std::uint64_t seed = 1;
    // Tokens of a window: 50 frames of 25 fps.
    int window() const { return std::max(4, kBelfusionWindow / stride); }
    int hop() const { return compat ? window() : window() / 2; }
    // Throws Error(Usage) for an unknown variant.
    static BelfusionConfig of(const std::string& variant);
};

// GRU autoencoder of windows of emotion, and the affine-tanh map from emotion to coefficients.
class BehaviourAutoencoderImpl : public torch::nn::Module {
public:
    BehaviourAutoencoderImpl();
    torch::Tensor encode(const torch::Tensor& emotion); // (B,w,25) -> last hidden state (B,128)
    torch::Tensor mu(const torch::Tensor& hidden) { return m_mu->forward(hidden); }
    torch::Tensor logVariance(const torch::Tensor& hidden) { return m_logVariance->forward(hidden); }
    torch::Tensor decode(const torch::Tensor& latent, int64_t length); // (B,128) -> (B,length,25)
    torch::Tensor coeffs(const torch::Tensor& emotion);                // (..,25) -> (..,58)

    // The range of latents: [-1,1] there and back. A latent that never varies stays 0.
    torch::Tensor normalised(const torch::Tensor& latent) const;
    torch::Tensor restored(const torch::Tensor& normal) const;
    void widenRange(const torch::Tensor& latents); // (B,128), no gradient
    bool hasRange() const { return m_count.item<float>() > 0; }

private:
    torch::nn::GRUCell m_encoder{nullptr}, m_decoder{nullptr};
    torch::nn::Linear m_mu{nullptr}, m_logVariance{nullptr}, m_fromLatent{nullptr}, m_mlp0{nullptr}, m_mlp1{nullptr},
        m_output{nullptr}, m_coeffs0{nullptr}, m_coeffs2{nullptr};
    torch::Tensor m_min, m_max, m_mean, m_deviation, m_variance; // buffers
    torch::Tensor m_count; // windows seen by widenRange, 0 = no range yet; not the authors'
};
TORCH_MODULE(BehaviourAutoencoder);

// The denoiser: 10 layers, each with the input beside it, LayerNorm and SiLU behind a multiplicative condition.
class LatentDenoiserImpl : public torch::nn::Module {
public:
    explicit LatentDenoiserImpl(int64_t width) { build(width); }
    // x, condition (B,128), step (B) -> the clean latent (B,128).
    torch::Tensor forward(const torch::Tensor& x, const torch::Tensor& step, const torch::Tensor& condition);

protected:
    LatentDenoiserImpl() = default;
    void build(int64_t width);

private:
    torch::nn::Linear m_time0{nullptr}, m_time2{nullptr}, m_condition0{nullptr}, m_condition2{nullptr};
    std::vector<torch::nn::Linear> m_linear, m_scale;
    std::vector<torch::nn::LayerNorm> m_norm;
};
TORCH_MODULE(LatentDenoiser);

// cos | sin of step · 10000^(-i/half) -> (B,dims)
torch::Tensor stepEmbedding(const torch::Tensor& step, int64_t dims);

// Starts of the windows of `length` tokens that cover `tokens`, `hop` apart; the last one ends with the clip. One
// window when the clip is not longer than one.
std::vector<int> behaviourWindows(int tokens, int length, int hop);
// (B,T,C) -> (B·W,length,C), windows of one clip together.
torch::Tensor behaviourCut(const torch::Tensor& x, const std::vector<int>& starts, int length);
// (B,W,length,C) -> (B,tokens,C); where windows overlap the one whose middle is nearer weighs more.
torch::Tensor behaviourJoined(const torch::Tensor& windows, const std::vector<int>& starts, int tokens);

class BelfusionNetImpl : public LatentDenoiserImpl {
public:
    explicit BelfusionNetImpl(const BelfusionConfig& config);
    const BelfusionConfig& config() const { return m_config; }
    BehaviourAutoencoder& behaviour() { return m_behaviour; }
    const DiffusionSchedule& schedule() const { return m_schedule; }
    torch::Tensor coeffMean() const { return m_coeffMean; }

    // Windows of emotion (B,w,25) -> latents (B,128), not normalised: the hidden state, or `fixed` its mean.
    torch::Tensor latent(const torch::Tensor& windows);
    // One reaction for every speaker window: condition (B,128) normalised, noise (B,128) -> emotion (B,length,25).
    torch::Tensor react(const torch::Tensor& condition, const torch::Tensor& noise, int64_t length);
    // The whole way: speaker's emotion (B,T,25), or (1,T,25) for all draws -> (B,T,..). noise (B,128) for all windows
    // of a draw, or (B,windows,128).
    ReactionTensors reactTo(const torch::Tensor& speaker, const torch::Tensor& noise);
    int windows(int tokens) const {
        return static_cast<int>(behaviourWindows(tokens, m_config.window(), m_config.hop()).size());
    }

private:
    BelfusionConfig m_config;
    DiffusionSchedule m_schedule = DiffusionSchedule::cosine(kBelfusionSteps);
    BehaviourAutoencoder m_behaviour{nullptr};
    torch::Tensor m_coeffMean; // buffer: added to the coefficients to give raw units
};
TORCH_MODULE(BelfusionNet);

} // namespace emc
