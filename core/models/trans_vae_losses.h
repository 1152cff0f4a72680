#pragma once
// The loss terms of Trans-VAE and EMC, each as a plain function.
#include <torch/torch.h>

#include "core/models/trans_vae_network.h"

namespace emc {

// KL(N(mu, sigma²) || N(0,1)), mean over everything.
torch::Tensor standardKl(const LatentDistribution& q);
// KL(a || b) of diagonal Gaussians, element by element. `floor`: log variances count as at least 0 (emc_effect.md 4.4:
// else the cheapest minimum is a constant Z).
torch::Tensor gaussianKl(const LatentDistribution& a, const LatentDistribution& b, bool floor);
// Eq. 14: KL(Z_sf||Z_sF) + KL(Z_sf||Z_Sf) + KL(Z_sF||Z_Sf), mean over everything.
torch::Tensor fusionLoss(const LatentDistribution& both, const LatentDistribution& faceImagined,
                         const LatentDistribution& speechImagined, bool floor);
// Mean over the batch of exp(-|y - y'|² / 100); y' without gradient.
torch::Tensor diversityLoss(const torch::Tensor& y, const torch::Tensor& other);

} // namespace emc
