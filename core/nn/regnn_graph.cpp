#include "core/nn/regnn_graph.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace emc {

namespace {
constexpr int64_t kNeighbours = 5;
constexpr double kTiny = 1e-16, kLipschitzMargin = 5;
const double kScale = 1.0 / std::sqrt(static_cast<double>(kWindowFrames));
} // namespace

GeluMlpImpl::GeluMlpImpl(int64_t in, int64_t hidden, int64_t out) {
    m_fc1 = register_module("fc1", torch::nn::Linear(in, hidden));
    m_fc2 = register_module("fc2", torch::nn::Linear(hidden, out));
}

torch::Tensor GeluMlpImpl::forward(const torch::Tensor& x) {
    return m_fc2->forward(torch::gelu(m_fc1->forward(x)));
}

EdgeLayerImpl::EdgeLayerImpl(bool compat) : m_compat(compat) {
    m_qk = register_module("qk", torch::nn::ModuleList());
    m_mlp = GeluMlp(kWindowFrames, kWindowFrames, kWindowFrames);
    m_project =
        torch::nn::Linear(torch::nn::LinearOptions(kWindowFrames, 2 * kEdgeChannels * kWindowFrames).bias(false));
    m_qk->push_back(m_mlp);
    m_qk->push_back(m_project);
}

torch::Tensor EdgeLayerImpl::attention(const torch::Tensor& x) {
    // (B,25,800) -> (2,B,8,25,50)
    const torch::Tensor qk = m_project->forward(m_mlp->forward(x))
                                 .view({x.size(0), kGraphNodes, 2, kEdgeChannels, kWindowFrames})
                                 .permute({2, 0, 3, 1, 4});
    return torch::softmax(torch::matmul(qk[0], qk[1].transpose(-2, -1)) * kScale, -1);
}

torch::Tensor EdgeLayerImpl::clipped(const torch::Tensor& attention) {
    torch::Tensor mask;
    {
        torch::NoGradGuard off;
        const torch::Tensor best = std::get<1>(attention.detach().sum(1).topk(kNeighbours, -1)); // (B,25,5)
        mask = torch::zeros({attention.size(0), kGraphNodes, kGraphNodes}, attention.options()).scatter_(-1, best, 1.0);
        if (m_compat) mask = std::get<0>(mask.max(1, /*keepdim=*/true)).expand({-1, kGraphNodes, -1});
        mask = torch::maximum(mask, torch::eye(kGraphNodes, attention.options())).unsqueeze(1);
    }
    const torch::Tensor kept = attention * mask;
    const torch::Tensor rows = kept / (kept.sum(-1, true) + kTiny);
    const torch::Tensor columns = rows / (rows.sum(-2, true) + kTiny);
    return torch::matmul(rows, columns.transpose(-2, -1));
}

void InverseReport::take(const InverseReport& other, int firstItem) {
    iterations = std::max(iterations, other.iterations);
    converged = converged && other.converged;
    if (worst >= 0 && other.residual <= residual) return; // a residual that is not a number gets through
    residual = other.residual;
    worst = firstItem + std::max(0, other.worst);
}

ActNormImpl::ActNormImpl() {
    m_logScale = register_parameter("_log_scale", torch::zeros({kGraphNodes}));
    m_shift = register_parameter("_shift", torch::zeros({kGraphNodes}));
}

torch::Tensor ActNormImpl::forward(const torch::Tensor& x) const {
    return x * m_logScale.exp().unsqueeze(-1) + m_shift.unsqueeze(-1);
}

torch::Tensor ActNormImpl::inverse(const torch::Tensor& y) const {
    return (y - m_shift.unsqueeze(-1)) * (-m_logScale).exp().unsqueeze(-1);
}

void ActNormImpl::startFrom(const torch::Tensor& x, double smallest) {
    torch::NoGradGuard off;
    const torch::Tensor rows = x.detach().transpose(0, 1).flatten(1);
    const torch::Tensor mean = rows.mean(1), variance = rows.var(1, /*unbiased=*/false).clamp_min(smallest * smallest);
    m_logScale.copy_(-.5 * (variance + 1e-5).log());
    m_shift.copy_(-mean * m_logScale.exp());
}

MotorAttentionImpl::MotorAttentionImpl() {
    channelWeights = register_parameter("w", torch::ones({1, kEdgeChannels}));
    m_qk = register_module("qk", torch::nn::Linear(kWindowFrames, 2 * kWindowFrames));
}

double MotorAttentionImpl::lipschitzBound() const {
    torch::NoGradGuard off;
    const torch::Tensor weight = m_qk->weight.detach().to(torch::kCPU);
    const torch::Tensor product =
        torch::matmul(weight.narrow(0, 0, kWindowFrames), weight.narrow(0, kWindowFrames, kWindowFrames).t());
    const torch::Tensor a = torch::eye(kWindowFrames, product.options()) + 2 * kScale * product;
    return at::linalg_matrix_norm(a, 2).item<double>() + kLipschitzMargin;
}

