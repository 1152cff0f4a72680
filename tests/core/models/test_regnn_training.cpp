// Parts, losses, gradients, parameter counts and checkpoints of the REGNN family.
#include <gtest/gtest.h>
#include <torch/torch.h>

#include <cmath>

#include "core/api/error.h"
#include "core/api/reaction_model.h"
#include "core/models/regnn_losses.h"
#include "core/models/regnn_trainable.h"
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

const std::vector<std::string> kFamily = {"regnn", "regnn-emc", "regnn-emc-no-ea"};

torch::Generator generator(std::uint64_t seed) {
    return at::make_generator<at::CPUGeneratorImpl>(seed);
}
torch::Tensor noise(std::vector<int64_t> shape, std::uint64_t seed) {
    return torch::randn(shape, generator(seed));
}

// The listener follows what face and speech carry.
Batch smallBatch(int64_t clips = 3, int64_t frames = 55) {
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
    batch.listenerEmotion = .3 * shown(25, 50);
    batch.listenerCoeffs = .3 * shown(58, 60);
    return batch;
}

TrainOptions optionsFor(const std::string& model, const std::string& variant) {
    TrainOptions options;
    options.model = model;
    options.variant = variant;
    options.videoSize = 32;
    options.stride = 1;
    return options;
}

long countOf(RegnnNet net, const std::string& part = {}) {
    long count = 0;
    for (const auto& p : net->named_parameters(true))
        if (part.empty() ? !p.key().starts_with("ser.") && !p.key().starts_with("features.")
                         : p.key().starts_with(part))
            count += static_cast<long>(p.value().numel());
    return count;
}

TEST(RegnnNet, ParameterCounts) {
    RegnnConfig official = RegnnConfig::of("regnn", "compat");
    official.features = RegnnFeatures::SwinVggish;
    RegnnNet port(official);
    EXPECT_EQ(countOf(port, "perceptual_processor.fuse_model."), 2139200);
    EXPECT_EQ(countOf(port, "perceptual_processor.fuse_model.trans_v_with_a."), 991616);
    EXPECT_EQ(countOf(port, "cognitive_processor."), 78605);
    EXPECT_EQ(countOf(port, "cognitive_processor.dll."), 30600);
    EXPECT_EQ(countOf(port, "motor_processor."), 15366);
    EXPECT_EQ(countOf(port), 2233171);
    // fixed: the sum of its parts; features of 128 and 78 numbers, nothing that is never used, a head for coefficients.
    const long fusion = 128 * 128 + 128 * 78 + 2 * 991616 + 2 * (128 * 128 + 128) + 64 * 128 + 64;
    const long cognitive = 78605 - 30600, motor = 15366 - 50 * 50 - 50 - 50 * 50;
    const long head = 64 * 25 * 5 + 64 + 58 * 64 * 5 + 58;
    EXPECT_EQ(countOf(RegnnNet(RegnnConfig::of("regnn", "fixed"))), fusion + cognitive + motor + head);
    const long ea = 4 * 199168 + 21504 + (25 * 128 + 128) + (128 * 25 + 25), cma = 2 * 355584;
    EXPECT_EQ(countOf(RegnnNet(RegnnConfig::of("regnn-emc", "fixed"))), fusion + cognitive + motor + head + ea + cma);
    // What the catalogue says.
    for (const std::string& name : kFamily)
        EXPECT_EQ(countOf(RegnnNet(RegnnConfig::of(name, "fixed"))),
                  ModelCatalogue::shared().find(name).info.parameters)
            << name;
}

