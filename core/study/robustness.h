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

struct CurvePoint {
    double x = 0;
    double mean = 0, deviation = 0; // NaN when the metric has no value here
    std::vector<double> values;     // one per training seed; with one network one per damage or sampling seed
};

struct RobustnessCurve {
    std::string kind;     // "share" | "burst" | "failure"
    std::string modality; // "face" | "speech"; "" for failures
    std::string label, model, fill;
    bool reference = false; // a baseline: its score with everything, wherever it stands
    std::vector<CurvePoint> points;
};

struct Robustness {
    std::string metric, variant, corpus;
    std::vector<RobustnessCurve> curves;
    std::vector<std::string> failures; // names of the places 0, 1, ... of "failure" curves; the first is no damage
    double burst = 0, burstShare = 0;
    int clips = 0, samples = 0;
    bool synthetic = false;
    std::string session; // JSON of what was asked, for figures
    std::string band;    // what `deviation` is over: "training seeds", "damage seeds", "sampling seeds", ""
};

// Predicts and scores what is missing. Throws Error, Cancelled (finished clips stay).
Robustness robustnessOf(Study& study, const RobustnessOptions& options, JobContext& job);
PlotFigure robustnessFigure(const Robustness& robustness);
std::string robustnessCsv(const Robustness& robustness);
std::string robustnessJson(const Robustness& robustness);

} // namespace emc
