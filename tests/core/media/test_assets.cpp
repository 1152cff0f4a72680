#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>

#include "core/api/error.h"
#include "core/data/npy.h"
#include "core/data/sha256.h"
#include "core/media/assets.h"
#include "core/media/face_tracker.h"
#include "tests/core/media/media_fixture.h"

namespace emc {
namespace {

// Sets a variable for one test.
class Variable {
public:
    Variable(const char* name, const std::string& value) : m_name(name) {
        if (const char* old = std::getenv(name)) m_old = old;
        setenv(name, value.c_str(), 1);
    }
    ~Variable() {
        if (m_old.empty()) unsetenv(m_name);
        else setenv(m_name, m_old.c_str(), 1);
    }

private:
    const char* m_name;
    std::string m_old;
};

TEST(Assets, TheNamedFolderComesBeforeTheCache) {
    test::TempDir named, cache;
    const Variable a("EMC_ASSETS", named.path().string()), b("XDG_CACHE_HOME", cache.path().string());
    const auto inCache = cache.path() / "emc-studio" / "assets" / kAssetsVersion;
    std::filesystem::create_directories(inCache);
    std::ofstream(inCache / "one.onnx") << "cache";
    EXPECT_EQ(AssetManager::find("one.onnx"), inCache / "one.onnx");
    std::ofstream(named / "one.onnx") << "named";
    EXPECT_EQ(AssetManager::find("one.onnx"), named / "one.onnx");
}

TEST(Assets, AMissingFileIsNamedWithTheRemedy) {
    test::TempDir empty;
    const Variable a("EMC_ASSETS", empty.path().string()), b("XDG_CACHE_HOME", empty.path().string());
    try {
        AssetManager::find("face_landmarks_256.onnx");
        FAIL();
    } catch (const Error& error) {
        EXPECT_EQ(error.kind(), ErrorKind::NotFound);
        EXPECT_NE(error.problem().find("face_landmarks_256.onnx"), std::string::npos);
        EXPECT_NE(error.hint().find("./studio setup"), std::string::npos);
    }
    EXPECT_EQ(AssetManager::missingForFaces().size(), 6u);
    EXPECT_THROW(FaceTracker(), Error);
}

TEST(Assets, ABrokenNetworkIsAnError) {
    test::TempDir folder;
    const Variable a("EMC_ASSETS", folder.path().string());
    std::ofstream(folder / asset::kDetector) << "this is not a network";
    EXPECT_THROW(FaceDetector(), Error);
}

TEST(Assets, SetUpMadeWhatItsManifestSays) {
    EMC_NEED_FACE_NETWORKS();
    const auto folder = AssetManager::find(asset::kLandmarks).parent_path();
    if (!std::filesystem::exists(folder / "manifest.json")) GTEST_SKIP() << folder << " was not made by set-up";
    std::ifstream in(folder / "manifest.json");
    const auto manifest = nlohmann::json::parse(in);
    EXPECT_EQ(manifest.at("version"), kAssetsVersion);
    EXPECT_GE(manifest.at("files").size(), 7u);
    for (const auto& file : manifest.at("files")) {
        EXPECT_EQ(sha256OfFile(folder / file.at("name").get<std::string>()), file.at("sha256").get<std::string>());
        EXPECT_FALSE(file.at("licence").get<std::string>().empty());
    }
    for (const char* text : {"Apache-2.0.txt", "NOTICE.txt", "fer-MIT.txt", "silero-vad-MIT.txt"})
        EXPECT_TRUE(std::filesystem::exists(folder / "LICENSES" / text)) << text;
}

TEST(Assets, GreyPicturesShowNobody) {
    EMC_NEED_FACE_NETWORKS();
    FaceDetector detector;
    for (const auto& [w, h] : {std::pair{320, 240}, {1, 1}, {7, 300}}) {
        const RgbPicture grey{w, h, std::vector<std::uint8_t>(static_cast<std::size_t>(w) * h * 3, 128)};
        EXPECT_TRUE(detector.detect(grey).empty());
        FaceTracker tracker;
        EXPECT_FALSE(tracker.next(grey, 0).found);
    }
}

TEST(Assets, TheCanonicalFaceRests) {
    EMC_NEED_FACE_NETWORKS();
    // The canonical face seen from the front has its mouth shut and both eyes open, and nothing pulls to one side.
    const std::vector<float> canonical = readNpyF32(AssetManager::find(asset::kCanonicalFace));
    std::vector<float> points(kFacePoints * 3, 0.0f);
    for (int i = 0; i < 468; ++i) {
        points[i * 3] = 200 + 8 * canonical[i * 5];
        points[i * 3 + 1] = 200 - 8 * canonical[i * 5 + 1];
        points[i * 3 + 2] = -8 * canonical[i * 5 + 2];
    }
    // The ten iris points lie in the middle of each eye.
    for (int eye = 0; eye < 2; ++eye)
        for (int i = 0; i < 5; ++i)
            for (int d = 0; d < 3; ++d) {
                const int a = eye ? 263 : 33, b = eye ? 362 : 133;
                points[(468 + eye * 5 + i) * 3 + d] =
                    (points[a * 3 + d] + points[b * 3 + d]) / 2 +
                    (d < 2 && i > 0 ? (i % 2 ? 3.0f : -3.0f) * ((i < 3) == (d == 0)) : 0);
            }
    FaceMeter meter;
    const auto shapes = meter.shapes(points);
    EXPECT_LT(shapes[shapeIndex("jawOpen")], 0.1);
    EXPECT_LT(shapes[shapeIndex("mouthSmileLeft")], 0.3);
    EXPECT_NEAR(shapes[shapeIndex("mouthLeft")], shapes[shapeIndex("mouthRight")], 0.1);
    EXPECT_FLOAT_EQ(shapes[shapeIndex("tongueOut")], 0);
}

} // namespace
} // namespace emc