TEST(RegnnGraph, EdgesKeepTheirOwnNeighboursAndRowsSumToOne) {
    torch::NoGradGuard off;
    const torch::Tensor attention = torch::softmax(3 * noise({2, 8, 25, 25}, 4), -1);
    for (const bool compat : {false, true}) {
        EdgeLayer layer(compat);
        const torch::Tensor edges = layer->clipped(attention);
        EXPECT_LT((edges.sum(-1) - 1).abs().max().item<float>(), 1e-4);
        EXPECT_GE(edges.min().item<float>(), 0);
    }
    // One node's strongest columns do not open the rows of the others: node 0 looks at 1..5, all the others at
    // themselves and 10..13. Then an own-neighbour mask keeps (0,1) and drops (7,1), the union keeps both.
    torch::Tensor a = torch::full({1, 8, 25, 25}, 1e-3);
    for (int64_t i = 0; i < 25; ++i)
        for (int64_t j : {10, 11, 12, 13}) a.slice(2, i, i + 1).slice(3, j, j + 1).fill_(i == 0 ? 1e-3 : 1);
    for (int64_t i = 1; i < 25; ++i) a.slice(2, i, i + 1).slice(3, i, i + 1).fill_(1);
    for (int64_t j = 1; j < 6; ++j) a.slice(2, 0, 1).slice(3, j, j + 1).fill_(1);
    // Node 7 shares no column with node 1 under its own mask, so R C^T is zero there unless 1's columns are open to 7.
    const torch::Tensor own = EdgeLayer(false)->clipped(a), all = EdgeLayer(true)->clipped(a);
    const auto shared = [&](const torch::Tensor& e) { return e[0][0][0][7].item<float>(); }; // 0 with 7: no column
    EXPECT_EQ(shared(own), 0);
    EXPECT_GT(shared(all), 0);
}

TEST(RegnnGraph, MotorProcessorIsASmallContractionThatCanBeTurnedRound) {
    torch::NoGradGuard off;
    RegnnNet net(RegnnConfig::of("regnn", "fixed"));
    MotorProcessor& motor = net->motor();
    const torch::Tensor x = 2 * noise({4, 25, 50}, 1), edges = net->edges(noise({4, 25, 50}, 2));
    for (int64_t i = 0; i < kMotorLayers; ++i) {
        const double bound = motor->lipschitz(i);
        EXPECT_GT(bound, 5);
        const torch::Tensor f = motor->layer(i)->attention()->forward(x, edges, bound);
        EXPECT_GT(f.min().item<float>(), 0);
        EXPECT_LT(f.max().item<float>(), .2);
    }
    motor->layer(0)->norm()->startFrom(x, 0);
    const torch::Tensor y = motor->forward(x, edges);
    InverseReport report;
    const torch::Tensor back = motor->inverse(y, edges, {}, &report);
    EXPECT_LT((back - x).abs().max().item<float>(), 1e-4);
    EXPECT_TRUE(report.converged);
    EXPECT_LE(report.residual, 1e-4);
    EXPECT_GE(report.iterations, 2);
    EXPECT_LE(report.iterations, 50);
    // Each item is turned round as if it were alone.
    const torch::Tensor alone = motor->inverse(y.narrow(0, 2, 1), edges.narrow(0, 2, 1), {});
    EXPECT_LT((alone[0] - back[2]).abs().max().item<float>(), 1e-6);
    // One iteration is not enough, and says so.
    InverseOptions hasty;
    hasty.iterations = 1;
    hasty.tolerance = 1e-6;
    motor->inverse(y, edges, hasty, &report);
    EXPECT_FALSE(report.converged);
    EXPECT_GT(report.residual, 1e-6);
    EXPECT_GE(report.worst, 0);
    // What is not a number is not hidden.
    torch::Tensor broken = y.clone();
    broken[1][3][7] = std::nan("");
    motor->inverse(broken, edges, {}, &report);
    EXPECT_FALSE(report.converged);
    EXPECT_EQ(report.worst, 1);
}

TEST(RegnnGraph, TurningRoundHasTheRightGradient) {
    RegnnNet net(RegnnConfig::of("regnn", "fixed"));
    torch::Tensor g = noise({1, 25, 50}, 3).requires_grad_(true);
    const torch::Tensor edges = net->edges(noise({1, 25, 50}, 2)).detach();
    InverseOptions turn;
    turn.iterations = 6;
    const torch::Tensor direction = noise({1, 25, 50}, 5);
    (net->motor()->inverse(g, edges, turn) * direction).sum().backward();
    torch::NoGradGuard off;
    // Against the finite difference along one direction.
    const torch::Tensor step = noise({1, 25, 50}, 6);
    const auto value = [&](double h) {
        InverseOptions exact;
        exact.step = 1e-7;
        return (net->motor()->inverse(g + h * step, edges, exact) * direction).sum().item<double>();
    };
    const double numeric = (value(.05) - value(-.05)) / .1, ours = (g.grad() * step).sum().item<double>();
    EXPECT_NEAR(ours, numeric, .01 * std::abs(numeric) + .02);
}

