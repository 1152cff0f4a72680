#include <gtest/gtest.h>

#include <fstream>

#include "core/api/error.h"
#include "core/media/film.h"
#include "core/media/frame_grid.h"
#include "core/media/picture.h"
#include "core/media/video.h"
#include "tests/core/media/media_fixture.h"

namespace emc {
namespace {

std::vector<int> onGrid(const std::vector<std::int64_t>& times, int num, int den, std::int64_t duration) {
    FrameGrid grid(num, den, 25);
    std::vector<int> copies;
    for (std::size_t i = 0; i + 1 < times.size(); ++i) copies.push_back(grid.take(times[i], times[i + 1]));
    copies.push_back(grid.takeLast(times.back(), duration));
    return copies;
}

TEST(FrameGrid, KeepsTwentyFiveFramesASecondAsTheyAre) {
    EXPECT_EQ(onGrid({3600, 7200, 10800, 14400}, 1, 90000, 3600), (std::vector<int>{1, 1, 1, 1}));
}

TEST(FrameGrid, TakesTheNearestOfThirtyFrames) {
    // Instants 0 40 80 120 160 ms, frames at 0 33.3 66.7 100 133.3 166.7 ms: nearest are 0 1 2 4 5 (120 lies nearer to
    // 133 than to 100).
    EXPECT_EQ(onGrid({0, 1, 2, 3, 4, 5}, 1, 30, 1), (std::vector<int>{1, 1, 1, 0, 1, 1}));
}

TEST(FrameGrid, RepeatsSlowFramesAndHoldsTheirLength) {
    EXPECT_EQ(onGrid({0, 1, 2, 3, 4}, 1, 10, 1),
              (std::vector<int>{2, 2, 3, 2, 4})); // half a second: 12.5 instants, rounded up
    const auto copies = onGrid({0}, 1, 1000, 0);
    EXPECT_EQ(copies, (std::vector<int>{1}));
}

TEST(FrameGrid, BoundsWhatABrokenTimeCanMake) {
    FrameGrid grid(1, 1, 25);
    EXPECT_LE(grid.take(0, std::int64_t{1} << 60), 1 << 20);
}

TEST(Video, ReadsEveryFrameWithItsTime) {
    test::TempDir folder;
    test::makeFilm(folder / "a.mp4", 64, 48, 30, 25);
    VideoDecoder decoder(folder / "a.mp4");
    EXPECT_EQ(decoder.info().width, 64);
    EXPECT_EQ(decoder.info().height, 48);
    EXPECT_NEAR(decoder.info().videoRateHz, 25, 1e-6);
    VideoFrame frame;
    RgbPicture picture;
    for (int i = 0; i < 30; ++i) {
        ASSERT_TRUE(decoder.next(frame));
        EXPECT_NEAR(static_cast<double>(frame.pts) * decoder.timeBaseNum() / decoder.timeBaseDen(), i / 25.0, 1e-6);
        decoder.toRgb(frame, picture);
        const auto expected = test::madeFrame(64, 48, i);
        EXPECT_NEAR(picture.rgb[(40 * 64 + 60) * 3], expected[(40 * 64 + 60) * 3], 6) << "frame " << i;
    }
    EXPECT_FALSE(decoder.next(frame));
    EXPECT_TRUE(decoder.notes().empty());
}

TEST(Video, TurnsAsTheFileAsks) {
    test::TempDir folder;
    test::makeFilm(folder / "a.mp4", 64, 32, 3, 25);
    for (const int degrees : {90, 180, 270}) {
        test::rewriteMedia(folder / "a.mp4", folder / "turned.mp4", {static_cast<double>(degrees), {}, 0, false});
        VideoDecoder decoder(folder / "turned.mp4");
        EXPECT_EQ(decoder.info().rotation, degrees);
        EXPECT_EQ(decoder.info().width, degrees % 180 ? 32 : 64);
        VideoFrame frame;
        RgbPicture picture;
        ASSERT_TRUE(decoder.next(frame));
        decoder.toRgb(frame, picture);
        ASSERT_EQ(picture.width, degrees % 180 ? 32 : 64);
        // The red square stands at the upper left of the stored picture.
        const int x = degrees == 270 ? 3 : picture.width - 4, y = degrees == 90 ? 3 : picture.height - 4;
        EXPECT_GT(picture.rgb[(static_cast<std::size_t>(y) * picture.width + x) * 3], 200) << degrees;
        EXPECT_FALSE(decoder.notes().empty());
    }
}

TEST(Video, ReadsOddSizesAndTinyPictures) {
    test::TempDir folder;
    for (const auto& [w, h] : {std::pair{63, 47}, {3, 3}, {1, 1}, {1, 5}}) {
        std::vector<std::uint8_t> grey(static_cast<std::size_t>(w) * h * 3, 128);
        const auto name = folder / ("p" + std::to_string(w) + "x" + std::to_string(h));
        std::filesystem::create_directories(name);
        for (int i = 0; i < 3; ++i) writePng(name / (std::to_string(i) + ".png"), w, h, grey);
        for (const int size : {0, 16}) {
            const auto reader = openVideo(name, size);
            std::vector<std::uint8_t> rgb;
            int frames = 0;
            while (reader->next(rgb)) ++frames;
            EXPECT_EQ(frames, 3);
            EXPECT_EQ(rgb.size(), static_cast<std::size_t>(size ? size * size : w * h) * 3);
            EXPECT_NEAR(rgb[0], 128, 2);
        }
    }
}

TEST(Video, OrdersPicturesByNumber) {
    test::TempDir folder;
    for (const int i : {10, 2, 1})
        writePng(folder / (std::to_string(i) + ".png"), 4, 4,
                 std::vector<std::uint8_t>(48, static_cast<std::uint8_t>(i)));
    const auto reader = openVideo(folder.path(), 0);
    std::vector<std::uint8_t> rgb;
    std::vector<int> order;
    while (reader->next(rgb)) order.push_back(rgb[0]);
    EXPECT_EQ(order, (std::vector<int>{1, 2, 10}));
}

TEST(Video, ScalesToTheWantedSquare) {
    test::TempDir folder;
    test::makeFilm(folder / "a.mp4", 256, 256, 2, 25);
    const auto reader = openVideo(folder / "a.mp4", 64);
    EXPECT_EQ(reader->width(), 64);
    std::vector<std::uint8_t> rgb;
    ASSERT_TRUE(reader->next(rgb));
    EXPECT_EQ(rgb.size(), 64u * 64 * 3);
    EXPECT_GT(rgb[(5 * 64 + 5) * 3], 200);
}

TEST(Video, ReadsWhatABrokenEndLeaves) {
    test::TempDir folder;
    test::makeFilm(folder / "whole.mp4", 128, 96, 100, 25, test::madeTone(44100, 1, 4, 300));
    const auto size = std::filesystem::file_size(folder / "whole.mp4");
    std::filesystem::copy_file(folder / "whole.mp4", folder / "cut.mp4");
    std::filesystem::resize_file(folder / "cut.mp4", size * 6 / 10);
    VideoDecoder decoder(folder / "cut.mp4");
    VideoFrame frame;
    RgbPicture picture;
    int frames = 0;
    while (decoder.next(frame)) {
        decoder.toRgb(frame, picture);
        ++frames;
    }
    EXPECT_GT(frames, 20);
    EXPECT_LT(frames, 100);
}

TEST(Video, SurvivesDamagedBytes) {
    test::TempDir folder;
    test::makeFilm(folder / "a.mp4", 128, 96, 60, 25);
    std::ifstream in(folder / "a.mp4", std::ios::binary);
    const std::string whole((std::istreambuf_iterator<char>(in)), {});
    for (unsigned seed = 1; seed <= 25; ++seed) {
        std::string damaged = whole;
        unsigned state = seed * 2654435761u;
        for (int i = 0; i < 40; ++i) {
            state = state * 1664525u + 1013904223u;
            damaged[state % damaged.size()] = static_cast<char>(state >> 24);
        }
        std::ofstream(folder / "bad.mp4", std::ios::binary) << damaged;
        try {
            VideoDecoder decoder(folder / "bad.mp4");
            VideoFrame frame;
            RgbPicture picture;
            int frames = 0;
            while (decoder.next(frame) && frames < 1000) {
                decoder.toRgb(frame, picture, 32, 32);
                ++frames;
            }
            EXPECT_LE(frames, 1000);
        } catch (const Error& error) { EXPECT_FALSE(error.problem().empty()); }
    }
}

} // namespace
} // namespace emc
