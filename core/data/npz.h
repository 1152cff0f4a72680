#pragma once
// NumPy's .npz: several arrays in one file, a zip archive of .npy entries. Written without compression; read stored or
// deflated, zip64 too, and hostile until checked.
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace emc {

// Same content -> same bytes: entries stand in the order of adding, their time is the zip epoch.
class NpzWriter {
public:
    // `name` is the key that numpy shows. Throws Error(Internal) when the values do not fit the shape.
    void addF32(const std::string& name, const std::vector<std::int64_t>& shape, std::span<const float> values);
    void addI64(const std::string& name, const std::vector<std::int64_t>& shape, std::span<const std::int64_t> values);
    void addTexts(const std::string& name, const std::vector<std::string>& texts); // UTF-8, one-dimensional
    void addText(const std::string& name, const std::string& text);                // UTF-8, zero-dimensional
    // Atomic. Throws Error(Io), Error(Unsupported) beyond 4 GiB or 65,535 arrays.
    void write(const std::filesystem::path& path) const;

private:
    void add(const std::string& name, const std::string& descr, const std::vector<std::int64_t>& shape,
             std::span<const std::byte> values, std::size_t width);
    std::vector<std::pair<std::string, std::string>> m_entries; // name, bytes of the .npy
};

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
