// The own rasteriser against its slow twin, VTK on OpenGL, and against answers that are known without any.
#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <limits>
#include <numeric>
#include <thread>

#include "core/api/error.h"
#include "core/render/gl_context.h"
#include "core/render/head_raster.h"
#include "core/render/head_renderer.h"

using namespace emc;
using Bytes = std::vector<std::uint8_t>;
using Coeffs = std::array<float, kCoeffDims>;

namespace {

constexpr int kW = 150, kH = 190; // no multiple of anything

// One pixel = one centimetre at the depth of z = 0; the middle of the picture is x = y = 0.
HeadView plainView(int height) {
    HeadView view;
    view.halfLens = std::atan(.5 * height / 100);
    view.distance = 100, view.eye = {0, 0, 100};
    view.axes = {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}};
    view.near = 5, view.far = 200;
    return view;
}
Bytes plain(const std::vector<float>& xyz, const std::vector<std::int32_t>& triangles,
            const std::vector<std::uint8_t>& rgba, int width, int height, bool smoothEdges = false) {
    HeadRaster raster;
    raster.place(plainView(height), xyz, triangles, width, height);
    Bytes rgb;
    raster.fill(rgba, {1, 2, 3}, rgb, smoothEdges);
    return rgb;
}
int painted(const Bytes& rgb) {
    int count = 0;
    for (std::size_t i = 0; i < rgb.size(); i += 3) count += rgb[i] != 1 || rgb[i + 1] != 2 || rgb[i + 2] != 3;
    return count;
}

struct Difference {
    int largest = 0;
    double share = 0; // of the pixels, more than one step
};
Difference difference(const Bytes& a, const Bytes& b) {
    Difference d;
    for (std::size_t i = 0; i < a.size(); i += 3) {
        int most = 0;
        for (std::size_t c = 0; c < 3; ++c) most = std::max(most, std::abs(a[i + c] - b[i + c]));
        d.largest = std::max(d.largest, most), d.share += most > 1;
    }
    d.share /= double(a.size()) / 3;
    return d;
}

} // namespace

TEST(HeadRaster, DrawsThePictureOfItsSlowTwin) {
    std::unique_ptr<HeadRenderer> slow;
    try {
        slow = std::make_unique<HeadRenderer>(kW, kH, nullptr, HeadDrawing::Vtk);
    } catch (const Error& error) { GTEST_SKIP() << error.what(); }
    if (!slow->software()) GTEST_SKIP() << slow->device() << " smooths edges";
    HeadRenderer fast(kW, kH, nullptr, HeadDrawing::Raster);
    Coeffs talking{};
    for (std::size_t k = 0; k < kShapeDims; ++k) talking[k] = static_cast<float>(.3 + .3 * std::sin(1.3 * double(k)));
    talking[52] = .1f, talking[53] = -.4f, talking[54] = .2f;
    std::vector<RenderStyle> styles(7);
    styles[1].camera = HeadCamera::profile();
    styles[2].camera = {.azimuth = -25, .elevation = 20, .zoom = 1.4, .shiftX = 2, .shiftY = -1, .roll = 30};
    styles[3].camera = {.azimuth = 160, .elevation = -30};
    styles[4].camera = {.zoom = 6, .shiftY = 3}, styles[4].background = {250, 240, 10};
    styles[5].heatMap = true;
    styles[6].still = true, styles[6].skin = {.6f, .55f, .5f}, styles[6].warmth = .5;
    for (std::size_t s = 0; s < styles.size(); ++s) {
        styles[s].smoothEdges = false; // OpenGL in software does not
        Bytes a, b;
        slow->render(talking, styles[s], a), fast.render(talking, styles[s], b);
        ASSERT_EQ(a.size(), b.size());
        const Difference d = difference(a, b);
        // Colours are rounded in another order. Where two corners fall on the two sides of a sub-pixel, one pixel of an
        // outline may go to its neighbour: none does today, a few per picture would do no harm.
        EXPECT_LT(d.share, 2e-4) << "style " << s << ", largest " << d.largest;
    }
}

TEST(HeadRaster, ASquareCoversItsPixelsOnce) {
    // Both triangles share a diagonal that runs through centres of pixels, and the outer edges lie on centres as well:
    // every centre belongs to exactly one triangle, and of two opposite edges one keeps its centres.
    const std::vector<float> xyz = {-5, -5, 0, 5, -5, 0, 5, 5, 0, -5, 5, 0};
    const std::vector<std::int32_t> triangles = {0, 1, 2, 0, 2, 3};
    const Bytes rgb = plain(xyz, triangles, Bytes(16, 200), 31, 31);
    EXPECT_EQ(painted(rgb), 100);
    const Bytes first = plain(xyz, {0, 1, 2}, Bytes(16, 200), 31, 31),
                second = plain(xyz, {0, 2, 3}, Bytes(16, 200), 31, 31);
    EXPECT_EQ(painted(first) + painted(second), 100);
}

