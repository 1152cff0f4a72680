#include "core/nn/transformer.h"

namespace emc {

EncoderLayerImpl::EncoderLayerImpl(int64_t dims, int64_t heads, int64_t feedForward, double dropout)
    : m_dropout(dropout) {
    m_selfAttention = register_module("self_attn", MultiheadAttention(dims, heads, dropout));
    m_linear1 = register_module("linear1", torch::nn::Linear(dims, feedForward));
    m_linear2 = register_module("linear2", torch::nn::Linear(feedForward, dims));
    m_norm1 = register_module("norm1", torch::nn::LayerNorm(torch::nn::LayerNormOptions({dims})));
    m_norm2 = register_module("norm2", torch::nn::LayerNorm(torch::nn::LayerNormOptions({dims})));
}

torch::Tensor EncoderLayerImpl::forward(torch::Tensor x, const AttentionSite& site, const torch::Tensor& bias,
                                        const torch::Tensor& keys) {
    const bool train = is_training() && m_dropout > 0;
    const auto drop = [&](const torch::Tensor& y) { return train ? torch::dropout(y, m_dropout, true) : y; };
    const torch::Tensor& seen = keys.defined() ? keys : x;
    x = m_norm1->forward(x + drop(m_selfAttention->forward(x, seen, seen, bias, false, site.with("self"))));
    return m_norm2->forward(x + drop(m_linear2->forward(drop(torch::relu(m_linear1->forward(x))))));
}

EncoderStackImpl::EncoderStackImpl(int64_t dims, int64_t heads, int64_t feedForward, double dropout) {
    torch::nn::ModuleList layers = register_module("layers", torch::nn::ModuleList());
    m_layer = EncoderLayer(dims, heads, feedForward, dropout);
    layers->push_back(m_layer);
}

DecoderLayerImpl::DecoderLayerImpl(int64_t dims, int64_t heads, int64_t feedForward, double dropout)
    : m_dropout(dropout) {
    m_selfAttention = register_module("self_attn", MultiheadAttention(dims, heads, dropout));
    m_crossAttention = register_module("multihead_attn", MultiheadAttention(dims, heads, dropout));
    m_linear1 = register_module("linear1", torch::nn::Linear(dims, feedForward));
    m_linear2 = register_module("linear2", torch::nn::Linear(feedForward, dims));
    m_norm1 = register_module("norm1", torch::nn::LayerNorm(torch::nn::LayerNormOptions({dims})));
    m_norm2 = register_module("norm2", torch::nn::LayerNorm(torch::nn::LayerNormOptions({dims})));
    m_norm3 = register_module("norm3", torch::nn::LayerNorm(torch::nn::LayerNormOptions({dims})));
}

torch::Tensor DecoderLayerImpl::forward(const torch::Tensor& target, const torch::Tensor& memory,
                                        const torch::Tensor& crossBias, const AttentionSite& site) {
    return crossPart(selfPart(target, site), memory, crossBias, site);
}

torch::Tensor DecoderLayerImpl::selfPart(const torch::Tensor& target, const AttentionSite& site) {
    torch::Tensor y = m_selfAttention->forward(target, target, target, {}, true, site.with("self"));
    if (is_training() && m_dropout > 0) y = torch::dropout(y, m_dropout, true);
    return m_norm1->forward(target + y);
}

torch::Tensor DecoderLayerImpl::crossPart(const torch::Tensor& x, const torch::Tensor& memory,
                                          const torch::Tensor& crossBias, const AttentionSite& site) {
    const bool train = is_training() && m_dropout > 0;
    const auto drop = [&](const torch::Tensor& y) { return train ? torch::dropout(y, m_dropout, true) : y; };
    const torch::Tensor y =
        m_norm2->forward(x + drop(m_crossAttention->forward(x, memory, memory, crossBias, false, site.with("cross"))));
    return m_norm3->forward(y + drop(m_linear2->forward(drop(torch::relu(m_linear1->forward(y))))));
}

DecoderStackImpl::DecoderStackImpl(int64_t dims, int64_t heads, int64_t feedForward, double dropout) {
    torch::nn::ModuleList layers = register_module("layers", torch::nn::ModuleList());
    m_layer = DecoderLayer(dims, heads, feedForward, dropout);
    layers->push_back(m_layer);
}

} // namespace emc
