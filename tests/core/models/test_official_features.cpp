// Official networks: what is said without weights, and features of clips with weights that the test makes.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "core/api/error.h"
#include "core/data/npy.h"
#include "core/data/safetensors.h"
#include "core/models/clip_inputs.h"
#include "core/models/official_features.h"
#include "core/nn/checkpoint.h"
#include "core/nn/initialise.h"
#include "core/nn/swin.h"
#include "core/nn/vggish.h"
#include "core/nn/wav2vec_frontend.h"
#include "tests/core/models/fake_clip.h"
#include "tests/support/shared.h"

namespace emc {
namespace {

// A fake clip with a sound file and a folder.
class SoundingClip : public test::FakeClip {
public:
    SoundingClip(const std::filesystem::path& folder, int frames) : FakeClip(frames), m_folder(folder) {
        change().path = folder;
    }
    std::filesystem::path soundFile() const override { return m_folder / "sound.wav"; }

private:
    std::filesystem::path m_folder;
};

class Official : public testing::Test {
protected:
    template <class Net>
    Net stored(const std::string& name, std::uint64_t seed) {
        Net net;
        initialiseParameters(*net, seed);
        saveModule(*net, m_weights / name, {});
        return net;
    }
    std::vector<float> wave(int rateHz, int frames) const {
        std::vector<float> x(static_cast<std::size_t>(frames * rateHz / 25));
        for (std::size_t i = 0; i < x.size(); ++i)
            x[i] = static_cast<float>(.3 * std::sin(2 * 3.14159 * 400 * static_cast<double>(i) / rateHz));
        return x;
    }
    SoundLoader loader(int frames, int* asked = nullptr) const {
        return [this, frames, asked](const std::filesystem::path&, int rateHz) {
            if (asked) *asked = rateHz;
            return wave(rateHz, frames);
        };
    }
    test::TempDir m_weights, m_folder;
    JobContext m_job;
};

TEST_F(Official, WithoutWeightsItIsSaidAndBuiltInFeaturesAreNamed) {
    const std::filesystem::path folder = m_weights.path();
    for (const OfficialNetwork& network : officialNetworks()) {
        const OfficialState state = officialState(network.name, folder);
        EXPECT_FALSE(state.ready);
        EXPECT_EQ(state.missing.size(), network.files.size());
    }
    const std::string message = officialMessage({"swin", "vggish"}, folder);
    for (const char* part :
         {"Official features absent", "swin-t.safetensors", "vggish.safetensors", "vggish-pca.safetensors",
          "REGNN runs on built-in features", "the frame encoder of EMC Studio", "MFCC for VGGish", "emc convert"})
        EXPECT_NE(message.find(part), std::string::npos) << part << " in " << message;
    EXPECT_NE(message.find(folder.string()), std::string::npos);
    const std::string line = officialOverview(folder);
    for (const char* part :
         {"Swin-T is not here, REGNN runs on the frame encoder", "wav2vec2 is not here, FaceAIS", "emc features"})
        EXPECT_NE(line.find(part), std::string::npos) << part << " in " << line;
    SoundingClip clip(m_folder.path(), 4);
    clip.forbidFace = clip.forbidSpeech = true;
    OfficialFeatures features(folder);
    try {
        features.write(clip, "vggish", loader(4), m_job);
        FAIL();
    } catch (const Error& error) {
        EXPECT_EQ(error.kind(), ErrorKind::NotFound);
        EXPECT_NE(std::string(error.what()).find("vggish-pca.safetensors"), std::string::npos);
    }
    EXPECT_THROW(officialNetwork("clip"), Error);
    EXPECT_TRUE(std::filesystem::is_empty(m_folder.path()));
}

TEST_F(Official, SwinSeesEveryFrameAndNothingElse) {
    SwinTransformer net = stored<SwinTransformer>("swin-t.safetensors", 3);
    EXPECT_TRUE(officialState("swin", m_weights.path()).ready);
    EXPECT_NE(officialOverview(m_weights.path()).find("Swin-T is here; VGGish is not"), std::string::npos);
    SoundingClip clip(m_folder.path(), 10);
    clip.forbidSpeech = true;
    OfficialFeatures features(m_weights.path());
    std::vector<std::int64_t> shape;
    const auto file = features.write(clip, "swin", {}, m_job);
    EXPECT_EQ(file, officialFeatureFile(clip.info(), "swin"));
    const std::vector<float> rows = readNpyF32(file, &shape);
    ASSERT_EQ(shape, (std::vector<std::int64_t>{10, 768}));
    // The ninth frame by hand: centre 224 of 256, bytes to [-1, 1].
    const auto reader = clip.faceFrames(256);
    std::vector<std::uint8_t> rgb;
    for (int t = 0; t < 9; ++t) reader->next(rgb);
    torch::Tensor frame =
        torch::from_blob(rgb.data(), {256, 256, 3}, torch::kUInt8).slice(0, 16, 240).slice(1, 16, 240);
    frame = frame.permute({2, 0, 1}).to(torch::kFloat32).div(255).sub(.5).div(.5).unsqueeze(0);
    const torch::NoGradGuard off;
    const torch::Tensor expected = net->forward(frame)[0];
    for (int64_t i = 0; i < 768; i += 37)
        EXPECT_NEAR(rows[static_cast<std::size_t>(8 * 768 + i)], expected[i].item<float>(), 2e-5);
}

TEST_F(Official, SoundFeaturesReadTheirRateAndNoFace) {
    Vggish vggish = stored<Vggish>("vggish.safetensors", 4);
    Wav2vecFrontEnd wav2vec = stored<Wav2vecFrontEnd>("wav2vec2.safetensors", 5);
    EXPECT_FALSE(officialState("vggish", m_weights.path()).ready); // its PCA is a file of its own
    SafetensorsWriter pca;
    const std::vector<float> means(128, .01f);
    std::vector<float> directions(128 * 128);
    for (std::size_t i = 0; i < 128; ++i) directions[i * 128 + (127 - i)] = 20;
    pca.addF32("pca_means", {128}, means);
    pca.addF32("pca_eigen_vectors", {128, 128}, directions);
    pca.write(m_weights / "vggish-pca.safetensors");
    EXPECT_TRUE(officialState("vggish", m_weights.path()).ready);
    EXPECT_NE(officialMessage({"vggish"}, m_weights.path()).find("ready"), std::string::npos);

    SoundingClip clip(m_folder.path(), 6);
    clip.forbidFace = true;
    OfficialFeatures features(m_weights.path());
    int asked = 0, rows = 0;
    const std::vector<float> heard = features.make(clip, "vggish", loader(6, &asked), m_job, &rows);
    EXPECT_EQ(asked, kVggishRateHz);
    EXPECT_EQ(rows, 5); // the window of the last frame reaches beyond the sound
    const std::vector<float> sound = wave(kVggishRateHz, 6);
    std::vector<double> mel = VggishPatches(sound, kVggishRateHz).logMel(2, 3);
    const torch::NoGradGuard off;
    const torch::Tensor embedding = vggish->embedding(
        torch::from_blob(mel.data(), {1, kVggishRows, kVggishBands}, torch::kFloat64).to(torch::kFloat32));
    for (int64_t i = 0; i < 128; i += 9) {
        const double whitened = 20 * (embedding[0][127 - i].item<double>() - .01);
        EXPECT_NEAR(heard[static_cast<std::size_t>(2 * 128 + i)], (std::clamp(whitened, -2., 2.) + 2) * 63.75, .501);
    }
    const std::vector<float> vectors = features.make(clip, "wav2vec2", loader(6, &asked), m_job, &rows);
    EXPECT_EQ(asked, kWav2vecRateHz);
    EXPECT_EQ(rows, 6);
    const std::vector<float> slow = wave(kWav2vecRateHz, 6);
    const torch::Tensor pairs = wav2vec->perFrame(
        torch::from_blob(const_cast<float*>(slow.data()), {1, int64_t(slow.size())}, torch::kFloat32), 6);
    EXPECT_NEAR(vectors[3 * 512 + 7], (pairs[0][3][7] + pairs[1][3][7]).item<float>() / 2, 1e-5);
    // An item of a tree has its own file.
    clip.change().id = "Site/Person/1";
    EXPECT_EQ(features.write(clip, "vggish", loader(6), m_job),
              m_folder.path() / "features" / "vggish" / "Site" / "Person" / "1.npy");
    EXPECT_TRUE(std::filesystem::exists(officialFeatureFile(clip.info(), "vggish")));
}

TEST_F(Official, AFileThatDoesNotFitIsRefusedByItsTensors) {
    stored<Wav2vecFrontEnd>("wav2vec2.safetensors", 5);
    EXPECT_TRUE(checkOfficialFile("wav2vec2", m_weights / "wav2vec2.safetensors"));
    EXPECT_FALSE(checkOfficialFile("regnn", m_weights / "wav2vec2.safetensors"));
    try {
        checkOfficialFile("swin-t", m_weights / "wav2vec2.safetensors");
        FAIL();
    } catch (const Error& error) {
        EXPECT_NE(std::string(error.what()).find("patch_embed.proj.weight"), std::string::npos);
    }
}

} // namespace
} // namespace emc
