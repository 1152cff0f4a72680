#include <gtest/gtest.h>

#include <cmath>

#include "core/nn/noise.h"

namespace emc {
namespace {

TEST(Noise, GaussianMomentsAndReproducibility) {
    const auto z = gaussianNoise(7, 200001);
    double mean = 0, square = 0, fourth = 0;
    for (const float x : z) {
        mean += x;
        square += x * x;
        fourth += std::pow(x, 4);
    }
    const double n = static_cast<double>(z.size());
    EXPECT_NEAR(mean / n, 0, .01);
    EXPECT_NEAR(square / n, 1, .02);
    EXPECT_NEAR(fourth / n, 3, .1);
    // A longer draw begins with the shorter one: samples do not depend on how many are asked for.
    const auto few = gaussianNoise(7, 11);
    for (std::size_t i = 0; i < few.size(); ++i) EXPECT_EQ(few[i], z[i]);
    EXPECT_NE(gaussianNoise(8, 1)[0], z[0]);
}

TEST(Noise, UniformAndSeeds) {
    const auto u = uniformNoise(3, 100000);
    double mean = 0, square = 0;
    for (const float x : u) {
        ASSERT_GE(x, 0.f);
        ASSERT_LT(x, 1.f);
        mean += x;
        square += x * x;
    }
    mean /= 1e5;
    EXPECT_NEAR(mean, .5, .005);
    EXPECT_NEAR(square / 1e5 - mean * mean, 1. / 12, .002);
    EXPECT_NE(mixedSeed(1, 2), mixedSeed(2, 1));
    EXPECT_NE(mixedSeed(0, 0), 0u);
    EXPECT_EQ(textSeed(""), 14695981039346656037ull);
    EXPECT_NE(textSeed("a"), textSeed("b"));
}

} // namespace
} // namespace emc
