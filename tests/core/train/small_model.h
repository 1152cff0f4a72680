#pragma once
// A tiny trainable model in the catalogue ("test-small"): it has all that the trainer must keep in step (frozen parts,
// dropout, noise, a buffer).
#include <atomic>

namespace emc::test {

struct SmallModelSwitches {
    std::atomic<long> brokenStep{-1}; // its loss is NaN there
    std::atomic<long> wholeFrom{0};   // earlier steps are a first stage
    std::atomic<int> lossCalls{0};
    std::atomic<double> dropout{0.1};
    std::atomic<double> validation{-1}; // what it is said to be, while not below 0
};
SmallModelSwitches& smallModel();

} // namespace emc::test
