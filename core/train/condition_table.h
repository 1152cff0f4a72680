#pragma once
// What a missing modality costs: trained models on the test part of a corpus, with everything, without the face,
// without the voice, and for each of these with every substitute. FRCorr and FRVar as in core/eval; rows are files, so
// that a stopped table goes on.
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "core/train/train_services.h"

namespace emc {

struct ConditionModel {
    std::string label, model; // row name; name in the catalogue
    std::vector<std::filesystem::path>
        checkpoints; // one per training seed (a run folder or a file); empty for a baseline
};

struct ConditionOptions {
    std::filesystem::path corpus, folder; // `folder` keeps one JSON file per row
    std::string partition = "test";
    std::vector<ConditionModel> models;
    int samples = 10;
    std::uint64_t seed = 7;
    int frames = 0; // first frames of each clip; 0 = the whole clip
    int clips = 0;  // speakers, evenly spread over the part; 0 = all
    std::string device = "cpu";
    int threads = 2;
};

struct ConditionRow {
    std::string label, model, condition,
        fill; // condition: "both" | "without-face" | "without-speech"; fill: "cma" | "zeros" | "mean" | "" (both)
    int clips = 0, seeds = 0;
    std::vector<double> frCorr, frVar, frDiv;                                 // one per checkpoint
    double frCorrMean = 0, frCorrDeviation = 0, frVarMean = 0, frDivMean = 0; // deviation with n - 1; 0 for one seed
};

// Rows in order of models, condition, fill, with "ground-truth" in front (the real listener in all K places: the most
// that FRCorr can be here). Throws Error, Cancelled (finished rows stay).
std::vector<ConditionRow> conditionTable(const ConditionOptions& options, const TrainServices& services,
                                         JobContext& job);
// Markdown, one line per row.
std::string conditionTableText(const std::vector<ConditionRow>& rows);

} // namespace emc
