#include <algorithm>
#include <cctype>
#include <map>

#include "core/api/error.h"
#include "core/data/csv.h"
#include "core/data/react_corpus.h"

namespace emc {

namespace {

std::vector<std::string> parts(const std::string& item) {
    std::vector<std::string> out{""};
    for (char c : item) {
        if (c == '/') out.emplace_back();
        else out.back() += c;
    }
    return out;
}

// SITE/CHAT/ROLE/CLIP, or UDIVA's SITE/TOPIC/SUBJECT/ROLE/CLIP. The parts become paths, so nothing may lead out of the
// tree.
bool isItem(const std::string& item) {
    const std::vector<std::string> words = parts(item);
    return (words.size() == 4 || words.size() == 5) && item.find('\\') == std::string::npos &&
           item.find('\0') == std::string::npos && std::none_of(words.begin(), words.end(), [](const std::string& w) {
               return w.empty() || w == "." || w == "..";
           });
}

// Rows of different files mean the same session and clip when these agree.
std::string sessionKey(const std::string& item) {
    const std::vector<std::string> words = parts(item);
    std::string site = words[0];
    std::transform(site.begin(), site.end(), site.begin(),
                   [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    const std::string chat = words.size() == 5 ? words[2] + "_" + words[1] : words[1];
    return site + "/" + chat + "/" + words.back();
}

} // namespace

std::vector<ReactRow> readReactIndex(const std::filesystem::path& csv) {
    const auto cells = readTextCsv(csv);
    if (cells.empty()) throw Error(ErrorKind::BadInput, "the index is empty", csv.string());
    std::vector<ReactRow> rows;
    std::string faults;
    int wrong = 0;
    for (std::size_t i = 1; i < cells.size(); ++i) { // the first line is a header whatever it says
        ReactRow row;
        row.line = static_cast<int>(i) + 1;
        const bool enough = cells[i].size() >= 3;
        if (enough) row.speaker = cells[i][1], row.listener = cells[i][2];
        if (!enough || !isItem(row.speaker) || !isItem(row.listener)) {
            if (++wrong <= 10) faults += "\n  line " + std::to_string(row.line);
            continue;
        }
        rows.push_back(std::move(row));
    }
    if (wrong > 0)
        throw Error(ErrorKind::BadInput,
                    std::to_string(wrong) + " rows do not name two items SITE/CHAT/ROLE/CLIP in columns 2 and 3" +
                        faults,
                    csv.string());
    if (rows.empty()) throw Error(ErrorKind::BadInput, "the index has a header and no row", csv.string());
    return rows;
}

std::string emotionTreeSpelling(const std::string& item) {
    static const std::map<std::string, std::string> kRoles = {
        {"Expert_video", "P1"}, {"Novice_video", "P2"}, {"P25", "P1"}, {"P41", "P1"}, {"P45", "P1"},
        {"P26", "P2"},          {"P42", "P2"},          {"P46", "P2"}, {"FC1", "P1"}, {"FC2", "P2"}};
    std::vector<std::string> words = parts(item);
    if (words.size() < 2) return item;
    std::string& role = words[words.size() - 2];
    if (const auto found = kRoles.find(role); found != kRoles.end()) role = found->second;
    std::string out = words[0];
    for (std::size_t i = 1; i < words.size(); ++i) out += "/" + words[i];
    return out;
}

std::vector<std::uint8_t> partitionNeighbours(const std::vector<ReactRow>& rows, const std::vector<ReactRow>& all,
                                              const std::vector<std::uint8_t>& big, const std::string& where) {
    const std::size_t half = all.size(), side = 2 * half;
    if (big.size() != side * side)
        throw Error(ErrorKind::BadInput,
                    "the matrix does not have twice as many rows as the index of all clips (" + std::to_string(side) +
                        ")",
                    where);
    std::map<std::string, std::size_t> known;
    for (std::size_t i = 0; i < half; ++i) known.emplace(sessionKey(all[i].speaker), i);
    std::vector<std::size_t> chosen;
    std::string missing;
    int wrong = 0;
    for (const ReactRow& row : rows) {
        const auto found = known.find(sessionKey(row.speaker));
        if (found != known.end()) chosen.push_back(found->second);
        else if (++wrong <= 10) missing += "\n  " + row.speaker;
    }
    // Skipping such a row would shift every later one in silence.
    if (wrong > 0)
        throw Error(ErrorKind::BadInput, std::to_string(wrong) + " clips are not in the index of all clips" + missing,
                    where);
    const std::size_t m = chosen.size();
    std::vector<std::uint8_t> out(4 * m * m);
    for (std::size_t i = 0; i < 2 * m; ++i)
        for (std::size_t j = 0; j < 2 * m; ++j) {
            const std::size_t a = chosen[i % m] + (i >= m ? half : 0), b = chosen[j % m] + (j >= m ? half : 0);
            out[i * 2 * m + j] = big[a * side + b];
        }
    return out;
}

} // namespace emc
