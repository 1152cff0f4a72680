#pragma once
// Gaussian diffusion in few steps: a cosine schedule, the forward noising and the deterministic way back for a network
// that predicts the clean value. Source: BeLFusion as models.md 3.4 describes it (Nichol and Dhariwal's schedule, DDIM
// with eta 0).
#include <torch/torch.h>

#include <functional>
#include <vector>

namespace emc {

class DiffusionSchedule {
public:
    // beta_i = min(1 - a((i+1)/n) / a(i/n), 0.999), a(t) = cos((t + 0.008) / 1.008 · π/2)².
    static DiffusionSchedule cosine(int steps);

    int steps() const { return static_cast<int>(m_beta.size()); }
    double beta(int step) const { return m_beta[static_cast<std::size_t>(step)]; }
    double kept(int step) const { return m_kept[static_cast<std::size_t>(step)]; } // Π (1 - beta) up to this step

    // sqrt(kept)·x + sqrt(1 - kept)·noise; step (B) long, one for each row of x (B,d).
    torch::Tensor noised(const torch::Tensor& x, const torch::Tensor& step, const torch::Tensor& noise) const;
    // From noise (B,d) to a clean value within [-1,1]. predict(x, step) gives the clean value that x (B,d) is taken
    // for.
    torch::Tensor denoised(torch::Tensor noise,
                           const std::function<torch::Tensor(const torch::Tensor& x, int step)>& predict) const;

private:
    std::vector<double> m_beta, m_kept;
};

} // namespace emc