TEST(HeadRaster, SmoothEdgesShowHowMuchOfAPixelIsCovered) {
    // Ends a quarter and five eighths into the pixels at its sides, and at the border of pixels above and below.
    const Bytes rgb = plain({-4.75f, -4.5f, 0, 5.125f, -4.5f, 0, 5.125f, 4.5f, 0, -4.75f, 4.5f, 0}, {0, 1, 2, 0, 2, 3},
                            Bytes(16, 201), 31, 31, true);
    const auto at = [&](int x, int y) { return int(rgb[(std::size_t(15 - y) * 31 + std::size_t(x + 15)) * 3]); };
    for (int y = -4; y <= 4; ++y) {
        EXPECT_EQ(at(-6, y), 1);
        EXPECT_NEAR(at(-5, y), 1 + 200 * .25, 200 / 16. + 1) << y;
        EXPECT_NEAR(at(5, y), 1 + 200 * .625, 200 / 16. + 1) << y;
        EXPECT_EQ(at(6, y), 1);
        for (int x = -4; x <= 4; ++x) EXPECT_EQ(at(x, y), 201) << x << " " << y;
    }
    for (int x = -6; x <= 6; ++x) {
        EXPECT_EQ(at(x, 5), 1);
        EXPECT_EQ(at(x, -5), 1);
    }
}

TEST(HeadRaster, SmoothEdgesComeCloseToManySamplesEverywhere) {
    constexpr int kFine = 6;
    HeadRenderer renderer(kW, kH, nullptr, HeadDrawing::Raster);
    Coeffs coeffs{};
    coeffs[static_cast<std::size_t>(shapeIndex("jawOpen"))] = .5f, coeffs[53] = .3f;
    RenderStyle style;
    Bytes smooth, hard, large;
    renderer.render(coeffs, style, smooth);
    style.smoothEdges = false;
    renderer.render(coeffs, style, hard);
    renderer.resize(kW * kFine, kH * kFine);
    renderer.render(coeffs, style, large);
    double away[2] = {}, edges = 0, farAway = 0;
    for (int y = 0; y < kH; ++y)
        for (int x = 0; x < kW; ++x)
            for (int c = 0; c < 3; ++c) {
                int sum = 0, least = 255, most = 0;
                for (int j = 0; j < kFine; ++j)
                    for (int i = 0; i < kFine; ++i) {
                        const int value = large[std::size_t((y * kFine + j) * kW * kFine + x * kFine + i) * 3 + c];
                        sum += value, least = std::min(least, value), most = std::max(most, value);
                    }
                if (most - least < 60) continue; // no edge runs through this pixel
                const double wanted = double(sum) / (kFine * kFine);
                const std::size_t at = std::size_t(y * kW + x) * 3 + std::size_t(c);
                away[0] += std::abs(hard[at] - wanted), away[1] += std::abs(smooth[at] - wanted);
                farAway += std::abs(smooth[at] - wanted) > 40;
                ++edges;
            }
    ASSERT_GT(edges, 1000);
    EXPECT_LT(away[1], .35 * away[0]) << "mean " << away[1] / edges << " against " << away[0] / edges;
    EXPECT_LT(farAway / edges, .02);
}

TEST(HeadRaster, SmoothEdgesLeaveTheRestAsItIs) {
    HeadRenderer renderer(kW, kH, nullptr, HeadDrawing::Raster);
    RenderStyle style;
    Bytes smooth, hard;
    renderer.render(Coeffs{}, style, smooth);
    style.smoothEdges = false;
    renderer.render(Coeffs{}, style, hard);
    int changed = 0;
    for (std::size_t i = 0; i < hard.size(); i += 3)
        changed += hard[i] != smooth[i] || hard[i + 1] != smooth[i + 1] || hard[i + 2] != smooth[i + 2];
    EXPECT_GT(changed, kW + kH);
    EXPECT_LT(changed, kW * kH / 8);
}

TEST(HeadRaster, TheBackgroundShowsOnlyAroundTheHead) {
    HeadRenderer renderer(kW, kH, nullptr, HeadDrawing::Raster);
    for (const float smile : {0.f, .5f}) {
        Coeffs coeffs{};
        coeffs[static_cast<std::size_t>(shapeIndex("mouthSmileLeft"))] = smile;
        Bytes pictures[2][2]; // edges hard or smooth; on black, on white
        for (const int smooth : {0, 1})
            for (const int white : {0, 1}) {
                RenderStyle style;
                style.smoothEdges = smooth;
                style.background.fill(white ? 255 : 0);
                renderer.render(coeffs, style, pictures[smooth][white]);
            }
        const auto differs = [&](int smooth, int x, int y) {
            const std::size_t at = std::size_t(y * kW + x) * 3;
            return !std::equal(&pictures[smooth][0][at], &pictures[smooth][0][at] + 3, &pictures[smooth][1][at]);
        };
        for (int y = 1; y + 1 < kH; ++y)
            for (int x = 1; x + 1 < kW; ++x) {
                bool near = false;
                for (int j = -1; j <= 1; ++j)
                    for (int i = -1; i <= 1; ++i) near |= differs(0, x + i, y + j);
                if (!near) { EXPECT_FALSE(differs(1, x, y)) << x << " " << y << ", smile " << smile; }
            }
    }
}

