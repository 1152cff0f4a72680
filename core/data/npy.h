#pragma once
// NumPy's .npy, versions 1 to 3: little endian, C order, types f2 f4 f8 i1 i2 i4 i8 u1 u2 u4 u8 b1. Objects (pickles)
// are refused.
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

namespace emc {

struct NpyArray {
    std::vector<std::int64_t> shape;
    std::string dtype;          // "f4", "u1", ...
    std::vector<double> values; // row-major; i8/u8 beyond 2^53 are rounded
};
struct NpyHeader {
    std::vector<std::int64_t> shape;
    std::string dtype;
    std::uint64_t dataOffset = 0;
};

// Throw Error(NotFound | Io | BadInput | Unsupported).
NpyHeader readNpyHeader(const std::filesystem::path& path);
NpyArray readNpy(const std::filesystem::path& path);
std::vector<float> readNpyF32(const std::filesystem::path& path, std::vector<std::int64_t>* shape = nullptr);
// Square 0/1 matrix as bytes, any numeric type. Throws Error(BadInput) when it is not square or has other values.
std::vector<std::uint8_t> readNpySquare01(const std::filesystem::path& path, int* side = nullptr);

// Version 1, atomic.
void writeNpy(const std::filesystem::path& path, const std::vector<std::int64_t>& shape, std::span<const float> values);
void writeNpy(const std::filesystem::path& path, const std::vector<std::int64_t>& shape,
              std::span<const std::uint8_t> values);

} // namespace emc
