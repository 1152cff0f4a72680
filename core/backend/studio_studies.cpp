#include "core/backend/studio_studies.h"

#include "core/backend/studio_backend.h"
#include "core/nn/device.h"

namespace emc {

namespace fs = std::filesystem;

void addDefaultWeights(std::vector<StudyModel>& models) {
    fs::path mean;
    for (const StudyModel& model : models)
        for (const fs::path& run : model.checkpoints)
            if (mean.empty() && fs::exists(run / kMeanStatistics)) mean = run / kMeanStatistics;
    for (StudyModel& model : models) {
        if (!model.checkpoints.empty() || model.model == kGroundTruth ||
            !ModelCatalogue::shared().find(model.model).info.needsCheckpoint)
            continue;
        const fs::path weights = model.model.starts_with("mean-") && !mean.empty() ? mean : demoWeights(model.model);
        if (!weights.empty()) model.checkpoints.push_back(weights);
    }
}

std::unique_ptr<Study> openStudioStudy(const StudyOptions& options, const std::vector<StudyModel>& models) {
    return openStudy(options, {studioFrameOpener(), studioSoundLoader()}, models);
}

std::unique_ptr<StudyService> makeStudioStudies() {
    return makeStudyService({{studioFrameOpener(), studioSoundLoader()}, addDefaultWeights, setComputeThreads});
}

} // namespace emc
