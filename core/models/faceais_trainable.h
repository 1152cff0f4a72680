#pragma once
// Training of FaceAIS, alone or inside EMC (models.md 3.3, 4.6 C, B.4): first the tokenizer on the faces of both sides,
// then the predictor on its tokens, with the tokenizer frozen; S-EA learns along with the predictor.
#include <memory>

#include "core/models/faceais_network.h"
#include "core/train/trainable.h"

namespace emc {

std::shared_ptr<TrainableModel> makeFaceAisTrainable(const TrainOptions& options);
// The same around a given network (tests, small sizes).
std::shared_ptr<TrainableModel> makeFaceAisTrainable(const TrainOptions& options, FaceAisNet network);

} // namespace emc