TEST(HeadRaster, TheRowOnTopIsTheUpperOne) {
    const Bytes rgb = plain({-5, 3, 0, 5, 3, 0, 0, 9, 0}, {0, 1, 2}, Bytes(12, 90), 21, 21);
    const auto rows = [&](int from, int to) { return painted(Bytes(rgb.begin() + from * 63, rgb.begin() + to * 63)); };
    EXPECT_GT(rows(0, 10), 10);
    EXPECT_EQ(rows(10, 21), 0);
}

TEST(HeadRaster, NearerOnesHideAndBacksAreNotDrawn) {
    const std::vector<float> xyz = {-5, -5, 0, 5, -5, 0, 0, 5, 0, -5, -5, 9, 5, -5, 9, 0, 5, 9};
    Bytes rgba(24, 10);
    std::fill(rgba.begin() + 12, rgba.end(), std::uint8_t{220});
    const auto middle = [](const Bytes& rgb) { return int(rgb[(10 * 21 + 10) * 3]); };
    EXPECT_EQ(middle(plain(xyz, {0, 1, 2, 3, 4, 5}, rgba, 21, 21)), 220);
    EXPECT_EQ(middle(plain(xyz, {3, 4, 5, 0, 1, 2}, rgba, 21, 21)), 220) << "the order plays no part";
    EXPECT_EQ(middle(plain(xyz, {0, 1, 2, 3, 5, 4}, rgba, 21, 21)), 10);
}

TEST(HeadRaster, ColoursChangeEvenlyAlsoOverLargeTriangles) {
    // 400 pixels wide: the way with 64-bit areas; the same triangle at a tenth takes the 32-bit way.
    const Bytes rgba = {0, 0, 0, 0, 250, 0, 0, 0, 250, 250, 0, 0, 0, 250, 0, 0};
    for (const int size : {40, 400}) {
        const float h = float(size) / 2;
        const Bytes rgb = plain({-h, -h, 0, h, -h, 0, h, h, 0, -h, h, 0}, {0, 1, 2, 0, 2, 3}, rgba, size, size);
        for (int y = 0; y < size; ++y)
            for (int x = 0; x < size; ++x) {
                const std::uint8_t* p = rgb.data() + (std::size_t(y) * std::size_t(size) + std::size_t(x)) * 3;
                ASSERT_NEAR(p[0], 250 * (x + .5) / size, 1) << x << " " << y;
                ASSERT_NEAR(p[1], 250 * (size - y - .5) / size, 1) << x << " " << y;
            }
    }
}

TEST(HeadRaster, HostileCornersAreLeftOut) {
    const float nan = std::numeric_limits<float>::quiet_NaN(), inf = std::numeric_limits<float>::infinity();
    for (const float bad : {nan, inf, -inf, 1e30f, -1e30f})
        for (std::size_t i = 0; i < 9; ++i) {
            std::vector<float> xyz = {-5, -5, 0, 5, -5, 0, 0, 5, 0};
            xyz[i] = bad;
            EXPECT_EQ(painted(plain(xyz, {0, 1, 2}, Bytes(12, 90), 21, 21)), 0) << bad << " at " << i;
        }
    EXPECT_EQ(painted(plain({-5, -5, 99, 5, -5, 99, 0, 5, 99}, {0, 1, 2}, Bytes(12, 90), 21, 21)), 0) << "at the eye";
    HeadRenderer renderer(64, 64, nullptr, HeadDrawing::Raster);
    RenderStyle style;
    Bytes rgb;
    for (const double bad : {double(nan), double(inf), 1e300, -1e9}) {
        style.camera = {.azimuth = bad, .elevation = bad, .zoom = bad, .shiftX = bad, .shiftY = bad, .roll = bad};
        renderer.render(Coeffs{}, style, rgb);
        EXPECT_EQ(rgb.size(), 64u * 64 * 3);
    }
}

TEST(HeadRaster, SeveralThreadsDrawAtTheSameTime) {
    Bytes alone;
    HeadRenderer(64, 80, nullptr, HeadDrawing::Raster).render(Coeffs{}, {}, alone);
    std::array<Bytes, 3> pictures;
    std::vector<std::thread> threads;
    for (Bytes& picture : pictures)
        threads.emplace_back([&picture] {
            HeadRenderer renderer(64, 80, nullptr, HeadDrawing::Raster);
            for (int i = 0; i < 5; ++i) renderer.render(Coeffs{}, {}, picture);
        });
    for (std::thread& thread : threads) thread.join();
    for (const Bytes& picture : pictures) EXPECT_EQ(picture, alone);
}

TEST(HeadRaster, IsWhatDrawsWithoutAGpu) {
    if (GlContext::anyGpu()) GTEST_SKIP() << "there is a GPU";
    EXPECT_EQ(HeadRenderer(32, 32).device(), HeadRenderer(32, 32, nullptr, HeadDrawing::Raster).device());
}
