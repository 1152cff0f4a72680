// Swin: names and sizes, small networks against plain loops over the pixels, the tiny one against recorded numbers.
#include <gtest/gtest.h>

#include <cmath>

#include "core/api/error.h"
#include "core/data/golden.h"
#include "core/nn/checkpoint.h"
#include "core/nn/initialise.h"
#include "core/nn/swin.h"

namespace emc {
namespace {

constexpr const char* kSalt = "emc-golden-1";

torch::Tensor filled(const std::string& name, const std::vector<int64_t>& shape) { // v of golden/README.md
    torch::Tensor x = torch::empty(shape);
    const std::uint64_t hash = fillHash(kSalt, name);
    float* p = x.data_ptr<float>();
    for (int64_t i = 0; i < x.numel(); ++i)
        p[i] = static_cast<float>(2 * fillU(hash, static_cast<std::uint64_t>(i)) - 1);
    return x;
}

void fill(SwinTransformer& net) {
    const torch::NoGradGuard off;
    for (const auto& item : net->named_parameters(true)) {
        std::vector<float> values = fillParameter(kSalt, item.key(), item.value().sizes().vec());
        torch::Tensor p = item.value();
        p.copy_(torch::from_blob(values.data(), p.sizes(), torch::kFloat32));
    }
}

using Row = std::vector<double>;
using Picture = std::vector<std::vector<Row>>; // [row][column][channel]

class SlowSwin {
public:
    SlowSwin(SwinTransformer& net) : m_config(net->config()) {
        for (const auto& item : net->named_parameters(true))
            m_tensors[item.key()] = item.value().detach().to(torch::kFloat64);
    }

