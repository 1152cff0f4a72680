#pragma once
// A checkpoint as one set of tensors, whether it is one safetensors file or one with parts beside it. Models that were
// trained on one corpus have parts in common (frame encoder, speech emotion head, tokenizer of faces); given away
// together, each such part is a file of its own that all of them name.
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "core/data/safetensors.h"

namespace emc {

// Metadata key of the parts of a checkpoint: a line for each, "FILE SHA256 PREFIX"; PREFIX stands before the names of
// FILE's tensors, so that models may keep the part in different places. No prefix: "-".
inline constexpr const char* kPartsKey = "parts";

struct CheckpointPart {
    std::string file, sha256, prefix; // `file` lies in the checkpoint's own folder
};
std::string partsText(const std::vector<CheckpointPart>& parts);
// The parts that a checkpoint with this metadata names. Throws Error(NotFound | BadInput): a part that is missing, that
// lies elsewhere or that is another one.
std::vector<CheckpointPart> partsOf(const std::map<std::string, std::string>& metadata,
                                    const std::filesystem::path& checkpoint);

class PartedTensors {
public:
    // Throws Error(NotFound | BadInput), as partsOf() does.
    static PartedTensors open(const std::filesystem::path& checkpoint);

    const std::filesystem::path& path() const { return m_files.front().path(); }
    std::vector<std::string> names() const;
    bool has(const std::string& name) const { return m_places.count(name) > 0; }
    const TensorInfo& info(const std::string& name) const; // throws Error(BadInput)
    std::vector<float> readF32(const std::string& name) const;
    const std::map<std::string, std::string>& metadata() const { return m_files.front().metadata(); }

private:
    struct Place {
        std::size_t file;
        std::string name;
    };
    const Place& place(const std::string& name) const;

    std::vector<SafetensorsFile> m_files; // the checkpoint, then its parts
    std::map<std::string, Place> m_places;
};

} // namespace emc
