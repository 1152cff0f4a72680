#pragma once
// The 25 attributes from what the face networks give. Rules of this project, not a trained action-unit detector.
#include <array>
#include <span>
#include <vector>

#include "core/api/vectors.h"

namespace emc {

inline constexpr int kExpressionNet = 7; // angry disgust fear happy sad surprise neutral

// Levels of a person's face at rest, taken off before the rules (10th percentile over the frames with a face).
struct RestingFace {
    std::array<float, kShapeDims> level{}; // 0 for the shapes that need none
};
// shapes: n x 52.
RestingFace restingFace(std::span<const float> shapes);

// One frame: 52 shapes (0..1) and the 7 probabilities -> 15 AUs in 0..1, valence and arousal in -1..1, 8 probabilities
// with sum 1.
std::array<float, kEmotionDims> attributesOf(std::span<const float> shapes52, std::span<const float> expressions7,
                                             const RestingFace& rest);

} // namespace emc
