#pragma once
// Still pictures.
#include <cstdint>
#include <filesystem>
#include <span>

#include "core/media/video.h"

namespace emc {

// Tight RGB to PNG; appears whole or not at all. The same pixels give the same bytes. Throws Error(Usage | Io).
void writePng(const std::filesystem::path& path, int width, int height, std::span<const std::uint8_t> rgb);
// PNG or JPEG. Throws Error(NotFound | BadInput).
RgbPicture readPicture(const std::filesystem::path& path);

} // namespace emc
