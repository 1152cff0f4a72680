// BeLFusion: no recorded numbers exist, so every part is held against a slow twin in double precision that follows
// models.md 3.4 word by word.
#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "core/api/error.h"
#include "core/api/reaction_model.h"
#include "core/models/belfusion_network.h"
#include "core/models/belfusion_trainable.h"
#include "core/nn/checkpoint.h"
#include "core/nn/noise.h"
#include "tests/core/models/fake_clip.h"
#include "tests/core/models/training_batch.h"
#include "tests/support/shared.h"

namespace emc {
namespace {
using test::FakeClip;
using Row = std::vector<double>;

double largest(const torch::Tensor& difference) {
    return difference.abs().max().item<double>();
}

// ---- slow twins ----
Row rowOf(const torch::Tensor& x) {
    const torch::Tensor t = x.detach().to(torch::kFloat64).contiguous().flatten();
    return {t.data_ptr<double>(), t.data_ptr<double>() + t.numel()};
}
using Named = torch::OrderedDict<std::string, torch::Tensor>;

Row affine(const Named& p, const std::string& name, const Row& x, const char* weight = ".weight",
           const char* bias = ".bias") {
    const torch::Tensor w = p[name + weight].detach().to(torch::kFloat64).contiguous();
    Row y = rowOf(p[name + bias]);
    const double* at = w.data_ptr<double>();
    for (double& out : y)
        for (const double in : x) out += *at++ * in;
    return y;
}
double sigmoid(double x) {
    return 1 / (1 + std::exp(-x));
}
Row silu(Row x) {
    for (double& v : x) v *= sigmoid(v);
    return x;
}
Row joined(Row a, const Row& b) {
    a.insert(a.end(), b.begin(), b.end());
    return a;
}
Row gru(const Named& p, const std::string& cell, const Row& x, const Row& h) {
    const Row in = affine(p, cell, x, ".weight_ih", ".bias_ih"), back = affine(p, cell, h, ".weight_hh", ".bias_hh");
    const std::size_t n = h.size();
    Row next(n);
    for (std::size_t i = 0; i < n; ++i) {
        const double r = sigmoid(in[i] + back[i]), z = sigmoid(in[n + i] + back[n + i]);
        next[i] = (1 - z) * std::tanh(in[2 * n + i] + r * back[2 * n + i]) + z * h[i];
    }
    return next;
}

class Twin {
public:
    explicit Twin(BelfusionNet& net) : m_p(net->named_parameters(true)) {}
    Row encode(const torch::Tensor& window) const {
        Row h(kBelfusionLatent, 0);
        for (int64_t t = 0; t < window.size(0); ++t) h = gru(m_p, "embed_emotion.x_rnn.rnn_f", rowOf(window[t]), h);
        return h;
    }
    std::vector<Row> decode(const Row& latent, int length) const {
        const Row input = affine(m_p, "embed_emotion.fc_z_dec", latent);
        Row h(kBelfusionLatent, 0), y(kEmotionDims, 0);
        std::vector<Row> all;
        for (int t = 0; t < length; ++t) {
            h = gru(m_p, "embed_emotion.d_rnn.rnn_f", joined(input, y), h);
            Row x = h;
            for (const char* layer : {"0", "1"}) {
                x = affine(m_p, std::string("embed_emotion.d_mlp.affine_layers.") + layer, x);
                for (double& v : x) v = std::tanh(v);
            }
            y = affine(m_p, "embed_emotion.d_out", x);
            all.push_back(y);
        }
        return all;
    }
    Row guess(const Row& x, int step, const Row& condition) const {
        Row wave;
        for (int i = 0; i < 32; ++i) wave.push_back(std::cos(step * std::pow(10000.0, -i / 32.0)));
        for (int i = 0; i < 32; ++i) wave.push_back(std::sin(step * std::pow(10000.0, -i / 32.0)));
        const Row time = affine(m_p, "time_embed.2", silu(affine(m_p, "time_embed.0", wave))),
                  given = affine(m_p, "cond_embed.2", silu(affine(m_p, "cond_embed.0", condition)));
        Row h = x;
        for (int layer = 0; layer < 10; ++layer) {
            const std::string name = "layers." + std::to_string(layer);
            h = affine(m_p, name + ".linear", joined(h, x));
            if (layer == 9) break;
            const Row scale = affine(m_p, name + ".linear_emb", silu(joined(time, given)));
            for (std::size_t i = 0; i < h.size(); ++i) h[i] *= 1 + scale[i];
            double mean = 0, variance = 0;
            for (const double v : h) mean += v / static_cast<double>(h.size());
            for (const double v : h) variance += (v - mean) * (v - mean) / static_cast<double>(h.size());
            const Row gain = rowOf(m_p[name + ".norm.weight"]), shift = rowOf(m_p[name + ".norm.bias"]);
            for (std::size_t i = 0; i < h.size(); ++i)
                h[i] = (h[i] - mean) / std::sqrt(variance + 1e-5) * gain[i] + shift[i];
            h = silu(h);
        }
        return h;
    }
    // The deterministic way back, step by step.
    Row sampled(Row x, const Row& condition) const {
        const auto level = [](double t) { return std::pow(std::cos((t + .008) / 1.008 * std::numbers::pi / 2), 2); };
        std::vector<double> kept;
        for (int i = 0; i < 10; ++i)
            kept.push_back((i ? kept.back() : 1) * (1 - std::min(.999, 1 - level((i + 1) / 10.0) / level(i / 10.0))));
        for (int step = 9; step >= 0; --step) {
            Row clean = guess(x, step, condition);
            for (std::size_t i = 0; i < x.size(); ++i) {
                clean[i] = std::clamp(clean[i], -1.0, 1.0);
                const double now = kept[static_cast<std::size_t>(step)],
                             before = step ? kept[static_cast<std::size_t>(step - 1)] : 1,
                             noise = (std::sqrt(1 / now) * x[i] - clean[i]) / std::sqrt(1 / now - 1);
                x[i] = std::sqrt(before) * clean[i] + std::sqrt(1 - before) * noise;
            }
        }
        return x;
    }

private:
    Named m_p;
};

double largest(const torch::Tensor& a, const Row& b) {
    const Row x = rowOf(a);
    if (x.size() != b.size()) return 1e9;
    double worst = 0;
    for (std::size_t i = 0; i < b.size(); ++i) worst = std::max(worst, std::abs(x[i] - b[i]));
    return worst;
}

BelfusionNet smallNet(const char* variant = "fixed") {
    BelfusionConfig config = BelfusionConfig::of(variant);
    config.width = 24;
    config.seed = 3;
    BelfusionNet net(config);
    net->eval();
    torch::NoGradGuard off; // biases and norms away from their start
    for (const auto& item : net->named_parameters(true))
        if (item.value().dim() == 1) item.value().add_(.1 * test::noise(item.value().sizes().vec(), 9));
    return net;
}

TEST(Diffusion, TheScheduleIsTheAuthors) {
    const DiffusionSchedule schedule = DiffusionSchedule::cosine(10);
    const double expected[] = {.028, .075, .124, .177, .237, .310, .404, .537, .744, .999}; // models.md 3.4
    double kept = 1;
    for (int i = 0; i < 10; ++i) {
        EXPECT_NEAR(schedule.beta(i), expected[i], 6e-4) << i;
        kept *= 1 - schedule.beta(i);
        EXPECT_DOUBLE_EQ(schedule.kept(i), kept);
    }
}

TEST(Diffusion, NoisingHasTheRightMoments) {
    const DiffusionSchedule schedule = DiffusionSchedule::cosine(10);
    const torch::Tensor x = torch::full({20000, 1}, .7), noise = test::noise({20000, 1}, 2);
    for (const int step : {0, 4, 9}) {
        const torch::Tensor y = schedule.noised(x, torch::full({20000}, step, torch::kLong), noise);
        EXPECT_NEAR(y.mean().item<double>(), std::sqrt(schedule.kept(step)) * .7, .02);
        EXPECT_NEAR(y.var().item<double>(), 1 - schedule.kept(step), .03);
    }
}

TEST(Diffusion, AnOracleIsReachedAndTheRangeIsKept) {
    const DiffusionSchedule schedule = DiffusionSchedule::cosine(10);
    const torch::Tensor truth = torch::rand({5, 128}) * 2 - 1, noise = test::noise({5, 128}, 4);
    const auto oracle = [&](const torch::Tensor&, int) { return truth; };
    EXPECT_LT(largest(schedule.denoised(noise, oracle) - truth), 1e-6);
    const auto wild = [&](const torch::Tensor& x, int) { return 100 * x; };
    EXPECT_LE(schedule.denoised(noise, wild).abs().max().item<double>(), 1.0);
    // On the way from a clean value the noise is found again: one step down is the same noise at the lower level.
    int seen = 0;
    schedule.denoised(
        schedule.noised(truth, torch::full({5}, 9, torch::kLong), noise), [&](const torch::Tensor& x, int step) {
            const torch::Tensor there = schedule.noised(truth, torch::full({5}, step, torch::kLong), noise);
            EXPECT_LT(largest(x - there), 1e-3) << step; // 1e-5 of the signal is left at the last level
            ++seen;
            return truth;
        });
    EXPECT_EQ(seen, 10);
}

TEST(Belfusion, ParametersAreCounted) {
    EXPECT_EQ(parameterCount(*BehaviourAutoencoder()), kParametersBelfusionVae);
    EXPECT_EQ(parameterCount(*LatentDenoiser(1024)), kParametersBelfusionDenoiser);
    EXPECT_EQ(parameterCount(*BelfusionNet(BelfusionConfig::of("fixed"))), kParametersBelfusion);
    EXPECT_EQ(parameterCount(*BelfusionNet(BelfusionConfig::of("compat"))),
              kParametersBelfusionVae + kParametersBelfusionDenoiser);
    EXPECT_THROW(BelfusionConfig::of("other"), Error);
}

TEST(Belfusion, EveryPartIsItsSlowTwin) {
    torch::NoGradGuard off;
    BelfusionNet net = smallNet();
    const Twin twin(net);
    const torch::Tensor windows = torch::rand({3, 9, 25}, test::generator(1)), latent = test::noise({3, 128}, 2),
                        condition = test::noise({3, 128}, 3);
    const torch::Tensor hidden = net->behaviour()->encode(windows), decoded = net->behaviour()->decode(latent, 7),
                        guess = net->forward(latent, torch::tensor({0, 5, 9}, torch::kLong), condition);
    const torch::Tensor sampled = net->schedule().denoised(latent, [&](const torch::Tensor& x, int step) {
        return net->forward(x, torch::full({3}, step, torch::kLong), condition);
    });
    for (int64_t b = 0; b < 3; ++b) {
        EXPECT_LT(largest(hidden[b], twin.encode(windows[b])), 1e-5);
        const auto frames = twin.decode(rowOf(latent[b]), 7);
        for (std::size_t t = 0; t < frames.size(); ++t)
            EXPECT_LT(largest(decoded[b][static_cast<int64_t>(t)], frames[t]), 1e-5);
        const int step = b == 0 ? 0 : b == 1 ? 5 : 9;
        EXPECT_LT(largest(guess[b], twin.guess(rowOf(latent[b]), step, rowOf(condition[b]))), 2e-5);
        EXPECT_LT(largest(sampled[b], twin.sampled(rowOf(latent[b]), rowOf(condition[b]))), 1e-3);
    }
    // In double precision nothing is left of the difference.
    net->to(torch::kFloat64);
    const torch::Tensor exact =
        net->schedule().denoised(latent.to(torch::kFloat64), [&](const torch::Tensor& x, int step) {
            return net->forward(x, torch::full({3}, step, torch::kLong), condition.to(torch::kFloat64));
        });
    const Twin same(net);
    EXPECT_LT(largest(exact[1], same.sampled(rowOf(latent[1]), rowOf(condition[1]))), 1e-5); // float32 step embedding
}

TEST(Belfusion, LatentsHaveARange) {
    torch::NoGradGuard off;
    BehaviourAutoencoder behaviour;
    EXPECT_FALSE(behaviour->hasRange());
    const torch::Tensor all = 3 * test::noise({60, 128}, 5) + 1;
    behaviour->widenRange(all.narrow(0, 0, 25));
    behaviour->widenRange(all.narrow(0, 25, 35));
    EXPECT_TRUE(behaviour->hasRange());
    const auto buffers = behaviour->named_buffers(true);
    EXPECT_LT(largest(buffers["statistics.min"] - std::get<0>(all.min(0))), 1e-6);
    EXPECT_LT(largest(buffers["statistics.max"] - std::get<0>(all.max(0))), 1e-6);
    EXPECT_LT(largest(buffers["statistics.mean"] - all.mean(0)), 1e-5);
    EXPECT_LT(largest(buffers["statistics.var"] - all.var(0, /*unbiased=*/false)), 1e-4);
    const torch::Tensor normal = behaviour->normalised(all);
    EXPECT_NEAR(normal.min().item<double>(), -1, 1e-5);
    EXPECT_NEAR(normal.max().item<double>(), 1, 1e-5);
    EXPECT_LT(largest(behaviour->restored(normal) - all), 1e-4);
}

TEST(Belfusion, WindowsCoverAClipOfAnyLength) {
    EXPECT_EQ(behaviourWindows(750, 50, 50).size(), 15u);
    EXPECT_EQ(behaviourWindows(751, 50, 50).back(), 701);
    EXPECT_EQ(behaviourWindows(30, 50, 25), std::vector<int>{0});
    EXPECT_EQ(behaviourWindows(100, 50, 25), (std::vector<int>{0, 25, 50}));
    for (const int tokens : {3, 50, 51, 77, 130}) {
        const std::vector<int> starts = behaviourWindows(tokens, 50, 25);
        const torch::Tensor x = test::noise({2, tokens, 3}, 6), windows = behaviourCut(x, starts, 50);
        EXPECT_EQ(windows.size(0), 2 * static_cast<int64_t>(starts.size()));
        const torch::Tensor back =
            behaviourJoined(windows.view({2, static_cast<int64_t>(starts.size()), 50, 3}), starts, tokens);
        EXPECT_LT(largest(back - x), 1e-5) << tokens; // windows that agree are put together as they were
    }
}

TEST(Belfusion, CompatTakesTheHiddenStateAndOneDrawForEveryWindow) {
    torch::NoGradGuard off;
    BelfusionNet fixed = smallNet("fixed"), compat = smallNet("compat");
    const torch::Tensor clip = torch::rand({1, 120, 25}, test::generator(7));
    EXPECT_EQ(largest(compat->latent(clip) - compat->behaviour()->encode(clip)), 0);
    EXPECT_EQ(largest(fixed->latent(clip) - fixed->behaviour()->mu(fixed->behaviour()->encode(clip))), 0);
    EXPECT_EQ(fixed->windows(120), 4); // 0, 25, 50, 70
    EXPECT_EQ(compat->windows(120), 3);
    // What a window of the speaker holds reaches the listener there and, in compat, nowhere else.
    torch::Tensor changed = clip.clone();
    changed.slice(1, 50, 100).add_(.5);
    const torch::Tensor noise = test::noise({2, 3, 128}, 8);
    const torch::Tensor before = compat->reactTo(clip.narrow(1, 0, 100), noise.narrow(1, 0, 2)).emotion,
                        after = compat->reactTo(changed.narrow(1, 0, 100), noise.narrow(1, 0, 2)).emotion;
    EXPECT_EQ(largest((before - after).narrow(1, 0, 50)), 0);
    EXPECT_GT(largest((before - after).narrow(1, 50, 50)), 1e-5);
    // A batch of draws is the draws one by one.
    const ReactionTensors both = fixed->reactTo(clip, noise.select(1, 0)),
                          one = fixed->reactTo(clip, noise.select(1, 0).narrow(0, 1, 1));
    EXPECT_LT(largest(both.emotion[1] - one.emotion[0]), 1e-5);
    EXPECT_LT(largest(both.coeffs - fixed->behaviour()->coeffs(both.emotion)), 1e-6);
}

// ---- the engine ----
std::unique_ptr<ReactionModel> opened() {
    CheckpointRef ref;
    ref.threads = 1;
    return openModel("belfusion", ref);
}

TEST(BelfusionEngine, ReadsTheFacesEmotionAndNothingElse) {
    JobContext job;
    ReactOptions options;
    options.samples = 2;
    FakeClip clip(80);
    clip.forbidSpeech = true;
    const auto model = opened();
    const Reactions out = model->react(clip, options, job);
    EXPECT_EQ(clip.videoReads, 0); // what the face showed, not how it looked
    EXPECT_EQ(out.meta.at("fill"), "none");
    EXPECT_EQ(out.coeffs.size(), 2u * 80u * kCoeffDims);
    for (const bool declared : {true, false}) {
        FakeClip faceless(80);
        faceless.forbidFace = true;
        ReactOptions without = options;
        if (declared) without.availability = Availability::withoutFace();
        else faceless.change().hasFace = false;
        EXPECT_THROW(model->react(faceless, without, job), Error);
    }
    // In a gap the last row is held: what the gap hides does not matter, at the start neither.
    for (const FrameSpan gap : {FrameSpan{20, 40}, FrameSpan{0, 10}}) {
        options.availability.faceMissing = {gap};
        class Other : public FakeClip {
        public:
            Other(int frames, FrameSpan gap) : FakeClip(frames), m_gap(gap) {}
            std::shared_ptr<const FaceTrack> face() const override {
                auto track = std::make_shared<FaceTrack>(*FakeClip::face());
                for (int i = m_gap.begin * kEmotionDims; i < m_gap.end * kEmotionDims; ++i)
                    track->emotion[static_cast<std::size_t>(i)] = 9;
                return track;
            }

        private:
            FrameSpan m_gap;
        };
        const Reactions held = opened()->react(FakeClip(80), options, job);
        EXPECT_EQ(held.meta.at("fill"), "held");
        EXPECT_EQ(held.emotion, opened()->react(Other(80, gap), options, job).emotion);
        EXPECT_NE(held.emotion, out.emotion);
    }
}

TEST(BelfusionEngine, TheAuthorsTwoFilesAreOpenedTogether) {
    const test::TempDir folder;
    BelfusionNet net(BelfusionConfig::of("compat"));
    {
        torch::NoGradGuard off;
        net->behaviour()->widenRange(test::noise({40, 128}, 3));
    }
    const auto denoiser = folder.path() / "belfusion.safetensors", whole = folder.path() / "whole.safetensors";
    LatentDenoiser alone(1024);
    {
        torch::NoGradGuard off;
        const auto from = net->named_parameters(true);
        for (const auto& item : alone->named_parameters(true)) item.value().copy_(from[item.key()]);
    }
    saveModule(*alone, denoiser, {});
    saveModule(*net, whole, {{"model", "belfusion"}, {"variant", "compat"}});
    CheckpointRef ref;
    ref.threads = 1;
    ref.path = denoiser;
    EXPECT_THROW(openModel("belfusion", ref), Error); // the autoencoder is not there
    saveModule(*net->behaviour(), folder.path() / "belfusion-vae.safetensors", {});
    JobContext job;
    ReactOptions options;
    options.samples = 1;
    const FakeClip clip(100);
    const Reactions out = openModel("belfusion", ref)->react(clip, options, job);
    EXPECT_EQ(out.meta.at("variant"), "compat");
    ref.path = whole;
    EXPECT_EQ(out.emotion, openModel("belfusion", ref)->react(clip, options, job).emotion);
}

// ---- training ----
TEST(BelfusionTraining, StagesLearnWhatTheyShould) {
    TrainOptions options = test::optionsFor("belfusion");
    BelfusionConfig config = BelfusionConfig::of("fixed");
    config.width = 24;
    BelfusionNet net(config);
    const auto model = makeBelfusionTrainable(options, net);
    ASSERT_EQ(model->firstWholeStep(100), 40);
    const Batch batch = test::smallBatch(2, 100);
    const auto learning = [&](long step) {
        for (torch::Tensor& p : net->parameters(true)) p.mutable_grad() = torch::Tensor();
        const StepLoss loss = model->loss(batch, test::generator(1), step, 100);
        EXPECT_TRUE(std::isfinite(loss.total.item<double>()));
        loss.total.backward();
        bool behaviour = false, denoiser = false;
        for (const auto& item : net->named_parameters(true))
            if (item.value().grad().defined()) (item.key().starts_with("embed_emotion.") ? behaviour : denoiser) = true;
        return std::make_pair(behaviour, denoiser);
    };
    EXPECT_EQ(learning(39), std::make_pair(true, false));
    EXPECT_FALSE(net->behaviour()->hasRange());
    EXPECT_GT(model->validate(batch, test::generator(2)).at("rec"), 0);
    EXPECT_EQ(learning(40), std::make_pair(false, true));
    EXPECT_TRUE(net->behaviour()->hasRange());
    const auto values = model->validate(batch, test::generator(2));
    EXPECT_EQ(values, model->validate(batch, test::generator(2)));
    EXPECT_GT(values.at("rec_autoencoder"), 0);
    EXPECT_GT(values.at("rec_drawn"), values.at("rec")); // a square's mean is above the mean's square
}

TEST(BelfusionTraining, BothVariantsLearnASmallBatch) {
    for (const char* variant : {"fixed", "compat"}) {
        TrainOptions options = test::optionsFor("belfusion", variant);
        BelfusionConfig config = BelfusionConfig::of(variant);
        config.width = 48;
        config.stride = 5;
        BelfusionNet net(config);
        const auto model = makeBelfusionTrainable(options, net);
        const Batch batch = test::smallBatch(2, 20);
        torch::optim::AdamW optimiser(net->parameters(true), torch::optim::AdamWOptions(3e-3));
        const long steps = 200;
        std::vector<double> losses;
        torch::Generator noise = test::generator(1);
        for (long step = 0; step < steps; ++step) {
            optimiser.zero_grad();
            const StepLoss loss = model->loss(batch, noise, step, steps);
            loss.total.backward();
            optimiser.step();
            losses.push_back(loss.total.item<double>());
        }
        const auto mean = [&](long from, long count) {
            double sum = 0;
            for (long i = from; i < from + count; ++i) sum += losses[static_cast<std::size_t>(i)];
            return sum / static_cast<double>(count);
        };
        const long second = model->firstWholeStep(steps);
        EXPECT_LT(mean(second - 10, 10), .8 * mean(0, 10)) << variant;
        EXPECT_LT(mean(steps - 10, 10), .8 * mean(second, 10)) << variant;
    }
}

} // namespace
} // namespace emc
