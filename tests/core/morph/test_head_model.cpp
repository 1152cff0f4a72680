#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <limits>
#include <set>

#include "core/api/error.h"
#include "core/morph/head_model.h"

using namespace emc;
using Coeffs = std::array<float, kCoeffDims>;

namespace {

const HeadModel& head() {
    static const auto model = HeadModel::loadDefault();
    return *model;
}
Coeffs with(std::initializer_list<std::pair<const char*, float>> weights) {
    Coeffs coeffs{};
    for (const auto& [name, weight] : weights) coeffs[static_cast<std::size_t>(shapeIndex(name))] = weight;
    return coeffs;
}
std::vector<float> mesh(const Coeffs& coeffs) {
    std::vector<float> xyz;
    head().verticesFromCoeffs(coeffs, xyz);
    return xyz;
}
// Centimetres that the vertex moves which moves most; side 1 or -1: only on the person's left or right.
double largestMove(const Coeffs& coeffs, float side = 0) {
    const auto xyz = mesh(coeffs), rest = mesh({});
    double most = 0;
    for (std::size_t v = 0; v < xyz.size(); v += 3)
        if (side * rest[v] >= 0)
            most = std::max(most, std::hypot(double(xyz[v] - rest[v]), double(xyz[v + 1] - rest[v + 1]),
                                             double(xyz[v + 2] - rest[v + 2])));
    return most;
}

} // namespace

TEST(HeadModel, HasTheSizeTheStudioCountsOn) {
    EXPECT_GE(head().vertexCount(), 20000);
    EXPECT_GE(head().triangles().size() / 3, 39000u);
    EXPECT_EQ(head().colours().size(), head().meanVertices().size());
    EXPECT_GE(head().identityNames().size(), 10u);
    for (const auto index : head().triangles()) ASSERT_LT(index, head().vertexCount());
}

TEST(HeadModel, NoExpressionIsTheMean) {
    const auto xyz = mesh({});
    ASSERT_EQ(xyz.size(), head().meanVertices().size());
    for (std::size_t i = 0; i < xyz.size(); ++i) ASSERT_EQ(xyz[i], head().meanVertices()[i]);
}

TEST(HeadModel, ExpressionsAddUpLinearly) {
    const auto rest = mesh({}), a = mesh(with({{"jawOpen", .6f}})), b = mesh(with({{"mouthSmileLeft", .5f}})),
               both = mesh(with({{"jawOpen", .6f}, {"mouthSmileLeft", .5f}}));
    for (std::size_t i = 0; i < rest.size(); ++i)
        ASSERT_NEAR(both[i] - rest[i], (a[i] - rest[i]) + (b[i] - rest[i]), 2e-5);
}

TEST(HeadModel, FastPathEqualsThePlainFormula) {
    Coeffs coeffs{};
    for (std::size_t k = 0; k < kShapeDims; ++k) coeffs[k] = static_cast<float>(.5 + .5 * std::sin(1.7 * double(k)));
    coeffs[52] = .2f, coeffs[53] = -.4f, coeffs[54] = .3f;
    std::vector<float> identity(head().identityNames().size(), .3f), xyz;
    head().verticesFromCoeffs(coeffs, xyz, identity);
    const auto slow = head().verticesFromCoeffsSlow(coeffs, identity);
    for (std::size_t i = 0; i < xyz.size(); ++i) ASSERT_NEAR(xyz[i], slow[i], 1e-4) << i;
}

TEST(HeadModel, EveryShapeMovesSomething) {
    for (const auto name : kShapeNames) {
        Coeffs coeffs{};
        coeffs[static_cast<std::size_t>(shapeIndex(name))] = 1;
        EXPECT_GT(largestMove(coeffs), .08) << name; // centimetres
        EXPECT_LT(largestMove(coeffs), 6) << name;
    }
}

TEST(HeadModel, LeftIsThePersonsLeftWhichIsPlusX) {
    const auto blink = mesh(with({{"eyeBlinkLeft", 1.f}})), rest = mesh({});
    double left = 0, right = 0; // middle of the lids: the source also moves the sockets a little near the nose
    for (std::size_t v = 0; v < rest.size(); v += 3)
        if (rest[v + 1] > -1.5f && std::abs(rest[v]) > 2.5f)
            (rest[v] > 0 ? left : right) =
                std::max(rest[v] > 0 ? left : right, std::abs(double(blink[v + 1] - rest[v + 1])));
    EXPECT_GT(left, .5);
    EXPECT_LT(right, .1 * left);
    EXPECT_GT(largestMove(with({{"mouthSmileRight", 1.f}}), -1),
              1.5 * largestMove(with({{"mouthSmileRight", 1.f}}), 1));
}

TEST(HeadModel, BlinkCoversThePupil) {
    // The pupil's middle is the most forward vertex of an eyeball; after a blink some skin lies before it.
    const auto eyeball = head().eyeball();
    const auto skinBefore = [&](const std::vector<float>& xyz) {
        std::size_t pupil = 0;
        for (std::size_t v = 0; v < eyeball.size(); ++v)
            if (eyeball[v] && xyz[v * 3] > 0 && (!eyeball[pupil] || xyz[v * 3 + 2] > xyz[pupil * 3 + 2])) pupil = v;
        int count = 0;
        for (std::size_t v = 0; v < eyeball.size(); ++v)
            if (!eyeball[v] && std::hypot(xyz[v * 3] - xyz[pupil * 3], xyz[v * 3 + 1] - xyz[pupil * 3 + 1]) < .25 &&
                xyz[v * 3 + 2] > xyz[pupil * 3 + 2])
                ++count;
        return count;
    };
    EXPECT_EQ(skinBefore(mesh({})), 0);
    EXPECT_GT(skinBefore(mesh(with({{"eyeBlinkLeft", 1.f}}))), 0);
}

