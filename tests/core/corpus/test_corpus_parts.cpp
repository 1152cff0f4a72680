// The parts of the generator: talk, mouth, faces, statistics of many scripts, the ridge solver.
#include <gtest/gtest.h>

#include <cmath>
#include <numeric>
#include <set>

#include "core/api/error.h"
#include "core/corpus/face.h"
#include "core/corpus/performance.h"
#include "core/corpus/ridge.h"
#include "core/corpus/sentences.h"
#include "core/corpus/statistics.h"

using namespace emc;
using namespace emc::corpus;

TEST(CorpusRandom, StreamsDifferAndRepeat) {
    Random a = Random::stream(1, "script", 3), b = Random::stream(1, "script", 3), c = Random::stream(1, "script", 4),
           d = Random::stream(2, "script", 3);
    const auto first = a.bits();
    EXPECT_EQ(first, b.bits());
    EXPECT_NE(first, c.bits());
    EXPECT_NE(first, d.bits());
    double sum = 0, square = 0;
    for (int i = 0; i < 20000; ++i) {
        const double x = a.normal();
        sum += x, square += x * x;
    }
    EXPECT_NEAR(sum / 20000, 0, .03);
    EXPECT_NEAR(square / 20000, 1, .05);
}

TEST(CorpusScript, EpisodesHaveTheSharesOfTheDesign) {
    int counts[kFeelings] = {}, face = 0, voice = 0, both = 0, all = 0;
    double length = 0;
    for (int id = 0; id < 400; ++id)
        for (const Episode& e : makeScript(5, id, 30).episodes) {
            ++all, ++counts[static_cast<int>(e.feeling)];
            face += e.inFace && !e.inVoice, voice += e.inVoice && !e.inFace, both += e.inFace && e.inVoice;
            length += e.length;
            EXPECT_GE(e.length, 1.4);
            EXPECT_LE(e.length, 4);
        }
    const double n = all;
    EXPECT_NEAR(counts[0] / n, .42, .04);
    EXPECT_NEAR(counts[1] / n, .22, .04);
    EXPECT_NEAR(counts[2] / n, .20, .04);
    EXPECT_NEAR(counts[3] / n, .16, .04);
    EXPECT_NEAR(face / n, .25, .04);
    EXPECT_NEAR(voice / n, .25, .04);
    EXPECT_NEAR(both / n, .50, .04);
    EXPECT_NEAR(30 * 400 / n - length / n, 2.6, .5); // the gaps
}

TEST(CorpusScript, AHiddenChannelLeaksALittle) {
    Script script;
    script.seconds = 10;
    script.episodes = {{Feeling::Worry, 2, 3, 1, true, false}};
    EXPECT_NEAR(feelingsAt(script, 3.5, Channel::Face)[2], 1, 1e-9);
    EXPECT_NEAR(feelingsAt(script, 3.5, Channel::Voice)[2], kLeak, 1e-9);
    EXPECT_NEAR(feelingsAt(script, 3.5, Channel::Hidden)[2], 1, 1e-9);
    EXPECT_EQ(feelingsAt(script, 1.0, Channel::Hidden)[2], 0);
    EXPECT_EQ(feelingsAt(script, 6.0, Channel::Hidden)[2], 0);
}

TEST(CorpusScript, PerformancesShareTheCourseButNotTheDetail) {
    const Script script = makeScript(1, 2, 30), a = jittered(script, 1, 0), b = jittered(script, 1, 1);
    ASSERT_EQ(a.episodes.size(), b.episodes.size());
    double apart = 0;
    for (std::size_t i = 0; i < a.episodes.size(); ++i) {
        EXPECT_EQ(a.episodes[i].feeling, b.episodes[i].feeling);
        EXPECT_NEAR(a.episodes[i].start, b.episodes[i].start, 1.0);
        apart += std::abs(a.episodes[i].start - b.episodes[i].start);
    }
    EXPECT_GT(apart, 0);
}

TEST(CorpusSpeech, SentencesVaryAndHaveAboutTheWantedLength) {
    Random random(3);
    std::set<std::string> seen;
    for (int i = 0; i < 200; ++i) {
        const std::string text = makeSentence(random, 8);
        seen.insert(text);
        EXPECT_GE(countSyllables(text), 6) << text;
        EXPECT_LE(countSyllables(text), 14) << text;
    }
    EXPECT_GT(seen.size(), 180u);
}

TEST(CorpusSpeech, EveryVoiceSpeaksAndRepeatsItself) {
    for (const std::string& voice : voiceNames()) {
        const std::vector<SpeechRequest> requests = {{"we painted the boat", 1.2, 50, 50, 175},
                                                     {"of course", .5, 50, 50, 175}};
        const auto first = speak(voice, requests), second = speak(voice, requests);
        ASSERT_EQ(first.size(), 2u) << voice;
        EXPECT_EQ(first[0].samples, second[0].samples) << voice;
        EXPECT_NEAR(static_cast<double>(first[0].samples.size()) / kSoundRateHz, 1.2, .35) << voice;
        EXPECT_GE(first[0].phonemes.size(), 8u) << voice;
        double power = 0;
        for (const float s : first[0].samples) power += s * s;
        EXPECT_NEAR(std::sqrt(power / static_cast<double>(first[0].samples.size())), .1, .001) << voice;
    }
}

TEST(CorpusSpeech, AnUnknownVoiceIsNamed) {
    try {
        speak("xx-nobody", {{"hello", 1, 50, 50, 175}});
        FAIL();
    } catch (const Error& error) {
        EXPECT_EQ(error.kind(), ErrorKind::Unsupported);
        EXPECT_NE(error.where().find("xx-nobody"), std::string::npos);
    }
}

