#pragma once
// A small clip in memory: moving stripes for a face, tones for a voice. Counts and may forbid what is read.
#include <cmath>
#include <memory>
#include <stdexcept>

#include "core/api/clip.h"
#include "core/nn/noise.h"

namespace emc::test {

class FakeClip : public Clip {
public:
    explicit FakeClip(int frames, std::uint64_t seed = 1, double speed = 1) : m_seed(seed), m_speed(speed) {
        m_info.id = "fake" + std::to_string(seed);
        m_info.contentHash = "hash" + std::to_string(seed) + "x" + std::to_string(frames);
        m_info.frames = frames;
        m_info.synthetic = true;
    }
    ClipInfo& change() { return m_info; }
    bool forbidFace = false, forbidSpeech = false;
    mutable int faceReads = 0, speechReads = 0, videoReads = 0;

    const ClipInfo& info() const override { return m_info; }
    std::shared_ptr<const FaceTrack> face() const override {
        if (forbidFace) throw std::logic_error("the face was touched");
        ++faceReads;
        auto track = std::make_shared<FaceTrack>();
        const auto frames = static_cast<std::size_t>(m_info.frames);
        track->frames = m_info.frames;
        track->emotion = uniformNoise(m_seed * 7 + 1, frames * kEmotionDims);
        track->coeffs = uniformNoise(m_seed * 7 + 2, frames * kCoeffDims);
        for (std::size_t i = 0; i < track->coeffs.size(); ++i)
            track->coeffs[i] =
                .3f * static_cast<float>(1 + std::sin(.2 * m_speed * static_cast<double>(i / kCoeffDims) +
                                                      static_cast<double>(i % kCoeffDims))) +
                .05f * track->coeffs[i];
        for (std::size_t i = 0; i < track->emotion.size(); ++i)
            track->emotion[i] =
                .4f * static_cast<float>(1 + std::sin(.2 * m_speed * static_cast<double>(i / kEmotionDims) +
                                                      static_cast<double>(i % kEmotionDims))) +
                .1f * track->emotion[i];
        return track;
    }
    std::shared_ptr<const SpeechTrack> speech() const override {
        if (forbidSpeech) throw std::logic_error("the speech was touched");
        ++speechReads;
        auto track = std::make_shared<SpeechTrack>();
        track->frames = m_info.frames;
        track->mfcc = gaussianNoise(m_seed * 7 + 3, static_cast<std::size_t>(m_info.frames) * kMfccDims);
        for (std::size_t i = 0; i < track->mfcc.size(); ++i)
            track->mfcc[i] += 2 * static_cast<float>(std::sin(.2 * m_speed * static_cast<double>(i / kMfccDims)));
        return track;
    }
    std::unique_ptr<FrameReader> faceFrames(int size) const override {
        if (forbidFace) throw std::logic_error("the face frames were touched");
        ++videoReads;
        return std::make_unique<Stripes>(size, m_info.frames, m_seed, m_speed);
    }
    std::filesystem::path soundFile() const override { return {}; }
    std::filesystem::path videoFile() const override { return {}; }
    std::vector<std::filesystem::path> filesRead() const override { return {}; }

private:
    class Stripes : public FrameReader {
    public:
        Stripes(int size, int frames, std::uint64_t seed, double speed)
            : m_size(size), m_frames(frames), m_seed(seed), m_speed(speed) {}
        int width() const override { return m_size; }
        int height() const override { return m_size; }
        bool next(std::vector<std::uint8_t>& rgb) override {
            if (m_at >= m_frames) return false;
            rgb.resize(static_cast<std::size_t>(m_size * m_size * 3));
            const double phase = .2 * m_speed * m_at++ + static_cast<double>(m_seed);
            for (int y = 0; y < m_size; ++y)
                for (int x = 0; x < m_size; ++x)
                    for (int c = 0; c < 3; ++c)
                        rgb[static_cast<std::size_t>((y * m_size + x) * 3 + c)] =
                            static_cast<std::uint8_t>(127 + 100 * std::sin(phase + .2 * x * (c + 1) + .1 * y));
            return true;
        }

    private:
        int m_size, m_frames, m_at = 0;
        std::uint64_t m_seed;
        double m_speed;
    };
    ClipInfo m_info;
    std::uint64_t m_seed;
    double m_speed;
};

} // namespace emc::test
