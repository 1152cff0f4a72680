#pragma once
// Where the networks lie that ./studio setup makes. Order: $EMC_ASSETS, the user's cache, the installed folder beside
// the program.
#include <filesystem>
#include <string>
#include <vector>

namespace emc {

inline constexpr const char* kAssetsVersion = "1"; // of the folder; cmake/setup/convert_assets.py names the same

namespace asset {
inline constexpr const char* kDetector = "face_detector_192.onnx";
inline constexpr const char* kLandmarks = "face_landmarks_256.onnx";
inline constexpr const char* kBlendshapes = "face_blendshapes.onnx";
inline constexpr const char* kExpression = "face_expression_64.onnx";
inline constexpr const char* kCanonicalFace = "canonical_face.npy";
inline constexpr const char* kPoseWeights = "procrustes_weights.npy";
inline constexpr const char* kVoiceActivity = "silero_vad.jit";
} // namespace asset

class AssetManager {
public:
    // The environment is read anew each time, so a test can point somewhere else.
    static std::vector<std::filesystem::path> folders();
    // Throws Error(NotFound) that names the file and says to run `./studio setup`.
    static std::filesystem::path find(const std::string& name);
    // Names of face extraction's files that are nowhere; empty = ready.
    static std::vector<std::string> missingForFaces();
};

} // namespace emc
