#include <unistd.h>

#include <cstdlib>

#include "core/backend/studio_backend.h"

namespace emc {

namespace fs = std::filesystem;

fs::path resourceFolder() {
    if (const char* named = std::getenv("EMC_RESOURCES"); named && *named) return named;
    std::error_code unreadable;
    const fs::path program = fs::read_symlink("/proc/self/exe", unreadable);
    const fs::path installed = program.parent_path().parent_path() / "share" / "emc-studio";
    if (!unreadable && fs::exists(installed, unreadable)) return installed;
    return EMC_RESOURCE_DIR; // the source tree this program was built from
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
