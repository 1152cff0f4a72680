#include "core/study/score_set.h"

#include <algorithm>

#include "core/api/error.h"
#include "core/api/vectors.h"
#include "core/eval/metric_suite.h"

namespace emc {
namespace {

void take(MetricValues& values, const MetricReport& report, std::size_t clips) {
    for (const MetricResult& result : report.results) {
        MetricValue& value = values[metricVariantName(result.variant)][result.name];
        value.value = result.value;
        // What a clip adds to FRDvs depends on all others: nothing that could be compared clip by clip.
        if (result.name == "FRDvs") continue;
        value.clips = result.perClip;
        value.clips.resize(std::min(clips, value.clips.size()));
    }
}

} // namespace

const std::vector<std::string>& metricNames() {
    static const std::vector<std::string> names = {"FRCorr", "FRDist", "FRDiv", "FRVar", "FRDvs", "FRSyn"};
    return names;
}

bool higherIsBetter(const std::string& metric) {
    return metric != "FRDist" && metric != "FRSyn";
}

int metricDecimals(const std::string& metric) {
    return metric == "FRCorr" ? 3 : metric == "FRDist" || metric == "FRSyn" ? 2 : 4;
}

void checkMetric(const std::string& metric) {
    metricInfo(metric);
}

void checkVariant(const std::string& variant) {
    if (variant != "official" && variant != "fixed")
        throw Error(ErrorKind::Usage, "there is no metric variant \"" + variant + "\"", "--variant",
                    "Write official or fixed");
}

MetricValues computeMetrics(const ScoreSet& set, const std::vector<std::string>& metrics, int threads,
                            JobContext& job) {
    const std::size_t course = static_cast<std::size_t>(set.frames) * kEmotionDims,
                      all = course == 0 ? 0 : set.listeners.size() / course,
                      scored = static_cast<std::size_t>(set.clips);
    MetricInputs inputs;
    inputs.samples = set.samples;
    inputs.frames = set.frames;
    inputs.dims = kEmotionDims;
    MetricRequest request;
    request.threads = threads;
    request.clipNames = set.ids;
    MetricRequest appropriateness = request, rest = request;
    for (const std::string& metric : metrics)
        (metricInfo(metric).needsTargets ? appropriateness : rest).metrics.push_back(metric);

    MetricValues values;
    if (!appropriateness.metrics.empty()) {
        // Listeners of clips that are not scored stand behind the others, without a row of neighbours.
        std::vector<std::uint8_t> neighbours(all * all, 0);
        for (std::size_t n = 0; n < scored; ++n)
            for (const int j : set.appropriate[n]) neighbours[n * all + static_cast<std::size_t>(j)] = 1;
        std::vector<float> padded;
        if (all > scored) {
            padded = set.predictions;
            padded.resize(all * static_cast<std::size_t>(set.samples) * course);
            for (std::size_t n = scored; n < all; ++n)
                appropriateness.clipNames.push_back("listener " + std::to_string(n));
        }
        inputs.clips = static_cast<int>(all);
        inputs.predictions = padded.empty() ? std::span<const float>(set.predictions) : padded;
        inputs.targets = set.listeners;
        inputs.neighbours = neighbours;
        take(values, evaluate(inputs, appropriateness, job), scored);
    }
    if (!rest.metrics.empty()) {
        inputs = {};
        inputs.clips = set.clips;
        inputs.samples = set.samples;
        inputs.frames = set.frames;
        inputs.predictions = set.predictions;
        inputs.speakers = set.speakers;
        const MetricReport report = evaluate(inputs, rest, job);
        take(values, report, scored);
        if (std::find(metrics.begin(), metrics.end(), "FRSyn") != metrics.end())
            values["official"]["nan_clips"] = {report.nanClips, {report.nanClip.begin(), report.nanClip.end()}};
    }
    return values;
}

} // namespace emc
