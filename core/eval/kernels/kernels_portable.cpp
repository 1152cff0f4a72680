// The loops for any processor: vectors of the compiler's own, 16 bytes wide.
#include "core/eval/kernels/kernels.h"

namespace emc::portable {

#include "core/eval/kernels/kernels_lanes.h"

using Doubles = DoubleLanes<16>;
using Floats = FloatLanes<16>;
constexpr int kDoubleVectors = 4, kFloatVectors = 4;
constexpr const char* kName = "portable";

#include "core/eval/kernels/kernels_body.h"

} // namespace emc::portable
