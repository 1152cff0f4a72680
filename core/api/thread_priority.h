#pragma once
#ifdef __linux__
#include <sys/resource.h>
#include <unistd.h>
#endif

namespace emc {

// Work that nobody waits for at a button: the calling thread, and those that it starts from now on, take only what
// the others leave of the processor. Without it a training and a reaction on all cores wait for each other in every
// layer of their networks, and a toggled modality takes ten times as long (`emc bench toggle --while-training`).
// Nothing happens outside Linux, where threads have no priority of their own without more rights.
inline void giveWayToOtherThreads() noexcept {
#ifdef __linux__
    constexpr int kLowest = 19;
    setpriority(PRIO_PROCESS, static_cast<id_t>(gettid()), kLowest); // lowering is always allowed
#endif
}

} // namespace emc
