#pragma once
// Which published model a state dict belongs to, with which sizes, and everything that does not fit. The models are
// tables of text (known_models.cpp): names, shapes and what is harmless. Source: the authors' code, models.md section 3
// and appendix A.
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace emc {

struct NamedShape {
    std::string name;
    std::vector<std::int64_t> shape;
};

enum class TensorRole {
    Needed,
    Constant, // a table that the model computes itself: may be missing
    Unused    // part of the authors' module without any effect: may be missing, is kept
};

struct ExpectedTensor {
    std::string name;
    std::vector<std::int64_t> shape;
    TensorRole role = TensorRole::Needed;
};

using ModelSizes = std::map<std::string, std::int64_t>; // "width" -> 128, "layers" -> 12

// Everything a model consists of. Sizes that are not given are the published ones; `flags` are the switches of its
// table ("online", "port"). Throws Error(Usage) for an unknown model.
std::vector<ExpectedTensor> expectedTensors(const std::string& model, const ModelSizes& sizes = {},
                                            const std::set<std::string>& flags = {});
std::vector<std::string> knownModelNames();
ModelSizes publishedSizes(const std::string& model); // throws Error(Usage) for an unknown model

// One model inside a checkpoint. A predictor of FaceAIS carries its tokenizer and its sound features: three parts.
struct ModelPart {
    std::string model;   // "trans-vae", "regnn", "faceais", "faceais-tokenizer", "belfusion", ...; empty = unknown
    std::string label;   // "Trans-VAE"
    std::string variant; // "offline"
    ModelSizes sizes;
    std::string filePrefix, prefix; // of names in the file and in what we write
    std::int64_t parameters = 0;    // numbers in the needed and unused tensors that are there; constants not counted
    std::map<std::string, std::string> names; // name in the file -> name we write
    // Names as they stand (or would stand) in the file; misshapen: "name: file (2, 3), model (4)".
    std::vector<std::string> missing, unexpected, misshapen;
    std::vector<std::string> ignored; // there, but without effect
    std::vector<std::string> rebuilt; // constants that are not there
    bool fits() const { return missing.empty() && unexpected.empty() && misshapen.empty(); }
};

// Wrappers are taken off first: DataParallel's `module.`, Lightning's `model.`, `_orig_mod.` of compiled modules. The
// first part is the main one; its `model` is empty when no table fits.
std::vector<ModelPart> identifyModel(const std::vector<NamedShape>& tensors);

// The authors' name of a tensor of ours: "encoder.wfe.weight" of the tokenizer -> "model.encoder.wfe.weight". Empty for
// tensors that only we have (`emc.*`, `ser.*`, the frame encoder beside REGNN in `features.*`).
std::string officialName(const std::string& model, const std::string& name);

} // namespace emc
