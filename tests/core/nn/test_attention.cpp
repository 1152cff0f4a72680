// Attention, positions and the emotion attention block.
#include <gtest/gtest.h>
#include <torch/torch.h>

#include "core/nn/emotion_attention.h"
#include "core/nn/initialise.h"
#include "core/nn/positions.h"
#include "core/nn/transformer.h"

namespace emc {
namespace {

// Tiny tensors: more threads only wait for each other.
const bool g_oneThread = [] {
    torch::set_num_threads(1);
    return true;
}();

torch::Tensor noise(std::vector<int64_t> shape, uint64_t seed) {
    auto generator = at::make_generator<at::CPUGeneratorImpl>(seed);
    return torch::randn(shape, generator);
}

TEST(Attention, BothPathsAgreeAndMapRowsSumToOne) {
    MultiheadAttention attention(32, 4, 0.0);
    initialiseParameters(*attention, 3);
    attention->eval();
    torch::NoGradGuard off;
    const torch::Tensor q = noise({2, 11, 32}, 1), kv = noise({2, 7, 32}, 2);
    for (const bool causal : {false, true}) {
        const torch::Tensor memory = causal ? q : kv;
        const torch::Tensor bias = causal ? torch::Tensor() : -noise({1, 4, 11, 7}, 3).abs();
        AttentionRecorder recorder({"here/cross"});
        const torch::Tensor fused = attention->forward(q, memory, memory, bias, causal);
        const torch::Tensor explicitly =
            attention->forward(q, memory, memory, bias, causal, {&recorder, "here", "cross"});
        EXPECT_LT((fused - explicitly).abs().max().item<float>(), 1e-5f);
        const auto maps = recorder.take();
        ASSERT_EQ(maps.size(), 1u);
        EXPECT_EQ(maps[0].heads, 4);
        EXPECT_EQ(maps[0].queries, 11);
        EXPECT_EQ(maps[0].keys, causal ? 11 : 7);
        for (int row = 0; row < maps[0].heads * maps[0].queries; ++row) {
            float sum = 0;
            for (int k = 0; k < maps[0].keys; ++k) {
                const float w = maps[0].weights[static_cast<std::size_t>(row * maps[0].keys + k)];
                sum += w;
                if (causal && k > row % maps[0].queries) EXPECT_EQ(w, 0.f);
            }
            EXPECT_NEAR(sum, 1.f, 1e-5f);
        }
    }
}

TEST(Attention, NamesAreThoseOfTorch) {
    DecoderStack stack(16, 2, 32, 0.1);
    const auto parameters = stack->named_parameters(true);
    for (const char* name : {"layers.0.self_attn.in_proj_weight", "layers.0.self_attn.in_proj_bias",
                             "layers.0.multihead_attn.out_proj.weight", "layers.0.linear1.weight",
                             "layers.0.linear2.bias", "layers.0.norm3.weight"})
        EXPECT_NE(parameters.find(name), nullptr) << name;
    EXPECT_EQ(parameters.size(), 4u + 4u + 4u + 6u);
}

TEST(Attention, BatchOfOneIsSharedByAllSamples) {
    MultiheadAttention attention(16, 2, 0.0);
    initialiseParameters(*attention, 5);
    torch::NoGradGuard off;
    const torch::Tensor q = noise({3, 6, 16}, 1), kv = noise({1, 5, 16}, 2);
    const torch::Tensor shared = attention->forward(q, kv, kv),
                        apart = attention->forward(q, kv.expand({3, -1, -1}), kv.expand({3, -1, -1}));
    EXPECT_LT((shared - apart).abs().max().item<float>(), 1e-6f);
}

TEST(Attention, DecoderLayerIsCausalOnItsOwnSequence) {
    DecoderStack stack(16, 2, 32, 0.0);
    initialiseParameters(*stack, 7);
    stack->eval();
    torch::NoGradGuard off;
    torch::Tensor target = noise({1, 9, 16}, 1);
    const torch::Tensor memory = noise({1, 4, 16}, 2), before = stack->layer()->forward(target, memory);
    target = target.clone();
    target[0][6] += 1;
    const torch::Tensor after = stack->layer()->forward(target, memory);
    EXPECT_EQ((before - after).narrow(1, 0, 6).abs().max().item<float>(), 0.f);
    EXPECT_GT((before - after).narrow(1, 6, 3).abs().max().item<float>(), 1e-3f);
}

TEST(Positions, SinusoidsAndLocalBias) {
    const torch::Tensor table = sinusoidalTable(100, 8);
    EXPECT_FLOAT_EQ(table[0][0].item<float>(), 0.f);
    EXPECT_FLOAT_EQ(table[0][1].item<float>(), 1.f);
    EXPECT_NEAR(table[30][0].item<float>(), std::sin(30.0), 1e-5);
    EXPECT_NEAR(table[30][3].item<float>(), std::cos(30.0 / std::pow(10000.0, 2.0 / 8)), 1e-5);
    const torch::Tensor bias = localBias(4, 20), sparse = localBias(4, 20, 3);
    EXPECT_FLOAT_EQ(bias[0][0][3][13].item<float>(), -.067f);
    EXPECT_FLOAT_EQ(bias[0][3][13][3].item<float>(), -3.3f);
    EXPECT_FLOAT_EQ(bias[0][2][5][5].item<float>(), 0.f);
    EXPECT_FLOAT_EQ(sparse[0][1][0][1].item<float>(), -.081f);
}

TEST(EmotionAttention, AnAttachedBlockIsTheIdentityForAnyEmotionLength) {
    EmotionAttention block(128, 4, 0.1);
    block->eval();
    torch::NoGradGuard off;
    const torch::Tensor x = noise({2, 12, 128}, 1), e = noise({2, 30, 128}, 2);
    EXPECT_TRUE(torch::equal(block->forward(x, e, sinusoidalTable(12, 128).unsqueeze(0)), x));
    int64_t count = 0;
    for (const auto& p : block->parameters()) count += p.numel();
    EXPECT_EQ(count, 199168);
}

TEST(EmotionAttention, TheBlockLearns) {
    EmotionAttention block(32, 4, 0.0);
    const torch::Tensor x = noise({2, 8, 32}, 1), e = noise({2, 8, 32}, 2);
    // What cross-attention can do at once: add a mean of e.
    const torch::Tensor target = x + e.mean(torch::IntArrayRef{1}, true);
    torch::optim::Adam optimizer(block->parameters(), 1e-2);
    float first = 0, last = 0;
    for (int step = 0; step < 40; ++step) {
        const torch::Tensor loss = torch::mse_loss(block->forward(x, e, {}, localBias(4, 8)), target);
        optimizer.zero_grad();
        loss.backward();
        optimizer.step();
        (step == 0 ? first : last) = loss.item<float>();
    }
    EXPECT_LT(last, .5f * first);
}

TEST(EmotionMlp, EachFrameTakesItsBranch) {
    EmotionMlp mlp(128);
    initialiseParameters(*mlp, 2);
    torch::NoGradGuard off;
    const torch::Tensor face = noise({1, 4, 25}, 1), speech = noise({1, 4, 10}, 2);
    const torch::Tensor useSpeech = torch::tensor({0, 1, 1, 0}).to(torch::kBool).unsqueeze(0);
    const torch::Tensor mixed = mlp->forward(face, speech, useSpeech);
    EXPECT_TRUE(torch::allclose(mixed[0][0], mlp->forward(face, {}, {})[0][0], 1e-5, 1e-6));
    EXPECT_TRUE(torch::allclose(mixed[0][1], mlp->forward({}, speech, {})[0][1], 1e-5, 1e-6));
    int64_t count = 0;
    for (const auto& p : mlp->parameters()) count += p.numel();
    EXPECT_EQ(count, 21504);
}

} // namespace
} // namespace emc
