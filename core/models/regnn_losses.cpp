#include "core/models/regnn_losses.h"

namespace emc {

NearestLoss nearestLoss(const torch::Tensor& x, const torch::Tensor& z, const std::vector<int64_t>& lengths,
                        double threshold) {
    const torch::Tensor owner =
        torch::repeat_interleave(torch::arange(x.size(0), torch::kLong), torch::tensor(lengths, torch::kLong))
            .to(x.device());
    const torch::Tensor each = (x.index_select(0, owner) - z).square().flatten(1).mean(1);
    std::vector<torch::Tensor> nearest;
    for (const torch::Tensor& group : each.split_with_sizes(lengths)) nearest.push_back(group.min());
    const torch::Tensor best = torch::stack(nearest);
    NearestLoss loss;
    loss.raw = best.mean();
    loss.thresholded = (best * (best.detach() > threshold)).mean();
    loss.each = each.detach();
    return loss;
}

torch::Tensor middleLoss(const torch::Tensor& z, const std::vector<int64_t>& lengths) {
    std::vector<torch::Tensor> middles;
    for (const torch::Tensor& group : z.split_with_sizes(lengths))
        middles.push_back(group.mean(0, /*keepdim=*/true).expand_as(group));
    return torch::mse_loss(z, torch::cat(middles));
}

torch::Tensor regnnFusionLoss(const torch::Tensor& both, const torch::Tensor& faceImagined,
                              const torch::Tensor& speechImagined) {
    return .5 * (torch::mse_loss(both, faceImagined) + torch::mse_loss(both, speechImagined) +
                 torch::mse_loss(faceImagined, speechImagined));
}

double thresholdOf(const torch::Tensor& state) {
    return state[0].item<float>();
}

void countTowardsThreshold(torch::Tensor& state, double raw) {
    torch::NoGradGuard off;
    state[1] += raw;
    state[2] += 1;
    if (state[2].item<float>() < kThresholdEpoch) return;
    state[0].copy_(state[1] / state[2] / 3);
    state[1].zero_();
    state[2].zero_();
    state[3] += 1;
}

} // namespace emc
