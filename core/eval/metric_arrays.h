#pragma once
// Arrays of anybody, for `emc metrics`: FILE.npy, FILE.npz:KEY, FILE.safetensors:KEY, FILE.pt:KEY (the key may be left
// out when the file holds one array; of a torch file only plain tensors are read and nothing in it is executed).
// Single-precision arrays are mapped and never copied, so a set may be larger than the memory.
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "core/eval/metrics.h"

namespace emc {

// Numbers of a file, mapped where they lie or converted from another type.
class FloatArray {
public:
    FloatArray() = default;
    FloatArray(FloatArray&&) noexcept = default;
    FloatArray& operator=(FloatArray&&) noexcept = default;
    // Throws Error(NotFound | Io | BadInput | Unsupported | Usage); `address` as above.
    static FloatArray open(const std::string& address);

    const std::vector<std::int64_t>& shape() const { return m_shape; }
    std::span<const float> values() const { return m_values; }
    bool mapped() const { return m_mapping != nullptr; }

private:
    void map(const std::filesystem::path& path, std::uint64_t offset, std::uint64_t count);
    void openNpy(const std::filesystem::path& path);
    void openTorch(const std::string& address);
    std::vector<std::int64_t> m_shape;
    std::span<const float> m_values;
    std::vector<float> m_owned;
    std::shared_ptr<const void> m_mapping; // keeps m_values where they are
};

struct MetricArrayPaths {
    std::string predictions;       // (N,K,T,D), or (N,T,D) for K = 1
    std::string targets, speakers; // (N,T,D); may be empty
    std::string neighbours;        // (N,N) of 0 and 1; may be empty
};

struct MetricArrays {
    FloatArray predictions, targets, speakers;
    std::vector<std::uint8_t> neighbours;
    int clips = 0, samples = 0, frames = 0, dims = 0;
    MetricInputs inputs() const;
};

// Throws as FloatArray::open, and Error(BadInput) with both shapes when the arrays do not fit together.
MetricArrays loadMetricArrays(const MetricArrayPaths& paths);

} // namespace emc
