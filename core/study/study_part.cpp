#include "core/study/study_part.h"

#include <algorithm>

#include "core/api/error.h"
#include "core/data/sha256.h"

namespace emc {
namespace {

// Opening is the only sure way to know: listeners of a made corpus have no film.
bool hasPictures(const Clip& clip) {
    try {
        return clip.info().hasFace && clip.faceFrames(64) != nullptr;
    } catch (const Error&) { return false; }
}

} // namespace

StudyPart::StudyPart(const std::filesystem::path& corpus, const std::string& partition, int clips,
                     const StudyServices& services)
    : m_source(openPairs(corpus, partition, services.frames, services.sounds)) {
    std::vector<int> usable;
    Sha256 hash;
    for (int k = 0; k < m_source->size(); ++k) {
        const Pair pair = m_source->pair(k);
        hash.update(pair.speaker->info().id + pair.speaker->info().contentHash + pair.listener->info().id +
                    pair.listener->info().contentHash);
        if (pair.speaker->info().hasSpeech && pair.listener->info().hasFace && hasPictures(*pair.speaker))
            usable.push_back(k);
    }
    if (usable.empty())
        throw Error(ErrorKind::BadInput,
                    "no speaker of the " + partition + " part has pictures of the face and a voice", corpus.string());
    const auto all = static_cast<int>(usable.size());
    const int wanted = clips > 0 ? std::min(clips, all) : all;
    for (int i = 0; i < wanted; ++i)
        m_chosen.push_back(usable[static_cast<std::size_t>(static_cast<long>(i) * all / wanted)]);
    m_hash = hash.hex();
    m_source->neighbours(); // a corpus without them is refused before any work
}

std::vector<int> StudyPart::appropriate(int i) const {
    const auto& matrix = m_source->neighbours();
    std::vector<int> found;
    for (int j = 0; j < m_source->size(); ++j)
        if (matrix[static_cast<std::size_t>(index(i)) * static_cast<std::size_t>(m_source->size()) +
                   static_cast<std::size_t>(j)])
            found.push_back(j);
    if (found.empty())
        throw Error(ErrorKind::BadInput, "the neighbour matrix names no appropriate listener",
                    pair(i).speaker->info().id);
    return found;
}

std::string StudyPart::chosenText() const {
    std::string text;
    for (const int k : m_chosen) text += (text.empty() ? "" : " ") + std::to_string(k);
    return text;
}

} // namespace emc
