#include "core/data/react_corpus.h"

#include <algorithm>
#include <map>
#include <mutex>

#define TOML_EXCEPTIONS 1
#include <toml++/toml.h>

#include "core/api/error.h"
#include "core/data/atomic_file.h"
#include "core/data/npy.h"
#include "core/data/react_layout.h"

namespace emc {
namespace fs = std::filesystem;

namespace {

std::vector<std::uint8_t> firstQuadrant(const std::vector<std::uint8_t>& matrix, int side) {
    std::vector<std::uint8_t> quadrant;
    for (int row = 0; row < side / 2; ++row) {
        const auto begin = matrix.begin() + static_cast<std::ptrdiff_t>(row) * side;
        quadrant.insert(quadrant.end(), begin, begin + side / 2);
    }
    return quadrant;
}

class Corpus : public ReactCorpus {
public:
    Corpus(fs::path root, std::string partition, FrameOpener frames, SoundLoader sounds)
        : m_root(std::move(root)), m_partition(std::move(partition)), m_notes(readReactNotes(m_root, m_partition)) {
        const fs::path csv = m_root / (m_partition + ".csv"), tree = m_root / m_partition;
        m_rows = readReactIndex(csv);
        if (!m_notes.scripts.empty() && m_notes.scripts.size() != m_rows.size())
            throw Error(ErrorKind::BadInput,
                        "scripts." + m_partition + " does not have one number per row of the index",
                        (m_root / "corpus.toml").string());
        std::vector<std::string> missing;
        for (const ReactRow& row : m_rows)
            for (const std::string& item : {row.speaker, row.listener})
                if (!m_clips.count(item))
                    m_clips[item] = makeReactClip(m_root, m_partition, item, findReactFiles(tree, item, missing),
                                                  m_notes, frames, sounds);
        if (missing.empty()) return;
        std::string problem = std::to_string(missing.size()) + " files that the index names are missing";
        for (std::size_t i = 0; i < std::min<std::size_t>(missing.size(), 10); ++i) problem += "\n  " + missing[i];
        throw Error(ErrorKind::BadInput, problem, csv.string(),
                    "Restore them; leaving rows out would shift the neighbour matrix.");
    }

    const std::string& partition() const override { return m_partition; }
    int rows() const override { return static_cast<int>(m_rows.size()); }
    bool synthetic() const override { return m_notes.synthetic; }
    bool mirrored() const override { return m_notes.mirrored; }
    const std::vector<ReactRow>& index() const override { return m_rows; }

    Pair pair(int k) const override {
        if (k < 0 || k >= size())
            throw Error(ErrorKind::Internal, "there is no pair " + std::to_string(k), m_root.string());
        const int n = rows();
        const ReactRow& row = m_rows[static_cast<std::size_t>(k % n)];
        Pair pair{m_clips.at(row.speaker), m_clips.at(row.listener)};
        if (k >= n) std::swap(pair.speaker, pair.listener);
        if (!m_notes.scripts.empty()) pair.scriptId = m_notes.scripts[static_cast<std::size_t>(k % n)];
        return pair;
    }

