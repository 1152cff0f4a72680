#pragma once
// Swin Transformer (tiny by default) on single frames, as REGNN sees the face: patches of 4 pixels, attention within
// windows that move by half a window in every second block, four stages that halve the picture, LayerNorm and mean.
// Key names are those of the original and of swin_fer.pth (`patch_embed.proj.weight`,
// `layers.0.blocks.0.attn.qkv.weight`, ...); `emc convert` renames torchvision's and timm's. 27,519,354 numbers, the
// head is left out. Source: models.md 3.2; Liu et al., arXiv 2103.14030.
#include <torch/torch.h>

#include <cstdint>
#include <functional>
#include <vector>

#include "core/api/job_context.h"

namespace emc {

struct SwinConfig {
    std::int64_t width = 96, window = 7;
    std::vector<std::int64_t> depths{2, 2, 6, 2}, heads{3, 6, 12, 24};
    std::int64_t outputs() const { return width << (depths.size() - 1); } // 768
    // Pictures must be a multiple of this wide and high; 224 for the tiny one.
    std::int64_t pictureStep() const { return (window * 4) << (depths.size() - 1); }
};

class SwinTransformerImpl : public torch::nn::Module {
public:
    explicit SwinTransformerImpl(SwinConfig config = {});

    // frames (n,3,S,S) in [-1,1] -> (n,768). Throws Error(BadInput) for a size that is not a multiple of pictureStep().
    torch::Tensor forward(const torch::Tensor& frames);

    // Without gradient, in chunks of bounded size -> (frames,768). `readChunk(begin, end)` gives (end-begin,3,S,S) and
    // is called in order. Cancel points between chunks.
    torch::Tensor encode(int frames, const std::function<torch::Tensor(int begin, int end)>& readChunk, JobContext& job,
                         int chunk = 8);

    const SwinConfig& config() const { return m_config; }

private:
    SwinConfig m_config;
    torch::nn::Conv2d m_proj{nullptr};
    torch::nn::LayerNorm m_patchNorm{nullptr}, m_norm{nullptr};
    torch::nn::ModuleList m_layers{nullptr};
};
TORCH_MODULE(SwinTransformer);

} // namespace emc
