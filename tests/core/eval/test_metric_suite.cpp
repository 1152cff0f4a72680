// What evaluate() says about known inputs, odd inputs and wrong inputs.
#include <gtest/gtest.h>

#include <limits>

#include "core/api/error.h"
#include "core/eval/cuda_plugin.h"
#include "core/eval/metric_bench.h"
#include "tests/core/eval/made_set.h"

using namespace emc;
using emc::test::MadeSet;
using emc::test::same;

namespace {

MetricReport run(const MetricInputs& inputs, MetricRequest request = {}) {
    JobContext job;
    return evaluate(inputs, request, job);
}

std::string refusal(const MetricInputs& inputs, const MetricRequest& request = {}) {
    try {
        run(inputs, request);
    } catch (const Error& error) { return error.what(); }
    return {};
}

bool noted(const MetricReport& report, const std::string& words) {
    for (const std::string& note : report.notes)
        if (note.find(words) != std::string::npos) return true;
    return false;
}

double value(const MetricReport& report, const char* name, MetricVariant variant) {
    return report.find(name, variant)->value;
}

// A prediction that repeats the speaker `lag` frames later; every dimension moves everywhere.
MadeSet delayed(int lag, int frames) {
    MadeSet set(1, 1, frames, 5);
    for (int t = 0; t < frames; ++t)
        for (int c = 0; c < 25; ++c) set.speaker(0)[t * 25 + c] = static_cast<float>(set.unit());
    for (int t = 0; t < frames; ++t)
        for (int c = 0; c < 25; ++c) {
            const int from = t - lag;
            set.prediction(0, 0)[t * 25 + c] =
                from >= 0 && from < frames ? set.speaker(0)[from * 25 + c] : static_cast<float>(set.unit());
        }
    return set;
}

} // namespace

TEST(MetricSuite, WarpingByHand) {
    const std::vector<float> a{0, 1, 2}, b{0, 2};
    EXPECT_EQ(dtwSum(a, 3, b, 2, 1, 0, 1), 1.0); // costs 0, 1, 0
    EXPECT_EQ(dtwSum(b, 2, a, 3, 1, 0, 1), 1.0);
    EXPECT_EQ(dtwSum(a, 3, a, 3, 1, 0, 1), 0.0);
}

TEST(MetricSuite, TheRealListenerHasDistanceZero) {
    MadeSet set(3, 2, 60, 1);
    for (int n = 0; n < 3; ++n)
        for (int k = 0; k < 2; ++k) std::copy_n(set.target(n), 60 * 25, set.prediction(n, k));
    const MetricReport report = run(set.inputs());
    EXPECT_EQ(value(report, "FRDist", MetricVariant::Fixed), 0);
    EXPECT_EQ(value(report, "FRDiv", MetricVariant::Fixed), 0);
}

TEST(MetricSuite, LagsAreFound) {
    for (int lag : {7, -13, 0, 49}) {
        const MadeSet set = delayed(lag, 300);
        const MetricReport report = run(set.inputs());
        EXPECT_EQ(value(report, "FRSyn", MetricVariant::Official), std::abs(lag));
        EXPECT_EQ(value(report, "FRSyn", MetricVariant::Fixed), std::abs(lag));
        EXPECT_EQ(report.find("FRSyn", MetricVariant::Fixed)->perSample[0], lag);
        EXPECT_EQ(report.nanClips, 0);
    }
}

TEST(MetricSuite, NanDecidesTheOfficialLagAndNotTheFixedOne) {
    const auto with = [](int first, int last) { // a speaker's action unit that is on in these frames only
        MadeSet set = delayed(7, 750);
        for (int t = 0; t < 750; ++t) set.speaker(0)[t * 25 + 3] = t >= first && t < last ? 1.0f : 0.0f;
        return run(set.inputs());
    };
    for (const auto& [first, last, expected] : {std::tuple{0, 0, 49}, {5, 20, 49}, {735, 745, 15}}) {
        const MetricReport report = with(first, last);
        EXPECT_EQ(value(report, "FRSyn", MetricVariant::Official), expected) << first;
        EXPECT_EQ(value(report, "FRSyn", MetricVariant::Fixed), 7) << first;
        EXPECT_EQ(report.nanClips, 1);
        EXPECT_TRUE(noted(report, "decided by NaN"));
    }
}