    const std::vector<std::uint8_t>& neighbours() const override {
        std::lock_guard lock(m_mutex);
        if (!m_neighbours.empty()) return m_neighbours;
        const fs::path own = m_root / ("neighbour_emotion_" + m_partition + ".npy");
        const fs::path big = m_root / "Approprirate_facial_reaction.npy",
                       all = m_root / "data_indices.csv"; // spelt so in the release
        if (fs::exists(own)) {
            int side = 0;
            std::vector<std::uint8_t> marks = readNpySquare01(own, &side);
            // The file always has both directions, as in REACT; without mirroring the first quadrant is what counts.
            if (side == 2 * rows() && !mirrored()) marks = firstQuadrant(marks, side), side = rows();
            if (side != size())
                throw Error(ErrorKind::BadInput,
                            "the matrix has " + std::to_string(side) + " rows, but the index of the partition needs " +
                                std::to_string(size()) + (mirrored() ? " (both directions)" : ""),
                            own.string());
            m_neighbours = std::move(marks);
        } else if (fs::exists(big) && fs::exists(all)) {
            m_neighbours = partitionNeighbours(m_rows, readReactIndex(all), readNpySquare01(big), big.string());
            if (!mirrored()) m_neighbours = firstQuadrant(m_neighbours, 2 * rows());
        } else {
            throw Error(ErrorKind::NotFound, "the corpus has no neighbour matrix for " + m_partition, own.string());
        }
        return m_neighbours;
    }

private:
    fs::path m_root;
    std::string m_partition;
    ReactNotes m_notes;
    std::vector<ReactRow> m_rows;
    std::map<std::string, std::shared_ptr<const Clip>> m_clips;
    mutable std::mutex m_mutex;
    mutable std::vector<std::uint8_t> m_neighbours;
};

bool isFile(const fs::path& path) {
    std::error_code code;
    return fs::is_regular_file(path, code);
}
bool isFolder(const fs::path& path) {
    std::error_code code;
    return fs::is_directory(path, code);
}

} // namespace

std::shared_ptr<const ReactCorpus> ReactCorpus::open(const fs::path& root, const std::string& partition,
                                                     FrameOpener frames, SoundLoader sounds) {
    if (!isFolder(root)) throw Error(ErrorKind::NotFound, "there is no such corpus", root.string());
    if (!isFile(root / (partition + ".csv")))
        throw Error(ErrorKind::NotFound, "the corpus has no partition \"" + partition + "\"",
                    (root / (partition + ".csv")).string(), "Partitions are train, val and test.");
    return std::make_shared<Corpus>(root, partition, std::move(frames), std::move(sounds));
}

ReactNotes readReactNotes(const fs::path& root, const std::string& partition) {
    const fs::path file = root / "corpus.toml";
    ReactNotes notes;
    if (!isFile(file)) return notes;
    try {
        const toml::table table = toml::parse(readTextFile(file, 64u << 20));
        notes.synthetic = table["synthetic"].value_or(false);
        notes.mirrored = table["mirrored"].value_or(true);
        notes.contentHash = table["content_hash"].value_or(std::string());
        const auto frames = table["frames"].value_or(std::int64_t{0});
        if (frames < 0 || frames > 10'000'000)
            throw Error(ErrorKind::BadInput, "frames is not a number of frames", file.string());
        notes.frames = static_cast<int>(frames);
        if (const toml::array* scripts = table["scripts"][partition].as_array())
            for (const toml::node& node : *scripts) notes.scripts.push_back(node.value<int>().value_or(-1));
    } catch (const toml::parse_error& error) {
        const auto at = error.source().begin;
        throw Error(ErrorKind::BadInput, std::string(error.description()),
                    file.string() + ":" + std::to_string(at.line) + ", column " + std::to_string(at.column));
    }
    return notes;
}

ReactFiles findReactFiles(const fs::path& tree, const std::string& item, std::vector<std::string>& missing) {
    ReactFiles files;
    const auto miss = [&](const char* modality, const std::string& name) {
        missing.push_back(std::string(modality) + "/" + name);
    };
    if (isFolder(tree / "Video_files")) {
        const fs::path base = tree / "Video_files" / item;
        for (const char* extension : {"", ".mp4", ".avi", ".mkv", ".mov"}) {
            fs::path candidate = base;
            candidate += extension;
            if (*extension ? isFile(candidate) : isFolder(candidate)) {
                files.video = candidate;
                break;
            }
        }
        if (files.video.empty()) miss("Video_files", item);
    }
    if (isFolder(tree / "Audio_files")) {
        files.audio = tree / "Audio_files" / (item + ".wav");
        if (!isFile(files.audio)) miss("Audio_files", item + ".wav");
    }
    const bool emotion = isFolder(tree / "Emotion"), coeffs = isFolder(tree / "3D_FV_files");
    if (emotion != coeffs) miss(emotion ? "3D_FV_files" : "Emotion", item); // a face is both or neither
    if (emotion && coeffs) {
        files.emotion = tree / "Emotion" / (item + ".csv");
        if (!isFile(files.emotion)) files.emotion = tree / "Emotion" / (emotionTreeSpelling(item) + ".csv");
        if (!isFile(files.emotion)) miss("Emotion", item + ".csv");
        files.coeffs = tree / "3D_FV_files" / (item + ".npy");
        if (!isFile(files.coeffs)) miss("3D_FV_files", item + ".npy");
    }
    if (files.video.empty() && files.audio.empty() && files.emotion.empty() && missing.empty())
        miss("any modality", item);
    return files;
}

std::optional<ReactItemPath> splitReactPath(const fs::path& path) {
    std::vector<fs::path> parts(path.begin(), path.end());
    if (!parts.empty() && parts.back().empty()) parts.pop_back();
    // From the back: the item's own 4 or 5 parts, the modality (may be left out), the partition.
    for (const std::size_t length : {4u, 5u}) {
        if (parts.size() < length + 1) continue;
        std::size_t before = parts.size() - length;
        if (std::find(std::begin(kReactFolders), std::end(kReactFolders), parts[before - 1].string()) !=
            std::end(kReactFolders))
            --before;
        if (before == 0) continue;
        ReactItemPath out;
        out.partition = parts[before - 1].string();
        for (std::size_t i = 0; i + 1 < before; ++i) out.root /= parts[i];
        if (out.root.empty()) out.root = ".";
        const fs::path tree = out.root / out.partition;
        if (!std::any_of(std::begin(kReactFolders), std::end(kReactFolders),
                         [&](const char* name) { return isFolder(tree / name); }))
            continue;
        for (std::size_t i = parts.size() - length; i < parts.size(); ++i) {
            std::string part = parts[i].string();
            if (i + 1 == parts.size()) {
                const std::string extension = parts[i].extension().string();
                for (const char* known : {".mp4", ".avi", ".mkv", ".mov", ".wav", ".csv", ".npy"})
                    if (extension == known) part = parts[i].stem().string();
            }
            out.item += (out.item.empty() ? "" : "/") + part;
        }
        return out;
    }
    return std::nullopt;
}

} // namespace emc
