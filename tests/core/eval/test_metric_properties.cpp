// What must hold for any numbers: pruning, threads and instruction sets never change a bit; the fast path stays within
// its bound of the plain twin; a cache equals a full computation.
#include <gtest/gtest.h>

#include <limits>

#include "core/api/error.h"
#include "core/eval/metric_cache.h"
#include "tests/core/eval/made_set.h"

using namespace emc;
using emc::test::MadeSet;
using emc::test::same;

namespace {

MetricReport run(const MetricInputs& inputs, MetricRequest request = {}) {
    JobContext job;
    return evaluate(inputs, request, job);
}

MetricRequest on(SimdLevel level) {
    MetricRequest request;
    request.simd = level;
    return request;
}

// Some sets have ties, equal frames, equal clips, other lengths, or a clip that does not move.
MadeSet awkward(unsigned seed) {
    std::mt19937 generator(seed);
    const auto below = [&](int n) { return static_cast<int>(generator() % static_cast<unsigned>(n)); };
    MadeSet set(2 + below(6), 1 + below(4), 2 + below(seed % 3 == 0 ? 20 : 180), seed);
    if (seed % 4 == 1) {
        std::copy_n(set.target(0), set.frames * 25, set.target(1));
        std::copy_n(set.prediction(0, 0), set.frames * 25, set.prediction(1, 0));
        std::fill(set.neighbours.begin(), set.neighbours.end(), 1);
    }
    if (seed % 4 == 2) std::fill_n(set.prediction(0, 0), set.frames * 25, 0.3f);
    if (seed % 5 == 3) std::copy_n(set.target(0), set.frames * 25, set.prediction(0, 0));
    if (seed % 5 == 4)
        for (int n = 0; n < set.clips; ++n) set.lengths.push_back(1 + below(set.frames));
    if (seed % 7 == 6) // values that only double precision can hold apart
        for (float& value : set.predictions) value = value * 1e20f;
    if (seed % 11 == 5) std::fill_n(set.neighbours.begin(), set.clips, 0); // clip 0 has no listener
    return set;
}

} // namespace

TEST(MetricProperties, PruningAndInstructionSetsAndThreadsNeverChangeABit) {
    long bounded = 0, abandoned = 0;
    for (unsigned seed = 0; seed < 60; ++seed) {
        const MadeSet set = awkward(seed);
        MetricRequest whole = on(SimdLevel::Portable);
        whole.prune = false;
        whole.threads = 1;
        const MetricReport plain = run(set.inputs(), whole);
        for (SimdLevel level : simdLevels())
            for (int threads : {1, 3}) {
                MetricRequest request = on(level);
                request.threads = threads;
                const MetricReport report = run(set.inputs(), request);
                EXPECT_TRUE(same(plain, report)) << "seed " << seed << ", " << simdName(level) << ", " << threads;
                bounded += report.dist.bounded;
                abandoned += report.dist.abandoned;
            }
    }
    EXPECT_GT(bounded, 0); // otherwise nothing was pruned and nothing was shown
    EXPECT_GT(abandoned, 0);
}

TEST(MetricProperties, LongClipsPruneWithoutChange) {
    for (unsigned seed : {1u, 2u}) {
        const MadeSet set(4, 3, 420, 100 + seed);
        MetricRequest request, whole;
        whole.prune = false;
        request.metrics = whole.metrics = {"FRDist"};
        const MetricReport pruned = run(set.inputs(), request), full = run(set.inputs(), whole);
        EXPECT_TRUE(same(pruned, full));
        EXPECT_EQ(full.dist.computed, full.dist.pairs);
        EXPECT_LT(pruned.dist.computed, pruned.dist.pairs);
    }
}

TEST(MetricProperties, TheFastPathStaysWithinItsBoundOfTheTwin) {
    for (unsigned seed = 0; seed < 40; ++seed) {
        MadeSet set = awkward(seed);
        if (!set.lengths.empty() || seed % 11 == 5) continue; // the twins know neither
        const MetricReport report = run(set.inputs());
        const auto value = [&](const char* name, MetricVariant variant = MetricVariant::Fixed) {
            return report.find(name, variant)->value;
        };
        const auto near = [&](double a, double b) { return std::abs(a - b) <= 1e-12 * std::max(1.0, std::abs(b)); };
        // FRCorr, FRDist and FRVar do the same operations in the same order.
        const FrCorr corr = frCorr(set.inputs());
        EXPECT_EQ(value("FRCorr"), corr.value);
        EXPECT_EQ(report.find("FRCorr", MetricVariant::Official)->perSample, corr.best);
        const FrDist dist = frDist(set.inputs());
        EXPECT_EQ(value("FRDist"), dist.value);
        EXPECT_EQ(report.find("FRDist", MetricVariant::Fixed)->perSample, dist.best);
        EXPECT_EQ(report.find("FRDist", MetricVariant::Fixed)->neighbour, dist.neighbour);
        EXPECT_EQ(value("FRVar"), frVar(set.inputs()));
        EXPECT_PRED2(near, value("FRDiv"), frDiv(set.inputs()));
        EXPECT_PRED2(near, value("FRDvs"), frDvs(set.inputs()));
        const FrSyn syn = frSyn(set.inputs());
        EXPECT_EQ(value("FRSyn", MetricVariant::Official), syn.value) << seed;
        EXPECT_TRUE(same(value("FRSyn"), syn.fixed)) << seed;
        EXPECT_TRUE(same(report.find("FRSyn", MetricVariant::Fixed)->perSample, syn.bestLags)) << seed;
        EXPECT_EQ(report.nanClips, syn.nanClips);
    }
}

