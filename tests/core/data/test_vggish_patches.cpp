// The log-mel patches of VGGish against plain sums, against an independent program, and by their properties.
#include <gtest/gtest.h>

#include <cmath>
#include <complex>
#include <numbers>

#include "core/api/error.h"
#include "core/data/golden.h"
#include "core/data/real_fft.h"
#include "core/data/vggish_patches.h"

namespace emc {
namespace {

// (0.05 + 0.1 (floor(i / 700) mod 3)) v, single precision; v as golden/README.md fills it.
std::vector<float> steppedNoise(std::size_t count) {
    const std::uint64_t hash = fillHash("x", "vggish");
    std::vector<float> x(count);
    for (std::size_t i = 0; i < count; ++i)
        x[i] = static_cast<float>((2 * fillU(hash, i) - 1) * (.05 + .1 * static_cast<double>((i / 700) % 3)));
    return x;
}

double at(const std::vector<double>& patches, int patch, int row, int band) {
    return patches[static_cast<std::size_t>((patch * kVggishRows + row) * kVggishBands + band)];
}

double mel(double hz) {
    return 1127 * std::log(1 + hz / 700);
}

// One number by the definition: a discrete Fourier sum and a triangle.
double slow(std::span<const float> mono, int patch, int row, int band) {
    const std::size_t begin = static_cast<std::size_t>(patch * 96 + row) * 10;
    const double step = (mel(7500) - mel(125)) / 65, left = mel(125) + band * step, right = left + 2 * step;
    double sum = 0;
    for (int k = 1; k <= 512; ++k) {
        const double m = mel(k * 24000. / 1024), weight = std::min(m - left, right - m) / step;
        if (weight <= 0) continue;
        std::complex<double> x = 0;
        for (int i = 0; i < 600; ++i)
            x += static_cast<double>(mono[begin + static_cast<std::size_t>(i)]) *
                 (.5 - .5 * std::cos(2 * std::numbers::pi * i / 600)) *
                 std::polar(1., -2 * std::numbers::pi * i * k / 1024);
        sum += weight * std::abs(x);
    }
    return std::log(sum + .01);
}

TEST(RealFft, EqualsTheSum) {
    for (const std::size_t n : {4u, 8u, 64u}) {
        std::vector<double> x(n), power(n / 2);
        for (std::size_t i = 0; i < n; ++i) x[i] = std::sin(1.7 * static_cast<double>(i * i)) + .1;
        std::vector<std::complex<double>> work;
        RealFft(n).power(x, power, work);
        for (std::size_t k = 0; k < n / 2; ++k) {
            std::complex<double> sum = 0;
            for (std::size_t i = 0; i < n; ++i)
                sum +=
                    x[i] * std::polar(1., -2 * std::numbers::pi * static_cast<double>(i * k) / static_cast<double>(n));
            EXPECT_NEAR(power[k], std::norm(sum), 1e-12) << n << " " << k;
        }
    }
}

TEST(VggishPatches, EqualPlainSums) {
    const std::vector<float> x = steppedNoise(2 * 960 + 600);
    const VggishPatches patches(x, kVggishRateHz);
    ASSERT_EQ(patches.count(), 2);
    const std::vector<double> all = patches.logMel(0, 2);
    for (const int patch : {0, 1})
        for (const int row : {0, 7, 95})
            for (const int band : {0, 1, 17, 40, 63})
                EXPECT_NEAR(at(all, patch, row, band), slow(x, patch, row, band), 1e-11);
}

// Recorded with NumPy 2.4 (numpy.fft.rfft, the mel matrix written anew).
TEST(VggishPatches, EqualAnIndependentProgram) {
    const std::vector<float> x = steppedNoise(4200);
    const std::vector<double> all = VggishPatches(x, kVggishRateHz).logMel(0, 3);
    EXPECT_NEAR(at(all, 0, 0, 0), -0.1794337469412577, 1e-11);
    EXPECT_NEAR(at(all, 0, 0, 1), -0.7420170807922611, 1e-11);
    EXPECT_NEAR(at(all, 0, 95, 63), 2.1700928832511086, 1e-11);
    EXPECT_NEAR(at(all, 1, 10, 32), 1.8431557577132462, 1e-11);
    EXPECT_NEAR(at(all, 2, 0, 0), 0.6021926422176131, 1e-11);
    EXPECT_NEAR(at(all, 2, 50, 20), 0.48729934920820633, 1e-11);
    double sum = 0, squares = 0;
    for (const double value : all) sum += value, squares += value * value;
    EXPECT_NEAR(sum, 22357.026579713514, 1e-6);
    EXPECT_NEAR(squares, 44655.8068971974, 1e-6);
}

TEST(VggishPatches, OneForEveryVideoFrameThatTheSoundFills) {
    EXPECT_EQ(vggishPatchCount(720000), 749); // 30 s
    EXPECT_EQ(vggishPatchCount(960 - 10 + 600), 1);
    EXPECT_EQ(vggishPatchCount(960 - 10 + 599), 0);
    EXPECT_EQ(vggishPatchCount(599), 0);
    EXPECT_EQ(vggishPatchCount(0), 0);
    const std::vector<float> x = steppedNoise(3 * 960 + 600);
    const std::vector<double> all = VggishPatches(x, kVggishRateHz).logMel(0, 3),
                              part = VggishPatches(x, kVggishRateHz).logMel(1, 2),
                              later = VggishPatches(std::span(x).subspan(960), kVggishRateHz).logMel(0, 1);
    EXPECT_TRUE(std::equal(part.begin(), part.end(), all.begin() + 96 * 64));
    EXPECT_EQ(part, later);
    EXPECT_THROW(VggishPatches(x, 44100), Error);
    EXPECT_THROW(VggishPatches(x, kVggishRateHz).logMel(0, 4), Error);
}

TEST(VggishPatches, SilenceAndATone) {
    const std::vector<float> silence(2000);
    for (const double value : VggishPatches(silence, kVggishRateHz).logMel(0, 1)) EXPECT_EQ(value, std::log(.01));
    std::vector<float> tone(2000);
    for (std::size_t i = 0; i < tone.size(); ++i)
        tone[i] = static_cast<float>(std::sin(2 * std::numbers::pi * 1000 * static_cast<double>(i) / kVggishRateHz));
    const std::vector<double> row = VggishPatches(tone, kVggishRateHz).logMel(0, 1);
    const auto loudest = std::max_element(row.begin(), row.begin() + 64) - row.begin();
    EXPECT_NEAR(mel(125) + static_cast<double>(loudest + 1) * (mel(7500) - mel(125)) / 65, mel(1000),
                (mel(7500) - mel(125)) / 65);
}

} // namespace
} // namespace emc
