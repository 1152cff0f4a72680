#pragma once
// Training of BeLFusion in its two stages (models.md 3.4): first the autoencoder of behaviour, then the diffusion model
// on its frozen latents.
#include <memory>

#include "core/api/train.h"
#include "core/models/belfusion_network.h"
#include "core/train/trainable.h"

namespace emc {

// options.variant, .stride, .seed and the weights of the reconstruction are used. Throws Error(Usage).
std::shared_ptr<TrainableModel> makeBelfusionTrainable(const TrainOptions& options);
std::shared_ptr<TrainableModel> makeBelfusionTrainable(const TrainOptions& options, BelfusionNet network);

} // namespace emc
