#pragma once
// The picture of a clip: the default head with a face, light and camera of its own.
#include <filesystem>
#include <vector>

#include "core/corpus/layout.h"

namespace emc::corpus {

// Renders the speaker (and the listener when mirrored, else one reference picture of him) from the written
// coefficients. Returns the files. Thread-safe: every call has its own renderer.
std::vector<std::filesystem::path> makeClipFilms(const CorpusOptions& options, const Item& item,
                                                 const std::filesystem::path& folder, JobContext& job);

} // namespace emc::corpus
