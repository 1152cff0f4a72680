#pragma once
// Arithmetic behind the attention panel. No Qt.
#include <utility>
#include <vector>

#include "core/api/reactions.h"

namespace emc {

// queries x keys of one head, or the mean over heads (head = -1). Empty when sizes do not fit.
std::vector<float> attentionOf(const AttentionMap& map, int head);
// Entropy of each row divided by log(keys): 0 = one key, 1 = all keys alike. Rows without weight give 0.
std::vector<float> rowEntropy(const std::vector<float>& weights, int queries, int keys);
// The value below which `share` of the finite values lie; 0 when there are none. Looks at no more than a hundred
// thousand values.
float quantile(const std::vector<float>& values, double share);
// Strongest entries of a row, falling; two of them are at least `apart` keys from each other.
std::vector<std::pair<int, float>> strongest(const float* row, int keys, int count, int apart);
// Values of `rows` spread over `frames` (nearest).
std::vector<float> spreadOver(const std::vector<float>& rows, int frames);

} // namespace emc
