#pragma once
// Speaker-listener pairs of one partition, wherever they lie (a REACT tree or a pack).
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "core/api/clip.h"
#include "core/data/wav.h"

namespace emc {

class PairSource {
public:
    virtual ~PairSource() = default;
    virtual const std::string& partition() const = 0; // "train", "val", "test"
    virtual int rows() const = 0;                     // of the index file
    // Whether column 2 can serve as a speaker too. REACT can; a made corpus films column 1 only unless asked.
    virtual bool mirrored() const { return true; }
    // k < rows is column 1 -> 2, k + rows the mirrored one.
    int size() const { return (mirrored() ? 2 : 1) * rows(); }
    virtual Pair pair(int k) const = 0; // nothing is opened by this; repeated calls share clip objects
    // size() x size() of 0/1 in the order of pair(): row k marks the items whose listeners are appropriate for speaker
    // k.
    virtual const std::vector<std::uint8_t>& neighbours() const = 0; // throws Error(NotFound) when the corpus has none
    virtual bool synthetic() const = 0;
    std::vector<Pair> pairs() const {
        std::vector<Pair> all;
        for (int k = 0; k < size(); ++k) all.push_back(pair(k));
        return all;
    }
};

// `root` is a REACT tree, a folder with PARTITION.pack.safetensors, or such a file itself.
std::shared_ptr<const PairSource> openPairs(const std::filesystem::path& root, const std::string& partition,
                                            FrameOpener frames = {}, SoundLoader sounds = {});

} // namespace emc