TEST(RegnnNet, AttachingEmotionAttentionChangesNothingAtFirst) {
    RegnnNet a(RegnnConfig::of("regnn-emc", "fixed")), b(RegnnConfig::of("regnn", "fixed"));
    a->eval();
    b->eval();
    torch::NoGradGuard off;
    const Batch batch = smallBatch(1, 50);
    const auto run = [&](RegnnNet& net) {
        const RegnnEmotion e = net->emotionSides(batch.speakerEmotion, {}, {}, {});
        const torch::Tensor x = net->nodes(net->fuse(net->unimodal(true, net->encodeFace(batch.faceFeatures), e),
                                                     net->unimodal(false, net->encodeSpeech(batch.mfcc), e), e));
        return net->motor()->inverse(net->refined(x, e), net->edges(x), {});
    };
    EXPECT_LT((run(a) - run(b)).abs().max().item<float>(), 1e-5f);
}

TEST(RegnnLosses, NearestMiddleAndThreshold) {
    const torch::Tensor x = torch::zeros({2, 25, 50});
    torch::Tensor z = torch::zeros({3, 25, 50});
    z[0].fill_(2);
    z[1].fill_(1);
    z[2].fill_(.5);
    const NearestLoss loss = nearestLoss(x, z, {2, 1}, .5); // MSE 4, 1 | .25
    EXPECT_NEAR(loss.raw.item<double>(), (1 + .25) / 2, 1e-6);
    EXPECT_NEAR(loss.thresholded.item<double>(), .5, 1e-6); // .25 does not count
    EXPECT_NEAR(middleLoss(z, {2, 1}).item<double>(), (.25 + .25 + 0) / 3, 1e-6);
    const torch::Tensor a = noise({2, 25, 50}, 1);
    EXPECT_EQ(regnnFusionLoss(a, a, a).item<double>(), 0);
    EXPECT_NEAR(regnnFusionLoss(a, a + 1, a).item<double>(), .5 * (1 + 0 + 1), 1e-5);
    // None in the first epoch, then a third of the mean of the last one.
    torch::Tensor state = torch::zeros({4});
    for (int i = 0; i < kThresholdEpoch; ++i) {
        EXPECT_EQ(thresholdOf(state), 0);
        countTowardsThreshold(state, 6);
    }
    EXPECT_NEAR(thresholdOf(state), 2, 1e-5);
    for (int i = 0; i < kThresholdEpoch; ++i) countTowardsThreshold(state, 3);
    EXPECT_NEAR(thresholdOf(state), 1, 1e-5);
}

TEST(RegnnTraining, AFewStepsLowerTheLossAndEveryGradientIsFinite) {
    const Batch batch = smallBatch(2, 50);
    for (const std::string& name : kFamily) {
        for (const char* variant : {"fixed", "compat"}) {
            const auto model = makeRegnnTrainable(optionsFor(name, variant));
            std::vector<torch::Tensor> trained;
            for (auto& p : model->module().parameters(true))
                if (p.requires_grad()) trained.push_back(p);
            torch::optim::AdamW optimizer(trained, torch::optim::AdamWOptions(2e-3));
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
                const double aim = loss.parts.at(std::string(variant) == "fixed" ? "rec" : "nearest");
                if (step == 0) {
                    // Frozen: the frame encoder and the speech emotion head.
                    for (const auto& p : model->module().named_parameters(true))
                        if (p.key().starts_with("ser.") || p.key().find("video_encoder") != std::string::npos)
                            EXPECT_FALSE(p.value().requires_grad()) << p.key();
                    EXPECT_EQ(loss.parts.count("cma_f"), name == "regnn" ? 0u : 1u);
                    EXPECT_EQ(loss.parts.count("fusion"), name == "regnn" ? 0u : 1u);
                    first = aim;
                }
                optimizer.step();
                last = aim;
            }
            EXPECT_LT(last, .95 * first) << name << " " << variant;
        }
    }
}

