#pragma once
// The emotion attention (EA) of EMC and the e-MLP in front of it. Source: EMC paper eq. 8-13, 15 and Fig. 4;
// models.md 4.2, 4.3; emc_effect.md 5a.
#include "core/nn/attention.h"

namespace emc {

// 25 facial or 10 speech emotion numbers -> d, chosen per frame.
class EmotionMlpImpl : public torch::nn::Module {
public:
    explicit EmotionMlpImpl(int64_t dims);
    // face (B,T,25), speech (B,T,10); useSpeech (B,T) bool: frames that take the speech branch. Either input may be
    // undefined when no frame takes it (useSpeech is then ignored). -> (B,T,d)
    torch::Tensor forward(const torch::Tensor& face, const torch::Tensor& speech, const torch::Tensor& useSpeech);

private:
    torch::nn::Linear m_face{nullptr}, m_speech{nullptr}, m_output{nullptr};
    torch::nn::LayerNorm m_norm{nullptr};
};
TORCH_MODULE(EmotionMlp);

// X' = X + self_x(LN X + PE);  E' = E + self_e(LN E);  Y = X' + cross(q = LN X' + PE, kv = LN E').
// The three output projections start at zero: an attached block is the identity.
class EmotionAttentionImpl : public torch::nn::Module {
public:
    EmotionAttentionImpl(int64_t dims, int64_t heads, double dropout);
    // x (B,T,d), e (B,Te,d) with its positions added already (batch 1 is expanded), positions (1,T,d) or undefined,
    // bias (1,heads,T,Te) or undefined; `mask` is added to the logits of the self-attentions (windows of online
    // models).
    torch::Tensor forward(const torch::Tensor& x, const torch::Tensor& e, const torch::Tensor& positions,
                          const torch::Tensor& bias = {}, const AttentionSite& site = {});
    // The emotion side alone: the same for all samples of a clip.
    torch::Tensor emotionPart(const torch::Tensor& e, const AttentionSite& site = {},
                              const torch::Tensor& mask = {}); // -> LN E'
    torch::Tensor featurePart(const torch::Tensor& x, const torch::Tensor& emotion, const torch::Tensor& positions,
                              const torch::Tensor& bias = {}, const AttentionSite& site = {},
                              const torch::Tensor& mask = {});

private:
    MultiheadAttention m_selfX{nullptr}, m_selfE{nullptr}, m_cross{nullptr};
    torch::nn::LayerNorm m_lnX{nullptr}, m_lnE{nullptr}, m_lnX2{nullptr}, m_lnE2{nullptr};
};
TORCH_MODULE(EmotionAttention);

} // namespace emc
