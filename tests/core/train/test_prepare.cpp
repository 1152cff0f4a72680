#include <gtest/gtest.h>

#include "core/api/error.h"
#include "core/data/sha256.h"
#include "core/train/prepare.h"
#include "core/train/sampler.h"
#include "tests/core/train/small_model.h"
#include "tests/core/train/tiny_corpus.h"
#include "tests/support/shared.h"

using namespace emc;
using namespace emc::test;

namespace {

int trainings(const TrainOptions& options, const TrainServices& services) {
    int count = 0;
    JobContext job([&](const JobEvent& event) {
        if (const auto* message = std::get_if<MessageEvent>(&event)) count += message->text.starts_with("Training the");
    });
    prepareCorpus(options, services, job);
    return count;
}

} // namespace

TEST(Prepare, ConcordanceByHand) {
    const torch::Tensor a = torch::tensor({0.f, 1.f, 2.f, 3.f});
    EXPECT_NEAR(concordance(a, a), 1, 1e-12);
    EXPECT_NEAR(concordance(a, -a + 3), -1, 1e-12);
    EXPECT_NEAR(concordance(a, a + 1), 2 * 1.25 / (1.25 + 1.25 + 1), 1e-12);
    EXPECT_EQ(concordance(a, torch::full({4}, 2.f)), 0);
}

TEST(Prepare, SecondTimeFindsEverything) {
    TempDir folder;
    TinyCorpus().write(folder / "corpus");
    const TrainOptions options = tinyOptions(folder / "corpus", folder / "run");
    const TrainServices services = tinyServices(folder / "cache");
    EXPECT_EQ(trainings(options, services), 2);
    EXPECT_EQ(trainings(options, services), 0);
    // The same content in another place is the same corpus; another content is not.
    std::filesystem::copy(folder / "corpus", folder / "moved", std::filesystem::copy_options::recursive);
    EXPECT_EQ(trainings(tinyOptions(folder / "moved", folder / "run"), services), 0);
    TinyCorpus other;
    other.seed = 2;
    other.write(folder / "other");
    EXPECT_EQ(trainings(tinyOptions(folder / "other", folder / "run"), services), 2);
}

TEST(Prepare, FeaturesAndMeans) {
    TempDir folder;
    TinyCorpus tiny;
    tiny.write(folder / "corpus");
    TrainServices services = tinyServices(folder / "cache");
    services.prepare.memoryBudget = 60'000; // less than the corpus: clips come and go
    JobContext job;
    const TrainOptions options = tinyOptions(folder / "corpus", folder / "run");
    const PreparedCorpus corpus = prepareCorpus(options, services, job);
    ASSERT_EQ(corpus.train.size(), 8u); // both directions
    ASSERT_EQ(corpus.val.size(), 4u);
    torch::Tensor emotion = torch::zeros({tiny.frames, kEmotionDims}), coeffs = torch::zeros({tiny.frames, kCoeffDims});
    for (const Pair& pair : corpus.train) {
        const auto features = corpus.store->get(*pair.speaker);
        EXPECT_EQ(features->frames, tiny.frames);
        EXPECT_EQ(features->face.sizes(), (torch::IntArrayRef{tiny.frames, kFeatureDims}));
        EXPECT_EQ(features->speechEmotion.sizes(), (torch::IntArrayRef{tiny.frames, kSpeechEmotionDims}));
        EXPECT_TRUE(torch::allclose(features->speechEmotion.narrow(1, 2, 8).sum(1), torch::ones({tiny.frames}), 1e-4));
        // The kept u^f is what the frozen encoder says of the pictures.
        if (&pair == &corpus.train.front()) {
            std::vector<torch::Tensor> frames;
            forEachPicture(*pair.speaker, options.videoSize, [&](int, const std::vector<std::uint8_t>& planes) {
                frames.push_back(torch::tensor(std::vector<std::uint8_t>(planes), torch::kUInt8)
                                     .view({3, options.videoSize, options.videoSize}));
                return true;
            });
            FrameEncoder encoder = corpus.encoder;
            const torch::NoGradGuard noGradient;
            EXPECT_TRUE(
                torch::allclose(encoder->forward(normalisedFrames(torch::stack(frames)).unsqueeze(0)).squeeze(0),
                                features->face, 1e-3, 1e-4));
        }
        const auto face = pair.listener->face();
        emotion += torch::from_blob(const_cast<float*>(face->emotion.data()), {tiny.frames, kEmotionDims}) / 8;
        coeffs += torch::from_blob(const_cast<float*>(face->coeffs.data()), {tiny.frames, kCoeffDims}) / 8;
    }
    EXPECT_TRUE(torch::allclose(corpus.meanEmotion, emotion, 1e-4, 1e-5));
    EXPECT_TRUE(torch::allclose(corpus.meanCoeffs, coeffs, 1e-4, 1e-5));
    EXPECT_TRUE(torch::allclose(corpus.coeffMean, coeffs.mean(0), 1e-4, 1e-5));
    EXPECT_EQ(corpus.figures.count("speech_head.val_ccc.happy"), 1u);
    EXPECT_EQ(corpus.figures.count("frame_encoder.val_ccc.contempt"), 1u);
}

