#pragma once
// Independent items on all cores. Who computes an item never matters: each one writes only its own place.
#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "core/api/job_context.h"

namespace emc {

// 0 = as many threads as the machine has cores.
inline int threadCount(int wanted) {
    return wanted > 0 ? wanted : std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
}

// work(item, thread) for every item in [0, count), thread in [0, threads). The calling thread works too, reports as
// `text` and honours cancelling; the first exception of any thread is thrown here after all have stopped.
template <class Work>
void parallelFor(int count, int threads, JobContext& job, const std::string& text, Work&& work) {
    threads = std::clamp(threadCount(threads), 1, std::max(1, count));
    std::atomic<int> next{0}, done{0};
    std::atomic<bool> stop{false};
    std::mutex mutex;
    std::exception_ptr failure;
    const auto loop = [&](int thread, bool report) {
        try {
            for (int item; !stop.load() && (item = next.fetch_add(1)) < count;) {
                work(item, thread);
                const int finished = done.fetch_add(1) + 1;
                if (report) job.progress(std::min(finished, count - 1), count, text);
            }
        } catch (...) {
            stop.store(true);
            std::lock_guard lock(mutex);
            if (!failure) failure = std::current_exception();
        }
    };
    {
        std::vector<std::jthread> helpers;
        for (int thread = 1; thread < threads; ++thread) helpers.emplace_back(loop, thread, false);
        loop(0, true);
    }
    if (failure) std::rethrow_exception(failure);
    job.progress(count, count, text);
}

} // namespace emc
