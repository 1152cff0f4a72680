#pragma once
// From units of talk to one sound track: words, espeak, and a voice that carries what is heard of the feelings
// (loudness, spectral tilt, brightness; pitch and rate per unit).
#include <vector>

#include "core/corpus/mouth.h"
#include "core/corpus/person.h"
#include "core/corpus/random.h"
#include "core/corpus/script.h"

namespace emc::corpus {

struct VoiceTrack {
    std::vector<float> samples;    // 44.1 kHz mono, frames * 1764
    std::vector<MouthShape> mouth; // per frame
    std::vector<TalkUnit> units;   // as really spoken
};

// `heard` gives the feelings in the voice, one per frame. `units` are placed in order; one that is spoken longer than
// planned moves the next.
VoiceTrack makeVoice(const Person& person, const std::vector<TalkUnit>& units, const std::vector<FeelingLevels>& heard,
                     Random& random);

} // namespace emc::corpus
