#pragma once
// NumPy's .npz: a zip archive of .npy files, stored or deflated, zip64 too. Files of others are hostile until checked.
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace emc {

struct NpzMember {
    std::string name; // without ".npy"
    std::uint64_t size = 0;
    std::uint64_t packed = 0, headerOffset = 0;
    int method = 0; // 0 stored, 8 deflated
    std::uint32_t checksum = 0;
};

// Throw Error(NotFound | Io | BadInput | Unsupported).
std::vector<NpzMember> readNpzDirectory(const std::filesystem::path& path);
// Writes the member as a .npy file; its size and checksum are verified.
void unpackNpzMember(const std::filesystem::path& path, const NpzMember& member, const std::filesystem::path& out);

} // namespace emc
