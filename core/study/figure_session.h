#pragma once
// What a figure says about how it was made: enough to make it again. Stands in the SVG as metadata (JSON).
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "core/api/figure_session.h"
#include "core/study/study.h"

namespace emc {

// {"program", "command", "corpus", "partition", "clips", "samples", ..., "models": [{"label", "model", "checkpoints":
// [{"path", "sha256"}]}], "settings": what the command adds}. Weights are named and hashed, the corpus likewise.
std::string studySession(const Study& study, const std::vector<StudyModel>& models, const std::string& command,
                         const nlohmann::ordered_json& settings);

} // namespace emc
