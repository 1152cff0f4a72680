#pragma once
// One performance as it lies on disk, for checks and statistics.
#include <string>
#include <vector>

namespace emc::corpus {

struct ClipData {
    std::string partition, name;
    int script = -1, frames = 0;
    std::vector<float> emotion, coeffs;                 // speaker, T x 25 and T x 58
    std::vector<float> mfcc;                            // speaker, T x 78
    std::vector<float> listenerEmotion, listenerCoeffs; // T x 25, T x 58
    std::vector<float> hidden;                          // T x kHiddenColumns; empty when absent
};

} // namespace emc::corpus
