#pragma once
// Features of clips, read once from their sources, kept as files by content, and held in memory up to a bound.
#include <torch/torch.h>

#include <filesystem>
#include <functional>
#include <list>
#include <memory>
#include <string>
#include <unordered_map>

#include "core/api/clip.h"

namespace emc {

// CPU tensors, float unless said. Undefined where a clip has no such thing.
struct ClipFeatures {
    int frames = 0;
    torch::Tensor emotion, coeffs; // (T,25), (T,58) raw
    torch::Tensor mfcc;            // (T,78)
    torch::Tensor face;            // (T,128) u^f of the frozen frame encoder
    torch::Tensor speechEmotion;   // (T,10) of the frozen speech emotion head
    torch::Tensor pictures;        // (T,3,S,S) uint8; only for a jointly trained frame encoder
    std::size_t bytes() const;
};

// Names a clip by what it holds; the same clip in two corpora has the same key.
std::string clipKey(const Clip& clip);

// Small LRU over files. Not thread-safe.
class ClipStore {
public:
    // `plain` holds what comes straight from the clips, `learned` what the frozen networks of one corpus made of it.
    ClipStore(std::filesystem::path plain, std::filesystem::path learned, std::size_t memoryBudget);

    std::filesystem::path plainFile(const Clip& clip) const { return m_plain / (clipKey(clip) + ".safetensors"); }
    std::filesystem::path learnedFile(const Clip& clip) const { return m_learned / (clipKey(clip) + ".safetensors"); }
    std::filesystem::path picturesFile(const Clip& clip, int size) const {
        return m_plain / (clipKey(clip) + ".frames" + std::to_string(size) + ".safetensors");
    }
    // Reads emotion, coefficients and MFCC from the clip's sources unless the file is there already.
    void makePlain(const Clip& clip) const;
    // Everything that is on disk for this clip; the plain file is made when it is missing. Pictures are not held: see
    // crop readers.
    std::shared_ptr<const ClipFeatures> get(const Clip& clip);
    // Frames begin, begin + stride, ... (count of them) of the stored pictures -> (count,3,S,S) uint8.
    torch::Tensor pictures(const Clip& clip, int size, int begin, int count, int stride) const;

private:
    std::filesystem::path m_plain, m_learned;
    std::size_t m_budget, m_held = 0;
    std::list<std::string> m_order; // newest first
    struct Entry {
        std::shared_ptr<const ClipFeatures> features;
        std::list<std::string>::iterator place;
    };
    std::unordered_map<std::string, Entry> m_entries;
};

// Reads the face pictures of a clip in order as (3,S,S) uint8 planes each. `frame` gets (index, 3*S*S bytes); stops
// when it returns false. Returns the number of pictures seen. Throws Error when the clip has no pictures.
int forEachPicture(const Clip& clip, int size,
                   const std::function<bool(int index, const std::vector<std::uint8_t>& planes)>& frame);

// Whether forEachPicture would find any: a speaker without a film cannot be learned from. Opening is the only sure way
// to know.
bool hasPictures(const Clip& clip);

} // namespace emc
