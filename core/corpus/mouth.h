#pragma once
// Mouth shapes of speech: phoneme timings -> smooth courses of the ARKit shapes that talk moves.
#include <vector>

#include "core/corpus/speech.h"

namespace emc::corpus {

// What a phoneme does to the mouth, 0..1 each.
struct MouthShape {
    float jaw = 0, funnel = 0, pucker = 0, stretch = 0, close = 0, lower = 0, upper = 0, rollLower = 0;
};
MouthShape shapeOfPhoneme(const std::string& mnemonic);

struct SpokenAt {
    double start = 0; // seconds in the clip
    const SpokenUnit* unit = nullptr;
};
// One per frame; neighbouring sounds melt together over about 80 ms.
std::vector<MouthShape> mouthCourse(const std::vector<SpokenAt>& units, int frames);

} // namespace emc::corpus
