#pragma once
// A checkpoint of anybody on its way to a model of ours: what `emc convert` and the window's "Open checkpoint" share.
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "core/api/backend.h"
#include "core/api/error.h"
#include "core/checkpoint/store.h"

namespace emc {

// The studio's model that a file of ours names; empty for a file of others.
std::string ownModel(const CheckpointFile& file);

// Why a file of others is no model that is known here, or does not fit it, with every fault; nothing when it fits.
std::optional<Error> misfit(const CheckpointFile& file, const CheckpointReport& report);

// The name in the catalogue of what a fitting file holds; empty when it is a part that gives no reaction by itself.
std::string catalogueName(const CheckpointReport& report);

// Writes a fitting file of others under our names, atomically, and only if the studio's own network opens the result.
// Returns its size in bytes. Throws Error.
std::uintmax_t convertOfficial(const CheckpointFile& file, const CheckpointReport& report,
                               const std::filesystem::path& out, bool half);

// Backend::openCheckpoint().
OpenedCheckpoint openCheckpointFile(const std::filesystem::path& path, const std::filesystem::path& folder,
                                    JobContext& job);

} // namespace emc
