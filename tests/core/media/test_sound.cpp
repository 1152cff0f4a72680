#include <gtest/gtest.h>

#include <cmath>

#include "core/data/wav.h"
#include "core/media/film.h"
#include "core/media/sound.h"
#include "tests/core/media/media_fixture.h"

namespace emc {
namespace {

// Strength of one frequency, 1 for a full sine.
double strength(const std::vector<float>& sound, int rate, double hertz) {
    double re = 0, im = 0;
    for (std::size_t i = 0; i < sound.size(); ++i) {
        re += sound[i] * std::cos(2 * 3.14159265358979 * hertz * static_cast<double>(i) / rate);
        im += sound[i] * std::sin(2 * 3.14159265358979 * hertz * static_cast<double>(i) / rate);
    }
    return 2 * std::hypot(re, im) / static_cast<double>(sound.size());
}

TEST(Sound, MonoIsTheMeanOfTheChannels) {
    test::TempDir folder;
    std::vector<float> stereo;
    for (int i = 0; i < 4410; ++i) {
        stereo.push_back(0.5f);
        stereo.push_back(-0.1f);
    }
    writeWav16(folder / "s.wav", stereo, 44100, 2);
    const std::vector<float> mono = loadSound(folder / "s.wav", 44100);
    ASSERT_EQ(mono.size(), 4410u);
    for (const float v : mono) ASSERT_NEAR(v, 0.2f, 1e-4);
    const SoundTrack both = loadSoundTrack(folder / "s.wav", 44100, 0);
    EXPECT_EQ(both.sound.channels, 2);
    EXPECT_NEAR(both.sound.samples[1], -0.1f, 1e-4);
}

TEST(Sound, KeepsPitchAndLengthWhenResampled) {
    test::TempDir folder;
    const SoundBuffer tone = test::madeTone(48000, 1, 2, 440);
    writeWav16(folder / "s.wav", tone.samples, 48000);
    for (const int rate : {16000, 44100}) {
        const std::vector<float> sound = loadSound(folder / "s.wav", rate);
        EXPECT_NEAR(static_cast<double>(sound.size()), 2.0 * rate, 40);
        EXPECT_NEAR(strength(sound, rate, 440), 0.4, 0.01);
        EXPECT_LT(strength(sound, rate, 480), 0.02);
    }
}

TEST(Sound, AgreesWithTheGoldenSampleOfARealClip) {
    EMC_NEED_SHARED("golden/talk_grid_bbaf2n_44k1_mono.wav");
    EMC_NEED_SHARED("real_clips/talk_grid_bbaf2n.mpg");
    const std::vector<float> ours = loadSound(test::sharedFolder() / "real_clips/talk_grid_bbaf2n.mpg", 44100);
    const std::vector<float> theirs = readWav(test::sharedFolder() / "golden/talk_grid_bbaf2n_44k1_mono.wav").mono();
    ASSERT_NEAR(static_cast<double>(ours.size()), static_cast<double>(theirs.size()), 1200);
    std::vector<double> a, b;
    for (std::size_t i = 0; i < std::min(ours.size(), theirs.size()); ++i) {
        a.push_back(ours[i]);
        b.push_back(theirs[i]);
    }
    EXPECT_GT(test::correlation(a, b), 0.999);
}

TEST(Sound, WaveformHoldsLowHighAndRms) {
    test::TempDir folder;
    writeWav16(folder / "s.wav", test::madeTone(8000, 1, 1.55, 100).samples, 8000);
    JobContext job;
    const Waveform wave = makeWaveform(folder / "s.wav", 10, job);
    ASSERT_EQ(wave.low.size(), 16u);
    ASSERT_EQ(wave.high.size(), 16u);
    for (int i = 0; i < 15; ++i) {
        EXPECT_NEAR(wave.high[i], 0.4, 0.01);
        EXPECT_NEAR(wave.low[i], -0.4, 0.01);
        EXPECT_NEAR(wave.rms[i], 0.4 / std::sqrt(2.0), 0.01);
    }
    JobContext cancelled;
    cancelled.requestCancel();
    EXPECT_THROW(makeWaveform(folder / "s.wav", 10, cancelled), Cancelled);
}

TEST(Sound, KeepsTheStartOffset) {
    test::TempDir folder;
    test::makeFilm(folder / "a.mp4", 32, 32, 50, 25, test::madeTone(44100, 1, 2, 300));
    test::rewriteMedia(folder / "a.mp4", folder / "late.mkv", {0, {}, 500, false});
    const double here = loadSoundTrack(folder / "a.mp4", 44100).startS,
                 late = loadSoundTrack(folder / "late.mkv", 44100).startS;
    EXPECT_NEAR(late - here, 0.5, 0.03);
}

TEST(Sound, RmsPerFrame) {
    const std::vector<float> sound = [] {
        std::vector<float> s(1764, 0.0f);
        s.resize(3528, 0.5f);
        return s;
    }();
    const auto rms = frameRms(sound, 44100, 25, 3);
    EXPECT_FLOAT_EQ(rms[0], 0);
    EXPECT_NEAR(rms[1], 0.5, 1e-6);
    EXPECT_FLOAT_EQ(rms[2], 0);
}

} // namespace
} // namespace emc
