#include <gtest/gtest.h>

#include "core/media/affect.h"

namespace emc {
namespace {

std::vector<float> face(std::initializer_list<std::pair<const char*, float>> set) {
    std::vector<float> shapes(kShapeDims, 0.0f);
    for (const auto& [name, value] : set) shapes[static_cast<std::size_t>(shapeIndex(name))] = value;
    return shapes;
}
constexpr std::array<float, 7> kNeutral = {0, 0, 0, 0, 0, 0, 1}, kHappy = {0, 0, 0, 1, 0, 0, 0},
                               kSad = {0, 0, 0, 0, 1, 0, 0};

TEST(Affect, EachActionUnitAnswersToItsShapes) {
    const auto rest = attributesOf(face({}), kNeutral, {});
    for (int i = 0; i < 15; ++i) EXPECT_LT(rest[i], 0.1) << kEmotionNames[i];
    const auto smile = attributesOf(
        face({{"mouthSmileLeft", .8f}, {"mouthSmileRight", .8f}, {"eyeSquintLeft", .6f}, {"eyeSquintRight", .6f}}),
        kHappy, {});
    EXPECT_GT(smile[7], 0.9);                                                    // AU12
    EXPECT_GT(smile[3], 0.9);                                                    // AU6
    EXPECT_LT(smile[2], 0.1);                                                    // AU4
    EXPECT_GT(attributesOf(face({{"jawOpen", .6f}}), kNeutral, {})[14], 0.9);    // AU26
    EXPECT_GT(attributesOf(face({{"browInnerUp", .8f}}), kNeutral, {})[0], 0.9); // AU1
}

TEST(Affect, TheRestingFaceIsTakenOff) {
    std::vector<float> frames;
    for (int i = 0; i < 20; ++i) {
        const auto one = face({{"browDownLeft", i < 18 ? .3f : .9f}, {"browDownRight", i < 18 ? .3f : .9f}});
        frames.insert(frames.end(), one.begin(), one.end());
    }
    const RestingFace rest = restingFace(frames);
    EXPECT_FLOAT_EQ(rest.level[shapeIndex("browDownLeft")], .3f);
    EXPECT_FLOAT_EQ(rest.level[shapeIndex("mouthSmileLeft")], 0);
    const std::span<const float> all(frames);
    EXPECT_LT(attributesOf(all.first(kShapeDims), kNeutral, rest)[2], 0.1);
    EXPECT_GT(attributesOf(all.last(kShapeDims), kNeutral, rest)[2], 0.9);
}

TEST(Affect, ProbabilitiesSumToOneAndOrderIsTheFieldsOwn) {
    const auto happy = attributesOf(face({}), kHappy, {});
    EXPECT_FLOAT_EQ(happy[18], 1);
    const auto wry = attributesOf(face({{"mouthSmileLeft", .9f}}), kNeutral, {});
    double sum = 0;
    for (int i = kFirstExpression; i < kEmotionDims; ++i) sum += wry[i];
    EXPECT_NEAR(sum, 1, 1e-6);
    EXPECT_GT(wry[24], 0.3); // contempt: a smile on one side
}

TEST(Affect, ValenceFollowsTheExpression) {
    const auto happy = attributesOf(face({}), kHappy, {}), sad = attributesOf(face({}), kSad, {});
    EXPECT_GT(happy[kValence], 0.5);
    EXPECT_LT(sad[kValence], -0.5);
    EXPECT_LT(sad[kArousal], happy[kArousal]);
}

} // namespace
} // namespace emc
