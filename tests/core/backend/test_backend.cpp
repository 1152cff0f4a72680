#include <gtest/gtest.h>

#include <cmath>

#include "core/backend/checkpoint_import.h"
#include "core/backend/figures.h"
#include "core/backend/reaction_film.h"
#include "core/backend/studio_backend.h"
#include "core/media/film.h"
#include "core/media/picture.h"
#include "tests/support/shared.h"

using namespace emc;

namespace {

Reactions madeReactions(int samples, int frames) {
    Reactions reactions;
    reactions.samples = samples;
    reactions.frames = frames;
    for (int k = 0; k < samples; ++k)
        for (int t = 0; t < frames; ++t)
            for (int c = 0; c < kEmotionDims; ++c)
                reactions.emotion.push_back(0.5f + 0.4f * std::sin(0.2f * float(t) + float(c + 3 * k)));
    reactions.coeffs.assign(std::size_t(samples) * frames * kCoeffDims, 0.1f);
    return reactions;
}

} // namespace

TEST(ScoreReactions, TheListenerHimselfScoresOnePerSample) {
    const Reactions reactions = madeReactions(1, 100);
    const auto scores = scoreReactions(reactions, {reactions.emotion});
    EXPECT_NEAR(scores.at("FRCorr"), 1.0, 1e-4);
    EXPECT_EQ(scores.at("FRDiv"), 0.0); // one sample has nobody to differ from
    EXPECT_GT(scores.at("FRVar"), 0.0);
}

TEST(ScoreReactions, ALongerListenerIsCutToTheCommonFrames) {
    const Reactions reactions = madeReactions(3, 100);
    const Reactions longer = madeReactions(1, 101);
    const auto scores = scoreReactions(reactions, {longer.emotion});
    EXPECT_GT(scores.at("FRCorr"), 0.9); // sample 0 is the listener
    EXPECT_GT(scores.at("FRDiv"), 0.0);
}

TEST(ScoreReactions, WithoutListenersThereIsNoCorrelation) {
    EXPECT_FALSE(scoreReactions(madeReactions(2, 50), {}).contains("FRCorr"));
}

TEST(SampleCoeffs, RefusesASampleThatIsNotThere) {
    EXPECT_THROW(sampleCoeffs(madeReactions(2, 5), 2), Error);
    Reactions none = madeReactions(1, 5);
    none.coeffs.clear();
    EXPECT_THROW(sampleCoeffs(none, 0), Error);
}

TEST(OpenCheckpoint, AFileOfOursIsUsedWhereItLies) {
    test::TempDir dir;
    JobContext job;
    const auto weights = demoWeights("regnn");
    const OpenedCheckpoint opened = openCheckpointFile(weights, dir / "made", job);
    EXPECT_EQ(opened.model, "regnn");
    EXPECT_EQ(opened.weights, weights);
    EXPECT_FALSE(std::filesystem::exists(dir / "made"));
}

TEST(OpenCheckpoint, AFileOfTheAuthorsBecomesOneOfOursThatTheModelOpens) {
    EMC_NEED_SHARED("golden/checkpoints");
    test::TempDir dir;
    JobContext job;
    const auto files = test::sharedFolder() / "golden/checkpoints";
    for (const char* name : {"transvae_best_checkpoint.pth", "transvae_dataparallel.pth"}) {
        const OpenedCheckpoint opened = openCheckpointFile(files / name, dir / "made", job);
        EXPECT_EQ(opened.model, "trans-vae");
        EXPECT_EQ(opened.weights.parent_path(), dir / "made");
        EXPECT_EQ(openStudioModel(opened.model, opened.weights)->info().name, "trans-vae");
        EXPECT_EQ(openCheckpointFile(files / name, dir / "made", job).weights, opened.weights); // not once more
    }
    EXPECT_EQ(std::distance(std::filesystem::directory_iterator(dir / "made"), {}), 2);
}

