// What the training of every model in the catalogue must keep, whoever registers there.
#include <gtest/gtest.h>

#include <cmath>

#include "core/api/error.h"
#include "core/api/reaction_model.h"
#include "tests/core/models/fake_clip.h"
#include "tests/core/models/training_batch.h"
#include "tests/support/shared.h"

namespace emc {
namespace {
using namespace test;

// Hosts of face and voice; BeLFusion, which learns in stages from emotion alone, has its own tests.
std::vector<std::string> trainable() {
    std::vector<std::string> names;
    for (const ModelEntry& entry : ModelCatalogue::shared().entries())
        if (entry.makeTrainable && entry.info.modalities.size() == 2) names.push_back(entry.info.name);
    return names;
}

class TrainingContract : public testing::TestWithParam<std::string> {
protected:
    static std::shared_ptr<TrainableModel> make(const TrainOptions& options) {
        return ModelCatalogue::shared().find(GetParam()).makeTrainable(writeTrainOptions(options));
    }
    static bool imagines() { return ModelCatalogue::shared().find(GetParam()).info.condition.starts_with("emc"); }
    static bool feels() { return ModelCatalogue::shared().find(GetParam()).info.condition == "emc"; }
    static double lossOf(const TrainOptions& options, const Batch& batch, std::uint64_t seed = 1) {
        const auto model = make(options);
        return model->loss(batch, generator(seed), model->firstWholeStep(10) + 3, 10).total.item<double>();
    }
    // Not every model has both.
    static std::vector<std::string> variants() {
        std::vector<std::string> all{"fixed"};
        try {
            make(optionsFor(GetParam(), "compat"));
            all.push_back("compat");
        } catch (const Error& refused) {
            EXPECT_NE(std::string(refused.what()).find("compat"), std::string::npos);
            EXPECT_TRUE(imagines()); // a plain host can always be trained as it was published
        }
        return all;
    }
};

TEST_P(TrainingContract, AFewStepsLowerTheLossAndEveryGradientIsFinite) {
    const Batch batch = smallBatch(2, 80);
    for (const std::string& variant : variants()) {
        const auto model = make(optionsFor(GetParam(), variant));
        std::vector<torch::Tensor> trained;
        for (auto& p : model->module().parameters(true))
            if (p.requires_grad()) trained.push_back(p);
        torch::optim::AdamW optimizer(trained, torch::optim::AdamWOptions(3e-3));
        double before = 0, last = 0;
        constexpr int kSteps = 8;
        for (int step = 0; step < kSteps; ++step) {
            const long first = model->firstWholeStep(100), at = first + step;
            const StepLoss loss = model->loss(batch, generator(static_cast<std::uint64_t>(step)), at, first + kSteps);
            optimizer.zero_grad();
            loss.total.backward();
            for (const auto& p : model->module().named_parameters(true)) {
                if (!p.value().grad().defined() || (step > 0 && step < kSteps - 1)) continue;
                ASSERT_TRUE(torch::isfinite(p.value().grad()).all().item<bool>()) << variant << " " << p.key();
            }
            // The host's own aim: the reaction, or where the original's criterion is compared before it.
            for (const char* aim : {"nearest", "rec", "token"})
                if (loss.parts.count(aim)) last = loss.parts.at(aim);
            if (step == 0) {
                for (const auto& p : model->module().named_parameters(true)) // both frozen networks
                    if (p.key().starts_with("ser.") || p.key().find("video_encoder") != std::string::npos)
                        EXPECT_FALSE(p.value().requires_grad()) << p.key();
                EXPECT_EQ(loss.parts.count("cma_f"), imagines() ? 1u : 0u);
                EXPECT_EQ(loss.parts.count("fusion"), imagines() ? 1u : 0u);
                before = last;
            }
            optimizer.step();
        }
        EXPECT_LT(last, .95 * before) << variant;
    }
}

TEST_P(TrainingContract, LossIsReproducibleAndSwitchesMatter) {
    const Batch batch = smallBatch(3, 80);
    const auto loss = [&](auto&& edit, std::uint64_t seed = 1) {
        TrainOptions options = optionsFor(GetParam());
        edit(options);
        return lossOf(options, batch, seed);
    };
    const double base = loss([](auto&) {});
    EXPECT_EQ(base, loss([](auto&) {}));
    EXPECT_NE(base, loss([](auto&) {}, 2));
    EXPECT_NE(base, loss([](auto& o) { o.weightPose = 10; }));
    if (variants().size() > 1) EXPECT_NE(base, loss([](auto& o) { o.variant = "compat"; }));
    EXPECT_NE(base, loss([](auto& o) { o.seed = 2; }));
    EXPECT_EQ(base == loss([](auto& o) { o.lambdaCma = 0; }), !imagines());
    EXPECT_EQ(base == loss([](auto& o) { o.lambdaFusion = 0; }), !imagines());
    EXPECT_EQ(base == loss([](auto& o) { o.substitute = "zeros"; }), !imagines());
    EXPECT_THROW(loss([](auto& o) { o.substitute = "ones"; }), Error);
    EXPECT_THROW(loss([](auto& o) { o.variant = "other"; }), Error);
}

TEST_P(TrainingContract, TheSubstitutedFaceGoesWithTheEmotionInTheVoice) {
    if (!feels()) return;
    // Which branches of the e-MLP learn tells which emotion was seen.
    Batch batch = smallBatch(4, 80);
    const auto gradientOf = [&](const char* branch, bool face, bool speech, double withheld) {
        TrainOptions options = optionsFor(GetParam());
        options.lambdaFusion = 0;
        options.withholdEmotion = withheld;
        batch.faceDropped = torch::full({4}, face);
        batch.speechDropped = torch::full({4}, speech);
        const auto model = make(options);
        torch::NoGradGuard off;
        // Past the start, where the zero projections block every gradient.
        for (auto& p : model->module().named_parameters(true))
            if (p.key().find("_ea") != std::string::npos && p.key().find("out_proj.weight") != std::string::npos)
                p.value().fill_(.02);
        torch::AutoGradMode on(true);
        model->loss(batch, generator(1), model->firstWholeStep(10), 10).total.backward();
        const torch::Tensor g =
            model->module().named_parameters(true)[std::string("emc.e_mlp.") + branch + ".weight"].grad();
        return g.defined() ? g.abs().sum().item<double>() : 0.0;
    };
    EXPECT_GT(gradientOf("branch_speech", true, false, 0), 0);
    EXPECT_EQ(gradientOf("branch_face", true, false, 0), 0);
    EXPECT_GT(gradientOf("branch_face", false, true, 0), 0);
    EXPECT_EQ(gradientOf("branch_speech", false, true, 0), 0);
    EXPECT_EQ(gradientOf("branch_face", false, true, 1), 0);
}

TEST_P(TrainingContract, DroppedModalitiesOfThePlainHostAreZeros) {
    if (imagines()) return;
    Batch batch = smallBatch(3, 80), other = smallBatch(3, 80);
    batch.faceDropped = other.faceDropped = torch::ones({3}, torch::kBool);
    other.faceFeatures = other.faceFeatures + 3;
    other.speakerCoeffs = other.speakerCoeffs + 3;
    const TrainOptions options = optionsFor(GetParam());
    EXPECT_EQ(lossOf(options, batch), lossOf(options, other));
    other.faceDropped = torch::zeros({3}, torch::kBool);
    EXPECT_NE(lossOf(options, batch), lossOf(options, other));
}

TEST_P(TrainingContract, ValidationIsOfTheHostsTermsInEveryCondition) {
    const Batch batch = smallBatch(2, 80);
    for (const std::string& variant : variants()) {
        const auto model = make(optionsFor(GetParam(), variant));
        const auto values = model->validate(batch, generator(1));
        EXPECT_EQ(values, model->validate(batch, generator(1)));
        EXPECT_GT(values.at("rec"), 0);
        EXPECT_EQ(values.count("rec_no_face"), imagines() ? 1u : 0u);
        EXPECT_EQ(values.count("rec_no_speech"), imagines() ? 1u : 0u);
    }
}

TEST_P(TrainingContract, JointEncoderLearnsFromFrames) {
    TrainOptions options = optionsFor(GetParam());
    options.encoder = "joint";
    Batch batch = smallBatch(1, 8);
    batch.faceFeatures.reset();
    batch.frames = torch::tanh(noise({1, 8, 3, 32, 32}, 3));
    const auto model = make(options);
    if (model->firstWholeStep(10) > 0) return; // reads coefficients, not pictures
    model->loss(batch, generator(1), 0, 10).total.backward();
    double learnt = 0;
    for (const auto& p : model->module().named_parameters(true))
        if (p.key().ends_with("video_encoder.Conv3D.conv1.weight") && p.value().grad().defined())
            learnt += p.value().grad().abs().sum().item<double>();
    EXPECT_GT(learnt, 0);
}

TEST_P(TrainingContract, SavedTrainableOpensAsTheSameModel) {
    const TempDir folder;
    const FakeClip clip(60);
    JobContext job;
    for (const std::string& variant : variants()) {
        TrainOptions options = optionsFor(GetParam(), variant);
        options.seed = 5;
        const auto model = make(options);
        setTensor(model->module(), "emc.coeff_mean", torch::full({58}, 4.f));
        CheckpointRef ref;
        ref.path = folder / (variant + ".safetensors");
        saveModule(model->module(), ref.path, model->metadata());
        ReactOptions react;
        react.samples = 2;
        const Reactions first = openModel(GetParam(), ref)->react(clip, react, job),
                        again = openModel(GetParam(), ref)->react(clip, react, job);
        EXPECT_EQ(first.emotion, again.emotion);
        EXPECT_EQ(first.meta.at("variant"), variant);
        EXPECT_EQ(first.meta.at("checkpoint_hash").size(), 64u);
        EXPECT_EQ(first.coeffs.empty(), !openModel(GetParam(), ref)->info().givesCoeffs);
        double mean = 0;
        for (const float x : first.coeffs) mean += x / static_cast<double>(first.coeffs.size());
        if (!first.coeffs.empty()) EXPECT_NEAR(mean, 4, 1.5); // the corpus' mean face is added back
        for (const std::string& other : trainable())
            if (other != GetParam()) EXPECT_THROW(openModel(other, ref), Error) << other;
        if (variant != "fixed") continue;
        // The same weights as the trained ones: an untrained model of the same seed answers the same. It knows no mean
        // face, which some hosts take off what they see.
        setTensor(model->module(), "emc.coeff_mean", torch::zeros({58}));
        ref.path = folder / "without_mean.safetensors";
        saveModule(model->module(), ref.path, model->metadata());
        const Reactions own = openModel(GetParam(), ref)->react(clip, react, job);
        CheckpointRef fresh;
        fresh.seed = 5;
        fresh.videoSize = 32;
        const Reactions plain = openModel(GetParam(), fresh)->react(clip, react, job);
        ASSERT_EQ(plain.emotion.size(), own.emotion.size());
        for (std::size_t i = 0; i < plain.emotion.size(); ++i) ASSERT_NEAR(plain.emotion[i], own.emotion[i], 1e-5);
    }
}

TEST_P(TrainingContract, StridedModelsAnswerAtFullRate) {
    const TempDir folder;
    TrainOptions options = optionsFor(GetParam());
    options.stride = 3;
    const auto model = make(options);
    CheckpointRef ref;
    ref.path = folder / "m.safetensors";
    saveModule(model->module(), ref.path, model->metadata());
    ReactOptions react;
    react.samples = 2;
    react.availability = Availability::withoutFace();
    JobContext job;
    const Reactions out = openModel(GetParam(), ref)->react(FakeClip(200), react, job);
    EXPECT_EQ(out.frames, 200);
    // Between the middles of two tokens the answer is a straight line.
    for (int c = 0; c < kEmotionDims; ++c) {
        const auto at = [&](int t) { return out.emotion[static_cast<std::size_t>(t * kEmotionDims + c)]; };
        EXPECT_NEAR(at(5), at(4) + (at(7) - at(4)) / 3, 1e-5);
    }
}

INSTANTIATE_TEST_SUITE_P(Every, TrainingContract, testing::ValuesIn(trainable()), [](const auto& info) {
    std::string name = info.param;
    std::replace(name.begin(), name.end(), '-', '_');
    return name;
});

} // namespace
} // namespace emc
