#include <gtest/gtest.h>

#include <algorithm>

#include "core/api/error.h"
#include "core/data/clip_folder.h"
#include "core/data/film_in_memory.h"
#include "core/data/safetensors.h"
#include "core/data/sha256.h"
#include "tests/core/data/sample_clips.h"
#include "tests/support/shared.h"

using namespace emc;
using namespace emc::test;
namespace fs = std::filesystem;

namespace {

Error openError(const fs::path& path) {
    try {
        openClip(path, {});
    } catch (const Error& error) { return error; }
    return Error(ErrorKind::Internal, "accepted");
}
std::vector<std::string> namesRead(const Clip& clip) {
    std::vector<std::string> names;
    for (const fs::path& file : clip.filesRead()) names.push_back(file.filename().string());
    return names;
}
ClipContent withMedia(const TempDir& dir, int frames) {
    ClipContent content = sampleClip(frames);
    writeFileAtomically(dir / "in.mp4", "not really a video");
    writeWav16(dir / "in.wav", wave(1764, 1, 0.5), 44100);
    content.faceVideo = dir / "in.mp4";
    content.sound = dir / "in.wav";
    return content;
}
void replaceIn(const fs::path& file, const std::string& from, const std::string& to) {
    std::string text = readTextFile(file);
    const std::size_t at = text.find(from);
    ASSERT_NE(at, std::string::npos) << from << " in\n" << text;
    writeFileAtomically(file, text.replace(at, from.size(), to));
}

} // namespace

TEST(ClipFolder, WhatIsWrittenComesBack) {
    TempDir dir;
    const ClipContent content = withMedia(dir, 12);
    writeClip(dir / "clip", content);
    const auto clip = openClip(dir / "clip", countingOpener(12));
    EXPECT_EQ(clip->info().id, "sample");
    EXPECT_EQ(clip->info().frames, 12);
    EXPECT_EQ(clip->info().rateHz, 25.0);
    EXPECT_EQ(clip->info().source, "speaker.mp4");
    EXPECT_EQ(clip->info().faceMissing, (std::vector<FrameSpan>{{0, 1}, {3, 5}}));
    EXPECT_FALSE(clip->info().synthetic);
    EXPECT_EQ(clip->face()->emotion, content.face->emotion);
    EXPECT_EQ(clip->face()->coeffs, content.face->coeffs);
    EXPECT_EQ(clip->face()->confidence, content.face->confidence);
    EXPECT_EQ(clip->face()->box, content.face->box);
    EXPECT_EQ(clip->speech()->mfcc, content.speech->mfcc);
    EXPECT_EQ(clip->speech()->voice, content.speech->voice);
    EXPECT_EQ(clip->faceFrames(8)->width(), 8);
    EXPECT_EQ(clip->soundFile(), dir / "clip/speech.wav");
    EXPECT_TRUE(clipFaults(dir / "clip").empty());
    EXPECT_EQ(std::distance(fs::directory_iterator(dir.path()), {}),
              3); // the two sources and the clip: nothing temporary
}

TEST(ClipFolder, NothingOfAModalityIsOpenedBeforeItIsAskedFor) {
    TempDir dir;
    writeClip(dir / "clip", withMedia(dir, 12));
    const auto clip = openClip(dir / "clip", countingOpener(12));
    EXPECT_FALSE(clip->info().contentHash.empty());
    EXPECT_FALSE(clip->soundFile().empty());
    EXPECT_FALSE(clip->videoFile().empty());
    EXPECT_EQ(namesRead(*clip), (std::vector<std::string>{"clip.toml"}));
    clip->speech();
    clip->speech();
    EXPECT_EQ(namesRead(*clip), (std::vector<std::string>{"clip.toml", "speech.safetensors"}));
    clip->faceFrames(8);
    clip->face();
    EXPECT_EQ(namesRead(*clip),
              (std::vector<std::string>{"clip.toml", "speech.safetensors", "face.mp4", "face.safetensors"}));
}

