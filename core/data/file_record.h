#pragma once
// Which files were opened, in order of first opening. Proves that a declared-missing modality was not looked at.
#include <algorithm>
#include <filesystem>
#include <mutex>
#include <vector>

namespace emc {

class FileRecord {
public:
    void opened(const std::filesystem::path& file) {
        std::lock_guard lock(m_mutex);
        if (std::find(m_files.begin(), m_files.end(), file) == m_files.end()) m_files.push_back(file);
    }
    std::vector<std::filesystem::path> files() const {
        std::lock_guard lock(m_mutex);
        return m_files;
    }

private:
    mutable std::mutex m_mutex;
    std::vector<std::filesystem::path> m_files;
};

} // namespace emc
