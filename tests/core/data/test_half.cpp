#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <limits>

#include "core/data/half.h"

using namespace emc;

TEST(Half, EveryHalfSurvivesTheWayThroughFloat) {
    for (std::uint32_t h = 0; h < 65536; ++h) {
        const float value = halfToFloat(static_cast<std::uint16_t>(h));
        if (std::isnan(value)) EXPECT_TRUE(std::isnan(halfToFloat(floatToHalf(value)))) << h;
        else EXPECT_EQ(floatToHalf(value), h) << h;
    }
    EXPECT_EQ(halfToFloat(0x3C00), 1.f);
    EXPECT_EQ(halfToFloat(0x7BFF), 65504.f);
    EXPECT_EQ(halfToFloat(0x0001), std::ldexp(1.f, -24));
    EXPECT_EQ(halfToFloat(0xFC00), -std::numeric_limits<float>::infinity());
}

// Between each pair of neighbouring halves: the middle goes to the even one, the next float on either side to the
// nearer one.
TEST(Half, RoundsToNearestWithTiesToEven) {
    for (std::uint16_t h = 0; h < 0x7BFF; ++h) {
        const float low = halfToFloat(h), high = halfToFloat(static_cast<std::uint16_t>(h + 1)),
                    middle = (low + high) / 2;
        ASSERT_EQ(floatToHalf(middle), h % 2 == 0 ? h : h + 1) << h;
        ASSERT_EQ(floatToHalf(std::nextafter(middle, 0.f)), h) << h;
        ASSERT_EQ(floatToHalf(std::nextafter(middle, 1e9f)), h + 1) << h;
        ASSERT_EQ(floatToHalf(-middle), 0x8000 | (h % 2 == 0 ? h : h + 1)) << h;
    }
    EXPECT_EQ(floatToHalf(65519.996f), 0x7BFF);
    EXPECT_EQ(floatToHalf(65520.f), 0x7C00);
    EXPECT_EQ(floatToHalf(3e38f), 0x7C00);
    EXPECT_EQ(floatToHalf(1e-30f), 0);
}

TEST(Bfloat16, RoundsToNearestWithTiesToEven) {
    EXPECT_EQ(bfloat16ToFloat(0x3F80), 1.f);
    EXPECT_EQ(floatToBfloat16(std::bit_cast<float>(0x3F808000u)), 0x3F80); // tie, even below
    EXPECT_EQ(floatToBfloat16(std::bit_cast<float>(0x3F818000u)), 0x3F82); // tie, even above
    EXPECT_EQ(floatToBfloat16(std::bit_cast<float>(0x3F808001u)), 0x3F81);
    EXPECT_EQ(floatToBfloat16(std::bit_cast<float>(0x7F7FFFFFu)), 0x7F80); // rounds up to infinity
    EXPECT_TRUE(std::isnan(bfloat16ToFloat(floatToBfloat16(std::bit_cast<float>(0x7F800001u)))));
}
