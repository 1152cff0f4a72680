#include "widgets/attention/attention_math.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace emc {

std::vector<float> attentionOf(const AttentionMap& map, int head) {
    if (map.heads <= 0 || map.queries <= 0 || map.keys <= 0 || head >= map.heads) return {};
    const std::size_t one = static_cast<std::size_t>(map.queries) * static_cast<std::size_t>(map.keys);
    if (map.weights.size() != one * static_cast<std::size_t>(map.heads)) return {};
    if (head >= 0) {
        const auto from = map.weights.begin() + static_cast<std::ptrdiff_t>(one * static_cast<std::size_t>(head));
        return {from, from + static_cast<std::ptrdiff_t>(one)};
    }
    std::vector<float> mean(map.weights.begin(), map.weights.begin() + static_cast<std::ptrdiff_t>(one));
    for (int h = 1; h < map.heads; ++h)
        for (std::size_t i = 0; i < one; ++i) mean[i] += map.weights[one * static_cast<std::size_t>(h) + i];
    for (float& value : mean) value /= static_cast<float>(map.heads);
    return mean;
}

std::vector<float> rowEntropy(const std::vector<float>& weights, int queries, int keys) {
    if (queries <= 0 || keys <= 0 ||
        weights.size() != static_cast<std::size_t>(queries) * static_cast<std::size_t>(keys))
        return {};
    std::vector<float> entropy(static_cast<std::size_t>(queries), 0.0f);
    const double most = std::log(std::max(2, keys));
    for (int q = 0; q < queries; ++q) {
        const float* row = weights.data() + static_cast<std::size_t>(q) * static_cast<std::size_t>(keys);
        double sum = 0, h = 0;
        for (int k = 0; k < keys; ++k) sum += std::max(0.0f, row[k]);
        if (!(sum > 0)) continue;
        for (int k = 0; k < keys; ++k) {
            const double p = std::max(0.0f, row[k]) / sum;
            if (p > 0) h -= p * std::log(p);
        }
        entropy[static_cast<std::size_t>(q)] = static_cast<float>(h / most);
    }
    return entropy;
}

float quantile(const std::vector<float>& values, double share) {
    const std::size_t step = std::max<std::size_t>(1, values.size() / 100000);
    std::vector<float> some;
    some.reserve(values.size() / step + 1);
    for (std::size_t i = 0; i < values.size(); i += step)
        if (std::isfinite(values[i])) some.push_back(values[i]);
    if (some.empty()) return 0;
    const auto at =
        some.begin() + static_cast<std::ptrdiff_t>(std::clamp(share, 0.0, 1.0) * static_cast<double>(some.size() - 1));
    std::nth_element(some.begin(), at, some.end());
    return *at;
}

std::vector<std::pair<int, float>> strongest(const float* row, int keys, int count, int apart) {
    std::vector<int> order(static_cast<std::size_t>(std::max(0, keys)));
    std::iota(order.begin(), order.end(), 0);
    std::stable_sort(order.begin(), order.end(), [row](int a, int b) { return row[a] > row[b]; });
    std::vector<std::pair<int, float>> chosen;
    for (int key : order) {
        if (static_cast<int>(chosen.size()) >= count) break;
        const bool near =
            std::any_of(chosen.begin(), chosen.end(), [&](const auto& c) { return std::abs(c.first - key) < apart; });
        if (!near) chosen.emplace_back(key, row[key]);
    }
    return chosen;
}

std::vector<float> spreadOver(const std::vector<float>& rows, int frames) {
    std::vector<float> spread;
    if (rows.empty() || frames <= 0) return spread;
    spread.resize(static_cast<std::size_t>(frames));
    for (int t = 0; t < frames; ++t) {
        const auto at =
            std::min(rows.size() - 1, static_cast<std::size_t>((t + 0.5) * static_cast<double>(rows.size()) / frames));
        spread[static_cast<std::size_t>(t)] = rows[at];
    }
    return spread;
}

} // namespace emc
