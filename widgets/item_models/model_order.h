#pragma once
// The order of models in lists to choose from: networks with weights, baselines, then what cannot be used yet; within
// each as in the catalogue.
#include <algorithm>
#include <vector>

#include "core/api/reaction_model.h"

namespace emc {

inline bool hasWeights(const ModelInfo& info) {
    return !info.needsCheckpoint || !info.checkpoint.empty();
}

template <class Usable>
std::vector<ModelInfo> usableFirst(std::vector<ModelInfo> models, Usable usable) {
    const auto rank = [&](const ModelInfo& info) { return !usable(info) ? 2 : info.condition == "baseline" ? 1 : 0; };
    std::stable_sort(models.begin(), models.end(),
                     [&](const ModelInfo& a, const ModelInfo& b) { return rank(a) < rank(b); });
    return models;
}

} // namespace emc
