// Sizes and codebook of FaceAIS, and what it promises beyond the contract of every host: it reacts online.
#include "core/api/error.h"
#include "core/api/reaction_model.h"
#include "core/models/faceais_losses.h"
#include "core/models/faceais_stream.h"
#include "core/models/faceais_trainable.h"
#include "core/nn/noise.h"
#include "tests/core/models/fake_clip.h"
#include "tests/core/models/training_batch.h"
#include "tests/support/shared.h"

#include <gtest/gtest.h>

namespace emc {
namespace {
using namespace test;

constexpr const char* kModels[] = {"faceais", "faceais-emc", "faceais-emc-no-ea"};

TEST(FaceAis, PublishedSizes) { // models.md 3.3
    EXPECT_EQ(parameterCount(*FaceTokenizer(TokenizerSizes{}, 0)), 27570568);
    EXPECT_EQ(parameterCount(*FaceAisPredictor(FaceAisConfig::of("faceais", "compat", 1, true))), 86087896);
}

TEST(FaceAis, ParametersAreTheSumOfTheParts) {
    for (const char* name : kModels) {
        const FaceAisConfig config = FaceAisConfig::of(name, "fixed");
        const PredictorSizes& p = config.predictor;
        const auto each = [&](long times, torch::nn::Module& part) { return times * parameterCount(part); };
        FaceTokenizer tokenizer(config.tokenizer, 0);
        FaceAisPredictor predictor(config);
        long sum = each(1, *tokenizer) + each(1, *predictor) + p.patch * p.width; // what stands before the first patch
        if (config.cma) sum += each(2, *Cma(p.width, p.heads, 0));
        if (config.ea) {
            const int64_t w = config.tokenizer.width;
            sum += each(4, *EmotionAttention(p.width, p.heads, 0)) + each(1, *EmotionMlp(p.width)) +
                   each(1, *torch::nn::Linear(w, p.width)) + each(1, *torch::nn::Linear(p.width, w));
        }
        EXPECT_EQ(ModelCatalogue::shared().find(name).info.parameters, sum) << name;
        EXPECT_EQ(openModel(name, {})->info().parameters, sum) << name;
    }
}

TEST(FaceAis, CodebookWrapsAndKeepsItsMiddle) { // models.md 7.2
    Fsq fsq(6);
    const torch::Tensor ids = torch::arange(1000, torch::kLong), far = torch::full({4}, 1e6);
    EXPECT_TRUE(fsq->indices(fsq->codesOf(ids)).equal(ids));
    EXPECT_EQ(fsq->indices(fsq->codes(fsq->bounded(torch::zeros({4})))).item<int64_t>(), 500);
    EXPECT_EQ(fsq->indices(fsq->codes(fsq->bounded(far))).item<int64_t>(), 999);
    EXPECT_EQ(fsq->indices(fsq->codes(fsq->bounded(-far))).item<int64_t>(), 0);
    const torch::Tensor wrapped = fsq->codesOf(torch::tensor({-1, 999, 1000, 0}));
    EXPECT_TRUE(wrapped[0].equal(wrapped[1]));
    EXPECT_TRUE(wrapped[2].equal(wrapped[3]));
    torch::Tensor z = torch::full({1, 4}, .3, torch::requires_grad());
    fsq->codes(fsq->bounded(z)).sum().backward(); // rounding lets the gradient through
    EXPECT_GT(z.grad().abs().min().item<float>(), .1f);
}

TEST(FaceAis, VariantsAndSizesAreRefusedInWords) {
    EXPECT_THROW(FaceAisConfig::of("faceais", "other"), Error);
    EXPECT_THROW(FaceAisConfig::of("faceais-emc", "compat"), Error); // the published host has no EMC
    EXPECT_EQ(FaceAisConfig::of("faceais", "fixed", 4).patch(), 8);  // 32 frames at any stride
    EXPECT_EQ(FaceAisConfig::of("faceais", "fixed", 3).patch(), 11);
}

TEST(FaceAis, FusionLossOfTokensIsTheSumOfThreeDivergences) {
    const torch::Tensor a = noise({2, 5, 7}, 1), b = noise({2, 5, 7}, 2), c = noise({2, 5, 7}, 3);
    EXPECT_NEAR(tokenFusionLoss(a, a + 1, a - 2, false).item<double>(), 0, 1e-6);
    const auto kl = [](const torch::Tensor& x, const torch::Tensor& y) {
        double sum = 0;
        const torch::Tensor p = torch::softmax(x, -1), q = torch::softmax(y, -1);
        for (int64_t i = 0; i < p.numel(); ++i) {
            const double pi = p.flatten()[i].item<double>(), qi = q.flatten()[i].item<double>();
            sum += pi * std::log(pi / qi);
        }
        return sum / 10; // positions
    };
    EXPECT_NEAR(tokenFusionLoss(a, b, c, false).item<double>(), kl(a, b) + kl(a, c) + kl(b, c), 1e-5);
}

TEST(FaceAis, OneNoiseLeavesEveryPositionItsDistribution) {
    const torch::Tensor logits = torch::tensor({0.f, 1.f, -.5f}), odds = torch::softmax(logits, -1);
    const torch::Tensor u = torch::tensor(uniformNoise(5, 60000)).view({20000, 3});
    const torch::Tensor drawn = (logits + gumbelOf(u)).argmax(-1);
    for (int64_t k = 0; k < 3; ++k)
        EXPECT_NEAR(drawn.eq(k).to(torch::kFloat32).mean().item<float>(), odds[k].item<float>(), .01);
}

// Past the start, where EA is the identity.
FaceAisNet stirred(const char* name) {
    FaceAisNet net(FaceAisConfig::of(name, "fixed"));
    makeLoud(*net);
    net->eval();
    return net;
}

TEST(FaceAis, PatchByPatchWithAMemoryIsTheWholeAtOnce) {
    torch::NoGradGuard off;
    FaceAisNet net = stirred("faceais-emc");
    constexpr int64_t kPatches = 11; // more than are looked at
    const int64_t patch = net->config().patch(), frames = kPatches * patch;
    const torch::Tensor coeffs = .3 * noise({1, frames, kCoeffDims}, 1), mfcc = noise({1, frames, kMfccDims}, 2),
                        emotion = noise({1, frames, kEmotionDims}, 4),
                        gumbel = gumbelOf(torch::tensor(uniformNoise(9, 2000)).view({2, 1000}));
    const auto rows = [&](const torch::Tensor& x) { return x.reshape({-1, patch, x.size(-1)}); };
    const EmotionSides sides = net->emotionSides(rows(emotion), {}, {}, {});
    const torch::Tensor stream =
        net->speakerStream(rows(net->encodeFace(coeffs)), rows(net->encodeSpeech(mfcc)), sides, 1);
    std::vector<torch::Tensor> said;
    const torch::Tensor tokens = listenerTokens(*net, stream, 2, [&](int64_t, const torch::Tensor& logits) {
        said.push_back(logits);
        return (logits + gumbel.unsqueeze(1)).argmax(-1) + kFirstToken;
    });
    // All listeners' logits at once, from the tokens that were drawn.
    const torch::Tensor heard =
        torch::cat({torch::full({2, patch}, kMaskToken, torch::kLong), tokens.slice(1, 0, -patch)}, 1);
    EXPECT_TRUE(torch::allclose(net->logits(heard, stream), torch::cat(said, 1), 1e-3, 1e-4));
    const ReactionTensors whole =
        net->faces(net->tokenizer()->quantizer()->codesOf(tokens - kFirstToken), sides.sample);
    FaceAisStream live(net, gumbel);
    for (int64_t k = 0; k < kPatches; ++k) {
        const auto part = [&](const torch::Tensor& x) { return x.narrow(1, (k - 1) * patch, patch); };
        const ReactionTensors now = k == 0 ? live.first() : live.next(part(coeffs), part(mfcc), part(emotion));
        EXPECT_TRUE(torch::allclose(now.emotion, whole.emotion.narrow(1, k * patch, patch), 1e-3, 1e-4)) << k;
        EXPECT_TRUE(torch::allclose(now.coeffs, whole.coeffs.narrow(1, k * patch, patch), 1e-3, 1e-4)) << k;
    }
}

// Another person from a given frame on.
class LaterChanged : public FakeClip {
public:
    LaterChanged(int frames, int from) : FakeClip(frames), m_from(from) {}
    std::shared_ptr<const FaceTrack> face() const override {
        auto track = std::make_shared<FaceTrack>(*FakeClip::face());
        for (std::size_t i = at(kEmotionDims); i < track->emotion.size(); ++i)
            track->emotion[i] = .9f - track->emotion[i];
        for (std::size_t i = at(kCoeffDims); i < track->coeffs.size(); ++i) track->coeffs[i] += 2;
        return track;
    }
    std::shared_ptr<const SpeechTrack> speech() const override {
        auto track = std::make_shared<SpeechTrack>(*FakeClip::speech());
        for (std::size_t i = at(kMfccDims); i < track->mfcc.size(); ++i) track->mfcc[i] = 3 - track->mfcc[i];
        return track;
    }

private:
    std::size_t at(int dims) const { return static_cast<std::size_t>(m_from) * static_cast<std::size_t>(dims); }
    int m_from;
};

TEST(FaceAis, TheFutureDoesNotMatter) {
    constexpr int kFrames = 150, kFrom = 64,
                  kFirstToldFrame = 96; // patches of 32: what is new is known one patch later
    JobContext job;
    for (const char* name : kModels) {
        const TempDir folder;
        FaceAisNet net = stirred(name);
        const auto trainable = makeFaceAisTrainable(optionsFor(name), net);
        CheckpointRef ref;
        ref.path = folder / "m.safetensors";
        saveModule(*net, ref.path, trainable->metadata());
        for (const Availability& availability :
             {Availability{}, Availability::withoutFace(), Availability::withoutSpeech()}) {
            ReactOptions options;
            options.samples = 2;
            options.availability = availability;
            const Reactions plain = openModel(name, ref)->react(FakeClip(kFrames), options, job),
                            changed = openModel(name, ref)->react(LaterChanged(kFrames, kFrom), options, job);
            double later = 0;
            for (int k = 0; k < 2; ++k)
                for (int t = 0; t < kFrames; ++t)
                    for (int c = 0; c < kEmotionDims; ++c) {
                        const auto i = static_cast<std::size_t>((k * kFrames + t) * kEmotionDims + c);
                        const double d = std::abs(plain.emotion[i] - changed.emotion[i]);
                        if (t < kFirstToldFrame) ASSERT_LT(d, 1e-4) << name << " frame " << t;
                        else later = std::max(later, d);
                    }
            EXPECT_GT(later, 1e-3) << name;
        }
        // A shorter clip is the beginning of a longer one.
        ReactOptions options;
        options.samples = 1;
        const Reactions whole = openModel(name, ref)->react(FakeClip(kFrames), options, job);
        options.frames = 96;
        const Reactions part = openModel(name, ref)->react(FakeClip(kFrames), options, job);
        for (std::size_t i = 0; i < part.emotion.size(); ++i) ASSERT_NEAR(part.emotion[i], whole.emotion[i], 1e-4);
    }
}

TEST(FaceAis, MapsAndDistributionsAreOfTheWholeClip) {
    ReactOptions options;
    options.samples = 2;
    options.attention = {"tokens/distribution", "lt_h/cross"};
    JobContext job;
    const Reactions out = openModel("faceais", {})->react(FakeClip(100), options, job);
    ASSERT_EQ(out.attention.size(), 3u); // two layers and the distribution
    for (const AttentionMap& map : out.attention) {
        EXPECT_EQ(map.queries, 100);
        if (map.site == "tokens") EXPECT_EQ(map.keys, 1000);
        else // nothing later than one's own patch
            for (int q = 0; q < 100; ++q)
                for (int k = (q / 32 + 1) * 32; k < 100; ++k)
                    ASSERT_EQ(map.weights[static_cast<std::size_t>(q * map.keys + k)], 0);
    }
    options.attention = {"all"};
    EXPECT_THROW(openModel("faceais", {})->react(FakeClip(20000), options, job), Error);
}

TEST(FaceAis, LearnsInStages) {
    const Batch batch = smallBatch(2, 96);
    for (const char* variant : {"fixed", "compat"}) {
        const auto model = makeFaceAisTrainable(optionsFor("faceais", variant));
        const long first = model->firstWholeStep(100);
        ASSERT_GT(first, 1);
        std::vector<torch::Tensor> trained;
        for (auto& p : model->module().parameters(true)) trained.push_back(p);
        torch::optim::AdamW optimizer(trained, torch::optim::AdamWOptions(2e-3));
        std::vector<double> losses;
        for (int step = 0; step < 8; ++step) {
            const StepLoss loss = model->loss(batch, generator(1), 0, 100);
            losses.push_back(loss.parts.at("tokenizer"));
            optimizer.zero_grad();
            loss.total.backward();
            for (const auto& p : model->module().named_parameters(true)) // the predictor waits
                EXPECT_EQ(p.value().grad().defined(), p.key().starts_with("face_tokenizer.")) << p.key();
            optimizer.step();
        }
        EXPECT_LT(losses.back(), .9 * losses.front()) << variant;
        const StepLoss loss = model->loss(batch, generator(1), first, 100);
        EXPECT_EQ(loss.parts.count("tokenizer"), 0u);
        optimizer.zero_grad();
        loss.total.backward();
        for (const auto& p : model->module().named_parameters(true))
            if (p.key().starts_with("face_tokenizer.")) EXPECT_FALSE(p.value().grad().defined()) << p.key();
        EXPECT_GT(model->validate(batch, generator(1)).at("rec_tokenizer"), 0);
    }
    EXPECT_THROW(makeFaceAisTrainable(optionsFor("faceais"))->loss(smallBatch(1, 20), generator(1), 90, 100), Error);
}

TEST(FaceAis, CorruptedTokensChangeTheirShare) {
    const torch::Tensor ids = torch::randint(1000, {40, 50}, generator(1), torch::kLong);
    auto random = generator(2);
    const torch::Tensor mixed = corruptedTokens(ids, noise({40, 50, 1000}, 3), .2, random);
    EXPECT_NEAR(mixed.ne(ids).to(torch::kFloat32).mean().item<float>(), .2, .03);
    EXPECT_TRUE(mixed.ge(0).all().item<bool>() && mixed.lt(1000).all().item<bool>());
}

} // namespace
} // namespace emc
