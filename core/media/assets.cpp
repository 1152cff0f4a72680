#include "core/media/assets.h"

#include <cstdlib>

#include "core/api/error.h"

namespace emc {
namespace {

std::filesystem::path environment(const char* name) {
    const char* value = std::getenv(name);
    return value && *value ? std::filesystem::path(value) : std::filesystem::path();
}

bool present(const std::filesystem::path& file) {
    std::error_code failure;
    return std::filesystem::is_regular_file(file, failure);
}

} // namespace

std::vector<std::filesystem::path> AssetManager::folders() {
    std::vector<std::filesystem::path> folders;
    if (const auto named = environment("EMC_ASSETS"); !named.empty()) folders.push_back(named);
    std::filesystem::path cache = environment("XDG_CACHE_HOME");
    if (cache.empty())
        if (const auto home = environment("HOME"); !home.empty()) cache = home / ".cache";
    if (!cache.empty()) folders.push_back(cache / "emc-studio" / "assets" / kAssetsVersion);
    std::error_code failure;
    const auto program = std::filesystem::read_symlink("/proc/self/exe", failure);
    if (!failure) folders.push_back(program.parent_path().parent_path() / "share" / "emc-studio" / "models");
    return folders;
}

std::filesystem::path AssetManager::find(const std::string& name) {
    std::string looked;
    for (const auto& folder : folders()) {
        if (present(folder / name)) return folder / name;
        looked += (looked.empty() ? "" : ", ") + folder.string();
    }
    throw Error(ErrorKind::NotFound, "the network file " + name + " is missing (looked in " + looked + ")", {},
                "Run `./studio setup` once; it fetches and converts it");
}

std::vector<std::string> AssetManager::missingForFaces() {
    std::vector<std::string> missing;
    for (const char* name : {asset::kDetector, asset::kLandmarks, asset::kBlendshapes, asset::kExpression,
                             asset::kCanonicalFace, asset::kPoseWeights}) {
        bool found = false;
        for (const auto& folder : folders()) found = found || present(folder / name);
        if (!found) missing.push_back(name);
    }
    return missing;
}

} // namespace emc
