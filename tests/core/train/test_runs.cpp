#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>

#include "core/api/error.h"
#include "core/runs/run_lock.h"
#include "core/runs/run_record.h"
#include "tests/support/shared.h"

using namespace emc;

namespace {

RunRecord someRecord() {
    RunRecord record;
    record.model = "test-small";
    record.seed = 5;
    record.threads = 2;
    record.step = 30;
    record.steps = 100;
    record.bestStep = 20;
    record.bestValidation = 0.125;
    record.figures["speech_head.val_ccc.valence"] = 0.5;
    record.notes["features"] = "abc";
    return record;
}

} // namespace

TEST(Runs, RecordComesBack) {
    emc::test::TempDir folder;
    RunRecord record = someRecord();
    record.error = "bad \xff byte"; // whatever an error says, the record can be written
    writeRunRecord(folder.path(), record);
    const RunRecord back = readRunRecord(folder.path());
    EXPECT_EQ(back.model, "test-small");
    EXPECT_EQ(back.seed, 5u);
    EXPECT_EQ(back.step, 30);
    EXPECT_EQ(back.bestValidation, 0.125);
    EXPECT_EQ(back.figures, record.figures);
    EXPECT_EQ(back.notes, record.notes);
}

TEST(Runs, BrokenRecordIsAnErrorAndStaysInTheList) {
    emc::test::TempDir folder;
    EXPECT_THROW(readRunRecord(folder.path()), Error);
    EXPECT_TRUE(listRuns(folder / "absent").empty());
    std::filesystem::create_directories(folder / "a");
    std::filesystem::create_directories(folder / "b");
    std::filesystem::create_directories(folder / "not a run");
    std::ofstream(folder / "a" / "run.json") << "{\"model\": 3";
    writeRunRecord(folder / "b", someRecord());
    EXPECT_THROW(readRunRecord(folder / "a"), Error);
    const auto runs = listRuns(folder.path());
    ASSERT_EQ(runs.size(), 2u);
    for (const RunInfo& run : runs) EXPECT_EQ(run.state, run.name == "a" ? "failed" : "interrupted") << run.name;
}

TEST(Runs, OnlyOneWriter) {
    emc::test::TempDir folder;
    writeRunRecord(folder.path(), someRecord());
    EXPECT_FALSE(runIsLocked(folder.path()));
    {
        const auto lock = RunLock::take(folder.path());
        EXPECT_TRUE(runIsLocked(folder.path()));
        EXPECT_EQ(runInfo(folder.path()).state, "running");
        try {
            RunLock::take(folder.path());
            FAIL() << "two writers";
        } catch (const Error& error) {
            EXPECT_NE(std::string(error.what()).find(std::to_string(getpid())), std::string::npos) << error.what();
        }
    }
    EXPECT_EQ(runInfo(folder.path()).state, "interrupted");
}

TEST(Runs, AKilledWriterLeavesAnInterruptedRun) {
    emc::test::TempDir folder;
    writeRunRecord(folder.path(), someRecord());
    int ready[2];
    ASSERT_EQ(pipe(ready), 0);
    const pid_t child = fork();
    if (child == 0) {
        const auto lock = RunLock::take(folder.path());
        if (write(ready[1], "x", 1) != 1) _exit(1);
        for (;;) pause();
    }
    char byte = 0;
    ASSERT_EQ(read(ready[0], &byte, 1), 1);
    EXPECT_EQ(runInfo(folder.path()).state, "running");
    kill(child, SIGKILL);
    waitpid(child, nullptr, 0);
    close(ready[0]);
    close(ready[1]);
    EXPECT_EQ(runInfo(folder.path()).state, "interrupted");
    EXPECT_NO_THROW(RunLock::take(folder.path()));
}
