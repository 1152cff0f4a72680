#pragma once
// Losses of FaceAIS (models.md 3.3, 4.5).
#include "core/models/emc_network.h"
#include "core/models/faceais_tokenizer.h"

namespace emc {

// Mean cross-entropy of log odds (...,V), logits after log_softmax, against targets (...) int64. Scalar.
torch::Tensor tokenLoss(const torch::Tensor& logOdds, const torch::Tensor& targets);

// Eq. 14 for categorical distributions, from logits (...,V): KL(both‖face imagined) + KL(both‖speech imagined) +
// KL(face imagined‖speech imagined), summed over the vocabulary, mean over positions. `teacher` stops the gradient of
// `both`.
torch::Tensor tokenFusionLoss(const torch::Tensor& both, const torch::Tensor& faceImagined,
                              const torch::Tensor& speechImagined, bool teacher);

// Ids with `share` of them drawn anew from the 512 likeliest of logits (B,T,V) (models.md 4.6 C).
torch::Tensor corruptedTokens(const torch::Tensor& ids, const torch::Tensor& logits, double share,
                              torch::Generator& generator);

} // namespace emc
