#include "core/nn/swin.h"

#include <cmath>

#include "core/api/error.h"

namespace emc {

namespace {
using torch::indexing::Slice;

constexpr int64_t kPatch = 4;
constexpr double kMasked = -100; // the original's: after the softmax nothing is left of it

torch::nn::LayerNorm layerNorm(int64_t width) {
    return torch::nn::LayerNorm(torch::nn::LayerNormOptions({width}));
}

// (n,H,W,C) -> (n * windows, w*w, C), window after window, and back.
torch::Tensor cut(const torch::Tensor& x, int64_t w) {
    const int64_t n = x.size(0), H = x.size(1), W = x.size(2), C = x.size(3);
    return x.reshape({n, H / w, w, W / w, w, C}).permute({0, 1, 3, 2, 4, 5}).reshape({-1, w * w, C});
}
torch::Tensor join(const torch::Tensor& windows, int64_t w, int64_t H, int64_t W) {
    const int64_t C = windows.size(2);
    return windows.reshape({-1, H / w, W / w, w, w, C}).permute({0, 1, 3, 2, 4, 5}).reshape({-1, H, W, C});
}

// Row of the table of relative positions for each pair of places in a window: (w*w * w*w).
torch::Tensor relativePositions(int64_t w) {
    const torch::Tensor place = torch::arange(w * w, torch::kLong), row = place.div(w, "floor"), column = place % w;
    const auto difference = [w](const torch::Tensor& a) { return a.unsqueeze(1) - a.unsqueeze(0) + w - 1; };
    return (difference(row) * (2 * w - 1) + difference(column)).flatten();
}

// A moved picture is glued where its edges met: (windows, w*w, w*w), kMasked between places that were not neighbours.
torch::Tensor movedMask(int64_t H, int64_t W, int64_t w, int64_t shift) {
    const auto parts = [&](int64_t length) { // 0: windows without an edge; 1 and 2: both sides of it
        torch::Tensor part = torch::zeros({length});
        part.slice(0, length - w, length - shift).fill_(1);
        part.slice(0, length - shift, length).fill_(2);
        return part;
    };
    const torch::Tensor region = 3 * parts(H).unsqueeze(1) + parts(W).unsqueeze(0);
    const torch::Tensor windows = cut(region.view({1, H, W, 1}), w).squeeze(2);
    return (windows.unsqueeze(1) != windows.unsqueeze(2)).to(torch::kFloat32) * kMasked;
}

class WindowAttention : public torch::nn::Module {
public:
    WindowAttention(int64_t width, int64_t heads, int64_t window)
        : m_heads(heads), m_places(window * window), m_index(relativePositions(window)) {
        m_table = register_parameter("relative_position_bias_table",
                                     torch::zeros({(2 * window - 1) * (2 * window - 1), heads}));
        m_qkv = register_module("qkv", torch::nn::Linear(width, 3 * width));
        m_proj = register_module("proj", torch::nn::Linear(width, width));
    }

    // x (n * windows, w*w, C), mask (windows, w*w, w*w) or undefined
    torch::Tensor forward(const torch::Tensor& x, const torch::Tensor& mask) {
        const int64_t each = x.size(2) / m_heads;
        const torch::Tensor qkv =
            m_qkv->forward(x).view({x.size(0), m_places, 3, m_heads, each}).permute({2, 0, 3, 1, 4});
        torch::Tensor weights =
            torch::matmul(qkv[0] * (1 / std::sqrt(static_cast<double>(each))), qkv[1].transpose(2, 3));
        weights = weights + m_table.index_select(0, m_index.to(m_table.device()))
                                .view({m_places, m_places, m_heads})
                                .permute({2, 0, 1});
        if (mask.defined())
            weights = (weights.view({-1, mask.size(0), m_heads, m_places, m_places}) + mask.to(x).unsqueeze(1))
                          .view({-1, m_heads, m_places, m_places});
        return m_proj->forward(torch::matmul(torch::softmax(weights, -1), qkv[2]).transpose(1, 2).flatten(2));
    }

private:
    int64_t m_heads, m_places;
    torch::Tensor m_index, m_table;
    torch::nn::Linear m_qkv{nullptr}, m_proj{nullptr};
};

class Block : public torch::nn::Module {
public:
    Block(int64_t width, int64_t heads, int64_t window, bool moved)
        : m_window(window), m_shift(moved ? window / 2 : 0) {
        m_norm1 = register_module("norm1", layerNorm(width));
        m_attn = register_module("attn", std::make_shared<WindowAttention>(width, heads, window));
        m_norm2 = register_module("norm2", layerNorm(width));
        auto mlp = std::make_shared<torch::nn::Module>();
        m_fc1 = mlp->register_module("fc1", torch::nn::Linear(width, 4 * width));
        m_fc2 = mlp->register_module("fc2", torch::nn::Linear(4 * width, width));
        register_module("mlp", mlp);
    }

