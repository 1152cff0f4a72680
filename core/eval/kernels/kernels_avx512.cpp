// The loops with 64-byte vectors; compiled with -mavx512f -mavx512dq -mavx512vl -mavx512bw -mbmi2.
#include "core/eval/kernels/kernels.h"

#include <immintrin.h>

namespace emc::avx512 {

#include "core/eval/kernels/kernels_lanes.h"

struct Doubles : DoubleLanes<64> {
    static V min(V a, V b) { return _mm512_min_pd(a, b); }
    static V shift(V current, V previous) {
        return _mm512_castsi512_pd(
            _mm512_alignr_epi64(_mm512_castpd_si512(current), _mm512_castpd_si512(previous), kWidth - 1));
    }
    static V blend(V first, V rest, int count) {
        return _mm512_mask_mov_pd(rest, static_cast<__mmask8>(_bzhi_u32(~0u, static_cast<unsigned>(count))), first);
    }
    static void storeTop(T* p, V v) { _mm_storeh_pd(p, _mm512_extractf64x2_pd(v, 3)); }
    static T lowest(V v) { return _mm512_reduce_min_pd(v); }
};

struct Floats : FloatLanes<64> {
    static V min(V a, V b) { return _mm512_min_ps(a, b); }
    static V shift(V current, V previous) {
        return _mm512_castsi512_ps(
            _mm512_alignr_epi32(_mm512_castps_si512(current), _mm512_castps_si512(previous), kWidth - 1));
    }
    static V blend(V first, V rest, int count) {
        return _mm512_mask_mov_ps(rest, static_cast<__mmask16>(_bzhi_u32(~0u, static_cast<unsigned>(count))), first);
    }
    static void storeTop(T* p, V v) {
        const __m128 high = _mm512_extractf32x4_ps(v, 3);
        _mm_store_ss(p, _mm_shuffle_ps(high, high, 0xff));
    }
    static T lowest(V v) { return _mm512_reduce_min_ps(v); }
};

constexpr int kDoubleVectors = 4, kFloatVectors = 4;
constexpr const char* kName = "AVX-512";

#include "core/eval/kernels/kernels_body.h"

} // namespace emc::avx512
