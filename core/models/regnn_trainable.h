#pragma once
// Training of REGNN, alone and inside EMC (models.md 3.2, 4.1, 4.4, 4.5, B.3; emc_effect.md 5, 5a).
#include <memory>

#include "core/api/train.h"
#include "core/models/regnn_network.h"
#include "core/train/trainable.h"

namespace emc {

// `compat`: the authors' criterion in motor space (nearest of up to 10 appropriate reactions above a threshold, and the
// middle of the group). `fixed`: the reaction itself, turned back from motor space with gradient and held against the
// nearest of them, plus a tenth of the authors' criterion. options.model, .variant, .substitute, weights and λ's are
// used. Throws Error(Usage) for other models.
std::shared_ptr<TrainableModel> makeRegnnTrainable(const TrainOptions& options);
// The same on a network that exists (tests, fine-tuning).
std::shared_ptr<TrainableModel> makeRegnnTrainable(const TrainOptions& options, RegnnNet network);

} // namespace emc
