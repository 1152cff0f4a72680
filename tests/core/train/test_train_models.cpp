// The trainer with the models of the catalogue: every one that can be trained, in a few steps.
#include <gtest/gtest.h>

#include <cmath>

#include "core/api/reaction_model.h"
#include "core/data/pair_source.h"
#include "core/data/parted_tensors.h"
#include "core/data/safetensors.h"
#include "core/study/condition_report.h"
#include "core/train/export_checkpoint.h"
#include "tests/core/train/tiny_corpus.h"
#include "tests/support/shared.h"

using namespace emc;
using namespace emc::test;

TEST(TrainModels, EachHostBringsThePiecesThatSuitIt) {
    struct Expected {
        const char* model;
        int crop, stride, batch;
    };
    for (const Expected& e : {Expected{"trans-vae-emc", 751, 3, 3}, // it attends to the whole clip
                              {"trans-vae", 751, 3, 3},
                              {"trans-vae-online", 192, 3, 8},
                              {"regnn-emc-no-ea", 150, 3, 8}, // one window
                              {"faceais-emc", 288, 4, 8},     // whole patches
                              {"belfusion", 192, 3, 8}}) {
        TrainOptions options;
        options.model = e.model;
        const TrainOptions used = options.resolved();
        EXPECT_EQ(used.cropFrames, e.crop) << e.model;
        EXPECT_EQ(used.stride, e.stride) << e.model;
        EXPECT_EQ(used.batch, e.batch) << e.model;
        options.device = "cuda"; // every frame is a token there
        EXPECT_EQ(options.resolved().stride, 1) << e.model;
        options.cropFrames = 100, options.batch = 5; // what was given stays
        EXPECT_EQ(options.resolved().cropFrames, 100) << e.model;
        EXPECT_EQ(options.resolved().batch, 5) << e.model;
    }
}

TEST(TrainModels, EveryModelTrainsAnswersAndIsScored) {
    TempDir folder;
    TinyCorpus().write(folder / "corpus");
    TrainServices services = tinyServices(folder / "cache");
    StudyOptions table;
    table.corpus = folder / "corpus";
    table.folder = folder / "rows";
    table.samples = 2;
    table.threads = 1;
    std::vector<StudyModel> models;
    JobContext job;
    for (const ModelEntry& entry : ModelCatalogue::shared().entries()) {
        if (!entry.makeTrainable) continue;
        SCOPED_TRACE(entry.info.name);
        TrainOptions options = tinyOptions(folder / "corpus", folder / entry.info.name);
        options.model = entry.info.name;
        options.steps = 10;
        options.lr = 3e-3;
        options.cropFrames = 40; // one patch of FaceAIS at least
        std::vector<double> losses;
        JobContext watching([&](const JobEvent& event) {
            const auto* train = std::get_if<TrainEvent>(&event);
            if (train && train->kind == "epoch") losses.push_back(train->values.at("val"));
        });
        const TrainResult result = trainWith(options, services, watching);
        ASSERT_GE(losses.size(), 2u);
        EXPECT_LT(losses.back(), losses.front());
        const std::filesystem::path weights = folder / (entry.info.name + ".safetensors");
        exportCheckpoint(result.run, weights, {true});

        // The exported file alone answers a clip.
        CheckpointRef ref;
        ref.path = weights;
        ref.threads = 1;
        const auto model = openModel(entry.info.name, ref);
        const Pair pair = openPairs(table.corpus, "test")->pair(0);
        ReactOptions react;
        react.samples = 2;
        const Reactions reactions = model->react(*pair.speaker, react, job);
        ASSERT_EQ(reactions.frames, pair.speaker->info().frames);
        for (float value : reactions.emotion) ASSERT_TRUE(std::isfinite(value));
        // With shared parts in files of their own it answers the same, and says so when one of them is gone.
        const std::filesystem::path slim = folder / ("slim-" + entry.info.name + ".safetensors");
        exportCheckpoint(result.run, slim, {true, true});
        ref.path = slim;
        EXPECT_EQ(openModel(entry.info.name, ref)->react(*pair.speaker, react, job).emotion, reactions.emotion);
        for (const CheckpointPart& part : partsOf(SafetensorsFile::open(slim).metadata(), slim)) {
            const std::filesystem::path beside = folder / part.file, kept = folder / "elsewhere";
            std::filesystem::rename(beside, kept);
            EXPECT_THROW(openModel(entry.info.name, ref), Error) << part.file;
            std::filesystem::copy_file(weights, beside);
            EXPECT_THROW(openModel(entry.info.name, ref), Error) << part.file << " is not the file that was meant";
            std::filesystem::rename(kept, beside);
        }
        models.push_back({entry.info.label, entry.info.name, {result.run}});
    }
    ASSERT_FALSE(models.empty());
    Study study(table, {});
    const auto rows = conditionRows(study, models, job);
    std::size_t expected = 1;
    for (const StudyModel& model : models) {
        const ModelInfo& info = ModelCatalogue::shared().find(model.model).info;
        expected += info.modalities.size() < 2 ? 1 : info.condition == "original" ? 3 : 7;
    }
    ASSERT_EQ(rows.size(), expected);
    EXPECT_EQ(rows[0].label, "ground truth");
    for (const ConditionRow& row : rows) {
        EXPECT_EQ(row.clips, 4) << row.label;
        EXPECT_TRUE(std::isfinite(row.frCorrMean)) << row.label;
        if (&row != &rows[0]) EXPECT_LE(row.frCorrMean, rows[0].frCorrMean) << row.label;
    }
    // A second call reads the rows: no model is asked, the numbers are the same.
    Study stored(table, {});
    const auto again = conditionRows(stored, models, job);
    EXPECT_EQ(stored.reactions(), 0);
    ASSERT_EQ(again.size(), rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i) EXPECT_EQ(again[i].frCorrMean, rows[i].frCorrMean);
    EXPECT_NE(conditionText(rows).find("without-face | cma"), std::string::npos);
}
