#pragma once
// Modules <-> safetensors. Names in the file are the module's dotted names (with an optional prefix), so original
// checkpoints keep their keys.
#include <torch/torch.h>

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace emc {

// What a file and a module disagree about.
struct CheckpointFit {
    std::vector<std::string> missing, unexpected, misshapen; // misshapen: "name: file (2, 3), model (4)"
    bool ok() const { return missing.empty() && unexpected.empty() && misshapen.empty(); }
    std::string summary() const; // every fault, one after the other
};

struct LoadOptions {
    std::string prefix; // of the names in the file: "speaker_behaviour_encoder.video_encoder."; others are then ignored
    std::vector<std::string> optional;    // name prefixes that may be missing (the module keeps its values)
    std::vector<std::string> knownUnused; // name prefixes in the file that nobody needs
};

// Copies every tensor into `module` (parameters and buffers). Parts beside the file belong to it
// (core/data/parted_tensors.h). Convolutions stored with a temporal kernel of 1 are squeezed. `module.` in front of all
// names is dropped. Throws Error(BadInput) that lists ALL faults; the module is unchanged then.
void loadModule(torch::nn::Module& module, const std::filesystem::path& file, const LoadOptions& options = {});

// Writes parameters and buffers, atomically. `half` stores float tensors as F16. Frame encoder kernels are written
// 5-dimensional.
void saveModule(const torch::nn::Module& module, const std::filesystem::path& file,
                const std::map<std::string, std::string>& metadata, bool half = false, const std::string& prefix = {});

// Metadata of a checkpoint file, no tensor is read. Known keys: model, variant, options (TOML), video_size, data_hash,
// step.
std::map<std::string, std::string> checkpointMetadata(const std::filesystem::path& file);

// Copies the parameters and buffers of `source` into `target` under `prefix` ("ser",
// "speaker_behaviour_encoder.video_encoder"). Throws when they do not fit.
void copyInto(torch::nn::Module& target, const std::string& prefix, const torch::nn::Module& source);
// Sets one named buffer or parameter ("emc.coeff_mean"). Throws Error(Internal) when it does not exist or has another
// shape.
void setTensor(torch::nn::Module& module, const std::string& name, const torch::Tensor& value);

// Sum over all parameters (buffers not counted).
long parameterCount(const torch::nn::Module& module);

} // namespace emc
