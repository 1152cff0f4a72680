// emc metrics: the six metrics of anybody's arrays, as published and as one would defend them.
#include <algorithm>
#include <cmath>

#include "app/commands/command.h"
#include "core/eval/metric_arrays.h"
#include "core/eval/metric_suite.h"

namespace emc::cli {
namespace {

struct MetricsArguments {
    MetricArrayPaths paths;
    std::vector<std::string> metrics;
    std::string variant = "both", device = "cpu";
    int threads = 0;
    bool explain = false, details = false;
};

// NaN has no place in JSON.
nlohmann::json jsonNumber(double value) {
    return std::isfinite(value) ? nlohmann::json(value) : nlohmann::json();
}
nlohmann::json jsonNumbers(const std::vector<double>& values) {
    auto array = nlohmann::json::array();
    for (double value : values) array.push_back(jsonNumber(value));
    return array;
}

void explain(Session& session, const std::vector<std::string>& names) {
    auto list = nlohmann::json::array();
    for (const MetricInfo& info : metricCatalogue()) {
        if (!names.empty() && std::find(names.begin(), names.end(), info.name) == names.end()) continue;
        list.push_back({{"name", info.name},
                        {"arrow", info.arrow},
                        {"definition", info.definition},
                        {"range", info.range},
                        {"unit", info.unit},
                        {"official", info.quirks},
                        {"fixed", info.fixes}});
        session.say(info.name + " " + info.arrow + "  " + info.definition + ". Range: " + info.range + ".");
        for (const std::string& quirk : info.quirks) session.say("  official: " + quirk);
        for (const std::string& fix : info.fixes) session.say("  fixed: " + fix);
    }
    session.result["explain"] = list;
}

nlohmann::json detailsOf(const MetricResult& result) {
    nlohmann::json json{{"per_clip", jsonNumbers(result.perClip)}};
    if (!result.perSample.empty()) json["per_sample"] = jsonNumbers(result.perSample);
    if (!result.neighbour.empty()) json["neighbour"] = result.neighbour;
    if (!result.perDim.empty()) json["per_dimension"] = jsonNumbers(result.perDim);
    if (result.perGroup.size() == kDtwGroups)
        for (int g = 0; g < kDtwGroups; ++g)
            json["per_group"][kDtwGroup[g].name] = jsonNumber(result.perGroup[static_cast<std::size_t>(g)]);
    return json;
}

void print(Session& session, const MetricReport& report, const MetricRequest& request) {
    std::string head = "                ";
    for (MetricVariant variant : request.variants) {
        char cell[32];
        std::snprintf(cell, sizeof cell, "%16s", metricVariantName(variant));
        head += cell;
    }
    session.say(std::to_string(report.clips) + " clips, " + std::to_string(report.samples) + " samples, " +
                std::to_string(report.frames) + " frames, " + std::to_string(report.dims) + " dimensions");
    session.say(head + "         seconds");
    std::string last;
    for (const MetricResult& result : report.results) {
        if (result.name == last) continue;
        last = result.name;
        const MetricInfo& info = metricInfo(result.name);
        std::string line = info.name + std::string(7 - std::min<std::size_t>(7, info.name.size()), ' ') + info.arrow +
                           (info.unit.empty() ? std::string(8, ' ') : " " + info.unit + " ");
        for (MetricVariant variant : request.variants) {
            char cell[40];
            const double value = report.find(result.name, variant)->value;
            if (std::isnan(value)) std::snprintf(cell, sizeof cell, "%16s", "not defined");
            else std::snprintf(cell, sizeof cell, "%16.6f", value);
            line += cell;
        }
        char seconds[32];
        std::snprintf(seconds, sizeof seconds, "%16.3f", result.seconds);
        session.say(line + seconds);
    }
    if (!std::isnan(report.nanClips)) {
        char line[96];
        std::snprintf(line, sizeof line, "clips whose official FRSyn is decided by NaN: %.1f %%",
                      100 * report.nanClips);
        session.say(line);
    }
}

void runMetrics(Session& session, const MetricsArguments& arguments) {
    MetricRequest request;
    for (const std::string& name : arguments.metrics) {
        metricInfo(name); // refuses unknown names before any file is opened
        request.metrics.push_back(name);
    }
    if (arguments.explain) explain(session, request.metrics);
    if (arguments.paths.predictions.empty()) {
        if (arguments.explain) return;
        throw Error(
            ErrorKind::Usage, "the predictions are missing", "--pred",
            "Name FILE.npy, FILE.npz:KEY, FILE.safetensors:KEY or FILE.pt:KEY; --explain alone describes the metrics");
    }
    if (arguments.variant == "official") request.variants = {MetricVariant::Official};
    if (arguments.variant == "fixed") request.variants = {MetricVariant::Fixed};
    request.threads = arguments.threads;
    request.device = arguments.device;
    request.details = arguments.details;
    const MetricArrays arrays = loadMetricArrays(arguments.paths);
    const MetricReport report = evaluate(arrays.inputs(), request, session.job());
    print(session, report, request);
    for (const std::string& note : report.notes) session.note(note);
    nlohmann::json variants, seconds;
    for (const MetricResult& result : report.results) {
        const char* variant = metricVariantName(result.variant);
        variants[variant][result.name] = jsonNumber(result.value);
        seconds[result.name] = result.seconds;
        if (arguments.details) session.result["details"][variant][result.name] = detailsOf(result);
    }
    session.result["variant"] = variants;
    session.result["seconds"] = seconds;
    session.result["nan_clips"] = jsonNumber(report.nanClips);
    session.result["notes"] = report.notes;
    session.result["clips"] = report.clips;
    session.result["samples"] = report.samples;
    session.result["frames"] = report.frames;
    session.result["dtw_pairs"] = {{"all", report.dist.pairs},
                                   {"bounded", report.dist.bounded},
                                   {"abandoned", report.dist.abandoned},
                                   {"computed", report.dist.computed}};
}

} // namespace

Command metricsCommand() {
    return {"metrics", "Score predictions in arrays of yours: FRCorr, FRDist, FRDiv, FRVar, FRDvs, FRSyn",
            [](CLI::App& app) -> Run {
                auto arguments = std::make_shared<MetricsArguments>();
                app.add_option("--pred,--predictions", arguments->paths.predictions,
                               "Predictions (N,K,T,25), or (N,T,25): FILE.npy, FILE.npz:KEY, FILE.safetensors:KEY or "
                               "FILE.pt:KEY (plain tensors; nothing in it is executed)");
                app.add_option("--target,--targets", arguments->paths.targets, "Real listeners (N,T,25)");
                app.add_option("--speaker,--speakers", arguments->paths.speakers, "Speakers (N,T,25), for FRSyn");
                app.add_option("--neighbours", arguments->paths.neighbours,
                               "Matrix (N,N) of 0 and 1: whose listener is appropriate for whom");
                app.add_option("--metric", arguments->metrics, "Only these (repeat, or a comma list)")->delimiter(',');
                app.add_option("--variant", arguments->variant, "official (as published), fixed, or both")
                    ->check(CLI::IsMember({"official", "fixed", "both"}))
                    ->capture_default_str();
                app.add_option("--device", arguments->device, "Where FRDist runs")
                    ->check(CLI::IsMember({"cpu", "cuda"}))
                    ->capture_default_str();
                app.add_option("--threads", arguments->threads, "0 = all cores; the result is the same")
                    ->check(CLI::Range(0, 1024))
                    ->capture_default_str();
                app.add_flag("--explain", arguments->explain, "Say what each metric is and what is peculiar about it");
                app.add_flag("--details", arguments->details, "With --json: per clip, sample, dimension and group");
                return [arguments](Session& session) { runMetrics(session, *arguments); };
            }};
}

} // namespace emc::cli
