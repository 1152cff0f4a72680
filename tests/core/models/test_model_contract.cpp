// What every registered model must keep (architecture.md 4.2), and what every host must: all of the catalogue, whoever
// registers there.
#include <gtest/gtest.h>

#include <cmath>
#include <map>

#include "core/api/error.h"
#include "core/api/reaction_model.h"
#include "core/models/mean_statistics.h"
#include "core/models/precision.h"
#include "tests/core/models/fake_clip.h"
#include "tests/core/models/training_batch.h"
#include "tests/support/shared.h"

namespace emc {

void PrintTo(const ModelInfo& info, std::ostream* out) {
    *out << info.name;
}

namespace {
using test::FakeClip;

constexpr double kBfloat16Bound = .02; // of emotion, whose numbers are 0 to 1 (-1 to 1), with untrained weights
constexpr int kFrames = 70;            // for hosts that work in windows: two that overlap

bool isBaseline(const std::string& name) {
    return ModelCatalogue::shared().find(name).info.condition == "baseline";
}
bool isEmc(const std::string& name) {
    return ModelCatalogue::shared().find(name).info.condition.starts_with("emc");
}

double difference(const std::vector<float>& a, const std::vector<float>& b) {
    if (a.size() != b.size()) return 1e9;
    double largest = 0;
    for (std::size_t i = 0; i < a.size(); ++i) largest = std::max(largest, std::abs(static_cast<double>(a[i]) - b[i]));
    return largest;
}

class ModelContract : public testing::TestWithParam<std::string> {
protected:
    std::unique_ptr<ReactionModel> open() {
        CheckpointRef ref;
        ref.videoSize = 32;
        ref.threads = 1;
        if (GetParam().starts_with("mean-")) {
            JobContext job;
            writeMeanStatistics({Pair{std::make_shared<FakeClip>(kFrames, 5), std::make_shared<FakeClip>(kFrames, 6)}},
                                m_folder.path(), job);
            ref.corpus = m_folder.path();
        } else if (GetParam().starts_with("faceais")) { // its reactions are tokens
            ref.path = m_folder / "loud.safetensors";
            const auto model = ModelCatalogue::shared()
                                   .find(GetParam())
                                   .makeTrainable(writeTrainOptions(test::optionsFor(GetParam())));
            test::makeLoud(model->module());
            saveModule(model->module(), ref.path, model->metadata());
        }
        return openModel(GetParam(), ref);
    }
    ReactOptions few(int samples = 3) {
        ReactOptions options;
        options.samples = samples;
        return options;
    }
    test::TempDir m_folder;
    JobContext m_job;
};

TEST_P(ModelContract, InfoIsComplete) {
    const ModelInfo info = open()->info();
    EXPECT_EQ(info.name, GetParam());
    for (const std::string& text : {info.label, info.host, info.condition, info.help}) EXPECT_FALSE(text.empty());
    EXPECT_EQ(info.help.back(), '.');
    EXPECT_EQ(info.parameters > 0, !isBaseline(GetParam()));
    EXPECT_EQ(static_cast<bool>(ModelCatalogue::shared().find(GetParam()).makeTrainable), !isBaseline(GetParam()));
}

TEST_P(ModelContract, ShapesFiniteSeedsAndOrder) {
    const auto model = open();
    const FakeClip clip(kFrames);
    const Reactions first = model->react(clip, few(), m_job);
    EXPECT_EQ(first.samples, 3);
    EXPECT_EQ(first.frames, kFrames);
    EXPECT_EQ(first.emotion.size(), 3u * kFrames * kEmotionDims);
    EXPECT_EQ(first.coeffs.size(), model->info().givesCoeffs ? 3u * kFrames * kCoeffDims : 0u);
    for (const float x : first.emotion) ASSERT_TRUE(std::isfinite(x));
    for (const float x : first.coeffs) ASSERT_TRUE(std::isfinite(x));
    EXPECT_EQ(first.meta.at("model"), GetParam());
    // The same seed gives the same samples, whatever is shown first, however many are asked for, in an object with or
    // without memory.
    ReactOptions options = few(5);
    options.displayedSample = 2;
    Reactions shown;
    options.onDisplayedSample = [&](const Reactions& soFar) { shown = soFar; };
    const Reactions five = open()->react(clip, options, m_job);
    const std::size_t one = kFrames * kEmotionDims;
    EXPECT_LT(
        difference(first.emotion, {five.emotion.begin(), five.emotion.begin() + static_cast<std::ptrdiff_t>(3 * one)}),
        2e-6);
    ASSERT_EQ(shown.samples, 1);
    EXPECT_LT(difference(shown.emotion, {five.emotion.begin() + static_cast<std::ptrdiff_t>(2 * one),
                                         five.emotion.begin() + static_cast<std::ptrdiff_t>(3 * one)}),
              1e-9);
    ReactOptions other = few();
    other.seed = 8;
    const double change = difference(first.emotion, model->react(clip, other, m_job).emotion);
    const bool deterministic = first.meta.contains("deterministic") && first.meta.at("deterministic") == "true";
    if (deterministic) EXPECT_EQ(change, 0);
    else EXPECT_GT(change, 1e-4);
    // Fewer frames.
    options = few(1);
    options.frames = 10;
    EXPECT_EQ(model->react(clip, options, m_job).frames, 10);
}

TEST_P(ModelContract, CancelAndWrongInputs) {
    const auto model = open();
    const FakeClip clip(kFrames);
    JobContext cancelled;
    cancelled.requestCancel();
    EXPECT_THROW(model->react(clip, few(), cancelled), Cancelled);
    // Cancelled after the first sample: the rest is not computed.
    JobContext later;
    ReactOptions options = few(6);
    options.onDisplayedSample = [&](const Reactions&) { later.requestCancel(); };
    EXPECT_THROW(model->react(clip, options, later), Cancelled);
    EXPECT_THROW(model->react(clip, few(0), m_job), Error);
    EXPECT_THROW(model->react(FakeClip(0), few(), m_job), Error);
    // Still usable.
    EXPECT_EQ(model->react(clip, few(1), m_job).samples, 1);
}

// Rounded matrix products: close to float32, other caches, float32 again afterwards; or refused in one sentence.
TEST_P(ModelContract, Bfloat16StaysCloseOrIsRefused) {
    const auto model = open();
    const FakeClip clip(kFrames);
    ReactOptions options = few();
    options.attention = {"all"};
    options.cmaTrace = true;
    const Reactions exact = model->react(clip, options, m_job);
    try {
        usePrecision(*model, Precision::Bfloat16);
    } catch (const Error& error) {
        EXPECT_EQ(error.kind(), ErrorKind::Unsupported);
        EXPECT_NE(std::string(error.what()).find(GetParam()), std::string::npos) << error.what();
        EXPECT_TRUE(isBaseline(GetParam()) || GetParam().starts_with("faceais") || GetParam() == "belfusion")
            << error.what();
        EXPECT_EQ(difference(exact.emotion, model->react(clip, options, m_job).emotion), 0);
        return;
    }
    const Reactions rounded = model->react(clip, options, m_job);
    const double emotion = difference(exact.emotion, rounded.emotion),
                 coeffs = difference(exact.coeffs, rounded.coeffs);
    RecordProperty("bfloat16_emotion", std::to_string(emotion));
    EXPECT_GT(emotion, 0) << "nothing was rounded";
    EXPECT_LT(emotion, kBfloat16Bound);
    EXPECT_LT(coeffs, kBfloat16Bound);
    EXPECT_EQ(rounded.meta.at("precision"), "bf16");
    EXPECT_EQ(rounded.attention.size(), exact.attention.size());
    EXPECT_EQ(difference(rounded.emotion, model->react(clip, options, m_job).emotion), 0) << "not the same again";
    // What CMA imagines as well.
    ReactOptions voice = options;
    voice.availability = Availability::withoutFace();
    const Reactions roundedVoice = model->react(clip, voice, m_job);
    usePrecision(*model, Precision::Float32);
    const Reactions back = model->react(clip, options, m_job);
    EXPECT_EQ(difference(exact.emotion, back.emotion), 0);
    EXPECT_FALSE(back.meta.contains("precision"));
    EXPECT_LT(difference(model->react(clip, voice, m_job).emotion, roundedVoice.emotion), kBfloat16Bound);
}

std::vector<std::string> names(bool hostsOnly) {
    std::vector<std::string> all;
    for (const ModelInfo& info : listModels())
        if (!hostsOnly || (info.condition != "baseline" && info.modalities.size() == 2)) all.push_back(info.name);
    return all;
}
std::string testName(const testing::TestParamInfo<std::string>& info) {
    std::string name = info.param;
    std::replace(name.begin(), name.end(), '-', '_');
    return name;
}
INSTANTIATE_TEST_SUITE_P(Every, ModelContract, testing::ValuesIn(names(false)), testName);

TEST(Catalogue, HoldsTheFamiliesAndTheBaselines) {
    const auto all = names(false);
    for (const char* name :
         {"trans-vae", "trans-vae-emc", "trans-vae-emc-no-ea", "regnn", "regnn-emc", "regnn-emc-no-ea",
          "trans-vae-online", "trans-vae-online-emc", "trans-vae-online-emc-no-ea", "belfusion", "mime",
          "mean-sequence", "mean-frame", "random"})
        EXPECT_NE(std::find(all.begin(), all.end(), name), all.end()) << name;
    EXPECT_THROW(openModel("trans-vae-emx", {}), Error);
}

// ---- models that learn from face and voice: a host, alone or inside EMC ----
class HostContract : public ModelContract {};

TEST_P(HostContract, AMissingModalityIsNeverRead) {
    for (const bool face : {true, false}) {
        for (const bool declaredByClip : {false, true}) {
            const auto model = open();
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
    EXPECT_THROW(open()->react(clip, options, m_job), Error);
}

// Differs from its base only in frames 5 to 30 of the face.
class ChangedFace : public FakeClip {
public:
    using FakeClip::FakeClip;
    std::shared_ptr<const FaceTrack> face() const override {
        auto track = std::make_shared<FaceTrack>(*FakeClip::face());
        for (std::size_t i = 5 * kEmotionDims; i < 30 * kEmotionDims; ++i) track->emotion[i] = 9;
        for (std::size_t i = 5 * kCoeffDims; i < 30 * kCoeffDims; ++i) track->coeffs[i] = 9;
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

TEST_P(HostContract, WhatIsHiddenInASpanDoesNotMatter) {
    ReactOptions options = few(2);
    const FakeClip plain(kFrames);
    const ChangedFace changed(kFrames);
    const auto visible = open()->react(plain, options, m_job);
    EXPECT_GT(difference(visible.emotion, open()->react(changed, options, m_job).emotion), 1e-4);
    options.availability.faceMissing = {{5, 30}};
    const auto hidden = open()->react(plain, options, m_job);
    EXPECT_EQ(difference(hidden.emotion, open()->react(changed, options, m_job).emotion), 0);
    EXPECT_GT(difference(hidden.emotion, visible.emotion), 1e-5);
    // The clip's own note about lost faces does the same.
    FakeClip lost(kFrames);
    lost.change().faceMissing = {{5, 30}};
    EXPECT_EQ(difference(hidden.emotion, open()->react(lost, few(2), m_job).emotion), 0);
    // Both missing somewhere, but not everywhere.
    options.availability.speechMissing = {{25, 40}};
    const auto finite = [&] {
        for (const float x : open()->react(plain, options, m_job).emotion) ASSERT_TRUE(std::isfinite(x));
    };
    finite();
    // One missing everywhere, the other in a span: nothing is known of either there.
    options.availability = Availability::withoutFace();
    options.availability.speechMissing = {{25, 40}};
    finite();
    options.availability = Availability::withoutSpeech();
    options.availability.faceMissing = {{25, 40}};
    options.cmaTrace = true;
    finite();
}

TEST_P(HostContract, EachSwitchChangesTheOutputOrIsDeclared) {
    const auto model = open();
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
    int latent = 64;
    if (isEmc(GetParam())) {
        ReactOptions options = base;
        options.cmaTrace = true;
        latent = model->react(clip, options, m_job).cma.at(0).latentDims;
    }
    const double given = changed([&](auto& o) { o.cmaLatent.assign(static_cast<std::size_t>(latent), 1.5f); });
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

TEST_P(HostContract, AttentionIsOfTheDisplayedSampleAndRowsSumToOne) {
    for (const int frames : {30, kFrames}) { // one window that is padded, and two
        const auto model = open();
        const FakeClip clip(frames);
        ReactOptions options = few(3);
        EXPECT_TRUE(model->react(clip, options, m_job).attention.empty());
        options.availability = Availability::withoutSpeech();
        options.attention = {"all"};
        const auto all = model->react(clip, options, m_job);
        std::map<std::string, int> seen;
        for (const AttentionMap& map : all.attention) {
            const std::string site = map.site + "/" + map.part;
            EXPECT_EQ(map.layer, seen[site]++) << site;
            EXPECT_GT(map.heads, 0);
            ASSERT_EQ(map.weights.size(), static_cast<std::size_t>(map.heads * map.queries * map.keys));
            for (int row = 0; row < map.heads * map.queries; ++row) {
                double sum = 0;
                for (int k = 0; k < map.keys; ++k) sum += map.weights[static_cast<std::size_t>(row * map.keys + k)];
                ASSERT_NEAR(sum, 1, 1e-4) << site;
            }
        }
        for (const std::string& site : model->info().attentionSites)
            if (site != "cma_f/self" && site != "h_sound/self") // the face is there, and there is no sound to look at
                EXPECT_GE(seen[site], 1) << site;
        // Looking changes nothing (up to the rounding of another kernel), and gives no more than what was asked for.
        const std::string last = model->info().attentionSites.back();
        options.attention = {last};
        const auto one = model->react(clip, options, m_job);
        ASSERT_EQ(static_cast<int>(one.attention.size()), seen[last]);
        EXPECT_EQ(one.attention[0].site + "/" + one.attention[0].part, last);
        options.attention.clear();
        EXPECT_LT(difference(one.emotion, model->react(clip, options, m_job).emotion), 1e-5);
    }
}

TEST_P(HostContract, AnyLengthOfClip) {
    for (const int frames : {1, 7, 49, 50, 51, 75}) {
        const Reactions out = open()->react(FakeClip(frames), few(2), m_job);
        EXPECT_EQ(out.frames, frames);
        EXPECT_EQ(out.emotion.size(), 2u * static_cast<std::size_t>(frames) * kEmotionDims);
        for (const float x : out.emotion) ASSERT_TRUE(std::isfinite(x)) << frames;
        for (const float x : out.coeffs) ASSERT_TRUE(std::isfinite(x)) << frames;
    }
}

TEST_P(HostContract, CmaTraceAndTruth) {
    if (!isEmc(GetParam())) return;
    const auto model = open();
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
    const auto latent = static_cast<std::size_t>(trace.latentDims);
    EXPECT_GT(latent, 0u);
    EXPECT_EQ(trace.draws.size(), 4u * latent);
    EXPECT_EQ(trace.uImagined.size(), static_cast<std::size_t>(kFrames * trace.dims));
    EXPECT_TRUE(trace.uTrue.empty() && trace.cosine.empty() && trace.mu.empty());
    options.cmaTruth = true;
    const auto seeing = model->react(clip, options, m_job);
    EXPECT_GT(clip.faceReads + clip.videoReads, 0);
    EXPECT_EQ(difference(blind.emotion, seeing.emotion), 0); // the truth is only compared with
    EXPECT_EQ(difference(blind.cma[0].uImagined, seeing.cma[0].uImagined), 0);
    EXPECT_EQ(seeing.cma[0].cosine.size(), static_cast<std::size_t>(kFrames));
    EXPECT_EQ(seeing.cma[0].mu.size(), static_cast<std::size_t>(kFrames) * latent);
    // The latent from outside is the displayed sample's draw.
    options.cmaLatent.assign(seeing.cma[0].draws.begin(),
                             seeing.cma[0].draws.begin() + static_cast<std::ptrdiff_t>(latent));
    const auto walked = model->react(clip, options, m_job);
    EXPECT_GT(difference(walked.cma[0].uImagined, seeing.cma[0].uImagined), 1e-4);
    const auto second = walked.cma[0].draws.begin() + static_cast<std::ptrdiff_t>(latent);
    EXPECT_EQ(std::vector<float>(second, second + static_cast<std::ptrdiff_t>(latent)), options.cmaLatent);
    // With both present both directions are imagined, for comparison.
    options = few(2);
    options.cmaTrace = true;
    EXPECT_EQ(model->react(clip, options, m_job).cma.size(), 2u);
}

TEST_P(HostContract, ClipsAreEncodedOnceAndForgottenOnDemand) {
    const auto model = open();
    const FakeClip clip(kFrames);
    model->react(clip, few(1), m_job);
    const int films = clip.videoReads; // 0 for a host that reads coefficients
    EXPECT_LE(films, 1);
    EXPECT_GE(films + clip.faceReads, 1);
    ReactOptions options = few(1);
    for (const auto& availability : {Availability::withoutFace(), Availability::withoutSpeech(), Availability{}}) {
        options.availability = availability;
        model->react(clip, options, m_job);
    }
    EXPECT_EQ(clip.videoReads, films);
    EXPECT_LE(clip.faceReads, 1);
    EXPECT_EQ(clip.speechReads, 1);
    model->forgetCaches();
    model->react(clip, few(1), m_job);
    EXPECT_EQ(clip.videoReads, 2 * films);
    const FakeClip other(kFrames, 2);
    model->react(other, few(1), m_job);
    EXPECT_EQ(other.videoReads, films);
}

INSTANTIATE_TEST_SUITE_P(Every, HostContract, testing::ValuesIn(names(true)), testName);

} // namespace
} // namespace emc
