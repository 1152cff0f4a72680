// emc robustness CORPUS: a score against the missing share, the length of the gaps and failures of the recording; with
// --occlusion, which moments of one clip a reaction hangs on.
#include "core/study/robustness.h"
#include "core/study/study_places.h"

#include <algorithm>

#include "app/commands/command.h"
#include "app/commands/study_arguments.h"
#include "core/api/error.h"
#include "core/study/occlusion.h"

namespace emc::cli {
namespace {

struct RobustnessArguments {
    StudyArguments study;
    RobustnessOptions options;
    std::vector<double> percent = {0, 25, 50, 75, 100};
    double burstPercent = 50;
    std::vector<std::string> fills, modalities, damages, out;
    bool presets = false;
    std::string occlusion;
    OcclusionOptions window;
    int clip = 0;
};

enum class Kind { Svg, Csv, Json };
Kind kindOf(const std::string& path) {
    const std::string extension = std::filesystem::path(path).extension().string();
    if (extension == ".svg") return Kind::Svg;
    if (extension == ".csv") return Kind::Csv;
    if (extension == ".json") return Kind::Json;
    throw Error(ErrorKind::Usage, "a curve cannot be written as \"" + path + "\"", "--out",
                "Use a name that ends in .svg, .csv or .json");
}

void runOcclusion(Session& session, const RobustnessArguments& a, Study& study) {
    const StudyModel named = a.study.studyModels(true).front();
    const StudyRun run = study.runsOf(named, withEverything()).front();
    OcclusionOptions options = a.window;
    options.modality = a.occlusion == "speech" ? Modality::Speech : Modality::Face;
    const auto fills = fillsOf(study.infoOf(named));
    if (!a.fills.empty()) options.fill = parseFill(a.fills.front());
    else if (!fills.empty()) options.fill = fills.front();
    const StudyOcclusion found = occlusionOf(study, run, a.clip, options, session.job());
    const auto& points = found.points;
    std::vector<std::string> wrote;
    for (const std::string& path : a.out)
        writeStudyFile(path, kindOf(path) == Kind::Svg ? plotSvg(occlusionFigure(found)) : occlusionCsv(points), wrote);
    auto list = nlohmann::json::array();
    for (const OcclusionPoint& point : points)
        list.push_back({{"window", {point.window.begin, point.window.end}},
                        {"change", point.change},
                        {"inside", point.inside},
                        {"groups", point.groups}});
    session.result = {
        {"clip", found.clip}, {"model", run.model}, {"modality", a.occlusion}, {"points", list}, {"wrote", wrote}};
    const auto most = std::max_element(points.begin(), points.end(),
                                       [](const auto& x, const auto& y) { return x.change < y.change; });
    session.say("the reaction of " + run.label + " to " + found.clip + " changes most without the " + a.occlusion +
                " of frames " + std::to_string(most->window.begin) + " to " + std::to_string(most->window.end) +
                " (RMS " + std::to_string(most->change) + ")");
}

void runRobustness(Session& session, const RobustnessArguments& a) {
    checkVariant(a.options.variant);
    checkMetric(a.options.metric);
    for (const std::string& path : a.out)
        if (kindOf(path) == Kind::Json && !a.occlusion.empty())
            throw Error(ErrorKind::Usage, "an occlusion curve is written as .svg or .csv", path);
    RobustnessOptions options = a.options;
    options.shares.clear();
    for (const double percent : a.percent) options.shares.push_back(percent / 100);
    options.burstShare = a.burstPercent / 100;
    for (const std::string& fill : a.fills) options.fills.push_back(parseFill(fill));
    if (!a.modalities.empty()) {
        options.modalities.clear();
        for (const std::string& name : a.modalities)
            options.modalities.push_back(name == "face" ? Modality::Face : Modality::Speech);
    }
    if (a.presets) options.failures = failurePresets();
    for (const std::string& text : a.damages) options.failures.push_back(parseDamage(text));
    const auto study = a.study.open();
    for (const std::string& note : a.study.groupNotes()) session.note(note);
    if (!a.occlusion.empty()) return runOcclusion(session, a, *study);
    options.models = a.study.studyModels(true);
    const Robustness result = robustnessOf(*study, options, session.job());
    std::vector<std::string> wrote;
    for (const std::string& path : a.out) {
        const Kind kind = kindOf(path);
        writeStudyFile(path,
                       kind == Kind::Svg   ? plotSvg(robustnessFigure(result))
                       : kind == Kind::Csv ? robustnessCsv(result)
                                           : robustnessJson(result),
                       wrote);
    }
    session.result = nlohmann::json::parse(robustnessJson(result));
    session.result["wrote"] = wrote;
    session.result["reactions"] = study->reactions();
    for (const RobustnessCurve& curve : result.curves) {
        std::string line =
            curve.label + ", " + (curve.modality.empty() ? curve.kind : curve.kind + " of " + curve.modality) + ":";
        for (const CurvePoint& point : curve.points) {
            char text[200];
            if (curve.kind == "failure")
                std::snprintf(text, sizeof text, " %s %.4f;",
                              result.failures[static_cast<std::size_t>(point.x)].c_str(), point.mean);
            else
                std::snprintf(text, sizeof text, " %g %.4f;", curve.kind == "share" ? 100 * point.x : point.x,
                              point.mean);
            line += text;
        }
        session.say(line);
    }
    for (const std::string& path : wrote) session.say("wrote " + path);
}

} // namespace

Command robustnessCommand() {
    return {
        "robustness", "Score models against the missing share, the length of gaps and failures of the recording",
        [](CLI::App& app) -> Run {
            auto a = std::make_shared<RobustnessArguments>();
            a->study.declare(app);
            app.add_option("--out", a->out, "File to write: .svg, .csv or .json; may be repeated")->required();
            app.add_option("--metric", a->options.metric)->capture_default_str();
            app.add_option("--variant", a->options.variant, "official or fixed")->capture_default_str();
            app.add_option("--shares", a->percent, "Missing shares in percent")
                ->delimiter(',')
                ->check(CLI::Range(0.0, 100.0))
                ->capture_default_str();
            app.add_option("--burst", a->options.burst, "Mean length of a gap in frames")->capture_default_str();
            app.add_option("--bursts", a->options.bursts, "Also a curve over these gap lengths")->delimiter(',');
            app.add_option("--burst-share", a->burstPercent, "Missing share of that curve in percent")
                ->check(CLI::Range(0.0, 100.0))
                ->capture_default_str();
            app.add_option("--modality", a->modalities, "face, speech; otherwise both")
                ->delimiter(',')
                ->check(CLI::IsMember({"face", "speech"}));
            app.add_option("--fill", a->fills, "cma, zeros, mean; otherwise what a model would use")
                ->delimiter(',')
                ->check(CLI::IsMember({"cma", "zeros", "mean"}));
            app.add_flag("--failures", a->presets, "Also the presets of the failure simulator");
            app.add_option("--damage", a->damages,
                           "Also this failure, for example noise:5 (dB), mask:0.45, freeze:0.3:50, desync:12");
            app.add_option("--damage-seed", a->options.damageSeed, "Where the damage strikes")->capture_default_str();
            app.add_option("--damage-seeds", a->options.damageSeeds, "Repeat the damage with this many seeds")
                ->check(CLI::Range(1, 100))
                ->capture_default_str();
            app.add_option("--occlusion", a->occlusion,
                           "Instead: slide a missing window over this modality of one clip (first model, first run)")
                ->check(CLI::IsMember({"face", "speech"}));
            app.add_option("--clip", a->clip, "Which of the clips, from 0")->capture_default_str();
            app.add_option("--window", a->window.window, "Length of the window in frames")->capture_default_str();
            app.add_option("--step", a->window.step, "Step of the window in frames")->capture_default_str();
            return [a](Session& session) { runRobustness(session, *a); };
        }};
}

} // namespace emc::cli
