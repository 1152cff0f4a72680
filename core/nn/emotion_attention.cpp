#include "core/nn/emotion_attention.h"

#include "core/api/vectors.h"
#include "core/nn/speech_emotion_head.h"

namespace emc {

EmotionMlpImpl::EmotionMlpImpl(int64_t dims) {
    m_face = register_module("branch_face", torch::nn::Linear(kEmotionDims, dims));
    m_speech = register_module("branch_speech", torch::nn::Linear(kSpeechEmotionDims, dims));
    m_output = register_module("output", torch::nn::Linear(dims, dims));
    m_norm = register_module("norm", torch::nn::LayerNorm(torch::nn::LayerNormOptions({dims})));
}

torch::Tensor EmotionMlpImpl::forward(const torch::Tensor& face, const torch::Tensor& speech,
                                      const torch::Tensor& useSpeech) {
    torch::Tensor hidden;
    if (!speech.defined()) hidden = m_face->forward(face);
    else if (!face.defined()) hidden = m_speech->forward(speech);
    else hidden = torch::where(useSpeech.unsqueeze(-1), m_speech->forward(speech), m_face->forward(face));
    return m_norm->forward(m_output->forward(torch::gelu(hidden)));
}

EmotionAttentionImpl::EmotionAttentionImpl(int64_t dims, int64_t heads, double dropout) {
    const auto norm = [&] { return torch::nn::LayerNorm(torch::nn::LayerNormOptions({dims})); };
    m_selfX = register_module("self_x", MultiheadAttention(dims, heads, dropout));
    m_selfE = register_module("self_e", MultiheadAttention(dims, heads, dropout));
    m_cross = register_module("cross", MultiheadAttention(dims, heads, dropout));
    m_lnX = register_module("ln_x", norm());
    m_lnE = register_module("ln_e", norm());
    m_lnX2 = register_module("ln_x2", norm());
    m_lnE2 = register_module("ln_e2", norm());
    torch::NoGradGuard off;
    for (MultiheadAttention& attention : {std::ref(m_selfX), std::ref(m_selfE), std::ref(m_cross)}) {
        attention->outProj->weight.zero_();
        attention->outProj->bias.zero_();
    }
}

torch::Tensor EmotionAttentionImpl::emotionPart(const torch::Tensor& e, const AttentionSite& site,
                                                const torch::Tensor& mask) {
    const torch::Tensor h = m_lnE->forward(e);
    return m_lnE2->forward(e + m_selfE->forward(h, h, h, mask, false, site.with("self_e")));
}

torch::Tensor EmotionAttentionImpl::featurePart(const torch::Tensor& x, const torch::Tensor& emotion,
                                                const torch::Tensor& positions, const torch::Tensor& bias,
                                                const AttentionSite& site, const torch::Tensor& mask) {
    const auto placed = [&](const torch::Tensor& y) { return positions.defined() ? y + positions : y; };
    const torch::Tensor h = placed(m_lnX->forward(x));
    const torch::Tensor x2 = x + m_selfX->forward(h, h, h, mask, false, site.with("self_x"));
    return x2 + m_cross->forward(placed(m_lnX2->forward(x2)), emotion, emotion, bias, false, site.with("cross"));
}

torch::Tensor EmotionAttentionImpl::forward(const torch::Tensor& x, const torch::Tensor& e,
                                            const torch::Tensor& positions, const torch::Tensor& bias,
                                            const AttentionSite& site) {
    return featurePart(x, emotionPart(e, site), positions, bias, site);
}

} // namespace emc
