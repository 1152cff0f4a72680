#include "core/corpus/manifest.h"

#include <chrono>
#include <nlohmann/json.hpp>

#include "core/api/error.h"
#include "core/data/atomic_file.h"

namespace emc::corpus {
namespace fs = std::filesystem;

namespace {
double now() {
    return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}
} // namespace

Manifest::Manifest(fs::path root, std::string recipe) : m_root(std::move(root)), m_recipe(std::move(recipe)) {
    const fs::path file = m_root / "manifest.json";
    if (!fs::exists(file)) {
        if (fs::exists(m_root) && !fs::is_empty(m_root))
            throw Error(ErrorKind::BadInput, "the folder is not empty and holds no made corpus", m_root.string(),
                        "Name a new folder.");
        return;
    }
    nlohmann::json json;
    try {
        json = nlohmann::json::parse(readTextFile(file));
        if (json.at("recipe").get<std::string>() == m_recipe) {
            for (const auto& [work, files] : json.at("done").items())
                for (const auto& [name, size] : files.items()) m_works[work][name] = size.get<std::uintmax_t>();
            return;
        }
    } catch (const nlohmann::json::exception& error) {
        throw Error(ErrorKind::BadInput, std::string("the list of finished clips is broken: ") + error.what(),
                    file.string(), "Make the corpus in a new folder.");
    }
    throw Error(ErrorKind::BadInput, "the folder holds a corpus of other options", m_root.string(),
                "Use the same seed and counts to continue it, or name a new folder.");
}

bool Manifest::done(const std::string& work) const {
    std::lock_guard lock(m_mutex);
    const auto found = m_works.find(work);
    if (found == m_works.end()) return false;
    for (const auto& [name, size] : found->second) {
        std::error_code code;
        if (fs::file_size(m_root / name, code) != size || code) return false;
    }
    return true;
}

void Manifest::finish(const std::string& work, const std::vector<fs::path>& files) {
    Sizes sizes;
    for (const fs::path& file : files) sizes[fs::relative(file, m_root).generic_string()] = fs::file_size(file);
    std::lock_guard lock(m_mutex);
    m_works[work] = std::move(sizes);
    if (now() - m_saved > 1) saveLocked();
}

void Manifest::moved(const std::string& prefix, const std::string& from, const std::string& to) {
    std::lock_guard lock(m_mutex);
    for (auto& [work, files] : m_works) {
        if (!work.starts_with(prefix)) continue;
        Sizes renamed;
        for (const auto& [name, size] : files)
            renamed[name.starts_with(from) ? to + name.substr(from.size()) : name] = size;
        files = std::move(renamed);
    }
    saveLocked();
}

void Manifest::save() {
    std::lock_guard lock(m_mutex);
    saveLocked();
}

void Manifest::saveLocked() {
    const nlohmann::json json = {{"recipe", m_recipe}, {"done", m_works}};
    writeFileAtomically(m_root / "manifest.json", json.dump(1));
    m_saved = now();
}

} // namespace emc::corpus
