#pragma once
// Reactions as one safetensors file: `emotion` [K,T,25], `coeffs` [K,T,58] (absent when the model gives none), the rest
// as metadata.
#include <filesystem>

#include "core/api/reactions.h"

namespace emc {

// Keys of Reactions::meta that everybody uses: clip (path relative to the file), clip_hash, start_frame, rate, model,
// checkpoint_hash, condition, face_missing, speech_missing (JSON lists of [begin,end]), seed, version. Attention and
// CMA traces are not kept.
void writeReactions(const std::filesystem::path& path, const Reactions& reactions);
// Throws Error(BadInput) for wrong shapes, numbers that are not finite, or a file of another kind.
Reactions readReactions(const std::filesystem::path& path);

} // namespace emc
