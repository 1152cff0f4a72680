#pragma once
// From a checkpoint of anybody to a file of ours, and back to the authors' names.
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "core/checkpoint/checkpoint_file.h"
#include "core/checkpoint/known_models.h"

namespace emc {

// What a checkpoint holds and what does not fit, all parts together.
struct CheckpointReport {
    std::vector<ModelPart> parts; // the first is the main one
    std::vector<std::string> missing, unexpected, misshapen, ignored, rebuilt;
    std::int64_t parameters = 0;
    const std::string& model() const { return parts.front().model; } // empty = unknown
    bool fits() const { return !model().empty() && missing.empty() && unexpected.empty() && misshapen.empty(); }
    // Every fault in one sentence: "missing tensors (2): a, b; wrong shapes (1): c: file (2), model (3)".
    std::string faults() const;
    // Name in the file -> name we write, of all parts.
    std::map<std::string, std::string> names() const;
};
CheckpointReport inspectCheckpoint(const CheckpointFile& file);

struct StoreOptions {
    bool half = false; // float tensors as F16, except those that F16 cannot hold; otherwise as F32
    std::map<std::string, std::string> metadata;
};
// Writes the named tensors as safetensors, atomically; values are streamed, so a big file needs little memory. `names`:
// name in the file -> name to write. Returns the size of the new file in bytes.
std::uintmax_t storeSafetensors(const CheckpointFile& file, const std::map<std::string, std::string>& names,
                                const std::filesystem::path& out, const StoreOptions& options);
// {"state_dict": OrderedDict} as torch.load reads it, for the authors' own code. At most 4 GiB.
std::uintmax_t storeTorch(const CheckpointFile& file, const std::map<std::string, std::string>& names,
                          const std::filesystem::path& out, const StoreOptions& options);

// What a converted original says about itself: official (model), official_variant, official_sizes and hyper_parameters
// (JSON), epoch, ...
std::map<std::string, std::string> officialMetadata(const CheckpointFile& file, const CheckpointReport& report);

// Names of one of our checkpoints under the authors' names; what only we have is left out and listed. Throws
// Error(BadInput) when the rest is not the authors' model: the variant `fixed` is not.
struct OfficialNames {
    CheckpointReport report;
    std::map<std::string, std::string> names;
    std::vector<std::string> leftOut;
    // Sizes that the authors' code must be told, since theirs are others: "video 128 (published 768)".
    std::vector<std::string> otherSizes;
};
OfficialNames officialNames(const CheckpointFile& ours);

} // namespace emc
