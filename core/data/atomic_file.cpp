#include "core/data/atomic_file.h"

#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstring>

#include "core/api/error.h"

namespace emc {
namespace fs = std::filesystem;

namespace {

// Beside the final place, so that the rename stays within one file system; unique among processes and threads.
fs::path temporaryName(const fs::path& path) {
    static std::atomic<unsigned> counter{0};
    const std::string suffix = ".tmp-" + std::to_string(getpid()) + "-" + std::to_string(counter++);
    return path.parent_path() / ("." + path.filename().string() + suffix);
}

void makeParent(const fs::path& path) {
    std::error_code code;
    if (path.has_parent_path()) fs::create_directories(path.parent_path(), code);
    if (code) throw Error(ErrorKind::Io, "the folder cannot be made: " + code.message(), path.parent_path().string());
}

fs::path withoutTrailingSlash(fs::path path) {
    return path.has_filename() ? path : path.parent_path();
}

} // namespace

AtomicFile::AtomicFile(fs::path path) : m_path(std::move(path)), m_temporary(temporaryName(m_path)) {
    makeParent(m_path);
    m_stream.open(m_temporary, std::ios::binary | std::ios::trunc);
    if (!m_stream)
        throw Error(ErrorKind::Io, std::string("the file cannot be written: ") + std::strerror(errno), m_path.string(),
                    "Is the folder writable?");
}

AtomicFile::~AtomicFile() {
    if (m_done) return;
    m_stream.close();
    std::error_code ignored;
    fs::remove(m_temporary, ignored);
}

void AtomicFile::write(std::span<const std::byte> bytes) {
    m_stream.write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
    if (!m_stream) throw Error(ErrorKind::Io, "writing failed", m_path.string(), "Is the disk full?");
}

void AtomicFile::commit() {
    m_stream.close();
    if (!m_stream) throw Error(ErrorKind::Io, "writing failed", m_path.string(), "Is the disk full?");
    std::error_code code;
    fs::rename(m_temporary, m_path, code);
    if (code)
        throw Error(ErrorKind::Io, "the finished file cannot be moved into place: " + code.message(), m_path.string());
    m_done = true;
}

void writeFileAtomically(const fs::path& path, std::span<const std::byte> bytes) {
    AtomicFile file(path);
    file.write(bytes);
    file.commit();
}

void writeFileAtomically(const fs::path& path, std::string_view text) {
    writeFileAtomically(path, std::as_bytes(std::span(text)));
}

std::string readTextFile(const fs::path& path, std::uintmax_t maxBytes) {
    std::error_code code;
    if (!fs::exists(path, code)) throw Error(ErrorKind::NotFound, "there is no such file", path.string());
    if (!fs::is_regular_file(path, code)) throw Error(ErrorKind::BadInput, "this is not a file", path.string());
    const std::uintmax_t size = fs::file_size(path, code);
    if (code) throw Error(ErrorKind::Io, "the file cannot be read: " + code.message(), path.string());
    if (size > maxBytes)
        throw Error(ErrorKind::BadInput,
                    "the file is too large (" + std::to_string(size) + " bytes, at most " + std::to_string(maxBytes) +
                        " make sense here)",
                    path.string());
    std::ifstream stream(path, std::ios::binary);
    std::string text(static_cast<std::size_t>(size), '\0');
    stream.read(text.data(), static_cast<std::streamsize>(size));
    if (!stream) throw Error(ErrorKind::Io, "the file cannot be read", path.string(), "May you read it?");
    return text;
}

TempFolder::TempFolder(fs::path path)
    : m_path(withoutTrailingSlash(std::move(path))), m_temporary(temporaryName(m_path)) {
    std::error_code code;
    fs::create_directories(m_temporary, code);
    if (code) throw Error(ErrorKind::Io, "the folder cannot be made: " + code.message(), m_path.string());
}

TempFolder::~TempFolder() {
    if (m_done) return;
    std::error_code ignored;
    fs::remove_all(m_temporary, ignored);
}

void TempFolder::commit() {
    const fs::path old = temporaryName(m_path);
    std::error_code code;
    const bool replaces = fs::exists(fs::symlink_status(m_path));
    if (replaces) {
        fs::rename(m_path, old, code);
        if (code)
            throw Error(ErrorKind::Io, "the old folder cannot be moved aside: " + code.message(), m_path.string());
    }
    fs::rename(m_temporary, m_path, code);
    if (code) {
        std::error_code ignored;
        if (replaces) fs::rename(old, m_path, ignored);
        throw Error(ErrorKind::Io, "the finished folder cannot be moved into place: " + code.message(),
                    m_path.string());
    }
    m_done = true;
    if (replaces) fs::remove_all(old, code);
}

} // namespace emc
