#include "core/corpus/mouth.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

#include "core/api/vectors.h"

namespace emc::corpus {

namespace {

struct Rule {
    std::string_view begins; // of espeak's mnemonic; longer ones first
    MouthShape shape;
};
//                          jaw  funnel pucker stretch close lower upper rollLower
constexpr std::array kRules = {
    Rule{"aI", {.60f, 0, 0, .20f, 0, .25f, .12f, 0}},    Rule{"aU", {.58f, .25f, .10f, 0, 0, .20f, .10f, 0}},
    Rule{"eI", {.35f, 0, 0, .35f, 0, .25f, .12f, 0}},    Rule{"oU", {.35f, .40f, .35f, 0, 0, .10f, 0, 0}},
    Rule{"OI", {.40f, .35f, .20f, .05f, 0, .12f, 0, 0}}, Rule{"i:", {.15f, 0, 0, .45f, 0, .25f, .12f, 0}},
    Rule{"u:", {.15f, .35f, .60f, 0, 0, .05f, 0, 0}},    Rule{"3:", {.30f, .25f, .15f, 0, 0, .12f, 0, 0}},
    Rule{"A:", {.65f, 0, 0, .05f, 0, .25f, .10f, 0}},    Rule{"O:", {.45f, .45f, .20f, 0, 0, .15f, 0, 0}},
    Rule{"tS", {.12f, .40f, .25f, 0, 0, .15f, .10f, 0}}, Rule{"dZ", {.12f, .40f, .25f, 0, 0, .15f, .10f, 0}},
    Rule{"a", {.62f, 0, 0, .20f, 0, .28f, .12f, 0}},     Rule{"A", {.62f, 0, 0, .08f, 0, .25f, .10f, 0}},
    Rule{"E", {.42f, 0, 0, .28f, 0, .25f, .12f, 0}},     Rule{"e", {.38f, 0, 0, .30f, 0, .22f, .10f, 0}},
    Rule{"I", {.22f, 0, 0, .32f, 0, .20f, .10f, 0}},     Rule{"i", {.18f, 0, 0, .38f, 0, .20f, .10f, 0}},
    Rule{"O", {.45f, .40f, .15f, 0, 0, .15f, 0, 0}},     Rule{"0", {.50f, .25f, .05f, 0, 0, .20f, 0, 0}},
    Rule{"o", {.38f, .40f, .25f, 0, 0, .12f, 0, 0}},     Rule{"U", {.20f, .35f, .40f, 0, 0, .08f, 0, 0}},
    Rule{"u", {.18f, .35f, .50f, 0, 0, .05f, 0, 0}},     Rule{"V", {.48f, 0, 0, .10f, 0, .22f, .10f, 0}},
    Rule{"3", {.30f, .22f, .12f, 0, 0, .12f, 0, 0}},     Rule{"@", {.28f, .05f, 0, .08f, 0, .15f, .05f, 0}},
    Rule{"m", {.04f, 0, 0, .05f, .90f, 0, 0, .20f}},     Rule{"b", {.05f, 0, 0, .05f, .90f, 0, 0, .20f}},
    Rule{"p", {.05f, 0, 0, .05f, .90f, 0, 0, .25f}},     Rule{"f", {.10f, 0, 0, .10f, .10f, 0, .20f, .60f}},
    Rule{"v", {.10f, 0, 0, .10f, .10f, 0, .18f, .55f}},  Rule{"T", {.20f, 0, 0, .10f, 0, .20f, .08f, 0}},
    Rule{"D", {.20f, 0, 0, .10f, 0, .20f, .08f, 0}},     Rule{"s", {.08f, 0, 0, .30f, 0, .25f, .12f, 0}},
    Rule{"z", {.08f, 0, 0, .28f, 0, .25f, .12f, 0}},     Rule{"S", {.12f, .45f, .25f, 0, 0, .15f, .12f, 0}},
    Rule{"Z", {.12f, .45f, .25f, 0, 0, .15f, .12f, 0}},  Rule{"w", {.12f, .35f, .60f, 0, .05f, 0, 0, 0}},
    Rule{"r", {.20f, .30f, .20f, 0, 0, .10f, 0, 0}},     Rule{"l", {.25f, 0, 0, .12f, 0, .18f, .06f, 0}},
    Rule{"t", {.14f, 0, 0, .15f, 0, .18f, .06f, 0}},     Rule{"d", {.15f, 0, 0, .15f, 0, .18f, .06f, 0}},
    Rule{"n", {.15f, 0, 0, .12f, 0, .15f, .05f, 0}},     Rule{"k", {.24f, 0, 0, .10f, 0, .15f, .05f, 0}},
    Rule{"g", {.24f, 0, 0, .10f, 0, .15f, .05f, 0}},     Rule{"N", {.22f, 0, 0, .08f, 0, .12f, .04f, 0}},
    Rule{"h", {.28f, 0, 0, .05f, 0, .12f, .04f, 0}},     Rule{"j", {.16f, 0, 0, .32f, 0, .18f, .08f, 0}},
};

constexpr int kStepsPerFrame = 8; // 5 ms

void add(MouthShape& sum, const MouthShape& s, float w) {
    sum.jaw += w * s.jaw;
    sum.funnel += w * s.funnel;
    sum.pucker += w * s.pucker;
    sum.stretch += w * s.stretch;
    sum.close += w * s.close;
    sum.lower += w * s.lower;
    sum.upper += w * s.upper;
    sum.rollLower += w * s.rollLower;
}

} // namespace

MouthShape shapeOfPhoneme(const std::string& mnemonic) {
    for (const Rule& rule : kRules)
        if (std::string_view(mnemonic).starts_with(rule.begins)) return rule.shape;
    return {}; // pauses and stress marks
}

std::vector<MouthShape> mouthCourse(const std::vector<SpokenAt>& units, int frames) {
    const int steps = frames * kStepsPerFrame;
    const double rate = kFrameRateHz * kStepsPerFrame;
    std::vector<MouthShape> fine(static_cast<std::size_t>(steps));
    for (const SpokenAt& at : units) {
        const double length = static_cast<double>(at.unit->samples.size()) / kSoundRateHz;
        const auto& phonemes = at.unit->phonemes;
        for (std::size_t p = 0; p < phonemes.size(); ++p) {
            const double end = std::min(length, p + 1 < phonemes.size() ? phonemes[p + 1].start : length);
            const MouthShape shape = shapeOfPhoneme(phonemes[p].name);
            const int from = std::max(0, static_cast<int>((at.start + phonemes[p].start) * rate));
            for (int i = from; i < std::min(steps, static_cast<int>((at.start + end) * rate)); ++i)
                fine[static_cast<std::size_t>(i)] = shape;
        }
    }
    constexpr int kReach = 16; // 80 ms to either side
    std::array<float, 2 * kReach + 1> weights{};
    float total = 0;
    for (int k = -kReach; k <= kReach; ++k)
        total += weights[static_cast<std::size_t>(k + kReach)] = static_cast<float>(std::exp(-.5 * k * k / 49.0));
    std::vector<MouthShape> course(static_cast<std::size_t>(frames));
    for (int t = 0; t < frames; ++t)
        for (int k = -kReach; k <= kReach; ++k) {
            const int i = std::clamp(t * kStepsPerFrame + kStepsPerFrame / 2 + k, 0, steps - 1);
            add(course[static_cast<std::size_t>(t)], fine[static_cast<std::size_t>(i)],
                weights[static_cast<std::size_t>(k + kReach)] / total);
        }
    return course;
}

} // namespace emc::corpus
