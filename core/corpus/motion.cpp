#include "core/corpus/motion.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "core/corpus/face.h"
#include "core/corpus/person.h"

namespace emc::corpus {

namespace {

constexpr double kRate = kFrameRateHz;

// A blink of `length` seconds: closes in a third of it, opens more slowly.
void putBlink(std::vector<float>& lid, double start, double length) {
    const double closing = .33 * length, shut = std::max(.02, length - .21);
    for (int t = std::max(0, static_cast<int>(start * kRate));
         t < std::min<int>(static_cast<int>(lid.size()), static_cast<int>((start + length) * kRate) + 1); ++t) {
        const double x = t / kRate - start;
        const double value = x < 0         ? 0
                             : x < closing ? x / closing
                             : x < shut    ? 1
                             : x < length  ? 1 - (x - shut) / std::max(.02, length - shut)
                                           : 0;
        lid[static_cast<std::size_t>(t)] =
            std::max(lid[static_cast<std::size_t>(t)], static_cast<float>(std::clamp(value, 0.0, 1.0)));
    }
}

void drawBlinks(const Person& person, const FaceInput& input, Random& random, std::vector<float>& lid) {
    const double seconds = static_cast<double>(lid.size()) / kRate;
    std::vector<std::pair<double, double>> blinks;
    for (const double end : input.unitEnds)
        if (random.chance(.12)) blinks.emplace_back(end - .1, std::clamp(random.logNormal(.607, .15), .4, .9));
    const double rest = std::max(2.0, person.blinksPerMinute - 60 * static_cast<double>(blinks.size()) / seconds);
    for (double time = random.exponential(60 / rest); time < seconds; time += .45 + random.exponential(60 / rest - .45))
        blinks.emplace_back(time, std::clamp(random.logNormal(.208, .2), .13, .35));
    std::sort(blinks.begin(), blinks.end());
    double free = 0;
    for (const auto& [start, length] : blinks)
        if (start > free) {
            putBlink(lid, start, length);
            free = start + length + .2;
        }
}

void drawGaze(const Person& person, const FaceInput& input, Random& random, MotionResult& motion) {
    const int frames = static_cast<int>(input.shown.size());
    motion.gaze.assign(static_cast<std::size_t>(frames), {0, 0});
    constexpr double kAwaySeconds = .95; // mean of the looks away
    double left = 0;
    std::array<double, 2> target{0, 0};
    std::array<double, 2> now{0, 0};
    for (int t = 0; t < frames; ++t) {
        const double share = input.talking[static_cast<std::size_t>(t)] ? person.awayWhenTalking : .05;
        if (left > 0) left -= 1 / kRate;
        else if (target[0] != 0 || target[1] != 0) target = {0, 0};
        else if (random.chance(share / (1 - share) / kAwaySeconds / kRate)) {
            left = std::clamp(random.logNormal(.88, .4), .3, 2.5);
            const double angle = random.uniform(0, 2 * std::numbers::pi), size = random.uniform(.45, .8);
            target = {size * std::cos(angle), .7 * size * std::sin(angle)};
        }
        for (std::size_t d = 0; d < 2; ++d) {
            now[d] += .65 * (target[d] - now[d]); // saccades take one or two frames
            motion.gaze[static_cast<std::size_t>(t)][d] = static_cast<float>(now[d] + random.normal(0, .01));
        }
    }
}

void drawHead(const Person& person, const FaceInput& input, Random& random, MotionResult& motion) {
    const int frames = static_cast<int>(input.shown.size());
    motion.rotation.assign(static_cast<std::size_t>(frames), {0, 0, 0});
    motion.translation.assign(static_cast<std::size_t>(frames), {0, 0, 0});
    const double sizes[3] = {.030, .045, .025};
    for (std::size_t d = 0; d < 3; ++d) {
        const auto posture = smoothNoise(random, frames, 4), shift = smoothNoise(random, frames, 3);
        struct Wave {
            double hz, phase, size;
        } waves[4];
        for (Wave& w : waves) w = {random.uniform(.2, 1.1), random.uniform(0, 6.28), random.uniform(.3, 1)};
        const double rest = random.normal(0, .04);
        for (int t = 0; t < frames; ++t) {
            const auto i = static_cast<std::size_t>(t);
            double sway = 0;
            for (const Wave& w : waves) sway += w.size * std::sin(2 * std::numbers::pi * w.hz * t / kRate + w.phase);
            const double lively = person.headAmplitude * (input.talking[i] ? 1.3 : .7);
            double angle = rest + sizes[d] * (posture[i] + .45 * lively * sway);
            if (d == 1) angle += .10 * motion.gaze[i][0]; // the head goes some way with the eyes
            if (!input.headFollow.empty()) angle += input.headFollow[i][d];
            motion.rotation[i][d] = static_cast<float>(angle);
            motion.translation[i][d] = static_cast<float>(.006 * shift[i]);
        }
    }
    for (const double start : input.nods) {
        const double hz = random.uniform(2.6, 6.5), size = random.uniform(.05, .11), length = random.uniform(.5, 1.1);
        for (int t = std::max(0, static_cast<int>(start * kRate));
             t < std::min(frames, static_cast<int>((start + length) * kRate)); ++t) {
            const double x = t / kRate - start;
            motion.rotation[static_cast<std::size_t>(t)][0] +=
                static_cast<float>(size * std::exp(-2 * x / length) * std::sin(2 * std::numbers::pi * hz * x));
        }
    }
}

} // namespace

void MotionResult::put(int frame, float* c) const {
    const auto i = static_cast<std::size_t>(frame);
    const auto at = [&](std::string_view name) -> float& { return c[shapeIndex(name)]; };
    at("eyeBlinkLeft") += lid[i];
    at("eyeBlinkRight") += lid[i];
    const float x = gaze[i][0], y = gaze[i][1];
    at("eyeLookOutLeft") += std::max(0.f, x);
    at("eyeLookInRight") += std::max(0.f, x);
    at("eyeLookInLeft") += std::max(0.f, -x);
    at("eyeLookOutRight") += std::max(0.f, -x);
    for (const auto name : {"eyeLookUpLeft", "eyeLookUpRight"}) at(name) += std::max(0.f, y);
    for (const auto name : {"eyeLookDownLeft", "eyeLookDownRight"}) at(name) += std::max(0.f, -y);
    for (std::size_t d = 0; d < 3; ++d) {
        c[kShapeDims + d] = rotation[i][d];
        c[kShapeDims + 3 + d] = translation[i][d];
    }
}

MotionResult makeMotion(const Person& person, const FaceInput& input, Random& random) {
    MotionResult motion;
    motion.lid.assign(input.shown.size(), 0.f);
    drawBlinks(person, input, random, motion.lid);
    drawGaze(person, input, random, motion);
    drawHead(person, input, random, motion);
    return motion;
}

} // namespace emc::corpus
