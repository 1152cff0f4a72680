#pragma once
// What of a corpus is done: ROOT/manifest.json, rewritten after every clip. A clip counts as done when it is listed and
// its files have the listed sizes, so an interrupted run continues where it stopped.
#include <cstdint>
#include <filesystem>
#include <map>
#include <mutex>
#include <string>
#include <vector>

namespace emc::corpus {

class Manifest {
public:
    // Reads what is there; another recipe throws Error(BadInput).
    Manifest(std::filesystem::path root, std::string recipe);
    bool done(const std::string& work) const; // thread-safe, looks at the files
    void finish(const std::string& work, const std::vector<std::filesystem::path>& files); // thread-safe
    void moved(const std::string& prefix, const std::string& from,
               const std::string& to); // files of works named prefix... lie elsewhere now
    void save();                       // finish() saves at most once a second; call at the end

private:
    using Sizes = std::map<std::string, std::uintmax_t>;
    void saveLocked();
    std::filesystem::path m_root;
    std::string m_recipe;
    std::map<std::string, Sizes> m_works;
    mutable std::mutex m_mutex;
    double m_saved = 0;
};

} // namespace emc::corpus
