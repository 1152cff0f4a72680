#pragma once
// The two vectors of the field. Source: REACT 2024 data contract.
#include <array>
#include <string_view>

namespace emc {

inline constexpr int kEmotionDims = 25; // 15 AUs, valence, arousal, 8 probabilities
inline constexpr int kCoeffDims = 58;   // 52 ARKit shapes, 3 rotations (rad), 3 translations
inline constexpr int kShapeDims = 52;
inline constexpr int kMfccDims = 78;
inline constexpr double kFrameRateHz = 25.0;

inline constexpr std::array<std::string_view, kEmotionDims> kEmotionNames = {
    "AU1",   "AU2",  "AU4",      "AU6",  "AU7",     "AU9",   "AU10",    "AU12",    "AU14",
    "AU15",  "AU17", "AU23",     "AU24", "AU25",    "AU26",  "valence", "arousal", "neutral",
    "happy", "sad",  "surprise", "fear", "disgust", "anger", "contempt"};
inline constexpr int kValence = 15, kArousal = 16, kFirstExpression = 17;

inline constexpr std::array<std::string_view, kShapeDims> kShapeNames = {
    "browDownLeft",      "browDownRight",      "browInnerUp",         "browOuterUpLeft",
    "browOuterUpRight",  "cheekPuff",          "cheekSquintLeft",     "cheekSquintRight",
    "eyeBlinkLeft",      "eyeBlinkRight",      "eyeLookDownLeft",     "eyeLookDownRight",
    "eyeLookInLeft",     "eyeLookInRight",     "eyeLookOutLeft",      "eyeLookOutRight",
    "eyeLookUpLeft",     "eyeLookUpRight",     "eyeSquintLeft",       "eyeSquintRight",
    "eyeWideLeft",       "eyeWideRight",       "jawForward",          "jawLeft",
    "jawOpen",           "jawRight",           "mouthClose",          "mouthDimpleLeft",
    "mouthDimpleRight",  "mouthFrownLeft",     "mouthFrownRight",     "mouthFunnel",
    "mouthLeft",         "mouthLowerDownLeft", "mouthLowerDownRight", "mouthPressLeft",
    "mouthPressRight",   "mouthPucker",        "mouthRight",          "mouthRollLower",
    "mouthRollUpper",    "mouthShrugLower",    "mouthShrugUpper",     "mouthSmileLeft",
    "mouthSmileRight",   "mouthStretchLeft",   "mouthStretchRight",   "mouthUpperUpLeft",
    "mouthUpperUpRight", "noseSneerLeft",      "noseSneerRight",      "tongueOut"};

// Index of a shape by name; -1 when there is none.
constexpr int shapeIndex(std::string_view name) {
    for (int i = 0; i < kShapeDims; ++i)
        if (kShapeNames[static_cast<std::size_t>(i)] == name) return i;
    return -1;
}

} // namespace emc
