#pragma once
// The clips of a corpus that a study is made on, with the listeners who would be appropriate.
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "core/api/job_context.h"
#include "core/data/pair_source.h"

namespace emc {

struct StudyServices {
    FrameOpener frames; // empty = packs only
    SoundLoader sounds; // empty = wav only
};

class StudyPart {
public:
    // Speakers with a face, pictures and a voice, so that each can be taken away; `clips` of them, evenly spread
    // (0 = all). Throws Error(BadInput) when there is none.
    StudyPart(const std::filesystem::path& corpus, const std::string& partition, int clips,
              const StudyServices& services);

    int size() const { return static_cast<int>(m_chosen.size()); }
    int index(int i) const { return m_chosen[static_cast<std::size_t>(i)]; } // in the partition
    Pair pair(int i) const { return m_source->pair(index(i)); }
    // Indices in the partition of everybody whose listener answers the i-th speaker appropriately.
    std::vector<int> appropriate(int i) const;
    std::shared_ptr<const FaceTrack> listener(int index) const { return m_source->pair(index).listener->face(); }
    std::string listenerName(int index) const { return m_source->pair(index).listener->info().id; }
    // Of the whole partition's clips, whichever were chosen: names stored predictions.
    const std::string& hash() const { return m_hash; }
    std::string chosenText() const; // "0 3 6"
    bool synthetic() const { return m_source->synthetic(); }
    int partitionSize() const { return m_source->size(); }

private:
    std::shared_ptr<const PairSource> m_source;
    std::vector<int> m_chosen;
    std::string m_hash;
};

} // namespace emc
