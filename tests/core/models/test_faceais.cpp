// Sizes and codebook of FaceAIS.
#include "core/models/faceais_predictor.h"
#include "core/nn/checkpoint.h"

#include <gtest/gtest.h>

namespace emc {
namespace {

TEST(FaceAis, PublishedSizes) { // models.md 3.3
    EXPECT_EQ(parameterCount(*FaceTokenizer(TokenizerSizes{}, 0)), 27570568);
    EXPECT_EQ(parameterCount(*FaceAisPredictor(FaceAisConfig::of("faceais", "compat"))), 86087896);
}

TEST(FaceAis, CodebookWrapsAndKeepsItsMiddle) { // models.md 7.2
    Fsq fsq(6);
    const torch::Tensor ids = torch::arange(1000, torch::kLong), far = torch::full({4}, 1e6);
    EXPECT_TRUE(fsq->indices(fsq->codesOf(ids)).equal(ids));
    EXPECT_EQ(fsq->indices(fsq->codes(fsq->bounded(torch::zeros({4})))).item<int64_t>(), 500);
    EXPECT_EQ(fsq->indices(fsq->codes(fsq->bounded(far))).item<int64_t>(), 999);
    EXPECT_EQ(fsq->indices(fsq->codes(fsq->bounded(-far))).item<int64_t>(), 0);
    const torch::Tensor wrapped = fsq->codesOf(torch::tensor({-1, 999, 1000, 0}));
    EXPECT_TRUE(wrapped[0].equal(wrapped[1]));
    EXPECT_TRUE(wrapped[2].equal(wrapped[3]));
    torch::Tensor z = torch::full({1, 4}, .3, torch::requires_grad());
    fsq->codes(fsq->bounded(z)).sum().backward(); // rounding lets the gradient through
    EXPECT_GT(z.grad().abs().min().item<float>(), .1f);
}

} // namespace
} // namespace emc
