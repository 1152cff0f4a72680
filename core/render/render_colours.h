#pragma once
// The mesh-distance colour scale (one of the theme's three), even stops, linear in sRGB.
#include <array>
#include <cstdint>

namespace emc {

inline constexpr std::array<std::array<std::uint8_t, 3>, 7> kDistanceStops = {{{0xC7, 0xCB, 0xD0},
                                                                               {0xDF, 0xD1, 0x9D},
                                                                               {0xE7, 0xB5, 0x51},
                                                                               {0xE4, 0x82, 0x25},
                                                                               {0xCB, 0x48, 0x32},
                                                                               {0x9B, 0x20, 0x4C},
                                                                               {0x55, 0x16, 0x52}}};
// share 0..1 of the limit; beyond and not-a-number are clamped to the ends.
std::array<std::uint8_t, 3> distanceColour(double share);

} // namespace emc
