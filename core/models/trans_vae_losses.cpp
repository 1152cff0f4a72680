#include "core/models/trans_vae_losses.h"

namespace emc {

torch::Tensor standardKl(const LatentDistribution& q) {
    return (.5 * (q.mu.square() + q.logVariance.exp() - 1 - q.logVariance)).mean();
}

torch::Tensor gaussianKl(const LatentDistribution& a, const LatentDistribution& b, bool floor) {
    const torch::Tensor la = floor ? a.logVariance.clamp_min(0) : a.logVariance,
                        lb = floor ? b.logVariance.clamp_min(0) : b.logVariance;
    return .5 * (lb - la + (la.exp() + (a.mu - b.mu).square()) * torch::exp(-lb) - 1);
}

torch::Tensor fusionLoss(const LatentDistribution& both, const LatentDistribution& faceImagined,
                         const LatentDistribution& speechImagined, bool floor) {
    return gaussianKl(both, faceImagined, floor).mean() + gaussianKl(both, speechImagined, floor).mean() +
           gaussianKl(faceImagined, speechImagined, floor).mean();
}

torch::Tensor diversityLoss(const torch::Tensor& y, const torch::Tensor& other) {
    return torch::exp(-(y - other).flatten(1).square().sum(1) / 100).mean();
}

} // namespace emc
