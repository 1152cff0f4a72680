#pragma once
// The directory of a zip archive (PKWARE APPNOTE 6.3), as torch.save writes it: stored entries, Zip64 where needed.
// Entries are views into the file. Faults are Error(BadInput).
#include <string>
#include <string_view>
#include <vector>

#include "core/checkpoint/byte_view.h"
#include "core/checkpoint/memory_budget.h"

namespace emc {

struct ZipEntry {
    std::string_view name;
    std::uint64_t headerOffset = 0, size = 0;
    std::uint16_t method = 0, flags = 0;
    std::uint32_t crc = 0;
};

class ZipArchive {
public:
    static bool looksLikeZip(ByteView file);
    // `where` is the file's name for messages.
    ZipArchive(ByteView file, std::string where, MemoryBudget& budget);

    const std::vector<ZipEntry>& entries() const { return m_entries; } // by name
    const ZipEntry* find(std::string_view name) const;
    // Throws Error(Unsupported) for compressed or encrypted entries.
    ByteView data(const ZipEntry& entry) const;

private:
    struct Directory {
        std::uint64_t offset, size, entries;
    };
    Directory findDirectory() const;
    void readEntry(ByteReader& reader);
    [[noreturn]] void bad(const std::string& problem, const std::string& hint = {}) const;

    ByteView m_file;
    std::string m_where;
    std::vector<ZipEntry> m_entries;
};

} // namespace emc
