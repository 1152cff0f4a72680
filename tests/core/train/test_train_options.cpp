#include <gtest/gtest.h>

#include <fstream>
#include <set>

#include "core/api/error.h"
#include "core/data/option_io.h"
#include "core/train/train_options.h"
#include "tests/support/shared.h"

using namespace emc;

namespace {

TrainOptions named() {
    TrainOptions options;
    options.corpus = "somewhere";
    options.run = "elsewhere";
    options.model = "test-small";
    return options;
}

} // namespace

TEST(TrainOptions, EveryOptionIsDescribed) {
    TrainOptions options = named();
    std::set<std::string> keys, groups;
    for (const OptionRow& row : listOptions([&](OptionVisitor& v) { options.visit(v); })) {
        EXPECT_TRUE(keys.insert(row.info.key).second) << row.info.key << " occurs twice";
        groups.insert(row.group);
        EXPECT_FALSE(row.info.label.empty()) << row.info.key;
        EXPECT_GT(row.info.help.size(), 20u) << row.info.key;
        EXPECT_EQ(row.info.help.back(), '.') << row.info.key;
    }
    EXPECT_EQ(groups, (std::set<std::string>{"Data", "Model", "Loss", "Optimiser", "Run"}));
    EXPECT_EQ(keys.size(), 33u); // one per field of TrainOptions
}

TEST(TrainOptions, TextComesBackEqual) {
    TrainOptions options = named();
    options.lr = 0.00123456789012345;
    options.kl = 1.0 / 3.0;
    options.steps = 4321;
    options.model = "test-small";
    options.corpus = "a \"quoted\" \\ folder\nwith a line";
    const std::string text = writeTrainOptions(options);
    const TrainOptions back = trainOptionsFromToml(text);
    EXPECT_EQ(back.lr, options.lr);
    EXPECT_EQ(back.kl, options.kl);
    EXPECT_EQ(back.steps, 4321);
    EXPECT_EQ(back.corpus, options.corpus);
    EXPECT_EQ(writeTrainOptions(back), text);
}

TEST(TrainOptions, WrongKeysAreReportedTogether) {
    emc::test::TempDir folder;
    std::ofstream(folder / "config.toml") << "[optim]\nlrr = 0.1\nstep = 3\nbatch = 4\n";
    try {
        readTrainOptions(folder / "config.toml");
        FAIL() << "two unknown keys were accepted";
    } catch (const Error& error) {
        const std::string text = error.what();
        EXPECT_EQ(error.kind(), ErrorKind::BadInput);
        EXPECT_NE(text.find("optim.lrr"), std::string::npos) << text;
        EXPECT_NE(text.find("optim.step"), std::string::npos) << text;
        EXPECT_NE(text.find("optim.lr"), std::string::npos) << text;
        EXPECT_NE(text.find("optim.steps"), std::string::npos) << text;
        EXPECT_NE(text.find("config.toml"), std::string::npos) << text;
    }
}

TEST(TrainOptions, CheckFindsAllFaults) {
    EXPECT_TRUE(named().check().empty());
    TrainOptions options = named();
    options.corpus.clear();
    options.lr = -1;
    options.schedule = "linear";
    options.dropFace = 0.7;
    options.dropSpeech = 0.6;
    options.warmup = options.steps + 1;
    options.kl = std::numeric_limits<double>::quiet_NaN();
    options.cropFrames = 64;
    options.stride = 20;
    std::set<std::string> keys;
    for (const OptionFault& fault : options.check()) {
        keys.insert(fault.key);
        EXPECT_FALSE(fault.hint.empty()) << fault.key;
    }
    EXPECT_EQ(keys, (std::set<std::string>{"data.corpus", "optim.lr", "optim.schedule", "data.drop_speech",
                                           "optim.warmup", "loss.kl", "data.stride"}));
    EXPECT_THROW(requireValid(options), Error);
}

TEST(TrainOptions, ModelsThatCannotBeTrainedAreNoChoice) {
    TrainOptions options = named();
    options.model = "test-fixed";
    ASSERT_EQ(options.check().size(), 1u);
    EXPECT_EQ(options.check()[0].key, "model.name");
    EXPECT_NE(options.check()[0].hint.find("test-small"), std::string::npos);
}

TEST(TrainOptions, ZeroIsTheModelsOwnRecipe) {
    // On the CPU the defaults alone are the recipe of minutes: 64 steps of three frames each.
    const TrainOptions cpu = named().resolved();
    EXPECT_EQ(cpu.device, "cpu");
    EXPECT_EQ(cpu.cropFrames, 192);
    EXPECT_EQ(cpu.stride, 3);
    EXPECT_EQ(cpu.lr, 2e-3);
    EXPECT_EQ(cpu.steps, 600);
    EXPECT_EQ(cpu.batch, 8);
    EXPECT_EQ(cpu.videoSize, 64);
    EXPECT_EQ(cpu.encoder, "frozen");
    EXPECT_EQ(cpu.schedule, "cosine");
    TrainOptions cuda = named();
    cuda.device = "cuda";
    EXPECT_EQ(cuda.resolved().cropFrames, 256);
    EXPECT_EQ(cuda.resolved().stride, 1);
    // What was given stays, on any device.
    for (const char* device : {"cpu", "cuda"}) {
        TrainOptions given = named();
        given.device = device;
        given.cropFrames = 100;
        given.stride = 2;
        EXPECT_EQ(given.resolved().cropFrames, 100);
        EXPECT_EQ(given.resolved().stride, 2);
    }
    // The device's stride counts when only the crop is given.
    TrainOptions tight = named();
    tight.cropFrames = 20;
    ASSERT_EQ(tight.check().size(), 1u);
    EXPECT_EQ(tight.check()[0].key, "data.stride");
    tight.cropFrames = 5;
    ASSERT_EQ(tight.check().size(), 1u);
    EXPECT_EQ(tight.check()[0].key, "data.crop_frames");
}

TEST(TrainOptions, TheDemoConfigurationIsTheDefault) {
    TrainOptions demo = readTrainOptions(std::string(EMC_SOURCE_DIR) + "/resources/configs/demo.toml");
    EXPECT_EQ(writeTrainOptions(demo.resolved()), writeTrainOptions(TrainOptions().resolved()));
}
