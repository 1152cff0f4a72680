#pragma once
// How a score falls when more and more of a modality is missing, when the gaps get longer, and under failures of the
// recording. The ends of a curve (nothing missing, all missing) are the same runs as the rows of a table.
#include <string>
#include <vector>

#include "core/study/line_plot.h"
#include "core/study/study.h"
#include "core/study/study_table.h"

namespace emc {

struct RobustnessOptions {
    std::vector<StudyModel> models;
    std::string metric = "FRCorr", variant = "official";
    std::vector<double> shares = {0, 0.25, 0.5, 0.75, 1}; // of frames without the modality
    double burst = 25;                                    // mean length of a gap in frames, for `shares`
    std::vector<double> bursts;                           // gap lengths at `burstShare`; empty = no such curves
    double burstShare = 0.5;
    std::vector<Damage> failures; // each on its own
    std::vector<Modality> modalities = {Modality::Face, Modality::Speech};
    std::vector<Fill> fills;      // empty = the model's own first (CMA for EMC, zeros for hosts)
    std::uint64_t damageSeed = 1; // places of the damage: the same for every model
    int damageSeeds = 1;          // damage repeated with damageSeed, damageSeed + 1, ...
};

// Predicts and scores what is missing. Throws Error, Cancelled (finished clips stay).
Robustness robustnessOf(Study& study, const RobustnessOptions& options, JobContext& job);
PlotFigure robustnessFigure(const Robustness& robustness);
std::string robustnessCsv(const Robustness& robustness);
std::string robustnessJson(const Robustness& robustness);

} // namespace emc
