// Bad input: one clear sentence, exit code 1 or 2, nothing half written, nothing left behind.
#include <sys/mount.h>

#include "tests/app/commands/run_cli.h"

using namespace emc::test;
namespace fs = std::filesystem;

namespace {

void expectRefused(const std::vector<std::string>& arguments, const fs::path& mustNotExist) {
    const Answer answer = runCli(arguments);
    EXPECT_TRUE(answer.code == 1 || answer.code == 2) << answer.code << "\n" << answer.err;
    expectOneClearSentence(answer);
    EXPECT_FALSE(fs::exists(mustNotExist));
    for (const auto& entry : fs::directory_iterator(mustNotExist.parent_path()))
        EXPECT_EQ(entry.path().string().find(mustNotExist.filename().string()), std::string::npos)
            << "left behind: " << entry.path();
}

fs::path demoClip() {
    return fs::path(EMC_SOURCE_DIR) / "resources/demo/clip";
}

} // namespace

TEST(CliBadInput, TextNamedMp4) {
    TempDir dir;
    writeAll(dir / "talk.mp4", "this is a shopping list\n");
    expectRefused({"ingest", (dir / "talk.mp4").string(), "--out", (dir / "clip").string()}, dir / "clip");
}

TEST(CliBadInput, EmptyFile) {
    TempDir dir;
    writeAll(dir / "talk.mp4", "");
    expectRefused({"ingest", (dir / "talk.mp4").string(), "--out", (dir / "clip").string()}, dir / "clip");
}

TEST(CliBadInput, AbsentFile) {
    TempDir dir;
    expectRefused({"ingest", (dir / "nosuch.mp4").string(), "--out", (dir / "clip").string()}, dir / "clip");
}

TEST(CliBadInput, TruncatedMp4) {
    TempDir dir;
    const std::string whole = readAll(demoClip() / "face.mp4");
    ASSERT_GT(whole.size(), 20000u);
    // Without the end of the file the index may be gone: either a clear refusal, or what could be read with a note.
    writeAll(dir / "talk.mp4", whole.substr(0, 5000));
    const Answer answer = runCli({"ingest", (dir / "talk.mp4").string(), "--out", (dir / "clip").string(), "--json"});
    if (answer.code == 0) {
        EXPECT_FALSE(answer.json()["notes"].empty());
        return;
    }
    expectOneClearSentence(answer);
    EXPECT_FALSE(fs::exists(dir / "clip"));
}

TEST(CliBadInput, CorruptReactions) {
    TempDir dir;
    writeAll(dir / "r.safetensors", std::string("\xff\xff\xff\xff\xff\xff\xff\x7f{}", 10));
    expectRefused({"render", (dir / "r.safetensors").string(), "--out", (dir / "film.mp4").string()}, dir / "film.mp4");
}

TEST(CliBadInput, ConfigWithTwoWrongKeysReportsBoth) {
    TempDir dir;
    writeAll(dir / "c.toml", "[optim]\nlearnig_rate = 1e-3\n[data]\ncropp = 3\n");
    const Answer answer = runCli({"train", (dir / "c.toml").string()});
    EXPECT_TRUE(answer.code == 1 || answer.code == 2);
    EXPECT_NE(answer.err.find("learnig_rate"), std::string::npos) << answer.err;
    EXPECT_NE(answer.err.find("cropp"), std::string::npos) << answer.err;
}

TEST(CliBadInput, GroupsThatCannotStart) {
    TempDir dir;
    const std::string out = (dir / "group").string();
    for (const std::vector<std::string>& arguments : std::vector<std::vector<std::string>>{
             {"train", dir.path().string(), "--models", "trans-vae"},
             {"train", dir.path().string(), "--group", "--seeds", "1,x", "--out", out},
             {"train", dir.path().string(), "--group", "--seeds", "1,1", "--out", out},
             {"train", dir.path().string(), "--group", "--models", "no-such-model", "--out", out},
             {"train", dir.path().string(), "--group", "--resume", out},
             {"train", dir.path().string(), "--group", "--dropout", "0.8", "--out", out}}) {
        const Answer answer = runCli(arguments);
        EXPECT_TRUE(answer.code == 1 || answer.code == 2) << arguments.back();
        expectOneClearSentence(answer);
        EXPECT_FALSE(fs::exists(out)) << arguments.back();
    }
    // A corpus behind the lists is no model and no seed.
    const Answer answer =
        runCli({"train", "--group", "--models", "trans-vae", "--seeds", "1", dir.path().string(), "--out", out});
    EXPECT_EQ(answer.code, 1);
    EXPECT_NE(answer.err.find(dir.path().string()), std::string::npos) << answer.err;
    EXPECT_EQ(answer.err.find("model.name"), std::string::npos) << answer.err;
}

TEST(CliBadInput, FolderThatCannotBeWritten) {
    TempDir dir;
    const Answer answer =
        runCli({"react", demoClip().string(), "--model", "mime", "--out", "/proc/nosuch/r.safetensors"});
    EXPECT_EQ(answer.code, 1);
    expectOneClearSentence(answer);
}

TEST(CliBadInput, FullDisk) {
    TempDir dir;
    const fs::path small = dir / "small";
    fs::create_directory(small);
    if (mount("tmpfs", small.c_str(), "tmpfs", 0, "size=64k") != 0)
        GTEST_SKIP() << "needs the right to mount a small file system";
    const Answer answer =
        runCli({"react", demoClip().string(), "--model", "mime", "--out", (small / "r.safetensors").string()});
    const bool nothingLeft = fs::is_empty(small);
    umount(small.c_str());
    EXPECT_EQ(answer.code, 1);
    expectOneClearSentence(answer);
    EXPECT_TRUE(nothingLeft);
}

TEST(CliBadInput, BothModalitiesMissing) {
    EXPECT_EQ(
        runCli({"react", demoClip().string(), "--without", "face", "--without", "speech", "--out", "/dev/null"}).code,
        2);
}
