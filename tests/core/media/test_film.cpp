#include <gtest/gtest.h>

#include <cmath>
#include <fstream>

#include "core/api/error.h"
#include "core/data/sha256.h"
#include "core/media/film.h"
#include "core/media/picture.h"
#include "core/media/sound.h"
#include "tests/core/media/media_fixture.h"

namespace emc {
namespace {

TEST(Film, FramesAndSoundReadBack) {
    test::TempDir folder;
    for (const double rate : {25.0, 29.97, 12.5}) {
        const double seconds = 60 / rate;
        test::makeFilm(folder / "a.mp4", 160, 120, 60, rate,
                       test::madeTone(44100, 2, seconds + 3, 500)); // longer than the pictures
        const FilmCheck check = checkFilm(folder / "a.mp4");
        EXPECT_EQ(check.frames, 60);
        EXPECT_EQ(check.width, 160);
        EXPECT_EQ(check.height, 120);
        EXPECT_NEAR(check.seconds, seconds, 0.01);
        EXPECT_NEAR(check.soundSeconds, seconds, 0.05);
        const auto sound = loadSound(folder / "a.mp4", 44100);
        double squares = 0;
        for (std::size_t i = 4410; i < sound.size() - 4410; ++i)
            squares += sound[i] * sound[i] / static_cast<double>(sound.size() - 8820);
        EXPECT_NEAR(std::sqrt(squares), 0.4 / std::sqrt(2.0), 0.03);
    }
}

TEST(Film, IndexStandsInFront) {
    test::TempDir folder;
    test::makeFilm(folder / "a.mp4", 64, 64, 10, 25);
    std::ifstream in(folder / "a.mp4", std::ios::binary);
    const std::string bytes((std::istreambuf_iterator<char>(in)), {});
    EXPECT_LT(bytes.find("moov"), bytes.find("mdat"));
    EXPECT_NE(bytes.find("avc1"), std::string::npos);
}

TEST(Film, SameFramesGiveTheSameBytes) {
    test::TempDir folder;
    for (const char* name : {"a.mp4", "b.mp4"})
        test::makeFilm(folder / name, 96, 64, 40, 25, test::madeTone(44100, 1, 1.6, 300));
    EXPECT_EQ(sha256OfFile(folder / "a.mp4"), sha256OfFile(folder / "b.mp4"));
}

TEST(Film, OddSizesLoseALine) {
    test::TempDir folder;
    test::makeFilm(folder / "a.mp4", 65, 33, 3, 25);
    const FilmCheck check = checkFilm(folder / "a.mp4");
    EXPECT_EQ(check.width, 64);
    EXPECT_EQ(check.height, 32);
}

TEST(Film, LeavesNothingWithoutClose) {
    test::TempDir folder;
    {
        FilmWriter film;
        film.open(folder / "a.mp4", 32, 32, 25.0);
        film.add(test::madeFrame(32, 32, 0));
    }
    {
        FilmWriter film;
        film.open(folder / "b.mp4", 32, 32, 25.0);
        EXPECT_THROW(film.close(), Error);
    }
    EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
}

TEST(Film, RefusesWrongFramesAndPlaces) {
    test::TempDir folder;
    FilmWriter film;
    EXPECT_THROW(film.open(folder / "a.mp4", 1, 1, 25.0), Error);
    EXPECT_THROW(film.open(folder / "a.mp4", 64, 64, 0.0), Error);
    film.open(folder / "a.mp4", 32, 32, 25.0);
    EXPECT_THROW(film.add(std::vector<std::uint8_t>(10)), Error);
    std::ofstream(folder / "file") << "x";
    EXPECT_THROW(film.open(folder / "file" / "a.mp4", 32, 32, 25.0), Error);
}

TEST(Picture, ComesBackExactly) {
    test::TempDir folder;
    const auto rgb = test::madeFrame(33, 21, 7);
    writePng(folder / "p.png", 33, 21, rgb);
    const RgbPicture read = readPicture(folder / "p.png");
    EXPECT_EQ(read.width, 33);
    EXPECT_EQ(read.height, 21);
    EXPECT_EQ(read.rgb, rgb);
    EXPECT_THROW(writePng(folder / "p.png", 32, 21, rgb), Error);
    EXPECT_THROW(readPicture(folder / "none.png"), Error);
}

} // namespace
} // namespace emc
