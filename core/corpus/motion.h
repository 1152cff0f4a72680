#pragma once
// Blinks, gaze and the head. Source of rates and lengths: design page data.md 4.
#include <array>
#include <vector>

#include "core/corpus/random.h"

namespace emc::corpus {

struct Person;
struct FaceInput;

struct MotionResult {
    std::vector<float> lid;                     // T, 0 open .. 1 closed
    std::vector<std::array<float, 2>> gaze;     // T, left(+)/right and up(+)/down, -1..1
    std::vector<std::array<float, 3>> rotation; // T, radians: pitch (down +), yaw, roll
    std::vector<std::array<float, 3>> translation;
    // Writes lids, gaze and head into one row of 58 coefficients.
    void put(int frame, float* coeffs) const;
};
MotionResult makeMotion(const Person& person, const FaceInput& input, Random& random);

} // namespace emc::corpus
