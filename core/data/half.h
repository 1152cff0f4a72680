#pragma once
// IEEE half and bfloat16 against float. To float: exact. From float: round to nearest, ties to even; NaN stays NaN.
#include <cstdint>

namespace emc {

float halfToFloat(std::uint16_t half);
std::uint16_t floatToHalf(float value);
float bfloat16ToFloat(std::uint16_t value);
std::uint16_t floatToBfloat16(float value);

} // namespace emc
