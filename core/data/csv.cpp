#include "core/data/csv.h"

#include <charconv>
#include <cmath>
#include <string_view>

#include "core/api/error.h"
#include "core/data/atomic_file.h"

namespace emc {

namespace {

constexpr std::uintmax_t kMaxBytes = 256u << 20;

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t' || text.back() == '\r')) text.remove_suffix(1);
    return text;
}

std::vector<std::string_view> split(std::string_view line) {
    std::vector<std::string_view> cells;
    for (std::size_t begin = 0;;) {
        const std::size_t comma = line.find(',', begin);
        cells.push_back(trimmed(line.substr(begin, comma == std::string_view::npos ? comma : comma - begin)));
        if (comma == std::string_view::npos) return cells;
        begin = comma + 1;
    }
}

std::string place(const std::filesystem::path& path, std::size_t line, std::size_t column = 0) {
    std::string where = path.string() + ":" + std::to_string(line);
    if (column > 0) where += ", column " + std::to_string(column);
    return where;
}

// Takes the next line off `rest`.
std::string_view nextLine(std::string_view& rest) {
    const std::size_t end = rest.find('\n');
    const std::string_view line = rest.substr(0, end);
    rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
    return line;
}

std::string readWithoutMark(const std::filesystem::path& path) {
    std::string text = readTextFile(path, kMaxBytes);
    if (text.starts_with("\xEF\xBB\xBF")) text.erase(0, 3);
    return text;
}

} // namespace

NumberTable readNumberCsv(const std::filesystem::path& path, std::size_t columns) {
    const std::string text = readWithoutMark(path);
    std::string_view rest = text;
    NumberTable table;
    if (trimmed(rest).empty()) throw Error(ErrorKind::BadInput, "the table is empty", path.string());
    for (std::string_view name : split(nextLine(rest))) table.header.emplace_back(name);
    table.columns = columns > 0 ? columns : table.header.size();
    if (table.header.size() != table.columns)
        throw Error(ErrorKind::BadInput,
                    "the header has " + std::to_string(table.header.size()) + " columns, but " +
                        std::to_string(table.columns) + " are expected",
                    place(path, 1));
    for (std::size_t line = 2; !rest.empty(); ++line) {
        const std::string_view row = nextLine(rest);
        if (trimmed(row).empty()) continue;
        const std::vector<std::string_view> cells = split(row);
        if (cells.size() != table.columns)
            throw Error(ErrorKind::BadInput,
                        "the line has " + std::to_string(cells.size()) + " columns, but " +
                            std::to_string(table.columns) + " are expected",
                        place(path, line));
        for (std::size_t c = 0; c < cells.size(); ++c) {
            std::string_view cell = cells[c];
            if (cell.starts_with('+')) cell.remove_prefix(1);
            float value = 0;
            const auto [end, fault] = std::from_chars(cell.data(), cell.data() + cell.size(), value);
            // Tiny numbers beyond float are zero, as every other reader makes them.
            const bool tiny = fault == std::errc::result_out_of_range && cell.find('-', 1) != std::string_view::npos;
            if (tiny) value = 0;
            if ((fault != std::errc() && !tiny) || end != cell.data() + cell.size() || !std::isfinite(value))
                throw Error(ErrorKind::BadInput,
                            "\"" + std::string(cells[c].substr(0, 40)) + "\" is not a finite number",
                            place(path, line, c + 1));
            table.values.push_back(value);
        }
        ++table.rows;
    }
    return table;
}

void writeNumberCsv(const std::filesystem::path& path, const std::vector<std::string>& header,
                    std::span<const float> values) {
    if (header.empty() || values.size() % header.size() != 0)
        throw Error(ErrorKind::Internal, "the values do not fill the rows of the table to write", path.string());
    std::string text;
    for (std::size_t i = 0; i < header.size(); ++i) text += (i ? "," : "") + header[i];
    text += '\n';
    char buffer[64];
    for (std::size_t i = 0; i < values.size(); ++i) {
        const auto end =
            std::to_chars(buffer, buffer + sizeof buffer, values[i]).ptr; // shortest text that comes back equal
        text.append(buffer, end);
        text += (i + 1) % header.size() == 0 ? '\n' : ',';
    }
    writeFileAtomically(path, text);
}

std::vector<std::vector<std::string>> readTextCsv(const std::filesystem::path& path) {
    const std::string text = readWithoutMark(path);
    std::vector<std::vector<std::string>> rows;
    std::vector<std::string> row;
    std::string cell;
    bool quoted = false, any = false;
    std::size_t line = 1, openedAt = 0;
    const auto endCell = [&] {
        row.push_back(std::string(trimmed(cell)));
        cell.clear();
    };
    const auto endRow = [&] {
        if (any) {
            endCell();
            rows.push_back(std::move(row));
        }
        row.clear();
        cell.clear();
        any = false;
    };
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '\n') ++line;
        if (quoted) {
            if (c != '"') cell += c;
            else if (i + 1 < text.size() && text[i + 1] == '"') cell += text[++i];
            else quoted = false;
        } else if (c == '"') quoted = any = true, openedAt = line;
        else if (c == ',') any = true, endCell();
        else if (c == '\n') endRow();
        else {
            if (c != '\r' && c != ' ' && c != '\t') any = true;
            cell += c;
        }
    }
    if (quoted) throw Error(ErrorKind::BadInput, "a quote is never closed", place(path, openedAt));
    endRow();
    return rows;
}

} // namespace emc
