#pragma once
// A file as bytes in memory, without reading it first: pages come in when they are looked at.
#include <filesystem>
#include <memory>

#include "core/checkpoint/byte_view.h"

namespace emc {

class MappedFile {
public:
    // Throws Error(NotFound | Io | BadInput).
    static std::shared_ptr<const MappedFile> open(const std::filesystem::path& path);
    ~MappedFile();
    MappedFile(const MappedFile&) = delete;
    MappedFile& operator=(const MappedFile&) = delete;

    ByteView bytes() const { return m_bytes; }
    // A file that became shorter would end the program at the next look; asked before every tensor. Throws Error(Io).
    void checkUnchanged() const;

private:
    MappedFile(int descriptor, std::filesystem::path path) : m_descriptor(descriptor), m_path(std::move(path)) {}
    int m_descriptor;
    std::filesystem::path m_path;
    ByteView m_bytes;
};

} // namespace emc
