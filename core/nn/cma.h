#pragma once
// Compensatory modality alignment: a conditional VAE that imagines the features of the missing modality from the
// present one. Source: EMC paper eq. 5-7, 16-18; models.md 4.4; emc_effect.md 5 (standardised features, stop gradients,
// trained from the prior too).
#include "core/nn/transformer.h"

namespace emc {

// Running mean and variance per dimension (momentum 0.05), over all frames of a batch.
class StandardiserImpl : public torch::nn::Module {
public:
    explicit StandardiserImpl(int64_t dims);
    void update(const torch::Tensor& u); // (B,T,d); no gradient
    torch::Tensor standardised(const torch::Tensor& u) const;
    torch::Tensor restored(const torch::Tensor& v) const;
    const torch::Tensor& mean() const { return m_mean; }

private:
    torch::Tensor m_mean, m_variance, m_started; // buffers
};
TORCH_MODULE(Standardiser);

struct CmaPosterior {
    torch::Tensor mu, logVariance; // (B,T,z), log variance within [-8,8]
};
struct CmaLosses {
    torch::Tensor align, prior,
        kl;              // scalars: eq. 16 on posterior draws, on prior draws (undefined unless asked for), eq. 17
    torch::Tensor sigma; // mean posterior deviation, a monitor
};

// All features are standardised ones. `mask` is added to the logits of the self-attentions (windows of online models).
class CmaImpl : public torch::nn::Module {
public:
    CmaImpl(int64_t dims, int64_t heads, double dropout);
    int64_t latentDims() const { return m_latent; }

    CmaPosterior encode(const torch::Tensor& u, const torch::Tensor& condition, const torch::Tensor& mask = {});
    // z (B,z) is repeated over time, or (B,T,z); condition (B,T,d) or (1,T,d). -> (B,T,d)
    torch::Tensor decode(const torch::Tensor& z, const torch::Tensor& condition, const AttentionSite& site = {},
                         const torch::Tensor& mask = {});
    // eq. 16-18. Target and condition are detached inside: encoders cannot make u easy to predict. `noise` as z of
    // decode(); `priorDraw` may be undefined.
    CmaLosses losses(const torch::Tensor& u, const torch::Tensor& condition, const torch::Tensor& noise,
                     const torch::Tensor& priorDraw, const torch::Tensor& mask = {});

private:
    int64_t m_dims, m_latent;
    torch::nn::Linear m_encoderInput{nullptr}, m_mu{nullptr}, m_logVariance{nullptr}, m_decoderInput{nullptr},
        m_output{nullptr};
    EncoderLayer m_encoder{nullptr}, m_decoder{nullptr};
    torch::Tensor positions(const torch::Tensor& like);
    torch::Tensor m_table; // not stored
};
TORCH_MODULE(Cma);

} // namespace emc
