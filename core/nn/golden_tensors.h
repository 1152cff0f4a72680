#pragma once
// Golden cases (core/data/golden.h) in tensors: what the parity runners of all networks share.
#include <torch/torch.h>

#include <string>

#include "core/data/golden.h"

namespace emc {

torch::Tensor goldenTensor(const GoldenArray& array); // float32, a copy
// outputs[name] = value, on the CPU in float32.
void putGolden(ParityOutputs& outputs, const std::string& name, const torch::Tensor& value);
// Every parameter by the fill rule of its name; buffers stay. The module is set to eval().
void fillGolden(torch::nn::Module& module, const GoldenCase& golden);
// Outputs PREFIX + parameter's name: its values, or its gradient (0 where none came).
void putGoldenNamed(ParityOutputs& outputs, const GoldenCase& golden, const torch::nn::Module& module,
                    const std::string& prefix, bool gradients);

} // namespace emc
