#pragma once
// Arithmetic behind the CMA panel. No Qt.
#include <span>
#include <vector>

#include "core/api/reactions.h"

namespace emc {

// Between two draws: (1 - share) A + share B, stretched to the length a draw has there (the straight line is shorter
// than either end, and short latents are answered with an average face). Sizes must be equal; else empty.
std::vector<float> latentBetween(std::span<const float> a, std::span<const float> b, double share);

// Transposes T x D of the frames [first, last) into D x (last - first), as pictures want it.
std::vector<float> channelsByTime(const std::vector<float>& values, int frames, int dims, int first, int last);

struct Agreement {
    bool known = false;
    double meanCosine = 0, lowestCosine = 0, meanL2 = 0, highestL2 = 0; // L2 per channel
};
// Over the frames of `spans` (all frames when empty).
Agreement agreementOf(const CmaTrace& trace, const std::vector<FrameSpan>& spans);

// The latent dimensions whose posterior mean moves most, falling; the dimensions of largest draws when there is no
// posterior.
std::vector<int> liveliestDims(const CmaTrace& trace, int count);
// Number of draws that `draws` holds.
int drawCount(const CmaTrace& trace);

} // namespace emc
