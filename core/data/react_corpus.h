#pragma once
// Reader of the REACT 2024 layout, ROOT/PARTITION/{Video_files,Audio_files,Emotion,3D_FV_files}/SITE/CHAT/ROLE/CLIP,
// and its index files. A made corpus adds ROOT/corpus.toml:
//   synthetic = true
//   mirrored = false         # only column 1 of the index speaks with a film
//   frames = 751             # of every clip, so that no modality file is needed to know it
//   content_hash = "..."     # of the recipe (seed, version); becomes part of each clip's hash
//   [scripts]                # optional, one number per row of the partition's csv
//   train = [0, 0, 1, ...]
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "core/data/pair_source.h"

namespace emc {

struct ReactRow {
    std::string speaker, listener; // paths without modality and extension, as in the csv
    int line = 0;                  // of the csv
};

class ReactCorpus : public PairSource {
public:
    // Reads ROOT/PARTITION.csv and looks (without opening) for every file of every row: a missing clip is one
    // Error(BadInput) that lists the missing ones, never a silent shift of the later ones.
    static std::shared_ptr<const ReactCorpus> open(const std::filesystem::path& root, const std::string& partition,
                                                   FrameOpener frames = {}, SoundLoader sounds = {});
    virtual const std::vector<ReactRow>& index() const = 0;
};

// The pictures of a folder of frames in numeric order (2.png before 10.png); other files are left out.
std::vector<std::filesystem::path> framePictures(const std::filesystem::path& folder);

// The rows of an index file: first line dropped, columns 1 and 2 by position, order kept.
std::vector<ReactRow> readReactIndex(const std::filesystem::path& csv);
// "NoXI/010_2016-03-25_Paris/Expert_video/1" -> ".../P1/1": the other spelling of the Emotion tree. Unknown roles come
// back unchanged.
std::string emotionTreeSpelling(const std::string& item);
// Partition matrix (2m x 2m) out of the big one (side 2H, H rows of data_indices.csv). A row without a match is an
// error.
std::vector<std::uint8_t> partitionNeighbours(const std::vector<ReactRow>& rows, const std::vector<ReactRow>& all,
                                              const std::vector<std::uint8_t>& big, const std::string& where);

} // namespace emc
