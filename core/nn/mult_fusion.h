#pragma once
// MulT, the fusion of REGNN: video asks audio through five pre-norm cross-attention layers, then five self-attention
// layers. Source: models.md 3.2 (perceptual processor). Key names are the original's.
#include "core/nn/attention.h"

namespace emc {

struct MultOptions {
    int64_t videoDims = 768, audioDims = 128; // of the features that go in
    // To the letter: a width of 128 is never projected, and a frame whose first channel is exactly 0 counts as padding
    // and gets no position (quantised VGGish has such frames). Off: both are projected, every frame has its position.
    bool compat = false;
    double embedDropout = 0, layerDropout = 0; // the original trains with 0.25 and 0.1
};

inline constexpr int64_t kMultWidth = 128, kMultHeads = 4, kMultLayers = 5, kFusedDims = 64;

// One pre-norm layer {self_attn, fc1, fc2, layer_norms.0, layer_norms.1}.
class MultLayerImpl : public torch::nn::Module {
public:
    explicit MultLayerImpl(double dropout);
    // x (B,T,128); keys undefined = self-attention. The keys pass the same first norm as the queries.
    torch::Tensor forward(const torch::Tensor& x, const torch::Tensor& keys, const torch::Tensor& bias,
                          const AttentionSite& site);

private:
    MultiheadAttention m_attention{nullptr};
    torch::nn::Linear m_fc1{nullptr}, m_fc2{nullptr};
    torch::nn::LayerNorm m_norm0{nullptr}, m_norm1{nullptr};
    double m_dropout;
};
TORCH_MODULE(MultLayer);

class MultEncoderImpl : public torch::nn::Module {
public:
    explicit MultEncoderImpl(const MultOptions& options);
    torch::Tensor forward(const torch::Tensor& x, const torch::Tensor& keys = {}, const torch::Tensor& bias = {},
                          AttentionSite site = {});

private:
    torch::Tensor embedded(const torch::Tensor& x);

    torch::nn::ModuleList m_layers{nullptr};
    torch::nn::LayerNorm m_norm{nullptr};
    torch::Tensor m_table; // not stored
    bool m_compat;
    double m_dropout;
};
TORCH_MODULE(MultEncoder);

class MultFusionImpl : public torch::nn::Module {
public:
    explicit MultFusionImpl(const MultOptions& options);
    // Features (B,T,videoDims) or (B,T,audioDims) -> the unimodal embedding u (B,T,128).
    torch::Tensor project(bool video, const torch::Tensor& features) const;
    // u^f asks u^s -> (B,T,128). `bias` (1,4,T,T) is added to the logits of all layers, or undefined.
    torch::Tensor cross(const torch::Tensor& video, const torch::Tensor& audio, const torch::Tensor& bias = {},
                        AttentionRecorder* recorder = nullptr);
    torch::Tensor memory(const torch::Tensor& h, AttentionRecorder* recorder = nullptr); // (B,T,128)
    torch::Tensor head(const torch::Tensor& h);                                          // (B,T,128) -> (B,T,64)

private:
    MultOptions m_options;
    torch::Tensor m_projectVideo, m_projectAudio; // kernels of width 1: (128,in,1)
    MultEncoder m_cross{nullptr}, m_memory{nullptr};
    torch::nn::Linear m_proj1{nullptr}, m_proj2{nullptr}, m_output{nullptr};
};
TORCH_MODULE(MultFusion);

// [sin | cos] table of MulT; row 0 is zero (padding), positions start at 1. -> (length + 1, dims)
torch::Tensor multPositions(int64_t length, int64_t dims);

} // namespace emc
