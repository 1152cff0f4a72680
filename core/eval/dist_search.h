#pragma once
// The nearest appropriate listener of a prediction by exact dynamic time warping, without computing most of it. Nothing
// is left out that could change the result: a listener is dropped only when a lower bound of his distance lies above
// the best one so far.
#include <vector>

#include "core/eval/dtw_series.h"

namespace emc {

struct DistAnswer {
    double distance = 0;
    int neighbour = -1; // the smallest index among equals; -1 = none yet
    double sums[kDtwGroups] = {};
};

// What happened to the pairs of prediction and listener.
struct DistCounts {
    long pairs = 0;
    long bounded = 0;   // dropped by the bounds before any warping
    long abandoned = 0; // dropped while warping, in single or double precision
    long computed = 0;  // warped to the end in double precision
    DistCounts& operator+=(const DistCounts& other) {
        pairs += other.pairs;
        bounded += other.bounded;
        abandoned += other.abandoned;
        computed += other.computed;
        return *this;
    }
};

// Scratch memory of one thread.
class DistSearch {
public:
    DistSearch(const MetricKernels& kernels, bool prune) : m_kernels(kernels), m_prune(prune) {}
    // Improves `answer` by any of the listeners; ids are their indices in the neighbour matrix.
    void improve(const DtwRows& x, const std::vector<DtwColumns>& listeners, const std::vector<int>& ids, int count,
                 DistAnswer& answer);
    const DistCounts& counts() const { return m_counts; }

private:
    struct Candidate {
        int index = 0;
        double estimate = 0;           // of the distance; decides only the order
        double bound[kDtwGroups] = {}; // lower bounds of the groups' sums
    };
    template <class T>
    DtwJob<T> job(const DtwRows& x, const DtwColumns& y, int group);
    template <class T>
    T warp(const DtwRows& x, const DtwColumns& y, int group, double bound, T limit);
    double coarse(const DtwRows& x, const DtwColumns& y, int group);
    double excessOf(const DtwRows& x, const DtwColumns& y, int group, bool rows);
    void judge(const DtwRows& x, const DtwColumns& y, Candidate& candidate);
    void tryOne(const DtwRows& x, const DtwColumns& y, const Candidate& candidate, int id, DistAnswer& answer);

    const MetricKernels& m_kernels;
    bool m_prune, m_singles = true;
    DistCounts m_counts;
    std::vector<Candidate> m_candidates;
    std::vector<float> m_excess;
    template <class T>
    struct Scratch {
        std::vector<T> boundary, runCosts, rows, columns;
    };
    Scratch<float> m_floats;
    Scratch<double> m_doubles;
    template <class T>
    Scratch<T>& scratch();
};

} // namespace emc
