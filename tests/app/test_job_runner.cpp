#include <gtest/gtest.h>

#include <QCoreApplication>
#include <QThread>

#include <sys/resource.h>
#include <unistd.h>

#include <atomic>
#include <optional>
#include <stdexcept>

#include "app/jobs/job_runner.h"
#include "tests/app/wait.h"

using namespace emc;

namespace {
void until(JobContext& job) { // works until somebody stops it
    for (int i = 0; !job.finishEarlyRequested(); ++i) {
        job.progress(i % 100, 100);
        QThread::msleep(1);
    }
}
JobState stateOf(const JobRunner& jobs, JobId id) {
    return jobs.find(id)->state;
}
} // namespace

TEST(JobRunner, valuesComeBackOnTheThreadOfTheReceiver) {
    JobRunner jobs;
    QObject receiver;
    int value = 0;
    QThread* thread = nullptr;
    jobs.submit<int>(
        {QStringLiteral("sum")}, [](JobContext&) { return 42; }, &receiver,
        [&](int v) { value = v, thread = QThread::currentThread(); });
    ASSERT_TRUE(waitUntil([&] { return value != 0; }));
    EXPECT_EQ(value, 42);
    EXPECT_EQ(thread, qApp->thread());
}

TEST(JobRunner, nothingThrownLeavesAJob) {
    JobRunner jobs;
    const JobId ours = jobs.submit({QStringLiteral("a")}, [](JobContext&) {
        throw Error(ErrorKind::Io, "the disk is full", "/x", "Free some space");
    });
    const JobId standard =
        jobs.submit({QStringLiteral("b")}, [](JobContext&) { throw std::runtime_error("broken\nsecond line"); });
    const JobId odd = jobs.submit({QStringLiteral("c")}, [](JobContext&) { throw 7; });
    ASSERT_TRUE(waitUntil([&] { return !jobs.anyLive(); }));
    EXPECT_EQ(stateOf(jobs, ours), JobState::Failed);
    EXPECT_EQ(jobs.find(ours)->problem, QStringLiteral("The disk is full. Free some space"));
    EXPECT_TRUE(jobs.find(ours)->details.contains(QStringLiteral("/x")));
    EXPECT_EQ(jobs.find(standard)->problem, QStringLiteral("broken"));
    EXPECT_EQ(stateOf(jobs, odd), JobState::Failed);
    EXPECT_FALSE(jobs.find(odd)->problem.isEmpty());
}

TEST(JobRunner, cancelAndFinishEarly) {
    JobRunner jobs;
    const JobId cancelled = jobs.submit({QStringLiteral("a"), JobLane::Light, true}, until);
    const JobId finished = jobs.submit({QStringLiteral("b"), JobLane::Light, true}, until);
    EXPECT_TRUE(jobs.cancel(cancelled));
    EXPECT_EQ(stateOf(jobs, cancelled), JobState::Cancelling);
    EXPECT_FALSE(jobs.finishEarly(cancelled));
    EXPECT_TRUE(jobs.finishEarly(finished));
    ASSERT_TRUE(waitUntil([&] { return !jobs.anyLive(); }));
    EXPECT_EQ(stateOf(jobs, cancelled), JobState::Cancelled);
    EXPECT_EQ(stateOf(jobs, finished), JobState::Done);
}

TEST(JobRunner, aPausedJobStandsStillAndCanBeCancelled) {
    JobRunner jobs;
    std::atomic<int> steps{0};
    const JobId id = jobs.submit({QStringLiteral("a")}, [&](JobContext& job) {
        while (true) job.checkpoint(), ++steps, QThread::msleep(1);
    });
    ASSERT_TRUE(waitUntil([&] { return steps > 3; }));
    ASSERT_TRUE(jobs.pause(id));
    QTest::qWait(30);
    const int before = steps;
    QTest::qWait(60);
    EXPECT_LE(steps, before + 1);
    EXPECT_TRUE(jobs.cancel(id));
    ASSERT_TRUE(waitUntil([&] { return !jobs.anyLive(); }));
    EXPECT_EQ(stateOf(jobs, id), JobState::Cancelled);
}

TEST(JobRunner, heavyJobsWaitForOneAnother) {
    JobRunner jobs;
    const JobId first = jobs.submit({QStringLiteral("a"), JobLane::Heavy, true}, until);
    const JobId second = jobs.submit({QStringLiteral("b"), JobLane::Heavy, true}, until);
    EXPECT_EQ(stateOf(jobs, first), JobState::Running);
    EXPECT_EQ(stateOf(jobs, second), JobState::Queued);
    EXPECT_EQ(jobs.liveCount(), 2);
    jobs.cancel(first);
    ASSERT_TRUE(waitUntil([&] { return stateOf(jobs, second) == JobState::Running; }));
    jobs.cancel(second);
    ASSERT_TRUE(waitUntil([&] { return !jobs.anyLive(); }));
    EXPECT_TRUE(jobs.forget(first));
    EXPECT_EQ(jobs.find(first), nullptr);
}

#ifdef __linux__
TEST(JobRunner, heavyJobsLeaveTheProcessorToTheOthers) {
    const QByteArray before = qgetenv("EMC_JOB_NICE"); // 0 in a run of all tests
    qunsetenv("EMC_JOB_NICE");
    JobRunner jobs;
    const auto priority = [](JobLane lane, JobRunner& runner) {
        std::optional<int> found;
        QObject here;
        runner.submit<int>(
            {QStringLiteral("a"), lane},
            [](JobContext&) { return getpriority(PRIO_PROCESS, static_cast<id_t>(gettid())); }, &here,
            [&](int value) { found = value; });
        EXPECT_TRUE(waitUntil([&] { return found.has_value(); }));
        return found.value_or(-1);
    };
    EXPECT_EQ(priority(JobLane::Light, jobs), getpriority(PRIO_PROCESS, 0));
    EXPECT_EQ(priority(JobLane::Heavy, jobs), 19);
    EXPECT_LT(getpriority(PRIO_PROCESS, 0), 19) << "the window's own thread keeps its priority";
    qputenv("EMC_JOB_NICE", "7");
    EXPECT_EQ(priority(JobLane::Heavy, jobs), std::max(7, getpriority(PRIO_PROCESS, 0)));
    if (before.isNull()) qunsetenv("EMC_JOB_NICE");
    else qputenv("EMC_JOB_NICE", before);
}
#endif

TEST(JobRunner, endsCleanlyWhileJobsRun) {
    std::atomic<bool> left{false};
    {
        JobRunner jobs;
        jobs.submit({QStringLiteral("a")}, [&](JobContext& job) {
            try {
                until(job);
            } catch (const Cancelled&) {
                left = true;
                throw;
            }
        });
        QTest::qWait(10);
    }
    EXPECT_TRUE(left);
}
