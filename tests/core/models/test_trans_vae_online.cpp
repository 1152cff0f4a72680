// The online host knows nothing of the future: frames, voice and emotion after a window change nothing up to its end.
#include <gtest/gtest.h>

#include <cmath>

#include "core/api/reaction_model.h"
#include "core/models/trans_vae_network.h"
#include "core/nn/checkpoint.h"
#include "tests/core/models/fake_clip.h"
#include "tests/support/shared.h"

namespace emc {
namespace {
using test::FakeClip;

constexpr int kFrames = 24;

// As FakeClip, but everything from frame `from` on is something else.
class ChangedLater : public FakeClip {
public:
    ChangedLater(int frames, int from) : FakeClip(frames), m_from(from) {}
    std::shared_ptr<const FaceTrack> face() const override {
        auto track = std::make_shared<FaceTrack>(*FakeClip::face());
        later(track->emotion, kEmotionDims);
        return track;
    }
    std::shared_ptr<const SpeechTrack> speech() const override {
        auto track = std::make_shared<SpeechTrack>(*FakeClip::speech());
        later(track->mfcc, kMfccDims);
        return track;
    }
    std::unique_ptr<FrameReader> faceFrames(int size) const override {
        class Inverted : public FrameReader {
        public:
            Inverted(std::unique_ptr<FrameReader> inner, int from) : m_inner(std::move(inner)), m_from(from) {}
            int width() const override { return m_inner->width(); }
            int height() const override { return m_inner->height(); }
            bool next(std::vector<std::uint8_t>& rgb) override {
                if (!m_inner->next(rgb)) return false;
                if (m_at++ >= m_from)
                    for (auto& x : rgb) x = static_cast<std::uint8_t>(255 - x);
                return true;
            }

        private:
            std::unique_ptr<FrameReader> m_inner;
            int m_from, m_at = 0;
        };
        return std::make_unique<Inverted>(FakeClip::faceFrames(size), m_from);
    }

private:
    void later(std::vector<float>& rows, int width) const {
        for (std::size_t i = static_cast<std::size_t>(m_from * width); i < rows.size(); ++i) rows[i] = 3 - 2 * rows[i];
    }
    int m_from;
};

// First frame in which two answers of `width` numbers a frame differ, over all samples.
int firstDifference(const std::vector<float>& a, const std::vector<float>& b, int samples, int width) {
    int first = kFrames;
    for (int k = 0; k < samples; ++k)
        for (int i = 0; i < kFrames * width; ++i) {
            const auto at = static_cast<std::size_t>(k * kFrames * width + i);
            if (a[at] != b[at]) first = std::min(first, i / width);
        }
    return first;
}

// An untrained EA is the identity and hides what it would let through: every parameter gets some value.
void stir(TransVaeNet& net) {
    torch::NoGradGuard off;
    torch::manual_seed(5);
    for (torch::Tensor& p : net->parameters(true))
        if (p.abs().max().item<float>() == 0) p.copy_(torch::randn_like(p) * .1);
}

std::unique_ptr<ReactionModel> opened(const test::TempDir& folder, const std::string& name, const char* variant,
                                      int stride) {
    TransVaeConfig config = TransVaeConfig::of(name, variant);
    config.stride = stride;
    TransVaeNet net(config);
    stir(net);
    const auto file = folder.path() / (name + variant + std::to_string(stride) + ".safetensors");
    saveModule(*net, file,
               {{"model", name},
                {"variant", variant},
                {"video_size", "32"},
                {"stride", std::to_string(stride)},
                {"window", std::to_string(config.window)}});
    CheckpointRef ref;
    ref.path = file;
    ref.threads = 1;
    return openModel(name, ref);
}

class Online : public testing::TestWithParam<std::tuple<const char*, const char*, int>> {
protected:
    test::TempDir m_folder;
    JobContext m_job;
};

TEST_P(Online, NothingOfTheFutureIsUsed) {
    const auto& [name, variant, stride] = GetParam();
    const auto model = opened(m_folder, name, variant, stride);
    const int window = TransVaeConfig::of(name, variant).window * stride;
    ReactOptions options;
    options.samples = 2;
    const FakeClip plain(kFrames);
    const bool emc = std::string(name).find("-emc") != std::string::npos;
    std::vector<Availability> every = {{}, {{{3, 7}}, {{5, 12}}}};
    if (emc) every.insert(every.end(), {Availability::withoutFace(), Availability::withoutSpeech()});
    for (const Availability& availability : every) {
        options.availability = availability;
        const Reactions before = model->react(plain, options, m_job);
        for (int from = window; from < kFrames; from += window) {
            ChangedLater changed(kFrames, from);
            changed.change().contentHash += "from" + std::to_string(from);
            const Reactions after = model->react(changed, options, m_job);
            // Frames between two tokens are interpolated: the last ones of a window lean on the next token.
            const int first = from - stride / 2;
            EXPECT_GE(firstDifference(before.emotion, after.emotion, 2, kEmotionDims), first) << from;
            EXPECT_GE(firstDifference(before.coeffs, after.coeffs, 2, kCoeffDims), first) << from;
            // ... and what comes then is not ignored.
            if (from + window <= kFrames) EXPECT_LT(firstDifference(before.emotion, after.emotion, 2, 25), kFrames);
        }
    }
}

TEST_P(Online, TheTailFollowsItsVariant) {
    const auto& [name, variant, stride] = GetParam();
    if (stride != 1) return;
    const auto model = opened(m_folder, name, variant, stride);
    ReactOptions options;
    options.samples = 1;
    options.frames = 22; // fills neither windows of 5 nor of 8
    const Reactions out = model->react(FakeClip(kFrames), options, m_job);
    const int window = TransVaeConfig::of(name, variant).window, whole = 22 / window * window;
    double tail = 0, body = 0;
    for (int t = 0; t < 22; ++t)
        for (int c = 0; c < kEmotionDims; ++c)
            (t < whole ? body : tail) += std::abs(out.emotion[static_cast<std::size_t>(t * kEmotionDims + c)]);
    EXPECT_GT(body, 0);
    if (std::string(variant) == "compat") EXPECT_EQ(tail, 0);
    else EXPECT_GT(tail, 0);
}

std::string testName(const testing::TestParamInfo<Online::ParamType>& info) {
    std::string name = std::get<0>(info.param) + std::string("_") + std::get<1>(info.param) + "_" +
                       std::to_string(std::get<2>(info.param));
    std::replace(name.begin(), name.end(), '-', '_');
    return name;
}
INSTANTIATE_TEST_SUITE_P(Every, Online,
                         testing::Values(std::make_tuple("trans-vae-online", "fixed", 1),
                                         std::make_tuple("trans-vae-online", "compat", 1),
                                         std::make_tuple("trans-vae-online-emc", "fixed", 1),
                                         std::make_tuple("trans-vae-online-emc", "fixed", 2),
                                         std::make_tuple("trans-vae-online-emc-no-ea", "fixed", 1),
                                         std::make_tuple("trans-vae-online-emc", "compat", 1)),
                         testName);

TEST(OnlineNetwork, ParametersAreCountedAndTheOfficialOnesMatch) {
    const auto count = [](const char* name, const char* variant) {
        long own = parameterCount(*TransVaeNet(TransVaeConfig::of(name, variant)));
        if (std::string(name).ends_with("-emc")) own -= parameterCount(*SpeechEmotionHead());
        return own;
    };
    EXPECT_EQ(count("trans-vae-online", "compat"), 1670835); // models.md 3.1
    EXPECT_EQ(count("trans-vae-online", "fixed"), kParametersOnline);
    EXPECT_EQ(count("trans-vae-online-emc", "fixed"), kParametersOnlineEmc);
    EXPECT_EQ(count("trans-vae-online-emc-no-ea", "fixed"), kParametersOnlineNoEa);
}

// What a window remembers is enough: generating a longer clip begins with the shorter one, and one draw more in the
// batch changes nothing for the others.
TEST(OnlineNetwork, WindowsContinueAndSamplesAreIndependent) {
    torch::NoGradGuard off;
    TransVaeNet net(TransVaeConfig::of("trans-vae-online-emc", "fixed"));
    stir(net);
    net->eval();
    torch::manual_seed(3);
    const torch::Tensor fused = torch::randn({1, 23, 128}), noise = torch::randn({3, 128}),
                        emotion = torch::rand({1, 23, 25});
    const EmotionSides sides = net->emotionSides(emotion, {}, {}, {});
    const PrefixSource source = [&](int64_t end) { return PrefixFeatures{fused.narrow(1, 0, end), sides.prefix(end)}; };
    const Generated whole = net->generate(source, noise, 23);
    EXPECT_EQ(whole.reaction.emotion.sizes(), (std::vector<int64_t>{3, 23, 25}));
    EXPECT_EQ(whole.q.mu.sizes(), (std::vector<int64_t>{3, 23, 128}));
    const Generated part = net->generate(source, noise, 15);
    EXPECT_LT((whole.reaction.emotion.narrow(1, 0, 15) - part.reaction.emotion).abs().max().item<double>(), 1e-6);
    for (int64_t k = 0; k < 3; ++k) {
        const Generated one = net->generate(source, noise.narrow(0, k, 1), 23);
        EXPECT_LT((whole.reaction.coeffs[k] - one.reaction.coeffs[0]).abs().max().item<double>(), 1e-5);
    }
    // The past matters: another draw in the first window is another second window.
    torch::Tensor other = noise.unsqueeze(1).repeat({1, 5, 1});
    other.select(1, 0).add_(1);
    const Generated changed = net->generate(source, other, 23);
    EXPECT_GT(
        (whole.reaction.emotion.narrow(1, 5, 5) - changed.reaction.emotion.narrow(1, 5, 5)).abs().max().item<double>(),
        1e-4);
}

// The video network that runs along: a piece does not depend on what follows, and one piece is the plain encoder.
TEST(OnlineNetwork, FramesAreNormalisedByWhatHasBeenSeen) {
    torch::NoGradGuard off;
    torch::manual_seed(4);
    FrameEncoder encoder;
    encoder->eval();
    const torch::Tensor frames = torch::rand({12, 3, 32, 32}) * 2 - 1;
    JobContext job;
    const auto read = [&](int begin, int end) { return frames.slice(0, begin, end); };
    const torch::Tensor all = encoder->encodeInWindows({5, 10, 12}, read, job);
    EXPECT_LT(
        (all.narrow(0, 0, 5) - encoder->forward(frames.narrow(0, 0, 5).unsqueeze(0))[0]).abs().max().item<double>(),
        1e-4);
    EXPECT_EQ((all.narrow(0, 0, 10) - encoder->encodeInWindows({5, 10}, read, job)).abs().max().item<double>(), 0);
    EXPECT_LT((encoder->encodeInWindows({12}, read, job) - encoder->forward(frames.unsqueeze(0))[0])
                  .abs()
                  .max()
                  .item<double>(),
              1e-4);
}

TEST(OnlineNetwork, TheSpeechHeadReachesAsFarAsItSays) {
    torch::NoGradGuard off;
    torch::manual_seed(6);
    SpeechEmotionHead head;
    head->eval();
    const torch::Tensor mfcc = torch::randn({1, 80, 78});
    const torch::Tensor whole = head->forward(mfcc), part = head->forward(mfcc.slice(1, 50 - kSpeechEmotionReach));
    EXPECT_LT((whole.slice(1, 50) - part.slice(1, kSpeechEmotionReach)).abs().max().item<double>(), 1e-5);
}

} // namespace
} // namespace emc
