#include "core/models/faceais_bench.h"

#include <chrono>

#include "core/api/vectors.h"
#include "core/models/faceais_stream.h"
#include "core/models/faceais_trainable.h"
#include "core/nn/checkpoint.h"
#include "core/nn/device.h"
#include "core/nn/noise.h"

namespace emc {

void writeUntrainedFaceAis(const std::string& variant, const std::filesystem::path& file) {
    TrainOptions options;
    options.model = "faceais";
    options.variant = variant;
    FaceAisConfig config = FaceAisConfig::of(options.model, variant, 1, true);
    config.predictor.sound = kMfccDims; // of any clip
    FaceAisNet net(config);
    saveModule(*net, file, makeFaceAisTrainable(options, net)->metadata(), true);
}

std::vector<double> livePatchSeconds(const std::filesystem::path& file, int samples, int patches, int threads) {
    setComputeThreads(threads);
    FaceAisConfig config = FaceAisConfig::of("faceais", "fixed");
    config.takeSizes(file);
    FaceAisNet net(config);
    loadModule(*net, file);
    net->eval();
    const int64_t codes = config.tokenizer.codes(), patch = config.patch();
    FaceAisStream live(
        net,
        gumbelOf(torch::tensor(uniformNoise(1, static_cast<std::size_t>(samples * codes))).view({samples, codes})));
    const auto numbers = [&](int64_t width, std::uint64_t seed) {
        return torch::tensor(gaussianNoise(seed, static_cast<std::size_t>(patch * width))).view({1, patch, width});
    };
    live.first();
    std::vector<double> seconds;
    for (int k = 0; k < patches; ++k) {
        const auto seed = static_cast<std::uint64_t>(k);
        const torch::Tensor coeffs = .3 * numbers(kCoeffDims, seed), mfcc = numbers(kMfccDims, seed + 100);
        const auto start = std::chrono::steady_clock::now();
        live.next(coeffs, mfcc, {});
        seconds.push_back(std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
    }
    return seconds;
}

} // namespace emc
