#pragma once
// NumPy's .npz: several arrays in one file, a zip archive of .npy entries without compression. Writing only.
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

} // namespace emc
