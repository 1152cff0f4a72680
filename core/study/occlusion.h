#pragma once
// Which moments of the speaker a reaction hangs on: a missing window slides over the clip, and the change of the
// reaction is measured. Draws are the same with and without the window.
#include <array>
#include <string>
#include <vector>

#include "core/api/reaction_model.h"
#include "core/study/line_plot.h"

namespace emc {

struct OcclusionOptions {
    Modality modality = Modality::Face;
    int window = 25, step = 12; // frames
    int samples = 10, frames = 0;
    std::uint64_t seed = 7;
    Fill fill = Fill::Cma;
};

struct OcclusionPoint {
    FrameSpan window;
    double change = 0;              // root mean square over samples, frames and the 25 attributes
    double inside = 0;              // the same over the frames of the window
    std::array<double, 3> groups{}; // over action units, valence and arousal, expressions
};

// Throws Error(Usage) for a window or step below 1, or a window as long as the clip; Error of the model; Cancelled.
std::vector<OcclusionPoint> occlusionCurve(ReactionModel& model, const Clip& clip, const OcclusionOptions& options,
                                           JobContext& job);
PlotFigure occlusionFigure(const std::vector<OcclusionPoint>& points, const std::string& clip, const std::string& model,
                           const OcclusionOptions& options, double rateHz);
std::string occlusionCsv(const std::vector<OcclusionPoint>& points);

} // namespace emc
