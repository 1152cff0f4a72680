#pragma once
// A checkpoint to give away: half precision, one file that answers a clip by itself, or
// one with parts that other checkpoints share.
#include <filesystem>

namespace emc {

struct ExportOptions {
    bool half = false; // float tensors as F16, except numbers that F16 cannot hold
    // What models of one corpus share goes into files of their own beside `out` (core/data/parted_tensors.h):
    // frame_encoder-HASH, speech_emotion-HASH and face_tokenizer-HASH.safetensors; equal parts give the same file.
    bool sharedApart = false;
};

// `source` is a run folder (its best checkpoint, else its last) or a checkpoint. Metadata is kept. Throws Error.
// Returns the size of the file `out` in bytes.
std::uintmax_t exportCheckpoint(const std::filesystem::path& source, const std::filesystem::path& out,
                                const ExportOptions& options);

} // namespace emc