TEST(RegnnTraining, LossIsReproducibleAndSwitchesMatter) {
    const Batch batch = smallBatch();
    const auto lossOf = [&](auto&& edit, std::uint64_t seed = 1) {
        TrainOptions options = optionsFor("regnn-emc", "fixed");
        edit(options);
        return makeRegnnTrainable(options)->loss(batch, generator(seed), 3, 10).total.template item<double>();
    };
    const double base = lossOf([](auto&) {});
    EXPECT_EQ(base, lossOf([](auto&) {}));
    EXPECT_NE(base, lossOf([](auto&) {}, 2));
    EXPECT_NE(base, lossOf([](auto& o) { o.lambdaCma = 0; }));
    EXPECT_NE(base, lossOf([](auto& o) { o.lambdaFusion = 0; }));
    EXPECT_NE(base, lossOf([](auto& o) { o.substitute = "zeros"; }));
    EXPECT_NE(base, lossOf([](auto& o) { o.weightPose = 10; }));
    EXPECT_NE(base, lossOf([](auto& o) { o.variant = "compat"; }));
    EXPECT_NE(base, lossOf([](auto& o) { o.seed = 2; }));
    EXPECT_THROW(lossOf([](auto& o) { o.substitute = "ones"; }), Error);
    EXPECT_THROW(lossOf([](auto& o) { o.variant = "other"; }), Error);
}

TEST(RegnnTraining, CmaTeachesNoEncoderAndStartOfTheNormsSurvives) {
    // With the CMA loss alone, no gradient reaches what makes u (models.md 4.4).
    TrainOptions options = optionsFor("regnn-emc-no-ea", "fixed");
    options.weightEmotion = options.weightExpression = options.weightPose = 0;
    options.lambdaFusion = 0;
    const Batch batch = smallBatch();
    const auto gradient = [&](double lambda) {
        TrainOptions o = options;
        o.lambdaCma = lambda;
        const auto model = makeRegnnTrainable(o);
        model->loss(batch, generator(1), 0, 10).total.backward();
        return model->module().named_parameters(true)["perceptual_processor.fuse_model.proj_v.weight"].grad().clone();
    };
    EXPECT_TRUE(torch::equal(gradient(0), gradient(5)));
    // The first batch starts the norms, later ones do not; the flag is a buffer, so that a resumed run does the same.
    RegnnNet net(RegnnConfig::of("regnn", "fixed"));
    const auto model = makeRegnnTrainable(optionsFor("regnn", "fixed"), net);
    EXPECT_EQ(net->started().item<float>(), 0);
    model->loss(batch, generator(1), 0, 10);
    EXPECT_EQ(net->started().item<float>(), 1);
    const torch::Tensor scale = net->motor()->layer(0)->norm()->named_parameters()["_log_scale"].clone();
    EXPECT_GT(scale.abs().max().item<float>(), .1);
    model->loss(smallBatch(2, 60), generator(2), 1, 10);
    EXPECT_TRUE(torch::equal(scale, net->motor()->layer(0)->norm()->named_parameters()["_log_scale"]));
    EXPECT_LE(scale.max().item<float>(), std::log(1 / .05) + 1e-3); // an attribute that never moves is not blown up
}