TEST(OpenCheckpoint, WhatDoesNotFitIsRefusedAndLeavesNothing) {
    EMC_NEED_SHARED("golden/checkpoints");
    test::TempDir dir;
    JobContext job;
    const auto refused = [&](const char* name) {
        try {
            openCheckpointFile(test::sharedFolder() / "golden/checkpoints" / name, dir / "made", job);
        } catch (const Error& error) { return std::string(error.what()); }
        return std::string("accepted");
    };
    EXPECT_NE(refused("broken_missing_keys.pth").find("speaker_behaviour_encoder.fusion_layer.weight"),
              std::string::npos);
    EXPECT_NE(refused("broken_wrong_shapes.ckpt").find("wrong shapes"), std::string::npos);
    EXPECT_NE(refused("face_tokenizer_small.ckpt").find("gives no reaction by itself"), std::string::npos);
    for (const char* name : {"broken_truncated.ckpt", "malicious.pth", "no_such_file.pth"})
        EXPECT_NE(refused(name), "accepted") << name;
    EXPECT_FALSE(std::filesystem::exists(dir / "made"));
}

TEST(ReactionFilm, AFilmWithoutAClipIsSilentAndHasEveryFrame) {
    test::TempDir dir;
    ReactionFilm film;
    film.paneSize = 96;
    film.panes = {{"A", "face imagined", std::vector<float>(12 * kCoeffDims), {{0, 6}}},
                  {"B", "", std::vector<float>(10 * kCoeffDims), {}}};
    JobContext job;
    try {
        writeReactionFilm(dir / "film.mp4", film, job);
    } catch (const Error& error) {
        if (error.kind() == ErrorKind::Unsupported) GTEST_SKIP() << error.what();
        throw;
    }
    const FilmCheck check = checkFilm(dir / "film.mp4");
    EXPECT_EQ(check.frames, 10); // what all panes have
    EXPECT_EQ(check.soundSeconds, 0);
}

TEST(ReactionFilm, CancelLeavesNoFile) {
    test::TempDir dir;
    ReactionFilm film;
    film.paneSize = 96;
    film.panes = {{"A", "", std::vector<float>(50 * kCoeffDims), {}}};
    JobContext job;
    job.requestCancel();
    try {
        writeReactionFilm(dir / "film.mp4", film, job);
        FAIL() << "not cancelled";
    } catch (const Cancelled&) {
    } catch (const Error& error) {
        if (error.kind() == ErrorKind::Unsupported) GTEST_SKIP() << error.what();
        throw;
    }
    EXPECT_TRUE(std::filesystem::is_empty(dir.path()));
}

TEST(Figures, AttentionIsDrawnWithBrightCellsWhereTheWeightsAre) {
    test::TempDir dir;
    AttentionMap map;
    map.site = "u_ea_f", map.part = "cross", map.heads = 2, map.queries = map.keys = 20;
    map.weights.assign(2 * 400, 0.f);
    for (int h = 0; h < 2; ++h)
        for (int i = 0; i < 20; ++i) map.weights[h * 400 + i * 20 + i] = 1;
    writeAttentionFigure(dir / "map.png", map, -1, 25, "title", "caption");
    const RgbPicture picture = readPicture(dir / "map.png");
    const auto sum = [&](int x, int y) {
        const std::uint8_t* p = &picture.rgb[(std::size_t(y) * picture.width + x) * 3];
        return p[0] + p[1] + p[2];
    };
    // The map lies at (110, 110), 880 pixels a side: 44 a cell.
    EXPECT_GT(sum(110 + 22, 110 + 22), 500);
    EXPECT_LT(sum(110 + 22, 110 + 22 + 10 * 44), 150);
    EXPECT_THROW(writeAttentionFigure(dir / "x.png", map, 2, 25, "", ""), Error);
}

TEST(Backend, ListsEveryRegisteredModel) {
    const auto backend = makeStudioBackend();
    EXPECT_EQ(backend->models().size(), listModels().size());
    EXPECT_GE(backend->models().size(), 7u);
}

TEST(Backend, AModelWithoutWeightsSaysHowToGetThem) {
    setenv("EMC_RESOURCES", "/nonexistent", 1);
    try {
        openStudioModel("trans-vae-emc");
        FAIL();
    } catch (const Error& error) {
        EXPECT_EQ(error.kind(), ErrorKind::NotFound);
        EXPECT_NE(error.hint().find("emc train"), std::string::npos);
    }
    unsetenv("EMC_RESOURCES");
}
