// Compensatory modality alignment and the standardiser.
#include <gtest/gtest.h>
#include <torch/torch.h>

#include "core/nn/cma.h"
#include "core/nn/initialise.h"

namespace emc {
namespace {

torch::Tensor noise(std::vector<int64_t> shape, uint64_t seed) {
    auto generator = at::make_generator<at::CPUGeneratorImpl>(seed);
    return torch::randn(shape, generator);
}

TEST(Cma, ParameterCount) {
    Cma cma(128, 4, 0.1);
    int64_t count = 0;
    for (const auto& p : cma->parameters()) count += p.numel();
    EXPECT_EQ(count, 355584);
    EXPECT_EQ(cma->latentDims(), 64);
}

TEST(Cma, EncodersGetNoGradientFromItsLoss) {
    Cma cma(32, 4, 0.0);
    initialiseParameters(*cma, 1);
    torch::Tensor u = noise({2, 6, 32}, 1).requires_grad_(true), c = noise({2, 6, 32}, 2).requires_grad_(true);
    const CmaLosses losses = cma->losses(u * 1, c * 1, noise({2, 16}, 3), noise({2, 16}, 4));
    (losses.align + losses.prior + losses.kl).backward();
    EXPECT_FALSE(u.grad().defined() && u.grad().abs().sum().item<float>() != 0.f);
    EXPECT_FALSE(c.grad().defined() && c.grad().abs().sum().item<float>() != 0.f);
    // The CMA itself does get some, and the task may reach the condition through the substitute.
    for (const auto& p : cma->named_parameters(true)) EXPECT_TRUE(p.value().grad().defined()) << p.key();
    cma->decode(noise({2, 16}, 5), c * 1).sum().backward();
    EXPECT_GT(c.grad().abs().sum().item<float>(), 0.f);
}

TEST(Cma, LossesByHand) {
    Cma cma(32, 4, 0.0);
    initialiseParameters(*cma, 1);
    torch::NoGradGuard off;
    const torch::Tensor u = noise({2, 6, 32}, 1), c = noise({2, 6, 32}, 2), z = noise({2, 16}, 4);
    const CmaLosses losses = cma->losses(u, c, noise({2, 16}, 3), z);
    const CmaPosterior q = cma->encode(u, c);
    double kl = 0, prior = 0;
    for (int b = 0; b < 2; ++b)
        for (int t = 0; t < 6; ++t)
            for (int d = 0; d < 16; ++d) {
                const double mu = q.mu[b][t][d].item<float>(), lv = q.logVariance[b][t][d].item<float>();
                kl += .5 * (mu * mu + std::exp(lv) - 1 - lv) / 12;
            }
    EXPECT_NEAR(losses.kl.item<double>(), kl, 1e-4);
    const torch::Tensor imagined = cma->decode(z, c);
    for (int b = 0; b < 2; ++b)
        for (int t = 0; t < 6; ++t) prior += (u[b][t] - imagined[b][t]).square().sum().item<double>() / 12;
    EXPECT_NEAR(losses.prior.item<double>(), prior, 1e-3);
}

TEST(Cma, ARepeatedLatentEqualsTheSameLatentPerFrame) {
    Cma cma(32, 4, 0.0);
    initialiseParameters(*cma, 1);
    torch::NoGradGuard off;
    const torch::Tensor z = noise({3, 16}, 1), c = noise({1, 7, 32}, 2);
    const torch::Tensor once = cma->decode(z, c), each = cma->decode(z.unsqueeze(1).expand({3, 7, 16}), c);
    EXPECT_EQ(once.sizes(), (std::vector<int64_t>{3, 7, 32}));
    EXPECT_LT((once - each).abs().max().item<float>(), 1e-6f);
    EXPECT_GT((once[0] - once[1]).abs().max().item<float>(), 1e-4f);
}

TEST(Standardiser, FollowsMeanAndVarianceAndUndoesItself) {
    Standardiser units(4);
    const torch::Tensor u =
        noise({8, 50, 4}, 1) * torch::tensor({1.f, 5.f, .1f, 100.f}) + torch::tensor({0.f, 3.f, -2.f, 50.f});
    units->update(u);
    const torch::Tensor v = units->standardised(u);
    EXPECT_LT(v.mean(torch::IntArrayRef{0, 1}).abs().max().item<float>(), 1e-3f);
    EXPECT_LT((v.std(torch::IntArrayRef{0, 1}) - 1).abs().max().item<float>(), .02f);
    EXPECT_TRUE(torch::allclose(units->restored(v), u, 1e-4, 1e-4));
    const torch::Tensor before = units->mean().clone();
    units->update(u + 10);
    EXPECT_TRUE(torch::allclose(units->mean(), before + .5, 1e-3, 1e-3)); // momentum .05
}

} // namespace
} // namespace emc
