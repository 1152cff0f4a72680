#pragma once
// Arguments that the commands on whole corpora share: which models, which clips, where predictions are kept.
#include <memory>
#include <string>
#include <vector>

#include "core/study/study.h"

namespace CLI {
class App;
}

namespace emc::cli {

struct StudyArguments {
    std::string corpus, group, folder, partition = "test", device = "cpu";
    std::vector<std::string> models;
    int samples = 10, samplingSeeds = 1, frames = 0, clips = 0, threads = 2;
    std::uint64_t seed = 7;
    bool half = false, coeffs = false;

    void declare(CLI::App& app);
    // Throws Error, before any work, for models that do not exist or have no weights.
    std::unique_ptr<Study> open() const;
    // "[LABEL=]MODEL[:RUN,...]". A RUN is a run folder, a .safetensors file, or a folder of run folders. Without runs:
    // the demo's weights, for the mean baselines those of the first named run. `catalogueLabels`: unnamed models are
    // called as people call them, otherwise by name.
    // The finished runs of --group stand before those of --model.
    std::vector<StudyModel> studyModels(bool catalogueLabels) const;
    // What of the group is not finished, one sentence a model.
    std::vector<std::string> groupNotes() const;
    // Where predictions are kept: --folder, else in the group.
    std::filesystem::path studyFolder() const;
};

Fill parseFill(const std::string& text);
// Writes text and adds the path to `wrote`.
void writeStudyFile(const std::string& path, const std::string& text, std::vector<std::string>& wrote);

} // namespace emc::cli
