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
#include "core/nn/noise.h"
#include "tests/core/models/fake_clip.h"
#include "tests/core/models/training_batch.h"
#include "tests/support/shared.h"

namespace emc {
namespace {

using namespace test;

const std::vector<std::string> kFamily = {"trans-vae", "trans-vae-emc", "trans-vae-emc-no-ea"};

long countOf(const std::string& model, const std::string& variant, const std::string& part) {
    return test::countOf(*TransVaeNet(TransVaeConfig::of(model, variant)), part);
}
long countOf(const std::string& model, const std::string& variant) { // without the frozen speech emotion head
    return countOf(model, variant, "") - countOf(model, variant, "ser.");
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
    const Batch batch = smallBatch(1, 12);
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
