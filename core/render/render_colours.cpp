#include "core/render/render_colours.h"

#include <algorithm>
#include <cmath>

namespace emc {

std::array<std::uint8_t, 3> distanceColour(double share) {
    const double last = static_cast<double>(kDistanceStops.size()) - 1;
    const double place = (share > 0 ? std::min(share, 1.0) : 0.0) * last;
    const auto below = static_cast<std::size_t>(std::min(place, last - 1));
    const double part = place - static_cast<double>(below);
    std::array<std::uint8_t, 3> colour{};
    for (std::size_t c = 0; c < 3; ++c)
        colour[c] = static_cast<std::uint8_t>(
            std::lround(kDistanceStops[below][c] * (1 - part) + kDistanceStops[below + 1][c] * part));
    return colour;
}

} // namespace emc
