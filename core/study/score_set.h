#pragma once
// The metrics of a whole set of predictions, with a value for each clip where the metric has one.
#include <map>
#include <string>
#include <vector>

#include "core/api/job_context.h"

namespace emc {

// The order of the paper's columns.
const std::vector<std::string>& metricNames(); // FRCorr FRDist FRDiv FRVar FRDvs FRSyn
bool higherIsBetter(const std::string& metric);
int metricDecimals(const std::string& metric);
void checkMetric(const std::string& metric);   // throws Error(Usage)
void checkVariant(const std::string& variant); // "official" | "fixed"; throws Error(Usage)

// All arrays have the same number of frames. Listeners: those of the scored clips first, in their order, then others
// who are appropriate for one of them.
struct ScoreSet {
    int clips = 0, samples = 0, frames = 0;
    std::vector<float> predictions;            // clips x samples x frames x 25
    std::vector<float> speakers;               // clips x frames x 25
    std::vector<float> listeners;              // (clips or more) x frames x 25
    std::vector<std::vector<int>> appropriate; // for each clip, positions in `listeners`
    std::vector<std::string> ids;              // of the clips, for messages
};

struct MetricValue {
    double value = 0;
    std::vector<double> clips; // one per clip, NaN where it has none; empty for a metric between clips (FRDvs)
};
// variant -> metric -> value. A value may be NaN (FRSyn `fixed` when no prediction has a usable lag).
using MetricValues = std::map<std::string, std::map<std::string, MetricValue>>;

// Both variants of the wanted metrics. Beside FRSyn stands "nan_clips", the share of clips with a NaN lag.
// Throws Error(BadInput) that names the clip, Cancelled.
MetricValues computeMetrics(const ScoreSet& set, const std::vector<std::string>& metrics, int threads, JobContext& job);

} // namespace emc
