#pragma once
// The graph side of REGNN: edges between 25 attribute nodes, and the reversible network on them ("motor processor").
// Source: models.md 3.2. A node carries 50 frames. Key names are the original's.
#include <torch/torch.h>

#include "core/nn/attention.h"

namespace emc {

inline constexpr int64_t kGraphNodes = 25, kWindowFrames = 50, kEdgeChannels = 8, kMotorLayers = 2;

// fc1, GELU, fc2.
class GeluMlpImpl : public torch::nn::Module {
public:
    GeluMlpImpl(int64_t in, int64_t hidden, int64_t out);
    torch::Tensor forward(const torch::Tensor& x);

private:
    torch::nn::Linear m_fc1{nullptr}, m_fc2{nullptr};
};
TORCH_MODULE(GeluMlp);

// Eight channels of attention between the nodes, cut to the strongest neighbours and normalised on both sides.
class EdgeLayerImpl : public torch::nn::Module {
public:
    // compat: every node keeps the union of all nodes' five strongest columns (a slip of the original); otherwise its
    // own five. The identity is always kept.
    explicit EdgeLayerImpl(bool compat);
    torch::Tensor attention(const torch::Tensor& x);       // (B,25,50) -> (B,8,25,25), rows sum to 1
    torch::Tensor clipped(const torch::Tensor& attention); // cut and normalised; rows sum to 1
    torch::Tensor forward(const torch::Tensor& x) { return clipped(attention(x)); }

private:
    torch::nn::ModuleList m_qk{nullptr};
    GeluMlp m_mlp{nullptr};
    torch::nn::Linear m_project{nullptr};
    bool m_compat;
};
TORCH_MODULE(EdgeLayer);

// How well a motor processor was turned round.
struct InverseReport {
    int iterations = 0;    // most of any layer
    double residual = 0;   // largest |y - (x + f(x))| of any layer
    int worst = -1;        // item of the batch where that was
    bool converged = true; // residual within the tolerance (a residual that is not a number is not)
    void take(const InverseReport& other, int firstItem);
};
struct InverseOptions {
    int iterations = 50;
    double step = 1e-5;      // an item stops when nothing in it moves more than this
    double tolerance = 1e-4; // of the residual
    int64_t group = 1;       // items that stop together (the original stops a whole clip at once)
};

class ActNormImpl : public torch::nn::Module {
public:
    ActNormImpl();
    torch::Tensor forward(const torch::Tensor& x) const; // (B,25,T)
    torch::Tensor inverse(const torch::Tensor& y) const;
    // Zero mean and unit deviation for this batch; deviations count as at least `smallest`.
    void startFrom(const torch::Tensor& x, double smallest);

private:
    torch::Tensor m_logScale, m_shift; // (25)
};
TORCH_MODULE(ActNorm);

// f of a residual step x + f(x): a small contraction.
class MotorAttentionImpl : public torch::nn::Module {
public:
    MotorAttentionImpl();
    // x (B,25,50), edges (B,8,25,25), lipschitz as lipschitzBound() gives it.
    torch::Tensor forward(const torch::Tensor& x, const torch::Tensor& edges, double lipschitz) const;
    double lipschitzBound() const; // ||I + 2 s Wq Wk^T||_2 + 5; without gradient

    torch::Tensor channelWeights; // "w" (1,8)

private:
    torch::nn::Linear m_qk{nullptr};
};
TORCH_MODULE(MotorAttention);

class MotorLayerImpl : public torch::nn::Module {
public:
    MotorLayerImpl();
    ActNorm& norm() { return m_norm; }
    MotorAttention& attention() { return m_attention; }

private:
    ActNorm m_norm{nullptr};
    MotorAttention m_attention{nullptr};
};
TORCH_MODULE(MotorLayer);

class MotorProcessorImpl : public torch::nn::Module {
public:
    // compat also registers the parameters and buffers that the original stores and never uses (l, log_s, u, p,
    // sign_s).
    explicit MotorProcessorImpl(bool compat);

    torch::Tensor forward(const torch::Tensor& x, const torch::Tensor& edges);
    // The motor image of the first batch, with every ActNorm started from what reaches it.
    torch::Tensor forwardFromFirstBatch(const torch::Tensor& x, const torch::Tensor& edges, double smallestDeviation);
    // x with forward(x) = y. Keeps gradients through the iterations when they are on. Items are independent of each
    // other unless options.group joins them. Never throws: what it could not do is in the report.
    torch::Tensor inverse(const torch::Tensor& y, const torch::Tensor& edges, const InverseOptions& options,
                          InverseReport* report = nullptr);
    MotorLayer& layer(int64_t i) { return m_layers[static_cast<std::size_t>(i)]; }
    double lipschitz(int64_t i); // kept in inference mode, where weights stay as they are
    void forgetBounds() { m_bounds.clear(); }

private:
    std::vector<MotorLayer> m_layers;
    std::vector<double> m_bounds;
};
TORCH_MODULE(MotorProcessor);

} // namespace emc
