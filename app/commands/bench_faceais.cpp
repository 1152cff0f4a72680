// emc bench react --model faceais: the published size in both variants beside the original procedure in plain PyTorch,
// the weights in use, and how long one live patch takes.
#include "app/commands/bench.h"
#include "core/backend/studio_backend.h"
#include "core/models/faceais_bench.h"

namespace emc::cli {
namespace fs = std::filesystem;
namespace {
constexpr int kLivePatches = 16;

double reactSeconds(ReactionModel& model, const fs::path& clip, int samples, JobContext& job) {
    ReactOptions options;
    options.samples = samples;
    model.forgetCaches();
    const auto start = BenchClock::now();
    model.react(*openStudioClip(clip), options, job);
    return millisecondsSince(start) / 1000;
}
} // namespace

void benchFaceAis(Session& session, const ReactBenchArguments& a) {
    const int threads = threadsOf(a);
    const fs::path clipPath = clipOf(a);
    const auto clip = openStudioClip(clipPath);
    const int frames = clip->info().frames;
    const double clipSeconds = frames / clip->info().rateHz;
    const ScratchFolder scratch;
    std::map<std::string, std::unique_ptr<ReactionModel>> models;
    std::map<std::string, std::vector<double>> seconds;
    for (const std::string variant : {"compat", "fixed"}) {
        writeUntrainedFaceAis(variant, scratch / (variant + ".safetensors"));
        CheckpointRef ref;
        ref.path = scratch / (variant + ".safetensors");
        ref.device = a.device;
        ref.threads = threads;
        models[variant] = openModel("faceais", ref);
    }
    models["weights"] = openStudioModel(a.model, a.checkpoint, a.device, threads);
    const auto reference = ReferenceProgram::start(
        "react_faceais.py",
        {"--frames", std::to_string(frames), "--samples", "1", "--threads", std::to_string(threads)}, session.job());
    if (!reference) session.note(ReferenceProgram::kMissing);
    for (int round = 0; round < a.rounds; ++round) {
        for (auto& [name, model] : models)
            seconds[name].push_back(reactSeconds(*model, clipPath, a.samples, session.job()));
        // The original makes every reaction with a whole pass of its own: ten take ten times one.
        if (reference) seconds["reference"].push_back(a.samples * double(reference->run(1).at("seconds").at(0)));
        session.job().progress(round + 1, a.rounds, "round " + std::to_string(round + 1));
    }
    const std::vector<double> live = livePatchSeconds(scratch / "fixed.safetensors", a.samples, kLivePatches, threads);
    const auto middle = [&](const std::string& name) { return percentile(seconds.at(name), .5); };
    session.result["threads"] = threads;
    session.result["device"] = a.device;
    auto& figures = session.result["figures"];
    figures = {{"model", a.model},
               {"samples", a.samples},
               {"frames", frames},
               {"clip_seconds", clipSeconds},
               {"rounds", a.rounds},
               {"seconds", middle("weights")},
               {"compat_seconds", middle("compat")},
               {"fixed_seconds", middle("fixed")},
               {"realtime_factor", clipSeconds / middle("weights")},
               {"fixed_realtime_factor", clipSeconds / middle("fixed")},
               {"live_patch_ms", percentile(live, .5) * 1000},
               {"live_patch_ms_95", percentile(live, .95) * 1000},
               {"peak_memory_mb", peakMemoryMb()},
               {"reference_seconds", nullptr},
               {"reference_torch", nullptr},
               {"compat_ratio", nullptr},
               {"fixed_ratio", nullptr}};
    if (!reference) return;
    figures["reference_seconds"] = middle("reference");
    figures["reference_torch"] = reference->torch();
    figures["compat_ratio"] = middle("reference") / middle("compat");
    figures["fixed_ratio"] = middle("reference") / middle("fixed");
}

} // namespace emc::cli
