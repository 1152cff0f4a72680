#pragma once
// Comma-separated tables. Faults are Error(BadInput) whose where() is "FILE:LINE, column C".
#include <cstddef>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

namespace emc {

struct NumberTable {
    std::vector<std::string> header;
    std::size_t columns = 0, rows = 0;
    std::vector<float> values; // rows x columns
};

// First line is a header, every other line has the same number of finite numbers. `columns` 0 = what the header says.
NumberTable readNumberCsv(const std::filesystem::path& path, std::size_t columns = 0);
// Shortest decimal text from which the float comes back equal. Atomic.
void writeNumberCsv(const std::filesystem::path& path, const std::vector<std::string>& header,
                    std::span<const float> values);

// All cells as text, quotes ("a,b", "" inside) understood; empty lines skipped.
std::vector<std::vector<std::string>> readTextCsv(const std::filesystem::path& path);

} // namespace emc
