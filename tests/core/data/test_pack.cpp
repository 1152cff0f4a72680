#include <gtest/gtest.h>

#include "core/api/error.h"
#include "core/data/pack.h"
#include "core/data/safetensors.h"
#include "tests/core/data/react_tree.h"
#include "tests/support/shared.h"

using namespace emc;
using namespace emc::test;

TEST(Pack, ReadsLikeTheTreeWithoutAnyCodec) {
    TempDir dir;
    ReactTree{dir.path()}.make();
    std::vector<std::uint8_t> marks(36, 1);
    writeNpy(dir / "neighbour_emotion_val.npy", {6, 6}, marks);
    writeFileAtomically(dir / "corpus.toml", "synthetic = true\nframes = 8\n[scripts]\nval = [4, 4, 9]\n");
    const auto tree = openPairs(dir.path(), "val", countingOpener(8));
    JobContext job;
    writePack(dir / "packs/val.pack.safetensors", *tree, {.size = 6}, job);
    const auto pack = openPairs(dir / "packs", "val");
    ASSERT_EQ(pack->size(), 6);
    EXPECT_EQ(pack->partition(), "val");
    EXPECT_TRUE(pack->synthetic());
    EXPECT_EQ(pack->neighbours(), marks);
    for (int k = 0; k < 6; ++k) {
        const Pair a = tree->pair(k), b = pack->pair(k);
        EXPECT_EQ(a.scriptId, b.scriptId);
        EXPECT_EQ(a.speaker->info().id, b.speaker->info().id);
        EXPECT_EQ(a.speaker->info().contentHash, b.speaker->info().contentHash);
        EXPECT_EQ(a.speaker->face()->emotion, b.speaker->face()->emotion);
        EXPECT_EQ(a.speaker->face()->coeffs, b.speaker->face()->coeffs);
        EXPECT_EQ(a.speaker->speech()->mfcc, b.speaker->speech()->mfcc);
        EXPECT_EQ(a.listener->info().id, b.listener->info().id);
    }
    const auto reader = pack->pair(0).speaker->faceFrames(0);
    EXPECT_EQ(reader->width(), 6);
    std::vector<std::uint8_t> rgb;
    for (int t = 0; t < 8; ++t) {
        ASSERT_TRUE(reader->next(rgb));
        EXPECT_EQ(rgb, std::vector<std::uint8_t>(6 * 6 * 3, static_cast<std::uint8_t>(t)));
    }
    EXPECT_FALSE(reader->next(rgb));
}

TEST(Pack, ReadsOnlyThePartThatIsAskedFor) {
    TempDir dir;
    ReactTree{dir.path()}.make();
    JobContext job;
    writePack(dir / "p", *openPairs(dir.path(), "val", countingOpener(8)), {.size = 0}, job);
    const auto clip = openPack(dir / "p")->pair(0).speaker;
    clip->speech();
    ASSERT_EQ(clip->filesRead().size(), 1u);
    EXPECT_NE(clip->filesRead()[0].string().find("/speech"), std::string::npos);
    EXPECT_THROW(clip->faceFrames(8), Error); // packed without frames
    EXPECT_THROW(openPack(dir / "p")->neighbours(), Error);
}

// A made corpus films speakers only: of a listener there is one reference picture.
TEST(Pack, AListenerWithoutAFilmKeepsItsFeatures) {
    TempDir dir;
    const ReactTree tree{dir.path()};
    tree.make();
    for (int t = 2; t <= 8; ++t)
        std::filesystem::remove(dir / ("val/Video_files/" + ReactTree::novice(10) + "/" + std::to_string(t) + ".jpg"));
    writeFileAtomically(dir / "corpus.toml", "frames = 8\n");
    JobContext job;
    const auto source = openPairs(dir.path(), "val", countingOpener(8));
    EXPECT_THROW(source->pair(0).listener->faceFrames(4), Error);
    writePack(dir / "p", *source, {.size = 4}, job);
    const Pair pair = openPack(dir / "p")->pair(0);
    EXPECT_NE(pair.speaker->faceFrames(4), nullptr);
    EXPECT_THROW(pair.listener->faceFrames(4), Error);
    EXPECT_EQ(pair.listener->face()->frames, 8);
}

TEST(Pack, FramesAreRescaledByArea) {
    TempDir dir;
    const std::vector<std::uint8_t> picture{0, 0, 0, 100, 10, 20, 200, 20, 40, 100, 30, 60};
    SafetensorsWriter writer;
    writer.addU8("clip000000/frames", {1, 2, 2, 3}, picture);
    writer.meta("format", "emc-pack-1");
    writer.meta("partition", "val");
    writer.meta("clips", R"([{"id":"x","hash":"h","frames":1,"rate_hz":25.0,"source":""}])");
    writer.meta("rows", "[[0,0,-1]]");
    writer.write(dir / "p");
    const auto clip = openPack(dir / "p")->pair(0).speaker;
    std::vector<std::uint8_t> rgb;
    clip->faceFrames(1)->next(rgb);
    EXPECT_EQ(rgb, (std::vector<std::uint8_t>{100, 15, 30}));
    clip->faceFrames(4)->next(rgb);
    ASSERT_EQ(rgb.size(), 48u);
    EXPECT_EQ(rgb[0], 0);
    EXPECT_EQ(rgb[45], 100);
    clip->faceFrames(3)->next(rgb);
    EXPECT_EQ(rgb[4 * 3], 100); // the middle is the mean of all four
}

TEST(Pack, CancellingLeavesNothingBehind) {
    TempDir dir;
    ReactTree{dir.path()}.make();
    const auto tree = openPairs(dir.path(), "val", countingOpener(8));
    std::filesystem::create_directory(dir / "out");
    JobContext job([&](const JobEvent&) { job.requestCancel(); });
    EXPECT_THROW(writePack(dir / "out/p", *tree, {.size = 6}, job), Cancelled);
    EXPECT_TRUE(std::filesystem::is_empty(dir / "out"));
}

TEST(Pack, DamagedPacksAreRefused) {
    TempDir dir;
    const auto refuse = [&](const std::string& clips, const std::string& rows) {
        SafetensorsWriter writer;
        writer.meta("format", "emc-pack-1");
        writer.meta("clips", clips);
        writer.meta("rows", rows);
        writer.write(dir / "p");
        EXPECT_THROW(openPack(dir / "p"), Error) << clips << rows;
    };
    const std::string good = R"([{"id":"x","hash":"h","frames":1,"rate_hz":25.0,"source":""}])";
    refuse("[", "[]");
    refuse("[{}]", "[]");
    refuse(good, "[[0,1,0]]");
    refuse(good, "[[0]]");
    refuse(good, "[[-1,0,0]]");
    refuse("{\"a\":1}", "[]");
    SafetensorsWriter().write(dir / "p");
    EXPECT_THROW(openPack(dir / "p"), Error);
}
