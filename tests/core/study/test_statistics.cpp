// Oracles: scipy 1.17.1 (stats.permutation_test, stats.bootstrap, norm) and statsmodels 0.15.0 (multipletests), run
// once on the numbers below; the rest by hand.
#include <gtest/gtest.h>

#include <cmath>

#include "core/study/statistics.h"

using namespace emc;

namespace {
const std::vector<double> kDifferences = {0.12, -0.03, 0.20, 0.05, 0.11, -0.07, 0.09, 0.15};
const std::vector<double> kSkewed = {0.0, 0.1, 0.1, 0.2, 0.2, 0.3, 0.9, 2.0};
} // namespace

TEST(StudyStatistics, PermutationOfAllSigns) {
    const PermutationTest test = pairedPermutation(kDifferences, 10000, 1);
    EXPECT_TRUE(test.everyOne);
    EXPECT_EQ(test.patterns, 256);
    EXPECT_DOUBLE_EQ(test.p, 0.0546875); // scipy: 14 of 256 patterns
    // Three equal signs: only all plus and all minus are as extreme.
    EXPECT_DOUBLE_EQ(pairedPermutation(std::vector<double>{1, 2, 3}, 100, 1).p, 0.25);
    EXPECT_EQ(pairedPermutation(std::vector<double>{0, 0, 0}, 100, 1).p, 1);
    EXPECT_EQ(pairedPermutation({}, 100, 1).p, 1);
    // The sign of everything does not matter.
    std::vector<double> other = kDifferences;
    for (double& d : other) d = -d;
    EXPECT_EQ(pairedPermutation(other, 10000, 1).p, test.p);
}

TEST(StudyStatistics, DrawnPermutationsAgreeWithAllOfThem) {
    const PermutationTest drawn = pairedPermutation(kDifferences, 200, 3); // fewer than 2^8
    EXPECT_FALSE(drawn.everyOne);
    EXPECT_NEAR(drawn.p, 0.0546875, 0.05);
    EXPECT_EQ(drawn.p, pairedPermutation(kDifferences, 200, 3).p);
    EXPECT_NE(drawn.p, pairedPermutation(kDifferences, 200, 4).p);
    const std::vector<double> alike(100, 0.5);
    EXPECT_DOUBLE_EQ(pairedPermutation(alike, 999, 5).p, 0.001); // no drawn pattern is as extreme: 1 of 1000
}

TEST(StudyStatistics, Holm) {
    const auto corrected = holmCorrection({0.01, 0.04, 0.03, 0.005}); // statsmodels
    const std::vector<double> expected = {0.03, 0.06, 0.06, 0.02};
    for (std::size_t i = 0; i < expected.size(); ++i) EXPECT_NEAR(corrected[i], expected[i], 1e-15);
    EXPECT_EQ(holmCorrection({0.6, 0.9}), (std::vector<double>{1, 1}));
    EXPECT_TRUE(holmCorrection({}).empty());
}

TEST(StudyStatistics, IntervalsOfGivenResamples) {
    const std::vector<double> resampled = {0.01, 0.03, 0.04, 0.05, 0.06, 0.07, 0.075, 0.08, 0.09, 0.10, 0.11, 0.13};
    std::vector<double> leftOneOut;
    for (const double d : kDifferences) leftOneOut.push_back((0.0775 * 8 - d) / 7);
    const double observed = meanOf(kDifferences);
    const Interval bca = intervalOf(resampled, observed, leftOneOut, 0.90, IntervalKind::Bca);
    EXPECT_NEAR(bca.low, 0.031039818414935312, 1e-12);
    EXPECT_NEAR(bca.high, 0.12475804957198637, 1e-12);
    const Interval wide = intervalOf(resampled, observed, leftOneOut, 0.95, IntervalKind::Bca);
    EXPECT_NEAR(wide.low, 0.021519665352092668, 1e-12);
    EXPECT_NEAR(wide.high, 0.12741380165962488, 1e-12);
    const Interval percentile = intervalOf(resampled, observed, leftOneOut, 0.95, IntervalKind::Percentile);
    EXPECT_NEAR(percentile.low, 0.0155, 1e-12);
    EXPECT_NEAR(percentile.high, 0.1245, 1e-12);
}

TEST(StudyStatistics, BootstrapOfTheMean) {
    const Interval percentile = bootstrapMean(kDifferences, 0.95, 20000, 1, IntervalKind::Percentile);
    EXPECT_NEAR(percentile.low, 0.0175, 0.003); // scipy with 200,000 resamples
    EXPECT_NEAR(percentile.high, 0.13375, 0.003);
    const Interval bca = bootstrapMean(kSkewed, 0.95, 20000, 1, IntervalKind::Bca);
    EXPECT_NEAR(bca.low, 0.1625, 0.02);
    EXPECT_NEAR(bca.high, 1.175, 0.04);
    const Interval again = bootstrapMean(kSkewed, 0.95, 20000, 1, IntervalKind::Bca);
    EXPECT_EQ(again.low, bca.low);
    EXPECT_EQ(again.high, bca.high);
    const Interval flat = bootstrapMean(std::vector<double>(5, 0.3), 0.95, 100, 1, IntervalKind::Bca);
    EXPECT_NEAR(flat.low, 0.3, 1e-15);
    EXPECT_NEAR(flat.high, 0.3, 1e-15);
}

TEST(StudyStatistics, Effects) {
    EXPECT_NEAR(pairedEffect(kDifferences), 0.8562173252791068, 1e-12);
    EXPECT_NEAR(deviationOf(kDifferences), 0.09051440295807703, 1e-15);
    EXPECT_EQ(pairedEffect(std::vector<double>{0, 0}), 0);
    EXPECT_TRUE(std::isinf(pairedEffect(std::vector<double>{2, 2, 2})));
    EXPECT_DOUBLE_EQ(cliffsDelta(std::vector<double>{1, 2, 3, 4, 5}, std::vector<double>{2, 2, 3, 1, 0}), 0.52);
    EXPECT_EQ(cliffsDelta({}, {}), 0);
}

TEST(StudyStatistics, NormalQuantiles) {
    EXPECT_NEAR(normalQuantile(0.025), -1.959963984540054, 1e-12);
    EXPECT_NEAR(normalQuantile(0.3), -0.5244005127080409, 1e-12);
    EXPECT_NEAR(normalQuantile(0.999), 3.090232306167813, 1e-12);
    EXPECT_NEAR(normalCdf(normalQuantile(0.77)), 0.77, 1e-14);
    EXPECT_TRUE(std::isinf(normalQuantile(0)));
}
