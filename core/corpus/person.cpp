#include "core/corpus/person.h"

#include <algorithm>

#include "core/corpus/random.h"
#include "core/corpus/speech.h"

namespace emc::corpus {

Person makePerson(std::uint64_t seed, const char* role, int script, int performance) {
    Random random =
        Random::stream(seed, role, static_cast<std::uint64_t>(script), static_cast<std::uint64_t>(performance));
    Person p;
    for (double& gain : p.faceGain) gain = random.uniform(.65, 1.2);
    for (float& gain : p.shapeGain) gain = static_cast<float>(random.uniform(.8, 1.2));
    p.asymmetry = random.normal(0, .08);
    for (double& rest : p.auRest) rest = std::clamp(random.normal(.02, .10), -.15, .3);
    for (float& rest : p.restShape) rest = static_cast<float>(std::max(0.0, random.normal(0, .035)));
    p.blinksPerMinute = random.uniform(15, 25);
    p.awayWhenTalking = random.uniform(.18, .32);
    p.headAmplitude = random.uniform(.7, 1.3);
    p.voice = voiceNames()[static_cast<std::size_t>(random.below(static_cast<int>(voiceNames().size())))];
    p.voiceGain = random.uniform(.8, 1.2);
    p.pitch = 38 + random.below(20);
    p.speed = random.uniform(.92, 1.1);
    for (double& gain : p.answerGain) gain = random.uniform(.5, 1.3);
    p.smilesAtSurprise = random.chance(.3);
    p.smileAtUnitEnd = random.uniform(.2, .8);
    p.nodAtUnitEnd = random.uniform(.2, .8);
    p.headMirror = random.uniform(.1, .5);
    p.look = random.bits();
    return p;
}

} // namespace emc::corpus