TEST(CorpusMouth, LipsCloseForMAndTheJawDropsForA) {
    SpokenUnit unit;
    unit.samples.assign(kSoundRateHz, .1f);
    unit.phonemes = {{0, "m"}, {.4, "A:"}, {.8, "m"}};
    const auto course = mouthCourse({{1.0, &unit}}, 75);
    EXPECT_LT(course[10].jaw, .01f);
    EXPECT_GT(course[25 + 4].close, .7f);
    EXPECT_GT(course[25 + 15].jaw, .55f);
    EXPECT_LT(course[25 + 15].close, .05f);
    EXPECT_GT(shapeOfPhoneme("u:").pucker, shapeOfPhoneme("i:").pucker);
    EXPECT_EQ(shapeOfPhoneme("_:").jaw, 0);
}

TEST(CorpusFace, FeelingsMoveTheirActionUnits) {
    const auto smile = auIntensities({1, 0, 0, 0}, {}), frustration = auIntensities({0, 0, 0, 1}, {});
    EXPECT_GT(smile[7], .9);       // AU12
    EXPECT_GT(frustration[2], .9); // AU4
    EXPECT_EQ(smile[2], 0);
}

TEST(CorpusPerformance, TheListenerAnswersWhatIsHidden) {
    // Mean valence of listeners while the speaker's hidden smile is up, against while nothing is.
    double with = 0, without = 0, withCount = 0, withoutCount = 0;
    for (int script = 0; script < 6; ++script) {
        const Performance p = perform(11, script, 0, 500);
        ASSERT_EQ(p.listener.face.emotion.size(), 500u * kEmotionDims);
        for (int t = 25; t < 500; ++t) {
            const float* h = p.hidden.data() + static_cast<std::size_t>(t - 18) * kHiddenColumns;
            const float valence = p.listener.face.emotion[static_cast<std::size_t>(t) * kEmotionDims + kValence];
            if (h[0] > .6f) with += valence, ++withCount;
            else if (h[0] + h[1] + h[2] + h[3] < .05f) without += valence, ++withoutCount;
        }
    }
    ASSERT_GT(withCount, 50);
    ASSERT_GT(withoutCount, 50);
    EXPECT_GT(with / withCount, without / withoutCount + .2);
}

TEST(CorpusPerformance, StatisticsLieInTheirRanges) {
    std::vector<ClipData> clips;
    for (int script = 0; script < 8; ++script) {
        Performance p = perform(1, script, 0, 751);
        ClipData clip;
        clip.frames = p.frames;
        clip.emotion = p.speaker.face.emotion, clip.coeffs = p.speaker.face.coeffs,
        clip.listenerCoeffs = p.listener.face.coeffs;
        clip.hidden = p.hidden;
        clip.mfcc.assign(static_cast<std::size_t>(p.frames) * kMfccDims, 0.f); // not looked at here
        clips.push_back(std::move(clip));
    }
    int looked = 0;
    for (const CorpusFigure& f : statisticsOf(clips)) {
        if (f.name.starts_with("shift")) continue;
        // A third of slack: eight clips are few.
        const double slack = .33 * (f.high - f.low);
        EXPECT_GE(f.value, f.low - slack) << f.name;
        EXPECT_LE(f.value, f.high + slack) << f.name;
        ++looked;
    }
    EXPECT_GE(looked, 15);
}

TEST(CorpusRidge, SolvesASmallSystem) {
    // (A + I) x = b with A = [[3, 1], [1, 2]], b = [9, 8]: x = [(27 - 8) / 11, (32 - 9) / 11]
    std::vector<double> b = {9, 8};
    ASSERT_TRUE(solveSymmetric({3, 1, 1, 2}, 2, 1, b, 1));
    EXPECT_NEAR(b[0], 19.0 / 11, 1e-12);
    EXPECT_NEAR(b[1], 23.0 / 11, 1e-12);
    EXPECT_FALSE(solveSymmetric({-5, 0, 0, 1}, 2, 0, b, 1));
}

TEST(CorpusRidge, FindsWhereTheInformationIs) {
    // The listener follows the speaker's voice only: the face must predict nothing, the voice nearly all.
    Random random(9);
    std::vector<ClipData> clips;
    for (int i = 0; i < 20; ++i) {
        ClipData c;
        c.partition = i < 12 ? "train" : i < 16 ? "val" : "test";
        c.script = i;
        c.frames = 300;
        const auto wave = smoothNoise(random, c.frames, 1.5);
        for (int t = 0; t < c.frames; ++t) {
            for (int d = 0; d < kEmotionDims; ++d)
                c.emotion.push_back(static_cast<float>(random.normal())),
                    c.listenerEmotion.push_back(static_cast<float>(wave[static_cast<std::size_t>(t)]));
            for (int d = 0; d < kCoeffDims; ++d) c.coeffs.push_back(static_cast<float>(random.normal()));
            for (int d = 0; d < kMfccDims; ++d)
                c.mfcc.push_back(
                    static_cast<float>(d == 0 ? 5 : wave[static_cast<std::size_t>(t)] + .1 * random.normal()));
            for (int d = 0; d < kHiddenColumns; ++d)
                c.hidden.push_back(static_cast<float>(wave[static_cast<std::size_t>(t)]));
        }
        clips.push_back(std::move(c));
    }
    const RidgeResult r = ridge(clips);
    ASSERT_TRUE(r.valid);
    EXPECT_LT(r.face.frCorr, 2);
    EXPECT_GT(r.voice.frCorr, 8);
    EXPECT_GT(r.both.r2, .6);
}
