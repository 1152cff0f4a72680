// Tokens of several frames: what is pooled, what counts as missing, and the way back.
#include <gtest/gtest.h>

#include "core/nn/tokens.h"

namespace emc {
namespace {

torch::Tensor ramp(int frames) { // (1,T,2): t and -t
    const torch::Tensor t = torch::arange(frames, torch::kFloat32);
    return torch::stack({t, -t}, 1).unsqueeze(0);
}

TEST(Tokens, EachIsTheMeanOfItsFramesAndTheLastOfWhatIsLeft) {
    const torch::Tensor pooled = pooledTokens(ramp(7), 3);
    EXPECT_TRUE(torch::equal(pooled, torch::tensor({{{1.f, -1.f}, {4.f, -4.f}, {6.f, -6.f}}})));
}

TEST(Tokens, StrideOneChangesNothing) {
    const torch::Tensor x = ramp(5);
    EXPECT_TRUE(torch::equal(pooledTokens(x, 1), x));
}

TEST(Tokens, MissingFramesDoNotCountWhateverTheyHold) {
    torch::Tensor x = ramp(7);
    const std::vector<bool> missing = {false, true, false, true, true, true, false};
    const torch::Tensor expected = torch::tensor({{{1.f, -1.f}, {0.f, 0.f}, {6.f, -6.f}}});
    EXPECT_TRUE(torch::equal(pooledTokens(x, 3, missing), expected));
    x[0][1][0] = NAN;
    x[0][4][1] = INFINITY;
    EXPECT_TRUE(torch::equal(pooledTokens(x, 3, missing), expected));
    EXPECT_EQ(missingTokens(missing, 3), (std::vector<bool>{false, true, false}));
    EXPECT_EQ(missingTokens(missing, 1), missing);
}

TEST(Tokens, AStraightLineComesBackStraightBetweenTheMiddlesOfTheTokens) {
    const torch::Tensor back = framesOfTokens(pooledTokens(ramp(9), 3), 3, 9);
    ASSERT_EQ(back.sizes(), ramp(9).sizes());
    EXPECT_TRUE(torch::allclose(back.slice(1, 1, 8), ramp(9).slice(1, 1, 8)));
    EXPECT_FLOAT_EQ(back[0][0][0].item<float>(), 1.f); // held before the first middle
    EXPECT_FLOAT_EQ(back[0][8][0].item<float>(), 7.f); // and after the last
}

} // namespace
} // namespace emc
