#include "core/data/half.h"

#include <bit>

namespace emc {

float halfToFloat(std::uint16_t half) {
    const std::uint32_t sign = std::uint32_t(half & 0x8000u) << 16;
    const std::uint32_t exponent = (half >> 10) & 31u, mantissa = half & 1023u;
    if (exponent == 31) return std::bit_cast<float>(sign | 0x7F800000u | mantissa << 13);
    if (exponent > 0) return std::bit_cast<float>(sign | (exponent + 112) << 23 | mantissa << 13);
    const float value = static_cast<float>(mantissa) * 0x1p-24f; // subnormal half: exact as a float
    return sign ? -value : value;
}

std::uint16_t floatToHalf(float value) {
    const std::uint32_t bits = std::bit_cast<std::uint32_t>(value);
    const auto sign = static_cast<std::uint16_t>(bits >> 16 & 0x8000u);
    const std::uint32_t magnitude = bits & 0x7FFFFFFFu;
    if (magnitude > 0x7F800000u) return sign | 0x7C00u | 0x200u | static_cast<std::uint16_t>(magnitude >> 13 & 0x1FFu);
    if (magnitude >= 0x477FF000u) return sign | 0x7C00u; // 65520 and more round to infinity
    if (magnitude >= 0x38800000u) {                      // normal halves: drop 13 bits, ties to even
        const std::uint32_t rounded = magnitude + 0xFFFu + (magnitude >> 13 & 1u);
        return static_cast<std::uint16_t>(sign | ((rounded >> 13) - (112u << 10)));
    }
    if (magnitude < 0x33000000u)
        return sign; // below half of the smallest subnormal (a tie at exactly half goes to even = 0, see below)
    const std::uint32_t shift = 126u - (magnitude >> 23); // 14 ... 24
    const std::uint32_t mantissa = (magnitude & 0x7FFFFFu) | 0x800000u;
    const std::uint32_t kept = mantissa >> shift, rest = mantissa & ((1u << shift) - 1u), tie = 1u << (shift - 1);
    const std::uint32_t up = rest > tie || (rest == tie && (kept & 1u)) ? 1u : 0u;
    return static_cast<std::uint16_t>(sign | (kept + up));
}

float bfloat16ToFloat(std::uint16_t value) {
    return std::bit_cast<float>(std::uint32_t(value) << 16);
}

std::uint16_t floatToBfloat16(float value) {
    const std::uint32_t bits = std::bit_cast<std::uint32_t>(value);
    if ((bits & 0x7FFFFFFFu) > 0x7F800000u) return static_cast<std::uint16_t>(bits >> 16 | 0x40u);
    return static_cast<std::uint16_t>((bits + 0x7FFFu + (bits >> 16 & 1u)) >> 16);
}

} // namespace emc
