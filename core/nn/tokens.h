#pragma once
// From frames to tokens and back, for models that work on one token per `stride` frames.
#include <torch/torch.h>

#include <vector>

namespace emc {

// (B,T,C) -> (B,ceil(T/stride),C): each token is the mean of its frames, so that nothing between the kept frames is
// lost. Frames marked in `missing` (T flags, or empty) do not count; a token with no frame left is 0.
torch::Tensor pooledTokens(const torch::Tensor& x, int stride, const std::vector<bool>& missing = {});

// A token is missing when all of its frames are.
std::vector<bool> missingTokens(const std::vector<bool>& missing, int stride);

// (K,n,C) -> (K,frames,C). A token stands for the middle of its frames; between two it is interpolated, outside held.
torch::Tensor framesOfTokens(const torch::Tensor& x, int stride, int frames);

} // namespace emc
