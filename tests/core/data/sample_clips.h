#pragma once
// Small made-up tracks and a frame opener that needs no codec, shared by the tests of clips, corpora and packs.
#include <cmath>
#include <memory>

#include "core/api/clip.h"
#include "core/data/clip_folder.h"

namespace emc::test {

inline std::vector<float> wave(std::size_t count, double seed, double scale = 1) {
    std::vector<float> x(count);
    for (std::size_t i = 0; i < count; ++i)
        x[i] = static_cast<float>(scale * std::sin(seed + 0.37 * static_cast<double>(i)));
    return x;
}
inline FaceTrack sampleFace(int frames, double seed = 1) {
    const auto n = static_cast<std::size_t>(frames);
    return {frames, wave(n * 25, seed), wave(n * 58, seed + 1), std::vector<float>(n, 0.5f), wave(n * 4, seed, 100)};
}
inline SpeechTrack sampleSpeech(int frames, double seed = 1) {
    const auto n = static_cast<std::size_t>(frames);
    return {frames, wave(n * 78, seed, 10), wave(n, seed)};
}

// Frame t has the value t everywhere.
class CountingFrames : public FrameReader {
public:
    CountingFrames(int frames, int size) : m_frames(frames), m_size(size) {}
    int width() const override { return m_size; }
    int height() const override { return m_size; }
    bool next(std::vector<std::uint8_t>& rgb) override {
        if (m_at >= m_frames) return false;
        rgb.assign(static_cast<std::size_t>(m_size) * static_cast<std::size_t>(m_size) * 3,
                   static_cast<std::uint8_t>(m_at++));
        return true;
    }

private:
    int m_frames, m_size, m_at = 0;
};
inline FrameOpener countingOpener(int frames) {
    return [frames](const std::filesystem::path&, int size) { return std::make_unique<CountingFrames>(frames, size); };
}

inline ClipContent sampleClip(int frames, double seed = 1) {
    ClipContent content;
    content.info.id = "sample";
    content.info.frames = frames;
    content.info.source = "speaker.mp4";
    content.info.faceMissing = {{3, 5}, {0, 1}};
    content.face = sampleFace(frames, seed);
    content.speech = sampleSpeech(frames, seed);
    content.sourceHash = "0123";
    content.extractor = "test 1";
    return content;
}

} // namespace emc::test