// The honest test of "missing": the other modality's files may be gone or hold anything.
TEST(ClipFolder, EachModalityIsTheSameWithoutTheFilesOfTheOther) {
    for (const std::string lost : {"face", "speech"}) {
        for (const bool noise : {false, true}) {
            TempDir dir;
            const ClipContent content = withMedia(dir, 12);
            writeClip(dir / "clip", content);
            const std::string hash = openClip(dir / "clip", {})->info().contentHash;
            const std::vector<std::string> files = lost == "face"
                                                       ? std::vector<std::string>{"face.safetensors", "face.mp4"}
                                                       : std::vector<std::string>{"speech.safetensors", "speech.wav"};
            for (const std::string& name : files) {
                if (noise) writeFileAtomically(dir / ("clip/" + name), std::string(5000, '\x5a'));
                else fs::remove(dir / ("clip/" + name));
            }
            const auto clip = openClip(dir / "clip", countingOpener(12));
            EXPECT_EQ(clip->info().contentHash, hash);
            EXPECT_EQ(clip->info().frames, 12);
            if (lost == "face") {
                EXPECT_EQ(clip->speech()->mfcc, content.speech->mfcc);
                EXPECT_THROW(clip->face(), Error);
            } else {
                EXPECT_EQ(clip->face()->emotion, content.face->emotion);
                EXPECT_EQ(clip->face()->coeffs, content.face->coeffs);
                EXPECT_THROW(clip->speech(), Error);
            }
            EXPECT_EQ(clipFaults(dir / "clip").size(), 2u);
        }
    }
}

TEST(FilmInMemory, EveryReaderGetsTheWholeFilmAndTheFileIsDecodedOncePerSize) {
    TempDir dir;
    writeClip(dir / "clip", withMedia(dir, 5));
    int opened = 0;
    const auto clip = withFilmInMemory(openClip(dir / "clip", [&](const fs::path& file, int size) {
        ++opened;
        return countingOpener(5)(file, size);
    }));
    EXPECT_EQ(opened, 0) << "the film is read when it is asked for";
    for (const int size : {8, 4, 8}) {
        const auto reader = clip->faceFrames(size);
        ASSERT_EQ(reader->width(), size);
        ASSERT_EQ(reader->height(), size);
        std::vector<std::uint8_t> rgb;
        for (int t = 0; t < 5; ++t) {
            ASSERT_TRUE(reader->next(rgb));
            EXPECT_EQ(rgb, std::vector<std::uint8_t>(static_cast<std::size_t>(size * size * 3), t));
        }
        EXPECT_FALSE(reader->next(rgb));
    }
    EXPECT_EQ(opened, 2);
    EXPECT_EQ(clip->info().contentHash, openClip(dir / "clip", {})->info().contentHash);
    EXPECT_EQ(clip->face()->emotion, sampleFace(5).emotion);
}

TEST(ClipFolder, OneModalityIsEnoughAndTheOtherIsSaidToBeAbsent) {
    TempDir dir;
    ClipContent content = sampleClip(5);
    content.face.reset();
    writeClip(dir / "voice", content);
    const auto clip = openClip(dir / "voice", {});
    EXPECT_FALSE(clip->info().hasFace);
    EXPECT_TRUE(clip->info().hasSpeech);
    try {
        clip->face();
        FAIL();
    } catch (const Error& error) { EXPECT_EQ(error.kind(), ErrorKind::NotFound); }
    EXPECT_THROW(clip->faceFrames(8), Error);
    EXPECT_TRUE(clip->soundFile().empty());
}

TEST(ClipFolder, TheContentHashFollowsTheContent) {
    TempDir dir;
    const auto hash = [&](const ClipContent& content) {
        writeClip(dir / "clip", content);
        return openClip(dir / "clip", {})->info().contentHash;
    };
    const std::string first = hash(sampleClip(12));
    EXPECT_EQ(hash(sampleClip(12)), first);
    ClipContent renamed = sampleClip(12);
    renamed.info.id = "other";
    EXPECT_EQ(hash(renamed), first);
    EXPECT_NE(hash(sampleClip(12, 2)), first);
    ClipContent spans = sampleClip(12);
    spans.info.faceMissing = {};
    EXPECT_NE(hash(spans), first);
}

TEST(ClipFolder, AFileThatIsNotTheRecordedOneIsRefused) {
    TempDir dir;
    writeClip(dir / "clip", sampleClip(12));
    writeClip(dir / "other", sampleClip(12, 2));
    fs::copy_file(dir / "other/face.safetensors", dir / "clip/face.safetensors", fs::copy_options::overwrite_existing);
    const auto clip = openClip(dir / "clip", {});
    EXPECT_THROW(clip->face(), Error);
    EXPECT_NO_THROW(clip->speech());
}

