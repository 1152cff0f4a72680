// What people feed by mistake, and what an attacker would: a clear Error, never a crash.
#include <gtest/gtest.h>

#include <fstream>

#include "core/api/error.h"
#include "core/data/wav.h"
#include "core/media/ingest.h"
#include "core/media/sound.h"
#include "core/media/video.h"
#include "tests/core/media/media_fixture.h"

namespace emc {
namespace {

ErrorKind kindOf(const std::function<void()>& call) {
    try {
        call();
    } catch (const Error& error) {
        EXPECT_FALSE(error.problem().empty());
        return error.kind();
    }
    ADD_FAILURE() << "no Error was thrown";
    return ErrorKind::Internal;
}

TEST(BadInput, FilesThatAreNoMedia) {
    test::TempDir folder;
    std::ofstream(folder / "text.mp4") << "Dear reader, this is a letter and not a film.\n";
    std::ofstream(folder / "empty.mp4").close();
    std::ofstream(folder / "list.mp4") << "#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n/etc/passwd\n#EXT-X-ENDLIST\n";
    std::ofstream(folder / "concat.mp4") << "ffconcat version 1.0\nfile /etc/passwd\n";
    std::ofstream(folder / "zeros.wav") << std::string(5000, '\0');
    JobContext job;
    for (const char* name : {"text.mp4", "empty.mp4", "list.mp4", "concat.mp4", "zeros.wav"}) {
        EXPECT_EQ(kindOf([&] { probeMedia(folder / name); }), ErrorKind::BadInput) << name;
        EXPECT_EQ(kindOf([&] { VideoDecoder decoder(folder / name); }), ErrorKind::BadInput) << name;
        EXPECT_EQ(kindOf([&] { loadSound(folder / name, 16000); }), ErrorKind::BadInput) << name;
        EXPECT_EQ(kindOf([&] { ingest(folder / name, folder / "clip", {}, job); }), ErrorKind::BadInput) << name;
        EXPECT_FALSE(std::filesystem::exists(folder / "clip"));
    }
    EXPECT_EQ(kindOf([&] { probeMedia(folder / "none.mp4"); }), ErrorKind::NotFound);
    EXPECT_EQ(kindOf([&] { probeMedia(folder.path()); }), ErrorKind::BadInput);
}

TEST(BadInput, SoundOnlyAndPictureOnly) {
    test::TempDir folder;
    writeWav16(folder / "s.wav", test::madeTone(16000, 1, 1, 300).samples, 16000);
    EXPECT_EQ(kindOf([&] { VideoDecoder decoder(folder / "s.wav"); }), ErrorKind::BadInput);
    test::makeFilm(folder / "v.mp4", 64, 64, 5, 25);
    EXPECT_EQ(kindOf([&] { loadSound(folder / "v.mp4", 16000); }), ErrorKind::BadInput);
}

// One white pixel, a GIF of 43 bytes.
void writeOnePixelFilm(const std::filesystem::path& path) {
    const unsigned char bytes[] = {0x47, 0x49, 0x46, 0x38, 0x39, 0x61, 1, 0, 1, 0,    0x80, 0, 0,    0xff, 0xff,
                                   0xff, 0,    0,    0,    0x21, 0xf9, 4, 0, 0, 0,    0,    0, 0x2c, 0,    0,
                                   0,    0,    1,    0,    1,    0,    0, 2, 2, 0x44, 1,    0, 0x3b};
    std::ofstream(path, std::ios::binary).write(reinterpret_cast<const char*>(bytes), sizeof bytes);
}

TEST(BadInput, AFilmOfOnePixel) {
    test::TempDir folder;
    writeOnePixelFilm(folder / "dot.gif");
    VideoDecoder decoder(folder / "dot.gif");
    EXPECT_EQ(decoder.info().width, 1);
    VideoFrame frame;
    RgbPicture picture;
    ASSERT_TRUE(decoder.next(frame));
    decoder.toRgb(frame, picture);
    EXPECT_EQ(picture.rgb, (std::vector<std::uint8_t>{255, 255, 255}));
    decoder.toRgb(frame, picture, 33, 17);
    EXPECT_EQ(picture.rgb.size(), 33u * 17 * 3);
}

TEST(BadInput, NothingToSeeAndNothingToHear) {
    EMC_NEED_FACE_NETWORKS();
    test::TempDir folder;
    writeOnePixelFilm(folder / "dot.gif");
    JobContext job;
    EXPECT_EQ(kindOf([&] { ingest(folder / "dot.gif", folder / "clip", {}, job); }), ErrorKind::BadInput);
    EXPECT_FALSE(std::filesystem::exists(folder / "clip"));
}

TEST(BadInput, OptionsOutOfRange) {
    test::TempDir folder;
    writeWav16(folder / "s.wav", test::madeTone(16000, 1, 1, 300).samples, 16000);
    JobContext job;
    IngestOptions options;
    options.cropSize = 3;
    EXPECT_EQ(kindOf([&] { ingest(folder / "s.wav", folder / "clip", options, job); }), ErrorKind::Usage);
    options = {};
    options.face = -7;
    EXPECT_EQ(kindOf([&] { ingest(folder / "s.wav", folder / "clip", options, job); }), ErrorKind::Usage);
    EXPECT_EQ(kindOf([&] { openVideo(folder / "s.wav", -1); }), ErrorKind::Usage);
    EXPECT_EQ(kindOf([&] { loadSound(folder / "s.wav", 3); }), ErrorKind::Usage);
}

TEST(BadInput, FoldersOfOthersAreNotOverwritten) {
    test::TempDir folder;
    writeWav16(folder / "s.wav", test::madeTone(16000, 1, 1, 300).samples, 16000);
    std::filesystem::create_directories(folder / "letters");
    std::ofstream(folder / "letters" / "dear.txt") << "keep me";
    JobContext job;
    EXPECT_EQ(kindOf([&] { ingest(folder / "s.wav", folder / "letters", {}, job); }), ErrorKind::Usage);
    EXPECT_TRUE(std::filesystem::exists(folder / "letters" / "dear.txt"));
    EXPECT_EQ(kindOf([&] { ingest(folder / "s.wav", folder / "letters" / "dear.txt", {}, job); }), ErrorKind::Usage);
}

TEST(BadInput, DamagedSoundNeverCrashes) {
    test::TempDir folder;
    test::makeFilm(folder / "a.mp4", 32, 32, 50, 25, test::madeTone(44100, 2, 2, 300));
    std::ifstream in(folder / "a.mp4", std::ios::binary);
    const std::string whole((std::istreambuf_iterator<char>(in)), {});
    for (unsigned seed = 1; seed <= 25; ++seed) {
        std::string damaged = whole;
        unsigned state = seed * 2246822519u;
        for (int i = 0; i < 60; ++i) {
            state = state * 1664525u + 1013904223u;
            damaged[state % damaged.size()] = static_cast<char>(state >> 24);
        }
        std::ofstream(folder / "bad.mp4", std::ios::binary) << damaged;
        try {
            EXPECT_LT(loadSound(folder / "bad.mp4", 16000).size(), 16000u * 200);
        } catch (const Error& error) { EXPECT_FALSE(error.problem().empty()); }
    }
}

} // namespace
} // namespace emc
