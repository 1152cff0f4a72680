#pragma once
// The numbers of a made corpus beside their targets (design page data.md 4).
#include <vector>

#include "core/corpus/clip_data.h"
#include "core/corpus/make_corpus.h"

namespace emc::corpus {

// Clips without the hidden course are left out of the figures that need it.
std::vector<CorpusFigure> statisticsOf(const std::vector<ClipData>& clips);

} // namespace emc::corpus
