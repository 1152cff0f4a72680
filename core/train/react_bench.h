#pragma once
// What a reference in another language needs to repeat a reaction: the inputs of the network and our answer, in a file.
#include <cstdint>
#include <filesystem>
#include <string>

#include "core/api/clip.h"
#include "core/api/reactions.h"

namespace emc {

struct ReactBenchInputs {
    std::filesystem::path checkpoint; // tells model, face size and stride
    std::string device = "cpu";
    int threads = 1;
    std::uint64_t seed = 7;
};

// Writes mfcc (T,78), emotion (T,25) and our answer (`our_emotion`, `our_coeffs`), with the settings as metadata; for
// Trans-VAE, offline and online, frames (T,3,S,S) uint8 and the noise of every sample (K,128), for BeLFusion that
// noise, for REGNN what its frozen frame encoder makes of the frames, face (T,128), and the independent numbers of
// every sample's noise (K,n·25). Both modalities must be there on every frame. Atomic. Throws Error (Unsupported: the
// checkpoint is not of the `fixed` variant, which is the one the reference knows, or of another host).
void writeReactBenchInputs(const Clip& clip, const Reactions& ours, const ReactBenchInputs& inputs,
                           const std::filesystem::path& file);

} // namespace emc
