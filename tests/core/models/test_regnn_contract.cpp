// What the REGNN family promises beyond the contract of every model.
#include <gtest/gtest.h>

#include <cmath>

#include "core/api/error.h"
#include "core/api/reaction_model.h"
#include "core/data/npy.h"
#include "core/data/safetensors.h"
#include "core/models/regnn_inputs.h"
#include "core/models/regnn_windows.h"
#include "core/nn/checkpoint.h"
#include "core/nn/noise.h"
#include "tests/core/models/fake_clip.h"
#include "tests/support/shared.h"

namespace emc {
namespace {
using test::FakeClip;

constexpr int kFrames = 70; // two windows and a rest: starts 0, 20

bool isEmc(const std::string& name) {
    return ModelCatalogue::shared().find(name).info.condition.starts_with("emc");
}

double difference(const std::vector<float>& a, const std::vector<float>& b) {
    if (a.size() != b.size()) return 1e9;
    double largest = 0;
    for (std::size_t i = 0; i < a.size(); ++i) largest = std::max(largest, std::abs(static_cast<double>(a[i]) - b[i]));
    return largest;
}

std::unique_ptr<ReactionModel> open(const std::string& name, const std::filesystem::path& path = {}) {
    CheckpointRef ref;
    ref.videoSize = 32;
    ref.threads = 1;
    ref.path = path;
    return openModel(name, ref);
}
ReactOptions few(int samples) {
    ReactOptions options;
    options.samples = samples;
    return options;
}

class Regnn : public testing::TestWithParam<std::string> {
protected:
    JobContext m_job;
};

TEST_P(Regnn, AnyLengthOfClip) {
    for (const int frames : {1, 7, 49, 50, 51, 74, 75, 101, 126}) {
        const FakeClip clip(frames);
        const auto model = open(GetParam());
        const Reactions out = model->react(clip, few(2), m_job);
        EXPECT_EQ(out.frames, frames);
        EXPECT_EQ(out.emotion.size(), 2u * static_cast<std::size_t>(frames) * kEmotionDims);
        EXPECT_EQ(out.coeffs.size(), 2u * static_cast<std::size_t>(frames) * kCoeffDims);
        for (const float x : out.emotion) ASSERT_TRUE(std::isfinite(x)) << frames;
        for (const float x : out.coeffs) ASSERT_TRUE(std::isfinite(x)) << frames;
        EXPECT_EQ(out.meta.at("windows"), std::to_string(windowStarts(frames).size()));
        EXPECT_LE(std::stod(out.meta.at("inverse_residual")), 1e-4);
        EXPECT_GE(std::stoi(out.meta.at("inverse_iterations")), 1);
        EXPECT_NE(out.meta.at("features").find("built-in"), std::string::npos);
    }
}

TEST_P(Regnn, AMissingModalityIsNeverRead) {
    for (const bool face : {true, false}) {
        for (const bool declaredByClip : {false, true}) {
            const auto model = open(GetParam());
            FakeClip clip(kFrames);
            ReactOptions options = few(2);
            if (declaredByClip) (face ? clip.change().hasFace : clip.change().hasSpeech) = false;
            else options.availability = face ? Availability::withoutFace() : Availability::withoutSpeech();
            (face ? clip.forbidFace : clip.forbidSpeech) = true;
            options.attention = {"all"};
            options.cmaTrace = true;
            const Reactions out = model->react(clip, options, m_job);
            EXPECT_EQ(out.meta.at(face ? "face_missing" : "speech_missing"), "[[0,70]]");
            EXPECT_EQ(out.meta.at("fill"), isEmc(GetParam()) ? "cma" : "zeros");
            EXPECT_EQ(out.meta.contains("note"), !isEmc(GetParam()));
        }
    }
    FakeClip clip(kFrames);
    clip.change().hasFace = false;
    ReactOptions options = few(1);
    options.availability = Availability::withoutSpeech();
    EXPECT_THROW(open(GetParam())->react(clip, options, m_job), Error);
}

// Differs from its base only where the face is declared missing, if that is so.
class ChangedFace : public FakeClip {
public:
    using FakeClip::FakeClip;
    std::shared_ptr<const FaceTrack> face() const override {
        auto track = std::make_shared<FaceTrack>(*FakeClip::face());
        for (std::size_t i = 5 * kEmotionDims; i < 30 * kEmotionDims; ++i) track->emotion[i] = 9;
        return track;
    }
    std::unique_ptr<FrameReader> faceFrames(int size) const override {
        class Inverted : public FrameReader {
        public:
            explicit Inverted(std::unique_ptr<FrameReader> inner) : m_inner(std::move(inner)) {}
            int width() const override { return m_inner->width(); }
            int height() const override { return m_inner->height(); }
            bool next(std::vector<std::uint8_t>& rgb) override {
                if (!m_inner->next(rgb)) return false;
                if (m_at >= 5 && m_at < 30)
                    for (auto& x : rgb) x = static_cast<std::uint8_t>(255 - x);
                ++m_at;
                return true;
            }

        private:
            std::unique_ptr<FrameReader> m_inner;
            int m_at = 0;
        };
        return std::make_unique<Inverted>(FakeClip::faceFrames(size));
    }
};

TEST_P(Regnn, WhatIsHiddenInASpanDoesNotMatter) {
    ReactOptions options = few(2);
    const FakeClip plain(kFrames);
    const ChangedFace changed(kFrames);
    const auto visible = open(GetParam())->react(plain, options, m_job);
    EXPECT_GT(difference(visible.emotion, open(GetParam())->react(changed, options, m_job).emotion), 1e-4);
    options.availability.faceMissing = {{5, 30}};
    const auto hidden = open(GetParam())->react(plain, options, m_job);
    EXPECT_EQ(difference(hidden.emotion, open(GetParam())->react(changed, options, m_job).emotion), 0);
    EXPECT_GT(difference(hidden.emotion, visible.emotion), 1e-5);
    // The clip's own note about lost faces does the same.
    FakeClip lost(kFrames);
    lost.change().faceMissing = {{5, 30}};
    EXPECT_EQ(difference(hidden.emotion, open(GetParam())->react(lost, few(2), m_job).emotion), 0);
    // Both missing somewhere, but not everywhere.
    options.availability.speechMissing = {{25, 40}};
    for (const float x : open(GetParam())->react(plain, options, m_job).emotion) ASSERT_TRUE(std::isfinite(x));
}

TEST_P(Regnn, EachSwitchChangesTheOutputOrIsDeclared) {
    const auto model = open(GetParam());
    const FakeClip clip(kFrames);
    ReactOptions base = few(2);
    const auto both = model->react(clip, base, m_job).emotion;
    base.availability = Availability::withoutFace();
    const auto noFace = model->react(clip, base, m_job).emotion;
    EXPECT_GT(difference(both, noFace), 1e-4);
    const auto changed = [&](auto&& edit) {
        ReactOptions options = base;
        edit(options);
        return difference(noFace, model->react(clip, options, m_job).emotion);
    };
    EXPECT_GT(changed([](auto& o) { o.availability = Availability::withoutSpeech(); }), 1e-4);
    const double zeros = changed([](auto& o) { o.fill = Fill::Zeros; });
    const double hotter = changed([](auto& o) { o.temperature = 3; });
    const double perFrame = changed([](auto& o) { o.perFrameDraws = true; });
    const double given = changed([](auto& o) { o.cmaLatent.assign(64, 1.5f); });
    if (isEmc(GetParam())) {
        for (const double change : {zeros, hotter, perFrame, given}) EXPECT_GT(change, 1e-5);
        ReactOptions wrong = base;
        wrong.cmaLatent = {1, 2, 3};
        EXPECT_THROW(model->react(clip, wrong, m_job), Error);
    } else { // meta says fill = zeros
        for (const double change : {zeros, hotter, perFrame, given}) EXPECT_EQ(change, 0);
    }
    EXPECT_EQ(changed([](auto&) {}), 0); // the same question again
}

TEST_P(Regnn, AttentionIsOfTheDisplayedSampleAndRowsSumToOne) {
    for (const int frames : {30, kFrames}) { // a window that is padded, and two that overlap
        const auto model = open(GetParam());
        const FakeClip clip(frames);
        ReactOptions options = few(3);
        const auto without = model->react(clip, options, m_job);
        EXPECT_TRUE(without.attention.empty());
        options.availability = Availability::withoutSpeech();
        options.attention = {"all"};
        const auto all = model->react(clip, options, m_job);
        std::map<std::string, int> seen;
        for (const AttentionMap& map : all.attention) {
            const std::string site = map.site + "/" + map.part;
            EXPECT_EQ(map.layer, seen[site]++) << site;
            EXPECT_EQ(map.heads, site == "edges/graph" ? 8 : 4);
            EXPECT_EQ(map.queries, site == "edges/graph" ? 25 : frames);
            EXPECT_EQ(map.keys, map.queries);
            ASSERT_EQ(map.weights.size(), static_cast<std::size_t>(map.heads * map.queries * map.keys));
            for (int row = 0; row < map.heads * map.queries; ++row) {
                double sum = 0;
                for (int k = 0; k < map.keys; ++k) sum += map.weights[static_cast<std::size_t>(row * map.keys + k)];
                ASSERT_NEAR(sum, 1, 1e-4) << site;
            }
        }
        for (const std::string& site : model->info().attentionSites) {
            if (site == "cma_f/self") continue; // the face is there: nobody imagines it
            const int expected = site.starts_with("trans_v") ? 5
                                 : site == "edges/graph"     ? static_cast<int>(windowStarts(frames).size())
                                                             : 1;
            EXPECT_EQ(seen[site], expected) << site;
        }
        // Looking changes nothing (up to the rounding of another kernel).
        options.attention = {"trans_v_mem"};
        const auto one = model->react(clip, options, m_job);
        ASSERT_EQ(one.attention.size(), 5u);
        options.attention.clear();
        EXPECT_LT(difference(one.emotion, model->react(clip, options, m_job).emotion), 1e-5);
    }
}

TEST_P(Regnn, CmaTraceAndTruth) {
    if (!isEmc(GetParam())) return;
    const auto model = open(GetParam());
    const FakeClip clip(kFrames);
    ReactOptions options = few(4);
    options.availability = Availability::withoutFace();
    options.cmaTrace = true;
    options.displayedSample = 1;
    const auto blind = model->react(clip, options, m_job);
    EXPECT_EQ(clip.faceReads + clip.videoReads, 0);
    ASSERT_EQ(blind.cma.size(), 1u);
    const CmaTrace& trace = blind.cma[0];
    EXPECT_EQ(trace.imagined, Modality::Face);
    EXPECT_EQ(trace.frames, kFrames);
    EXPECT_EQ(trace.draws.size(), 4u * 64u);
    EXPECT_EQ(trace.uImagined.size(), static_cast<std::size_t>(kFrames) * 128u);
    EXPECT_TRUE(trace.uTrue.empty() && trace.cosine.empty() && trace.mu.empty());
    options.cmaTruth = true;
    const auto seeing = model->react(clip, options, m_job);
    EXPECT_GT(clip.videoReads, 0);
    EXPECT_EQ(difference(blind.emotion, seeing.emotion), 0); // the truth is only compared with
    EXPECT_EQ(difference(blind.cma[0].uImagined, seeing.cma[0].uImagined), 0);
    EXPECT_EQ(seeing.cma[0].cosine.size(), static_cast<std::size_t>(kFrames));
    EXPECT_EQ(seeing.cma[0].mu.size(), static_cast<std::size_t>(kFrames) * 64u);
    // The latent from outside is the displayed sample's draw.
    options.cmaLatent.assign(seeing.cma[0].draws.begin(), seeing.cma[0].draws.begin() + 64);
    const auto walked = model->react(clip, options, m_job);
    EXPECT_GT(difference(walked.cma[0].uImagined, seeing.cma[0].uImagined), 1e-4);
    EXPECT_EQ(std::vector<float>(walked.cma[0].draws.begin() + 64, walked.cma[0].draws.begin() + 128),
              options.cmaLatent);
    // With both present both directions are imagined, for comparison.
    options = few(2);
    options.cmaTrace = true;
    EXPECT_EQ(model->react(clip, options, m_job).cma.size(), 2u);
}

TEST_P(Regnn, ClipsAreEncodedOnceAndForgottenOnDemand) {
    const auto model = open(GetParam());
    const FakeClip clip(kFrames);
    model->react(clip, few(1), m_job);
    EXPECT_EQ(clip.videoReads, 1);
    ReactOptions options = few(1);
    for (const auto& availability : {Availability::withoutFace(), Availability::withoutSpeech(), Availability{}}) {
        options.availability = availability;
        model->react(clip, options, m_job);
    }
    EXPECT_EQ(clip.videoReads, 1);
    EXPECT_LE(clip.faceReads, 1);
    EXPECT_EQ(clip.speechReads, 1);
    model->forgetCaches();
    model->react(clip, few(1), m_job);
    EXPECT_EQ(clip.videoReads, 2);
    const FakeClip other(kFrames, 2);
    model->react(other, few(1), m_job);
    EXPECT_EQ(other.videoReads, 1);
}

INSTANTIATE_TEST_SUITE_P(Family, Regnn, testing::Values("regnn", "regnn-emc", "regnn-emc-no-ea"), [](const auto& info) {
    std::string name = info.param;
    std::replace(name.begin(), name.end(), '-', '_');
    return name;
});

TEST(RegnnWindows, CoverEveryLengthAndJoinToWhatWasCut) {
    EXPECT_EQ(windowStarts(750).size(), 29u); // as the original
    EXPECT_EQ(windowStarts(751).back(), 701);
    for (const int tokens : {1, 3, 49, 50, 51, 75, 80, 99, 100, 151}) {
        const auto starts = windowStarts(tokens);
        const torch::Tensor clip =
            torch::tensor(gaussianNoise(9, static_cast<std::size_t>(tokens) * 3)).view({1, tokens, 3});
        const torch::Tensor two = torch::cat({clip, 2 * clip});
        WindowJoiner joiner(tokens, starts);
        const torch::Tensor windows = cutWindows(two, starts);
        EXPECT_EQ(windows.size(0), 2 * static_cast<int64_t>(starts.size()));
        joiner.add(windows, 0, static_cast<int>(starts.size()));
        EXPECT_LT((joiner.joined() - two).abs().max().item<float>(), 1e-6) << tokens;
    }
}

TEST(RegnnWindows, NoiseIsLimitedAndAgreesWhereWindowsOverlap) {
    const auto starts = windowStarts(120);
    for (const bool perWindow : {true, false}) {
        const torch::Tensor noise = windowNoise(5, 120, starts, 1, perWindow);
        EXPECT_EQ(noise.sizes(), (std::vector<int64_t>{static_cast<int64_t>(starts.size()), 25, 50}));
        EXPECT_NEAR(noise.abs().max().item<double>(), std::sqrt(.06), 1e-6);
        const torch::Tensor d = noise[0].narrow(1, 25, 25) - noise[1].narrow(1, 0, 25);
        if (perWindow) EXPECT_GT(d.abs().max().item<float>(), .05);
        else EXPECT_EQ(d.abs().max().item<float>(), 0);
        EXPECT_TRUE(torch::equal(noise, windowNoise(5, 120, starts, 1, perWindow)));
        EXPECT_FALSE(torch::equal(noise, windowNoise(6, 120, starts, 1, perWindow)));
    }
}

// ---- files of the authors ----
class OfficialRegnn : public testing::Test {
protected:
    RegnnNet official() {
        RegnnConfig config = RegnnConfig::of("regnn", "compat");
        config.features = RegnnFeatures::SwinVggish;
        return RegnnNet(config);
    }
    // What a converted file holds: no metadata of ours and none of our buffers.
    std::filesystem::path write(RegnnNet& net, bool firstEdition, const std::string& dropped = {}) {
        SafetensorsWriter writer;
        const auto add = [&](const std::string& name, const torch::Tensor& t) {
            if (name.starts_with("emc.") || (firstEdition && name.find(".dll.") != std::string::npos) ||
                name == dropped)
                return;
            const torch::Tensor c = t.detach().contiguous();
            writer.addF32(name, c.sizes().vec(), {c.data_ptr<float>(), static_cast<std::size_t>(c.numel())});
        };
        for (const auto& item : net->named_parameters(true)) add(item.key(), item.value());
        for (const auto& item : net->named_buffers(true)) add(item.key(), item.value());
        const auto path = m_folder / "regnn.safetensors";
        writer.write(path);
        return path;
    }
    // Swin and VGGish files beside a clip.
    class FeatureClip : public FakeClip {
    public:
        FeatureClip(const std::filesystem::path& folder, int frames) : FakeClip(frames) {
            change().path = folder;
            std::filesystem::create_directories(folder / "features");
            for (const auto& [name, width] : {std::pair("swin", kSwinDims), std::pair("vggish", kVggishDims)}) {
                const auto values =
                    uniformNoise(width, static_cast<std::size_t>(frames) * static_cast<std::size_t>(width));
                writeNpy(folder / "features" / (std::string(name) + ".npy"), {frames, width}, std::span(values));
            }
        }
    };
    test::TempDir m_folder;
    JobContext m_job;
};

TEST_F(OfficialRegnn, BothEditionsLoadByTheirKeys) {
    RegnnNet net = official();
    long parameters = 0, tensors = 0, dll = 0;
    for (const auto& item : net->named_parameters(true)) {
        parameters += static_cast<long>(item.value().numel());
        ++tensors;
        if (item.key().find(".dll.") != std::string::npos) dll += static_cast<long>(item.value().numel());
    }
    EXPECT_EQ(parameters, 2233171);
    EXPECT_EQ(tensors, 178);
    EXPECT_EQ(parameters - dll, 2202571); // of the first edition
    const FeatureClip clip(m_folder / "clip", 80);
    std::vector<float> seen;
    for (const bool firstEdition : {false, true}) {
        const auto model = open("regnn", write(net, firstEdition));
        EXPECT_EQ(model->info().parameters, 2233171);
        EXPECT_FALSE(model->info().givesCoeffs);
        const Reactions out = model->react(clip, few(2), m_job);
        EXPECT_TRUE(out.coeffs.empty());
        EXPECT_EQ(out.meta.at("variant"), "compat");
        EXPECT_NE(out.meta.at("features").find("Swin"), std::string::npos);
        EXPECT_EQ(clip.faceReads + clip.videoReads + clip.speechReads, 0);
        if (firstEdition) EXPECT_EQ(difference(seen, out.emotion), 0); // what it lacks is never used
        seen = out.emotion;
    }
    // A missing face: its features are not opened.
    std::filesystem::remove(m_folder / "clip" / "features" / "swin.npy");
    ReactOptions options = few(1);
    const auto model = open("regnn", write(net, false));
    EXPECT_THROW(model->react(clip, options, m_job), Error);
    options.availability = Availability::withoutFace();
    EXPECT_EQ(model->react(clip, options, m_job).frames, 80);
}

TEST_F(OfficialRegnn, AFileThatLacksSomethingIsRefusedByName) {
    RegnnNet net = official();
    const std::string name = "motor_processor.Layers.1.attn_1.w";
    try {
        open("regnn", write(net, false, name));
        FAIL();
    } catch (const Error& error) { EXPECT_NE(std::string(error.what()).find(name), std::string::npos); }
    EXPECT_THROW(open("regnn", m_folder / "nothing.safetensors"), Error);
}

TEST_F(OfficialRegnn, WeightsThatCannotBeTurnedRoundAreReported) {
    RegnnNet net = official();
    torch::NoGradGuard off;
    net->motor()->layer(0)->norm()->named_parameters()["_log_scale"].fill_(std::nan(""));
    const FeatureClip clip(m_folder / "clip", 80);
    try {
        open("regnn", write(net, false))->react(clip, few(1), m_job);
        FAIL();
    } catch (const Error& error) {
        EXPECT_NE(std::string(error.what()).find("frames 0 to 50"), std::string::npos) << error.what();
    }
}

} // namespace
} // namespace emc
