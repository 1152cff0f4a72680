#pragma once
// The small trainings that prepare a corpus (frame encoder, speech emotion head): a loss, a score to keep the best by,
// resumable.
#include <torch/torch.h>

#include <filesystem>
#include <functional>
#include <string>

#include "core/api/job_context.h"
#include "core/train/random_source.h"

namespace emc {

struct FitPlan {
    std::string what; // for progress: "frame encoder"
    long steps = 300, scoreEvery = 50, saveEvery = 50;
    double lr = 1e-3, weightDecay = 1e-4, clip = 1.0;
    std::uint64_t seed = 1;
    std::function<torch::Tensor(RandomSource&)> loss; // of one drawn batch
    std::function<double()> score;                    // lower is better; called in eval mode without gradient
    std::filesystem::path partial; // state between starts; removed by the caller when the result is written
};

// Leaves the best weights in `module` and returns their score. Throws Cancelled (the state is saved before), Error when
// the loss is not a number.
double fit(torch::nn::Module& module, const FitPlan& plan, JobContext& job);

} // namespace emc
