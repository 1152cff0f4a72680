// Vectors of lanes over the compiler's own vector types: what is the same for every instruction set. Included like
// kernels_body.h: inside the namespace of one .cpp per instruction set, so that no compiled function is shared.
// A set adds what its instructions do better (min, shift, blend, storeTop, lowest) by hiding the function here.

template <class Number, class Vector, class Half> // Half: a vector of as many single-precision numbers
struct Lanes {
    using T = Number;
    using V = Vector;
    static constexpr int kWidth = sizeof(Vector) / sizeof(Number);
    static T infinity() { return static_cast<T>(__builtin_inf()); }
    static V all(T value) { return value - V{}; }
    static V load(const T* p) {
        V v;
        __builtin_memcpy(&v, p, sizeof v);
        return v;
    }
    static V widen(const float* p) {
        Half v;
        __builtin_memcpy(&v, p, sizeof v);
        return __builtin_convertvector(v, V);
    }
    static void store(T* p, V v) { __builtin_memcpy(p, &v, sizeof v); }
    static V add(V a, V b) { return a + b; }
    static V sub(V a, V b) { return a - b; }
    static V mul(V a, V b) { return a * b; }
    static V min(V a, V b) { return a < b ? a : b; }
    static V shift(V current, V previous) {
        V v;
        v[0] = previous[kWidth - 1];
        for (int l = 1; l < kWidth; ++l) v[l] = current[l - 1];
        return v;
    }
    static V blend(V first, V rest, int count) {
        for (int l = 0; l < kWidth && l < count; ++l) rest[l] = first[l];
        return rest;
    }
    static void storeTop(T* p, V v) { *p = v[kWidth - 1]; }
    static T lowest(V v) {
        T best = v[0];
        for (int l = 1; l < kWidth; ++l) best = v[l] < best ? v[l] : best;
        return best;
    }
};

template <class Number, int bytes>
struct Wide {
    typedef Number Vector __attribute__((vector_size(bytes)));
};
template <int bytes>
using DoubleLanes = Lanes<double, typename Wide<double, bytes>::Vector, typename Wide<float, bytes / 2>::Vector>;
template <int bytes>
using FloatLanes = Lanes<float, typename Wide<float, bytes>::Vector, typename Wide<float, bytes>::Vector>;
