#include "core/corpus/layout.h"

#include <cstdio>
#include <span>

#include "core/data/atomic_file.h"
#include "core/data/npy.h"
#include "core/data/sha256.h"

namespace emc::corpus {
namespace fs = std::filesystem;

namespace {

std::string csvOf(const std::vector<Item>& items, const std::string& partition) {
    std::string text = ",speaker_path,listener_path\n";
    int row = 0;
    for (const Item& item : items)
        if (partition.empty() || item.partition == partition)
            text += std::to_string(row++) + "," + item.speaker() + "," + item.listener() + "\n";
    return text;
}

// Appropriate for a speaker are the listeners of all performances of the same script. The second direction (listener ->
// speaker) has no common course, so there only the diagonal is set.
std::vector<std::uint8_t> neighbourMatrix(const std::vector<const Item*>& rows) {
    const std::size_t n = rows.size(), side = 2 * n;
    std::vector<std::uint8_t> marks(side * side, 0);
    for (std::size_t i = 0; i < n; ++i) {
        for (std::size_t j = 0; j < n; ++j) marks[i * side + j] = rows[i]->script == rows[j]->script;
        marks[(n + i) * side + n + i] = 1;
    }
    return marks;
}

} // namespace

std::string Item::chat() const {
    char name[32];
    std::snprintf(name, sizeof name, "script%04d", script);
    return name;
}
std::string Item::speaker() const {
    return "Made/" + chat() + "/Expert_video/" + std::to_string(performance + 1);
}
std::string Item::listener() const {
    return "Made/" + chat() + "/Novice_video/" + std::to_string(performance + 1);
}

std::vector<Item> itemsOf(const CorpusOptions& o) {
    std::vector<Item> items;
    const int counts[] = {o.trainScripts, o.valScripts, o.testScripts};
    // Numbers far apart, so that a larger corpus of the same seed begins with the scripts of a smaller one.
    for (int p = 0; p < 3; ++p)
        for (int s = 0; s < counts[p]; ++s)
            for (int play = 0; play < (p == 2 ? o.performancesTest : o.performancesTrain); ++play)
                items.push_back({kPartitions[p], s + (p == 0 ? 0 : p == 1 ? 7000 : 8000), play});
    return items;
}

ItemFiles filesOf(const fs::path& root, const std::string& partition, const std::string& side) {
    const fs::path tree = root / partition;
    return {tree / "Audio_files" / (side + ".wav"), tree / "Emotion" / (side + ".csv"),
            tree / "3D_FV_files" / (side + ".npy")};
}

fs::path hiddenFile(const fs::path& root, const Item& item) {
    return root / "hidden" / item.partition / (item.chat() + "_" + std::to_string(item.performance + 1) + ".npy");
}

fs::path filmFolder(const fs::path& root, const std::string& partition) {
    return root / partition / "Video_files";
}
fs::path filmStage(const fs::path& root, const std::string& partition) {
    return root / "unfinished_films" / partition;
}

std::string recipeOf(const CorpusOptions& o) {
    std::string text =
        "# A SYNTHETIC data set in the layout of REACT 2024, made by EMC Studio. No person was recorded.\n"
        "synthetic = true\ngenerator = \"emc corpus make\"\n";
    text +=
        "generator_version = " + std::to_string(kGeneratorVersion) + "\nframes = " + std::to_string(o.frames) + "\n";
    text += "# Only Expert_video speaks with a film; of Novice_video there is one reference picture unless mirrored is "
            "true.\n";
    text += std::string("mirrored = ") + (o.mirrored ? "true" : "false") + "\n";
    text += "# Weights 0..1, rotations in radians without FaceVerse's offset of pi, translations around 0, nothing "
            "subtracted.\n";
    text += "coefficients = \"raw\"\n";
    text += "neighbours = \"performances of the same script, the clip itself included\"\n";
    std::string options = "seed = " + std::to_string(o.seed) + "\ntrain_scripts = " + std::to_string(o.trainScripts) +
                          "\nval_scripts = " + std::to_string(o.valScripts) +
                          "\ntest_scripts = " + std::to_string(o.testScripts) +
                          "\nperformances_train = " + std::to_string(o.performancesTrain) +
                          "\nperformances_test = " + std::to_string(o.performancesTest) +
                          "\nvideo_size = " + std::to_string(o.videoSize) + "\n";
    text += "content_hash = \"" + sha256Hex(text + options) + "\"\n\n[options]\n" + options;
    return text;
}

void writeIndex(const CorpusOptions& options, const std::vector<Item>& items) {
    const fs::path root = options.out;
    std::vector<const Item*> all;
    for (const Item& item : items) all.push_back(&item);
    const auto write = [&](const std::string& name, const std::vector<const Item*>& rows) {
        const std::vector<std::uint8_t> marks = neighbourMatrix(rows);
        const auto side = static_cast<std::int64_t>(2 * rows.size());
        writeNpy(root / name, {side, side}, std::span<const std::uint8_t>(marks));
    };
    std::string scripts = "\n[scripts] # one number per row of the partition's csv\n";
    for (const char* partition : kPartitions) {
        std::vector<const Item*> rows;
        for (const Item& item : items)
            if (item.partition == partition) rows.push_back(&item);
        if (rows.empty()) continue;
        writeFileAtomically(root / (std::string(partition) + ".csv"), csvOf(items, partition));
        write("neighbour_emotion_" + std::string(partition) + ".npy", rows);
        scripts += std::string(partition) + " = [";
        for (std::size_t i = 0; i < rows.size(); ++i) scripts += (i ? ", " : "") + std::to_string(rows[i]->script);
        scripts += "]\n";
    }
    writeFileAtomically(root / "data_indices.csv", csvOf(items, ""));
    write("Approprirate_facial_reaction.npy", all); // spelt so in the release
    writeFileAtomically(root / "corpus.toml", recipeOf(options) + scripts);
}

} // namespace emc::corpus
