#include "core/checkpoint/mapped_file.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

namespace emc {

std::shared_ptr<const MappedFile> MappedFile::open(const std::filesystem::path& path) {
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) {
        if (errno == ENOENT || errno == ENOTDIR)
            throw Error(ErrorKind::NotFound, "there is no such file", path.string());
        throw Error(ErrorKind::Io, "the file cannot be read: " + std::string(std::strerror(errno)), path.string(),
                    "May you read it?");
    }
    const std::shared_ptr<MappedFile> file(new MappedFile(descriptor, path));
    struct stat status {};
    if (fstat(descriptor, &status) != 0 || !S_ISREG(status.st_mode))
        throw Error(ErrorKind::BadInput, "this is not a file", path.string());
    if (status.st_size == 0) throw Error(ErrorKind::BadInput, "the file is empty", path.string());
    const auto size = static_cast<std::size_t>(status.st_size);
    void* memory = mmap(nullptr, size, PROT_READ, MAP_PRIVATE, descriptor, 0);
    if (memory == MAP_FAILED)
        throw Error(ErrorKind::Io, "the file cannot be mapped: " + std::string(std::strerror(errno)), path.string());
    file->m_bytes = {static_cast<const std::byte*>(memory), size};
    return file;
}

MappedFile::~MappedFile() {
    if (!m_bytes.empty()) munmap(const_cast<std::byte*>(m_bytes.data()), m_bytes.size());
    ::close(m_descriptor);
}

void MappedFile::checkUnchanged() const {
    struct stat status {};
    if (fstat(m_descriptor, &status) != 0 || static_cast<std::uint64_t>(status.st_size) < m_bytes.size())
        throw Error(ErrorKind::Io, "the file became shorter while it was read", m_path.string(), "Try again");
}

} // namespace emc
