#pragma once
// Evaluation runs: models under treatments over the test part of a corpus. Predictions are files, one a clip, so that a
// stopped study goes on where it was; scores are computed from the files and kept beside them.
//   FOLDER/MODEL.CONDITION.FILL.IDENTITY/run.json, clip-00003.safetensors, ..., scores.json
// IDENTITY is a hash of weights, corpus, treatment, samples, seed and storage: other options are other folders.
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/api/reaction_model.h"
#include "core/api/study.h"
#include "core/study/score_set.h"
#include "core/study/study_part.h"
#include "core/study/treatment.h"

namespace emc {

// Files of a run folder: the weights of the best validation; what the mean baselines read.
inline constexpr const char* kBestWeights = "best.safetensors";
inline constexpr const char* kMeanStatistics = "mean_statistics.safetensors";

// One set of predictions.
struct StudyRun {
    std::string label, model;
    int checkpoint = 0; // place in StudyModel::checkpoints
    std::filesystem::path weights;
    std::string weightsHash;
    std::uint64_t seed = 0;
    Treatment treatment;
};

class Study {
public:
    Study(StudyOptions options, const StudyServices& services); // throws Error
    ~Study();
    const StudyOptions& options() const;
    const StudyPart& part() const;

    // Throws Error(Usage) for an unknown model, Error(NotFound) for weights that are not there or not named.
    void check(const StudyModel& model) const;
    ModelInfo infoOf(const StudyModel& model) const;
    // One run per checkpoint and, within it, per sampling seed.
    std::vector<StudyRun> runsOf(const StudyModel& model, const Treatment& treatment) const;
    // Predicts what is not stored yet; `stored` hears of each clip that was. Throws Error, Cancelled (finished clips
    // stay).
    void predict(const std::vector<StudyRun>& runs, JobContext& job,
                 const std::function<void(const StudyRun&)>& stored = {});
    // How many clips of part() are predicted already; all of them for the ground truth.
    int storedClips(const StudyRun& run) const;
    std::filesystem::path folderOf(const StudyRun& run) const;
    // Of the i-th clip of part(): emotion and, when stored, coefficients. Throws Error(NotFound) when not predicted.
    Reactions prediction(const StudyRun& run, int i) const;
    // Scores of a predicted run; kept in its folder. Clips that were scored before, in whichever choice of clips, are
    // not scored again; FRDvs ties all clips together and is.
    MetricValues scores(const StudyRun& run, const std::vector<std::string>& metrics, JobContext& job);
    // The same where everything is kept already; nothing otherwise.
    std::optional<MetricValues> storedScores(const StudyRun& run, const std::vector<std::string>& metrics) const;
    // What metrics are computed from: all clips of a predicted run, or the one at place `only`. All courses are cut to
    // what every one of the clips has.
    ScoreSet scoreSet(const StudyRun& run, JobContext& job, int only = -1) const;
    // How often a model was asked since this object was made: 0 when everything was stored.
    long reactions() const;
    // How many clips of how many runs were scored since this object was made.
    long scoredClips() const;

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace emc
