#pragma once
// From items to the numbers of a report. Shared by evaluate() and MetricCache, so that both round alike.
#include "core/eval/metric_engine.h"

namespace emc {

// Names to compute: those asked for, or all that the inputs allow (a note for each one left out). Throws Error(Usage).
std::vector<std::string> metricsToCompute(const MetricInputs& inputs, const MetricRequest& request,
                                          std::vector<std::string>& notes);
// Adds results (both variants, without seconds), notes and the share of NaN clips.
void reduceMetrics(const MetricInputs& inputs, const MetricRequest& request, const MetricEngine& engine,
                   const MetricItems& items, const std::vector<std::string>& names, MetricReport& report);

} // namespace emc