TEST(RegnnTraining, TheSubstitutedFaceGoesWithTheEmotionInTheVoice) {
    Batch batch = smallBatch();
    const auto gradientOf = [&](const char* branch, bool face, bool speech, double withheld) {
        TrainOptions options = optionsFor("regnn-emc", "fixed");
        options.lambdaFusion = 0;
        options.withholdEmotion = withheld;
        batch.faceDropped = torch::full({3}, face);
        batch.speechDropped = torch::full({3}, speech);
        const auto model = makeRegnnTrainable(options);
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
    EXPECT_GT(gradientOf("branch_speech", true, false, 0), 0);
    EXPECT_EQ(gradientOf("branch_face", true, false, 0), 0);
    EXPECT_GT(gradientOf("branch_face", false, true, 0), 0);
    EXPECT_EQ(gradientOf("branch_speech", false, true, 0), 0);
    EXPECT_EQ(gradientOf("branch_face", false, true, 1), 0);
}

TEST(RegnnTraining, DroppedModalitiesOfThePlainHostAreZeros) {
    Batch batch = smallBatch(), other = smallBatch();
    batch.faceDropped = other.faceDropped = torch::ones({3}, torch::kBool);
    other.faceFeatures = other.faceFeatures + 3;
    const auto loss = [&](const Batch& b) {
        return makeRegnnTrainable(optionsFor("regnn", "fixed"))->loss(b, generator(1), 0, 10).total.item<double>();
    };
    EXPECT_EQ(loss(batch), loss(other));
    other.faceDropped = torch::zeros({3}, torch::kBool);
    EXPECT_NE(loss(batch), loss(other));
}

TEST(RegnnTraining, ValidationIsOfTheHostsTermsInEveryCondition) {
    const Batch batch = smallBatch(2, 80);
    for (const std::string& name : kFamily) {
        for (const char* variant : {"fixed", "compat"}) {
            const auto model = makeRegnnTrainable(optionsFor(name, variant));
            const auto values = model->validate(batch, generator(1));
            EXPECT_EQ(values, model->validate(batch, generator(1)));
            EXPECT_GT(values.at("rec"), 0);
            EXPECT_LE(values.at("inverse_residual"), 1e-4);
            EXPECT_EQ(values.count("rec_no_face"), name == "regnn" ? 0u : 1u);
            EXPECT_EQ(values.count("rec_no_speech"), name == "regnn" ? 0u : 1u);
        }
    }
}

TEST(RegnnTraining, JointEncoderLearnsFromFrames) {
    TrainOptions options = optionsFor("regnn", "fixed");
    options.encoder = "joint";
    Batch batch = smallBatch(1, 8);
    batch.faceFeatures.reset();
    batch.frames = torch::tanh(noise({1, 8, 3, 32, 32}, 3));
    const auto model = makeRegnnTrainable(options);
    model->loss(batch, generator(1), 0, 10).total.backward();
    const torch::Tensor g = model->module().named_parameters(true)["features.video_encoder.Conv3D.conv1.weight"].grad();
    ASSERT_TRUE(g.defined());
    EXPECT_GT(g.abs().sum().item<double>(), 0);
}

TEST(RegnnCheckpoint, SavedTrainableOpensAsTheSameModel) {
    const test::TempDir folder;
    const test::FakeClip clip(60);
    JobContext job;
    for (const std::string& name : kFamily) {
        for (const char* variant : {"fixed", "compat"}) {
            TrainOptions options = optionsFor(name, variant);
            options.seed = 5;
            const auto model = makeRegnnTrainable(options);
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
            EXPECT_EQ(first.coeffs.empty(), std::string(variant) == "compat");
            if (std::string(variant) == "fixed") {
                double mean = 0;
                for (const float x : first.coeffs) mean += x / static_cast<double>(first.coeffs.size());
                EXPECT_NEAR(mean, 4, 1.5); // the corpus' mean face is added back
                // An untrained model of the same seed answers the same.
                CheckpointRef fresh;
                fresh.seed = 5;
                fresh.videoSize = 32;
                const Reactions plain = openModel(name, fresh)->react(clip, react, job);
                ASSERT_EQ(plain.emotion.size(), first.emotion.size());
                for (std::size_t i = 0; i < plain.emotion.size(); ++i)
                    ASSERT_NEAR(plain.emotion[i], first.emotion[i], 1e-5);
            }
            for (const std::string& other : kFamily)
                if (other != name) EXPECT_THROW(openModel(other, ref), Error) << other;
        }
    }
}

TEST(RegnnCheckpoint, StridedModelsAnswerAtFullRate) {
    const test::TempDir folder;
    TrainOptions options = optionsFor("regnn-emc", "fixed");
    options.stride = 3;
    const auto model = makeRegnnTrainable(options);
    saveModule(model->module(), folder / "m.safetensors", model->metadata());
    CheckpointRef ref;
    ref.path = folder / "m.safetensors";
    ReactOptions react;
    react.samples = 2;
    react.attention = {"m_ea/cross"};
    react.availability = Availability::withoutFace();
    JobContext job;
    const Reactions out = openModel("regnn-emc", ref)->react(test::FakeClip(200), react, job);
    EXPECT_EQ(out.frames, 200);
    EXPECT_EQ(out.attention.at(0).queries, 67);
    EXPECT_EQ(out.meta.at("windows"), "2");
}

} // namespace
} // namespace emc
