#pragma once
// The safetensors format: 8 bytes header length, JSON header, raw little-endian tensors. Files of others are hostile
// until checked. Faults are Error(BadInput) whose where() is "FILE, tensor NAME". Only the header is held; tensors are
// read when asked for.
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace emc {

struct TensorEntry {
    std::string dtype; // F64 F32 F16 BF16 I64 I32 I16 I8 U64 U32 U16 U8 BOOL
    std::vector<std::int64_t> shape;
    std::vector<std::byte> bytes;
};

struct TensorInfo {
    std::string dtype;
    std::vector<std::int64_t> shape;
    std::int64_t elements = 0;
    std::uint64_t byteBegin = 0, byteEnd = 0; // in the data part
};

// Size of one element; 0 for an unknown name.
int dtypeSize(const std::string& dtype);

class SafetensorsFile {
public:
    // Checks everything about the header (length, JSON, names, shapes, offsets, holes). Throws Error(NotFound | Io |
    // BadInput).
    static SafetensorsFile open(const std::filesystem::path& path);

    const std::filesystem::path& path() const { return m_path; }
    std::vector<std::string> names() const; // in order of the data
    bool has(const std::string& name) const { return m_tensors.count(name) > 0; }
    const TensorInfo& info(const std::string& name) const; // throws Error(BadInput) that lists near names
    // Any floating type becomes float (F64 is rounded); integers and BOOL are refused.
    std::vector<float> readF32(const std::string& name) const;
    // With a demanded shape, -1 = any size.
    std::vector<float> readF32(const std::string& name, const std::vector<std::int64_t>& shape) const;
    std::vector<double> readF64(const std::string& name) const;       // any type, integers too (exact up to 2^53)
    std::vector<std::int64_t> readI64(const std::string& name) const; // any integer type or BOOL
    std::vector<std::byte> readBytes(const std::string& name) const;
    // Part of a tensor: `count` bytes from byte `offset` of the tensor. For streaming (frames of a pack).
    void readBytes(const std::string& name, std::uint64_t offset, std::span<std::byte> out) const;
    TensorEntry entry(const std::string& name) const;
    const std::map<std::string, std::string>& metadata() const { return m_metadata; }
    std::string meta(const std::string& key, const std::string& fallback = {}) const;

private:
    std::filesystem::path m_path;
    std::uint64_t m_dataBegin = 0;
    std::map<std::string, TensorInfo> m_tensors;
    std::map<std::string, std::string> m_metadata;
};

// Same content -> same bytes: tensors are laid out by falling element size, then name; the header is padded to 8 bytes.
class SafetensorsWriter {
public:
    void addF32(const std::string& name, const std::vector<std::int64_t>& shape, std::span<const float> values);
    void addF16(const std::string& name, const std::vector<std::int64_t>& shape, std::span<const float> values);
    void addF64(const std::string& name, const std::vector<std::int64_t>& shape, std::span<const double> values);
    void addI64(const std::string& name, const std::vector<std::int64_t>& shape, std::span<const std::int64_t> values);
    void addU8(const std::string& name, const std::vector<std::int64_t>& shape, std::span<const std::uint8_t> values);
    // Throws Error(Internal) when the bytes do not fit the shape or the name is there already.
    void addRaw(const std::string& name, TensorEntry entry);
    // Bytes come from `produce` while writing, so that a big file needs no big memory. `produce` is called once with a
    // sink.
    using Sink = std::function<void(std::span<const std::byte>)>;
    void addStreamed(const std::string& name, const std::string& dtype, const std::vector<std::int64_t>& shape,
                     std::function<void(const Sink&)> produce);
    void meta(const std::string& key, const std::string& value) { m_metadata[key] = value; }
    void write(const std::filesystem::path& path) const; // atomic; throws Error(Io)

private:
    struct Part {
        TensorEntry entry;
        std::function<void(const Sink&)> produce;
    };
    std::map<std::string, Part> m_parts;
    std::map<std::string, std::string> m_metadata;
};

} // namespace emc
