#pragma once
// The loss terms of REGNN (criterion "all"), each as a plain function, and its threshold.
#include <torch/torch.h>

#include <vector>

namespace emc {

// Images z (N,25,50) of the appropriate listeners, `lengths[k]` of them for window k one after the other; x (B,25,50).
struct NearestLoss {
    torch::Tensor raw;         // mean over k of min_i MSE(x_k, z_i)
    torch::Tensor thresholded; // the same, windows at or below the threshold count as 0
    torch::Tensor each;        // (N): MSE(x_k, z_i), no gradient
};
NearestLoss nearestLoss(const torch::Tensor& x, const torch::Tensor& z, const std::vector<int64_t>& lengths,
                        double threshold);
// MSE between every z and the mean of its group.
torch::Tensor middleLoss(const torch::Tensor& z, const std::vector<int64_t>& lengths);
// Eq. 14 with N(x, sigma^2 I) and sigma = 1: half the MSE of each pair of the three means.
torch::Tensor regnnFusionLoss(const torch::Tensor& both, const torch::Tensor& faceImagined,
                              const torch::Tensor& speechImagined);

// The threshold of the original: none in the first epoch, then a third of the previous epoch's mean first term. The
// state is a buffer (tau, sum, count, epochs) of the network, so that a resumed training goes on exactly.
inline constexpr int kThresholdEpoch = 101; // steps; the original breaks its epochs there
double thresholdOf(const torch::Tensor& state);
void countTowardsThreshold(torch::Tensor& state, double raw);

} // namespace emc
