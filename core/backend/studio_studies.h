#pragma once
// Studies with the decoders and the weights of this machine, for the commands and for the window.
#include <memory>
#include <vector>

#include "core/study/core_studies.h"

namespace emc {

// Models that need weights and name none get the demo's; the mean baselines those that were measured beside the first
// named run.
void addDefaultWeights(std::vector<StudyModel>& models);
// Throws Error, before any work, for models that do not exist or have no weights.
std::unique_ptr<Study> openStudioStudy(const StudyOptions& options, const std::vector<StudyModel>& models);

std::unique_ptr<StudyService> makeStudioStudies();

} // namespace emc
