#pragma once
#include <algorithm>
#include <cstdlib>

#ifdef __linux__
#include <sys/resource.h>
#include <unistd.h>
#endif

namespace emc {

// Work that nobody waits for at a button: the calling thread, and those that it starts from now on, take only what
// the others leave of the processor. Without it a training and a reaction on all cores wait for each other in every
// layer of their networks, and a toggled modality takes ten times as long (`emc bench toggle --while-training`).
// EMC_JOB_NICE (0 ... 19, 19 when it is not set) is for machines whose other programs would leave nothing at all.
// Nothing happens outside Linux, where threads have no priority of their own without more rights.
inline void giveWayToOtherThreads() noexcept {
#ifdef __linux__
    constexpr int kLowest = 19;
    const char* asked = std::getenv("EMC_JOB_NICE");
    const int nice = asked && *asked ? std::clamp(std::atoi(asked), 0, kLowest) : kLowest;
    const auto thread = static_cast<id_t>(gettid());
    if (nice > getpriority(PRIO_PROCESS, thread)) setpriority(PRIO_PROCESS, thread, nice); // always allowed
#endif
}

} // namespace emc
