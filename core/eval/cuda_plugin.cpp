#include "core/eval/cuda_plugin.h"

#include <dlfcn.h>

#include <cstdlib>
#include <filesystem>
#include <vector>

#include "core/api/error.h"

namespace emc {

namespace {

namespace fs = std::filesystem;

struct Loaded {
    CudaPlugin plugin;
    std::string problem, hint, device;
};

Loaded load() {
    Loaded loaded;
    const auto refuse = [&](const std::string& problem, const std::string& hint) {
        loaded.problem = problem;
        loaded.hint = hint;
        return loaded;
    };
    // Without a driver the plug-in would load and then fail at its first call.
    if (!dlopen("libcuda.so.1", RTLD_LAZY | RTLD_GLOBAL))
        return refuse("there is no NVIDIA driver on this machine", "Use --device cpu");
    std::vector<fs::path> places;
    if (const char* named = std::getenv("EMC_CUDA_PLUGIN")) places.emplace_back(named);
    std::error_code code;
    const fs::path program = fs::read_symlink("/proc/self/exe", code).parent_path();
    places.push_back(program / "libemc_cuda.so");
    places.push_back(program.parent_path() / "lib" / "libemc_cuda.so");
    for (const fs::path& place : places) {
        if (!fs::exists(place, code)) continue;
        void* library = dlopen(place.c_str(), RTLD_NOW | RTLD_LOCAL);
        if (!library) return refuse("the CUDA plug-in cannot be loaded: " + std::string(dlerror()), "Use --device cpu");
        const auto version = reinterpret_cast<EmcCudaAbiVersion>(dlsym(library, "emc_cuda_abi_version"));
        if (!version || version() != EMC_CUDA_ABI_VERSION)
            return refuse("the CUDA plug-in is of another version", "Build it together with the program");
        loaded.plugin.devices = reinterpret_cast<EmcCudaDevices>(dlsym(library, "emc_cuda_devices"));
        loaded.plugin.dtwOpen = reinterpret_cast<EmcCudaDtwOpen>(dlsym(library, "emc_cuda_dtw_open"));
        loaded.plugin.dtwRun = reinterpret_cast<EmcCudaDtwRun>(dlsym(library, "emc_cuda_dtw_run"));
        loaded.plugin.dtwClose = reinterpret_cast<EmcCudaDtwClose>(dlsym(library, "emc_cuda_dtw_close"));
        if (!loaded.plugin.devices || !loaded.plugin.dtwOpen || !loaded.plugin.dtwRun || !loaded.plugin.dtwClose)
            return refuse("the CUDA plug-in lacks a function", "Build it together with the program");
        char name[256] = {};
        if (loaded.plugin.devices(name, sizeof name) < 1) return refuse("CUDA finds no device", "Use --device cpu");
        loaded.device = name;
        return loaded;
    }
    return refuse("this build has no CUDA plug-in", "Build with nvcc present, or use --device cpu");
}

const Loaded& loadOnce() {
    static const Loaded loaded = load();
    return loaded;
}

} // namespace

const CudaPlugin& cudaPlugin() {
    const Loaded& loaded = loadOnce();
    if (!loaded.problem.empty()) throw Error(ErrorKind::Unsupported, loaded.problem, "device cuda", loaded.hint);
    return loaded.plugin;
}

bool cudaPluginWorks(std::string* why) {
    const Loaded& loaded = loadOnce();
    if (why) *why = loaded.problem.empty() ? loaded.device : loaded.problem;
    return loaded.problem.empty();
}

} // namespace emc
