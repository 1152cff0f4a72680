#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <thread>

#include "core/api/error.h"
#include "core/render/head_renderer.h"
#include "core/render/render_bench.h"

using namespace emc;
using Coeffs = std::array<float, kCoeffDims>;
using Bytes = std::vector<std::uint8_t>;

namespace {

constexpr int kW = 160, kH = 210;

HeadRenderer& renderer() {
    static HeadRenderer one(kW, kH);
    return one;
}
Bytes picture(const Coeffs& coeffs = {}, const RenderStyle& style = {}, std::span<const float> reference = {}) {
    Bytes rgb;
    renderer().resize(kW, kH);
    renderer().render(coeffs, style, rgb, reference);
    return rgb;
}
Coeffs with(std::initializer_list<std::pair<const char*, float>> weights) {
    Coeffs coeffs{};
    for (const auto& [name, weight] : weights) coeffs[static_cast<std::size_t>(shapeIndex(name))] = weight;
    return coeffs;
}
bool isBackground(const Bytes& rgb, int x, int y, const RenderStyle& style = {}) {
    const std::uint8_t* p = rgb.data() + (static_cast<std::size_t>(y) * kW + x) * 3;
    return p[0] == style.background[0] && p[1] == style.background[1] && p[2] == style.background[2];
}
// Changed pixels in a band of rows, as a share of the band.
double changed(const Bytes& a, const Bytes& b, double top, double bottom) {
    const auto from = static_cast<std::size_t>(top * kH) * kW, to = static_cast<std::size_t>(bottom * kH) * kW;
    double count = 0;
    for (std::size_t i = from; i < to; ++i)
        if (std::abs(a[i * 3] - b[i * 3]) + std::abs(a[i * 3 + 1] - b[i * 3 + 1]) +
                std::abs(a[i * 3 + 2] - b[i * 3 + 2]) >
            24)
            ++count;
    return count / double(to - from);
}

} // namespace

TEST(HeadRenderer, TheHeadIsInsideThePicture) {
    const Bytes rgb = picture();
    ASSERT_EQ(rgb.size(), std::size_t(kW) * kH * 3);
    for (int x = 0; x < kW; ++x) EXPECT_TRUE(isBackground(rgb, x, 0)) << "cropped at the top";
    int head = 0;
    for (int y = 0; y < kH; ++y)
        for (int x = 0; x < kW; ++x) head += !isBackground(rgb, x, y);
    EXPECT_GT(head, kW * kH * 3 / 10);
    EXPECT_FALSE(isBackground(rgb, kW / 2, kH / 2));
    for (int y = 0; y < kH * 6 / 10; ++y)
        EXPECT_TRUE(isBackground(rgb, 0, y) && isBackground(rgb, kW - 1, y)) << "cropped at the side";
}

TEST(HeadRenderer, TheHeadStaysInsideFromTheSideAndWhenItTurns) {
    RenderStyle profile;
    profile.camera = HeadCamera::profile();
    Coeffs left{}, right{};
    left[53] = .6f, right[53] = -.6f;
    for (const Bytes& rgb : {picture({}, profile), picture(left), picture(right)})
        for (int y = 0; y < kH / 2; ++y) ASSERT_TRUE(isBackground(rgb, 0, y) && isBackground(rgb, kW - 1, y)) << y;
}

TEST(HeadRenderer, TheSameFrameHasTheSameBytes) {
    const Coeffs smile = with({{"mouthSmileLeft", .7f}, {"jawOpen", .3f}});
    const Bytes first = picture(smile);
    picture(with({{"eyeBlinkLeft", 1.f}}));
    RenderStyle still;
    still.still = true;
    picture(smile, still);
    EXPECT_EQ(picture(smile), first);
    HeadRenderer other(kW, kH);
    Bytes again;
    other.render(smile, {}, again);
    EXPECT_EQ(again, first) << "another renderer";
}

TEST(HeadRenderer, ASmileChangesTheMouthAndLeavesTheForehead) {
    const Bytes rest = picture(), smile = picture(with({{"mouthSmileLeft", 1.f}, {"mouthSmileRight", 1.f}}));
    EXPECT_GT(changed(rest, smile, .45, .7), .005);
    EXPECT_EQ(changed(rest, smile, 0, .2), 0);
}

TEST(HeadRenderer, BrowsAndGazeCanBeSeen) {
    const Bytes rest = picture();
    EXPECT_GT(changed(rest, picture(with({{"browInnerUp", 1.f}})), .2, .45), .001);
    EXPECT_GT(changed(rest, picture(with({{"eyeLookOutLeft", 1.f}, {"eyeLookInRight", 1.f}})), .25, .5), .0005);
    EXPECT_GT(changed(rest, picture(with({{"eyeBlinkLeft", 1.f}, {"eyeBlinkRight", 1.f}})), .25, .5), .001);
}

TEST(HeadRenderer, HeatMapOfEqualFacesIsGrey) {
    RenderStyle heat;
    heat.heatMap = true;
    const Coeffs smile = with({{"mouthSmileLeft", .8f}, {"mouthSmileRight", .8f}});
    const auto colourful = [&](const Bytes& rgb) {
        int count = 0;
        for (int y = 0; y < kH; ++y)
            for (int x = 0; x < kW; ++x) {
                const std::uint8_t* p = rgb.data() + (std::size_t(y) * kW + x) * 3;
                count += !isBackground(rgb, x, y) && std::max({p[0], p[1], p[2]}) - std::min({p[0], p[1], p[2]}) > 40;
            }
        return count;
    };
    EXPECT_EQ(colourful(picture(smile, heat, smile)), 0);
    EXPECT_GT(colourful(picture(smile, heat)), 50);
    Coeffs turned = smile;
    turned[53] = .3f;
    EXPECT_EQ(colourful(picture(turned, heat, smile)), 0) << "the pose is no part of the distance";
}

TEST(HeadRenderer, IdentityLightAndBackgroundAreValues) {
    const Bytes plain = picture();
    RenderStyle person;
    person.identity.assign(renderer().head().identityNames().size(), .5f);
    EXPECT_GT(changed(plain, picture({}, person), .1, .9), .01);
    RenderStyle light;
    light.keyAzimuth = 40, light.warmth = .8;
    EXPECT_GT(changed(plain, picture({}, light), .1, .9), .02);
    RenderStyle back;
    back.background = {200, 10, 20};
    EXPECT_TRUE(isBackground(picture({}, back), 1, 1, back));
    EXPECT_EQ(picture(), plain) << "a style leaves nothing behind";
}

TEST(HeadRenderer, WorksFromAnotherThread) {
    const Bytes here = picture();
    Bytes there;
    std::thread([&] { there = picture(); }).join();
    EXPECT_EQ(there, here);
}

TEST(HeadRenderer, RefusesImpossibleRequests) {
    EXPECT_THROW(renderer().resize(0, 100), Error);
    EXPECT_THROW(renderer().resize(100, 1 << 20), Error);
    Bytes rgb;
    const std::array<float, 5> few{};
    EXPECT_THROW(renderer().render(few, {}, rgb), Error);
}

TEST(RenderBench, MeasuresWhatItWasAskedFor) {
    const RenderBench bench = benchRender(2, 2, 64, 64);
    EXPECT_GT(bench.framesPerSecond, 0);
    EXPECT_EQ(bench.heads, 2);
    EXPECT_GE(bench.vertices, 20000);
}