    torch::Tensor forward(torch::Tensor x) { // (n,H,W,C)
        const int64_t H = x.size(1), W = x.size(2);
        // A picture of one window has nothing to move.
        const int64_t shift = H > m_window ? m_shift : 0;
        torch::Tensor y = m_norm1->forward(x), mask;
        if (shift > 0) {
            y = torch::roll(y, {-shift, -shift}, {1, 2});
            mask = movedMask(H, W, m_window, shift);
        }
        y = join(m_attn->forward(cut(y, m_window), mask), m_window, H, W);
        if (shift > 0) y = torch::roll(y, {shift, shift}, {1, 2});
        x = x + y;
        return x + m_fc2->forward(torch::gelu(m_fc1->forward(m_norm2->forward(x))));
    }

private:
    int64_t m_window, m_shift;
    std::shared_ptr<WindowAttention> m_attn;
    torch::nn::LayerNorm m_norm1{nullptr}, m_norm2{nullptr};
    torch::nn::Linear m_fc1{nullptr}, m_fc2{nullptr};
};

// Four neighbours become one place of twice the width.
class Merging : public torch::nn::Module {
public:
    explicit Merging(int64_t width) {
        m_norm = register_module("norm", layerNorm(4 * width));
        m_reduction =
            register_module("reduction", torch::nn::Linear(torch::nn::LinearOptions(4 * width, 2 * width).bias(false)));
    }
    torch::Tensor forward(const torch::Tensor& x) {
        std::vector<torch::Tensor> parts;
        for (const int column : {0, 1})
            for (const int row : {0, 1})
                parts.push_back(
                    x.index({Slice(), Slice(row, torch::indexing::None, 2), Slice(column, torch::indexing::None, 2)}));
        return m_reduction->forward(m_norm->forward(torch::cat(parts, 3)));
    }

private:
    torch::nn::LayerNorm m_norm{nullptr};
    torch::nn::Linear m_reduction{nullptr};
};

class Stage : public torch::nn::Module {
public:
    Stage(int64_t width, int64_t heads, int64_t depth, int64_t window, bool last) {
        m_blocks = register_module("blocks", torch::nn::ModuleList());
        for (int64_t i = 0; i < depth; ++i)
            m_blocks->push_back(std::make_shared<Block>(width, heads, window, i % 2 == 1));
        if (!last) m_downsample = register_module("downsample", std::make_shared<Merging>(width));
    }
    torch::Tensor forward(torch::Tensor x) {
        for (const auto& block : *m_blocks) x = block->as<Block>()->forward(x);
        return m_downsample ? m_downsample->forward(x) : x;
    }

private:
    torch::nn::ModuleList m_blocks{nullptr};
    std::shared_ptr<Merging> m_downsample;
};
} // namespace

SwinTransformerImpl::SwinTransformerImpl(SwinConfig config) : m_config(std::move(config)) {
    auto patches = std::make_shared<torch::nn::Module>();
    m_proj = patches->register_module(
        "proj", torch::nn::Conv2d(torch::nn::Conv2dOptions(3, m_config.width, kPatch).stride(kPatch)));
    m_patchNorm = patches->register_module("norm", layerNorm(m_config.width));
    register_module("patch_embed", patches);
    m_layers = register_module("layers", torch::nn::ModuleList());
    for (std::size_t i = 0; i < m_config.depths.size(); ++i)
        m_layers->push_back(std::make_shared<Stage>(m_config.width << i, m_config.heads.at(i), m_config.depths[i],
                                                    m_config.window, i + 1 == m_config.depths.size()));
    m_norm = register_module("norm", layerNorm(m_config.outputs()));
}

torch::Tensor SwinTransformerImpl::forward(const torch::Tensor& frames) {
    const int64_t step = m_config.pictureStep();
    if (frames.dim() != 4 || frames.size(1) != 3 || frames.size(2) != frames.size(3) || frames.size(2) < step ||
        frames.size(2) % step != 0)
        throw Error(ErrorKind::BadInput,
                    "Swin reads square pictures of " + std::to_string(step) + " pixels or a multiple of it");
    torch::Tensor x = m_patchNorm->forward(m_proj->forward(frames).permute({0, 2, 3, 1}));
    for (const auto& layer : *m_layers) x = layer->as<Stage>()->forward(x);
    return m_norm->forward(x).mean({1, 2});
}

torch::Tensor SwinTransformerImpl::encode(int frames, const std::function<torch::Tensor(int, int)>& readChunk,
                                          JobContext& job, int chunk) {
    const torch::InferenceMode on;
    const torch::Tensor weight = m_norm->weight;
    torch::Tensor all = torch::empty({frames, m_config.outputs()}, weight.options());
    for (int begin = 0; begin < frames; begin += chunk) {
        job.progress(begin, frames, "seeing with Swin");
        const int end = std::min(begin + chunk, frames);
        all.slice(0, begin, end).copy_(forward(readChunk(begin, end).to(weight.options())));
    }
    return all;
}

} // namespace emc
