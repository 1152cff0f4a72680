#pragma once
// A checkpoint to give away: half precision, one file that answers a clip by itself, or two.
#include <filesystem>

namespace emc {

struct ExportOptions {
    bool half = false; // float tensors as F16, except numbers that F16 cannot hold
    // The frame encoder, which models of one corpus share, goes into a file of its own beside `out`,
    // frame_encoder-HASH.safetensors; equal encoders give the same file.
    bool encoderApart = false;
};

// `source` is a run folder (its best checkpoint, else its last) or a checkpoint. Metadata is kept. Throws Error.
// Returns the size of the file `out` in bytes.
std::uintmax_t exportCheckpoint(const std::filesystem::path& source, const std::filesystem::path& out,
                                const ExportOptions& options);

} // namespace emc
