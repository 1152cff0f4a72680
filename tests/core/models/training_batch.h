#pragma once
// Small batches and options for tests of training.
#include <torch/torch.h>

#include <string>
#include <vector>

#include "core/nn/checkpoint.h"
#include "core/train/trainable.h"

namespace emc::test {

// Tiny tensors: more threads only wait for each other.
inline const bool kOneThread = [] {
    torch::set_num_threads(1);
    return true;
}();

inline torch::Generator generator(std::uint64_t seed) {
    return at::make_generator<at::CPUGeneratorImpl>(seed);
}
inline torch::Tensor noise(std::vector<int64_t> shape, std::uint64_t seed) {
    return torch::randn(shape, generator(seed));
}

// The listener follows what face and speech carry.
inline Batch smallBatch(int64_t clips, int64_t frames) {
    Batch batch;
    const torch::Tensor hidden = noise({clips, frames, 6}, 1);
    const auto shown = [&](int64_t width, std::uint64_t seed) {
        return torch::tanh(torch::matmul(hidden, noise({6, width}, seed))) +
               .1 * noise({clips, frames, width}, seed + 1);
    };
    batch.faceFeatures = shown(128, 10);
    batch.mfcc = shown(78, 20);
    batch.speakerEmotion = shown(25, 30);
    batch.speakerCoeffs = .3 * shown(58, 70);
    batch.speechEmotion = shown(10, 40);
    batch.listenerEmotion = .3 * shown(25, 50);
    batch.listenerCoeffs = .3 * shown(58, 60);
    return batch;
}

inline TrainOptions optionsFor(const std::string& model, const std::string& variant = "fixed") {
    TrainOptions options;
    options.model = model;
    options.variant = variant;
    options.videoSize = 32;
    options.stride = 1;
    return options;
}

// Louder than a network starts, with its gates open: what goes in then changes which token comes out, not only how
// likely it is.
inline void makeLoud(torch::nn::Module& network) {
    torch::NoGradGuard off;
    for (const auto& p : network.named_parameters(true)) {
        torch::Tensor value = p.value();
        if (p.key().find("cma_") != std::string::npos) continue; // draws with a spread of e to a loud power
        if (p.key().find("out_proj.weight") != std::string::npos) value.normal_(0, .2, generator(3));
        else if (p.key().ends_with("gated_alpha")) value.fill_(1);
        else if (value.dim() > 1) value.mul_(4);
    }
}

// Numbers of the parameters whose name begins with `part`.
inline long countOf(const torch::nn::Module& network, const std::string& part) {
    long count = 0;
    for (const auto& p : network.named_parameters(true))
        if (p.key().starts_with(part)) count += static_cast<long>(p.value().numel());
    return count;
}

} // namespace emc::test