TEST(HeadModel, GazeTurnsTheEyeballsAndKeepsThemRound) {
    const auto rest = mesh({}), turned = mesh(with({{"eyeLookOutLeft", 1.f}}));
    double most = 0, before = 0, after = 0;
    std::size_t first = 0;
    while (!(head().eyeball()[first] && rest[first * 3] > 0)) ++first;
    for (std::size_t v = first + 1; v < head().eyeball().size() && rest[v * 3] > 0; ++v) {
        most = std::max(most, double(turned[v * 3] - rest[v * 3]));
        before = std::max(
            before, std::hypot(double(rest[v * 3] - rest[first * 3]), double(rest[v * 3 + 1] - rest[first * 3 + 1])));
        after = std::max(after, std::hypot(double(turned[v * 3] - turned[first * 3]),
                                           double(turned[v * 3 + 1] - turned[first * 3 + 1]),
                                           double(turned[v * 3 + 2] - turned[first * 3 + 2])));
    }
    EXPECT_GT(most, .2);
    EXPECT_GT(after, before * .9);
}

TEST(HeadModel, RotationsGoTheWayTheExtractorMeasuresThem) {
    std::size_t nose = 0;
    const auto rest = mesh({});
    for (std::size_t v = 0; v < rest.size(); v += 3)
        if (rest[v + 2] > rest[nose + 2]) nose = v;
    Coeffs coeffs{};
    coeffs[52] = .3f;
    EXPECT_GT(mesh(coeffs)[nose + 1], rest[nose + 1] + 1) << "pitch > 0: the face turns up";
    coeffs = {}, coeffs[53] = .3f;
    EXPECT_GT(mesh(coeffs)[nose], rest[nose] + 1) << "yaw > 0: to the person's left";
    coeffs = {}, coeffs[54] = .3f;
    std::size_t crown = 0;
    for (std::size_t v = 0; v < rest.size(); v += 3)
        if (rest[v + 1] > rest[crown + 1]) crown = v;
    EXPECT_LT(mesh(coeffs)[crown], rest[crown] - 1) << "roll > 0: the crown to the person's right";
}

TEST(HeadModel, NormalsAreUnitAndPointOutward) {
    const auto xyz = mesh({});
    std::vector<float> normals;
    head().normals(xyz, normals);
    std::size_t nose = 0;
    for (std::size_t v = 0; v < xyz.size(); v += 3) {
        if (xyz[v + 2] > xyz[nose + 2]) nose = v;
        ASSERT_NEAR(std::hypot(normals[v], normals[v + 1], normals[v + 2]), 1, 1e-3);
    }
    EXPECT_GT(normals[nose + 2], .5);
}

TEST(HeadModel, TheBustIsClosedBelow) {
    // Every edge below the neck has a triangle on both sides, also where two parts meet.
    const auto xyz = head().meanVertices();
    const auto place = [&](std::int32_t v) {
        std::array<long, 3> at{};
        for (std::size_t c = 0; c < 3; ++c) at[c] = std::lround(xyz[std::size_t(v) * 3 + c] * 1000);
        return at;
    };
    std::set<std::pair<std::array<long, 3>, std::array<long, 3>>> edges;
    const auto triangles = head().triangles();
    for (std::size_t f = 0; f < triangles.size(); f += 3)
        for (std::size_t k = 0; k < 3; ++k) {
            const auto from = place(triangles[f + k]), to = place(triangles[f + (k + 1) % 3]);
            if (from[1] < -15000 && to[1] < -15000) edges.emplace(from, to);
        }
    ASSERT_GT(edges.size(), 1000u);
    for (const auto& [from, to] : edges)
        ASSERT_TRUE(edges.contains({to, from})) << from[0] << " " << from[1] << " " << from[2];
}

TEST(HeadModel, HostileNumbersGiveAFiniteMesh) {
    Coeffs coeffs;
    coeffs.fill(std::numeric_limits<float>::quiet_NaN());
    coeffs[3] = std::numeric_limits<float>::infinity(), coeffs[4] = 1e30f, coeffs[53] = -1e30f;
    for (float value : mesh(coeffs)) ASSERT_LT(std::abs(value), 100);
}

TEST(HeadModel, BrokenFilesAreNamed) {
    const auto folder = std::filesystem::path(::testing::TempDir()) / "emc_broken_head";
    std::filesystem::remove_all(folder);
    std::filesystem::create_directories(folder);
    EXPECT_THROW(HeadModel::load(folder), Error);
    std::ofstream(folder / "head.json") << "{\"expression\": [1, 2]}";
    try {
        HeadModel::load(folder);
        FAIL();
    } catch (const Error& error) {
        EXPECT_EQ(error.kind(), ErrorKind::BadInput);
        EXPECT_NE(error.where().find("head.json"), std::string::npos);
    }
    std::filesystem::remove_all(folder);
}