TEST(ClipFolder, AllFaultsOfClipTomlAreListedTogether) {
    TempDir dir;
    writeClip(dir / "clip", sampleClip(12));
    const fs::path toml = dir / "clip/clip.toml";
    replaceIn(toml, "frames = 12", "frames = -3");
    replaceIn(toml, "rate_hz = 25.0", "rate_hz = \"fast\"");
    replaceIn(toml, "id = \"sample\"", "");
    replaceIn(toml, "[speech]\nfile_sha256 = \"", "[speech]\nfile_sha256 = \"zz");
    const Error error = openError(dir / "clip");
    EXPECT_EQ(error.kind(), ErrorKind::BadInput);
    for (const char* words :
         {"frames is -3", "rate_hz is not a number", "id is missing", "speech.file_sha256", "face.missing"})
        EXPECT_NE(error.problem().find(words), std::string::npos) << words << " in " << error.problem();
    writeFileAtomically(toml, "format = 1\nid = ");
    EXPECT_NE(openError(dir / "clip").where().find("clip.toml:2"), std::string::npos);
    writeFileAtomically(toml, "format = 2\n");
    EXPECT_EQ(openError(dir / "clip").kind(), ErrorKind::Unsupported);
    writeFileAtomically(toml, "format = 1\nid = 'x'\nframes = 3\nrate_hz = 25\n");
    EXPECT_NE(openError(dir / "clip").problem().find("neither"), std::string::npos);
}

TEST(ClipFolder, AllFaultsOfAModalityAreListedTogether) {
    TempDir dir;
    writeClip(dir / "clip", sampleClip(12));
    SafetensorsWriter writer;
    std::vector<float> emotion(12 * 25, 0.f);
    emotion[26] = std::nanf("");
    writer.addF32("emotion", {12, 25}, emotion);
    writer.addF32("coeffs", {11, 58}, std::vector<float>(11 * 58));
    writer.write(dir / "clip/face.safetensors");
    const std::string text = readTextFile(dir / "clip/clip.toml");
    const std::size_t at = text.find("file_sha256 = \"") + 15;
    replaceIn(dir / "clip/clip.toml", text.substr(at, 64), sha256OfFile(dir / "clip/face.safetensors"));
    try {
        openClip(dir / "clip", {})->face();
        FAIL();
    } catch (const Error& error) {
        EXPECT_NE(error.problem().find("2 things are wrong"), std::string::npos) << error.what();
        EXPECT_NE(error.problem().find("emotion: frame 1 "), std::string::npos) << error.what();
        EXPECT_NE(error.problem().find("coeffs: the shape is [11,58]"), std::string::npos) << error.what();
    }
}

TEST(ClipFolder, TheWriterRefusesTracksThatDoNotFit) {
    TempDir dir;
    ClipContent content = sampleClip(12);
    content.face->emotion.pop_back();
    content.speech->mfcc[5] = INFINITY;
    try {
        writeClip(dir / "clip", content);
        FAIL();
    } catch (const Error& error) {
        EXPECT_NE(error.problem().find("emotion"), std::string::npos);
        EXPECT_NE(error.problem().find("mfcc"), std::string::npos);
    }
    EXPECT_TRUE(fs::is_empty(dir.path()));
    EXPECT_EQ(openError(dir.path()).kind(), ErrorKind::NotFound);
    EXPECT_EQ(openError(dir / "absent").kind(), ErrorKind::NotFound);
}

TEST(ClipFolder, RealListenersLieBesideTheClip) {
    TempDir dir;
    writeClip(dir / "clip", sampleClip(6));
    EXPECT_TRUE(openRealListeners(dir / "clip", {}).empty());
    for (const char* name : {"b", "a"}) {
        ClipContent content = sampleClip(6);
        content.info.id = name;
        writeClip(dir / ("clip/listeners/" + std::string(name)), content);
    }
    const auto listeners = openRealListeners(dir / "clip", {});
    ASSERT_EQ(listeners.size(), 2u);
    EXPECT_EQ(listeners[0]->info().id, "a");
}
