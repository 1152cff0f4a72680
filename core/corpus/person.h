#pragma once
// Who plays: a face, a voice and habits. Drawn once per performance, so performances of one script differ in all of it.
#include <array>
#include <cstdint>
#include <string>

#include "core/api/vectors.h"
#include "core/corpus/script.h"

namespace emc::corpus {

struct Person {
    // face
    std::array<double, kFeelings> faceGain{};
    std::array<float, kShapeDims> shapeGain{};
    double asymmetry = 0;            // of smile and dimple, -..+
    std::array<double, 15> auRest{}; // tendency of the AU detector to fire on the resting face
    std::array<float, kShapeDims> restShape{};
    double blinksPerMinute = 20, awayWhenTalking = .25, headAmplitude = 1;
    // voice
    std::string voice;
    double voiceGain = 1;
    int pitch = 50;
    double speed = 1;
    // habits of a listener
    std::array<double, kFeelings> answerGain{};
    bool smilesAtSurprise = false;
    double smileAtUnitEnd = .5, nodAtUnitEnd = .5, headMirror = .3;
    std::uint64_t look = 0; // seed of identity, light and camera
};

Person makePerson(std::uint64_t seed, const char* role, int script, int performance);

} // namespace emc::corpus
