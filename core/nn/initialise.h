#pragma once
// Starting weights from a seed alone (torch's own generator is not touched).
#include <torch/torch.h>

#include <cstdint>

namespace emc {

// Every parameter by its name, with torch's usual rules: LayerNorm 1/0, in_proj Xavier with zero bias, other matrices
// and biases uniform within 1/sqrt(fan_in), tokens normal. Special starts (zero output projections of EA, log variance
// biases) are the owners' business and come afterwards.
void initialiseParameters(torch::nn::Module& module, std::uint64_t seed);

} // namespace emc
