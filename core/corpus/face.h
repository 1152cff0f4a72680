#pragma once
// A face in time: how strongly four feelings show -> 25 attributes (as a detector would report them) and 58
// coefficients.
#include <array>
#include <vector>

#include "core/corpus/mouth.h"
#include "core/corpus/person.h"
#include "core/corpus/random.h"

namespace emc::corpus {

struct FaceInput {
    std::vector<FeelingLevels> shown;              // per frame, before the person's gains
    std::vector<MouthShape> mouth;                 // per frame
    std::vector<bool> talking;                     // per frame
    std::vector<double> unitEnds;                  // seconds: places of long blinks
    std::vector<double> nods;                      // seconds: starts of nods
    std::vector<std::array<double, 3>> headFollow; // per frame, added to the head's rotation; may be empty
};
struct FaceResult {
    std::vector<float> emotion; // T x 25
    std::vector<float> coeffs;  // T x 58
};
FaceResult makeFace(const Person& person, const FaceInput& input, Random& random);

// How AUs and shapes follow the feelings; exposed for the tests.
std::array<double, 15> auIntensities(const FeelingLevels& levels, const MouthShape& mouth);

} // namespace emc::corpus
