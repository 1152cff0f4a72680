// The loops behind kernels.h. Included by one .cpp per instruction set, which defines Doubles and Floats in its own
// namespace and is compiled with its own flags. Nothing from the standard library is used here: an inline function
// compiled for a newer processor could be picked by the linker for everybody.

// Equal-length vectors of lanes: load, loadAt, all, min, add, sub, mul, blend (that many lanes from the first, the
// others from the second), shift (lane l from l - 1, lane 0 from the last lane of the second), top, storeTop.

// A strip of kVectors * kWidth rows lies in registers, one row a lane, and moves over the columns askew: at step s the
// lane of row o works on column s - o, so that its three predecessors are ready. The last row of a strip is the
// boundary of the next one.
enum Runs { kNoRuns, kAnyRuns, kLongRuns };

template <class O, int kVectors, int kDims, Runs kRuns>
struct Strip {
    using T = typename O::T;
    using V = typename O::V;
    static constexpr int kWidth = O::kWidth, kRows = kVectors * kWidth;

    static inline __attribute__((always_inline)) V directCost(const DtwJob<T>& job, const T* x, const T* z, int v) {
        const int dims = kDims > 0 ? kDims : job.dims;
        V d = O::sub(O::load(x + v * kWidth), O::load(z + v * kWidth));
        V cost = O::mul(d, d);
        for (int c = 1; c < dims; ++c) {
            d = O::sub(O::load(x + c * job.xStride + v * kWidth), O::load(z + c * job.zStride + v * kWidth));
            cost = O::add(cost, O::mul(d, d));
        }
        return cost;
    }

    // Lanes of vector v work on the columns p, p - 1, ...: these are at most two runs unless some run is shorter than a
    // vector.
    static inline __attribute__((always_inline)) V runCost(const DtwJob<T>& job, int p, int v) {
        const std::int32_t high = job.runOf[p];
        const T* costs = job.runCosts + kRows + v * kWidth;
        if constexpr (kRuns == kLongRuns)
            return O::blend(O::load(costs + high * kRows), O::load(costs + (high - 1) * kRows), job.sinceBegin[p]);
        const std::int32_t low = job.runOf[p - (kWidth - 1)];
        V cost = O::load(costs + low * kRows);
        for (std::int32_t r = low + 1; r <= high; ++r)
            cost = O::blend(O::load(costs + r * kRows), cost, p - job.runBegin[r] + 1);
        return cost;
    }

    static void fillRunCosts(const DtwJob<T>& job, int row) {
        const int dims = kDims > 0 ? kDims : job.dims;
        for (int r = 0; r < job.runs; ++r)
            for (int v = 0; v < kVectors; ++v) {
                const T *x = job.x + row + v * kWidth, *y = job.runValues + r * dims;
                V d = O::sub(O::load(x), O::all(y[0]));
                V cost = O::mul(d, d);
                for (int c = 1; c < dims; ++c) {
                    d = O::sub(O::load(x + c * job.xStride), O::all(y[c]));
                    cost = O::add(cost, O::mul(d, d));
                }
                O::store(job.runCosts + (r + 1) * kRows + v * kWidth, cost);
            }
    }

    // Columns first..ny of the strip that begins at `row`; `last` is the last column whose boundary is within the
    // limit. Leaves the strip's last row in the boundary. Returns the cell of row nx - 1 in the last strip.
    static T sweep(const DtwJob<T>& job, int row, int first, int last, T limit) {
        const V infinite = O::all(O::infinity());
        V left[kVectors], diagonal[kVectors];
        for (int v = 0; v < kVectors; ++v) left[v] = diagonal[v] = infinite;
        diagonal[0] = O::shift(infinite, O::all(job.boundary[first - 1]));
        const int inStrip = job.nx - row;
        const bool final = inStrip <= kRows;
        const int end = final ? job.ny + inStrip - 1 : job.ny + kRows - 1;
        T* __restrict boundary = job.boundary;
        const T* x = job.x + row;
        int s = first;
        while (s < end) {
            const int stop = s + 16 < end ? s + 16 : end;
            for (; s < stop; ++s) {
                const T* z = job.z + (job.ny - 1 - s);
                V up = O::shift(left[0], O::all(boundary[s]));
                V previous = left[0];
#pragma GCC unroll 8
                for (int v = 0; v < kVectors; ++v) {
                    const V best = O::min(O::min(left[v], diagonal[v]), up);
                    diagonal[v] = up;
                    if (v + 1 < kVectors) {
                        const V next = left[v + 1];
                        up = O::shift(next, previous);
                        previous = next;
                    }
                    if constexpr (kRuns != kNoRuns) left[v] = O::add(best, runCost(job, s - v * kWidth, v));
                    else left[v] = O::add(best, directCost(job, x, z, v));
                }
                O::storeTop(boundary + s - (kRows - 1), left[kVectors - 1]);
            }
            if (s <= last) continue;
            // Right of `last` everything that comes from above is out; when all that is in the registers is out too,
            // the rest of the strip is out.
            V lowest = O::min(left[0], diagonal[0]);
            for (int v = 1; v < kVectors; ++v) lowest = O::min(lowest, O::min(left[v], diagonal[v]));
            if (s < end && O::lowest(lowest) > limit) {
                if (final) return O::infinity();
                for (int j = s - kRows < 0 ? 0 : s - kRows + 1; j < job.ny; ++j) boundary[j] = O::infinity();
                return 0;
            }
        }
        if (!final) return 0;
        T lanes[kRows];
        for (int v = 0; v < kVectors; ++v) O::store(lanes + v * kWidth, left[v]);
        return lanes[inStrip - 1];
    }

