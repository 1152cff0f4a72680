#include "core/study/occlusion.h"

#include <cmath>

#include "core/api/error.h"

namespace emc {
namespace {

constexpr std::array<FrameSpan, 3> kGroups = {FrameSpan{0, kValence}, FrameSpan{kValence, kFirstExpression},
                                              FrameSpan{kFirstExpression, kEmotionDims}};

OcclusionPoint compare(const Reactions& whole, const Reactions& without, FrameSpan window) {
    OcclusionPoint point;
    point.window = window;
    std::array<double, 3> squares{};
    double inside = 0;
    std::size_t i = 0;
    for (int k = 0; k < whole.samples; ++k)
        for (int t = 0; t < whole.frames; ++t)
            for (std::size_t g = 0; g < kGroups.size(); ++g)
                for (int d = kGroups[g].begin; d < kGroups[g].end; ++d, ++i) {
                    const double difference = static_cast<double>(whole.emotion[i]) - without.emotion[i];
                    squares[g] += difference * difference;
                    if (window.contains(t)) inside += difference * difference;
                }
    const double frames = static_cast<double>(whole.samples) * whole.frames;
    double all = 0;
    for (std::size_t g = 0; g < kGroups.size(); ++g) {
        all += squares[g];
        point.groups[g] = std::sqrt(squares[g] / (frames * kGroups[g].length()));
    }
    point.change = std::sqrt(all / (frames * kEmotionDims));
    point.inside = std::sqrt(inside / (static_cast<double>(whole.samples) * window.length() * kEmotionDims));
    return point;
}

} // namespace

std::vector<OcclusionPoint> occlusionCurve(ReactionModel& model, const Clip& clip, const OcclusionOptions& options,
                                           JobContext& job) {
    const int frames = options.frames > 0 ? std::min(options.frames, clip.info().frames) : clip.info().frames;
    if (options.window < 1 || options.step < 1)
        throw Error(ErrorKind::Usage, "the sliding window and its step must be 1 frame or more", "--window");
    if (options.window >= frames)
        throw Error(ErrorKind::Usage,
                    "the sliding window of " + std::to_string(options.window) + " frames covers the whole clip of " +
                        std::to_string(frames),
                    "--window");
    ReactOptions react;
    react.samples = options.samples;
    react.seed = options.seed;
    react.frames = options.frames;
    react.fill = options.fill;
    const int windows = (frames - options.window + options.step - 1) / options.step + 1;
    JobContext inner({}, job);
    job.progress(0, windows + 1, "reacting to the whole clip");
    const Reactions whole = model.react(clip, react, inner);
    std::vector<OcclusionPoint> points;
    for (int w = 0; w < windows; ++w) {
        job.progress(w + 1, windows + 1, "window " + std::to_string(w + 1) + " of " + std::to_string(windows));
        const int begin = std::min(w * options.step, frames - options.window); // the last one ends with the clip
        const FrameSpan window{begin, begin + options.window};
        react.availability = {};
        (options.modality == Modality::Face ? react.availability.faceMissing
                                            : react.availability.speechMissing) = {window};
        const Reactions without = model.react(clip, react, inner);
        if (without.emotion.size() != whole.emotion.size())
            throw Error(ErrorKind::BadInput, "the model answers with other sizes when a span is missing",
                        clip.info().id);
        points.push_back(compare(whole, without, window));
    }
    job.progress(windows + 1, windows + 1, "windows compared");
    return points;
}

PlotFigure occlusionFigure(const std::vector<OcclusionPoint>& points, const std::string& clip, const std::string& model,
                           const OcclusionOptions& options, double rateHz) {
    const char* what = options.modality == Modality::Face ? "face" : "voice";
    const char* names[] = {"all attributes", "action units", "valence and arousal", "expressions",
                           "all, within the window"};
    PlotFigure figure;
    figure.columns = 1;
    figure.title = std::string("What the reaction owes to the ") + what + ": " + model;
    PlotPanel panel;
    panel.title = "Change when " + std::to_string(options.window) + " frames of the " + what + " are missing";
    panel.xLabel = "middle of the missing window (s)";
    panel.yLabel = "change of the reaction (RMS)";
    for (std::size_t s = 0; s < std::size(names); ++s) {
        PlotSeries series;
        series.label = names[s];
        for (const OcclusionPoint& point : points) {
            series.x.push_back((point.window.begin + point.window.end) / 2.0 / rateHz);
            series.y.push_back(s == 0 ? point.change : s == 4 ? point.inside : point.groups[s - 1]);
        }
        panel.series.push_back(std::move(series));
    }
    figure.panels.push_back(std::move(panel));
    figure.notes = {"clip " + clip + ", " + std::to_string(options.samples) + " reactions with the same draws, seed " +
                    std::to_string(options.seed)};
    return figure;
}

PlotFigure occlusionFigure(const StudyOcclusion& o) {
    PlotFigure figure = occlusionFigure(o.points, o.clip, o.model, o.options, o.rateHz);
    figure.session = o.session;
    return figure;
}

std::string occlusionCsv(const std::vector<OcclusionPoint>& points) {
    std::string text = "begin,end,change,inside,action_units,valence_arousal,expressions\n";
    for (const OcclusionPoint& p : points) {
        char line[200];
        std::snprintf(line, sizeof line, "%d,%d,%.9g,%.9g,%.9g,%.9g,%.9g\n", p.window.begin, p.window.end, p.change,
                      p.inside, p.groups[0], p.groups[1], p.groups[2]);
        text += line;
    }
    return text;
}

} // namespace emc
