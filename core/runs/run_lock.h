#pragma once
// Who writes a run folder. The lock is the kernel's (flock), so it goes with the process, however that ends: a run that
// says "running" but is not locked was interrupted. The file also holds the process id, for the message.
#include <filesystem>
#include <memory>

namespace emc {

class RunLock {
public:
    // Takes the lock or throws Error(Usage) that names the process which holds it; Error(Io) when the file cannot be
    // made.
    static std::unique_ptr<RunLock> take(const std::filesystem::path& folder);
    ~RunLock();
    RunLock(const RunLock&) = delete;
    RunLock& operator=(const RunLock&) = delete;

private:
    explicit RunLock(int file) : m_file(file) {}
    int m_file;
};

// True while some process (this one too) holds the lock. False when there is no lock file.
bool runIsLocked(const std::filesystem::path& folder);

} // namespace emc
