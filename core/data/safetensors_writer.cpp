#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/api/error.h"
#include "core/data/atomic_file.h"
#include "core/data/half.h"
#include "core/data/safetensors.h"

namespace emc {

namespace {

std::uint64_t elementsOf(const std::vector<std::int64_t>& shape) {
    std::uint64_t elements = 1;
    for (std::int64_t extent : shape) {
        if (extent < 0) throw Error(ErrorKind::Internal, "a tensor to write has a negative size");
        elements *= static_cast<std::uint64_t>(extent);
    }
    return elements;
}

template <class T>
TensorEntry entryOf(const char* dtype, const std::vector<std::int64_t>& shape, std::span<const T> values) {
    const auto bytes = std::as_bytes(values);
    return {dtype, shape, {bytes.begin(), bytes.end()}};
}

} // namespace

void SafetensorsWriter::addF32(const std::string& name, const std::vector<std::int64_t>& shape,
                               std::span<const float> values) {
    addRaw(name, entryOf("F32", shape, values));
}
void SafetensorsWriter::addF64(const std::string& name, const std::vector<std::int64_t>& shape,
                               std::span<const double> values) {
    addRaw(name, entryOf("F64", shape, values));
}
void SafetensorsWriter::addI64(const std::string& name, const std::vector<std::int64_t>& shape,
                               std::span<const std::int64_t> values) {
    addRaw(name, entryOf("I64", shape, values));
}
void SafetensorsWriter::addU8(const std::string& name, const std::vector<std::int64_t>& shape,
                              std::span<const std::uint8_t> values) {
    addRaw(name, entryOf("U8", shape, values));
}
void SafetensorsWriter::addF16(const std::string& name, const std::vector<std::int64_t>& shape,
                               std::span<const float> values) {
    std::vector<std::uint16_t> halves(values.size());
    std::transform(values.begin(), values.end(), halves.begin(), floatToHalf);
    addRaw(name, entryOf("F16", shape, std::span<const std::uint16_t>(halves)));
}

void SafetensorsWriter::addRaw(const std::string& name, TensorEntry entry) {
    const auto size = static_cast<std::uint64_t>(dtypeSize(entry.dtype));
    if (size == 0) throw Error(ErrorKind::Internal, "the data type " + entry.dtype + " cannot be written", name);
    if (entry.bytes.size() != elementsOf(entry.shape) * size)
        throw Error(ErrorKind::Internal, "the values do not fill the shape of the tensor to write", name);
    if (name == "__metadata__" || !m_parts.emplace(name, Part{std::move(entry), {}}).second)
        throw Error(ErrorKind::Internal, "a tensor of this name was added already", name);
}

void SafetensorsWriter::addStreamed(const std::string& name, const std::string& dtype,
                                    const std::vector<std::int64_t>& shape, std::function<void(const Sink&)> produce) {
    if (dtypeSize(dtype) == 0) throw Error(ErrorKind::Internal, "the data type " + dtype + " cannot be written", name);
    if (name == "__metadata__" || !m_parts.emplace(name, Part{{dtype, shape, {}}, std::move(produce)}).second)
        throw Error(ErrorKind::Internal, "a tensor of this name was added already", name);
}

void SafetensorsWriter::write(const std::filesystem::path& path) const {
    // Wide elements first keep every tensor aligned to its own element size.
    std::vector<std::string> order;
    for (const auto& [name, part] : m_parts) order.push_back(name);
    std::stable_sort(order.begin(), order.end(), [&](const std::string& a, const std::string& b) {
        return dtypeSize(m_parts.at(a).entry.dtype) > dtypeSize(m_parts.at(b).entry.dtype);
    });
    nlohmann::ordered_json header = nlohmann::ordered_json::object();
    if (!m_metadata.empty()) header["__metadata__"] = m_metadata;
    std::uint64_t position = 0;
    for (const std::string& name : order) {
        const TensorEntry& entry = m_parts.at(name).entry;
        const std::uint64_t bytes = elementsOf(entry.shape) * static_cast<std::uint64_t>(dtypeSize(entry.dtype));
        header[name] = {{"dtype", entry.dtype}, {"shape", entry.shape}, {"data_offsets", {position, position + bytes}}};
        position += bytes;
    }
    // Names from elsewhere may not be UTF-8; a replaced character is better than a lost file.
    std::string text = header.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
    text.append((8 - text.size() % 8) % 8, ' ');
    const std::uint64_t length = text.size();

    AtomicFile file(path);
    file.write(std::as_bytes(std::span(&length, 1)));
    file.write(text);
    for (const std::string& name : order) {
        const Part& part = m_parts.at(name);
        if (!part.produce) {
            file.write(part.entry.bytes);
            continue;
        }
        const std::uint64_t wanted =
            elementsOf(part.entry.shape) * static_cast<std::uint64_t>(dtypeSize(part.entry.dtype));
        std::uint64_t written = 0;
        part.produce([&](std::span<const std::byte> bytes) {
            written += bytes.size();
            if (written <= wanted) file.write(bytes);
        });
        if (written != wanted)
            throw Error(ErrorKind::Internal, "the values do not fill the shape of the tensor to write",
                        path.string() + ", tensor " + name);
    }
    file.commit();
}

} // namespace emc
