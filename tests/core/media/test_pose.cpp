#include <gtest/gtest.h>

#include <cmath>

#include "core/data/npy.h"
#include "core/media/head_pose.h"
#include "core/media/steady_points.h"
#include "tests/core/media/media_fixture.h"

namespace emc {
namespace {

TEST(HeadPose, AnglesComeBackFromTheirRotation) {
    for (const double pitch : {-0.6, 0.0, 0.4})
        for (const double yaw : {-1.0, 0.2, 0.9})
            for (const double roll : {-0.5, 0.0, 0.7}) {
                HeadPose pose;
                pose.pitch = pitch;
                pose.yaw = yaw;
                pose.roll = roll;
                const HeadPose back = anglesOfRotation(rotationOfPose(pose));
                EXPECT_NEAR(back.pitch, pitch, 1e-12);
                EXPECT_NEAR(back.yaw, yaw, 1e-12);
                EXPECT_NEAR(back.roll, roll, 1e-12);
            }
}

TEST(HeadPose, SignsAreAsDocumented) {
    const auto apply = [](const HeadPose& pose, std::array<double, 3> p) {
        const Matrix3 r = rotationOfPose(pose);
        std::array<double, 3> out{};
        for (int i = 0; i < 3; ++i) out[i] = r[i * 3] * p[0] + r[i * 3 + 1] * p[1] + r[i * 3 + 2] * p[2];
        return out;
    };
    HeadPose up, left, leaning;
    up.pitch = left.yaw = leaning.roll = 0.3;
    EXPECT_GT(apply(up, {0, 0, 1})[1], 0.2);       // the nose goes up
    EXPECT_GT(apply(left, {0, 0, 1})[0], 0.2);     // the nose goes to the right of the picture
    EXPECT_LT(apply(leaning, {0, 1, 0})[0], -0.2); // the top of the head goes to the left of the picture
}

// A face of our own, turned and projected through the assumed camera: the solver must find what was put in.
TEST(HeadPose, FindsAPoseThatWasProjected) {
    test::TempDir folder;
    std::vector<float> canonical(468 * 5), weights;
    for (int i = 0; i < 468; ++i) {
        canonical[i * 5] = static_cast<float>(7 * std::sin(i * 1.7));
        canonical[i * 5 + 1] = static_cast<float>(9 * std::cos(i * 0.9));
        canonical[i * 5 + 2] = static_cast<float>(4 * std::sin(i * 0.37 + 1));
    }
    for (int i = 0; i < 33; ++i) {
        weights.push_back(static_cast<float>(i * 14));
        weights.push_back(0.02f + 0.01f * static_cast<float>(i % 3));
    }
    writeNpy(folder / "face.npy", {468, 5}, canonical);
    writeNpy(folder / "weights.npy", {33, 2}, weights);
    const HeadPoseSolver solver(folder / "face.npy", folder / "weights.npy");

    HeadPose truth;
    truth.pitch = 0.2;
    truth.yaw = -0.35;
    truth.roll = 0.1;
    truth.x = 0.05;
    truth.y = -0.03;
    truth.z = 0.6;
    const Matrix3 r = rotationOfPose(truth);
    const int width = 640, height = 480;
    const double focal = height / (2 * std::tan(31.5 * 3.14159265358979 / 180));
    std::vector<float> points;
    for (int i = 0; i < 468; ++i) {
        std::array<double, 3> p{};
        for (int k = 0; k < 3; ++k)
            p[k] =
                r[k * 3] * canonical[i * 5] + r[k * 3 + 1] * canonical[i * 5 + 1] + r[k * 3 + 2] * canonical[i * 5 + 2];
        const double x = p[0] + 100 * truth.x, y = p[1] + 100 * truth.y, away = 100 * truth.z - p[2];
        points.push_back(static_cast<float>(width / 2.0 + focal * x / away));
        points.push_back(static_cast<float>(height / 2.0 - focal * y / away));
        points.push_back(
            static_cast<float>(-focal * p[2] / (100 * truth.z))); // depth at the scale of the face's middle
    }
    const HeadPose found = solver.solve(points, width, height);
    EXPECT_NEAR(found.pitch, truth.pitch, 0.02);
    EXPECT_NEAR(found.yaw, truth.yaw, 0.02);
    EXPECT_NEAR(found.roll, truth.roll, 0.02);
    EXPECT_NEAR(found.x, truth.x, 0.01);
    EXPECT_NEAR(found.y, truth.y, 0.01);
    EXPECT_NEAR(found.z, truth.z, 0.04);
}

TEST(SteadyPoints, StillsNoiseAndFollowsMotion) {
    SteadyPoints steady;
    double noise = 0;
    for (int i = 0; i < 100; ++i) {
        std::vector<float> points = {100 + (i % 2 ? 0.05f : -0.05f)};
        steady.apply(points, i * 0.04, 100);
        if (i > 50) noise = std::max(noise, std::abs(points[0] - 100.0));
    }
    EXPECT_LT(noise, 0.02);
    std::vector<float> jump = {140};
    steady.apply(jump, 4.0, 100);
    EXPECT_GT(jump[0], 135);
    steady.forget();
    std::vector<float> fresh = {3};
    steady.apply(fresh, 4.04, 100);
    EXPECT_FLOAT_EQ(fresh[0], 3);
}

} // namespace
} // namespace emc
