#include "core/models/belfusion_network.h"

#include <cmath>

#include "core/api/error.h"
#include "core/api/vectors.h"
#include "core/nn/initialise.h"

namespace emc {

namespace {
constexpr int64_t kLatent = kBelfusionLatent, kTime = 64, kLayers = 10, kMlp = 64;
constexpr double kTiny = 1e-6;

torch::nn::Linear linear(int64_t in, int64_t out) {
    return torch::nn::Linear(in, out);
}
} // namespace

BelfusionConfig BelfusionConfig::of(const std::string& variant) {
    if (variant != "fixed" && variant != "compat")
        throw Error(ErrorKind::Usage, "there is no variant named \"" + variant + "\"", {}, "Use fixed or compat");
    BelfusionConfig config;
    config.compat = variant == "compat";
    if (config.compat) config.width = 1024;
    return config;
}

BehaviourAutoencoderImpl::BehaviourAutoencoderImpl() {
    const auto group = [&](const char* name) { return register_module(name, std::make_shared<torch::nn::Module>()); };
    m_encoder = group("x_rnn")->register_module("rnn_f", torch::nn::GRUCell(kEmotionDims, kLatent));
    m_mu = register_module("fc_mu_enc", linear(kLatent, kLatent));
    m_logVariance = register_module("fc_logvar_enc", linear(kLatent, kLatent));
    m_fromLatent = register_module("fc_z_dec", linear(kLatent, kLatent));
    m_decoder = group("d_rnn")->register_module("rnn_f", torch::nn::GRUCell(kLatent + kEmotionDims, kLatent));
    auto mlp = group("d_mlp")->register_module("affine_layers", torch::nn::ModuleList());
    m_mlp0 = linear(kLatent, kMlp);
    m_mlp1 = linear(kMlp, kMlp);
    mlp->push_back(m_mlp0);
    mlp->push_back(m_mlp1);
    m_output = register_module("d_out", linear(kMlp, kEmotionDims));
    auto coeffs = group("coeff_reg");
    m_coeffs0 = coeffs->register_module("0", linear(kEmotionDims, kLatent));
    m_coeffs2 = coeffs->register_module("2", linear(kLatent, kCoeffDims));
    auto statistics = group("statistics");
    m_min = statistics->register_buffer("min", -torch::ones({kLatent}));
    m_max = statistics->register_buffer("max", torch::ones({kLatent}));
    m_mean = statistics->register_buffer("mean", torch::zeros({kLatent}));
    m_deviation = statistics->register_buffer("std", torch::ones({kLatent}));
    m_variance = statistics->register_buffer("var", torch::ones({kLatent}));
    m_count = register_module("emc", std::make_shared<torch::nn::Module>())->register_buffer("seen", torch::zeros({1}));
}

torch::Tensor BehaviourAutoencoderImpl::encode(const torch::Tensor& emotion) {
    torch::Tensor h = torch::zeros({emotion.size(0), kLatent}, emotion.options());
    for (int64_t t = 0; t < emotion.size(1); ++t) h = m_encoder->forward(emotion.select(1, t), h);
    return h;
}

torch::Tensor BehaviourAutoencoderImpl::decode(const torch::Tensor& latent, int64_t length) {
    const torch::Tensor input = m_fromLatent->forward(latent);
    torch::Tensor h = torch::zeros({latent.size(0), kLatent}, latent.options()),
                  y = torch::zeros({latent.size(0), kEmotionDims}, latent.options());
    std::vector<torch::Tensor> frames;
    for (int64_t t = 0; t < length; ++t) { // every frame is fed with the one before
        h = m_decoder->forward(torch::cat({input, y}, 1), h);
        y = m_output->forward(torch::tanh(m_mlp1->forward(torch::tanh(m_mlp0->forward(h)))));
        frames.push_back(y);
    }
    return torch::stack(frames, 1);
}

torch::Tensor BehaviourAutoencoderImpl::coeffs(const torch::Tensor& emotion) {
    return m_coeffs2->forward(torch::tanh(m_coeffs0->forward(emotion)));
}

torch::Tensor BehaviourAutoencoderImpl::normalised(const torch::Tensor& latent) const {
    return 2 * (latent - m_min) / (m_max - m_min).clamp_min(kTiny) - 1;
}

torch::Tensor BehaviourAutoencoderImpl::restored(const torch::Tensor& normal) const {
    return (normal + 1) * (m_max - m_min) / 2 + m_min;
}

void BehaviourAutoencoderImpl::widenRange(const torch::Tensor& latents) {
    torch::NoGradGuard off;
    const torch::Tensor rows = latents.detach();
    const double before = m_count.item<double>(), now = static_cast<double>(rows.size(0)), all = before + now;
    const auto [variance, mean] = torch::var_mean(rows, 0, /*unbiased=*/false);
    const torch::Tensor low = std::get<0>(rows.min(0)), high = std::get<0>(rows.max(0));
    m_min.copy_(before > 0 ? torch::minimum(m_min, low) : low);
    m_max.copy_(before > 0 ? torch::maximum(m_max, high) : high);
    const torch::Tensor shift = mean - m_mean;
    m_variance.copy_(before > 0 ? (m_variance * before + variance * now + shift.square() * (before * now / all)) / all
                                : variance);
    m_mean.copy_(before > 0 ? m_mean + shift * (now / all) : mean);
    m_deviation.copy_(m_variance.sqrt());
    m_count.fill_(all);
}

torch::Tensor stepEmbedding(const torch::Tensor& step, int64_t dims) {
    const int64_t half = dims / 2;
    const torch::Tensor rate =
        torch::exp(torch::arange(half, torch::kFloat32) * (-std::log(10000.0) / static_cast<double>(half)))
            .to(step.device());
    const torch::Tensor angle = step.to(torch::kFloat32).unsqueeze(1) * rate;
    return torch::cat({torch::cos(angle), torch::sin(angle)}, 1);
}

void LatentDenoiserImpl::build(int64_t width) {
    const auto pair = [&](const char* name, torch::nn::Linear& first, torch::nn::Linear& second, int64_t in) {
        auto group = register_module(name, std::make_shared<torch::nn::Module>());
        first = group->register_module("0", linear(in, kLatent));
        second = group->register_module("2", linear(kLatent, kLatent));
    };
    pair("time_embed", m_time0, m_time2, kTime);
    pair("cond_embed", m_condition0, m_condition2, kLatent);
    auto layers = register_module("layers", torch::nn::ModuleList());
    for (int64_t i = 0; i < kLayers; ++i) {
        const bool last = i + 1 == kLayers;
        auto layer = std::make_shared<torch::nn::Module>();
        m_linear.push_back(
            layer->register_module("linear", linear((i == 0 ? kLatent : width) + kLatent, last ? kLatent : width)));
        if (!last) {
            m_scale.push_back(layer->register_module("linear_emb", linear(2 * kLatent, width)));
            m_norm.push_back(
                layer->register_module("norm", torch::nn::LayerNorm(torch::nn::LayerNormOptions({width}))));
        }
        layers->push_back(layer);
    }
}

torch::Tensor LatentDenoiserImpl::forward(const torch::Tensor& x, const torch::Tensor& step,
                                          const torch::Tensor& condition) {
    const torch::Tensor time =
        m_time2->forward(torch::silu(m_time0->forward(stepEmbedding(step, kTime).to(m_time0->weight.scalar_type()))));
    const torch::Tensor given = m_condition2->forward(torch::silu(m_condition0->forward(condition)));
    const torch::Tensor both = torch::silu(torch::cat({time, given}, 1));
    torch::Tensor h = x;
    for (std::size_t i = 0; i < m_norm.size(); ++i) {
        h = m_linear[i]->forward(torch::cat({h, x}, 1));
        h = torch::silu(m_norm[i]->forward(h * (1 + m_scale[i]->forward(both))));
    }
    return m_linear.back()->forward(torch::cat({h, x}, 1));
}

BelfusionNetImpl::BelfusionNetImpl(const BelfusionConfig& config) : m_config(config) {
    build(config.width);
    m_behaviour = register_module("embed_emotion", BehaviourAutoencoder());
    m_coeffMean = register_module("emc", std::make_shared<torch::nn::Module>())
                      ->register_buffer("coeff_mean", torch::zeros({kCoeffDims}));
    initialiseParameters(*this, config.seed);
    torch::NoGradGuard off;
    for (const auto& item : named_parameters(true)) {
        const std::string& name = item.key();
        // He's start in front of SiLU: the same variance as the authors' draw.
        if (name.starts_with("layers.") && name.ends_with("weight") && name.find("norm") == std::string::npos &&
            !name.starts_with("layers.9."))
            item.value().mul_(std::sqrt(6.0));
        // Biases of the cells have names that the common start does not know.
        if (name.find("rnn_f.bias") != std::string::npos) item.value().zero_();
    }
}

torch::Tensor BelfusionNetImpl::latent(const torch::Tensor& windows) {
    const torch::Tensor hidden = m_behaviour->encode(windows);
    return m_config.compat ? hidden : m_behaviour->mu(hidden);
}

torch::Tensor BelfusionNetImpl::react(const torch::Tensor& condition, const torch::Tensor& noise, int64_t length) {
    const torch::Tensor normal = m_schedule.denoised(noise, [&](const torch::Tensor& x, int step) {
        return forward(x, torch::full({x.size(0)}, step, torch::kLong).to(x.device()), condition);
    });
    return m_behaviour->decode(m_behaviour->restored(normal), length);
}

ReactionTensors BelfusionNetImpl::reactTo(const torch::Tensor& speaker, const torch::Tensor& noise) {
    const int length = m_config.window(), tokens = static_cast<int>(speaker.size(1));
    const std::vector<int> starts = behaviourWindows(tokens, length, m_config.hop());
    const auto windows = static_cast<int64_t>(starts.size());
    torch::Tensor condition = m_behaviour->normalised(latent(behaviourCut(speaker, starts, length))); // (B·W,128)
    const int64_t batch = noise.size(0);
    if (speaker.size(0) != batch) condition = condition.repeat({batch, 1}); // many draws for one clip
    const torch::Tensor start = noise.dim() == 3 ? noise : noise.unsqueeze(1).expand({batch, windows, kLatent});
    const torch::Tensor emotion = react(condition, start.reshape({-1, kLatent}), length);
    ReactionTensors out;
    out.emotion = behaviourJoined(emotion.view({batch, windows, length, kEmotionDims}), starts, tokens);
    out.coeffs = m_behaviour->coeffs(out.emotion);
    return out;
}

torch::Tensor behaviourCut(const torch::Tensor& x, const std::vector<int>& starts, int length) {
    std::vector<torch::Tensor> windows;
    const torch::Tensor offsets = torch::arange(length, torch::kLong).to(x.device());
    for (const int start : starts) // a clip that is too short repeats its last token
        windows.push_back(x.index_select(1, (offsets + start).clamp_max(x.size(1) - 1)));
    return torch::stack(windows, 1).flatten(0, 1);
}

torch::Tensor behaviourJoined(const torch::Tensor& windows, const std::vector<int>& starts, int tokens) {
    const int64_t length = std::min<int64_t>(windows.size(2), tokens);
    const torch::Tensor up = torch::arange(1, length + 1, windows.options()),
                        weight = torch::minimum(up, up.flip(0)).view({1, -1, 1});
    torch::Tensor sum = torch::zeros({windows.size(0), tokens, windows.size(3)}, windows.options()),
                  total = torch::zeros({1, tokens, 1}, windows.options());
    for (std::size_t w = 0; w < starts.size(); ++w) {
        sum.narrow(1, starts[w], length).add_(windows.select(1, static_cast<int64_t>(w)).narrow(1, 0, length) * weight);
        total.narrow(1, starts[w], length).add_(weight);
    }
    return sum / total;
}

std::vector<int> behaviourWindows(int tokens, int length, int hop) {
    std::vector<int> starts = {0};
    while (starts.back() + length < tokens) starts.push_back(std::min(starts.back() + hop, tokens - length));
    return starts;
}

} // namespace emc
