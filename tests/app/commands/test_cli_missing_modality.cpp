// A modality that is declared missing is not read: without its files, or with noise in them, the answer is the same to
// the bit.
#include "core/data/reactions_io.h"
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

INSTANTIATE_TEST_SUITE_P(All, MissingModality,
                         testing::Combine(testing::Values("face", "speech"),
                                          testing::Values("trans-vae", "trans-vae-emc", "trans-vae-emc-no-ea")),
                         [](const auto& info) {
                             std::string name = std::get<0>(info.param) + "_" + std::get<1>(info.param);
                             std::replace(name.begin(), name.end(), '-', '_');
                             return name;
                         });
