#pragma once
// How well a linear model predicts the listener: from face and voice, from each alone, and from the hidden course (the
// ceiling).
#include <vector>

#include "core/corpus/clip_data.h"

namespace emc::corpus {

struct RidgeScore {
    double frCorr = 0; // 10 x best CCC over the listeners of the script (as FRCorr with ten equal samples)
    double r2 = 0;     // pooled over the attributes that vary
};
struct RidgeResult {
    RidgeScore both, face, voice, hidden;
    int trainClips = 0, testClips = 0;
    bool valid = false; // false without enough clips
};
// Features: attributes + coefficients (83) and MFCC without copies (39, held through silence) + share of sound,
// averaged over 0.4 s, at five lags 0 .. 1.6 s; five predictions a second. The penalty is chosen on the validation
// clips.
RidgeResult ridge(const std::vector<ClipData>& clips);

// Solves (A + penalty I) X = B for a symmetric positive A (n x n, row-major), B n x m; X overwrites B. False when A is
// not positive.
bool solveSymmetric(std::vector<double> a, int n, double penalty, std::vector<double>& b, int m);

} // namespace emc::corpus
