#include "core/nn/mult_fusion.h"

#include <cmath>

namespace emc {

torch::Tensor multPositions(int64_t length, int64_t dims) {
    const int64_t half = dims / 2;
    const torch::Tensor rate =
        torch::exp(torch::arange(half, torch::kFloat32) * (-std::log(10000.0) / static_cast<double>(half - 1)));
    const torch::Tensor angle = torch::arange(length + 1, torch::kFloat32).unsqueeze(1) * rate.unsqueeze(0);
    torch::Tensor table = torch::cat({torch::sin(angle), torch::cos(angle)}, 1);
    table[0].zero_();
    return table;
}

MultLayerImpl::MultLayerImpl(double dropout) : m_dropout(dropout) {
    const auto norm = [] { return torch::nn::LayerNorm(torch::nn::LayerNormOptions({kMultWidth})); };
    m_attention = register_module("self_attn", MultiheadAttention(kMultWidth, kMultHeads, 0));
    m_fc1 = register_module("fc1", torch::nn::Linear(kMultWidth, 4 * kMultWidth));
    m_fc2 = register_module("fc2", torch::nn::Linear(4 * kMultWidth, kMultWidth));
    auto norms = register_module("layer_norms", torch::nn::ModuleList());
    m_norm0 = norm();
    m_norm1 = norm();
    norms->push_back(m_norm0);
    norms->push_back(m_norm1);
}

torch::Tensor MultLayerImpl::forward(const torch::Tensor& x, const torch::Tensor& keys, const torch::Tensor& bias,
                                     const AttentionSite& site) {
    const bool train = is_training() && m_dropout > 0;
    const auto drop = [&](const torch::Tensor& y) { return train ? torch::dropout(y, m_dropout, true) : y; };
    const torch::Tensor q = m_norm0->forward(x), k = keys.defined() ? m_norm0->forward(keys) : q;
    const torch::Tensor y = x + drop(m_attention->forward(q, k, k, bias, false, site));
    return y + drop(m_fc2->forward(drop(torch::relu(m_fc1->forward(m_norm1->forward(y))))));
}

MultEncoderImpl::MultEncoderImpl(const MultOptions& options)
    : m_compat(options.compat), m_dropout(options.embedDropout) {
    m_layers = register_module("layers", torch::nn::ModuleList());
    for (int64_t i = 0; i < kMultLayers; ++i) m_layers->push_back(MultLayer(options.layerDropout));
    m_norm = register_module("layer_norm", torch::nn::LayerNorm(torch::nn::LayerNormOptions({kMultWidth})));
    if (m_compat) { // without meaning, but part of the original's files
        auto positions = register_module("embed_positions", std::make_shared<torch::nn::Module>());
        positions->register_buffer("_float_tensor", torch::zeros({1}));
        positions->register_buffer("version", torch::full({1}, 2.0));
    }
}

torch::Tensor MultEncoderImpl::embedded(const torch::Tensor& x) {
    const int64_t frames = x.size(1);
    {
        c10::InferenceMode off(false); // the same table serves training
        if (!m_table.defined() || m_table.size(0) < frames + 1 || m_table.device() != x.device())
            m_table = multPositions(std::max<int64_t>(frames, 64), kMultWidth).to(x.device());
    }
    torch::Tensor where = m_table.narrow(0, 1, frames).unsqueeze(0);
    if (m_compat) where = where.masked_fill((x.select(2, 0) == 0).unsqueeze(-1), 0);
    const torch::Tensor y = x * std::sqrt(static_cast<double>(kMultWidth)) + where;
    return is_training() && m_dropout > 0 ? torch::dropout(y, m_dropout, true) : y;
}

torch::Tensor MultEncoderImpl::forward(const torch::Tensor& x, const torch::Tensor& keys, const torch::Tensor& bias,
                                       AttentionSite site) {
    torch::Tensor y = embedded(x);
    const torch::Tensor k = keys.defined() ? embedded(keys) : torch::Tensor();
    site.layer = 0;
    for (const auto& layer : *m_layers) {
        y = layer->as<MultLayer>()->forward(y, k, bias, site);
        ++site.layer;
    }
    return m_norm->forward(y);
}

MultFusionImpl::MultFusionImpl(const MultOptions& options) : m_options(options) {
    auto video = register_module("proj_v", std::make_shared<torch::nn::Module>());
    auto audio = register_module("proj_a", std::make_shared<torch::nn::Module>());
    m_projectVideo = video->register_parameter("weight", torch::zeros({kMultWidth, options.videoDims, 1}));
    m_projectAudio = audio->register_parameter("weight", torch::zeros({kMultWidth, options.audioDims, 1}));
    m_cross = register_module("trans_v_with_a", MultEncoder(options));
    m_memory = register_module("trans_v_mem", MultEncoder(options));
    m_proj1 = register_module("proj1", torch::nn::Linear(kMultWidth, kMultWidth));
    m_proj2 = register_module("proj2", torch::nn::Linear(kMultWidth, kMultWidth));
    m_output = register_module("out_layer", torch::nn::Linear(kMultWidth, kFusedDims));
}

torch::Tensor MultFusionImpl::project(bool video, const torch::Tensor& features) const {
    if (m_options.compat && features.size(-1) == kMultWidth) return features;
    return torch::linear(features, (video ? m_projectVideo : m_projectAudio).squeeze(-1));
}

torch::Tensor MultFusionImpl::cross(const torch::Tensor& video, const torch::Tensor& audio, const torch::Tensor& bias,
                                    AttentionRecorder* recorder) {
    return m_cross->forward(video, audio, bias, {recorder, "trans_v_with_a", "cross"});
}

torch::Tensor MultFusionImpl::memory(const torch::Tensor& h, AttentionRecorder* recorder) {
    return m_memory->forward(h, {}, {}, {recorder, "trans_v_mem", "self"});
}

torch::Tensor MultFusionImpl::head(const torch::Tensor& h) {
    return m_output->forward(h + m_proj2->forward(torch::relu(m_proj1->forward(h))));
}

} // namespace emc
