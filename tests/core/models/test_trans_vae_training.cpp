// Losses, gradients, parameter counts, checkpoints of the Trans-VAE family.
#include <gtest/gtest.h>
#include <torch/torch.h>

#include <cmath>
#include <numbers>

#include "core/api/error.h"
#include "core/api/reaction_model.h"
#include "core/models/mean_statistics.h"
#include "core/models/trans_vae_losses.h"
#include "core/models/trans_vae_trainable.h"
#include "core/nn/checkpoint.h"
#include "core/nn/noise.h"
#include "tests/core/models/fake_clip.h"
#include "tests/support/shared.h"

namespace emc {
namespace {

// Tiny tensors: more threads only wait for each other.
const bool g_oneThread = [] {
    torch::set_num_threads(1);
    return true;
}();

const std::vector<std::string> kFamily = {"trans-vae", "trans-vae-emc", "trans-vae-emc-no-ea"};

torch::Generator generator(std::uint64_t seed) {
    return at::make_generator<at::CPUGeneratorImpl>(seed);
}
torch::Tensor noise(std::vector<int64_t> shape, std::uint64_t seed) {
    return torch::randn(shape, generator(seed));
}

// The listener follows what face and speech carry.
Batch smallBatch(int64_t clips = 4, int64_t frames = 12) {
    Batch batch;
    const torch::Tensor hidden = noise({clips, frames, 6}, 1);
    const auto shown = [&](int64_t width, std::uint64_t seed) {
        return torch::tanh(torch::matmul(hidden, noise({6, width}, seed))) +
               .1 * noise({clips, frames, width}, seed + 1);
    };
    batch.faceFeatures = shown(128, 10);
    batch.mfcc = shown(78, 20);
    batch.speakerEmotion = shown(25, 30);
    batch.speechEmotion = shown(10, 40);
    batch.listenerEmotion = shown(25, 50);
    batch.listenerCoeffs = .3 * shown(58, 60);
    return batch;
}

TrainOptions optionsFor(const std::string& model, const std::string& variant) {
    TrainOptions options;
    options.model = model;
    options.variant = variant;
    options.videoSize = 32;
    return options;
}

long countOf(const std::string& model, const std::string& variant, const std::string& part = {}) {
    TransVaeNet net(TransVaeConfig::of(model, variant));
    long count = 0;
    for (const auto& p : net->named_parameters(true))
        if (part.empty() ? !p.key().starts_with("ser.") : p.key().starts_with(part))
            count += static_cast<long>(p.value().numel());
    return count;
}

TEST(TransVaeNet, ParameterCounts) {
    EXPECT_EQ(countOf("trans-vae", "compat"), 1315891);
    EXPECT_EQ(countOf("trans-vae", "compat", "speaker_behaviour_encoder."), 707296);
    EXPECT_EQ(countOf("trans-vae", "compat", "reaction_decoder.vae_model."), 149248);
    EXPECT_EQ(countOf("trans-vae", "compat", "fusion."), 27136);
    EXPECT_EQ(countOf("trans-vae", "compat", "reaction_decoder.listener_reaction_decoder_1"), 198784);
    EXPECT_EQ(countOf("trans-vae-emc", "fixed", "emc.u_ea_f."), 199168);
    EXPECT_EQ(countOf("trans-vae-emc", "fixed", "emc.cma_s."), 355584);
    EXPECT_EQ(countOf("trans-vae-emc", "fixed", "emc.e_mlp."), 21504);
    EXPECT_EQ(countOf("trans-vae-emc", "fixed", "emc."), 4 * 199168 + 2 * 355584 + 21504);
    EXPECT_EQ(countOf("trans-vae-emc", "fixed", "ser."), 445578);
    // What the catalogue says.
    for (const std::string& name : kFamily)
        EXPECT_EQ(countOf(name, "fixed"), ModelCatalogue::shared().find(name).info.parameters) << name;
}

TEST(TransVaeNet, CompatHasExactlyTheTensorsOfTheOriginal) {
    TransVaeNet net(TransVaeConfig::of("trans-vae", "compat"));
    EXPECT_EQ(net->named_parameters(true).size(), 71u);
    const auto names = net->named_parameters(true);
    for (const char* name : {"speaker_behaviour_encoder.video_encoder.Conv3D.conv5.weight",
                             "speaker_behaviour_encoder.audio_feature_map.bias",
                             "reaction_decoder.vae_model.seqTransEncoder.layers.0.self_attn.in_proj_weight",
                             "reaction_decoder.listener_reaction_decoder_2.layers.0.multihead_attn.out_proj.bias",
                             "reaction_decoder.listener_reaction_emotion_map_layer.1.weight", "fusion.weight"})
        EXPECT_NE(names.find(name), nullptr) << name;
    EXPECT_EQ(net->named_buffers(true)["reaction_decoder.PE.pe"].sizes(), (std::vector<int64_t>{5000, 1, 128}));
}

TEST(TransVaeNet, CompatDistributionForgetsTheOrderOfFrames) {
    TransVaeNet net(TransVaeConfig::of("trans-vae", "compat"));
    net->eval();
    torch::NoGradGuard off;
    const torch::Tensor m = noise({1, 9, 128}, 1);
    EXPECT_LT((net->bottleneck(m).mu - net->bottleneck(m.flip(1)).mu).abs().max().item<float>(), 1e-5f);
    TransVaeNet timed(TransVaeConfig::of("trans-vae", "fixed"));
    timed->eval();
    EXPECT_EQ(timed->bottleneck(m).mu.sizes(), m.sizes());
    EXPECT_GT((timed->bottleneck(m).mu - timed->bottleneck(m.flip(1)).mu.flip(1)).abs().max().item<float>(), 1e-3f);
}

TEST(TransVaeNet, AttachingEmotionAttentionChangesNothingAtFirst) {
    TransVaeConfig with = TransVaeConfig::of("trans-vae-emc", "fixed"),
                   without = TransVaeConfig::of("trans-vae-emc-no-ea", "fixed");
    TransVaeNet a(with), b(without);
    a->eval();
    b->eval();
    torch::NoGradGuard off;
    const Batch batch = smallBatch(1);
    const auto run = [&](TransVaeNet& net) {
        const EmotionSides sides = net->emotionSides(batch.speakerEmotion, {}, {}, {});
        const auto q = net->bottleneck(net->fuse(net->unimodal(true, batch.faceFeatures, sides),
                                                 net->unimodal(false, net->encodeSpeech(batch.mfcc), sides), sides));
        return net->decode(q.mu, 12, sides).emotion;
    };
    EXPECT_LT((run(a) - run(b)).abs().max().item<float>(), 1e-6f);
}

TEST(TransVaeLosses, GaussianKlAgainstNumericIntegration) {
    const double ma = .3, sa = .7, mb = -.5, sb = 1.4;
    const auto one = [](double mu, double sigma) {
        return LatentDistribution{torch::full({1}, mu, torch::kFloat64),
                                  torch::full({1}, 2 * std::log(sigma), torch::kFloat64)};
    };
    double integral = 0;
    const double step = 1e-3;
    for (double x = -12; x < 12; x += step) {
        const double la = -.5 * std::pow((x - ma) / sa, 2) - std::log(sa),
                     lb = -.5 * std::pow((x - mb) / sb, 2) - std::log(sb);
        integral += std::exp(la) / std::sqrt(2 * std::numbers::pi) * (la - lb) * step;
    }
    EXPECT_NEAR(gaussianKl(one(ma, sa), one(mb, sb), false).item<double>(), integral, 1e-5);
    EXPECT_NEAR(gaussianKl(one(ma, sa), one(0, 1), false).item<double>(), standardKl(one(ma, sa)).item<double>(),
                1e-12);
    // The floor replaces sigma < 1 by 1.
    EXPECT_NEAR(gaussianKl(one(ma, sa), one(mb, .1), true).item<double>(), .5 * std::pow(ma - mb, 2), 1e-9);
}

TEST(TransVaeLosses, Equation14AndTheOthers) {
    const LatentDistribution q{noise({2, 5, 8}, 1), noise({2, 5, 8}, 2)};
    for (const bool floor : {false, true}) EXPECT_NEAR(fusionLoss(q, q, q, floor).item<double>(), 0, 1e-6);
    const LatentDistribution other{q.mu + 1, q.logVariance};
    EXPECT_GT(fusionLoss(q, other, q, true).item<double>(), .1);
    const torch::Tensor y = noise({3, 4, 5}, 3);
    EXPECT_FLOAT_EQ(diversityLoss(y, y).item<float>(), 1.f);
    EXPECT_NEAR(diversityLoss(y, y + 1).item<double>(), std::exp(-20. / 100), 1e-5);
    ReactionTensors reaction{torch::zeros({1, 2, 58}), torch::zeros({1, 2, 25})};
    const torch::Tensor coeffs = torch::cat({torch::full({1, 2, 52}, 2.f), torch::full({1, 2, 6}, 3.f)}, -1);
    EXPECT_NEAR(reconstructionLoss(reaction, coeffs, torch::ones({1, 2, 25}), {10, 1, 100}).item<double>(),
                10 + 4 + 900, 1e-3);
}

TEST(TransVaeTraining, AFewStepsLowerTheLossAndEveryGradientIsFinite) {
    const Batch batch = smallBatch(2, 8);
    for (const std::string& name : kFamily) {
        for (const char* variant : {"fixed", "compat"}) {
            TrainOptions options = optionsFor(name, variant);
            const auto model = makeTransVaeTrainable(options);
            std::vector<torch::Tensor> trained;
            for (auto& p : model->module().parameters(true))
                if (p.requires_grad()) trained.push_back(p);
            torch::optim::AdamW optimizer(trained, torch::optim::AdamWOptions(3e-3));
            double first = 0, last = 0;
            constexpr int kSteps = 8;
            for (int step = 0; step < kSteps; ++step) {
                const StepLoss loss = model->loss(batch, generator(static_cast<std::uint64_t>(step)), step, kSteps);
                optimizer.zero_grad();
                loss.total.backward();
                for (const auto& p : model->module().named_parameters(true)) {
                    if (!p.value().grad().defined() || (step > 0 && step < kSteps - 1)) continue;
                    ASSERT_TRUE(torch::isfinite(p.value().grad()).all().item<bool>()) << name << " " << p.key();
                }
                if (step == 0) {
                    // Frozen: the frame encoder and the speech emotion head.
                    for (const auto& p : model->module().named_parameters(true))
                        if (p.key().starts_with("ser.") || p.key().find("video_encoder") != std::string::npos)
                            EXPECT_FALSE(p.value().requires_grad()) << p.key();
                    const bool emc = name != "trans-vae";
                    EXPECT_EQ(loss.parts.count("cma_f"), emc ? 1u : 0u);
                    EXPECT_EQ(loss.parts.count("fusion"), emc ? 1u : 0u);
                    first = loss.parts.at("rec");
                }
                optimizer.step();
                last = loss.parts.at("rec");
            }
            EXPECT_LT(last, .95 * first) << name << " " << variant;
        }
    }
}

TEST(TransVaeTraining, LossIsReproducibleAndSwitchesMatter) {
    const Batch batch = smallBatch();
    const auto lossOf = [&](auto&& edit, std::uint64_t seed = 1) {
        TrainOptions options = optionsFor("trans-vae-emc", "fixed");
        edit(options);
        return makeTransVaeTrainable(options)->loss(batch, generator(seed), 3, 10).total.template item<double>();
    };
    const double base = lossOf([](auto&) {});
    EXPECT_EQ(base, lossOf([](auto&) {}));
    EXPECT_NE(base, lossOf([](auto&) {}, 2));
    EXPECT_NE(base, lossOf([](auto& o) { o.lambdaCma = 0; }));
    EXPECT_NE(base, lossOf([](auto& o) { o.lambdaFusion = 0; }));
    EXPECT_NE(base, lossOf([](auto& o) { o.substitute = "zeros"; }));
    EXPECT_NE(base, lossOf([](auto& o) { o.kl = 1; }));
    EXPECT_NE(base, lossOf([](auto& o) { o.diversity = 0; }));
    EXPECT_NE(base, lossOf([](auto& o) { o.weightPose = 10; }));
    EXPECT_NE(base, lossOf([](auto& o) { o.seed = 2; }));
    EXPECT_THROW(lossOf([](auto& o) { o.substitute = "ones"; }), Error);
    EXPECT_THROW(lossOf([](auto& o) { o.variant = "other"; }), Error);
}

TEST(TransVaeTraining, WithheldEmotionAndTheSpeechBranch) {
    // Which branches of the e-MLP learn tells which emotion was seen.
    Batch batch = smallBatch();
    const auto gradientOf = [&](const char* branch, auto&& edit) {
        TrainOptions options = optionsFor("trans-vae-emc", "fixed");
        options.lambdaFusion = 0;
        edit(options, batch);
        const auto model = makeTransVaeTrainable(options);
        torch::NoGradGuard off;
        // Past the start, where the zero projections block every gradient.
        for (auto& p : model->module().named_parameters(true))
            if (p.key().find("_ea") != std::string::npos && p.key().find("out_proj.weight") != std::string::npos)
                p.value().fill_(.02);
        torch::AutoGradMode on(true);
        model->loss(batch, generator(1), 0, 10).total.backward();
        const torch::Tensor g =
            model->module().named_parameters(true)[std::string("emc.e_mlp.") + branch + ".weight"].grad();
        return g.defined() ? g.abs().sum().item<double>() : 0.0;
    };
    const auto all = [](bool face, bool speech) {
        return [face, speech](TrainOptions& o, Batch& b) {
            o.withholdEmotion = 0;
            b.faceDropped = torch::full({4}, face);
            b.speechDropped = torch::full({4}, speech);
        };
    };
    EXPECT_GT(gradientOf("branch_speech", all(true, false)), 0);
    EXPECT_EQ(gradientOf("branch_face", all(true, false)), 0);
    EXPECT_GT(gradientOf("branch_face", all(false, true)), 0);
    EXPECT_EQ(gradientOf("branch_speech", all(false, true)), 0);
    const auto withheld = [&](TrainOptions& o, Batch& b) {
        all(false, true)(o, b);
        o.withholdEmotion = 1;
    };
    EXPECT_EQ(gradientOf("branch_face", withheld), 0);
}

TEST(TransVaeTraining, DroppedModalitiesOfThePlainHostAreZeros) {
    Batch batch = smallBatch(), other = smallBatch();
    batch.faceDropped = other.faceDropped = torch::ones({4}, torch::kBool);
    other.faceFeatures = other.faceFeatures + 3;
    const auto loss = [&](const Batch& b) {
        return makeTransVaeTrainable(optionsFor("trans-vae", "fixed"))
            ->loss(b, generator(1), 0, 10)
            .total.item<double>();
    };
    EXPECT_EQ(loss(batch), loss(other));
    other.faceDropped = torch::zeros({4}, torch::kBool);
    EXPECT_NE(loss(batch), loss(other));
}

TEST(TransVaeTraining, ValidationIsOfTheHostsTermsInEveryCondition) {
    const Batch batch = smallBatch();
    for (const std::string& name : kFamily) {
        const auto model = makeTransVaeTrainable(optionsFor(name, "fixed"));
        const auto values = model->validate(batch, generator(1));
        EXPECT_EQ(values, model->validate(batch, generator(1)));
        EXPECT_GT(values.at("rec"), 0);
        EXPECT_EQ(values.count("rec_no_face"), name == "trans-vae" ? 0u : 1u);
        EXPECT_EQ(values.count("rec_no_speech"), name == "trans-vae" ? 0u : 1u);
    }
}

TEST(TransVaeTraining, JointEncoderLearnsFromFrames) {
    TrainOptions options = optionsFor("trans-vae", "fixed");
    options.encoder = "joint";
    Batch batch = smallBatch(1, 3);
    batch.faceFeatures.reset();
    batch.frames = torch::tanh(noise({1, 3, 3, 32, 32}, 3));
    const auto model = makeTransVaeTrainable(options);
    model->loss(batch, generator(1), 0, 10).total.backward();
    const torch::Tensor g =
        model->module().named_parameters(true)["speaker_behaviour_encoder.video_encoder.Conv3D.conv1.weight"].grad();
    ASSERT_TRUE(g.defined());
    EXPECT_GT(g.abs().sum().item<double>(), 0);
}

TEST(TransVaeCheckpoint, SavedTrainableOpensAsTheSameModel) {
    const test::TempDir folder;
    const test::FakeClip clip(14);
    JobContext job;
    for (const std::string& name : kFamily) {
        for (const char* variant : {"fixed", "compat"}) {
            TrainOptions options = optionsFor(name, variant);
            options.seed = 5;
            const auto model = makeTransVaeTrainable(options);
            setTensor(model->module(), "emc.coeff_mean", torch::full({58}, 4.f));
            const auto file = folder / (name + variant + ".safetensors");
            saveModule(model->module(), file, model->metadata());
            CheckpointRef ref;
            ref.path = file;
            ReactOptions react;
            react.samples = 2;
            const Reactions first = openModel(name, ref)->react(clip, react, job),
                            again = openModel(name, ref)->react(clip, react, job);
            EXPECT_EQ(first.emotion, again.emotion);
            EXPECT_EQ(first.meta.at("variant"), variant);
            EXPECT_EQ(first.meta.at("checkpoint_hash").size(), 64u);
            double mean = 0;
            for (const float x : first.coeffs) mean += x / static_cast<double>(first.coeffs.size());
            EXPECT_NEAR(mean, 4, 1.5); // the corpus' mean face is added back
            // The same weights as the trained ones: an untrained model of the same seed answers the same without the
            // mean.
            if (std::string(variant) == "fixed") {
                CheckpointRef fresh;
                fresh.seed = 5;
                fresh.videoSize = 32;
                const Reactions plain = openModel(name, fresh)->react(clip, react, job);
                for (std::size_t i = 0; i < plain.emotion.size(); ++i)
                    ASSERT_NEAR(plain.emotion[i], first.emotion[i], 1e-5);
            }
            for (const std::string& other : kFamily)
                if (other != name) EXPECT_THROW(openModel(other, ref), Error) << other;
        }
    }
}

TEST(TransVaeCheckpoint, AFileWithoutMetadataIsAnOriginal) {
    const test::TempDir folder;
    TransVaeNet net(TransVaeConfig::of("trans-vae", "compat"));
    saveModule(*net, folder / "official.safetensors", {});
    CheckpointRef ref;
    ref.path = folder / "official.safetensors";
    ref.videoSize = 32;
    ReactOptions react;
    react.samples = 1;
    JobContext job;
    EXPECT_EQ(openModel("trans-vae", ref)->react(test::FakeClip(8), react, job).meta.at("variant"), "compat");
    EXPECT_THROW(openModel("trans-vae-emc", ref), Error);
    // A broken one names what is missing.
    saveModule(*net, folder / "broken.safetensors", {{"model", "trans-vae"}, {"variant", "fixed"}});
    ref.path = folder / "broken.safetensors";
    try {
        openModel("trans-vae", ref);
        FAIL() << "was accepted";
    } catch (const Error& e) {
        EXPECT_NE(std::string(e.what()).find("reaction_decoder.vae_model.to_mu.weight"), std::string::npos);
        EXPECT_NE(std::string(e.what()).find("fusion.weight"), std::string::npos);
    }
}

TEST(TransVaeCheckpoint, StridedModelsAnswerAtFullRate) {
    const test::TempDir folder;
    TrainOptions options = optionsFor("trans-vae-emc", "fixed");
    options.stride = 3;
    const auto model = makeTransVaeTrainable(options);
    saveModule(model->module(), folder / "m.safetensors", model->metadata());
    CheckpointRef ref;
    ref.path = folder / "m.safetensors";
    ReactOptions react;
    react.samples = 2;
    react.attention = {"m_ea/cross"};
    react.availability = Availability::withoutFace();
    JobContext job;
    const Reactions out = openModel("trans-vae-emc", ref)->react(test::FakeClip(20), react, job);
    EXPECT_EQ(out.frames, 20);
    EXPECT_EQ(out.attention.at(0).queries, 7);
    // Between the middles of two tokens the answer is a straight line.
    for (int c = 0; c < 25; ++c) {
        const float a = out.emotion[static_cast<std::size_t>(4 * 25 + c)],
                    b = out.emotion[static_cast<std::size_t>(7 * 25 + c)];
        EXPECT_NEAR(out.emotion[static_cast<std::size_t>(5 * 25 + c)], a + (b - a) / 3, 1e-5);
    }
}

TEST(MeanStatistics, AveragesListenersFrameByFrame) {
    const test::TempDir folder;
    JobContext job;
    const auto a = std::make_shared<test::FakeClip>(6, 1), b = std::make_shared<test::FakeClip>(4, 2);
    writeMeanStatistics({{a, a}, {a, b}}, folder / "stats.safetensors", job);
    const MeanStatistics mean = readMeanStatistics(folder / "stats.safetensors");
    ASSERT_EQ(mean.frames, 6);
    EXPECT_NEAR(mean.emotion[30], .5f * (a->face()->emotion[30] + b->face()->emotion[30]), 1e-6);
    EXPECT_NEAR(mean.coeffs[5 * 58], a->face()->coeffs[5 * 58], 1e-6);
    EXPECT_THROW(writeMeanStatistics(std::vector<Pair>{}, folder / "none", job), Error);
    EXPECT_THROW(readMeanStatistics(folder / "none"), Error);
}

} // namespace
} // namespace emc
