#pragma once
// Where test material lies that is not part of the repository: ../shared beside the checkout, or EMC_SHARED.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <string>

namespace emc::test {

inline std::filesystem::path sharedFolder() {
    if (const char* named = std::getenv("EMC_SHARED")) return named;
    return std::filesystem::path(EMC_SOURCE_DIR).parent_path() / "shared";
}

// A fresh folder for one test, removed with the object.
class TempDir {
public:
    TempDir() {
        std::string pattern = (std::filesystem::temp_directory_path() / "emc_test_XXXXXX").string();
        m_path = mkdtemp(pattern.data());
    }
    ~TempDir() {
        std::error_code ignored;
        std::filesystem::remove_all(m_path, ignored);
    }
    TempDir(const TempDir&) = delete;
    TempDir& operator=(const TempDir&) = delete;
    const std::filesystem::path& path() const { return m_path; }
    std::filesystem::path operator/(const std::string& name) const { return m_path / name; }

private:
    std::filesystem::path m_path;
};

} // namespace emc::test

// Skips aloud when ../shared/NAME is absent.
#define EMC_NEED_SHARED(name)                                                                                          \
    if (!std::filesystem::exists(emc::test::sharedFolder() / (name)))                                                  \
    GTEST_SKIP() << "needs " << (emc::test::sharedFolder() / (name)).string()                                          \
                 << " (set EMC_SHARED to the folder that has it)"
