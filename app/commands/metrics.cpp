// emc metrics: the six metrics of anybody's arrays, as published and as one would defend them.
#include <algorithm>
#include <cmath>

#include "app/commands/command.h"
#include "core/backend/inception_weights.h"
#include "core/data/safetensors.h"
#include "core/eval/metric_arrays.h"
#include "core/eval/metric_suite.h"
#include "core/nn/frechet_distance.h"

namespace emc::cli {
namespace {

struct MetricsArguments {
    MetricArrayPaths paths;
    std::vector<std::string> metrics;
    std::string variant = "both", device = "cpu";
    int threads = 0;
    bool explain = false, details = false;
    std::vector<std::string> frrea; // real, rendered
    std::string inception, featuresOut;
    int frameStride = 30;
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

// Features of pictures by the network, else rows of an array.
struct FeatureSource {
    FloatArray array;
    FrameFeatures frames;
    FeatureRows rows;
};

void readFeatures(FeatureSource& source, const std::string& address, FrameFeatureNet* net, int stride,
                  JobContext& job) {
    source.rows.name = address;
    if (net) {
        source.frames = net->features(address, stride, job);
        source.rows.values = source.frames.values;
        source.rows.rows = source.frames.pictures;
        source.rows.dims = source.frames.pictures
                               ? static_cast<std::int64_t>(source.frames.values.size()) / source.frames.pictures
                               : 0;
        return;
    }
    if (std::filesystem::is_directory(address))
        throw Error(ErrorKind::Usage, "pictures need the Inception network, whose weights are not part of the studio",
                    "--inception", "Name pt_inception-2015-12-05-6726825d.pth, which pytorch-fid fetches");
    source.array = FloatArray::open(address);
    const auto& shape = source.array.shape();
    if (shape.size() < 2) throw Error(ErrorKind::BadInput, "features have the shape (pictures, dimensions)", address);
    source.rows.values = source.array.values();
    source.rows.dims = shape.back();
    source.rows.rows =
        source.rows.dims > 0 ? static_cast<std::int64_t>(source.array.values().size()) / source.rows.dims : 0;
}

void runFrrea(Session& session, const MetricsArguments& a) {
    std::unique_ptr<FrameFeatureNet> net;
    if (!a.inception.empty()) net = openFrameFeatures(a.inception, a.threads);
    FeatureSource real, rendered;
    readFeatures(real, a.frrea[0], net.get(), a.frameStride, session.job());
    readFeatures(rendered, a.frrea[1], net.get(), a.frameStride, session.job());
    const FrechetDistance result = frechetDistance(real.rows, rendered.rows);
    session.result["frrea"] = {{"value", result.distance},
                               {"means", result.means},
                               {"covariances", result.covariances},
                               {"real", real.rows.rows},
                               {"rendered", rendered.rows.rows},
                               {"dimensions", real.rows.dims},
                               {"rank_deficient", result.rankDeficient}};
    char line[160];
    std::snprintf(line, sizeof line,
                  "FRRea ↓ %.6f (means %.6f + covariances %.6f): %ld real and %ld rendered, %ld numbers",
                  result.distance, result.means, result.covariances, static_cast<long>(real.rows.rows),
                  static_cast<long>(rendered.rows.rows), static_cast<long>(real.rows.dims));
    session.say(line);
    if (result.rankDeficient)
        session.note("fewer pictures than numbers a picture: the value depends on how many there are, so compare only "
                     "with the same number");
    session.note("FRRea compares renderings by one renderer only; published values used another one");
    if (a.featuresOut.empty()) return;
    SafetensorsWriter writer;
    for (const auto& [name, rows] : {std::pair("real", &real.rows), std::pair("rendered", &rendered.rows)})
        writer.addF32(name, {rows->rows, rows->dims}, rows->values);
    writer.write(a.featuresOut);
    session.result["wrote"] = {a.featuresOut};
    session.say("wrote " + a.featuresOut);
}

void runMetrics(Session& session, const MetricsArguments& arguments) {
    if (!arguments.frrea.empty()) {
        runFrrea(session, arguments);
        if (arguments.paths.predictions.empty() && !arguments.explain) return;
    }
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
                app.add_option("--frrea", arguments->frrea,
                               "FRRea, the Frechet distance: features (pictures, dimensions) of real and of rendered "
                               "frames as FILE.npy, FILE.npz:KEY, ...; with --inception folders of pictures or videos")
                    ->expected(2)
                    ->group("FRRea");
                app.add_option("--inception", arguments->inception,
                               "Weights of the Inception network for pictures (pt_inception-2015-12-05-*.pth)")
                    ->group("FRRea");
                app.add_option("--frame-stride", arguments->frameStride, "Which frames of a video: every so many")
                    ->check(CLI::Range(1, 100'000))
                    ->capture_default_str()
                    ->group("FRRea");
                app.add_option("--features-out", arguments->featuresOut, "Keep the features (.safetensors)")
                    ->group("FRRea");
                app.add_flag("--explain", arguments->explain, "Say what each metric is and what is peculiar about it");
                app.add_flag("--details", arguments->details, "With --json: per clip, sample, dimension and group");
                return [arguments](Session& session) { runMetrics(session, *arguments); };
            }};
}

} // namespace emc::cli
