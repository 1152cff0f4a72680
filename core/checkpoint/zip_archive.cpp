#include "core/checkpoint/zip_archive.h"

#include <algorithm>

namespace emc {

namespace {
constexpr std::uint32_t kLocalHeader = 0x04034b50, kDirectoryEntry = 0x02014b50, kEndRecord = 0x06054b50,
                        kZip64Locator = 0x07064b50, kZip64EndRecord = 0x06064b50;
constexpr std::size_t kEndRecordBytes = 22, kLocatorBytes = 20, kDirectoryEntryBytes = 46;
const char* const kTruncated = "The file is truncated: copy or download it again";

std::uint32_t wordAt(ByteView bytes, std::size_t position) {
    std::uint32_t value;
    std::memcpy(&value, bytes.data() + position, sizeof value);
    return value;
}
} // namespace

bool ZipArchive::looksLikeZip(ByteView file) {
    return file.size() >= 4 && wordAt(file, 0) == kLocalHeader;
}

void ZipArchive::bad(const std::string& problem, const std::string& hint) const {
    throw Error(ErrorKind::BadInput, problem, m_where, hint);
}

ZipArchive::ZipArchive(ByteView file, std::string where, MemoryBudget& budget)
    : m_file(file), m_where(std::move(where)) {
    const Directory directory = findDirectory();
    if (directory.offset > file.size() || directory.size > file.size() - directory.offset)
        bad("the zip directory lies outside the file", kTruncated);
    // Counted by the bytes that are there, never by the number that the record claims.
    if (directory.entries > directory.size / kDirectoryEntryBytes)
        bad("the zip directory is smaller than its number of entries needs");
    budget.charge(directory.entries * sizeof(ZipEntry));
    m_entries.reserve(static_cast<std::size_t>(directory.entries));
    ByteReader reader(
        file.subspan(static_cast<std::size_t>(directory.offset), static_cast<std::size_t>(directory.size)),
        m_where + ", zip directory");
    for (std::uint64_t i = 0; i < directory.entries; ++i) readEntry(reader);
    std::sort(m_entries.begin(), m_entries.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
    const auto twin = std::adjacent_find(m_entries.begin(), m_entries.end(),
                                         [](const auto& a, const auto& b) { return a.name == b.name; });
    if (twin != m_entries.end()) bad("two entries of the archive are named " + std::string(twin->name));
}

ZipArchive::Directory ZipArchive::findDirectory() const {
    if (m_file.size() < kEndRecordBytes) bad("the zip directory is missing", kTruncated);
    const std::size_t last = m_file.size() - kEndRecordBytes;
    const std::size_t first = last > 0xFFFF ? last - 0xFFFF : 0;
    for (std::size_t at = last + 1; at-- > first;) {
        if (wordAt(m_file, at) != kEndRecord) continue;
        ByteReader end(m_file, m_where + ", end of the zip directory", at + 10);
        Directory directory{};
        directory.entries = end.number<std::uint16_t>();
        directory.size = end.number<std::uint32_t>();
        directory.offset = end.number<std::uint32_t>();
        if (end.number<std::uint16_t>() > end.left()) continue; // these bytes only look like the record
        if (at < kLocatorBytes || wordAt(m_file, at - kLocatorBytes) != kZip64Locator) return directory;
        ByteReader locator(m_file, m_where + ", Zip64 locator", at - kLocatorBytes + 8);
        const std::uint64_t record = locator.number<std::uint64_t>();
        if (record > m_file.size() || m_file.size() - record < 56)
            bad("the Zip64 record lies outside the file", kTruncated);
        ByteReader wide(m_file, m_where + ", Zip64 record", static_cast<std::size_t>(record));
        if (wide.number<std::uint32_t>() != kZip64EndRecord) bad("the Zip64 record is damaged");
        wide.take(28);
        directory.entries = wide.number<std::uint64_t>();
        directory.size = wide.number<std::uint64_t>();
        directory.offset = wide.number<std::uint64_t>();
        return directory;
    }
    bad("the zip directory is missing", kTruncated);
}

void ZipArchive::readEntry(ByteReader& reader) {
    if (reader.number<std::uint32_t>() != kDirectoryEntry) reader.fail("the zip directory is damaged");
    ZipEntry entry;
    reader.take(4); // versions
    entry.flags = reader.number<std::uint16_t>();
    entry.method = reader.number<std::uint16_t>();
    reader.take(4); // time and date
    entry.crc = reader.number<std::uint32_t>();
    std::uint64_t stored = reader.number<std::uint32_t>();
    entry.size = reader.number<std::uint32_t>();
    const auto nameBytes = reader.number<std::uint16_t>();
    const auto extraBytes = reader.number<std::uint16_t>(), commentBytes = reader.number<std::uint16_t>();
    reader.take(8); // disk and attributes
    entry.headerOffset = reader.number<std::uint32_t>();
    entry.name = textOf(reader.take(nameBytes));
    ByteReader extra(reader.take(extraBytes), m_where + ", zip entry " + std::string(entry.name.substr(0, 200)));
    while (extra.left() >= 4) {
        const auto kind = extra.number<std::uint16_t>();
        ByteReader field(extra.take(extra.number<std::uint16_t>()), m_where + ", Zip64 field");
        if (kind != 1) continue;
        // Only the numbers that did not fit are here, in this order.
        if (entry.size == 0xFFFFFFFF) entry.size = field.number<std::uint64_t>();
        if (stored == 0xFFFFFFFF) stored = field.number<std::uint64_t>();
        if (entry.headerOffset == 0xFFFFFFFF) entry.headerOffset = field.number<std::uint64_t>();
    }
    reader.take(commentBytes);
    if (entry.method == 0 && stored != entry.size) reader.fail("the sizes of a zip entry contradict each other");
    m_entries.push_back(entry);
}

const ZipEntry* ZipArchive::find(std::string_view name) const {
    const auto found = std::lower_bound(m_entries.begin(), m_entries.end(), name,
                                        [](const ZipEntry& entry, std::string_view text) { return entry.name < text; });
    return found != m_entries.end() && found->name == name ? &*found : nullptr;
}

ByteView ZipArchive::data(const ZipEntry& entry) const {
    const std::string name = m_where + ", " + std::string(entry.name.substr(0, 200));
    if (entry.flags & 1) throw Error(ErrorKind::Unsupported, "the entry is encrypted", name);
    if (entry.method != 0)
        throw Error(ErrorKind::Unsupported, "the entry is compressed, which torch.save never does", name,
                    "Unpack the archive and pack it again without compression (zip -0)");
    if (entry.headerOffset > m_file.size())
        throw Error(ErrorKind::BadInput, "the entry lies outside the file", name, kTruncated);
    ByteReader header(m_file, name, static_cast<std::size_t>(entry.headerOffset));
    if (header.number<std::uint32_t>() != kLocalHeader) header.fail("the entry has no header here");
    header.take(22);
    const auto nameBytes = header.number<std::uint16_t>(), extraBytes = header.number<std::uint16_t>();
    header.take(nameBytes);
    header.take(extraBytes);
    return header.take(entry.size);
}

} // namespace emc