TEST(Prepare, HeadsLearn) {
    TempDir folder;
    TinyCorpus tiny;
    tiny.trainRows = 6;
    tiny.write(folder / "corpus");
    TrainServices services = tinyServices(folder / "cache");
    services.prepare.speechSteps = 60;
    services.prepare.encoderSteps = 40;
    services.prepare.encoderClips = 4;
    JobContext job;
    const PreparedCorpus corpus = prepareCorpus(tinyOptions(folder / "corpus", folder / "run"), services, job);
    EXPECT_GT(corpus.figures.at("speech_head.val_ccc.valence"), 0.6);
    EXPECT_GT(corpus.figures.at("frame_encoder.val_ccc.valence"), 0.6);
    EXPECT_GT(corpus.figures.at("frame_encoder.val_ccc.happy"), 0.5);
}

TEST(Prepare, CancelledTrainingGoesOnExactly) {
    TempDir folder;
    TinyCorpus().write(folder / "corpus");
    const TrainOptions options = tinyOptions(folder / "corpus", folder / "run");
    TrainServices services = tinyServices(folder / "whole");
    services.prepare.encoderSteps = 20;
    services.prepare.speechSteps = 20;
    JobContext silent;
    setenv("OMP_NUM_THREADS", "1", 0);
    torch::set_num_threads(1);
    const std::filesystem::path whole = prepareCorpus(options, services, silent).folder;
    services.cache = folder / "cut";
    int cancels = 0;
    std::string last;
    for (const std::string what : {"training the speech", "training the frame"}) {
        JobContext* handle = nullptr;
        JobContext job([&](const JobEvent& event) {
            const auto* progress = std::get_if<ProgressEvent>(&event);
            if (progress && progress->text.starts_with(what) && progress->done >= 1) handle->requestCancel();
        });
        handle = &job;
        try {
            prepareCorpus(options, services, job);
        } catch (const Cancelled&) { ++cancels; }
    }
    EXPECT_EQ(cancels, 2);
    const std::filesystem::path cut = prepareCorpus(options, services, silent).folder;
    for (const char* name : {"speech_head.safetensors", "frame_encoder.safetensors"})
        EXPECT_EQ(sha256OfFile(whole / name), sha256OfFile(cut / name)) << name;
    for (const auto& entry : std::filesystem::directory_iterator(cut))
        EXPECT_EQ(entry.path().filename().string().find("partial"), std::string::npos);
}

