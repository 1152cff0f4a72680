#pragma once
// The two figures of the terminal: what a model attends to, and what CMA imagines.
#include <filesystem>
#include <string>

#include "core/api/reactions.h"

namespace emc {

// One map as a picture with axes in seconds and a colour bar. `head` -1 = mean over the heads.
void writeAttentionFigure(const std::filesystem::path& png, const AttentionMap& map, int head, double rateHz,
                          const std::string& title, const std::string& caption);

// Posterior mean and spread of the most active latent, the imagined features beside the true ones where these are
// known, the draws, the agreement.
void writeCmaFigure(const std::filesystem::path& png, const CmaTrace& trace, double rateHz, const std::string& title,
                    const std::string& caption);

} // namespace emc
