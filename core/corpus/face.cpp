#include "core/corpus/face.h"

#include <algorithm>
#include <cmath>

#include "core/corpus/motion.h"

namespace emc::corpus {

namespace {

// Rows: AU1 2 4 6 7 9 10 12 14 15 17 23 24 25 26; columns: smile, surprise, worry, frustration.
constexpr double kAus[15][kFeelings] = {{0, .95, .80, 0},   {0, .90, .15, 0}, {0, 0, .80, 1.0}, {.85, 0, 0, 0},
                                        {.45, 0, .10, .75}, {0, 0, 0, .50},   {.10, 0, 0, .55}, {1.05, .05, 0, 0},
                                        {.35, 0, .10, .40}, {0, 0, .80, .25}, {0, 0, .65, .45}, {0, 0, .20, .75},
                                        {0, 0, .30, .70},   {.65, .70, 0, 0}, {.05, .65, 0, 0}};

struct ShapeRule {
    std::string_view name;
    double weight[kFeelings];
};
constexpr ShapeRule kShapes[] = {{"mouthSmileLeft", {.75, .02, 0, 0}},     {"mouthSmileRight", {.75, .02, 0, 0}},
                                 {"cheekSquintLeft", {.50, 0, 0, .10}},    {"cheekSquintRight", {.50, 0, 0, .10}},
                                 {"eyeSquintLeft", {.28, 0, 0, .45}},      {"eyeSquintRight", {.28, 0, 0, .45}},
                                 {"mouthDimpleLeft", {.22, 0, 0, .12}},    {"mouthDimpleRight", {.22, 0, 0, .12}},
                                 {"mouthUpperUpLeft", {.20, .05, 0, .22}}, {"mouthUpperUpRight", {.20, .05, 0, .22}},
                                 {"browInnerUp", {0, .70, .62, 0}},        {"browOuterUpLeft", {0, .65, .05, 0}},
                                 {"browOuterUpRight", {0, .65, .05, 0}},   {"eyeWideLeft", {0, .55, .08, 0}},
                                 {"eyeWideRight", {0, .55, .08, 0}},       {"jawOpen", {.05, .32, 0, 0}},
                                 {"mouthFunnel", {0, .18, 0, 0}},          {"browDownLeft", {0, 0, .22, .80}},
                                 {"browDownRight", {0, 0, .22, .80}},      {"mouthFrownLeft", {0, 0, .50, .25}},
                                 {"mouthFrownRight", {0, 0, .50, .25}},    {"mouthPressLeft", {0, 0, .22, .50}},
                                 {"mouthPressRight", {0, 0, .22, .50}},    {"mouthShrugLower", {0, 0, .30, .15}},
                                 {"mouthShrugUpper", {0, 0, .20, .10}},    {"noseSneerLeft", {0, 0, 0, .40}},
                                 {"noseSneerRight", {0, 0, 0, .40}},       {"mouthRollLower", {0, 0, .08, .22}},
                                 {"mouthStretchLeft", {0, .05, .12, 0}},   {"mouthStretchRight", {0, .05, .12, 0}}};

constexpr int kShapeAt(std::string_view name) {
    return shapeIndex(name);
}

void putMouth(std::vector<float>& coeffs, std::size_t row, const MouthShape& m) {
    const auto add = [&](std::string_view name, float value) {
        coeffs[row + static_cast<std::size_t>(shapeIndex(name))] += value;
    };
    add("jawOpen", .85f * m.jaw);
    add("mouthFunnel", m.funnel);
    add("mouthPucker", m.pucker);
    add("mouthClose", .10f * m.close);
    add("mouthPressLeft", .35f * m.close);
    add("mouthPressRight", .35f * m.close);
    add("mouthRollLower", m.rollLower);
    for (const auto side : {"mouthStretchLeft", "mouthStretchRight"}) add(side, m.stretch);
    for (const auto side : {"mouthLowerDownLeft", "mouthLowerDownRight"}) add(side, m.lower);
    for (const auto side : {"mouthUpperUpLeft", "mouthUpperUpRight"}) add(side, m.upper);
}

// Frames of on and off, as detectors with two thresholds report: no flicker at the border.
constexpr double kOn = .50, kOff = .36;

} // namespace

std::array<double, 15> auIntensities(const FeelingLevels& levels, const MouthShape& mouth) {
    std::array<double, 15> aus{};
    for (std::size_t a = 0; a < 15; ++a)
        for (std::size_t k = 0; k < kFeelings; ++k) aus[a] += kAus[a][k] * levels[k];
    aus[12] += .4 * mouth.close;                                                // AU24 lips pressed
    aus[13] += 1.6 * std::max(0.f, mouth.jaw - mouth.close) + .5 * mouth.lower; // AU25 lips part
    aus[14] += 1.0 * mouth.jaw;                                                 // AU26 jaw drops
    return aus;
}

FaceResult makeFace(const Person& person, const FaceInput& input, Random& random) {
    const int frames = static_cast<int>(input.shown.size());
    FaceResult face{std::vector<float>(static_cast<std::size_t>(frames) * kEmotionDims),
                    std::vector<float>(static_cast<std::size_t>(frames) * kCoeffDims)};
    // What the face does without any feeling behind it, and what a detector adds.
    std::array<std::vector<double>, kFeelings> idle;
    for (auto& n : idle) n = smoothNoise(random, frames, .9);
    std::array<std::vector<double>, 15> auNoise;
    for (auto& n : auNoise) n = smoothNoise(random, frames, .35);
    std::array<std::vector<double>, 10> affectNoise;
    for (auto& n : affectNoise) n = smoothNoise(random, frames, .6);
    const std::vector<double> moodV = smoothNoise(random, frames, 8), moodA = smoothNoise(random, frames, 8);
    const MotionResult motion = makeMotion(person, input, random);

    std::array<bool, 15> on{};
    for (int t = 0; t < frames; ++t) {
        const auto i = static_cast<std::size_t>(t);
        FeelingLevels levels{};
        for (std::size_t k = 0; k < kFeelings; ++k)
            levels[k] =
                std::clamp(person.faceGain[k] * input.shown[i][k] + .10 * std::max(0.0, idle[k][i] - .6), 0.0, 1.35);

        float* attributes = face.emotion.data() + i * kEmotionDims;
        const auto aus = auIntensities(levels, input.mouth[i]);
        for (std::size_t a = 0; a < 15; ++a) {
            const double seen = aus[a] + person.auRest[a] + .09 * auNoise[a][i];
            on[a] = seen > (on[a] ? kOff : kOn);
            attributes[a] = on[a] ? 1.f : 0.f;
        }
        double valence = .05 + .10 * moodV[i] + .05 * affectNoise[0][i],
               arousal = .05 + .08 * moodA[i] + .05 * affectNoise[1][i] + (input.talking[i] ? .06 : 0);
        for (std::size_t k = 0; k < kFeelings; ++k) {
            valence += kFeelingValence[k] * levels[k];
            arousal += kFeelingArousal[k] * levels[k];
        }
        attributes[kValence] = static_cast<float>(std::clamp(valence, -1.0, 1.0));
        attributes[kArousal] = static_cast<float>(std::clamp(arousal, -1.0, 1.0));
        const auto& l = levels;
        const double logits[8] = {2.4,        4.6 * l[0], 3.6 * l[2], 4.6 * l[1], .6 * l[1] + 2.9 * l[2],
                                  2.0 * l[3], 4.2 * l[3], 2.2 * l[3]};
        double sum = 0, weights[8];
        for (std::size_t e = 0; e < 8; ++e) sum += weights[e] = std::exp(logits[e] + .25 * affectNoise[2 + e][i]);
        for (std::size_t e = 0; e < 8; ++e) attributes[kFirstExpression + e] = static_cast<float>(weights[e] / sum);

        const std::size_t row = i * kCoeffDims;
        for (int s = 0; s < kShapeDims; ++s)
            face.coeffs[row + static_cast<std::size_t>(s)] = person.restShape[static_cast<std::size_t>(s)];
        for (const ShapeRule& rule : kShapes) {
            double value = 0;
            for (std::size_t k = 0; k < kFeelings; ++k) value += rule.weight[k] * levels[k];
            const auto s = static_cast<std::size_t>(kShapeAt(rule.name));
            face.coeffs[row + s] += static_cast<float>(value) * person.shapeGain[s];
        }
        const auto sideways = static_cast<float>(person.asymmetry * (levels[0] + .5 * levels[3]));
        face.coeffs[row + static_cast<std::size_t>(kShapeAt("mouthSmileLeft"))] += sideways;
        face.coeffs[row + static_cast<std::size_t>(kShapeAt("mouthSmileRight"))] -= sideways;
        putMouth(face.coeffs, row, input.mouth[i]);
        motion.put(t, face.coeffs.data() + row);
        for (std::size_t s = 0; s < kShapeDims; ++s)
            face.coeffs[row + s] =
                std::clamp(face.coeffs[row + s] + static_cast<float>(random.normal(0, .006)), 0.f, 1.f);
    }
    return face;
}

} // namespace emc::corpus