    // Whether no path within the limit leaves the strip at column j.
    static bool out(const DtwJob<T>& job, int j, T limit) {
        return !(job.boundary[j] <= limit) ||
               (job.columnsRemaining && !(job.boundary[j] <= job.limit - job.columnsRemaining[j + 1]));
    }

    static T run(const DtwJob<T>& job) {
        T* boundary = job.boundary;
        for (int j = -kDtwPad; j < job.ny + kDtwPad; ++j) boundary[j] = O::infinity();
        boundary[-1] = 0;
        int first = 0, last = 0; // columns that can still be on a path within the limit
        for (int row = 0; row < job.nx; row += kRows) {
            if constexpr (kRuns != kNoRuns) fillRunCosts(job, row);
            const int behind = row + kRows;
            const T limit = job.remaining && behind < job.nx ? job.limit - job.remaining[behind] : job.limit;
            const T end = sweep(job, row, first, last, limit);
            if (behind >= job.nx) return end <= job.limit ? end : O::infinity();
            boundary[first - 1] = O::infinity();
            while (first < job.ny && out(job, first, limit)) ++first;
            if (first == job.ny) return O::infinity();
            last = job.ny - 1;
            while (out(job, last, limit)) --last;
            // What is out must not look like something when it is the corner of the next strip.
            if (first > 0) boundary[first - 1] = O::infinity();
        }
        return O::infinity();
    }
};

template <class O, int kVectors>
static typename O::T dtw(const DtwJob<typename O::T>& job) {
    if (job.runs > 0) {
        if (job.shortestRun >= O::kWidth) return Strip<O, kVectors, 0, kLongRuns>::run(job);
        return Strip<O, kVectors, 0, kAnyRuns>::run(job);
    }
    if (job.dims == 2) return Strip<O, kVectors, 2, kNoRuns>::run(job);
    if (job.dims == 8) return Strip<O, kVectors, 8, kNoRuns>::run(job);
    if (job.dims == 15) return Strip<O, kVectors, 15, kNoRuns>::run(job);
    return Strip<O, kVectors, 0, kNoRuns>::run(job);
}

static double dtw64(const DtwJob<double>& job) {
    return dtw<Doubles, kDoubleVectors>(job);
}
static float dtw32(const DtwJob<float>& job) {
    return dtw<Floats, kFloatVectors>(job);
}

// A known number of dimensions lets the compiler keep whole rows in registers.
template <int kDims>
static inline __attribute__((always_inline)) void sumsOf(const float* __restrict x, int frames, int dims,
                                                         double* __restrict sum) {
    if (kDims > 0) dims = kDims;
    for (int c = 0; c < dims; ++c) sum[c] = 0;
    for (int t = 0; t < frames; ++t)
        for (int c = 0; c < dims; ++c) sum[c] += static_cast<double>(x[static_cast<std::ptrdiff_t>(t) * dims + c]);
}
static void sums(const float* x, int frames, int dims, double* sum) {
    if (dims == 25) sumsOf<25>(x, frames, dims, sum);
    else sumsOf<0>(x, frames, dims, sum);
}

template <int kDims>
static inline __attribute__((always_inline)) void squaresOf(const float* __restrict x, int frames, int dims,
                                                            const double* __restrict mean, double* __restrict squares) {
    if (kDims > 0) dims = kDims;
    for (int c = 0; c < dims; ++c) squares[c] = 0;
    for (int t = 0; t < frames; ++t)
        for (int c = 0; c < dims; ++c) {
            const double d = static_cast<double>(x[static_cast<std::ptrdiff_t>(t) * dims + c]) - mean[c];
            squares[c] += d * d;
        }
}
static void squares(const float* x, int frames, int dims, const double* mean, double* out) {
    if (dims == 25) squaresOf<25>(x, frames, dims, mean, out);
    else squaresOf<0>(x, frames, dims, mean, out);
}

