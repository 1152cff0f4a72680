// A modality that is declared missing is not read: without its files, or with noise in them, the answer is the same to
// the bit.
#include "core/data/npy.h"
#include "core/data/reactions_io.h"
#include "core/data/safetensors.h"
#include "tests/app/commands/run_cli.h"

using namespace emc::test;
namespace fs = std::filesystem;

namespace {

const std::map<std::string, std::vector<std::string>> kFiles = {{"face", {"face.safetensors", "face.mp4"}},
                                                                {"speech", {"speech.safetensors", "speech.wav"}}};

fs::path copyOfDemo(const TempDir& dir, const std::string& name) {
    fs::copy(fs::path(EMC_SOURCE_DIR) / "resources/demo/clip", dir / name, fs::copy_options::recursive);
    return dir / name;
}

emc::Reactions react(const fs::path& clip, const std::string& without, const std::string& model) {
    const fs::path out = clip.parent_path() / (clip.filename().string() + ".safetensors");
    const Answer answer = runCli({"react", clip.string(), "--model", model, "--without", without, "--samples", "2",
                                  "--out", out.string(), "--json"});
    EXPECT_EQ(answer.code, 0) << answer.err;
    if (answer.code != 0) return {};
    const auto read = answer.json()["read"];
    EXPECT_FALSE(read.empty());
    for (const auto& file : read)
        for (const std::string& forbidden : kFiles.at(without))
            EXPECT_NE(fs::path(file.get<std::string>()).filename().string(), forbidden);
    return emc::readReactions(out);
}

// One person of a tree in REACT layout, made of the demo clip; the item that `emc react` opens.
struct Tree {
    fs::path root, item;
    std::map<std::string, std::vector<fs::path>> files; // by modality
};
Tree treeOfDemo(const TempDir& dir, const std::string& name) {
    const fs::path clip = fs::path(EMC_SOURCE_DIR) / "resources/demo/clip", person = "Made/chat/Expert_video/1";
    Tree tree{dir / name, dir / name / "test" / person, {}};
    const auto place = [&](const std::string& modality, const std::string& folder, const std::string& extension) {
        const fs::path file = dir / name / "test" / folder / (person.string() + extension);
        fs::create_directories(file.parent_path());
        tree.files[modality].push_back(file);
        return file;
    };
    fs::copy_file(clip / "face.mp4", place("face", "Video_files", ".mp4"));
    fs::copy_file(clip / "speech.wav", place("speech", "Audio_files", ".wav"));
    const auto track = emc::SafetensorsFile::open(clip / "face.safetensors");
    const std::vector<float> emotion = track.readF32("emotion"), coeffs = track.readF32("coeffs");
    const auto frames = static_cast<std::int64_t>(coeffs.size() / 58);
    emc::writeNpy(place("face", "3D_FV_files", ".npy"), {frames, 1, 58}, std::span<const float>(coeffs));
    std::string csv;
    for (int d = 0; d < 25; ++d) csv += "c" + std::to_string(d) + (d == 24 ? "\n" : ",");
    for (std::size_t i = 0; i < emotion.size(); ++i) csv += std::to_string(emotion[i]) + (i % 25 == 24 ? "\n" : ",");
    writeAll(place("face", "Emotion", ".csv"), csv);
    return tree;
}

emc::Reactions reactToTree(const Tree& tree, const std::string& without) {
    const fs::path out = tree.root.string() + ".safetensors";
    const Answer answer = runCli({"react", tree.item.string(), "--model", "trans-vae-emc", "--without", without,
                                  "--samples", "2", "--out", out.string(), "--json"});
    EXPECT_EQ(answer.code, 0) << answer.err;
    if (answer.code != 0) return {};
    const auto json = answer.json();
    for (const auto& file : json["read"])
        for (const fs::path& forbidden : tree.files.at(without))
            EXPECT_NE(fs::path(file.get<std::string>()), forbidden);
    return emc::readReactions(out);
}

class MissingModality : public testing::TestWithParam<std::tuple<std::string, std::string>> {};

} // namespace

TEST_P(MissingModality, DeletedOrOverwrittenFilesChangeNothing) {
    const auto& [without, model] = GetParam();
    TempDir dir;
    const fs::path whole = copyOfDemo(dir, "whole"), deleted = copyOfDemo(dir, "deleted"),
                   noisy = copyOfDemo(dir, "noisy");
    for (const std::string& name : kFiles.at(without)) {
        ASSERT_TRUE(fs::remove(deleted / name)) << name;
        std::string noise(4096, '\0');
        for (std::size_t i = 0; i < noise.size(); ++i) noise[i] = static_cast<char>(i * 2654435761u >> 13);
        writeAll(noisy / name, noise);
    }
    const auto expected = react(whole, without, model);
    ASSERT_FALSE(expected.emotion.empty());
    for (const fs::path& clip : {deleted, noisy}) {
        const auto got = react(clip, without, model);
        EXPECT_EQ(got.emotion, expected.emotion);
        EXPECT_EQ(got.coeffs, expected.coeffs);
    }
}

class MissingInATree : public testing::TestWithParam<std::string> {};

TEST_P(MissingInATree, DeletedOrOverwrittenFilesChangeNothing) {
    TempDir dir;
    const Tree whole = treeOfDemo(dir, "whole"), deleted = treeOfDemo(dir, "deleted"), noisy = treeOfDemo(dir, "noisy");
    for (const fs::path& file : deleted.files.at(GetParam())) ASSERT_TRUE(fs::remove(file));
    for (const fs::path& file : noisy.files.at(GetParam())) {
        std::string noise(4096, '\0');
        for (std::size_t i = 0; i < noise.size(); ++i) noise[i] = static_cast<char>(i * 2654435761u >> 13);
        writeAll(file, noise);
    }
    const auto expected = reactToTree(whole, GetParam());
    ASSERT_FALSE(expected.emotion.empty());
    for (const Tree* tree : {&deleted, &noisy}) {
        const auto got = reactToTree(*tree, GetParam());
        EXPECT_EQ(got.emotion, expected.emotion);
        EXPECT_EQ(got.coeffs, expected.coeffs);
    }
}

INSTANTIATE_TEST_SUITE_P(All, MissingInATree, testing::Values("face", "speech"),
                         [](const auto& info) { return info.param; });

INSTANTIATE_TEST_SUITE_P(All, MissingModality,
                         testing::Combine(testing::Values("face", "speech"),
                                          testing::Values("trans-vae", "trans-vae-emc", "trans-vae-emc-no-ea")),
                         [](const auto& info) {
                             std::string name = std::get<0>(info.param) + "_" + std::get<1>(info.param);
                             std::replace(name.begin(), name.end(), '-', '_');
                             return name;
                         });
