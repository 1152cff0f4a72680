#pragma once
// A reaction laid out for the warping kernels: dimension-major, padded, in single and double precision, with its runs
// of equal frames.
#include <cstdint>
#include <span>
#include <vector>

#include "core/eval/kernels/kernels.h"
#include "core/eval/metrics.h"

namespace emc {

inline constexpr int kDtwDims = 25;
// A pair of series is coarsened to blocks of this many frames to guess which neighbour is near.
inline constexpr int kCoarse = 12;

// The row side: a prediction.
class DtwRows {
public:
    void set(const float* course, int frames); // frames x 25; buffers are kept between calls
    int frames() const { return m_frames; }
    template <class T>
    const T* values(int dim) const;
    std::ptrdiff_t stride() const { return m_stride; }
    float low(int dim) const { return m_low[dim]; }
    float high(int dim) const { return m_high[dim]; }
    const float* coarse(int dim) const { return m_coarse.data() + dim * m_coarseStride; }
    int coarseFrames() const { return m_coarseFrames; }
    std::ptrdiff_t coarseStride() const { return m_coarseStride; }

private:
    int m_frames = 0, m_coarseFrames = 0;
    std::ptrdiff_t m_stride = 0, m_coarseStride = 0;
    std::vector<float> m_single, m_coarse;
    std::vector<double> m_double;
    float m_low[kDtwDims] = {}, m_high[kDtwDims] = {};
};

// The column side: a real listener.
class DtwColumns {
public:
    void set(const float* course, int frames);
    int frames() const { return m_frames; }
    template <class T>
    const T* backwards(int dim) const; // z[q] = y[frames - 1 - q]
    std::ptrdiff_t stride() const { return m_stride; }
    float low(int dim) const { return m_low[dim]; }
    float high(int dim) const { return m_high[dim]; }
    const float* coarse(int dim) const { return m_coarse.data() + kDtwPad + dim * m_coarseStride; } // backwards
    int coarseFrames() const { return m_coarseFrames; }
    std::ptrdiff_t coarseStride() const { return m_coarseStride; }

    struct Runs {
        int count = 0, shortest = 0; // count 0: runs would not pay
        std::vector<std::int32_t> begin, of, since;
        std::vector<double> doubles; // count x dims
        std::vector<float> singles;
        template <class T>
        const T* values() const;
    };
    const Runs& runs(int group) const { return m_runs[group]; }

private:
    void findRuns(const float* course, int group);
    int m_frames = 0, m_coarseFrames = 0;
    std::ptrdiff_t m_stride = 0, m_coarseStride = 0;
    std::vector<float> m_single, m_coarse;
    std::vector<double> m_double;
    float m_low[kDtwDims] = {}, m_high[kDtwDims] = {};
    Runs m_runs[kDtwGroups];
};

template <>
inline const float* DtwRows::values<float>(int dim) const {
    return m_single.data() + dim * m_stride;
}
template <>
inline const double* DtwRows::values<double>(int dim) const {
    return m_double.data() + dim * m_stride;
}
template <>
inline const float* DtwColumns::backwards<float>(int dim) const {
    return m_single.data() + kDtwPad + dim * m_stride;
}
template <>
inline const double* DtwColumns::backwards<double>(int dim) const {
    return m_double.data() + kDtwPad + dim * m_stride;
}
template <>
inline const float* DtwColumns::Runs::values<float>() const {
    return singles.data();
}
template <>
inline const double* DtwColumns::Runs::values<double>() const {
    return doubles.data();
}

} // namespace emc
