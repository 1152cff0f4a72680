#pragma once
// What a reference in another language needs to repeat a reaction: the inputs of the network and our answer, in a file.
#include <cstdint>
#include <filesystem>
#include <string>

#include "core/api/clip.h"
#include "core/api/reactions.h"

namespace emc {

struct ReactBenchInputs {
    std::filesystem::path checkpoint; // of a Trans-VAE model; tells face size and stride
    std::string device = "cpu";
    int threads = 1;
    std::uint64_t seed = 7;
};

// Writes frames (T,3,S,S) uint8, mfcc (T,78), emotion (T,25), the noise of every sample (K,128), and our answer
// (`our_emotion`, `our_coeffs`), with the settings as metadata. Both modalities must be there on every frame. Atomic.
// Throws Error (Unsupported: the checkpoint is not of the `fixed` variant, which is the one the reference knows).
void writeReactBenchInputs(const Clip& clip, const Reactions& ours, const ReactBenchInputs& inputs,
                           const std::filesystem::path& file);

} // namespace emc
