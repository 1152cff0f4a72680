// emc bench train: crops a second of our training step, beside the same step in plain PyTorch.
#include <cmath>
#include <thread>

#include "app/commands/bench.h"
#include "core/train/train_bench.h"

namespace emc::cli {
namespace {

constexpr int kRounds = 5, kWarmSteps = 3;
constexpr double kSameWork = 1e-4; // relative difference of the losses after which the two sides do not do the same

struct TrainArguments {
    std::string model = "trans-vae", device = "cpu";
    std::string stage = "whole";
    int steps = 50, batch = 0, crop = 0, stride = 0, threads = 0;
};

const char* referenceScript(const std::string& model) {
    for (const auto& [host, script] : {std::pair{"trans-vae", "train_trans_vae.py"},
                                       {"regnn", "train_regnn.py"},
                                       {"faceais", "train_faceais.py"},
                                       {"belfusion", "train_belfusion.py"}})
        if (model.starts_with(host)) return script;
    return nullptr;
}

void benchTrain(Session& session, const TrainArguments& a) {
    const int threads = a.threads ? a.threads : int(std::thread::hardware_concurrency());
    TrainOptions options;
    options.model = a.model;
    options.batch = a.batch;
    options.cropFrames = a.crop;
    options.stride = a.stride;
    options.threads = threads;
    options.device = a.device;
    options.lr = 2e-3;
    options = options.resolved();
    TrainBench ours(options, a.stage == "first" ? TrainBench::Stage::First : TrainBench::Stage::Whole);
    const ScratchFolder scratch;
    ours.writeInputs(scratch / "inputs.safetensors");
    const char* script = referenceScript(a.model);
    const auto reference =
        script ? ReferenceProgram::start(script, {(scratch / "inputs.safetensors").string()}, session.job()) : nullptr;

    // Warming up and comparing at once: the same weights, batch and noise must give the same losses, also after
    // optimiser steps.
    TrainBench::Steps warm = ours.run(kWarmSteps);
    nlohmann::json theirWarm, answer;
    double difference = 0;
    if (reference) {
        theirWarm = reference->run(kWarmSteps);
        for (std::size_t i = 0; i < warm.losses.size(); ++i) {
            const double their = theirWarm.at("losses").at(i);
            difference = std::max(difference, std::abs(their - warm.losses[i]) / std::abs(warm.losses[i]));
        }
    }
    std::vector<double> ourSeconds, theirSeconds;
    const int each = std::max(1, (a.steps + kRounds - 1) / kRounds);
    for (int round = 0; round < kRounds; ++round) {
        const TrainBench::Steps steps = ours.run(each);
        ourSeconds.insert(ourSeconds.end(), steps.seconds.begin(), steps.seconds.end());
        if (reference) {
            answer = reference->run(each);
            for (double seconds : answer.at("seconds")) theirSeconds.push_back(seconds);
        }
        session.job().progress(round + 1, kRounds, "round " + std::to_string(round + 1));
    }
    const double seconds = percentile(ourSeconds, .5);
    session.result["threads"] = threads;
    session.result["device"] = a.device;
    auto& figures = session.result["figures"];
    figures = {{"model", a.model},
               {"stage", a.stage},
               {"batch", options.batch},
               {"tokens", ours.tokens()},
               {"trained_parameters", ours.parameters()},
               {"steps", ourSeconds.size()},
               {"seconds", seconds},
               {"samples_per_second", options.batch / seconds},
               {"peak_memory_mb", peakMemoryMb()},
               {"first_loss", warm.losses.front()},
               {"reference_seconds", nullptr},
               {"reference_samples_per_second", nullptr},
               {"reference_peak_memory_mb", nullptr},
               {"reference_first_loss", nullptr},
               {"reference_torch", nullptr},
               {"loss_difference", nullptr},
               {"ratio", nullptr}};
    if (!reference) {
        session.note(script ? ReferenceProgram::kMissing : "there is no reference for " + a.model);
        return;
    }
    const double their = percentile(theirSeconds, .5);
    figures["reference_seconds"] = their;
    figures["reference_samples_per_second"] = options.batch / their;
    figures["reference_peak_memory_mb"] = answer.at("peak_memory_mb");
    figures["reference_first_loss"] = theirWarm.at("losses").at(0);
    figures["reference_torch"] = reference->torch();
    figures["loss_difference"] = difference;
    figures["ratio"] = their / seconds;
    if (!(difference <= kSameWork)) {
        session.note("the losses of the two sides differ: they do not do the same work");
        session.exitCode = 1;
    }
}

} // namespace

Bench trainBench(CLI::App& parent) {
    auto a = std::make_shared<TrainArguments>();
    CLI::App* sub = parent.add_subcommand(
        "train", "Crops a second of a training step (cached face features), beside plain PyTorch in the same run");
    sub->add_option("--model", a->model)->capture_default_str();
    sub->add_option("--steps", a->steps, "Measured steps of each side, in 5 rounds by turns")
        ->check(CLI::Range(1, 100000))
        ->capture_default_str();
    sub->add_option("--batch", a->batch, "Crops in a step; 0 = as `emc train`: what suits the model")
        ->check(CLI::Range(0, 512))
        ->capture_default_str();
    sub->add_option("--crop", a->crop, "Frames of a crop; 0 = what suits the model")
        ->check(CLI::Range(0, 751))
        ->capture_default_str();
    sub->add_option("--stride", a->stride, "Frames of a token; 0 = what suits the model")
        ->check(CLI::Range(0, 25))
        ->capture_default_str();
    sub->add_option("--stage", a->stage,
                    "first: what a model learns before its whole loss (FaceAIS: its tokenizer; BeLFusion: "
                    "its autoencoder)")
        ->check(CLI::IsMember({"first", "whole"}))
        ->capture_default_str();
    sub->add_option("--threads", a->threads, "0 = all cores")->check(CLI::Range(0, 1024))->capture_default_str();
    sub->add_option("--device", a->device, "cpu or cuda (see `emc train --help`)")->capture_default_str();
    return {sub, "train", [a](Session& session) { benchTrain(session, *a); }};
}

} // namespace emc::cli
