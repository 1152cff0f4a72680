#pragma once
// Which moments of the speaker a reaction hangs on: a missing window slides over the clip, and the change of the
// reaction is measured. Draws are the same with and without the window.
#include <string>
#include <vector>

#include "core/api/reaction_model.h"
#include "core/api/study_service.h"
#include "core/study/line_plot.h"

namespace emc {

// Throws Error(Usage) for a window or step below 1, or a window as long as the clip; Error of the model; Cancelled.
std::vector<OcclusionPoint> occlusionCurve(ReactionModel& model, const Clip& clip, const OcclusionOptions& options,
                                           JobContext& job);
PlotFigure occlusionFigure(const std::vector<OcclusionPoint>& points, const std::string& clip, const std::string& model,
                           const OcclusionOptions& options, double rateHz);
PlotFigure occlusionFigure(const StudyOcclusion& occlusion); // with what made it
std::string occlusionCsv(const std::vector<OcclusionPoint>& points);

} // namespace emc
