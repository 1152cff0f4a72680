// VGGish: sizes and names, the whole network against plain loops, and the quantisation.
#include <gtest/gtest.h>

#include "core/nn/checkpoint.h"
#include "core/nn/initialise.h"
#include "core/nn/vggish.h"

namespace emc {
namespace {

// The network is 290 MB: made once.
Vggish& network() {
    static Vggish net = [] {
        Vggish made;
        initialiseParameters(*made, 5);
        made->eval();
        return made;
    }();
    return net;
}

std::vector<float> noise(std::size_t count) {
    const torch::Tensor x =
        .1 * torch::randn({static_cast<int64_t>(count)}, at::make_generator<at::CPUGeneratorImpl>(4));
    return {x.data_ptr<float>(), x.data_ptr<float>() + count};
}

std::vector<float> valuesOf(const torch::Tensor& x) {
    const torch::Tensor c = x.detach().contiguous();
    return {c.data_ptr<float>(), c.data_ptr<float>() + c.numel()};
}

// x (C,H,W) as plain numbers -> (C',H,W), 3x3 with a border of zeros, then max(0, .).
std::vector<double> slowConvolution(const std::vector<double>& x, int H, int W, const torch::Tensor& weight,
                                    const torch::Tensor& bias) {
    const std::vector<float> w = valuesOf(weight), b = valuesOf(bias);
    const int out = static_cast<int>(weight.size(0)), in = static_cast<int>(weight.size(1));
    std::vector<double> y(static_cast<std::size_t>(out * H * W));
    for (int o = 0; o < out; ++o) {
        double* plane = y.data() + o * H * W;
        std::fill_n(plane, H * W, static_cast<double>(b[static_cast<std::size_t>(o)]));
        for (int i = 0; i < in; ++i)
            for (int k = 0; k < 9; ++k) {
                const double factor = w[static_cast<std::size_t>((o * in + i) * 9 + k)];
                const int dy = k / 3 - 1, dx = k % 3 - 1;
                for (int r = std::max(0, -dy); r < std::min(H, H - dy); ++r)
                    for (int c = std::max(0, -dx); c < std::min(W, W - dx); ++c)
                        plane[r * W + c] += factor * x[static_cast<std::size_t>((i * H + r + dy) * W + c + dx)];
            }
        for (int p = 0; p < H * W; ++p) plane[p] = std::max(0., plane[p]);
    }
    return y;
}

std::vector<double> slowPool(const std::vector<double>& x, int H, int W) {
    std::vector<double> y(x.size() / 4);
    for (std::size_t i = 0; i < y.size(); ++i) {
        const std::size_t h = static_cast<std::size_t>(H / 2), w = static_cast<std::size_t>(W / 2);
        const std::size_t c = i / (h * w), r = i / w % h, q = i % w;
        const double* from = x.data() + (c * 2 * h + 2 * r) * 2 * w + 2 * q;
        y[i] = std::max({from[0], from[1], from[2 * w], from[2 * w + 1]});
    }
    return y;
}

std::vector<double> slowEmbedding(Vggish& net, const torch::Tensor& patch) {
    const auto p = net->named_parameters(true);
    const std::vector<float> first = valuesOf(patch);
    std::vector<double> x(first.begin(), first.end());
    int H = kVggishRows, W = kVggishBands;
    for (const int layer : {0, -1, 3, -1, 6, 8, -1, 11, 13, -1}) {
        if (layer >= 0) {
            const std::string at = "features." + std::to_string(layer);
            x = slowConvolution(x, H, W, p[at + ".weight"], p[at + ".bias"]);
        } else {
            x = slowPool(x, H, W);
            H /= 2, W /= 2;
        }
    }
    std::vector<double> flat; // row, band, channel
    for (int r = 0; r < H; ++r)
        for (int c = 0; c < W; ++c)
            for (int o = 0; o < 512; ++o) flat.push_back(x[static_cast<std::size_t>((o * H + r) * W + c)]);
    for (const int layer : {0, 2, 4}) {
        const std::string at = "embeddings." + std::to_string(layer);
        const torch::Tensor weight = p[at + ".weight"].detach();
        const std::vector<float> b = valuesOf(p[at + ".bias"]);
        std::vector<double> y;
        for (int64_t o = 0; o < weight.size(0); ++o) {
            const float* row = weight.data_ptr<float>() + o * weight.size(1);
            double sum = b[static_cast<std::size_t>(o)];
            for (std::size_t i = 0; i < flat.size(); ++i) sum += static_cast<double>(row[i]) * flat[i];
            y.push_back(std::max(0., sum));
        }
        flat = y;
    }
    return flat;
}

TEST(Vggish, SizesAndNames) {
    Vggish& net = network();
    EXPECT_EQ(parameterCount(*net), 72141184);
    const auto parameters = net->named_parameters(true);
    EXPECT_EQ(parameters.size(), 18u);
    EXPECT_EQ(parameters["features.13.weight"].sizes(), (std::vector<int64_t>{512, 512, 3, 3}));
    EXPECT_EQ(parameters["embeddings.0.weight"].sizes(), (std::vector<int64_t>{4096, 12288}));
    EXPECT_EQ(net->named_buffers(true)["pproc.pca_means"].sizes(), (std::vector<int64_t>{128, 1}));
}

TEST(Vggish, EqualsPlainLoops) {
    const torch::NoGradGuard off;
    const std::vector<float> sound = noise(960 + 600);
    std::vector<double> mel = VggishPatches(sound, kVggishRateHz).logMel(0, 1);
    const torch::Tensor patch =
        torch::from_blob(mel.data(), {1, kVggishRows, kVggishBands}, torch::kFloat64).to(torch::kFloat32);
    const torch::Tensor fast = network()->embedding(patch)[0];
    const std::vector<double> expected = slowEmbedding(network(), patch);
    ASSERT_EQ(expected.size(), 128u);
    double largest = 0, worst = 0;
    for (std::size_t i = 0; i < 128; ++i) {
        largest = std::max(largest, expected[i]);
        worst = std::max(worst, std::abs(expected[i] - fast[static_cast<int64_t>(i)].item<double>()));
    }
    EXPECT_GT(largest, 1e-3);
    EXPECT_LT(worst, 1e-5 * largest);
}

TEST(Vggish, QuantisationClipsAndRoundsToEven) {
    Vggish& net = network();
    const torch::NoGradGuard off;
    torch::Tensor x = torch::zeros({2, 128});
    x[0][0] = 3, x[0][1] = -2.5, x[0][2] = 2 - 4 / 255., x[0][3] = .1;
    const torch::Tensor y = net->quantised(x);
    EXPECT_EQ(y[0][0].item<float>(), 255);
    EXPECT_EQ(y[0][1].item<float>(), 0);
    EXPECT_EQ(y[0][2].item<float>(), 254);
    EXPECT_EQ(y[0][3].item<float>(), 134); // 133.875
    EXPECT_EQ(y[1][5].item<float>(), 128); // 127.5
    // Rows of the matrix are the new directions; the mean goes first.
    auto buffers = net->named_buffers(true);
    buffers["pproc.pca_eigen_vectors"].zero_()[7][2] = 2;
    buffers["pproc.pca_means"][2] = .5;
    x[0][2] = .75;
    EXPECT_EQ(net->quantised(x)[0][7].item<float>(), std::nearbyint(2.5f * 63.75f));
    EXPECT_EQ(net->quantised(x)[1][7].item<float>(), std::nearbyint(1.f * 63.75f));
    buffers["pproc.pca_eigen_vectors"].copy_(torch::eye(128));
    buffers["pproc.pca_means"].zero_();
}

TEST(Vggish, ChunksEqualTheWholeAndStopWhenAsked) {
    Vggish& net = network();
    const std::vector<float> sound = noise(5 * 960 + 600);
    const VggishPatches patches(sound, kVggishRateHz);
    JobContext job;
    // Untrained numbers are small: spread them over the 256 steps.
    torch::Tensor directions = net->named_buffers(true)["pproc.pca_eigen_vectors"];
    std::vector<double> mel = patches.logMel(0, 5);
    const torch::NoGradGuard off;
    const torch::Tensor input =
        torch::from_blob(mel.data(), {5, kVggishRows, kVggishBands}, torch::kFloat64).to(torch::kFloat32);
    directions.mul_(2 / net->embedding(input).max().item<double>());
    const torch::Tensor whole = net->encode(patches, job, 5), pieces = net->encode(patches, job, 2);
    ASSERT_EQ(whole.sizes(), (std::vector<int64_t>{5, 128}));
    EXPECT_LE((whole - pieces).abs().max().item<float>(), 1); // a number at a half may fall to either side
    EXPECT_GT(std::get<0>(at::_unique(whole)).numel(), 20);
    EXPECT_EQ(whole.floor().sub(whole).abs().max().item<float>(), 0);
    JobContext stopped;
    stopped.requestCancel();
    EXPECT_THROW(net->encode(patches, stopped), Cancelled);
    directions.copy_(torch::eye(128));
}

} // namespace
} // namespace emc
