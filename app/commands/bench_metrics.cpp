// emc bench metrics: the six metrics on a made set, beside tslearn, NumPy and SciPy doing the same work in the same
// run.
#include <cmath>
#include <thread>

#include "app/commands/bench.h"
#include "core/eval/metric_bench.h"

namespace emc::cli {
namespace {

constexpr double kSameValue = 1e-4; // relative; the references work in float32 in places
constexpr int kReferenceProcesses = 2;

struct MetricsBenchArguments {
    MetricBenchOptions options;
    int referenceClips = 0;
};

nlohmann::json seconds(const std::map<std::string, double>& values) {
    auto list = nlohmann::json::object();
    for (const auto& [name, value] : values) list[name] = value;
    return list;
}

// What the reference says of the same arrays, with our time beside its own.
void compare(Session& session, const MetricBench& ours, const nlohmann::json& answer) {
    auto& figures = session.result["figures"];
    auto rows = nlohmann::json::object();
    for (const auto& [name, their] : answer.at("metrics").items()) {
        const std::string own = name == "FRCorr by dimension" ? "FRCorr" : name;
        const auto time = ours.seconds.find(own);
        if (time == ours.seconds.end()) continue;
        nlohmann::json row = their;
        row["ratio"] = their.at("seconds").get<double>() / time->second;
        if (their.at("value").is_number() && ours.values.count(own)) {
            const double a = their.at("value"), b = ours.values.at(own);
            row["difference"] = std::abs(a - b) / std::max(1e-12, std::abs(a));
            if (!(row["difference"].get<double>() <= kSameValue)) {
                session.note(name + " differs between the two sides: they do not do the same work");
                session.exitCode = 1;
            }
        }
        rows[name] = row;
    }
    figures["reference"] = rows;
    figures["reference_versions"] = answer.at("versions");
    figures["reference_processes"] = answer.at("processes");
    if (rows.contains("FRDist"))
        figures["frdist_pair_ratio"] = rows["FRDist"].value("ms_per_pair", 0.0) / std::max(1e-12, ours.msPerPair);
}

void benchMetricsCommand(Session& session, const MetricsBenchArguments& a) {
    const MetricBench ours = benchMetrics(a.options, session.job());
    session.result["threads"] = ours.threads;
    session.result["figures"] = {{"clips", a.options.clips},
                                 {"samples", a.options.samples},
                                 {"neighbours", a.options.neighbours},
                                 {"frames", a.options.frames},
                                 {"simd", ours.simd},
                                 {"seconds", seconds(ours.seconds)},
                                 {"grown_clips", a.options.grown},
                                 {"grown_seconds", seconds(ours.grownSeconds)},
                                 {"check_seconds", ours.checkSeconds},
                                 {"dtw_ms_per_pair", ours.msPerPair},
                                 {"dtw_ms_per_pair_in_full", ours.msPerPairFull},
                                 {"pairs_dropped_by_bounds", ours.boundedShare},
                                 {"pairs_abandoned", ours.abandonedShare},
                                 {"pairs_computed", ours.computedShare},
                                 {"copy_gb_s", ours.copyGBs},
                                 {"read_gb_s", ours.readGBs},
                                 {"frdiv_gb_s", ours.divGBs},
                                 {"frvar_gb_s", ours.varGBs},
                                 {"frdvs_gb_s", ours.dvsGBs},
                                 {"peak_gflops_one_core", ours.peakGops},
                                 {"cost_matrix_gflops", ours.costGops},
                                 {"roofline_ms_per_pair", ours.rooflineMsPerPair},
                                 {"roofline_ms_per_pair_equal_columns_once", ours.rooflineRunsMsPerPair},
                                 {"reference", nullptr},
                                 {"frdist_pair_ratio", nullptr}};
    std::vector<std::string> words = referenceCommand("metrics_reference.py");
    if (words.empty()) {
        session.note(ReferenceProgram::kMissing);
        return;
    }
    session.job().progress(9, 10, "the same work by tslearn, NumPy and SciPy");
    const ScratchFolder scratch;
    std::filesystem::create_directories(scratch / "set");
    writeBenchSet(makeBenchSet(a.options.clips, a.options), scratch / "set");
    words.insert(words.end(), {(scratch / "set").string(), "--processes", std::to_string(kReferenceProcesses),
                               "--dist-clips", std::to_string(a.referenceClips)});
    compare(session, ours, nlohmann::json::parse(runProgram(words)));
}

} // namespace

Bench metricsBench(CLI::App& parent) {
    auto a = std::make_shared<MetricsBenchArguments>();
    CLI::App* sub = parent.add_subcommand("metrics", "The six metrics on a made set, beside tslearn, NumPy and SciPy");
    sub->add_option("--clips", a->options.clips)->check(CLI::Range(2, 100000))->capture_default_str();
    sub->add_option("--samples", a->options.samples)->check(CLI::Range(1, 1000))->capture_default_str();
    sub->add_option("--neighbours", a->options.neighbours)->check(CLI::Range(1, 1000))->capture_default_str();
    sub->add_option("--frames", a->options.frames)->check(CLI::Range(60, 100000))->capture_default_str();
    sub->add_option("--grown", a->options.grown, "Clips of the larger set; 0 = none")->capture_default_str();
    sub->add_option("--threads", a->options.threads)->check(CLI::Range(0, 1024))->capture_default_str();
    sub->add_option("--repeats", a->options.repeats, "The fastest counts")
        ->check(CLI::Range(1, 100))
        ->capture_default_str();
    sub->add_option("--reference-clips", a->referenceClips,
                    "FRDist of the reference on the first clips only, its time extrapolated; 0 = all")
        ->capture_default_str();
    return {sub, "metrics", [a](Session& session) { benchMetricsCommand(session, *a); }};
}

} // namespace emc::cli
