#include <gtest/gtest.h>

#include "core/api/error.h"
#include "core/data/clip_folder.h"
#include "core/data/mfcc.h"
#include "tests/core/data/react_tree.h"
#include "tests/support/shared.h"

using namespace emc;
using namespace emc::test;
namespace fs = std::filesystem;

namespace {

template <class Call>
Error errorOf(Call call) {
    try {
        call();
    } catch (const Error& error) { return error; }
    return Error(ErrorKind::Internal, "accepted");
}

} // namespace

TEST(ReactCorpus, MirroringKeepsTheOrderOfTheIndex) {
    TempDir dir;
    const ReactTree tree{dir.path()};
    tree.make();
    const auto corpus = ReactCorpus::open(dir.path(), "val");
    ASSERT_EQ(corpus->rows(), 3);
    ASSERT_EQ(corpus->size(), 6);
    const auto rows = tree.rows();
    for (int k = 0; k < 3; ++k) {
        const Pair forward = corpus->pair(k), mirrored = corpus->pair(k + 3);
        EXPECT_EQ(forward.speaker->info().id, rows[static_cast<std::size_t>(k)].first);
        EXPECT_EQ(forward.listener->info().id, rows[static_cast<std::size_t>(k)].second);
        EXPECT_EQ(forward.speaker, mirrored.listener);
        EXPECT_EQ(forward.listener, mirrored.speaker);
        EXPECT_EQ(forward.scriptId, -1);
    }
    EXPECT_FALSE(corpus->synthetic());
    EXPECT_EQ(corpus->pairs().size(), 6u);
    EXPECT_THROW(corpus->pair(6), Error);
    EXPECT_THROW(corpus->pair(-1), Error);
}

TEST(ReactCorpus, EveryKindOfClipReads) {
    TempDir dir;
    const ReactTree tree{dir.path()};
    tree.make();
    const auto corpus = ReactCorpus::open(dir.path(), "val", countingOpener(8));
    for (int k = 0; k < 6; ++k) {
        const auto clip = corpus->pair(k).speaker;
        const double seed = k < 3 ? 1 + 2 * k : 2 + 2 * (k - 3);
        const auto face = clip->face();
        EXPECT_EQ(face->frames, 8) << clip->info().id; // the shorter of csv and npy
        EXPECT_EQ(face->emotion, wave(8 * 25, seed)) << clip->info().id;
        auto coeffs = wave(9 * 58, seed + 1);
        coeffs.resize(8 * 58);
        EXPECT_EQ(face->coeffs, coeffs) << clip->info().id;
        EXPECT_EQ(clip->info().frames, k == 4 ? 9 : 8)
            << clip->info().id; // known without opening: pictures, or the size of the npy
        EXPECT_EQ(clip->speech()->mfcc, mfcc78(loadWavMono(clip->soundFile(), 44100), 44100, clip->info().frames));
        EXPECT_NE(clip->faceFrames(4), nullptr);
    }
}

TEST(ReactCorpus, NothingIsOpenedBeforeItIsAskedFor) {
    TempDir dir;
    ReactTree{dir.path()}.make();
    const auto corpus = ReactCorpus::open(dir.path(), "val", countingOpener(8));
    const auto clip = corpus->pair(1).speaker;
    EXPECT_EQ(clip->info().frames, 8);
    EXPECT_FALSE(clip->info().contentHash.empty());
    EXPECT_TRUE(clip->filesRead().empty());
    clip->speech();
    ASSERT_EQ(clip->filesRead().size(), 1u);
    EXPECT_EQ(clip->filesRead()[0].extension(), ".wav");
    clip->face();
    EXPECT_EQ(clip->filesRead().size(), 3u);
}

TEST(ReactCorpus, SoundOfAnotherRateGoesToTheLoader) {
    TempDir dir;
    ReactTree{dir.path()}.make();
    const auto sound = [](const fs::path&, int rate) {
        return std::vector<float>(static_cast<std::size_t>(rate), 0.25f);
    };
    const auto clip = ReactCorpus::open(dir.path(), "val", {}, sound)->pair(0).speaker;
    EXPECT_EQ(clip->speech()->mfcc, mfcc78(sound({}, 44100), 44100, 8));
    writeWav16(dir.path() / "val/Audio_files" / (ReactTree::expert(10) + ".wav"), wave(1000, 1), 16000);
    EXPECT_EQ(errorOf([&] { ReactCorpus::open(dir.path(), "val")->pair(0).speaker->speech(); }).kind(),
              ErrorKind::Unsupported);
}

