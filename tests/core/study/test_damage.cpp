#include <gtest/gtest.h>

#include <cmath>
#include <map>

#include "core/data/mfcc.h"
#include "core/study/damaged_clip.h"
#include "core/study/study_random.h"
#include "core/study/treatment.h"
#include "tests/core/study/study_corpus.h"
#include "tests/support/shared.h"

using namespace emc;
using namespace emc::test;

namespace {

int covered(const std::vector<FrameSpan>& spans) {
    int sum = 0;
    for (const FrameSpan& span : spans) sum += span.length();
    return sum;
}

std::vector<int> shownFrames(const Clip& clip) {
    const auto reader = clip.faceFrames(8);
    std::vector<std::uint8_t> rgb;
    std::vector<int> shown;
    while (reader->next(rgb)) shown.push_back(rgb[0]);
    return shown;
}

} // namespace

TEST(StudyDamage, LostSpansHaveTheirShareAndTheirGaps) {
    for (const double share : {0.04, 0.25, 0.5, 0.9})
        for (std::uint64_t seed = 0; seed < 20; ++seed) {
            const auto spans = lostSpans(300, share, 12, seed);
            EXPECT_EQ(covered(spans), std::lround(share * 300));
            EXPECT_EQ(spans, normalisedSpans(spans, 300)) << "sorted, apart, within the clip";
            EXPECT_EQ(spans.size(), std::min<std::size_t>(static_cast<std::size_t>(std::lround(share * 300 / 12)),
                                                          static_cast<std::size_t>(301 - std::lround(share * 300))));
        }
    EXPECT_TRUE(lostSpans(300, 0, 12, 1).empty());
    EXPECT_EQ(lostSpans(300, 1, 12, 1), (std::vector<FrameSpan>{{0, 300}}));
    EXPECT_TRUE(lostSpans(0, 0.5, 12, 1).empty());
    EXPECT_EQ(covered(lostSpans(7, 0.99, 1, 1)), 7);
    EXPECT_EQ(lostSpans(300, 0.3, 12, 5), lostSpans(300, 0.3, 12, 5));
    EXPECT_NE(lostSpans(300, 0.3, 12, 5), lostSpans(300, 0.3, 12, 6));
}

TEST(StudyDamage, EveryArrangementIsEquallyLikely) {
    // 2 of 4 frames in one gap: 3 places. In two gaps: 3 arrangements too.
    for (const double burst : {2.0, 1.0}) {
        std::map<int, int> seen;
        for (std::uint64_t seed = 0; seed < 3000; ++seed) {
            int pattern = 0;
            for (const FrameSpan& span : lostSpans(4, 0.5, burst, namedSeed(seed, "x")))
                for (int t = span.begin; t < span.end; ++t) pattern |= 1 << t;
            ++seen[pattern];
        }
        EXPECT_EQ(seen.size(), 3u);
        for (const auto& [pattern, count] : seen) EXPECT_NEAR(count, 1000, 100) << pattern; // four deviations
    }
}

TEST(StudyDamage, GilbertElliottHasItsShareAndBurst) {
    double lost = 0, gaps = 0;
    for (std::uint64_t seed = 0; seed < 200; ++seed) {
        const auto spans = gilbertElliottSpans(2000, 0.3, 20, seed);
        lost += covered(spans);
        gaps += static_cast<double>(spans.size());
    }
    EXPECT_NEAR(lost / (200 * 2000.0), 0.3, 0.02);
    EXPECT_NEAR(lost / gaps, 20, 1.5);
    EXPECT_TRUE(gilbertElliottSpans(100, 0, 20, 1).empty());
    EXPECT_EQ(covered(gilbertElliottSpans(100, 1, 20, 1)), 100);
    lost = 0;
    for (std::uint64_t seed = 0; seed < 200; ++seed) lost += covered(gilbertElliottSpans(2000, 0.9, 2, seed));
    EXPECT_NEAR(lost / (200 * 2000.0), 0.9, 0.02) << "a share that gaps of 2 frames cannot reach";
}

TEST(StudyDamage, TextComesBack) {
    for (const Damage& damage : failurePresets())
        EXPECT_EQ(parseDamage(damageText(damage)), damage) << damageText(damage);
    EXPECT_EQ(parseDamage("face-loss:0.25").burst, 25);
    for (const char* wrong : {"", "face-loss", "face-loss:2", "face-loss:0.5:0", "noise:5:3", "storm:1", "noise:loud",
                              "mute:nan", "desync:1e9", "low-rate:0"})
        EXPECT_THROW(parseDamage(wrong), Error) << wrong;
}

