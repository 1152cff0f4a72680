#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "core/api/error.h"
#include "core/data/golden.h"
#include "core/eval/metrics.h"
#include "core/eval/metrics_parity.h"
#include "tests/support/shared.h"

using namespace emc;

namespace {

std::vector<float> uniform(std::size_t count, unsigned seed) {
    std::mt19937 generator(seed);
    std::vector<float> x(count);
    for (float& value : x) value = static_cast<float>(generator() >> 8) * 0x1p-24f;
    return x;
}

} // namespace

TEST(Metrics, AgreeWithTheReference) {
    addMetricsParity();
    int passed = 0;
    for (const ParityRow& row : runParity(std::filesystem::path(EMC_SOURCE_DIR) / "tests/golden", "metrics")) {
        EXPECT_NE(row.status, ParityStatus::Fail)
            << row.caseName << " " << row.output << ": " << row.compared << " > " << row.tolerance << " " << row.note;
        passed += row.status == ParityStatus::Pass;
    }
    // The twin and the fast path. Four cases with FRVar, FRDiv, FRDvs twice; three of them with the other metrics.
    EXPECT_EQ(passed, 2 * 4 * 6 + 3 * (2 * 16 + 3));
}

TEST(Metrics, UniformNoiseHasTheKnownExpectations) {
    MetricInputs in{.clips = 6, .samples = 4, .frames = 300, .dims = 25};
    const std::vector<float> x = uniform(6 * 4 * 300 * 25, 1);
    in.predictions = x;
    EXPECT_NEAR(frDiv(in), 1.0 / 6, 2e-3);
    EXPECT_NEAR(frDvs(in), 1.0 / 6, 2e-3);
    EXPECT_NEAR(frVar(in), 1.0 / 12, 1e-3);
}

TEST(Metrics, ByHand) {
    // Two clips, two predictions, two frames, one dimension.
    const std::vector<float> x{0, 2, 1, 1, 4, 4, 0, 0};
    MetricInputs in{.clips = 2, .samples = 2, .frames = 2, .dims = 1, .predictions = x};
    EXPECT_DOUBLE_EQ(frVar(in), (2 + 0 + 0 + 0) / 4.0);
    EXPECT_DOUBLE_EQ(frDiv(in), ((1 + 1) * 2 / 4.0 + (16 + 16) * 2 / 4.0) / 2);
    EXPECT_DOUBLE_EQ(frDvs(in), ((16 + 4) * 2 / 4.0 + (1 + 1) * 2 / 4.0) / 2);
}

TEST(Metrics, CccOfKnownPairs) {
    const std::vector<float> a{0, 1, 2, 3}, shifted{1, 2, 3, 4}, constant{5, 5, 5, 5}, reversed{3, 2, 1, 0};
    EXPECT_NEAR(ccc(a, a, 4, 1), 1, 1e-7);
    EXPECT_NEAR(ccc(a, shifted, 4, 1), 2 * 1.25 / (1.25 + 1.25 + 1), 1e-8);
    EXPECT_NEAR(ccc(a, reversed, 4, 1), -1, 1e-7);
    EXPECT_EQ(ccc(a, constant, 4, 1), 0);
    EXPECT_EQ(ccc(constant, constant, 4, 1), 0); // not 1: the official NaN -> 0
    EXPECT_THROW(ccc(a, std::vector<float>{1}, 4, 1), Error);
}

TEST(Metrics, TheRealListenerScoresTheShareOfMovingDimensions) {
    std::vector<float> target = uniform(2 * 50 * 4, 3);
    for (std::size_t i = 3; i < target.size(); i += 4) target[i] = 0; // one of four dimensions never moves
    std::vector<float> predictions;
    for (std::size_t n = 0; n < 2; ++n)
        for (int k = 0; k < 10; ++k)
            predictions.insert(predictions.end(), target.begin() + static_cast<long>(n) * 200,
                               target.begin() + static_cast<long>(n + 1) * 200);
    const std::vector<std::uint8_t> marks{1, 1, 0, 1};
    MetricInputs in{.clips = 2,
                    .samples = 10,
                    .frames = 50,
                    .dims = 4,
                    .predictions = predictions,
                    .targets = target,
                    .neighbours = marks};
    EXPECT_NEAR(frCorr(in).value, 7.5, 1e-5);
    const std::vector<std::uint8_t> other{0, 1, 1, 0}; // only the other clip's listener is appropriate
    in.neighbours = other;
    EXPECT_LT(frCorr(in).value, 2);
    EXPECT_NEAR(frCorrOfClip(std::span(predictions).first(2000), 10, 50, 4, {{target.begin(), target.begin() + 200}}),
                7.5, 1e-5);
}

TEST(Metrics, WrongInputsAreRefusedAndNamed) {
    std::vector<float> x = uniform(2 * 2 * 10 * 3, 4), target = uniform(2 * 10 * 3, 5);
    std::vector<std::uint8_t> marks{1, 0, 0, 0};
    MetricInputs in{
        .clips = 2, .samples = 2, .frames = 10, .dims = 3, .predictions = x, .targets = target, .neighbours = marks};
    try {
        frCorr(in);
        FAIL();
    } catch (const Error& error) { EXPECT_NE(std::string(error.what()).find("clip 1"), std::string::npos); }
    marks[3] = 1;
    x[60] = std::nanf("");
    for (auto metric : {frVar, frDiv, frDvs}) {
        try {
            metric(in);
            FAIL();
        } catch (const Error& error) { EXPECT_NE(std::string(error.what()).find("clip 1"), std::string::npos); }
    }
    x[60] = 0;
    EXPECT_NO_THROW(frCorr(in));
    in.clips = 3;
    EXPECT_THROW(frVar(in), Error);
    MetricInputs single{.clips = 1, .samples = 1, .frames = 40, .dims = 3, .predictions = x};
    EXPECT_EQ(frDiv(single), 0);
    EXPECT_EQ(frDvs(single), 0);
    EXPECT_THROW(frCorr(single), Error);
}
