#include "core/data/npz.h"

#include <zlib.h>

#include <algorithm>

#include "core/api/error.h"
#include "core/data/atomic_file.h"

namespace emc {
namespace {

constexpr std::uint64_t kLargest = 0xffffffffull;
constexpr std::uint16_t kVersion = 20, kUtf8Names = 1 << 11, kEpochDate = 1 << 5 | 1; // 1 January 1980

std::uint32_t checksum(const std::string& bytes) {
    return static_cast<std::uint32_t>(
        crc32_z(crc32(0, nullptr, 0), reinterpret_cast<const Bytef*>(bytes.data()), bytes.size()));
}

void put(std::string& out, std::uint64_t value, int bytes) { // little endian
    for (int i = 0; i < bytes; ++i) out += static_cast<char>(value >> 8 * i & 0xff);
}

// The fields that a local and a central header share, from "flags" to "length of the name".
std::string common(const std::string& name, std::uint32_t crc, std::size_t size) {
    std::string out;
    put(out, kUtf8Names, 2);
    put(out, 0, 2); // stored
    put(out, 0, 2);
    put(out, kEpochDate, 2);
    put(out, crc, 4);
    put(out, size, 4);
    put(out, size, 4);
    put(out, name.size(), 2);
    put(out, 0, 2); // no extra field
    return out;
}

// Code points of UTF-8; a broken byte stands for itself.
std::vector<char32_t> codePoints(const std::string& text) {
    std::vector<char32_t> points;
    for (std::size_t i = 0; i < text.size();) {
        const auto lead = static_cast<std::uint8_t>(text[i]);
        const int more = lead >= 0xf0 ? 3 : lead >= 0xe0 ? 2 : lead >= 0xc0 ? 1 : 0;
        char32_t point = more ? lead & (0x3f >> more) : lead;
        std::size_t next = i + 1;
        for (int k = 0; k < more && next < text.size() && (text[next] & 0xc0) == 0x80; ++k, ++next)
            point = point << 6 | (text[next] & 0x3f);
        points.push_back(point);
        i = next;
    }
    return points;
}

} // namespace

void NpzWriter::add(const std::string& name, const std::string& descr, const std::vector<std::int64_t>& shape,
                    std::span<const std::byte> values, std::size_t width) {
    std::size_t count = 1;
    std::string sides;
    for (const std::int64_t side : shape) {
        count *= static_cast<std::size_t>(side);
        sides += std::to_string(side) + ",";
    }
    if (values.size() != count * width)
        throw Error(ErrorKind::Internal, "the values do not fit the shape of the array \"" + name + "\"");
    std::string header = "{'descr': '" + descr + "', 'fortran_order': False, 'shape': (" + sides + "), }";
    while ((10 + header.size() + 1) % 64) header += ' ';
    header += '\n';
    std::string bytes("\x93NUMPY\x01\x00", 8);
    put(bytes, header.size(), 2);
    bytes += header;
    bytes.append(reinterpret_cast<const char*>(values.data()), values.size());
    m_entries.emplace_back(name + ".npy", std::move(bytes));
}

void NpzWriter::addF32(const std::string& name, const std::vector<std::int64_t>& shape, std::span<const float> values) {
    add(name, "<f4", shape, std::as_bytes(values), sizeof(float));
}

void NpzWriter::addI64(const std::string& name, const std::vector<std::int64_t>& shape,
                       std::span<const std::int64_t> values) {
    add(name, "<i8", shape, std::as_bytes(values), sizeof(std::int64_t));
}

void NpzWriter::addTexts(const std::string& name, const std::vector<std::string>& texts) {
    std::vector<std::vector<char32_t>> rows;
    std::size_t width = 1; // numpy has no texts of width 0
    for (const std::string& text : texts) {
        rows.push_back(codePoints(text));
        width = std::max(width, rows.back().size());
    }
    std::vector<char32_t> all;
    for (auto& row : rows) {
        row.resize(width, U'\0');
        all.insert(all.end(), row.begin(), row.end());
    }
    add(name, "<U" + std::to_string(width), {static_cast<std::int64_t>(texts.size())}, std::as_bytes(std::span(all)),
        4 * width);
}

void NpzWriter::addText(const std::string& name, const std::string& text) {
    std::vector<char32_t> points = codePoints(text);
    if (points.empty()) points.push_back(U'\0');
    add(name, "<U" + std::to_string(points.size()), {}, std::as_bytes(std::span(points)), 4 * points.size());
}

void NpzWriter::write(const std::filesystem::path& path) const {
    std::uint64_t total = 0;
    for (const auto& [name, bytes] : m_entries) total += bytes.size() + 2 * (name.size() + 64);
    if (total > kLargest || m_entries.size() > 0xffff)
        throw Error(ErrorKind::Unsupported, "the arrays are larger than a plain npz holds (4 GiB)", path.string(),
                    "Write safetensors instead, or fewer maps");
    AtomicFile file(path);
    std::string directory;
    std::uint64_t at = 0;
    for (const auto& [name, bytes] : m_entries) {
        const std::string fields = common(name, checksum(bytes), bytes.size());
        std::string local("PK\3\4");
        put(local, kVersion, 2);
        local += fields + name;
        directory += std::string("PK\1\2");
        put(directory, kVersion, 2);
        put(directory, kVersion, 2);
        directory += fields;
        put(directory, 0, 2); // no comment
        put(directory, 0, 2); // disk
        put(directory, 0, 2); // attributes
        put(directory, 0, 4);
        put(directory, at, 4);
        directory += name;
        file.write(local);
        file.write(bytes);
        at += local.size() + bytes.size();
    }
    file.write(directory);
    std::string end("PK\5\6");
    put(end, 0, 4); // disks
    put(end, m_entries.size(), 2);
    put(end, m_entries.size(), 2);
    put(end, directory.size(), 4);
    put(end, at, 4);
    put(end, 0, 2); // no comment
    file.write(end);
    file.commit();
}

} // namespace emc