template <int kDims>
static inline __attribute__((always_inline)) void productsOf(const float* __restrict x, const double* __restrict xMean,
                                                             const float* __restrict y, const double* __restrict yMean,
                                                             int frames, int dims, double* __restrict products) {
    if (kDims > 0) dims = kDims;
    for (int c = 0; c < dims; ++c) products[c] = 0;
    for (int t = 0; t < frames; ++t)
        for (int c = 0; c < dims; ++c) {
            const std::ptrdiff_t i = static_cast<std::ptrdiff_t>(t) * dims + c;
            products[c] += (static_cast<double>(x[i]) - xMean[c]) * (static_cast<double>(y[i]) - yMean[c]);
        }
}
static void products(const float* x, const double* xMean, const float* y, const double* yMean, int frames, int dims,
                     double* out) {
    if (dims == 25) productsOf<25>(x, xMean, y, yMean, frames, dims, out);
    else productsOf<0>(x, xMean, y, yMean, frames, dims, out);
}

// The sums of a few elements stay in registers while the rows pass.
static void accumulate(const float* x, std::ptrdiff_t stride, int rows, const float* origin, int count, double* sum,
                       double* squares) {
    using O = Doubles;
    constexpr int kVectors = 2, kStep = kVectors * O::kWidth;
    int i = 0;
    for (; i + kStep <= count; i += kStep) {
        O::V total[kVectors], square[kVectors], zero[kVectors];
        for (int v = 0; v < kVectors; ++v) {
            total[v] = O::load(sum + i + v * O::kWidth);
            square[v] = O::load(squares + i + v * O::kWidth);
            zero[v] = O::widen(origin + i + v * O::kWidth);
        }
        const float* row = x + i;
        for (int r = 0; r < rows; ++r, row += stride)
#pragma GCC unroll 2
            for (int v = 0; v < kVectors; ++v) {
                const O::V d = O::sub(O::widen(row + v * O::kWidth), zero[v]);
                total[v] = O::add(total[v], d);
                square[v] = O::add(square[v], O::mul(d, d));
            }
        for (int v = 0; v < kVectors; ++v) {
            O::store(sum + i + v * O::kWidth, total[v]);
            O::store(squares + i + v * O::kWidth, square[v]);
        }
    }
    for (; i < count; ++i)
        for (int r = 0; r < rows; ++r) {
            const double d = static_cast<double>(x[r * stride + i]) - static_cast<double>(origin[i]);
            sum[i] += d;
            squares[i] += d * d;
        }
}

static void excess(const float* __restrict x, int count, float low, float high, float* __restrict sum) {
    for (int i = 0; i < count; ++i) {
        const float above = x[i] - high, below = low - x[i];
        float d = above > below ? above : below;
        d = d > 0 ? d : 0;
        sum[i] += d * d;
    }
}

// A number minus itself is 0 only when it is finite; NaN stays in a sum.
static bool finite(const float* x, std::ptrdiff_t count) {
    constexpr int kStride = 32;
    float rest[kStride] = {};
    std::ptrdiff_t i = 0;
    for (; i + kStride <= count; i += kStride)
        for (int l = 0; l < kStride; ++l) rest[l] += x[i + l] - x[i + l];
    for (; i < count; ++i) rest[0] += x[i] - x[i];
    float sum = 0;
    for (int l = 0; l < kStride; ++l) sum += rest[l];
    return sum == 0;
}

// Eight vectors of lags stay in registers while time passes: each sum keeps the order of time.
static void lagProducts(const double* __restrict x, const double* __restrict y, int n, int lags,
                        double* __restrict out) {
    using O = Doubles;
    constexpr int kBlock = 8;
    for (int m = 0; m < lags; m += kBlock * O::kWidth) {
        O::V sum[kBlock];
        for (int b = 0; b < kBlock; ++b) sum[b] = O::all(0);
        for (int t = 0; t < n; ++t) {
            const O::V value = O::all(y[t]);
#pragma GCC unroll 8
            for (int b = 0; b < kBlock; ++b) sum[b] = O::add(sum[b], O::mul(value, O::load(x + t + m + b * O::kWidth)));
        }
        for (int b = 0; b < kBlock; ++b) O::store(out + m + b * O::kWidth, sum[b]);
    }
}

static double peak(long rounds, double* sink) {
    using O = Doubles;
    constexpr int kChains = 8;
    const O::V factor = O::all(0.999), term = O::all(0.001);
    O::V value[kChains];
    for (int b = 0; b < kChains; ++b) value[b] = O::all(b);
    for (long i = 0; i < rounds; ++i) {
#pragma GCC unroll 8
        for (int b = 0; b < kChains; ++b) value[b] = O::add(O::mul(value[b], factor), term);
    }
    for (int b = 1; b < kChains; ++b) value[0] = O::add(value[0], value[b]);
    *sink = O::lowest(value[0]);
    return 2.0 * static_cast<double>(rounds) * kChains * O::kWidth;
}

extern const MetricKernels kKernels;
const MetricKernels kKernels{kName,      dtw64,  dtw32,  sums,        squares, products,
                             accumulate, excess, finite, lagProducts, peak};
