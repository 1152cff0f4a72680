#pragma once
// The inner loops of the metrics, compiled once per instruction set and chosen at run time. Every level does the same
// operations in the same order (no fused multiply-add), so all of them give the same bits.
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace emc {

// Entries that may be read (and are never used) on either side of the arrays of a DtwJob.
inline constexpr int kDtwPad = 64;

// One dynamic time warping of nx rows against ny columns with squared Euclidean local cost; T is double or float.
template <class T>
struct DtwJob {
    const T* x = nullptr; // dims x xStride: the row series, dimension-major; kDtwPad entries may be read behind nx
    const T* z = nullptr; // dims x zStride: the column series backwards, z[q] = y[ny - 1 - q]; kDtwPad on both sides
    std::ptrdiff_t xStride = 0, zStride = 0;
    int nx = 0, ny = 0, dims = 0;
    // Equal neighbouring columns: their cost is computed once. runs == 0: every column on its own.
    int runs = 0;
    const std::int32_t* runBegin = nullptr;   // first column of each run
    const std::int32_t* runOf = nullptr;      // run of each column; kDtwPad entries on both sides repeat the ends
    const std::int32_t* sinceBegin = nullptr; // columns of its run so far, the column itself too; 0 before the first
    int shortestRun = 0;                      // the last one apart
    const T* runValues = nullptr;             // runs x dims
    T* runCosts = nullptr;                    // scratch, (runs + 1) x kDtwPad
    T* boundary = nullptr;                    // scratch for the last row of a strip, entry 0; kDtwPad on both sides
    const T* remaining = nullptr; // nx + 1 lower bounds of what rows i.. add to any path; may be null (nothing known)
    const T* columnsRemaining = nullptr; // the same for columns, ny + 1
    T limit = 0;                         // infinity is returned when the sum is above; it is exact when it is not
};

struct MetricKernels {
    const char* name;
    // Smallest sum of costs over all warping paths (not its root). Cells that lie above the limit are left out.
    double (*dtw64)(const DtwJob<double>&);
    float (*dtw32)(const DtwJob<float>&);
    // sum[c] and, about mean[c], squares[c] of a frames x dims course, both in the order of time.
    void (*sums)(const float* x, int frames, int dims, double* sum);
    void (*squares)(const float* x, int frames, int dims, const double* mean, double* squares);
    // products[c] = sum over time of (x - xMean)(y - yMean).
    void (*products)(const float* x, const double* xMean, const float* y, const double* yMean, int frames, int dims,
                     double* products);
    // For each of the rows x, x + stride, ...: d = row - origin; sum += d, squares += d d, element by element.
    void (*accumulate)(const float* x, std::ptrdiff_t stride, int rows, const float* origin, int count, double* sum,
                       double* squares);
    // sum[i] += the squared distance of x[i] to the interval [low, high].
    void (*excess)(const float* x, int count, float low, float high, float* sum);
    bool (*finite)(const float* x, std::ptrdiff_t count); // neither NaN nor infinite
    // out[m] = sum over t in [0, n) of x[t + m] y[t] for m in [0, lags); x has n + lags - 1 entries or more, and `out`
    // room for lags rounded up to 64.
    void (*lagProducts)(const double* x, const double* y, int n, int lags, double* out);
    // Additions and multiplications of doubles in registers only, as fast as they go; returns how many. For benches.
    double (*peak)(long rounds, double* sink);
};

enum class SimdLevel { Portable, Avx2, Avx512 };
// What this processor can do, slowest first; the last one is what users get.
std::vector<SimdLevel> simdLevels();
SimdLevel bestSimd();
const MetricKernels& metricKernels(SimdLevel level); // throws Error(Unsupported) when the processor lacks it
std::string simdName(SimdLevel level);

} // namespace emc
