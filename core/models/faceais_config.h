#pragma once
// Sizes and switches of FaceAIS. `compat` = models.md 3.3 to the letter (loads official files); `fixed` is the default
// for new training: patches see what came before them and nothing later, so that keys and values are kept; both streams
// stay apart; the vocabulary is the codebook; the draws of one reaction hang together.
#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "core/models/emc_network.h"

namespace emc {

inline constexpr int64_t kPadToken = 0, kMaskToken = 1, kFirstToken = 2; // a face token is its code + 2
inline constexpr int64_t kPatchFrames = 32, kContextPatches = 8;
inline constexpr int64_t kWav2vecWidth = 512; // sound features of the original, two vectors a frame

struct TokenizerSizes {
    int64_t width = 252, heads = 12, layers = 12, block = kPatchFrames;
    std::vector<int64_t> levels = {8, 5, 5, 5};
    int64_t codes() const;
};

struct PredictorSizes {
    int64_t width = 360, heads = 12, layers = 8;
    int64_t vocabulary = 2050;     // rows of the embeddings and of the head, PAD and MASK included
    int64_t soundVocabulary = 322; // of a table that the original keeps without using
    int64_t context = kContextPatches * kPatchFrames, patch = kPatchFrames;
    int64_t sound = kWav2vecWidth; // width of the sound features
    int64_t soundFactor = 2;       // sound vectors a frame
};

struct FaceAisConfig : EmcConfig {
    TokenizerSizes tokenizer;
    PredictorSizes predictor;

    std::string modelName() const { return nameFor("faceais"); }
    std::vector<std::string> attentionSites() const;
    bool wav2vec() const { return predictor.sound == kWav2vecWidth; } // else MFCC
    int64_t patch() const { return predictor.patch; }                 // tokens
    // Which of our models and which of its variants; `compat` is the plain host. Sizes are those for two cores, `full`
    // takes the published ones. Throws Error(Usage).
    static FaceAisConfig of(const std::string& model, const std::string& variant, int stride = 1, bool full = false);
    // Sizes that a file's tensors show; heads and stride come from its metadata. Throws Error(BadInput).
    void takeSizes(const std::filesystem::path& checkpoint);
    std::map<std::string, std::string> metadata() const;
};

} // namespace emc
