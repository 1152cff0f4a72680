#include "core/nn/attention.h"

#include <cmath>
#include <limits>

namespace emc {

bool AttentionRecorder::wants(const std::string& site, const std::string& part) const {
    for (const std::string& wanted : m_sites)
        if (wanted == "all" || wanted == site || wanted == site + "/" + part) return true;
    return false;
}

void AttentionRecorder::add(const std::string& site, const std::string& part, int layer, const torch::Tensor& weights) {
    const torch::Tensor w = weights.detach()[0].to(torch::kCPU, torch::kFloat32).contiguous();
    AttentionMap map;
    map.site = site;
    map.part = part;
    map.layer = layer;
    map.heads = static_cast<int>(w.size(0));
    map.queries = static_cast<int>(w.size(1));
    map.keys = static_cast<int>(w.size(2));
    map.weights.assign(w.data_ptr<float>(), w.data_ptr<float>() + w.numel());
    m_maps.push_back(std::move(map));
}

torch::Tensor attend(torch::Tensor q, torch::Tensor k, torch::Tensor v, const torch::Tensor& bias, bool causal,
                     double dropout, const AttentionSite& site) {
    // What is the same for all samples is computed once (batch 1).
    const int64_t batch = std::max(q.size(0), k.size(0));
    if (q.size(0) != batch) q = q.expand({batch, -1, -1, -1});
    if (k.size(0) != batch) {
        k = k.expand({batch, -1, -1, -1});
        v = v.expand({batch, -1, -1, -1});
    }
    if (!site.wanted()) {
        c10::optional<torch::Tensor> mask;
        if (bias.defined()) mask = bias;
        return at::scaled_dot_product_attention(q, k, v, mask, dropout, causal);
    }
    const float never = -std::numeric_limits<float>::infinity();
    torch::Tensor logits = torch::matmul(q, k.transpose(-2, -1)) / std::sqrt(static_cast<double>(q.size(-1)));
    const bool choice = bias.defined() && bias.scalar_type() == torch::kBool;
    if (bias.defined()) logits = choice ? logits.masked_fill(bias.logical_not(), never) : logits + bias;
    if (causal) {
        const torch::Tensor later = torch::ones({q.size(2), k.size(2)}, q.options().dtype(torch::kBool)).triu(1);
        logits = logits.masked_fill(later, never);
    }
    torch::Tensor weights = torch::softmax(logits, -1);
    if (choice) weights = weights.nan_to_num(0);
    site.recorder->add(site.site, site.part, site.layer, weights);
    return torch::matmul(dropout > 0 ? torch::dropout(weights, dropout, true) : weights, v);
}

MultiheadAttentionImpl::MultiheadAttentionImpl(int64_t dims, int64_t heads, double dropout)
    : m_dims(dims), m_heads(heads), m_dropout(dropout) {
    inProjWeight = register_parameter("in_proj_weight", torch::zeros({3 * dims, dims}));
    inProjBias = register_parameter("in_proj_bias", torch::zeros({3 * dims}));
    outProj = register_module("out_proj", torch::nn::Linear(dims, dims));
}

torch::Tensor MultiheadAttentionImpl::forward(const torch::Tensor& query, const torch::Tensor& key,
                                              const torch::Tensor& value, const torch::Tensor& bias, bool causal,
                                              const AttentionSite& site) {
    const int64_t d = m_dims, headDims = d / m_heads;
    const auto split = [&](const torch::Tensor& x) { return x.unflatten(-1, {m_heads, headDims}).transpose(1, 2); };
    torch::Tensor q, k, v;
    if (query.is_same(key) && key.is_same(value)) { // one product instead of three
        const auto parts = torch::linear(query, inProjWeight, inProjBias).chunk(3, -1);
        q = split(parts[0]);
        k = split(parts[1]);
        v = split(parts[2]);
    } else {
        q = split(torch::linear(query, inProjWeight.narrow(0, 0, d), inProjBias.narrow(0, 0, d)));
        if (key.is_same(value)) {
            const auto parts =
                torch::linear(key, inProjWeight.narrow(0, d, 2 * d), inProjBias.narrow(0, d, 2 * d)).chunk(2, -1);
            k = split(parts[0]);
            v = split(parts[1]);
        } else {
            k = split(torch::linear(key, inProjWeight.narrow(0, d, d), inProjBias.narrow(0, d, d)));
            v = split(torch::linear(value, inProjWeight.narrow(0, 2 * d, d), inProjBias.narrow(0, 2 * d, d)));
        }
    }
    const torch::Tensor mixed = attend(q, k, v, bias, causal, is_training() ? m_dropout : 0.0, site);
    return outProj->forward(mixed.transpose(1, 2).flatten(2));
}

} // namespace emc