    Row run(const torch::Tensor& frame) {
        const int64_t size = frame.size(1) / 4, width = m_config.width;
        const auto pixels = frame.to(torch::kFloat64);
        Picture x(static_cast<std::size_t>(size), std::vector<Row>(static_cast<std::size_t>(size)));
        for (int64_t r = 0; r < size; ++r)
            for (int64_t c = 0; c < size; ++c) {
                const torch::Tensor patch = pixels.slice(1, 4 * r, 4 * r + 4).slice(2, 4 * c, 4 * c + 4).flatten();
                x[r][c] = linear("patch_embed.proj", rowOf(patch), width);
                x[r][c] = norm("patch_embed.norm", x[r][c]);
            }
        for (std::size_t stage = 0; stage < m_config.depths.size(); ++stage) {
            const std::string at = "layers." + std::to_string(stage);
            for (int64_t b = 0; b < m_config.depths[stage]; ++b)
                x = block(at + ".blocks." + std::to_string(b), x, m_config.heads[stage], b % 2 == 1);
            if (stage + 1 < m_config.depths.size()) x = merge(at + ".downsample", x);
        }
        Row mean(x[0][0].size(), 0.);
        for (const auto& line : x)
            for (const Row& place : line) {
                const Row y = norm("norm", place);
                for (std::size_t i = 0; i < y.size(); ++i) mean[i] += y[i] / static_cast<double>(x.size() * x.size());
            }
        return mean;
    }

private:
    static Row rowOf(const torch::Tensor& t) {
        const torch::Tensor c = t.contiguous();
        return {c.data_ptr<double>(), c.data_ptr<double>() + c.numel()};
    }
    Row linear(const std::string& name, const Row& x, int64_t out) {
        const Row w = rowOf(m_tensors.at(name + ".weight"));
        Row y(static_cast<std::size_t>(out), 0.);
        if (m_tensors.count(name + ".bias")) y = rowOf(m_tensors.at(name + ".bias"));
        for (std::size_t o = 0; o < y.size(); ++o)
            for (std::size_t i = 0; i < x.size(); ++i) y[o] += w[o * x.size() + i] * x[i];
        return y;
    }
    Row norm(const std::string& name, const Row& x) {
        const Row w = rowOf(m_tensors.at(name + ".weight")), b = rowOf(m_tensors.at(name + ".bias"));
        double mean = 0, variance = 0;
        for (const double v : x) mean += v / static_cast<double>(x.size());
        for (const double v : x) variance += (v - mean) * (v - mean) / static_cast<double>(x.size());
        Row y(x.size());
        for (std::size_t i = 0; i < x.size(); ++i) y[i] = (x[i] - mean) / std::sqrt(variance + 1e-5) * w[i] + b[i];
        return y;
    }
    // No picture is rolled here: windows begin half a window later, those at the edges are smaller.
    Picture block(const std::string& at, const Picture& x, int64_t heads, bool moved) {
        const int64_t H = static_cast<int64_t>(x.size()), w = m_config.window, C = static_cast<int64_t>(x[0][0].size()),
                      each = C / heads, shift = moved && H > w ? w / 2 : 0;
        const auto windowOf = [&](int64_t place) { return (place - shift + w) / w; };
        std::vector<std::vector<Row>> qkv(x.size());
        for (int64_t r = 0; r < H; ++r)
            for (int64_t c = 0; c < H; ++c)
                qkv[r].push_back(linear(at + ".attn.qkv", norm(at + ".norm1", x[r][c]), 3 * C));
        const torch::Tensor table = m_tensors.at(at + ".attn.relative_position_bias_table");
        Picture out = x;
        for (int64_t r = 0; r < H; ++r)
            for (int64_t c = 0; c < H; ++c) {
                Row mixed(static_cast<std::size_t>(C), 0.);
                for (int64_t h = 0; h < heads; ++h) {
                    double total = 0;
                    Row sum(static_cast<std::size_t>(each), 0.);
                    for (int64_t r2 = 0; r2 < H; ++r2)
                        for (int64_t c2 = 0; c2 < H; ++c2) {
                            if (windowOf(r) != windowOf(r2) || windowOf(c) != windowOf(c2)) continue;
                            double logit = 0;
                            for (int64_t i = 0; i < each; ++i)
                                logit += qkv[r][c][h * each + i] * qkv[r2][c2][C + h * each + i];
                            logit = logit / std::sqrt(static_cast<double>(each)) +
                                    table[(r - r2 + w - 1) * (2 * w - 1) + c - c2 + w - 1][h].item<double>();
                            total += std::exp(logit);
                            for (int64_t i = 0; i < each; ++i)
                                sum[i] += std::exp(logit) * qkv[r2][c2][2 * C + h * each + i];
                        }
                    for (int64_t i = 0; i < each; ++i) mixed[h * each + i] = sum[i] / total;
                }
                const Row added = linear(at + ".attn.proj", mixed, C);
                for (int64_t i = 0; i < C; ++i) out[r][c][i] += added[i];
                Row hidden = linear(at + ".mlp.fc1", norm(at + ".norm2", out[r][c]), 4 * C);
                for (double& v : hidden) v = v * (1 + std::erf(v / std::sqrt(2.))) / 2;
                const Row more = linear(at + ".mlp.fc2", hidden, C);
                for (int64_t i = 0; i < C; ++i) out[r][c][i] += more[i];
            }
        return out;
    }
    Picture merge(const std::string& at, const Picture& x) {
        Picture out(x.size() / 2, std::vector<Row>(x.size() / 2));
        for (std::size_t r = 0; r < out.size(); ++r)
            for (std::size_t c = 0; c < out.size(); ++c) {
                Row four = x[2 * r][2 * c];
                for (const Row& next : {x[2 * r + 1][2 * c], x[2 * r][2 * c + 1], x[2 * r + 1][2 * c + 1]})
                    four.insert(four.end(), next.begin(), next.end());
                out[r][c] = linear(at + ".reduction", norm(at + ".norm", four), static_cast<int64_t>(four.size() / 2));
            }
        return out;
    }

