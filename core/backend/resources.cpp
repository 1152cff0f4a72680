#include "core/backend/studio_backend.h"
#include "core/data/resource_places.h"

namespace emc {

namespace fs = std::filesystem;

fs::path resourceFolder() {
    return resourcePlaces().front();
}

fs::path demoClipFolder() {
    const fs::path clip = resourceFolder() / "demo" / "clip";
    return fs::exists(clip / "clip.toml") ? clip : fs::path();
}

fs::path demoWeights(const std::string& model) {
    const fs::path weights = resourceFolder() / "demo" / "weights" / (model + ".safetensors");
    if (fs::exists(weights)) return weights;
    // What the mean baselines know is one file for both.
    const fs::path mean = weights.parent_path() / "mean_statistics.safetensors";
    return model.starts_with("mean-") && fs::exists(mean) ? mean : fs::path();
}

} // namespace emc
