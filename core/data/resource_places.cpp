#include "core/data/resource_places.h"

#include <cstdlib>

namespace emc {

namespace fs = std::filesystem;

std::vector<fs::path> resourcePlaces() {
    std::vector<fs::path> places;
    if (const char* named = std::getenv("EMC_RESOURCES"); named && *named) places.emplace_back(named);
    std::error_code unreadable;
    const fs::path program = fs::read_symlink("/proc/self/exe", unreadable);
    const fs::path installed = program.parent_path().parent_path() / "share" / "emc-studio";
    if (!unreadable && fs::exists(installed, unreadable)) places.push_back(installed);
    places.emplace_back(EMC_RESOURCE_DIR);
    return places;
}

} // namespace emc
