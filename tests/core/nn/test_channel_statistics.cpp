// Passes over planes equal the plain operations, whatever the sizes, chunks and threads.
#include <gtest/gtest.h>
#include <torch/torch.h>

#include "core/nn/channel_statistics.h"

namespace emc {
namespace {

torch::Tensor planes(std::vector<int64_t> shape, uint64_t seed) {
    auto generator = at::make_generator<at::CPUGeneratorImpl>(seed);
    // Means far from zero beside small spreads: what naive sums of squares would lose.
    const torch::Tensor offset = torch::randn({1, shape[1], 1, 1}, generator) * 100;
    return torch::randn(shape, generator) + offset;
}

class ChannelStatisticsOfSizes : public testing::TestWithParam<std::pair<int, int>> {};

TEST_P(ChannelStatisticsOfSizes, EqualThePlainOperations) {
    const auto [height, width] = GetParam();
    const torch::Tensor x = planes({5, 3, height, width}, 3), y = planes({2, 3, height, width}, 3);
    ChannelStatistics fast, slow;
    const torch::Tensor pooled = fast.addPooled(x);
    fast.add(y);
    slow.addPlain(x);
    slow.addPlain(y);
    EXPECT_TRUE(torch::equal(pooled, torch::max_pool2d(x, 3, 2)));
    const torch::Tensor expected = slow.rectifiedPlain(x), got = fast.rectified(x.clone());
    EXPECT_GT(expected.max().item<float>(), .5f);
    EXPECT_EQ(expected.min().item<float>(), 0.f);
    EXPECT_LT((got - expected).abs().max().item<float>(), 3e-5f);
}

INSTANTIATE_TEST_SUITE_P(Sizes, ChannelStatisticsOfSizes,
                         testing::Values(std::pair(32, 32), std::pair(3, 3), std::pair(7, 5), std::pair(16, 33),
                                         std::pair(4, 19)));

TEST(ChannelStatistics, MomentsAreThoseOfEverythingInDouble) {
    const torch::Tensor x = planes({6, 4, 9, 11}, 5);
    ChannelStatistics statistics;
    for (int64_t i = 0; i < 6; i += 2) statistics.add(x.narrow(0, i, 2));
    const torch::Tensor whole = x.to(torch::kFloat64);
    const auto [variance, mean] = torch::var_mean(whole, {0, 2, 3}, false, true);
    const torch::Tensor expected = torch::relu((whole - mean) * torch::rsqrt(variance + 1e-5));
    EXPECT_LT((statistics.rectified(x.clone()).to(torch::kFloat64) - expected).abs().max().item<double>(), 3e-5);
}

TEST(ChannelStatistics, ThreadsDoNotShow) {
    const torch::Tensor x = planes({4, 7, 13, 13}, 9);
    std::vector<torch::Tensor> results;
    const int before = at::get_num_threads();
    for (const int threads : {1, 2}) {
        at::set_num_threads(threads);
        ChannelStatistics statistics;
        statistics.addPooled(x);
        results.push_back(statistics.rectified(x.clone()));
    }
    at::set_num_threads(before);
    EXPECT_TRUE(torch::equal(results[0], results[1]));
}

TEST(ChannelStatistics, LayoutsThatAreNotPlanesGoTheSlowWay) {
    const torch::Tensor x = planes({2, 3, 8, 8}, 11), last = x.contiguous(torch::MemoryFormat::ChannelsLast);
    ChannelStatistics fast, other;
    const torch::Tensor a = fast.addPooled(x), b = other.addPooled(last);
    EXPECT_TRUE(torch::equal(a, b));
    EXPECT_LT((fast.rectified(x.clone()) - other.rectified(last)).abs().max().item<float>(), 3e-5f);
}

} // namespace
} // namespace emc
