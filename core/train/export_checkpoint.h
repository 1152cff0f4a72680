#pragma once
// A checkpoint to give away: half precision, one file that answers a clip by itself.
#include <filesystem>

namespace emc {

// `source` is a run folder (its best checkpoint, else its last) or a checkpoint. Metadata is kept; with `half` float
// tensors are stored as F16, except numbers that F16 cannot hold. Throws Error. Returns the size of the file in bytes.
std::uintmax_t exportCheckpoint(const std::filesystem::path& source, const std::filesystem::path& out, bool half);

} // namespace emc
