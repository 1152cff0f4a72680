#pragma once
// Where the program's own files may lie (head, demo clip, demo weights).
#include <filesystem>
#include <vector>

namespace emc {

// Best first, never empty: EMC_RESOURCES when it is set, ../share/emc-studio beside the program when that exists, the
// source tree this program was built from.
std::vector<std::filesystem::path> resourcePlaces();

} // namespace emc