TEST(MetricSuite, ShortClipsAndSingleSamplesAreSaid) {
    const MadeSet set(2, 1, 40, 3);
    const MetricReport report = run(set.inputs());
    EXPECT_EQ(value(report, "FRSyn", MetricVariant::Official), 49);
    EXPECT_EQ(value(report, "FRDiv", MetricVariant::Official), 0);
    EXPECT_TRUE(noted(report, "K = 1: FRDiv is 0 by definition"));
    EXPECT_TRUE(noted(report, "50 frames or fewer"));
    EXPECT_TRUE(noted(report, "T = 40"));
    const MadeSet one(1, 1, 1, 3);
    const MetricReport single = run(one.inputs());
    EXPECT_TRUE(std::isnan(value(single, "FRVar", MetricVariant::Fixed)));
    EXPECT_EQ(value(single, "FRDvs", MetricVariant::Fixed), 0);
    EXPECT_TRUE(noted(single, "FRVar needs two frames"));
}

TEST(MetricSuite, ClipsWithoutListenersAreNamedAndLeftOut) {
    MadeSet set(3, 2, 50, 4);
    std::fill_n(set.neighbours.begin() + 3, 3, 0);
    MetricRequest request;
    request.clipNames = {"anna", "ben", "carla"};
    const MetricReport report = run(set.inputs(), request);
    EXPECT_TRUE(noted(report, "clip 1 (ben)"));
    for (const char* name : {"FRCorr", "FRDist"}) {
        const MetricResult& result = *report.find(name, MetricVariant::Official);
        EXPECT_TRUE(std::isnan(result.perClip[1]));
        EXPECT_EQ(result.neighbour[2], -1);
        EXPECT_DOUBLE_EQ(result.value, (result.perClip[0] + result.perClip[2]) / 2);
    }
    std::fill(set.neighbours.begin(), set.neighbours.end(), 0);
    EXPECT_TRUE(std::isnan(value(run(set.inputs()), "FRDist", MetricVariant::Fixed)));
}

TEST(MetricSuite, PartsAddUp) {
    const MadeSet set(4, 3, 80, 6);
    const MetricReport report = run(set.inputs());
    for (const MetricResult& result : report.results) {
        double clips = 0, dims = 0, groups = 0;
        for (double v : result.perClip) clips += v;
        for (double v : result.perDim) dims += v;
        for (double v : result.perGroup) groups += v;
        if (result.name == "FRSyn") continue;
        EXPECT_NEAR(clips / 4, result.value, 1e-12) << result.name;
        if (result.name == "FRDist") {
            EXPECT_NEAR(groups, result.value, 1e-12);
        } else {
            EXPECT_NEAR(dims / 25, result.value, 1e-12) << result.name;
        }
        if (result.name == "FRDiv") {
            EXPECT_NEAR((result.perSample[0] + result.perSample[1] + result.perSample[2]) / 3, result.perClip[0],
                        1e-12);
        }
    }
}

TEST(MetricSuite, LengthsCutTheClips) {
    MadeSet set(3, 2, 90, 7), cut(3, 2, 60, 8);
    set.lengths = {60, 60, 60};
    for (int n = 0; n < 3; ++n) {
        std::copy_n(set.target(n), 60 * 25, cut.target(n));
        std::copy_n(set.speaker(n), 60 * 25, cut.speaker(n));
        for (int k = 0; k < 2; ++k) std::copy_n(set.prediction(n, k), 60 * 25, cut.prediction(n, k));
    }
    cut.neighbours = set.neighbours;
    set.prediction(1, 1)[60 * 25] = std::numeric_limits<float>::quiet_NaN(); // behind the end: nobody looks
    EXPECT_TRUE(same(run(set.inputs()), run(cut.inputs())));
    set.lengths = {60, 61, 60};
    EXPECT_NE(refusal(set.inputs()).find("clip 1"), std::string::npos); // now it counts
}

