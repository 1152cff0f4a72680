#pragma once
// Loads the CUDA plug-in when it is first asked for. Nothing of CUDA is linked.
#include <string>

#include "core/eval/cuda_abi.h"

namespace emc {

struct CudaPlugin {
    EmcCudaDevices devices = nullptr;
    EmcCudaDtwOpen dtwOpen = nullptr;
    EmcCudaDtwRun dtwRun = nullptr;
    EmcCudaDtwClose dtwClose = nullptr;
};

// Looked for in EMC_CUDA_PLUGIN, beside the program, and in ../lib beside it. Throws Error(Unsupported) that says what
// is missing: the file, its version, the driver or a device.
const CudaPlugin& cudaPlugin();
// Whether cudaPlugin() would work; `why` gets the reason or the device's name.
bool cudaPluginWorks(std::string* why);

} // namespace emc
