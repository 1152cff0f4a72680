#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "app/playback/playback_clock.h"
#include "app/playback/video_cache.h"
#include "core/api/error.h"
#include "tests/app/wait.h"

using namespace emc;

TEST(PlaybackClock, runsThroughEveryFrameAndStopsOnTheLast) {
    PlaybackClock clock;
    clock.setLength(50, 25);
    std::vector<int> frames;
    QObject::connect(&clock, &PlaybackClock::frameChanged, [&](int f) { frames.push_back(f); });
    clock.play();
    for (int i = 0; i < 250 && clock.playing(); ++i) clock.advance(0.01);
    EXPECT_FALSE(clock.playing());
    EXPECT_EQ(clock.frame(), 49);
    ASSERT_GE(frames.size(), 49U);
    for (std::size_t i = 1; i < frames.size(); ++i) EXPECT_EQ(frames[i], frames[i - 1] + 1);
}

TEST(PlaybackClock, followsTheSoundWithoutDrift) {
    PlaybackClock clock;
    clock.setLength(100000, 25);
    double heard = 0;
    clock.setSoundPosition([&] { return heard; });
    clock.play();
    double worst = 0;
    for (int i = 0; i < 5000; ++i) { // a device whose clock is 0.5 % slow, over 50 s
        heard += 0.01 * 0.995;
        clock.advance(0.01);
        if (i > 100) worst = std::max(worst, std::abs(clock.seconds() - heard));
    }
    EXPECT_LT(worst, 0.040);
}

TEST(PlaybackClock, jumpsToTheSoundWhenFarAway) {
    PlaybackClock clock;
    clock.setLength(1000, 25);
    clock.setSoundPosition([] { return 10.0; });
    clock.play();
    clock.advance(0.01);
    EXPECT_NEAR(clock.seconds(), 10.0, 0.05);
}

TEST(PlaybackClock, loopsAndPlaysBackwards) {
    PlaybackClock clock;
    clock.setLength(100, 25);
    clock.setLoop(FrameSpan{10, 20});
    clock.seekFrame(15);
    clock.play();
    for (int i = 0; i < 40; ++i) {
        clock.advance(0.02);
        EXPECT_GE(clock.frame(), 10);
        EXPECT_LT(clock.frame(), 20);
    }
    clock.pause();
    clock.setLoop(std::nullopt);
    clock.seekFrame(5);
    clock.setSpeed(-1);
    clock.play();
    for (int i = 0; i < 100; ++i) clock.advance(0.02);
    EXPECT_EQ(clock.frame(), 0);
    EXPECT_FALSE(clock.playing());
}

namespace {
// Every pixel says which frame it is.
class CountingReader : public FrameReader {
public:
    int width() const override { return 16; }
    int height() const override { return 16; }
    bool next(std::vector<std::uint8_t>& rgb) override {
        if (m_at >= 60) return false;
        rgb.assign(16 * 16 * 3, static_cast<std::uint8_t>(m_at++ * 4));
        return true;
    }

private:
    int m_at = 0;
};
} // namespace

TEST(VideoCache, theNewestRequestIsAnsweredWithItsFrame) {
    VideoCache cache;
    int last = -1;
    QImage image;
    QObject::connect(&cache, &VideoCache::ready,
                     [&](int frame, const QImage& picture) { last = frame, image = picture; });
    cache.setVideo([](const std::filesystem::path&, int) { return std::make_unique<CountingReader>(); }, "x");
    for (const int frame : {3, 40, 7, 59, 12, 30}) {
        cache.request(frame);
        ASSERT_TRUE(waitUntil([&] { return last == frame; })) << frame;
        EXPECT_NEAR(qRed(image.pixel(8, 8)), frame * 4, 2) << frame;
    }
    cache.request(500); // past the end: the last frame
    ASSERT_TRUE(waitUntil([&] { return last == 500; }));
    EXPECT_NEAR(qRed(image.pixel(8, 8)), 59 * 4, 2);
}

TEST(VideoCache, aReaderThatThrowsIsReported) {
    VideoCache cache;
    QString problem;
    QObject::connect(&cache, &VideoCache::failed, [&](const QString& text) { problem = text; });
    cache.setVideo([](const std::filesystem::path&,
                      int) -> std::unique_ptr<FrameReader> { throw Error(ErrorKind::BadInput, "no video stream"); },
                   "x");
    cache.request(0);
    ASSERT_TRUE(waitUntil([&] { return !problem.isEmpty(); }));
    EXPECT_EQ(problem, QStringLiteral("No video stream"));
}
