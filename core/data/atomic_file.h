#pragma once
// Files appear whole or not at all: everything is written beside its place under a temporary name and then renamed.
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <span>
#include <string>
#include <string_view>

namespace emc {

// Makes missing parent folders. Throws Error(Io).
void writeFileAtomically(const std::filesystem::path& path, std::span<const std::byte> bytes);
void writeFileAtomically(const std::filesystem::path& path, std::string_view text);

// The whole file as text. Throws Error(NotFound), Error(Io), or Error(BadInput) when it is larger than `maxBytes`.
std::string readTextFile(const std::filesystem::path& path, std::uintmax_t maxBytes = 64u << 20);

// A file written piece by piece. Without commit() nothing is left behind.
class AtomicFile {
public:
    explicit AtomicFile(std::filesystem::path path);
    ~AtomicFile();
    AtomicFile(const AtomicFile&) = delete;
    AtomicFile& operator=(const AtomicFile&) = delete;
    void write(std::span<const std::byte> bytes);
    void write(std::string_view text) { write(std::as_bytes(std::span(text))); }
    void commit();

private:
    std::filesystem::path m_path, m_temporary;
    std::ofstream m_stream;
    bool m_done = false;
};

// A folder that is filled under a temporary name beside `path` and takes its place on commit(). Without commit() it is
// removed.
class TempFolder {
public:
    explicit TempFolder(std::filesystem::path path);
    ~TempFolder();
    TempFolder(const TempFolder&) = delete;
    TempFolder& operator=(const TempFolder&) = delete;
    const std::filesystem::path& path() const { return m_temporary; } // write here
    // An existing folder at the final place is replaced (moved aside first, so that a failure keeps the old one).
    void commit();

private:
    std::filesystem::path m_path, m_temporary;
    bool m_done = false;
};

} // namespace emc