TEST(StudyDamage, TheEndsOfACurveAreTheConditionsOfATable) {
    const auto face = [](double share) { return withDamage({{DamageKind::FaceLoss, share, 9}}, Fill::Cma, 5); };
    EXPECT_EQ(face(0).identity(), withEverything().identity());
    EXPECT_EQ(face(0).name, "both");
    EXPECT_EQ(face(1).identity(), withoutModality(Modality::Face, Fill::Cma).identity());
    EXPECT_EQ(face(1).name, "without-face");
    EXPECT_NE(face(1).identity(), withoutModality(Modality::Face, Fill::Zeros).identity());
    EXPECT_NE(face(0.5).identity(), withDamage({{DamageKind::FaceLoss, 0.5, 9}}, Fill::Cma, 6).identity());
    EXPECT_EQ(withDamage({{DamageKind::Noise, 3}}, Fill::Cma, 5).identity(),
              withDamage({{DamageKind::Noise, 3}}, Fill::Zeros, 5).identity())
        << "nothing is missing: the substitute does not matter";
}

TEST(StudyDamage, SomethingIsLeftToEveryModel) {
    ModelInfo both, seeing;
    both.condition = seeing.condition = "original";
    both.modalities = {Modality::Face, Modality::Speech};
    seeing.modalities = {Modality::Face};
    EXPECT_EQ(allTreatments(both).size(), 3u);
    EXPECT_EQ(allTreatments(seeing).size(), 1u);
    const auto lost = [](DamageKind kind, double share) { return withDamage({{kind, share, 1}}, Fill::Zeros, 1); };
    EXPECT_FALSE(leavesSomething(seeing, lost(DamageKind::FaceLoss, 1)));
    EXPECT_TRUE(leavesSomething(seeing, lost(DamageKind::FaceLoss, .9)));
    EXPECT_TRUE(leavesSomething(seeing, lost(DamageKind::SpeechLoss, 1)));
    EXPECT_TRUE(leavesSomething(both, lost(DamageKind::FaceLoss, 1)));
    EXPECT_TRUE(leavesSomething({}, lost(DamageKind::FaceLoss, 1))); // the real listener
}

TEST(StudyDamage, FrozenAndSlowVideo) {
    const auto clip = countingClip(20);
    const auto slow = damagedClip(clip, {{DamageKind::LowRate, 5}}, 1); // 25 fps: every fifth picture
    const std::vector<int> shown = shownFrames(*slow);
    ASSERT_EQ(shown.size(), 20u);
    const auto face = slow->face();
    for (int t = 0; t < 20; ++t) {
        EXPECT_EQ(shown[static_cast<std::size_t>(t)], t / 5 * 5);
        EXPECT_EQ(face->emotion[static_cast<std::size_t>(t) * kEmotionDims], static_cast<float>(t / 5 * 5));
        EXPECT_EQ(face->coeffs[static_cast<std::size_t>(t) * kCoeffDims], static_cast<float>(t / 5 * 5));
    }
    EXPECT_NE(slow->info().contentHash, clip->info().contentHash);
    EXPECT_EQ(slow->speech(), clip->speech());

    const auto frozen = damagedClip(clip, {{DamageKind::Freeze, 0.5, 10}}, 3);
    const auto spans = lostSpans(20, 0.5, 10, damageSeed(3, 0, DamageKind::Freeze));
    const std::vector<int> seen = shownFrames(*frozen);
    ASSERT_EQ(spans.size(), 1u);
    for (int t = 0; t < 20; ++t)
        EXPECT_EQ(seen[static_cast<std::size_t>(t)], spans[0].contains(t) ? std::max(0, spans[0].begin - 1) : t);
}

