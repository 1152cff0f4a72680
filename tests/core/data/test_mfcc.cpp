#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "core/api/error.h"
#include "core/api/vectors.h"
#include "core/data/golden.h"
#include "core/data/mfcc.h"
#include "tests/core/data/sample_clips.h"
#include "tests/support/shared.h"

using namespace emc;

namespace {

void expectParity(const std::filesystem::path& folder, const std::string& filter, std::size_t outputs) {
    const auto rows = runParity(folder, filter);
    EXPECT_EQ(rows.size(), outputs);
    for (const ParityRow& row : rows)
        EXPECT_EQ(row.status, ParityStatus::Pass)
            << row.caseName << " " << row.output << ": " << row.compared << " > " << row.tolerance << " " << row.note;
}

} // namespace

TEST(Mfcc, AgreesWithTheReference) {
    expectParity(std::filesystem::path(EMC_SOURCE_DIR) / "tests/golden", "mfcc", 4);
}

TEST(Mfcc, AgreesWithTheReferenceOnRealSpeech) {
    EMC_NEED_SHARED("golden/mfcc_real.safetensors");
    expectParity(emc::test::sharedFolder() / "golden", "mfcc", 6);
}

TEST(Mfcc, SilenceIsZeroAndQuietSoundHasNoEnergy) {
    const auto silent = mfcc78(std::vector<float>(1764 * 3), 44100, 3);
    ASSERT_EQ(silent.size(), 3u * 78);
    for (float x : silent) EXPECT_EQ(x, 0.f);
    const auto quiet =
        mfcc78(emc::test::wave(1764, 1, 0.01), 44100, 1); // sum of squares below 1: the log energy is floored at 0
    EXPECT_EQ(quiet[0], 0.f);
    EXPECT_NE(quiet[2], 0.f);
}

TEST(Mfcc, DeltasOfTwoTimes) {
    std::vector<float> sound = emc::test::wave(1764, 1, 0.1);
    for (std::size_t i = 0; i < sound.size(); ++i)
        sound[i] *= static_cast<float>(i) / 300.f; // the two sub-frames differ
    const auto x = mfcc78Double(sound, 44100, 1);
    for (std::size_t c = 0; c < 13; ++c) {
        EXPECT_EQ(x[26 + 2 * c], x[27 + 2 * c]);
        EXPECT_NEAR(x[26 + 2 * c], 0.3 * (x[2 * c + 1] - x[2 * c]), 1e-12);
        EXPECT_NE(x[26 + 2 * c], 0.0);
    }
    for (std::size_t i = 52; i < 78; ++i) EXPECT_EQ(x[i], 0.0);
}

TEST(Mfcc, FramesAreIndependentAndSoundIsCutOrPadded) {
    const std::vector<float> sound = emc::test::wave(1764 * 3 + 100, 1, 0.5);
    const auto three = mfcc78(sound, 44100, 3), four = mfcc78(sound, 44100, 4), five = mfcc78(sound, 44100, 5);
    EXPECT_TRUE(std::equal(three.begin(), three.end(), four.begin()));
    EXPECT_TRUE(std::any_of(four.begin() + 3 * 78, four.end(), [](float x) { return x != 0; }));
    EXPECT_TRUE(std::all_of(five.begin() + 4 * 78, five.end(), [](float x) { return x == 0; }));
    const auto second = mfcc78(std::span(sound).subspan(1764), 44100, 1);
    EXPECT_TRUE(std::equal(second.begin(), second.end(), three.begin() + 78));
    EXPECT_TRUE(mfcc78(sound, 44100, 0).empty());
    EXPECT_THROW(mfcc78(sound, 16000, 3), Error);
}