torch::Tensor MotorAttentionImpl::forward(const torch::Tensor& x, const torch::Tensor& edges, double lipschitz) const {
    const torch::Tensor h = torch::sigmoid(torch::elu(x));
    const auto qk = torch::linear(h, m_qk->weight, m_qk->bias).chunk(2, -1);
    const torch::Tensor a = torch::softmax(torch::matmul(qk[0], qk[1].transpose(-2, -1)) * kScale, -1).unsqueeze(1);
    // sum_p w_p / (sum w) * (a . edge_p) / rows: the factor of a row and channel is a number, so a is multiplied once.
    const torch::Tensor weights = (channelWeights / channelWeights.sum()).view({1, kEdgeChannels, 1, 1});
    const torch::Tensor factor = weights / (a * edges).sum(-1, true).clamp_min(kTiny);
    const torch::Tensor mixed = a.squeeze(1) * (edges * factor).sum(1);
    return torch::matmul(mixed, h) / lipschitz;
}

MotorLayerImpl::MotorLayerImpl() {
    m_norm = register_module("norm_layer", ActNorm());
    m_attention = register_module("attn_1", MotorAttention());
}

MotorProcessorImpl::MotorProcessorImpl(bool compat) {
    auto layers = register_module("Layers", torch::nn::ModuleList());
    for (int64_t i = 0; i < kMotorLayers; ++i) {
        m_layers.emplace_back(MotorLayer());
        layers->push_back(m_layers.back());
    }
    if (!compat) return;
    register_parameter("l", torch::zeros({kWindowFrames, kWindowFrames}));
    register_parameter("log_s", torch::zeros({kWindowFrames}));
    register_parameter("u", torch::zeros({kWindowFrames, kWindowFrames}));
    register_buffer("p", torch::eye(kWindowFrames));
    register_buffer("sign_s", torch::ones({kWindowFrames}));
}

double MotorProcessorImpl::lipschitz(int64_t i) {
    if (!c10::InferenceMode::is_enabled()) {
        m_bounds.clear();
        return layer(i)->attention()->lipschitzBound();
    }
    if (m_bounds.empty())
        for (MotorLayer& each : m_layers) m_bounds.push_back(each->attention()->lipschitzBound());
    return m_bounds[static_cast<std::size_t>(i)];
}

torch::Tensor MotorProcessorImpl::forward(const torch::Tensor& x, const torch::Tensor& edges) {
    torch::Tensor y = x;
    for (int64_t i = 0; i < kMotorLayers; ++i) {
        y = layer(i)->norm()->forward(y);
        y = y + layer(i)->attention()->forward(y, edges, lipschitz(i));
    }
    return y;
}

torch::Tensor MotorProcessorImpl::forwardFromFirstBatch(const torch::Tensor& x, const torch::Tensor& edges,
                                                        double smallestDeviation) {
    torch::Tensor y = x;
    for (int64_t i = 0; i < kMotorLayers; ++i) {
        layer(i)->norm()->startFrom(y, smallestDeviation);
        y = layer(i)->norm()->forward(y);
        y = y + layer(i)->attention()->forward(y, edges, lipschitz(i));
    }
    return y;
}

torch::Tensor MotorProcessorImpl::inverse(const torch::Tensor& y, const torch::Tensor& edges,
                                          const InverseOptions& options, InverseReport* report) {
    const int64_t items = y.size(0), group = items % options.group == 0 ? options.group : 1;
    torch::Tensor target = y;
    InverseReport found;
    for (int64_t i = kMotorLayers - 1; i >= 0; --i) {
        MotorAttention& attention = layer(i)->attention();
        const double bound = lipschitz(i);
        torch::Tensor x = target, moving; // moving (B,1,1) bool: an item that has stopped does not move again
        for (int n = 0; n < options.iterations; ++n) {
            const torch::Tensor next = target - attention->forward(x, edges, bound);
            const torch::Tensor change =
                (next - x).detach().abs().view({items / group, -1}).amax(1).repeat_interleave(group).view({-1, 1, 1});
            x = moving.defined() ? torch::where(moving, next, x) : next;
            const torch::Tensor still = change > options.step;
            moving = moving.defined() ? moving & still : still;
            found.iterations = std::max(found.iterations, n + 1);
            if (!moving.any().item<bool>()) break;
        }
        if (report) {
            torch::NoGradGuard off;
            const torch::Tensor d = x.detach();
            const torch::Tensor each =
                (target.detach() - d - attention->forward(d, edges.detach(), bound)).abs().flatten(1).amax(1);
            const auto [largest, index] = each.max(0);
            const double residual = largest.item<double>();
            if (found.worst < 0 || !(residual <= found.residual)) {
                found.residual = residual;
                found.worst = static_cast<int>(index.item<int64_t>());
            }
            found.converged = found.converged && residual <= options.tolerance;
        }
        target = layer(i)->norm()->inverse(x);
    }
    if (report) {
        const torch::Tensor broken = target.detach().isfinite().flatten(1).all(1).logical_not();
        if (broken.any().item<bool>()) {
            found.converged = false;
            found.residual = std::numeric_limits<double>::quiet_NaN();
            found.worst = static_cast<int>(broken.to(torch::kInt).argmax().item<int64_t>());
        }
        *report = found;
    }
    return target;
}

} // namespace emc
