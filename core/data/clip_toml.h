#pragma once
// clip.toml: what a clip folder says about itself. Internal to core/data.
#include <filesystem>
#include <string>
#include <vector>

#include "core/api/clip.h"

namespace emc {

struct ClipToml {
    ClipInfo info; // contentHash is computed from what follows
    std::string sourceHash, extractor;
    // SHA-256 of the files of each modality; empty = the file does not belong to the clip.
    std::string faceHash, faceVideoHash, speechHash, soundHash;
};

std::string writeClipToml(const ClipToml& clip);
// Throws one Error(BadInput) that lists every fault.
ClipToml readClipToml(const std::filesystem::path& file);
// Throws one Error(BadInput) with all of `faults`; does nothing without any.
void throwClipFaults(const std::vector<std::string>& faults, const std::filesystem::path& where);

} // namespace emc
