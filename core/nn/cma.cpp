#include "core/nn/cma.h"

#include "core/nn/positions.h"

namespace emc {

namespace {
constexpr double kMomentum = .05, kTiny = 1e-5;
}

StandardiserImpl::StandardiserImpl(int64_t dims) {
    m_mean = register_buffer("mean", torch::zeros({dims}));
    m_variance = register_buffer("variance", torch::ones({dims}));
    m_started = register_buffer("started", torch::zeros({1}));
}

void StandardiserImpl::update(const torch::Tensor& u) {
    torch::NoGradGuard off;
    const torch::Tensor rows = u.detach().flatten(0, -2);
    if (rows.size(0) < 2) return;
    const auto [variance, mean] = torch::var_mean(rows, 0, /*unbiased=*/false);
    // The first batch replaces the start values, else the first dozens of steps would see wrong units.
    const double momentum = m_started.item<float>() == 0.f ? 1.0 : kMomentum;
    m_mean.lerp_(mean, momentum);
    m_variance.lerp_(variance, momentum);
    m_started.fill_(1);
}

torch::Tensor StandardiserImpl::standardised(const torch::Tensor& u) const {
    return (u - m_mean) / (m_variance + kTiny).sqrt();
}
torch::Tensor StandardiserImpl::restored(const torch::Tensor& v) const {
    return v * (m_variance + kTiny).sqrt() + m_mean;
}

CmaImpl::CmaImpl(int64_t dims, int64_t heads, double dropout) : m_dims(dims), m_latent(dims / 2) {
    m_encoderInput = register_module("encoder_input", torch::nn::Linear(2 * dims, dims));
    m_encoder = register_module("encoder", EncoderLayer(dims, heads, 2 * dims, dropout));
    m_mu = register_module("mu", torch::nn::Linear(dims, m_latent));
    m_logVariance = register_module("log_variance", torch::nn::Linear(dims, m_latent));
    m_decoderInput = register_module("decoder_input", torch::nn::Linear(m_latent + dims, dims));
    m_decoder = register_module("decoder", EncoderLayer(dims, heads, 2 * dims, dropout));
    m_output = register_module("output", torch::nn::Linear(dims, dims));
}

torch::Tensor CmaImpl::positions(const torch::Tensor& like) {
    c10::InferenceMode off(false);
    if (!m_table.defined() || m_table.size(1) < like.size(1) || m_table.device() != like.device())
        m_table = sinusoidalTable(std::max<int64_t>(1024, like.size(1)), m_dims).unsqueeze(0).to(like.device());
    return m_table.narrow(1, 0, like.size(1));
}

CmaPosterior CmaImpl::encode(const torch::Tensor& u, const torch::Tensor& condition, const torch::Tensor& mask) {
    const torch::Tensor x = m_encoderInput->forward(torch::cat({u, condition}, -1));
    const torch::Tensor h = m_encoder->forward(x + positions(x), {}, mask);
    return {m_mu->forward(h), m_logVariance->forward(h).clamp(-8, 8)};
}

torch::Tensor CmaImpl::decode(const torch::Tensor& z, const torch::Tensor& condition, const AttentionSite& site,
                              const torch::Tensor& mask) {
    const int64_t batch = std::max(z.size(0), condition.size(0)), frames = condition.size(1);
    // The input layer is split: its condition half is the same for every draw, and a repeated z needs one row instead
    // of T.
    const torch::Tensor weight = m_decoderInput->weight;
    torch::Tensor fromZ = torch::linear(z, weight.narrow(1, 0, m_latent));
    if (fromZ.dim() == 2) fromZ = fromZ.unsqueeze(1);
    const torch::Tensor fromCondition =
        torch::linear(condition, weight.narrow(1, m_latent, m_dims), m_decoderInput->bias) + positions(condition);
    const torch::Tensor x = (fromZ + fromCondition).expand({batch, frames, m_dims});
    return m_output->forward(m_decoder->forward(x, site, mask));
}

CmaLosses CmaImpl::losses(const torch::Tensor& u, const torch::Tensor& condition, const torch::Tensor& noise,
                          const torch::Tensor& priorDraw, const torch::Tensor& mask) {
    const torch::Tensor target = u.detach(), c = condition.detach();
    const CmaPosterior q = encode(target, c, mask);
    const torch::Tensor sigma = torch::exp(.5 * q.logVariance);
    const torch::Tensor z = q.mu + sigma * (noise.dim() == 2 ? noise.unsqueeze(1) : noise);
    CmaLosses losses;
    const auto distance = [&](const torch::Tensor& imagined) { return (target - imagined).square().sum(-1).mean(); };
    losses.align = distance(decode(z, c, {}, mask));
    if (priorDraw.defined()) losses.prior = distance(decode(priorDraw, c, {}, mask));
    losses.kl = (.5 * (q.mu.square() + q.logVariance.exp() - 1 - q.logVariance)).sum(-1).mean();
    losses.sigma = sigma.detach().mean();
    return losses;
}

} // namespace emc