TEST(ReactCorpus, MissingClipsAreAllNamedAndNeverShiftTheRest) {
    TempDir dir;
    const ReactTree tree{dir.path()};
    tree.make();
    fs::remove(dir / "val/Audio_files/RECOLA/group-1/P25/2.wav");
    fs::remove(dir / ("val/Emotion/" + emotionTreeSpelling(ReactTree::expert(10)) + ".csv"));
    fs::remove_all(dir / "val/Video_files/UDIVA");
    const Error error = errorOf([&] { ReactCorpus::open(dir.path(), "val"); });
    EXPECT_EQ(error.kind(), ErrorKind::BadInput);
    EXPECT_NE(error.problem().find("4 files"), std::string::npos) << error.what();
    for (const char* name :
         {"Audio_files/RECOLA/group-1/P25/2.wav", "Emotion/NoXI", "Video_files/UDIVA/talk/s7/FC1/3", "FC2/3"})
        EXPECT_NE(error.problem().find(name), std::string::npos) << name;
    EXPECT_EQ(errorOf([&] { ReactCorpus::open(dir.path(), "train"); }).kind(), ErrorKind::NotFound);
}

TEST(ReactCorpus, ATreeWithoutOneModalityAtAllIsStillACorpus) {
    TempDir dir;
    ReactTree{dir.path()}.make();
    fs::remove_all(dir / "val/Audio_files");
    fs::remove_all(dir / "val/Video_files");
    const auto clip = ReactCorpus::open(dir.path(), "val", countingOpener(8))->pair(0).speaker;
    EXPECT_TRUE(clip->info().hasFace);
    EXPECT_FALSE(clip->info().hasSpeech);
    EXPECT_EQ(clip->face()->frames, 8);
    EXPECT_THROW(clip->faceFrames(4), Error);
    EXPECT_THROW(clip->speech(), Error);
}

TEST(ReactCorpus, FilesOfDifferentClipsAreNoticed) {
    TempDir dir;
    const ReactTree tree{dir.path()};
    tree.make();
    tree.clip(ReactTree::expert(10), 1, ".png", true, 12);
    EXPECT_NE(errorOf([&] { ReactCorpus::open(dir.path(), "val")->pair(0).speaker->face(); })
                  .problem()
                  .find("8 frames, the coefficients 12"),
              std::string::npos);
    writeNpy(dir / ("val/3D_FV_files/" + ReactTree::expert(10) + ".npy"), {8, 2, 29}, std::vector<float>(8 * 58));
    EXPECT_NE(errorOf([&] { ReactCorpus::open(dir.path(), "val")->pair(0).speaker->face(); })
                  .problem()
                  .find("(frames, 1, 58)"),
              std::string::npos);
}

TEST(ReactCorpus, NotesOfAMadeCorpus) {
    TempDir dir;
    ReactTree{dir.path()}.make();
    writeFileAtomically(dir / "corpus.toml",
                        "synthetic = true\nframes = 8\ncontent_hash = \"abc\"\n[scripts]\nval = [4, 4, 9]\n");
    const auto corpus = ReactCorpus::open(dir.path(), "val");
    EXPECT_TRUE(corpus->synthetic());
    EXPECT_EQ(corpus->pair(4).scriptId, 4);
    EXPECT_EQ(corpus->pair(2).scriptId, 9);
    EXPECT_TRUE(corpus->pair(0).speaker->info().synthetic);
    EXPECT_EQ(corpus->pair(4).speaker->info().frames, 8);
    writeFileAtomically(dir / "corpus.toml", "[scripts]\nval = [4]\n");
    EXPECT_THROW(ReactCorpus::open(dir.path(), "val"), Error);
}

TEST(ReactCorpus, NeighbourMatrixOfThePartition) {
    TempDir dir;
    ReactTree{dir.path()}.make();
    EXPECT_EQ(errorOf([&] { ReactCorpus::open(dir.path(), "val")->neighbours(); }).kind(), ErrorKind::NotFound);
    std::vector<std::uint8_t> marks(36, 0);
    for (std::size_t i = 0; i < 6; ++i) marks[i * 6 + i] = 1;
    marks[0 * 6 + 4] = 1;
    writeNpy(dir / "neighbour_emotion_val.npy", {6, 6}, marks);
    EXPECT_EQ(ReactCorpus::open(dir.path(), "val")->neighbours(), marks);
    writeNpy(dir / "neighbour_emotion_val.npy", {3, 3},
             std::vector<std::uint8_t>(9, 1)); // a matrix made without mirroring
    EXPECT_NE(errorOf([&] { ReactCorpus::open(dir.path(), "val")->neighbours(); }).problem().find("3 rows"),
              std::string::npos);
}

