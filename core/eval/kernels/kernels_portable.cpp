// The loops for any processor: vectors of the compiler's own, 16 bytes wide.
#include "core/eval/kernels/kernels.h"

namespace emc::portable {

template <class Number, class Vector, int width>
struct Lanes {
    using T = Number;
    using V = Vector;
    static constexpr int kWidth = width;
    static T infinity() { return static_cast<T>(__builtin_inf()); }
    static V all(T value) {
        V v;
        for (int l = 0; l < width; ++l) v[l] = value;
        return v;
    }
    static V load(const T* p) {
        V v;
        __builtin_memcpy(&v, p, sizeof v);
        return v;
    }
    static V widen(const float* p) {
        V v;
        for (int l = 0; l < width; ++l) v[l] = static_cast<T>(p[l]);
        return v;
    }
    static void store(T* p, V v) { __builtin_memcpy(p, &v, sizeof v); }
    static V min(V a, V b) { return a < b ? a : b; }
    static V add(V a, V b) { return a + b; }
    static V sub(V a, V b) { return a - b; }
    static V mul(V a, V b) { return a * b; }
    static V shift(V current, V previous) {
        V v;
        v[0] = previous[width - 1];
        for (int l = 1; l < width; ++l) v[l] = current[l - 1];
        return v;
    }
    static V blend(V first, V rest, int count) {
        for (int l = 0; l < width && l < count; ++l) rest[l] = first[l];
        return rest;
    }
    static void storeTop(T* p, V v) { *p = v[width - 1]; }
    static T lowest(V v) {
        T best = v[0];
        for (int l = 1; l < width; ++l) best = v[l] < best ? v[l] : best;
        return best;
    }
};

typedef double DoublePair __attribute__((vector_size(16)));
typedef float FloatQuad __attribute__((vector_size(16)));
using Doubles = Lanes<double, DoublePair, 2>;
using Floats = Lanes<float, FloatQuad, 4>;
constexpr int kDoubleVectors = 4, kFloatVectors = 4;
constexpr const char* kName = "portable";

#include "core/eval/kernels/kernels_body.h"

} // namespace emc::portable
