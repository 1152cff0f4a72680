#pragma once
// Post-norm Transformer layers (ReLU, batch first) with the parameter names of
// torch.nn.Transformer{Encoder,Decoder}Layer.
#include "core/nn/attention.h"

namespace emc {

class EncoderLayerImpl : public torch::nn::Module {
public:
    EncoderLayerImpl(int64_t dims, int64_t heads, int64_t feedForward, double dropout);
    // (B,T,d). `bias` is added to the logits; `keys` (B,Tk,d): what is looked at instead of x itself (earlier tokens
    // and x).
    torch::Tensor forward(torch::Tensor x, const AttentionSite& site = {}, const torch::Tensor& bias = {},
                          const torch::Tensor& keys = {});

private:
    MultiheadAttention m_selfAttention{nullptr};
    torch::nn::Linear m_linear1{nullptr}, m_linear2{nullptr};
    torch::nn::LayerNorm m_norm1{nullptr}, m_norm2{nullptr};
    double m_dropout;
};
TORCH_MODULE(EncoderLayer);

// One encoder layer under the name `layers.0`, as torch.nn.TransformerEncoder stores it.
class EncoderStackImpl : public torch::nn::Module {
public:
    EncoderStackImpl(int64_t dims, int64_t heads, int64_t feedForward, double dropout);
    torch::Tensor forward(const torch::Tensor& x, const AttentionSite& site = {}, const torch::Tensor& bias = {},
                          const torch::Tensor& keys = {}) {
        return m_layer->forward(x, site, bias, keys);
    }

private:
    EncoderLayer m_layer{nullptr};
};
TORCH_MODULE(EncoderStack);

class DecoderLayerImpl : public torch::nn::Module {
public:
    DecoderLayerImpl(int64_t dims, int64_t heads, int64_t feedForward, double dropout);
    // target (B,T,d), memory (B,Tm,d); self-attention causal, cross-attention unmasked with an optional bias. ->
    // (B,T,d)
    torch::Tensor forward(const torch::Tensor& target, const torch::Tensor& memory, const torch::Tensor& crossBias = {},
                          const AttentionSite& site = {});
    // The two halves: what does not depend on the memory, and the rest. target may have batch 1 and is then expanded to
    // the memory's batch.
    torch::Tensor selfPart(const torch::Tensor& target, const AttentionSite& site = {});
    torch::Tensor crossPart(const torch::Tensor& x, const torch::Tensor& memory, const torch::Tensor& crossBias = {},
                            const AttentionSite& site = {});

private:
    MultiheadAttention m_selfAttention{nullptr}, m_crossAttention{nullptr};
    torch::nn::Linear m_linear1{nullptr}, m_linear2{nullptr};
    torch::nn::LayerNorm m_norm1{nullptr}, m_norm2{nullptr}, m_norm3{nullptr};
    double m_dropout;
};
TORCH_MODULE(DecoderLayer);

// One decoder layer under the name `layers.0`.
class DecoderStackImpl : public torch::nn::Module {
public:
    DecoderStackImpl(int64_t dims, int64_t heads, int64_t feedForward, double dropout);
    DecoderLayer& layer() { return m_layer; }

private:
    DecoderLayer m_layer{nullptr};
};
TORCH_MODULE(DecoderStack);

} // namespace emc
