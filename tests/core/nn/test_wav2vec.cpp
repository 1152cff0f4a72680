// The wav2vec2 front end: lengths, key names, rows on their own, and the golden numbers in double precision.
#include <gtest/gtest.h>

#include "core/api/error.h"
#include "core/nn/checkpoint.h"
#include "core/nn/golden_tensors.h"
#include "core/nn/initialise.h"
#include "core/nn/wav2vec_frontend.h"
#include "tests/support/shared.h"

namespace emc {
namespace {

torch::Tensor noise(std::vector<int64_t> shape, uint64_t seed) {
    return torch::randn(shape, at::make_generator<at::CPUGeneratorImpl>(seed));
}

// Layer after layer with plain loops, in double.
torch::Tensor slowFrontEnd(Wav2vecFrontEnd& net, const torch::Tensor& wave) {
    const auto parameters = net->named_parameters(true);
    torch::Tensor x = wave.to(torch::kFloat64).view({1, -1});
    x = (x - x.mean()) / ((x - x.mean()).square().mean() + 1e-7).sqrt();
    const int strides[] = {5, 2, 2, 2, 2, 2, 2};
    for (int layer = 0; layer < 7; ++layer) {
        const std::string at = "feature_extractor.conv_layers." + std::to_string(layer);
        const torch::Tensor w = parameters[at + ".conv.weight"].to(torch::kFloat64);
        const int64_t kernel = w.size(2), steps = (x.size(1) - kernel) / strides[layer] + 1;
        torch::Tensor y = torch::zeros({w.size(0), steps}, torch::kFloat64);
        for (int64_t t = 0; t < steps; ++t)
            for (int64_t k = 0; k < kernel; ++k)
                y.select(1, t) += torch::mv(w.select(2, k), x.select(1, t * strides[layer] + k));
        if (layer == 0) {
            const torch::Tensor mean = y.mean(1, true), variance = (y - mean).square().mean(1, true);
            y = (y - mean) / (variance + 1e-5).sqrt() * parameters[at + ".layer_norm.weight"].view({-1, 1}) +
                parameters[at + ".layer_norm.bias"].view({-1, 1});
        }
        x = y * (torch::erf(y / std::sqrt(2.0)) + 1) / 2;
    }
    const torch::Tensor mean = x.mean(0, true), variance = (x - mean).square().mean(0, true);
    return (x - mean) / (variance + 1e-5).sqrt() * parameters["feature_projection.layer_norm.weight"].view({-1, 1}) +
           parameters["feature_projection.layer_norm.bias"].view({-1, 1});
}

TEST(Wav2vecFrontEnd, SizesAndNames) {
    Wav2vecFrontEnd net;
    EXPECT_EQ(parameterCount(*net), 4201472);
    const auto parameters = net->named_parameters(true);
    EXPECT_EQ(parameters.size(), 11u);
    EXPECT_EQ(parameters["feature_extractor.conv_layers.0.conv.weight"].sizes(), (std::vector<int64_t>{512, 1, 10}));
    EXPECT_EQ(parameters["feature_extractor.conv_layers.6.conv.weight"].sizes(), (std::vector<int64_t>{512, 512, 2}));
    EXPECT_EQ(wav2vecLength(163840), 511);
    EXPECT_EQ(wav2vecLength(471040), 1471);
    EXPECT_EQ(wav2vecLength(kWav2vecMinSamples), 1);
    EXPECT_EQ(wav2vecLength(kWav2vecMinSamples - 1), 0);
    EXPECT_EQ(wav2vecLength(0), 0);
}

TEST(Wav2vecFrontEnd, EqualsPlainLoops) {
    Wav2vecFrontEnd net;
    initialiseParameters(*net, 3);
    const torch::NoGradGuard off;
    const torch::Tensor wave = noise({2, 1000}, 1) * .1 + .3;
    const torch::Tensor fast = net->forward(wave);
    ASSERT_EQ(fast.sizes(), (std::vector<int64_t>{2, 512, wav2vecLength(1000)}));
    for (int b = 0; b < 2; ++b) EXPECT_LT((fast[b] - slowFrontEnd(net, wave[b])).abs().max().item<double>(), 2e-4) << b;
}

TEST(Wav2vecFrontEnd, LoudnessAndOffsetDoNotMatterAndRowsStandAlone) {
    Wav2vecFrontEnd net;
    initialiseParameters(*net, 3);
    const torch::NoGradGuard off;
    const torch::Tensor wave = noise({2, 4000}, 2);
    const torch::Tensor both = net->forward(wave), louder = net->forward(wave * 7 - 2);
    EXPECT_LT((both - louder).abs().max().item<float>(), 1e-3f);
    EXPECT_LT((both.narrow(0, 1, 1) - net->forward(wave.narrow(0, 1, 1))).abs().max().item<float>(), 1e-4f);
    // The span belongs to the features: half of it gives others.
    EXPECT_GT(
        (net->forward(wave.narrow(1, 0, 2000)) - both.narrow(2, 0, wav2vecLength(2000))).abs().max().item<float>(),
        1e-2f);
    EXPECT_TRUE(net->forward(torch::zeros({1, 4000})).isfinite().all().item<bool>()); // silence
    EXPECT_THROW(net->forward(torch::zeros({1, kWav2vecMinSamples - 1})), Error);
}

TEST(Wav2vecFrontEnd, TwoVectorsForEveryVideoFrame) {
    Wav2vecFrontEnd net;
    initialiseParameters(*net, 3);
    const torch::NoGradGuard off;
    const torch::Tensor wave = noise({1, 5 * 640}, 5);
    const torch::Tensor x = net->forward(wave)[0].t(), pairs = net->perFrame(wave, 5);
    ASSERT_EQ(pairs.sizes(), (std::vector<int64_t>{2, 5, 512}));
    ASSERT_EQ(x.size(0), 9);
    EXPECT_EQ(pairs[0][0].abs().max().item<float>(), 0);
    EXPECT_TRUE(torch::equal(pairs[1][0], x[0]));
    EXPECT_TRUE(torch::equal(pairs[0][4], x[7]));
    EXPECT_TRUE(torch::equal(pairs[1][4], x[8]));
    // Longer sound is cut, shorter sound ends in silence.
    EXPECT_TRUE(torch::equal(net->perFrame(torch::cat({wave, wave}, 1), 5), pairs));
    EXPECT_TRUE(torch::equal(net->perFrame(wave.narrow(1, 0, 3000), 5),
                             net->perFrame(torch::cat({wave.narrow(1, 0, 3000), torch::zeros({1, 200})}, 1), 5)));
}

TEST(Wav2vecFrontEnd, GoldenNumbersInDouble) {
    EMC_NEED_SHARED("golden/cases.json");
    for (const GoldenCase& golden : readGoldenCases(test::sharedFolder() / "golden")) {
        if (golden.name != "w2v_2s") continue;
        const torch::NoGradGuard off;
        Wav2vecFrontEnd net;
        fillGolden(*net, golden);
        net->to(torch::kFloat64);
        const torch::Tensor wave = goldenTensor(golden.makeInputs().at("wave")).unsqueeze(0).to(torch::kFloat64);
        const torch::Tensor ours = net->forward(wave).transpose(1, 2).flatten();
        const std::vector<double> expected = golden.expected("features").values;
        ASSERT_EQ(ours.numel(), static_cast<int64_t>(expected.size()));
        double worst = 0;
        for (std::size_t i = 0; i < expected.size(); ++i)
            worst = std::max(worst, std::abs(expected[i] - ours[static_cast<int64_t>(i)].item<double>()));
        EXPECT_LE(worst, 2 * *golden.outputs.at("features").noiseFloor);
        return;
    }
    FAIL() << "no case w2v_2s";
}

} // namespace
} // namespace emc
