#pragma once
// The 99 lag correlations of FRSyn, fast: all products of a dimension in one pass, sums over the common frames from the
// whole sums less the ends.
#include <vector>

#include "core/eval/kernels/kernels.h"
#include "core/eval/metrics.h"

namespace emc {

// A course made ready once for any number of partners.
class LagSeries {
public:
    // `partner`: the one whose frames stay in place (the speaker); the other one is moved.
    void set(const float* course, int frames, int dims);
    int frames() const { return m_frames; }
    const float* course() const { return m_course; }

private:
    friend class LagSearch;
    struct Ends {
        double sum[kMaxLag + 1], squares[kMaxLag + 1]; // of the first (last) i frames
        int equal = 0;                                 // how many frames at this end are equal
    };
    struct Dim {
        double sum = 0, squares = 0;
        Ends head, tail;
    };
    const float* m_course = nullptr;
    int m_frames = 0, m_dims = 0;
    std::ptrdiff_t m_stride = 0;
    std::vector<double> m_values; // dimension-major, mean removed, zeros around
    std::vector<Dim> m_ends;
};

class LagSearch {
public:
    explicit LagSearch(const MetricKernels& kernels) : m_kernels(kernels) {}
    // Mean r for each lag as lagCorrelations() defines it, `official` with NaN and `fixed` without; either may be null.
    // Differences to lagCorrelations() stay below 1e-9.
    void correlate(const LagSeries& prediction, const LagSeries& speaker, std::vector<double>* official,
                   std::vector<double>* fixed);

private:
    const MetricKernels& m_kernels;
    std::vector<double> m_products;
};

} // namespace emc
