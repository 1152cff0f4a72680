#include "core/nn/device.h"

#include <ATen/Context.h>
#include <dlfcn.h>
#include <torch/torch.h>

#include <cstdlib>
#include <mutex>

#include "core/api/error.h"

namespace emc {

namespace {
std::once_flag g_once;
std::mutex g_mutex;
bool g_available = false;
std::string g_detail = "not asked yet";

// Same numbers on every start, and float32 that is float32: a resumed run must equal an uninterrupted one, and both
// devices must agree.
void makeRepeatable() {
    at::Context& context = at::globalContext();
    context.setAllowTF32CuBLAS(false);
    context.setAllowTF32CuDNN(false); // on by default: ten bits of mantissa in convolutions
    context.setDeterministicCuDNN(true);
    context.setBenchmarkCuDNN(false);                       // would choose algorithms by the clock
    context.setDeterministicAlgorithms(true, true);         // where one exists; elsewhere a warning
    context.setDeterministicFillUninitializedMemory(false); // a debugging aid that costs a pass over every new tensor
}

void probe() {
    bool available = false;
    std::string detail;
    // cuBLAS reads this when it starts: with a fixed workspace its sums come in a fixed order. A user's own choice
    // stays.
    setenv("CUBLAS_WORKSPACE_CONFIG", ":4096:8", 0);
    // The driver is looked for first: without one the 230 MB of libtorch_cuda are never mapped.
    if (!dlopen("libcuda.so.1", RTLD_LAZY | RTLD_GLOBAL)) {
        detail = "no NVIDIA driver (libcuda.so.1)";
    } else if (!dlopen("libtorch_cuda.so", RTLD_NOW | RTLD_GLOBAL)) {
        const char* why = dlerror();
        detail = std::string("libtorch_cuda.so cannot be loaded: ") + (why ? why : "unknown reason");
    } else {
        try {
            const auto count = torch::cuda::device_count();
            available = torch::cuda::is_available() && count > 0;
            if (available) makeRepeatable();
            detail = available ? std::to_string(count) + (count == 1 ? " device" : " devices")
                               : "the driver shows no usable device";
        } catch (const std::exception& e) { detail = std::string("CUDA does not start: ") + e.what(); }
    }
    std::lock_guard lock(g_mutex);
    g_available = available;
    g_detail = detail;
}
} // namespace

bool cudaAvailable() {
    std::call_once(g_once, probe);
    std::lock_guard lock(g_mutex);
    return g_available;
}

std::string cudaDetail() {
    std::lock_guard lock(g_mutex);
    return g_detail;
}

std::string usableDevice(const std::string& name) {
    if (name == "cpu" || name.empty()) return "cpu";
    bool known = name == "cuda";
    int index = 0;
    if (name.rfind("cuda:", 0) == 0 && name.size() > 5 && name.size() < 8 &&
        name.find_first_not_of("0123456789", 5) == std::string::npos) {
        known = true;
        index = std::stoi(name.substr(5));
    }
    if (!known) throw Error(ErrorKind::Usage, "there is no device named \"" + name + "\"", {}, "Use cpu or cuda");
    if (!cudaAvailable())
        throw Error(ErrorKind::Unsupported, "CUDA cannot be used here: " + cudaDetail(), {}, "Use the device cpu");
    if (index >= static_cast<int>(torch::cuda::device_count()))
        throw Error(ErrorKind::Unsupported, "there is no CUDA device " + std::to_string(index), {},
                    "Found: " + cudaDetail());
    return name;
}

void setComputeThreads(int threads) {
    if (threads > 0 && threads != torch::get_num_threads()) torch::set_num_threads(threads);
}

} // namespace emc
