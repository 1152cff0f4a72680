#pragma once
// CUDA on demand: the program links only libtorch_cpu; the CUDA part is loaded when somebody asks. No torch in this
// header.
#include <string>

namespace emc {

// Tries once per process: driver (libcuda.so.1), then libtorch_cuda.so, then the device count. Later calls return the
// first answer. Torch remembers a missing CUDA for good as soon as its hooks are touched (torch::manual_seed does):
// call this before any seeding, best first in main(). Where there is a device it also sets what makes CUDA repeatable:
// no TF32, deterministic algorithms, a fixed cuBLAS workspace.
bool cudaAvailable();
// Why not, or how many devices: "no NVIDIA driver (libcuda.so.1)", "libtorch_cuda.so is not installed", "1 device".
// Does not load anything by itself before cudaAvailable() was called ("not asked yet").
std::string cudaDetail();
// "cpu" or "cuda"/"cuda:N" as torch::Device understands it. Throws Error(Unsupported) when it cannot be used here,
// Error(Usage) for another word.
std::string usableDevice(const std::string& name);

// Threads torch uses inside one operation; 0 leaves torch's choice.
void setComputeThreads(int threads);

} // namespace emc
