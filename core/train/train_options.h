#pragma once
// TrainOptions <-> TOML. The described options themselves (visit, check) are declared in core/api/train.h.
#include <string>

#include "core/api/train.h"

namespace emc {

// The text of a config.toml. Missing keys keep their defaults. Unknown keys, wrong types and values out of range are
// reported together in one Error(BadInput) whose text has one line per fault; `where` names the text in that error.
TrainOptions trainOptionsFromToml(const std::string& text, const std::string& where = "config");

// Throws Error(BadInput) with all faults of `options`, one line each; does nothing when there is none.
void requireValid(const TrainOptions& options, const std::string& where = "training options");

// Throws Error(BadInput) that names every option in which `options` (resolved) differ from a run's config.toml. Folder
// and corpus may have moved (the corpus is compared by content); everything else decides the numbers.
void requireSameOptions(const TrainOptions& options, const std::filesystem::path& config);

} // namespace emc
