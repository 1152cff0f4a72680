#pragma once
// A pack: one safetensors file per partition with face frames (uint8) at one size and all features. Readable without
// any codec.
#include <filesystem>
#include <memory>

#include "core/api/job_context.h"
#include "core/data/pair_source.h"

namespace emc {

struct PackOptions {
    int size = 64;              // side of the frames; 0 = features only
    bool listenerFrames = true; // also of clips that are nobody's speaker (none in a mirrored corpus)
};

// Writes FILE from all pairs of `source` (each clip once). Atomic; memory stays at one clip.
void writePack(const std::filesystem::path& file, const PairSource& source, const PackOptions& options,
               JobContext& job);
std::shared_ptr<const PairSource> openPack(const std::filesystem::path& file);

} // namespace emc
