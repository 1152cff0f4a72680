// emc bench react: ten reactions to a clip with nothing cached, beside the original procedure in plain PyTorch, which
// runs the whole network once for every reaction.
#include "app/commands/arguments.h"
#include "app/commands/bench.h"
#include "core/backend/studio_backend.h"
#include "core/data/film_in_memory.h"
#include "core/models/precision.h"
#include "core/train/react_bench.h"

namespace emc::cli {
namespace fs = std::filesystem;
namespace {

constexpr double kSameWork = 1e-3; // largest difference of any output; both sum in float32 in another order

void benchReact(Session& session, const ReactBenchArguments& a) {
    const int threads = threadsOf(a);
    const fs::path clipPath = clipOf(a);
    const auto model = openStudioModel(a.model, a.checkpoint, a.device, threads);
    const fs::path checkpoint = model->info().checkpoint;
    ReactOptions options;
    options.samples = a.samples;
    // No cache of the model, and for `seconds` a clip object of its own each time: reading the film counts.
    const auto react = [&](const Clip& clip, Reactions& out) {
        model->forgetCaches();
        const auto start = BenchClock::now();
        out = model->react(clip, options, session.job());
        return millisecondsSince(start) / 1000;
    };
    // What is compared begins where the reference does: with pictures in memory, or with features.
    const bool features = a.model.starts_with("regnn");
    const auto inMemory = withFilmInMemory(openStudioClip(clipPath));
    const auto compared = [&] {
        Reactions out;
        const double seconds = react(*inMemory, out);
        return features ? out.timings.allSamplesS - out.timings.encodeS : seconds;
    };
    Reactions first;
    react(*openStudioClip(clipPath), first); // warms up
    const double memory = peakMemoryMb();
    compared(); // reads the film
    const ScratchFolder scratch;
    std::unique_ptr<ReferenceProgram> reference;
    const char* script = features                                  ? "react_regnn.py"
                         : a.model == "belfusion"                  ? "react_belfusion.py"
                         : a.model == "trans-vae-online"           ? "react_trans_vae_online.py"
                         : a.model.starts_with("trans-vae-online") ? nullptr // with EMC
                         : a.model.starts_with("trans-vae")        ? "react_trans_vae.py"
                                                                   : nullptr;
    if (script) {
        writeReactBenchInputs(*openStudioClip(clipPath), first, {checkpoint, a.device, threads, options.seed},
                              scratch / "inputs.safetensors");
        reference = ReferenceProgram::start(script, {checkpoint.string(), (scratch / "inputs.safetensors").string()},
                                            session.job());
    }
    std::vector<double> ourSeconds, comparedSeconds, theirSeconds;
    nlohmann::json answer;
    for (int round = 0; round < a.rounds; ++round) {
        Reactions again;
        ourSeconds.push_back(react(*openStudioClip(clipPath), again));
        comparedSeconds.push_back(compared());
        if (reference) {
            answer = reference->run(1);
            theirSeconds.push_back(answer.at("seconds").at(0));
        }
        session.job().progress(round + 1, a.rounds, "round " + std::to_string(round + 1));
    }
    const double comparable = percentile(comparedSeconds, .5);
    session.result["threads"] = threads;
    session.result["device"] = a.device;
    auto& figures = session.result["figures"];
    figures = {{"model", a.model},
               {"samples", a.samples},
               {"frames", first.frames},
               {"clip_seconds", first.frames / openStudioClip(clipPath)->info().rateHz},
               {"rounds", a.rounds},
               {"seconds", percentile(ourSeconds, .5)},
               {"compared_from", features ? "features" : "pictures"},
               {"compared_seconds", comparable},
               {"first_sample_seconds", first.timings.firstSampleS},
               {"peak_memory_mb", memory},
               {"reference_seconds", nullptr},
               {"reference_peak_memory_mb", nullptr},
               {"reference_torch", nullptr},
               {"largest_difference", nullptr},
               {"ratio", nullptr}};
    if (!reference) {
        session.note(script ? ReferenceProgram::kMissing : "there is no reference for " + a.model);
        return;
    }
    const double their = percentile(theirSeconds, .5), difference = answer.at("largest_difference");
    figures["reference_seconds"] = their;
    figures["reference_peak_memory_mb"] = answer.at("peak_memory_mb");
    figures["reference_torch"] = reference->torch();
    figures["largest_difference"] = difference;
    figures["ratio"] = their / comparable;
    if (!(difference <= kSameWork)) {
        session.note("the reactions of the two sides differ: they do not do the same work");
        session.exitCode = 1;
    }
}

} // namespace

Bench reactBench(CLI::App& parent) {
    auto a = std::make_shared<ReactBenchArguments>();
    CLI::App* sub = parent.add_subcommand(
        "react", "Seconds for ten reactions with nothing cached, beside the original procedure in plain PyTorch");
    sub->add_option("--clip", a->clip, "Clip folder; the demo clip when left out");
    sub->add_option("--model", a->model)->capture_default_str();
    sub->add_option("--checkpoint", a->checkpoint, "Weights (.safetensors) instead of the demo's");
    sub->add_option("--samples", a->samples)->check(CLI::Range(1, 1000))->capture_default_str();
    sub->add_option("--rounds", a->rounds, "Measured rounds, ours and the reference by turns")
        ->check(CLI::Range(1, 1000))
        ->capture_default_str();
    sub->add_option("--threads", a->threads, "0 = all cores")->check(CLI::Range(0, 1024))->capture_default_str();
    sub->add_option("--device", a->device, "cpu or cuda (see `emc train --help`)")->capture_default_str();
    sub->add_option("--precision", a->precision,
                    std::string(kPrecisionHelp) + "; with bf16 the other side is our own float32")
        ->capture_default_str();
    return {sub, "react", [a](Session& session) {
                if (precisionNamed(a->precision) != Precision::Float32) benchPrecision(session, *a);
                else if (a->model.starts_with("faceais")) benchFaceAis(session, *a);
                else benchReact(session, *a);
            }};
}

} // namespace emc::cli
