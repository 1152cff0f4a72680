#include "core/api/job_context.h"

#include <gtest/gtest.h>

#include <thread>

using namespace emc;

TEST(JobContext, ThrowsCancelledAtTheNextProgressPoint) {
    JobContext job;
    EXPECT_NO_THROW(job.progress(1, 10));
    job.requestCancel();
    EXPECT_THROW(job.progress(2, 10), Cancelled);
    EXPECT_THROW(job.checkpoint(), Cancelled);
}

TEST(JobContext, ThrottlesProgressButAlwaysReportsTheLastStep) {
    int reports = 0;
    double last = 0;
    JobContext job([&](const JobEvent& event) {
        if (auto* progress = std::get_if<ProgressEvent>(&event)) ++reports, last = progress->done;
    });
    for (int i = 1; i <= 1000; ++i) job.progress(i, 1000);
    EXPECT_EQ(last, 1000);
    EXPECT_LT(reports, 100);
}

TEST(JobContext, PauseHoldsTheWorkerUntilResumed) {
    JobContext job;
    job.pause();
    std::atomic<bool> passed{false};
    std::jthread worker([&] {
        job.checkpoint();
        passed = true;
    });
    std::this_thread::sleep_for(std::chrono::milliseconds(30));
    EXPECT_FALSE(passed);
    job.resume();
    worker.join();
    EXPECT_TRUE(passed);
}

TEST(JobContext, CancelWakesAPausedWorker) {
    JobContext job;
    job.pause();
    bool cancelled = false;
    std::jthread worker([&] {
        try {
            job.checkpoint();
        } catch (const Cancelled&) { cancelled = true; }
    });
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    job.requestCancel();
    worker.join();
    EXPECT_TRUE(cancelled);
}

TEST(JobContext, FinishEarlyIsNotCancel) {
    JobContext job;
    job.requestFinishEarly();
    EXPECT_TRUE(job.finishEarlyRequested());
    EXPECT_NO_THROW(job.checkpoint());
}

TEST(JobContext, AnInnerJobStopsWithTheOuterOne) {
    JobContext outer;
    JobContext inner([](const JobEvent&) {}, outer);
    EXPECT_NO_THROW(inner.checkpoint());
    outer.requestFinishEarly();
    EXPECT_TRUE(inner.finishEarlyRequested());
    outer.requestCancel();
    EXPECT_THROW(inner.checkpoint(), Cancelled);
}