// Four quadrants (i,j), (i,j+H), (i+H,j), (i+H,j+H) of the big matrix, H = 4 clips in all.
TEST(ReactCorpus, NeighbourMatrixOutOfTheBigOne) {
    TempDir dir;
    const ReactTree tree{dir.path()};
    tree.make();
    const auto rows = tree.rows();
    // Another order, a stranger in between, another spelling of the site, and UDIVA as subject_topic.
    const std::vector<std::pair<std::string, std::string>> all = {{"UDIVA/s7_talk/FC1/3", "UDIVA/s7_talk/FC2/3"},
                                                                  {"Recola/group-1/P25/2", "Recola/group-1/P26/2"},
                                                                  {ReactTree::expert(11), ReactTree::novice(11)},
                                                                  rows[0]};
    tree.index("data_indices.csv", all);
    const std::vector<std::size_t> chosen{3, 1, 0};
    std::vector<std::uint8_t> big(64);
    for (std::size_t i = 0; i < 64; ++i) big[i] = (i * 7 + i / 8) % 3 == 0;
    writeNpy(dir / "Approprirate_facial_reaction.npy", {8, 8}, big);
    const auto marks = ReactCorpus::open(dir.path(), "val")->neighbours();
    for (std::size_t i = 0; i < 6; ++i)
        for (std::size_t j = 0; j < 6; ++j)
            EXPECT_EQ(marks[i * 6 + j], big[(chosen[i % 3] + (i >= 3 ? 4 : 0)) * 8 + chosen[j % 3] + (j >= 3 ? 4 : 0)])
                << i << " " << j;

    tree.index("data_indices.csv", {all[0], all[2], all[2], all[3]}); // RECOLA is gone
    const Error error = errorOf([&] { ReactCorpus::open(dir.path(), "val")->neighbours(); });
    EXPECT_NE(error.problem().find("RECOLA/group-1/P25/2"), std::string::npos) << error.what();
    tree.index("data_indices.csv", {all[0], all[1], all[3]});
    EXPECT_NE(errorOf([&] { ReactCorpus::open(dir.path(), "val")->neighbours(); }).problem().find("twice as many rows"),
              std::string::npos);
}

TEST(ReactIndex, PathsThatLeadOutOfTheTreeAreRefused) {
    TempDir dir;
    for (const char* row : {"1,../../etc/x/1,a/b/c/1", "1,/a/b/c,a/b/c/1", "1,a/b/c,a/b/c/1", "1,a/b/c/1",
                            "1,a/b/c/d/e/1,a/b/c/1", "1,a/b/./1,a/b/c/1"}) {
        writeFileAtomically(dir / "x.csv", std::string(",s,l\n0,a/b/c/1,a/b/d/1\n") + row + "\n");
        const Error error = errorOf([&] { readReactIndex(dir / "x.csv"); });
        EXPECT_EQ(error.kind(), ErrorKind::BadInput) << row;
        EXPECT_NE(error.problem().find("line 3"), std::string::npos) << row;
    }
    writeFileAtomically(dir / "x.csv", "whatever stands here\n0,a/b/c/1,a/b/d/1\n");
    EXPECT_EQ(readReactIndex(dir / "x.csv").size(), 1u); // the first line is dropped unread
    writeFileAtomically(dir / "x.csv", ",s,l\n");
    EXPECT_THROW(readReactIndex(dir / "x.csv"), Error);
}

TEST(ReactIndex, RolesOfTheEmotionTree) {
    EXPECT_EQ(emotionTreeSpelling("NoXI/c/Expert_video/1"), "NoXI/c/P1/1");
    EXPECT_EQ(emotionTreeSpelling("NoXI/c/Novice_video/12"), "NoXI/c/P2/12");
    EXPECT_EQ(emotionTreeSpelling("RECOLA/group-3/P46/1"), "RECOLA/group-3/P2/1");
    EXPECT_EQ(emotionTreeSpelling("X/c/Somebody/1"), "X/c/Somebody/1");
}

TEST(ReactIndex, PicturesInNumericOrder) {
    TempDir dir;
    for (const char* name : {"10.png", "9.png", "1.jpg", "Thumbs.db", "100.PNG"}) writeFileAtomically(dir / name, "x");
    std::vector<std::string> names;
    for (const fs::path& picture : framePictures(dir.path())) names.push_back(picture.filename().string());
    EXPECT_EQ(names, (std::vector<std::string>{"1.jpg", "9.png", "10.png", "100.PNG"}));
}

TEST(OpenClip, TakesItemsOfAReactTreeBySeveralPaths) {
    TempDir dir;
    ReactTree{dir.path()}.make();
    const auto same = ReactCorpus::open(dir.path(), "val")->pair(1).speaker->info().contentHash;
    for (const char* path : {"val/RECOLA/group-1/P25/2", "val/Audio_files/RECOLA/group-1/P25/2.wav",
                             "val/Video_files/RECOLA/group-1/P25/2.mp4", "val/Video_files/RECOLA/group-1/P25/2"}) {
        const auto clip = openClip(dir / path, {});
        EXPECT_EQ(clip->info().id, "RECOLA/group-1/P25/2") << path;
        EXPECT_EQ(clip->info().contentHash, same) << path;
    }
    EXPECT_EQ(openClip(dir / "val/Video_files/UDIVA/talk/s7/FC1/3", {})->info().id, "UDIVA/talk/s7/FC1/3");
    EXPECT_EQ(errorOf([&] { openClip(dir / "val/RECOLA/group-1/P25/77", {}); }).kind(), ErrorKind::NotFound);
}
