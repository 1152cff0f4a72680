#pragma once
// Evaluation runs: models under treatments over the test part of a corpus. Predictions are files, one a clip, so that a
// stopped study goes on where it was; scores are computed from the files and kept beside them.
//   FOLDER/MODEL.CONDITION.FILL.IDENTITY/run.json, clip-00003.safetensors, ..., scores.json
// IDENTITY is a hash of weights, corpus, treatment, samples, seed and storage: other options are other folders.
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "core/api/reaction_model.h"
#include "core/study/score_set.h"
#include "core/study/study_part.h"
#include "core/study/treatment.h"

namespace emc {

inline constexpr const char* kGroundTruth = "ground-truth"; // a "model": the real listener in all places

struct StudyModel {
    std::string label, model;                       // row name; name in the catalogue, or kGroundTruth
    std::vector<std::filesystem::path> checkpoints; // one per training seed (a run folder or a file)
};

struct StudyOptions {
    std::filesystem::path corpus, folder;
    std::string partition = "test";
    int samples = 10;
    std::uint64_t seed = 7;
    int samplingSeeds = 1; // draws repeated with seed, seed + 1, ...
    int frames = 0;        // first frames of each clip; 0 = the whole clip
    int clips = 0;         // speakers, evenly spread over the part; 0 = all
    bool half = false;     // store half precision
    bool coeffs = false;   // store the face coefficients too
    std::string device = "cpu";
    int threads = 2; // clips at a time on the CPU, each with a thread of its own; 0 = all cores
};

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
    // Predicts what is not stored yet. Throws Error, Cancelled (finished clips stay).
    void predict(const std::vector<StudyRun>& runs, JobContext& job);
    std::filesystem::path folderOf(const StudyRun& run) const;
    // Of the i-th clip of part(): emotion and, when stored, coefficients. Throws Error(NotFound) when not predicted.
    Reactions prediction(const StudyRun& run, int i) const;
    // Scores of a predicted run; kept in its folder.
    MetricValues scores(const StudyRun& run, const std::vector<std::string>& metrics, JobContext& job);
    // How often a model was asked since this object was made: 0 when everything was stored.
    long reactions() const;

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace emc
