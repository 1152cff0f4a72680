// Parts, losses, gradients, parameter counts and checkpoints of the REGNN family.
#include <gtest/gtest.h>
#include <torch/torch.h>

#include <cmath>

#include "core/api/error.h"
#include "core/api/reaction_model.h"
#include "core/models/regnn_losses.h"
#include "core/models/regnn_trainable.h"
#include "core/nn/noise.h"
#include "tests/core/models/fake_clip.h"
#include "tests/core/models/training_batch.h"
#include "tests/support/shared.h"

namespace emc {
namespace {

using namespace test;

const std::vector<std::string> kFamily = {"regnn", "regnn-emc", "regnn-emc-no-ea"};

long countOf(RegnnNet net, const std::string& part) {
    return test::countOf(*net, part);
}
long countOf(RegnnNet net) { // without the two frozen networks
    return countOf(net, "") - countOf(net, "ser.") - countOf(net, "features.");
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
        const EmotionSides e = net->emotionSides(batch.speakerEmotion, {}, {}, {});
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

TEST(RegnnTraining, LearnsFromTheNearestAppropriateReaction) {
    const auto lossOf = [&](const Batch& batch, const char* variant, const char* part) {
        const auto model = makeRegnnTrainable(optionsFor("regnn", variant));
        EXPECT_EQ(model->neighbours(), 10);
        torch::manual_seed(1);                                // dropout of compat
        model->loss(smallBatch(3, 100), generator(2), 0, 10); // starts the norms alike
        return model->loss(batch, generator(1), 1, 10).parts.at(part);
    };
    const Batch alone = smallBatch(3, 100); // two windows each
    // Listeners of the clips: own; own and a far one; a far one, own, and own again.
    Batch batch = alone;
    const auto with = [&](const torch::Tensor& own) {
        const auto item = [&](int64_t k) { return own.narrow(0, k, 1); };
        return torch::cat({item(0), item(1), item(1) + 3, item(2) + 3, item(2), item(2)});
    };
    batch.neighbourEmotion = with(alone.listenerEmotion);
    batch.neighbourCoeffs = with(alone.listenerCoeffs);
    batch.neighbourCounts = {1, 2, 3};
    for (const char* variant : {"fixed", "compat"})
        EXPECT_NEAR(lossOf(batch, variant, "nearest"), lossOf(alone, variant, "nearest"), 1e-5) << variant;
    EXPECT_NEAR(lossOf(batch, "fixed", "rec"), lossOf(alone, "fixed", "rec"), 1e-5);
    EXPECT_GT(lossOf(batch, "compat", "loss"), lossOf(alone, "compat", "loss") + .1); // the middle of spread groups
    // Only far ones for clip 1: that is what it is held against then.
    batch.neighbourEmotion.narrow(0, 1, 1).add_(3);
    EXPECT_GT(lossOf(batch, "fixed", "rec"), lossOf(alone, "fixed", "rec") + 1);
    EXPECT_GT(lossOf(batch, "compat", "nearest"), lossOf(alone, "compat", "nearest") + .1);
}

TEST(RegnnTraining, CmaTeachesNoEncoderAndStartOfTheNormsSurvives) {
    // With the CMA loss alone, no gradient reaches what makes u (models.md 4.4).
    TrainOptions options = optionsFor("regnn-emc-no-ea", "fixed");
    options.weightEmotion = options.weightExpression = options.weightPose = 0;
    options.lambdaFusion = 0;
    const Batch batch = smallBatch(3, 55);
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

} // namespace
} // namespace emc
