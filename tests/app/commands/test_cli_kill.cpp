// Killed and interrupted programs. Each waits for a progress line first, so that the signal always meets work under
// way: the film has 751 frames, of which the first line reports the first.
#include "tests/app/commands/run_cli.h"

using namespace emc::test;
namespace fs = std::filesystem;

namespace {

fs::path film() {
    return fs::path(EMC_SOURCE_DIR) / "resources/demo/clip/face.mp4";
}

} // namespace

TEST(CliKill, AKilledIngestLeavesNoClip) {
    TempDir dir;
    RunningCli ingest({"ingest", film().string(), "--out", (dir / "clip").string()});
    ASSERT_TRUE(ingest.waitFor("%")) << ingest.wait().err;
    ingest.signal(SIGKILL);
    EXPECT_EQ(ingest.wait().code, 128 + SIGKILL);
    EXPECT_FALSE(fs::exists(dir / "clip")); // a temporary folder may stay; it is not a clip and is not taken for one
    const std::string sound = (film().parent_path() / "speech.wav").string(); // quicker than the film again
    const Answer again = runCli({"ingest", sound, "--out", (dir / "clip").string(), "--json"});
    ASSERT_EQ(again.code, 0) << again.err; // what the killed one left is in nobody's way
    EXPECT_TRUE(fs::exists(dir / "clip" / "clip.toml"));
}

TEST(CliKill, InterruptCancelsCleanly) {
    for (const int signal : {SIGINT, SIGTERM}) {
        TempDir dir;
        RunningCli ingest({"ingest", film().string(), "--out", (dir / "clip").string()});
        ASSERT_TRUE(ingest.waitFor("%")) << ingest.wait().err;
        ingest.signal(signal);
        const Answer answer = ingest.wait();
        EXPECT_EQ(answer.code, 130) << answer.err;
        EXPECT_TRUE(fs::is_empty(dir.path())) << "a cancelled ingest leaves nothing";
    }
}

TEST(CliKill, AnInterruptedReactionWritesNothing) {
    TempDir dir;
    RunningCli react(
        {"react", film().parent_path().string(), "--samples", "1000", "--out", (dir / "r.safetensors").string()});
    ASSERT_TRUE(react.waitFor("%")) << react.wait().err;
    react.signal(SIGINT);
    const Answer answer = react.wait();
    EXPECT_EQ(answer.code, 130) << answer.err;
    EXPECT_TRUE(fs::is_empty(dir.path()));
}
