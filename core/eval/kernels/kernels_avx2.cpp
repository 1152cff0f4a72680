// The loops with 32-byte vectors; compiled with -mavx2.
#include "core/eval/kernels/kernels.h"

#include <immintrin.h>

namespace emc::avx2 {

#include "core/eval/kernels/kernels_lanes.h"

struct Doubles : DoubleLanes<32> {
    static V min(V a, V b) { return _mm256_min_pd(a, b); }
    static V shift(V current, V previous) {
        return _mm256_shuffle_pd(_mm256_permute2f128_pd(previous, current, 0x21), current, 0x5);
    }
    static V blend(V first, V rest, int count) {
        static const std::int64_t kMasks[2 * kWidth] = {-1, -1, -1, -1, 0, 0, 0, 0};
        const int lanes = count < kWidth ? count : kWidth;
        const __m256i mask = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(kMasks + (kWidth - lanes)));
        return _mm256_blendv_pd(rest, first, _mm256_castsi256_pd(mask));
    }
    static void storeTop(T* p, V v) { _mm_storeh_pd(p, _mm256_extractf128_pd(v, 1)); }
    static T lowest(V v) {
        const __m128d half = _mm_min_pd(_mm256_castpd256_pd128(v), _mm256_extractf128_pd(v, 1));
        return _mm_cvtsd_f64(_mm_min_pd(half, _mm_unpackhi_pd(half, half)));
    }
};

struct Floats : FloatLanes<32> {
    static V min(V a, V b) { return _mm256_min_ps(a, b); }
    static V shift(V current, V previous) {
        const __m256i middle = _mm256_castps_si256(_mm256_permute2f128_ps(previous, current, 0x21));
        return _mm256_castsi256_ps(_mm256_alignr_epi8(_mm256_castps_si256(current), middle, 12));
    }
    static V blend(V first, V rest, int count) {
        static const std::int32_t kMasks[2 * kWidth] = {-1, -1, -1, -1, -1, -1, -1, -1, 0, 0, 0, 0, 0, 0, 0, 0};
        const int lanes = count < kWidth ? count : kWidth;
        const __m256i mask = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(kMasks + (kWidth - lanes)));
        return _mm256_blendv_ps(rest, first, _mm256_castsi256_ps(mask));
    }
    static void storeTop(T* p, V v) {
        const __m128 high = _mm256_extractf128_ps(v, 1);
        _mm_store_ss(p, _mm_shuffle_ps(high, high, 0xff));
    }
    static T lowest(V v) {
        __m128 half = _mm_min_ps(_mm256_castps256_ps128(v), _mm256_extractf128_ps(v, 1));
        half = _mm_min_ps(half, _mm_movehl_ps(half, half));
        return _mm_cvtss_f32(_mm_min_ss(half, _mm_shuffle_ps(half, half, 1)));
    }
};

constexpr int kDoubleVectors = 4, kFloatVectors = 4;
constexpr const char* kName = "AVX2";

#include "core/eval/kernels/kernels_body.h"

} // namespace emc::avx2
