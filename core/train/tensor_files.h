#pragma once
// Torch tensors in safetensors files, with their own types. Everything lands on the CPU.
#include <torch/torch.h>

#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "core/data/safetensors.h"

namespace emc {

// float, double, half, bfloat16, int64, int32, uint8, bool. Throws Error(Internal) for others.
void addTensor(SafetensorsWriter& writer, const std::string& name, const torch::Tensor& tensor);
torch::Tensor readTensor(const SafetensorsFile& file, const std::string& name);
// A copy: (rows, columns) float.
torch::Tensor matrixTensor(std::span<const float> values, int64_t rows, int64_t columns);
std::span<const float> floatsOf(const torch::Tensor& contiguousFloat);

} // namespace emc