TEST(MetricProperties, ACacheEqualsTheFullComputation) {
    for (unsigned seed : {0u, 1u, 4u, 9u}) {
        MadeSet set = awkward(seed);
        MetricCache cache({});
        JobContext job;
        EXPECT_TRUE(same(cache.update(set.inputs(), job), run(set.inputs())));
        EXPECT_EQ(cache.changedPredictions(), set.clips * set.samples);
        cache.update(set.inputs(), job);
        EXPECT_EQ(cache.changedPredictions() + cache.changedTargets() + cache.changedSpeakers(), 0);
        EXPECT_EQ(cache.recomputedSamples(), 0);
        for (int step = 0; step < 8; ++step) {
            const int n = set.below(set.clips), k = set.below(set.samples);
            const int at = set.below(set.lengths.empty() ? set.frames : set.lengths[static_cast<std::size_t>(n)]) * 25;
            if (step % 4 == 0) set.prediction(n, k)[at] += 0.25f;
            if (step % 4 == 1) set.target(n)[at + 16] -= 0.25f;
            if (step % 4 == 2) set.speaker(n)[at + 3] += 0.5f;
            if (step % 4 == 3) set.neighbours[static_cast<std::size_t>(n * set.clips)] ^= 1;
            EXPECT_TRUE(same(cache.update(set.inputs(), job), run(set.inputs()))) << "seed " << seed << " " << step;
            if (step % 4 == 0) {
                EXPECT_EQ(cache.changedPredictions(), 1);
                EXPECT_EQ(cache.recomputedSamples(), 1);
            }
            if (step % 4 == 2) { EXPECT_EQ(cache.recomputedSamples(), 0); }
        }
        set.prediction(0, 0)[0] = std::numeric_limits<float>::quiet_NaN();
        EXPECT_THROW(cache.update(set.inputs(), job), Error);
        set.prediction(0, 0)[0] = 0;
        EXPECT_TRUE(same(cache.update(set.inputs(), job), run(set.inputs()))); // and it recovers
    }
}

TEST(MetricProperties, KernelsOfEveryLevelGiveTheSameBits) {
    std::mt19937 generator(3);
    const auto unit = [&] { return static_cast<double>(generator() >> 8) * 0x1p-24; };
    for (int round = 0; round < 40; ++round) {
        const int count = 1 + static_cast<int>(unit() * 200), lags = 99;
        std::vector<float> x(static_cast<std::size_t>(count)), y(x.size());
        for (float& v : x) v = static_cast<float>(unit() - 0.5);
        for (float& v : y) v = static_cast<float>(unit() - 0.5);
        std::vector<double> wide(static_cast<std::size_t>(count + 300)), narrow(x.begin(), x.end());
        for (double& v : wide) v = unit();
        std::vector<float> rows = x; // three of them
        rows.insert(rows.end(), y.begin(), y.end());
        rows.insert(rows.end(), x.rbegin(), x.rend());
        std::vector<double> firstSum, firstLags;
        std::vector<float> firstExcess;
        for (SimdLevel level : simdLevels()) {
            const MetricKernels& kernels = metricKernels(level);
            std::vector<double> sum(x.size(), 0.5), squares(x.size(), 0.25), products(128);
            std::vector<float> excess(x.size(), 0);
            kernels.accumulate(rows.data(), count, 3, y.data(), count, sum.data(), squares.data());
            sum.insert(sum.end(), squares.begin(), squares.end());
            kernels.lagProducts(wide.data(), narrow.data(), count, lags, products.data());
            products.resize(lags);
            kernels.excess(x.data(), count, -0.2f, 0.1f, excess.data());
            EXPECT_TRUE(kernels.finite(x.data(), count));
            std::vector<float> odd = x;
            odd[static_cast<std::size_t>(unit() * count)] =
                unit() < 0.5 ? std::numeric_limits<float>::quiet_NaN() : -std::numeric_limits<float>::infinity();
            EXPECT_FALSE(kernels.finite(odd.data(), count));
            if (level == simdLevels().front()) firstSum = sum, firstLags = products, firstExcess = excess;
            EXPECT_EQ(sum, firstSum);
            EXPECT_EQ(products, firstLags);
            EXPECT_EQ(excess, firstExcess);
        }
        double plain = 0.5;
        for (int r = 0; r < 3; ++r) {
            const auto at = static_cast<std::size_t>(r * count + count / 2);
            plain += static_cast<double>(rows[at]) - y[static_cast<std::size_t>(count / 2)];
        }
        EXPECT_EQ(firstSum[static_cast<std::size_t>(count / 2)], plain);
        double direct = 0;
        for (int t = 0; t < count; ++t)
            direct += wide[static_cast<std::size_t>(t + 7)] * narrow[static_cast<std::size_t>(t)];
        EXPECT_EQ(firstLags[7], direct);
    }
}