TEST(Sampler, CursorAndCrops) {
    TempDir folder;
    TinyCorpus().write(folder / "corpus");
    JobContext job;
    TrainOptions options = tinyOptions(folder / "corpus", folder / "run");
    options.dropFace = 0.3;
    options.dropSpeech = 0.3;
    const PreparedCorpus corpus = prepareCorpus(options, tinyServices(folder / "cache"), job);
    Sampler one(corpus, options);
    for (int i = 0; i < 3; ++i) one.next();
    const std::string cursor = one.cursor();
    std::vector<Batch> after;
    bool faces = false, voices = false;
    for (int i = 0; i < 12; ++i) {
        after.push_back(one.next());
        EXPECT_FALSE((after.back().faceDropped & after.back().speechDropped).any().item<bool>());
        faces |= after.back().faceDropped.any().item<bool>();
        voices |= after.back().speechDropped.any().item<bool>();
    }
    EXPECT_TRUE(faces && voices);
    Sampler two(corpus, options);
    two.restore(cursor);
    for (const Batch& batch : after) {
        const Batch again = two.next();
        EXPECT_TRUE(torch::equal(batch.faceFeatures, again.faceFeatures));
        EXPECT_TRUE(torch::equal(batch.listenerCoeffs, again.listenerCoeffs));
        EXPECT_TRUE(torch::equal(batch.faceDropped, again.faceDropped));
    }
    EXPECT_GT(one.epoch(), 5); // 8 pairs, 4 a batch
    EXPECT_THROW(two.restore("nonsense"), Error);

    options.stride = 3;
    Sampler strided(corpus, options);
    const Batch batch = strided.next();
    EXPECT_EQ(batch.mfcc.size(1), 8);
    EXPECT_EQ(batch.listenerEmotion.size(1), 8);

    const auto windows = one.validation(3), same = one.validation(3);
    ASSERT_EQ(windows.size(), 1u);
    EXPECT_EQ(windows[0].items, 3);
    EXPECT_TRUE(torch::equal(windows[0].batch.mfcc, same[0].batch.mfcc));
    EXPECT_FALSE(windows[0].batch.faceDropped.any().item<bool>());
}

TEST(Sampler, NeighboursAreTheListenersThatTheMatrixNames) {
    TempDir folder;
    TinyCorpus().write(folder / "corpus"); // rows 0 and 1 are appropriate for each other, 2 and 3 too, both directions
    JobContext job;
    const TrainOptions options = tinyOptions(folder / "corpus", folder / "run");
    const PreparedCorpus corpus = prepareCorpus(options, tinyServices(folder / "cache"), job);
    EXPECT_EQ(corpus.trainNeighbours,
              (std::vector<std::vector<int>>{{0, 1}, {0, 1}, {2, 3}, {2, 3}, {4, 5}, {4, 5}, {6, 7}, {6, 7}}));
    Sampler plain(corpus, options), one(corpus, options, 1), many(corpus, options, 10), again(corpus, options, 10);
    EXPECT_FALSE(plain.next().neighbourEmotion.defined());
    bool own = false, other = false;
    for (int i = 0; i < 12; ++i) {
        const Batch few = one.next();
        EXPECT_EQ(few.neighbourCounts, (std::vector<int64_t>{1, 1, 1, 1}));
        for (int64_t k = 0; k < 4; ++k)
            (torch::equal(few.neighbourEmotion[k], few.listenerEmotion[k]) ? own : other) = true;
        const std::string cursor = many.cursor();
        const Batch batch = many.next();
        EXPECT_EQ(batch.neighbourCounts, (std::vector<int64_t>{2, 2, 2, 2}));
        EXPECT_EQ(batch.neighbourCoeffs.sizes(), (std::vector<int64_t>{8, 24, kCoeffDims}));
        for (int64_t k = 0; k < 4; ++k) { // the own listener is one of the two, cut at the same frames
            const bool first = torch::equal(batch.neighbourEmotion[2 * k], batch.listenerEmotion[k]),
                       second = torch::equal(batch.neighbourEmotion[2 * k + 1], batch.listenerEmotion[k]);
            EXPECT_NE(first, second);
            EXPECT_TRUE(torch::equal(batch.neighbourCoeffs[2 * k + (first ? 0 : 1)], batch.listenerCoeffs[k]));
        }
        again.restore(cursor);
        EXPECT_TRUE(torch::equal(again.next().neighbourEmotion, batch.neighbourEmotion));
    }
    EXPECT_TRUE(own && other); // a draw, not the first ones
}

TEST(Sampler, ReconstructionByHand) {
    TrainOptions options;
    options.weightEmotion = 10;
    options.weightExpression = 2;
    options.weightPose = 3;
    const torch::Tensor emotion = torch::zeros({1, 4, kEmotionDims}), coeffs = torch::zeros({1, 4, kCoeffDims});
    torch::Tensor moved = coeffs.clone();
    moved.narrow(-1, 0, kShapeDims).fill_(0.5);
    moved.narrow(-1, kShapeDims, 6).fill_(2);
    EXPECT_NEAR(reconstruction(options, emotion + 1, moved, emotion, coeffs), 10 + 2 * 0.25 + 3 * 4, 1e-5);
}
