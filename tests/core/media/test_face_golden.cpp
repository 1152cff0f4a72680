// Fidelity to the reference extractor, and whether the numbers mean what they say, on real recordings.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <iostream>

#include "core/data/clip_folder.h"
#include "core/data/safetensors.h"
#include "core/media/head_pose.h"
#include "core/media/ingest.h"
#include "core/media/sound.h"
#include "core/media/video.h"
#include "tests/core/media/media_fixture.h"

namespace emc {
namespace {

std::shared_ptr<const FaceTrack> extract(const std::string& name, const std::filesystem::path& clip, bool sourceRate) {
    IngestOptions options;
    options.sourceRate = sourceRate;
    JobContext job;
    ingest(test::sharedFolder() / "real_clips" / name, clip, options, job);
    return openClip(clip, openVideo)->face();
}

class FaceGolden : public ::testing::TestWithParam<const char*> {};

TEST_P(FaceGolden, AgreesWithTheReference) {
    EMC_NEED_SHARED("golden/face_reference.safetensors");
    EMC_NEED_SHARED("real_clips");
    EMC_NEED_FACE_NETWORKS();
    const std::string name = GetParam();
    const auto reference = SafetensorsFile::open(test::sharedFolder() / "golden/face_reference.safetensors");
    const std::vector<float> expected = reference.readF32(name + ".coeffs_video");
    const std::vector<float> matrices = reference.readF32(name + ".pose_matrix");
    const int frames = static_cast<int>(expected.size()) / kShapeDims;

    test::TempDir folder;
    const auto face = extract(name, folder / "clip", true);
    ASSERT_EQ(face->frames, frames);

    double sum = 0;
    std::vector<double> correlations;
    for (int d = 0; d < kShapeDims; ++d) {
        std::vector<double> ours, theirs;
        for (int t = 0; t < frames; ++t) {
            ours.push_back(face->coeffs[t * kCoeffDims + d]);
            theirs.push_back(expected[t * kShapeDims + d]);
            sum += std::abs(ours.back() - theirs.back());
        }
        double mean = 0, spread = 0;
        for (double v : theirs) mean += v / frames;
        for (double v : theirs) spread += (v - mean) * (v - mean) / frames;
        if (std::sqrt(spread) > 0.02) correlations.push_back(test::correlation(ours, theirs));
    }
    const double difference = sum / (frames * kShapeDims);
    ASSERT_FALSE(correlations.empty());
    std::nth_element(correlations.begin(), correlations.begin() + static_cast<std::ptrdiff_t>(correlations.size() / 2),
                     correlations.end());
    const double median = correlations[correlations.size() / 2];

    std::array<double, 3> degrees{};
    for (int t = 0; t < frames; ++t) {
        Matrix3 r;
        for (int i = 0; i < 3; ++i)
            for (int k = 0; k < 3; ++k) r[i * 3 + k] = matrices[t * 16 + i * 4 + k];
        const HeadPose pose = anglesOfRotation(r);
        const std::array<double, 3> theirs = {pose.pitch, pose.yaw, pose.roll};
        for (int k = 0; k < 3; ++k)
            degrees[k] +=
                std::abs(face->coeffs[t * kCoeffDims + kShapeDims + k] - theirs[k]) * 180 / 3.14159265358979 / frames;
    }
    std::cout << name << ": mean difference " << difference << ", median r " << median << " over "
              << correlations.size() << " shapes, pose " << degrees[0] << " / " << degrees[1] << " / " << degrees[2]
              << " degrees\n";
    EXPECT_LT(difference, 0.02);
    EXPECT_GT(median, 0.95);
    for (const double d : degrees) EXPECT_LT(d, 1.0);
    // Distance and place, in metres, against the reference's centimetres.
    double away = 0;
    for (int t = 0; t < frames; ++t) {
        away += std::abs(face->coeffs[t * kCoeffDims + 55] - matrices[t * 16 + 3] / 100) / frames;
        away += std::abs(face->coeffs[t * kCoeffDims + 57] + matrices[t * 16 + 11] / 100) / frames;
    }
    EXPECT_LT(away, 0.02);
}

INSTANTIATE_TEST_SUITE_P(Clips, FaceGolden,
                         ::testing::Values("talk_grid_bbaf2n.mpg", "talk_grid_lbbc2a.mpg", "face_single_pyfeat.mp4"),
                         [](const auto& info) {
                             std::string name = info.param;
                             std::replace(name.begin(), name.end(), '.', '_');
                             return name;
                         });

TEST(FaceMeaning, TheJawFollowsTheVoice) {
    EMC_NEED_SHARED("real_clips");
    EMC_NEED_FACE_NETWORKS();
    int better = 0;
    for (const char* name : {"bbaf2n", "lbax4n", "lbbc2a", "lrwp9a", "lwbsza", "swiz3n"}) {
        test::TempDir folder;
        const auto face = extract(std::string("talk_grid_") + name + ".mpg", folder / "clip", false);
        const std::vector<float> rms = frameRms(loadSound(folder / "clip/speech.wav", 44100), 44100, 25, face->frames);
        std::vector<double> jaw, loud, shifted;
        for (int t = 0; t < face->frames; ++t) {
            jaw.push_back(face->coeffs[t * kCoeffDims + shapeIndex("jawOpen")]);
            loud.push_back(rms[t]);
            shifted.push_back(rms[(t + 25) % face->frames]);
        }
        const double right = test::correlation(jaw, loud), wrong = test::correlation(jaw, shifted);
        std::cout << name << ": r " << right << ", shifted by 1 s " << wrong << "\n";
        better += right > wrong;
    }
    EXPECT_GE(better, 5);
}

TEST(FaceMeaning, TheSmilingManSmilesAndTheSadWomanDoesNot) {
    EMC_NEED_SHARED("real_clips");
    EMC_NEED_FACE_NETWORKS();
    test::TempDir folder;
    const auto face = extract("face_single_pyfeat.mp4", folder / "clip", false);
    const int smile = shapeIndex("mouthSmileLeft");
    double smiles = 0, happy = 0, valence = 0, au12 = 0;
    for (int t = 0; t < face->frames; ++t) {
        smiles += face->coeffs[t * kCoeffDims + smile] / face->frames;
        happy += face->emotion[t * kEmotionDims + 18] / face->frames;
        valence += face->emotion[t * kEmotionDims + kValence] / face->frames;
        au12 += face->emotion[t * kEmotionDims + 7] / face->frames;
        double sum = 0;
        for (int k = 0; k < 8; ++k) sum += face->emotion[t * kEmotionDims + kFirstExpression + k];
        ASSERT_NEAR(sum, 1, 1e-4);
    }
    EXPECT_GT(smiles, 0.4);
    EXPECT_GT(happy, 0.6);
    EXPECT_GT(valence, 0.3);
    EXPECT_GT(au12, 0.7);
}

} // namespace
} // namespace emc
