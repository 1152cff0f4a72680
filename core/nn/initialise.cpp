#include "core/nn/initialise.h"

#include <cmath>
#include <string>

#include "core/nn/noise.h"

namespace emc {

void initialiseParameters(torch::nn::Module& module, std::uint64_t seed) {
    torch::NoGradGuard off;
    const auto parameters = module.named_parameters(true);
    const auto endsWith = [](const std::string& name, const char* end) {
        return std::string_view(name).ends_with(end);
    };
    for (const auto& item : parameters) {
        const std::string& name = item.key();
        torch::Tensor p = item.value();
        const std::uint64_t own = mixedSeed(seed, textSeed(name));
        const auto count = static_cast<std::size_t>(p.numel());
        const auto uniform = [&](double bound) {
            std::vector<float> u = uniformNoise(own, count);
            for (float& x : u) x = static_cast<float>((2.0 * x - 1.0) * bound);
            p.copy_(torch::from_blob(u.data(), p.sizes(), torch::kFloat32));
        };
        if (endsWith(name, "in_proj_weight")) {
            uniform(std::sqrt(6.0 / static_cast<double>(p.size(0) + p.size(1)))); // Xavier
        } else if (endsWith(name, "in_proj_bias") || endsWith(name, "out_proj.bias")) {
            p.zero_();
        } else if (endsWith(name, "_token")) {
            std::vector<float> z = gaussianNoise(own, count);
            p.copy_(torch::from_blob(z.data(), p.sizes(), torch::kFloat32));
        } else if (p.dim() >= 2) {
            uniform(1.0 / std::sqrt(static_cast<double>(p.numel() / p.size(0))));
        } else if (endsWith(name, "weight")) { // norms
            p.fill_(1);
        } else if (endsWith(name, "bias")) {
            const std::string weight = name.substr(0, name.size() - 4) + "weight";
            const torch::Tensor* w = parameters.find(weight);
            if (w && w->dim() >= 2) uniform(1.0 / std::sqrt(static_cast<double>(w->numel() / w->size(0))));
            else p.zero_();
        }
    }
}

} // namespace emc