TEST(MetricSuite, NumbersThatAreNotFiniteAreRefusedByName) {
    MadeSet set(3, 2, 50, 9);
    MetricRequest request;
    request.clipNames = {"anna", "ben", "carla"};
    set.prediction(1, 1)[700] = std::numeric_limits<float>::quiet_NaN();
    EXPECT_NE(refusal(set.inputs(), request).find("predictions of clip 1 (ben)"), std::string::npos);
    set.prediction(1, 1)[700] = 0;
    set.target(2)[3] = std::numeric_limits<float>::infinity();
    EXPECT_NE(refusal(set.inputs(), request).find("real listener of clip 2 (carla)"), std::string::npos);
    set.target(2)[3] = 0;
    set.speaker(0)[49 * 25 + 24] = -std::numeric_limits<float>::infinity();
    EXPECT_NE(refusal(set.inputs()).find("speaker of clip 0"), std::string::npos);
}

TEST(MetricSuite, WhatIsMissingIsSaid) {
    const MadeSet set(2, 2, 50, 10);
    MetricInputs inputs = set.inputs();
    inputs.targets = {};
    inputs.speakers = {};
    const MetricReport report = run(inputs);
    EXPECT_EQ(report.results.size(), 6u); // FRDiv, FRVar, FRDvs twice
    EXPECT_TRUE(noted(report, "FRDist left out: it needs the real listeners"));
    EXPECT_TRUE(noted(report, "FRSyn left out"));
    MetricRequest request;
    request.metrics = {"FRDist"};
    EXPECT_NE(refusal(inputs, request).find("FRDist needs the real listeners"), std::string::npos);
    request.metrics = {"FRDst"};
    EXPECT_NE(refusal(inputs, request).find("Did you mean FRD"), std::string::npos);
    inputs.clips = 3;
    EXPECT_NE(refusal(inputs), "");
}

TEST(MetricSuite, EveryMetricIsDescribed) {
    ASSERT_EQ(metricCatalogue().size(), 6u);
    for (const MetricInfo& info : metricCatalogue()) {
        EXPECT_FALSE(info.definition.empty());
        EXPECT_FALSE(info.range.empty());
        EXPECT_FALSE(info.quirks.empty());
        EXPECT_FALSE(info.fixes.empty());
        EXPECT_EQ(info.arrow, info.higherIsBetter ? "↑" : "↓");
    }
}

TEST(MetricSuite, CancellingStops) {
    const MadeSet set(3, 2, 50, 11);
    JobContext job;
    job.requestCancel();
    EXPECT_THROW(evaluate(set.inputs(), {}, job), Cancelled);
}

TEST(MetricSuite, TheBenchMeasuresEverything) {
    MetricBenchOptions options;
    options.clips = 4;
    options.samples = 2;
    options.neighbours = 3;
    options.frames = 80;
    options.grown = 6;
    options.repeats = 1;
    JobContext job;
    const MetricBench bench = benchMetrics(options, job);
    EXPECT_EQ(bench.seconds.size(), 7u); // six and FRSyn of all predictions
    for (const auto& [name, seconds] : bench.seconds) EXPECT_GT(seconds, 0) << name;
    EXPECT_NEAR(bench.boundedShare + bench.abandonedShare + bench.computedShare, 1, 1e-12);
    EXPECT_GT(bench.copyGBs, 0);
    EXPECT_GT(bench.peakGops, 0);
    EXPECT_GT(bench.rooflineMsPerPair, bench.rooflineRunsMsPerPair);
    const BenchSet small = makeBenchSet(4, options), large = makeBenchSet(6, options);
    EXPECT_TRUE(std::equal(small.targets.begin(), small.targets.end(), large.targets.begin()));
}

TEST(MetricSuite, TheGpuGivesTheBitsOfTheCpu) {
    const MadeSet set(5, 3, 130, 12);
    MetricRequest request;
    request.metrics = {"FRDist"};
    const MetricReport cpu = run(set.inputs(), request);
    request.device = "cuda";
    std::string why;
    if (!cudaPluginWorks(&why)) {
        EXPECT_NE(refusal(set.inputs(), request).find(why), std::string::npos); // a sentence, not a crash
        GTEST_SKIP() << "no GPU here: " << why;
    }
    EXPECT_TRUE(same(cpu, run(set.inputs(), request)));
    request.device = "abacus";
    EXPECT_NE(refusal(set.inputs(), request).find("abacus"), std::string::npos);
}
