#include "core/data/npz.h"

#include <zlib.h>

#include <algorithm>
#include <fstream>
#include <span>

#include "core/api/error.h"
#include "core/data/atomic_file.h"

namespace emc {
namespace fs = std::filesystem;

namespace {

constexpr std::uint64_t kMaxMember = 64ull << 30;
constexpr std::uint64_t kMaxDirectory = 16u << 20;
constexpr std::size_t kChunk = 1 << 18;

[[noreturn]] void bad(const fs::path& path, const std::string& problem) {
    throw Error(ErrorKind::BadInput, problem, path.string(), "Is it complete? Write it again with numpy.savez");
}

std::uint64_t little(const std::string& bytes, std::size_t at, int count) {
    std::uint64_t value = 0;
    for (int i = count; i-- > 0;)
        value = value << 8 | static_cast<unsigned char>(bytes[at + static_cast<std::size_t>(i)]);
    return value;
}

class Archive {
public:
    explicit Archive(const fs::path& path) : m_path(path) {
        std::error_code code;
        if (!fs::exists(path, code)) throw Error(ErrorKind::NotFound, "there is no such file", path.string());
        if (!fs::is_regular_file(path, code)) throw Error(ErrorKind::BadInput, "this is not a file", path.string());
        m_size = fs::file_size(path, code);
        m_stream.open(path, std::ios::binary);
        if (!m_stream || code) throw Error(ErrorKind::Io, "the file cannot be read", path.string());
    }
    std::uint64_t size() const { return m_size; }
    std::string read(std::uint64_t offset, std::uint64_t count) {
        if (offset > m_size || count > m_size - offset) bad(m_path, "the archive points outside itself");
        std::string bytes(static_cast<std::size_t>(count), '\0');
        m_stream.clear();
        m_stream.seekg(static_cast<std::streamoff>(offset));
        m_stream.read(bytes.data(), static_cast<std::streamsize>(count));
        if (!m_stream) throw Error(ErrorKind::Io, "reading failed", m_path.string());
        return bytes;
    }

private:
    fs::path m_path;
    std::ifstream m_stream;
    std::uint64_t m_size = 0;
};

struct Directory {
    std::uint64_t entries = 0, offset = 0, bytes = 0;
};

Directory findDirectory(Archive& archive, const fs::path& path) {
    const std::uint64_t tailBytes = std::min<std::uint64_t>(archive.size(), 22 + 65535);
    const std::uint64_t tailBegin = archive.size() - tailBytes;
    const std::string tail = archive.read(tailBegin, tailBytes);
    std::size_t at = tail.rfind(std::string("PK\x05\x06", 4));
    if (at == std::string::npos || tail.size() - at < 22) bad(path, "this is not an npz file, or its end is missing");
    Directory directory{little(tail, at + 10, 2), little(tail, at + 16, 4), little(tail, at + 12, 4)};
    if (directory.entries != 0xffff && directory.offset != 0xffffffff && directory.bytes != 0xffffffff)
        return directory;
    if (tailBegin + at < 20) bad(path, "the large-archive record is missing");
    const std::string locator = archive.read(tailBegin + at - 20, 20);
    if (locator.compare(0, 4, "PK\x06\x07") != 0) bad(path, "the large-archive record is missing");
    const std::string record = archive.read(little(locator, 8, 8), 56);
    if (record.compare(0, 4, "PK\x06\x06") != 0) bad(path, "the large-archive record is damaged");
    return {little(record, 32, 8), little(record, 48, 8), little(record, 40, 8)};
}

} // namespace

std::vector<NpzMember> readNpzDirectory(const fs::path& path) {
    Archive archive(path);
    const Directory directory = findDirectory(archive, path);
    if (directory.bytes > kMaxDirectory) bad(path, "the archive's directory is larger than any list of arrays");
    const std::string bytes = archive.read(directory.offset, directory.bytes);
    std::vector<NpzMember> members;
    std::size_t at = 0;
    for (std::uint64_t i = 0; i < directory.entries; ++i) {
        if (bytes.size() - at < 46 || bytes.compare(at, 4, std::string("PK\x01\x02", 4)) != 0)
            bad(path, "the archive's directory is damaged");
        NpzMember member;
        const std::uint64_t flags = little(bytes, at + 8, 2);
        member.method = static_cast<int>(little(bytes, at + 10, 2));
        member.checksum = static_cast<std::uint32_t>(little(bytes, at + 16, 4));
        member.packed = little(bytes, at + 20, 4);
        member.size = little(bytes, at + 24, 4);
        member.headerOffset = little(bytes, at + 42, 4);
        const std::size_t nameBytes = little(bytes, at + 28, 2), extraBytes = little(bytes, at + 30, 2),
                          commentBytes = little(bytes, at + 32, 2);
        if (bytes.size() - at - 46 < nameBytes + extraBytes + commentBytes)
            bad(path, "the archive's directory is damaged");
        member.name = bytes.substr(at + 46, nameBytes);
        // Values that did not fit stand in the extra field 1, in this order.
        const std::size_t end = at + 46 + nameBytes + extraBytes;
        for (std::size_t e = at + 46 + nameBytes; e + 4 <= end;) {
            const std::uint64_t id = little(bytes, e, 2), length = little(bytes, e + 2, 2);
            if (length > end - e - 4) bad(path, "the archive's directory is damaged");
            std::size_t field = e + 4;
            for (std::uint64_t* value : {&member.size, &member.packed, &member.headerOffset}) {
                if (id != 1 || *value != 0xffffffff) continue;
                if (field + 8 > e + 4 + length) bad(path, "the archive's directory is damaged");
                *value = little(bytes, field, 8);
                field += 8;
            }
            e += 4 + length;
        }
        at = end + commentBytes;
        if (!member.name.ends_with(".npy")) continue;
        member.name.resize(member.name.size() - 4);
        if (flags & 1)
            throw Error(ErrorKind::Unsupported, "the archive is encrypted", path.string() + ", array " + member.name);
        if (member.method != 0 && member.method != 8)
            throw Error(ErrorKind::Unsupported, "the array is packed by a method that is not read",
                        path.string() + ", array " + member.name, "Write it with numpy.savez or savez_compressed");
        // Deflate makes at most 1032 bytes of one.
        if (member.size > kMaxMember || member.packed > archive.size() || member.size / 1100 > member.packed + 1)
            bad(path, "the array " + member.name + " claims an impossible size");
        members.push_back(std::move(member));
    }
    return members;
}

void unpackNpzMember(const fs::path& path, const NpzMember& member, const fs::path& out) {
    Archive archive(path);
    const std::string header = archive.read(member.headerOffset, 30);
    if (header.compare(0, 4, std::string("PK\x03\x04", 4)) != 0)
        bad(path, "the array " + member.name + " is not where it should be");
    std::uint64_t offset = member.headerOffset + 30 + little(header, 26, 2) + little(header, 28, 2);
    std::uint64_t left = member.packed, written = 0;
    uLong checksum = crc32(0, nullptr, 0);
    AtomicFile file(out);
    const auto put = [&](const unsigned char* bytes, std::size_t count) {
        written += count;
        if (written > member.size) bad(path, "the array " + member.name + " is longer than the archive says");
        checksum = crc32(checksum, bytes, static_cast<uInt>(count));
        file.write(std::as_bytes(std::span(bytes, count)));
    };
    z_stream stream{};
    if (member.method == 8 && inflateInit2(&stream, -MAX_WBITS) != Z_OK)
        throw Error(ErrorKind::Internal, "unpacking could not begin", path.string());
    struct End {
        z_stream* stream;
        ~End() {
            if (stream) inflateEnd(stream);
        }
    } end{member.method == 8 ? &stream : nullptr};
    std::vector<unsigned char> buffer(kChunk);
    while (left > 0) {
        const std::uint64_t count = std::min<std::uint64_t>(left, kChunk);
        const std::string packed = archive.read(offset, count);
        offset += count;
        left -= count;
        if (member.method == 0) {
            put(reinterpret_cast<const unsigned char*>(packed.data()), packed.size());
            continue;
        }
        stream.next_in = reinterpret_cast<unsigned char*>(const_cast<char*>(packed.data()));
        stream.avail_in = static_cast<uInt>(packed.size());
        int state = Z_OK;
        do {
            stream.next_out = buffer.data();
            stream.avail_out = static_cast<uInt>(buffer.size());
            state = inflate(&stream, Z_NO_FLUSH);
            if (state != Z_OK && state != Z_STREAM_END && state != Z_BUF_ERROR)
                bad(path, "the array " + member.name + " cannot be unpacked");
            put(buffer.data(), buffer.size() - stream.avail_out);
        } while (stream.avail_out == 0 && state != Z_STREAM_END);
        if (state == Z_STREAM_END) break;
    }
    if (written != member.size) bad(path, "the array " + member.name + " is shorter than the archive says");
    if (checksum != member.checksum) bad(path, "the array " + member.name + " is damaged: its checksum is wrong");
    file.commit();
}

} // namespace emc
