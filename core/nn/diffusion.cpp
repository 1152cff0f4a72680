#include "core/nn/diffusion.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace emc {

DiffusionSchedule DiffusionSchedule::cosine(int steps) {
    constexpr double kShift = 0.008, kLargest = 0.999;
    const auto level = [&](int i) {
        const double t = static_cast<double>(i) / steps;
        const double c = std::cos((t + kShift) / (1 + kShift) * std::numbers::pi / 2);
        return c * c;
    };
    DiffusionSchedule schedule;
    double kept = 1;
    for (int i = 0; i < steps; ++i) {
        const double beta = std::min(1 - level(i + 1) / level(i), kLargest);
        kept *= 1 - beta;
        schedule.m_beta.push_back(beta);
        schedule.m_kept.push_back(kept);
    }
    return schedule;
}

torch::Tensor DiffusionSchedule::noised(const torch::Tensor& x, const torch::Tensor& step,
                                        const torch::Tensor& noise) const {
    const torch::Tensor kept =
        torch::tensor(m_kept, torch::kFloat64).to(x.device()).index_select(0, step).view({-1, 1});
    return kept.sqrt().to(x.scalar_type()) * x + (1 - kept).sqrt().to(x.scalar_type()) * noise;
}

torch::Tensor
DiffusionSchedule::denoised(torch::Tensor noise,
                            const std::function<torch::Tensor(const torch::Tensor& x, int step)>& predict) const {
    torch::Tensor x = std::move(noise);
    for (int step = steps() - 1; step >= 0; --step) {
        const torch::Tensor clean = predict(x, step).clamp(-1, 1);
        const double before = step > 0 ? kept(step - 1) : 1.0, now = kept(step);
        // The noise that explains x, carried over to the next level.
        const torch::Tensor noiseThere = (x - std::sqrt(now) * clean) / std::sqrt(1 - now);
        x = std::sqrt(before) * clean + std::sqrt(1 - before) * noiseThere;
    }
    return x;
}

} // namespace emc
