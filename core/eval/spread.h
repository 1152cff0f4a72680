#pragma once
// Sums of squared distances over all pairs of a group of courses, from sums: n sum d^2 - (sum d)^2 for each element, d
// the difference to one of the courses. Linear in the number of courses and exact (equal courses give 0).
#include <cstddef>
#include <vector>

#include "core/eval/kernels/kernels.h"

namespace emc {

struct Spread {
    // Frames [firstFrame, firstFrame + frames) of `courses` courses that begin at base, base + stride, ...; a course
    // has lengths[i] frames (null: all). Differences are taken to course `origin`, which must be the longest. Adds the
    // sum over unordered pairs to perDim[dims], and, if not null, what belongs to pairs with course i to perCourse[i].
    void add(const MetricKernels& kernels, const float* base, std::ptrdiff_t stride, int courses, int origin,
             const int* lengths, int firstFrame, int frames, int dims, double* perDim, double* perCourse);

private:
    std::vector<double> m_sum, m_squares;
};

// Frames that are summed at a time: they stay in the nearest caches.
inline constexpr int kSpreadFrames = 60;

} // namespace emc
