#include "core/eval/kernels/kernels.h"

#include "core/api/error.h"

namespace emc {

namespace portable {
extern const MetricKernels kKernels;
}
#ifdef EMC_X86_KERNELS
namespace avx2 {
extern const MetricKernels kKernels;
}
namespace avx512 {
extern const MetricKernels kKernels;
}
#endif

std::vector<SimdLevel> simdLevels() {
    std::vector<SimdLevel> levels{SimdLevel::Portable};
#ifdef EMC_X86_KERNELS
    __builtin_cpu_init();
    if (__builtin_cpu_supports("avx2")) levels.push_back(SimdLevel::Avx2);
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl") &&
        __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("bmi2"))
        levels.push_back(SimdLevel::Avx512);
#endif
    return levels;
}

SimdLevel bestSimd() {
    static const SimdLevel best = simdLevels().back();
    return best;
}

const MetricKernels& metricKernels(SimdLevel level) {
    for (SimdLevel there : simdLevels()) {
        if (there != level) continue;
#ifdef EMC_X86_KERNELS
        if (level == SimdLevel::Avx2) return avx2::kKernels;
        if (level == SimdLevel::Avx512) return avx512::kKernels;
#endif
        return portable::kKernels;
    }
    throw Error(ErrorKind::Unsupported, "this processor has no " + simdName(level));
}

std::string simdName(SimdLevel level) {
    return level == SimdLevel::Avx512 ? "AVX-512" : level == SimdLevel::Avx2 ? "AVX2" : "portable";
}

} // namespace emc