    SwinConfig m_config;
    std::map<std::string, torch::Tensor> m_tensors;
};

TEST(Swin, SizesAndNames) {
    SwinTransformer net;
    EXPECT_EQ(parameterCount(*net), 27519354);
    EXPECT_EQ(net->config().outputs(), 768);
    EXPECT_EQ(net->config().pictureStep(), 224);
    const auto p = net->named_parameters(true);
    EXPECT_EQ(p["patch_embed.proj.weight"].sizes(), (std::vector<int64_t>{96, 3, 4, 4}));
    EXPECT_EQ(p["layers.2.blocks.5.attn.relative_position_bias_table"].sizes(), (std::vector<int64_t>{169, 12}));
    EXPECT_EQ(p["layers.2.downsample.reduction.weight"].sizes(), (std::vector<int64_t>{768, 1536}));
    EXPECT_EQ(p["layers.3.blocks.1.mlp.fc1.weight"].sizes(), (std::vector<int64_t>{3072, 768}));
    EXPECT_FALSE(p.contains("layers.3.downsample.norm.weight"));
    EXPECT_TRUE(net->named_buffers(true).is_empty());
}

TEST(Swin, WindowsShiftsAndPositionsEqualPlainLoops) {
    struct Case {
        SwinConfig config;
        int64_t size;
    };
    // Stages of 8 and 4 places; of 12, 6 and 3 with an odd window and a last stage of one window; one stage of 9.
    const std::vector<Case> cases = {
        {{8, 2, {2, 2}, {2, 4}}, 32}, {{6, 3, {2, 2, 2}, {1, 2, 3}}, 48}, {{4, 3, {3}, {2}}, 36}};
    for (const Case& one : cases) {
        SwinTransformer net(one.config);
        fill(net);
        const torch::NoGradGuard off;
        const torch::Tensor frames = filled("input/small", {2, 3, one.size, one.size});
        const torch::Tensor single = net->forward(frames);
        net->to(torch::kFloat64);
        const torch::Tensor fast = net->forward(frames.to(torch::kFloat64));
        ASSERT_EQ(fast.sizes(), (std::vector<int64_t>{2, one.config.outputs()}));
        SlowSwin slow(net);
        for (int64_t n = 0; n < 2; ++n) {
            const Row expected = slow.run(frames[n]);
            for (std::size_t i = 0; i < expected.size(); ++i)
                EXPECT_NEAR(fast[n][static_cast<int64_t>(i)].item<double>(), expected[i], 1e-11) << one.size;
        }
        EXPECT_LT((single - fast).abs().max().item<double>(), 1e-5);
    }
}

// Recorded with torchvision 0.26 (torch 2.11, double) with the same weights under its own names. Its float32 differs
// by 5.7e-7.
TEST(Swin, TheTinyOneEqualsAnIndependentProgram) {
    SwinTransformer net;
    fill(net);
    const torch::NoGradGuard off;
    torch::Tensor x = filled("input/swin", {2, 3, 224, 224});
    x = (x + x.roll(1, 2) + x.roll(1, 3)) / 3;
    const torch::Tensor y = net->forward(x).to(torch::kFloat64);
    EXPECT_NEAR(y[0][0].item<double>(), -0.515412014104243, 4e-6);
    EXPECT_NEAR(y[0][1].item<double>(), -0.4765097089382387, 4e-6);
    EXPECT_NEAR(y[0][767].item<double>(), 0.4636711733287213, 4e-6);
    EXPECT_NEAR(y[1][0].item<double>(), -0.43498559664791464, 4e-6);
    EXPECT_NEAR(y[1][100].item<double>(), 1.120607988262443, 4e-6);
    EXPECT_NEAR(y[1][500].item<double>(), 0.011994096291821781, 4e-6);
    EXPECT_NEAR(y[0].sum().item<double>(), 1.6146691890918028, 2e-4);
    EXPECT_NEAR(y.square().sum().item<double>(), 1433.0769691232467, 2e-3);
    // Of twice the size the last stage moves its windows too.
    const torch::Tensor big = net->forward(filled("input/swin448", {1, 3, 448, 448})).to(torch::kFloat64);
    EXPECT_NEAR(big[0][0].item<double>(), -0.6040880992801899, 4e-6);
    EXPECT_NEAR(big[0][767].item<double>(), 0.5897998779790272, 4e-6);
    EXPECT_NEAR(big.square().sum().item<double>(), 700.8015828398102, 2e-3);
}

TEST(Swin, ChunksEqualTheWholeAndSizesAreChecked) {
    SwinTransformer net(SwinConfig{8, 2, {2, 2}, {2, 4}});
    initialiseParameters(*net, 1);
    const torch::NoGradGuard off;
    const torch::Tensor frames = filled("input/chunks", {5, 3, 32, 32});
    JobContext job;
    const auto read = [&](int begin, int end) { return frames.slice(0, begin, end); };
    EXPECT_LT((net->encode(5, read, job, 2) - net->forward(frames)).abs().max().item<float>(), 1e-5f);
    EXPECT_THROW(net->forward(torch::zeros({1, 3, 24, 24})), Error);
    EXPECT_THROW(net->forward(torch::zeros({1, 3, 32, 48})), Error);
    JobContext stopped;
    stopped.requestCancel();
    EXPECT_THROW(net->encode(5, read, stopped), Cancelled);
}

} // namespace
} // namespace emc
