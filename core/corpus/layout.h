#pragma once
// Where everything of a made corpus lies.
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "core/corpus/make_corpus.h"

namespace emc::corpus {

inline constexpr int kGeneratorVersion = 1;
inline constexpr const char* kPartitions[] = {"train", "val", "test"};

struct Item { // one performance: a row of the index
    std::string partition;
    int script = 0;      // number over the whole corpus
    int performance = 0; // of the script
    std::string chat() const;
    std::string speaker() const;  // "Made/script0012/Expert_video/1"
    std::string listener() const; // "Made/script0012/Novice_video/1"
};
std::vector<Item> itemsOf(const CorpusOptions& options); // in the order of data_indices.csv: train, val, test

struct ItemFiles {
    std::filesystem::path audio, emotion, coeffs;
};
ItemFiles filesOf(const std::filesystem::path& root, const std::string& partition, const std::string& side);
std::filesystem::path hiddenFile(const std::filesystem::path& root,
                                 const Item& item); // outside the partitions: no model may read it
std::filesystem::path filmFolder(const std::filesystem::path& root, const std::string& partition);
// Films are made here and take their place when the partition is complete: a reader never sees half of them.
std::filesystem::path filmStage(const std::filesystem::path& root, const std::string& partition);

// train.csv ... neighbour_emotion_test.npy; corpus.toml last.
void writeIndex(const CorpusOptions& options, const std::vector<Item>& items);
// corpus.toml without [scripts]: what must agree when work is continued.
std::string recipeOf(const CorpusOptions& options);

} // namespace emc::corpus
