#pragma once
// What a missing modality costs, in one short list: models with everything and without each modality, with every
// substitute.
#include <string>
#include <vector>

#include "core/study/study.h"

namespace emc {

struct ConditionRow {
    std::string label, model, condition, fill; // condition: "both" | "without-face" | "without-speech"
    int clips = 0, seeds = 0;
    std::vector<double> frCorr, frVar, frDiv;                                 // one per checkpoint
    double frCorrMean = 0, frCorrDeviation = 0, frVarMean = 0, frDivMean = 0; // deviation: n - 1; 0 for one seed
};

// The real listener in all places first (the most that FRCorr can be here), then models in their order.
std::vector<ConditionRow> conditionRows(Study& study, const std::vector<StudyModel>& models, JobContext& job);
std::string conditionText(const std::vector<ConditionRow>& rows); // Markdown, one line per row

} // namespace emc
