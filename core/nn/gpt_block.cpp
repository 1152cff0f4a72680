#include "core/nn/gpt_block.h"

#include <cmath>

#include "core/nn/noise.h"

namespace emc {

namespace {
torch::nn::Linear linear(int64_t in, int64_t out, bool bias) {
    return torch::nn::Linear(torch::nn::LinearOptions(in, out).bias(bias));
}
torch::Tensor headsOf(const torch::Tensor& x, int64_t heads) { // (B,T,d) -> (B,heads,T,d/heads)
    return x.unflatten(-1, {heads, x.size(-1) / heads}).transpose(1, 2);
}
torch::Tensor dropped(const torch::Tensor& x, double dropout, bool training) {
    return training && dropout > 0 ? torch::dropout(x, dropout, true) : x;
}
torch::Tensor lastOf(const torch::Tensor& x, int64_t count) {
    return count > 0 && count < x.size(1) ? x.narrow(1, x.size(1) - count, count) : x;
}
// Attention with what is remembered in front of the new keys and values.
torch::Tensor attended(const torch::Tensor& q, torch::Tensor k, torch::Tensor v, const AttentionCall& call,
                       double dropout) {
    if (call.memory) {
        call.memory->append(k, v, call.limit);
        k = call.memory->keys;
        v = call.memory->values;
    }
    return attend(q, k, v, call.mask, false, dropout, call.site).transpose(1, 2).flatten(2);
}
} // namespace

void KeyValues::append(const torch::Tensor& k, const torch::Tensor& v, int64_t limit) {
    keys = keys.defined() ? torch::cat({keys, k}, 2) : k;
    values = values.defined() ? torch::cat({values, v}, 2) : v;
    const int64_t surplus = keys.size(2) - limit;
    if (surplus <= 0) return;
    keys = keys.narrow(2, surplus, limit);
    values = values.narrow(2, surplus, limit);
}

GptNormImpl::GptNormImpl(const BlockShape& shape) {
    m_weight = register_parameter("weight", torch::ones({shape.dims}));
    if (shape.bias) m_bias = register_parameter("bias", torch::zeros({shape.dims}));
}
torch::Tensor GptNormImpl::forward(const torch::Tensor& x) const {
    return torch::layer_norm(x, {x.size(-1)}, m_weight, m_bias, 1e-5);
}

GptAttentionImpl::GptAttentionImpl(const BlockShape& shape) : m_shape(shape) {
    m_in = register_module("c_attn", linear(shape.dims, 3 * shape.dims, shape.bias));
    m_out = register_module("c_proj", linear(shape.dims, shape.dims, shape.bias));
}
torch::Tensor GptAttentionImpl::forward(const torch::Tensor& x, const AttentionCall& call) {
    const double dropout = is_training() ? m_shape.dropout : 0;
    const auto parts = m_in->forward(x).chunk(3, -1);
    const torch::Tensor y = attended(headsOf(lastOf(parts[0], call.queries), m_shape.heads),
                                     headsOf(parts[1], m_shape.heads), headsOf(parts[2], m_shape.heads), call, dropout);
    return dropped(m_out->forward(y), m_shape.dropout, is_training());
}

GptCrossAttentionImpl::GptCrossAttentionImpl(const BlockShape& shape) : m_shape(shape) {
    m_query = register_module("x_c_attn", linear(shape.dims, shape.dims, shape.bias));
    m_keyValue = register_module("y_c_attn", linear(shape.dims, 2 * shape.dims, shape.bias));
    m_out = register_module("c_proj", linear(shape.dims, shape.dims, shape.bias));
}
torch::Tensor GptCrossAttentionImpl::forward(const torch::Tensor& x, const torch::Tensor& y,
                                             const AttentionCall& call) {
    const double dropout = is_training() ? m_shape.dropout : 0;
    const auto parts = m_keyValue->forward(y).chunk(2, -1);
    const torch::Tensor mixed = attended(headsOf(m_query->forward(x), m_shape.heads), headsOf(parts[0], m_shape.heads),
                                         headsOf(parts[1], m_shape.heads), call, dropout);
    return dropped(m_out->forward(mixed), m_shape.dropout, is_training());
}

GptMlpImpl::GptMlpImpl(const BlockShape& shape) : m_dropout(shape.dropout) {
    m_in = register_module("c_fc", linear(shape.dims, 4 * shape.dims, shape.bias));
    m_out = register_module("c_proj", linear(4 * shape.dims, shape.dims, shape.bias));
}
torch::Tensor GptMlpImpl::forward(const torch::Tensor& x) {
    return dropped(m_out->forward(torch::gelu(m_in->forward(x))), m_dropout, is_training());
}

GptBlockImpl::GptBlockImpl(const BlockShape& shape) {
    m_norm1 = register_module("ln_1", GptNorm(shape));
    m_attention = register_module("attn", GptAttention(shape));
    m_norm2 = register_module("ln_2", GptNorm(shape));
    m_mlp = register_module("mlp", GptMlp(shape));
}
torch::Tensor GptBlockImpl::forward(const torch::Tensor& x, const AttentionCall& call) {
    const torch::Tensor y = lastOf(x, call.queries) + m_attention->forward(m_norm1->forward(x), call);
    return y + m_mlp->forward(m_norm2->forward(y));
}

CrossModalBlockImpl::CrossModalBlockImpl(const BlockShape& shape) {
    m_norm1 = register_module("ln_1", GptNorm(shape));
    m_attention = register_module("attn", GptAttention(shape));
    m_cross = register_module("attn_cross", GptCrossAttention(shape));
    m_norm2 = register_module("ln_2", GptNorm(shape));
    m_norm3 = register_module("ln_3", GptNorm(shape));
    m_mlp = register_module("mlp", GptMlp(shape));
    m_gate = register_parameter("gated_alpha", torch::zeros({}));
}
torch::Tensor CrossModalBlockImpl::forward(const torch::Tensor& x, const torch::Tensor& y, const AttentionCall& self,
                                           const AttentionCall& cross) {
    const torch::Tensor own = m_attention->forward(m_norm1->forward(x), self);
    const torch::Tensor z =
        lastOf(x, self.queries) + own + m_gate * m_cross->forward(m_norm1->forward(own), m_norm3->forward(y), cross);
    return z + m_mlp->forward(m_norm2->forward(z));
}

void initialiseGpt(torch::nn::Module& module, int64_t layers, std::uint64_t seed) {
    torch::NoGradGuard off;
    const double deep = .02 / std::sqrt(2.0 * static_cast<double>(layers));
    for (const auto& item : module.named_parameters(true)) {
        torch::Tensor p = item.value();
        if (p.dim() < 2) {
            p.fill_(item.key().ends_with("weight") ? 1 : 0);
            continue;
        }
        std::vector<float> z =
            gaussianNoise(mixedSeed(seed, textSeed(item.key())), static_cast<std::size_t>(p.numel()));
        p.copy_(torch::from_blob(z.data(), p.sizes(), torch::kFloat32));
        p.mul_(item.key().ends_with("c_proj.weight") ? deep : .02);
    }
}

} // namespace emc