TEST(StudyDamage, MaskAndBlur) {
    std::vector<std::uint8_t> rgb(10 * 10 * 3, 10);
    maskPicture(rgb, 10, 10, 0.4);
    EXPECT_EQ(rgb[5 * 30 + 29], 10);
    EXPECT_EQ(rgb[6 * 30], 128);
    std::vector<std::uint8_t> dot(9 * 9 * 3, 0);
    dot[(4 * 9 + 4) * 3 + 1] = 225; // green
    blurPicture(dot, 9, 9, 2);
    for (int y = 0; y < 9; ++y)
        for (int x = 0; x < 9; ++x) {
            const bool near = std::abs(x - 4) <= 2 && std::abs(y - 4) <= 2;
            EXPECT_EQ(dot[static_cast<std::size_t>((y * 9 + x) * 3 + 1)], near ? 9 : 0) << x << " " << y;
            EXPECT_EQ(dot[static_cast<std::size_t>((y * 9 + x) * 3)], 0);
        }
    const auto masked = damagedClip(countingClip(3), {{DamageKind::Mask, 0.5}}, 1)->face();
    EXPECT_EQ(masked->emotion[kEmotionDims + 7], 0); // AU12 of frame 1
    EXPECT_EQ(masked->emotion[kEmotionDims], 1);     // AU1
    EXPECT_EQ(masked->coeffs[kCoeffDims + static_cast<std::size_t>(shapeIndex("jawOpen"))], 0);
    EXPECT_NE(masked->coeffs[kCoeffDims + static_cast<std::size_t>(shapeIndex("eyeBlinkLeft"))], 0);
}

TEST(StudyDamage, SoundIsMutedLateAndNoisy) {
    TempDir folder;
    StudyRandom random(1);
    std::vector<float> mono;
    for (int i = 0; i < 8 * kMfccSamplesPerFrame; ++i) mono.push_back(static_cast<float>(0.1 * random.gaussian()));
    writeWav16(folder / "a.wav", mono, kMfccRateHz);
    const auto clip = countingClip(8, folder / "a.wav");
    const std::vector<float> silent = mfcc78(std::vector<float>(kMfccSamplesPerFrame, 0.f), kMfccRateHz, 1);

    const auto muted = damagedClip(clip, {{DamageKind::Mute, 1}}, 1)->speech();
    for (int t = 0; t < 8; ++t) {
        for (int d = 0; d < kMfccDims; ++d)
            ASSERT_EQ(muted->mfcc[static_cast<std::size_t>(t * kMfccDims + d)], silent[static_cast<std::size_t>(d)]);
        EXPECT_EQ(muted->voice[static_cast<std::size_t>(t)], 0);
    }
    const auto late = damagedClip(clip, {{DamageKind::Desync, 3}}, 1)->speech();
    EXPECT_EQ(late->mfcc[0], silent[0]);
    EXPECT_EQ(late->mfcc[3 * kMfccDims], 0); // the counting clip's first row
    EXPECT_EQ(late->mfcc[7 * kMfccDims], 4);
    const auto early = damagedClip(clip, {{DamageKind::Desync, -3}}, 1)->speech();
    EXPECT_EQ(early->mfcc[0], 3);
    EXPECT_EQ(early->mfcc[5 * kMfccDims], silent[0]);

    std::vector<float> noisy = mono;
    addNoise(noisy, 6, 9);
    double signal = 0, noise = 0;
    for (std::size_t i = 0; i < mono.size(); ++i) {
        signal += mono[i] * mono[i];
        noise += (noisy[i] - mono[i]) * (noisy[i] - mono[i]);
    }
    EXPECT_NEAR(10 * std::log10(signal / noise), 6, 0.2);
    const auto damaged = damagedClip(clip, {{DamageKind::Noise, 6}}, 1);
    EXPECT_TRUE(damaged->soundFile().empty());
    const auto heard = damaged->speech();
    const std::vector<float> clean = mfcc78(loadWavMono(folder / "a.wav", kMfccRateHz), kMfccRateHz, 8);
    EXPECT_NE(heard->mfcc, clean);
    EXPECT_EQ(heard->mfcc, damagedClip(clip, {{DamageKind::Noise, 6}}, 1)->speech()->mfcc);
    EXPECT_EQ(damaged->filesRead().size(), 1u);
    EXPECT_THROW(damagedClip(countingClip(8), {{DamageKind::Noise, 6}}, 1)->speech(), Error);
}

TEST(StudyDamage, LossLeavesTheClipAlone) {
    const auto clip = countingClip(8);
    EXPECT_EQ(damagedClip(clip, {{DamageKind::FaceLoss, 0.5}}, 1), clip);
    const Availability missing =
        damageAvailability({{DamageKind::FaceLoss, 0.5, 2}, {DamageKind::SpeechLoss, 0.25, 2}}, 8, 1);
    EXPECT_EQ(covered(missing.faceMissing), 4);
    EXPECT_EQ(covered(missing.speechMissing), 2);
}
