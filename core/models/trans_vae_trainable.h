#pragma once
// Training of Trans-VAE, alone and inside EMC (models.md 4.1, 4.4, 4.5, B.1; emc_effect.md 5, 5a).
#include <memory>

#include "core/api/train.h"
#include "core/models/trans_vae_network.h"
#include "core/train/trainable.h"

namespace emc {

// options.model, .variant, .substitute, weights and λ's are used. Throws Error(Usage) for other models.
std::shared_ptr<TrainableModel> makeTransVaeTrainable(const TrainOptions& options);
// The same on a network that exists (tests, fine-tuning).
std::shared_ptr<TrainableModel> makeTransVaeTrainable(const TrainOptions& options, TransVaeNet network);

} // namespace emc
