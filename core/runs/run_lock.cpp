#include "core/runs/run_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <string>

#include "core/api/error.h"

namespace emc {
namespace {

std::filesystem::path lockPath(const std::filesystem::path& folder) {
    return folder / "run.lock";
}

std::string holder(int file) {
    char text[32] = {};
    const ssize_t got = pread(file, text, sizeof text - 1, 0);
    std::string pid(text, got > 0 ? static_cast<std::size_t>(got) : 0);
    while (!pid.empty() && (pid.back() == '\n' || pid.back() == ' ')) pid.pop_back();
    return pid.empty() ? "another process" : "process " + pid;
}

} // namespace

std::unique_ptr<RunLock> RunLock::take(const std::filesystem::path& folder) {
    const std::filesystem::path path = lockPath(folder);
    const int file = open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
    if (file < 0)
        throw Error(ErrorKind::Io, std::string("the lock of the run cannot be made: ") + std::strerror(errno),
                    path.string(), "Check that the folder can be written.");
    if (flock(file, LOCK_EX | LOCK_NB) != 0) {
        const std::string who = holder(file);
        close(file);
        throw Error(ErrorKind::Usage, "the run is being written by " + who, folder.string(),
                    "Wait for it, stop it, or train into another folder.");
    }
    const std::string pid = std::to_string(getpid()) + "\n";
    // The pid is only for the message above; the lock holds without it.
    if (ftruncate(file, 0) != 0 || pwrite(file, pid.data(), pid.size(), 0) < 0) errno = 0;
    return std::unique_ptr<RunLock>(new RunLock(file));
}

RunLock::~RunLock() {
    close(m_file);
}

bool runIsLocked(const std::filesystem::path& folder) {
    const int file = open(lockPath(folder).c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0) return false;
    const bool locked = flock(file, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK;
    close(file);
    return locked;
}

} // namespace emc
