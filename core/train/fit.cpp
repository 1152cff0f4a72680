#include "core/train/fit.h"

#include <cmath>
#include <limits>
#include <numbers>

#include "core/train/training_state.h"

namespace emc {
namespace {

constexpr long kWarmUp = 20;

// Texts of doubles must come back to the bit.
std::string exact(double value) {
    char text[40];
    std::snprintf(text, sizeof text, "%.17g", value);
    return text;
}

} // namespace

double fit(torch::nn::Module& module, const FitPlan& plan, JobContext& job) {
    torch::optim::AdamW optimiser(module.parameters(),
                                  torch::optim::AdamWOptions(plan.lr).weight_decay(plan.weightDecay));
    torch::manual_seed(plan.seed);
    RandomSource random(plan.seed);
    TrainingParts parts{&module, &optimiser, defaultGenerators(torch::kCPU)};
    std::map<std::string, torch::Tensor> best;
    double bestScore = std::numeric_limits<double>::infinity();
    long step = 0;
    if (std::filesystem::exists(plan.partial)) {
        StateExtras extras = loadTrainingState(plan.partial, parts);
        step = std::stol(extras.numbers.at("step"));
        random = RandomSource(std::stoull(extras.numbers.at("random")));
        bestScore = std::stod(extras.numbers.at("best_score"));
        best = std::move(extras.tensors);
    }
    const auto save = [&] {
        StateExtras extras;
        extras.numbers = {{"step", std::to_string(step)},
                          {"random", std::to_string(random.state())},
                          {"best_score", exact(bestScore)}};
        extras.tensors = best;
        saveTrainingState(plan.partial, parts, extras);
    };
    const auto scoreNow = [&] {
        module.eval();
        const torch::NoGradGuard noGradient;
        const double score = plan.score();
        if (!(score < bestScore)) return;
        bestScore = score;
        best.clear();
        for (const auto& [name, tensor] : namedTensors(module)) best[name] = tensor.detach().clone();
    };
    try {
        for (; step < plan.steps;) {
            job.progress(static_cast<double>(step), static_cast<double>(plan.steps), "training the " + plan.what);
            const double rise = std::min(1.0, (step + 1.0) / kWarmUp);
            const double fall =
                0.5 * (1 + std::cos(std::numbers::pi * static_cast<double>(step) / static_cast<double>(plan.steps)));
            for (auto& group : optimiser.param_groups())
                static_cast<torch::optim::AdamWOptions&>(group.options()).lr(plan.lr * rise * fall);
            module.train();
            optimiser.zero_grad();
            torch::Tensor loss = plan.loss(random);
            if (!std::isfinite(loss.item<double>()))
                throw Error(ErrorKind::BadInput,
                            "the loss of the " + plan.what + " is not a number at step " + std::to_string(step + 1), {},
                            "Check the features of the corpus: `emc corpus check`.");
            loss.backward();
            torch::nn::utils::clip_grad_norm_(module.parameters(), plan.clip);
            optimiser.step();
            ++step;
            if (step % plan.scoreEvery == 0 || step == plan.steps) scoreNow();
            if (step % plan.saveEvery == 0) save();
        }
    } catch (const Cancelled&) {
        save();
        throw;
    }
    if (best.empty()) scoreNow();
    const torch::NoGradGuard noGradient;
    for (auto [name, tensor] : namedTensors(module))
        if (best.count(name)) tensor.copy_(best.at(name));
    module.eval();
    return bestScore;
}

} // namespace emc
