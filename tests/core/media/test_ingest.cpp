// From recordings to clip folders.
#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <thread>

#include "core/api/error.h"
#include "core/data/clip_folder.h"
#include "core/data/sha256.h"
#include "core/data/wav.h"
#include "core/media/film.h"
#include "core/media/ingest.h"
#include "core/media/video.h"
#include "tests/core/media/media_fixture.h"

namespace emc {
namespace {

bool hasNote(const IngestReport& report, const std::string& words) {
    for (const std::string& note : report.notes)
        if (note.find(words) != std::string::npos) return true;
    return false;
}
std::filesystem::path real(const char* name) {
    return test::sharedFolder() / "real_clips" / name;
}

// A recording that breaks off in the middle.
std::filesystem::path half(const test::TempDir& folder, const char* name) {
    const auto copy = folder / name;
    std::filesystem::copy_file(real(name), copy);
    std::filesystem::permissions(copy, std::filesystem::perms::owner_all);
    std::filesystem::resize_file(copy, std::filesystem::file_size(copy) / 2);
    return copy;
}

TEST(Ingest, SoundAloneBecomesAClipOfSpeech) {
    test::TempDir folder;
    writeWav16(folder / "s.wav", test::madeTone(22050, 2, 2.3, 300).samples, 22050, 2);
    JobContext job;
    const IngestReport report = ingest(folder / "s.wav", folder / "clip", {}, job);
    EXPECT_EQ(report.frames, 57);
    EXPECT_TRUE(report.hasSpeech);
    const auto clip = openClip(folder / "clip", openVideo);
    EXPECT_FALSE(clip->info().hasFace);
    EXPECT_TRUE(clip->info().hasSpeech);
    const auto speech = clip->speech();
    EXPECT_EQ(speech->mfcc.size(), 57u * kMfccDims);
    EXPECT_EQ(speech->voice.size(), 57u);
    EXPECT_THROW(clip->face(), Error);
    EXPECT_EQ(readWav(folder / "clip/speech.wav").rateHz, 44100);
}

TEST(Ingest, AFilmWithoutAFaceIsSpeechOnlyOrRefused) {
    EMC_NEED_FACE_NETWORKS();
    test::TempDir folder;
    test::makeFilm(folder / "tone.mp4", 96, 64, 20, 25, test::madeTone(44100, 1, .8, 300));
    test::makeFilm(folder / "mute.mp4", 96, 64, 20, 25);
    JobContext job;
    const IngestReport report = ingest(folder / "tone.mp4", folder / "clip", {}, job);
    EXPECT_EQ(report.faceFrames, 0);
    EXPECT_TRUE(hasNote(report, "no face was found"));
    EXPECT_FALSE(std::filesystem::exists(folder / "clip/face.mp4"));
    EXPECT_FALSE(openClip(folder / "clip", openVideo)->info().hasFace);
    EXPECT_THROW(ingest(folder / "mute.mp4", folder / "mute", {}, job), Error);
    EXPECT_FALSE(std::filesystem::exists(folder / "mute"));
}

TEST(Ingest, WritesEverythingOfAClip) {
    EMC_NEED_SHARED("real_clips");
    EMC_NEED_FACE_NETWORKS();
    test::TempDir folder;
    JobContext job;
    const IngestReport report = ingest(real("talk_grid_lrwp9a.mpg"), folder / "clip", {}, job);
    EXPECT_EQ(report.frames, 75);
    EXPECT_EQ(report.faceFrames, 75);
    EXPECT_DOUBLE_EQ(report.rateHz, 25);
    const auto clip = openClip(folder / "clip", openVideo);
    EXPECT_EQ(clip->info().frames, 75);
    EXPECT_EQ(clip->info().source, "talk_grid_lrwp9a.mpg");
    const auto face = clip->face();
    EXPECT_EQ(face->emotion.size(), 75u * kEmotionDims);
    EXPECT_EQ(face->coeffs.size(), 75u * kCoeffDims);
    EXPECT_EQ(face->box.size(), 75u * 4);
    for (const float c : face->confidence) EXPECT_GT(c, 0.5);
    EXPECT_EQ(clip->speech()->mfcc.size(), 75u * kMfccDims);
    const FilmCheck film = checkFilm(folder / "clip/face.mp4");
    EXPECT_EQ(film.frames, 75);
    EXPECT_EQ(film.width, 256);
    const WavSound sound = readWav(folder / "clip/speech.wav");
    EXPECT_EQ(sound.channels, 1);
    EXPECT_EQ(sound.samples.size(), 75u * 1764);
}

TEST(Ingest, GivesTheSameBytesTwice) {
    EMC_NEED_SHARED("real_clips");
    EMC_NEED_FACE_NETWORKS();
    test::TempDir folder;
    JobContext job;
    const auto source = half(folder, "talk_grid_lbbc2a.mpg");
    ingest(source, folder / "clip", {}, job);
    ingest(source, folder / "again", {}, job);
    for (const char* file : {"face.safetensors", "speech.safetensors", "speech.wav", "face.mp4"})
        EXPECT_EQ(sha256OfFile(folder / "clip" / file), sha256OfFile(folder / "again" / file)) << file;
}

TEST(Ingest, MarksWhereTheFaceIsGone) {
    EMC_NEED_SHARED("real_clips");
    EMC_NEED_FACE_NETWORKS();
    test::TempDir folder;
    JobContext job;
    const IngestReport report = ingest(real("face_then_noface_pyfeat.mov"), folder / "clip", {}, job);
    EXPECT_EQ(report.frames, 160);
    ASSERT_FALSE(report.missingFace.empty());
    EXPECT_EQ(report.missingFace.back().end, 160);
    EXPECT_GT(report.faceFrames, 50);
    EXPECT_LT(report.faceFrames, 90);
    EXPECT_TRUE(hasNote(report, "variable frame rate"));
    EXPECT_TRUE(hasNote(report, "sound starts 2.4"));
    const auto face = openClip(folder / "clip", openVideo)->face();
    for (const FrameSpan& span : report.missingFace)
        for (int t = span.begin; t < span.end; ++t) ASSERT_EQ(face->confidence[t], 0);
    for (const float v : face->coeffs) ASSERT_TRUE(std::isfinite(v));
    // The sound begins where the file says, with silence before it.
    const WavSound sound = readWav(folder / "clip/speech.wav");
    double before = 0, after = 0;
    for (std::size_t i = 0; i < 44100u * 2; ++i)
        before = std::max(before, std::abs(static_cast<double>(sound.samples[i])));
    for (std::size_t i = 44100u * 3; i < sound.samples.size(); ++i)
        after = std::max(after, std::abs(static_cast<double>(sound.samples[i])));
    EXPECT_EQ(before, 0);
    EXPECT_GT(after, 0.01);
}

TEST(Ingest, TakesTheWantedOneOfTwoPeople) {
    EMC_NEED_SHARED("real_clips");
    EMC_NEED_FACE_NETWORKS();
    test::TempDir folder;
    JobContext job;
    for (const int which : {0, 1}) {
        IngestOptions options;
        options.face = which;
        const IngestReport report =
            ingest(real("two_person_montage_grid.mp4"), folder / std::to_string(which), options, job);
        EXPECT_EQ(report.frames, 225);
        EXPECT_EQ(report.faceFrames, 225);
        const auto face = openClip(folder / std::to_string(which), openVideo)->face();
        for (int t = 0; t < face->frames; ++t) {
            const float middle = face->box[t * 4] + face->box[t * 4 + 2] / 2;
            ASSERT_TRUE(which == 0 ? middle < 360 : middle > 360) << "frame " << t;
        }
    }
    IngestOptions third;
    third.face = 2;
    EXPECT_THROW(ingest(real("two_person_montage_grid.mp4"), folder / "2", third, job), Error);
    EXPECT_FALSE(std::filesystem::exists(folder / "2"));
}

TEST(Ingest, ReadsSmallFacesAndKeepsSourceFrames) {
    EMC_NEED_SHARED("real_clips");
    EMC_NEED_FACE_NETWORKS();
    test::TempDir folder;
    JobContext job;
    for (const char* name : {"silent_person_asl_thanks.mkv", "silent_person_asl_walk.mkv"}) {
        const IngestReport report = ingest(real(name), folder / name, {}, job);
        EXPECT_EQ(report.faceFrames, report.frames);
        EXPECT_FALSE(report.hasSpeech);
        EXPECT_TRUE(hasNote(report, "no sound track"));
        EXPECT_TRUE(hasNote(report, "brought to 25"));
    }
    IngestOptions options;
    options.sourceRate = true;
    const IngestReport kept = ingest(real("silent_person_asl_thanks.mkv"), folder / "kept", options, job);
    EXPECT_EQ(kept.frames, 51);
    EXPECT_NEAR(kept.rateHz, 30, 0.2);
}

TEST(Ingest, ReadsWhatABrokenEndLeaves) {
    EMC_NEED_SHARED("real_clips");
    EMC_NEED_FACE_NETWORKS();
    test::TempDir folder;
    JobContext job;
    const IngestReport report = ingest(half(folder, "talk_grid_swiz3n.mpg"), folder / "clip", {}, job);
    EXPECT_GT(report.frames, 15);
    EXPECT_LT(report.frames, 75);
    EXPECT_EQ(openClip(folder / "clip", openVideo)->face()->frames, report.frames);
}

TEST(Ingest, CancelLeavesNothing) {
    EMC_NEED_SHARED("real_clips");
    EMC_NEED_FACE_NETWORKS();
    test::TempDir folder;
    int reports = 0;
    JobContext* self = nullptr;
    JobContext job([&](const JobEvent& event) {
        if (std::holds_alternative<ProgressEvent>(event) && ++reports == 5) self->requestCancel();
    });
    self = &job;
    EXPECT_THROW(ingest(real("talk_grid_bbaf2n.mpg"), folder / "clip", {}, job), Cancelled);
    EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
}

TEST(Ingest, FollowsALongRecordingWithAHandBeforeTheFace) {
    EMC_NEED_SHARED("real_clips");
    EMC_NEED_FACE_NETWORKS();
    JobContext job;
    const IngestBench bench = benchIngest(real("face_occlusion_pexels.mp4"), {}, job);
    EXPECT_EQ(bench.report.frames, 492);
    EXPECT_GT(bench.report.faceFrames, 400);
    EXPECT_TRUE(hasNote(bench.report, "brought to 25"));
    EXPECT_TRUE(hasNote(bench.report, "silent"));
    EXPECT_GT(bench.times.track, 0);
}

} // namespace
} // namespace emc
