#pragma once
// What all clips share: tracks are loaded once on demand, under a lock, and every opened file is recorded. Internal to
// core/data.
#include <memory>
#include <mutex>

#include "core/api/clip.h"
#include "core/api/error.h"
#include "core/data/file_record.h"

namespace emc {

class ClipBase : public Clip {
public:
    std::shared_ptr<const FaceTrack> face() const override {
        if (!info().hasFace) throw Error(ErrorKind::NotFound, "the clip has no face", info().path.string());
        return cached(m_face, m_weakFace, [this] { return loadFace(); });
    }
    std::shared_ptr<const SpeechTrack> speech() const override {
        if (!info().hasSpeech) throw Error(ErrorKind::NotFound, "the clip has no speech", info().path.string());
        return cached(m_speech, m_weakSpeech, [this] { return loadSpeech(); });
    }
    std::vector<std::filesystem::path> filesRead() const override { return m_record.files(); }

protected:
    // keepTracks: a clip on its own holds its tracks; clips of a corpus let go of them when nobody uses them any more.
    explicit ClipBase(bool keepTracks) : m_keep(keepTracks) {}
    virtual FaceTrack loadFace() const = 0;
    virtual SpeechTrack loadSpeech() const = 0;
    void opened(const std::filesystem::path& file) const { m_record.opened(file); }

private:
    template <class Track, class Load>
    std::shared_ptr<const Track> cached(std::shared_ptr<const Track>& held, std::weak_ptr<const Track>& weak,
                                        Load load) const {
        std::lock_guard lock(m_mutex);
        if (held) return held;
        if (auto alive = weak.lock()) return alive;
        auto track = std::make_shared<const Track>(load());
        weak = track;
        if (m_keep) held = track;
        return track;
    }

    bool m_keep;
    mutable FileRecord m_record;
    mutable std::mutex m_mutex;
    mutable std::shared_ptr<const FaceTrack> m_face;
    mutable std::shared_ptr<const SpeechTrack> m_speech;
    mutable std::weak_ptr<const FaceTrack> m_weakFace;
    mutable std::weak_ptr<const SpeechTrack> m_weakSpeech;
};

} // namespace emc
