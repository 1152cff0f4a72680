// Dynamic time warping of whole test sets on an NVIDIA GPU: one warp for a pair and group of dimensions, one row a
// lane, rows in strips of 32. The same operations in the same order as on the CPU, none of them fused: the bits are
// equal.
#include <cuda_runtime.h>

#include <cstdio>
#include <new>

#include "core/eval/cuda_abi.h"

namespace {

constexpr int kDims = 25, kGroups = 3, kLanes = 32, kWarps = 4;
constexpr unsigned kAll = 0xffffffffu;
constexpr int kMaxFrames = 3000; // of the column side: its boundary lies in shared memory

// count x frames x 25 -> count x 25 x frames, so that neighbouring lanes read neighbouring numbers.
__global__ void transpose(const float* in, float* out, int frames) {
    const long course = blockIdx.y;
    const int t = blockIdx.x * blockDim.x + threadIdx.x;
    if (t >= frames) return;
    for (int c = 0; c < kDims; ++c) out[(course * kDims + c) * frames + t] = in[(course * frames + t) * kDims + c];
}

template <int kBegin, int kCount>
__device__ double warp(const float* x, int nx, const float* y, int ny, int frames, double* boundary) {
    const int lane = threadIdx.x % kLanes;
    const double infinity = __longlong_as_double(0x7ff0000000000000ll);
    for (int j = lane; j < ny; j += kLanes) boundary[j] = infinity;
    __syncwarp();
    double last = infinity;
    for (int row = 0; row < nx; row += kLanes) {
        const bool inside = row + lane < nx;
        double own[kCount];
        for (int c = 0; c < kCount; ++c)
            own[c] = inside ? static_cast<double>(x[(row + lane) * kDims + kBegin + c]) : 0.0;
        double left = infinity;
        double diagonal = row == 0 && lane == 0 ? 0.0 : infinity; // above the first row there is one way in
        for (int s = 0; s < ny + kLanes - 1; ++s) {
            const int j = s - lane;
            double up = __shfl_up_sync(kAll, left, 1);
            if (lane == 0) up = s < ny ? boundary[s] : infinity;
            if (j >= 0 && j < ny) {
                double cost = 0;
                for (int c = 0; c < kCount; ++c) {
                    const double d = __dsub_rn(own[c], static_cast<double>(y[(kBegin + c) * frames + j]));
                    cost = __dadd_rn(cost, __dmul_rn(d, d));
                }
                left = __dadd_rn(fmin(fmin(left, diagonal), up), cost);
                diagonal = up;
                if (lane == kLanes - 1) boundary[j] = left; // lane 0 read it 31 steps ago
                if (row + lane == nx - 1 && j == ny - 1) last = left;
            }
        }
        __syncwarp();
    }
    return __shfl_sync(kAll, last, (nx - 1) % kLanes);
}

__global__ void warpPairs(const float* predictions, const int* predictionLengths, const float* targets,
                          const int* targetLengths, int frames, const int* pairPrediction, const int* pairTarget,
                          long items, double* sums) {
    extern __shared__ double memory[];
    const long item = static_cast<long>(blockIdx.x) * kWarps + threadIdx.x / kLanes;
    if (item >= items) return; // whole warps
    const long pair = item / kGroups;
    const int group = static_cast<int>(item % kGroups);
    const long prediction = pairPrediction[pair], target = pairTarget[pair];
    const float* x = predictions + prediction * frames * kDims;
    const float* y = targets + target * frames * kDims;
    double* boundary = memory + static_cast<long>(threadIdx.x / kLanes) * frames;
    const int nx = predictionLengths[prediction], ny = targetLengths[target];
    double sum;
    if (group == 0) sum = warp<0, 15>(x, nx, y, ny, frames, boundary);
    else if (group == 1) sum = warp<15, 2>(x, nx, y, ny, frames, boundary);
    else sum = warp<17, 8>(x, nx, y, ny, frames, boundary);
    if (threadIdx.x % kLanes == 0) sums[item] = sum;
}

template <class T>
class DeviceArray {
public:
    ~DeviceArray() { cudaFree(m_data); }
    cudaError_t reserve(size_t count) {
        if (count <= m_count) return cudaSuccess;
        cudaFree(m_data);
        m_data = nullptr;
        m_count = 0;
        const cudaError_t error = cudaMalloc(&m_data, count * sizeof(T));
        if (error == cudaSuccess) m_count = count;
        return error;
    }
    cudaError_t upload(const T* from, size_t count) {
        const cudaError_t error = reserve(count);
        return error != cudaSuccess ? error : cudaMemcpy(m_data, from, count * sizeof(T), cudaMemcpyHostToDevice);
    }
    T* data() const { return m_data; }

private:
    T* m_data = nullptr;
    size_t m_count = 0;
};

int say(char* message, int size, const char* what, cudaError_t error) {
    if (message && size > 0)
        std::snprintf(message, static_cast<size_t>(size), "%s%s%s", what, error == cudaSuccess ? "" : ": ",
                      error == cudaSuccess ? "" : cudaGetErrorString(error));
    return 1;
}

} // namespace

struct EmcCudaDtw {
    int frames = 0;
    DeviceArray<float> targets, raw, predictions;
    DeviceArray<int> targetLengths, predictionLengths, pairPrediction, pairTarget;
    DeviceArray<double> sums;
};

extern "C" {

int emc_cuda_abi_version(void) {
    return EMC_CUDA_ABI_VERSION;
}

int emc_cuda_devices(char* name, int nameSize) {
    int count = 0;
    if (cudaGetDeviceCount(&count) != cudaSuccess) return 0;
    cudaDeviceProp properties;
    if (count > 0 && name && nameSize > 0 && cudaGetDeviceProperties(&properties, 0) == cudaSuccess)
        std::snprintf(name, static_cast<size_t>(nameSize), "%s", properties.name);
    return count;
}

EmcCudaDtw* emc_cuda_dtw_open(const float* targets, int count, int frames, const int* lengths, char* message,
                              int messageSize) {
    if (frames > kMaxFrames) {
        say(message, messageSize, "clips of more than 3000 frames are not warped on the GPU", cudaSuccess);
        return nullptr;
    }
    EmcCudaDtw* dtw = new (std::nothrow) EmcCudaDtw;
    if (!dtw) return nullptr;
    dtw->frames = frames;
    const size_t numbers = static_cast<size_t>(count) * frames * kDims;
    cudaError_t error = dtw->raw.upload(targets, numbers);
    if (error == cudaSuccess) error = dtw->targets.reserve(numbers);
    if (error == cudaSuccess) error = dtw->targetLengths.upload(lengths, count);
    constexpr int kMostCourses = 65535; // of a grid's second dimension
    for (int begin = 0; begin < count && error == cudaSuccess; begin += kMostCourses) {
        const int part = count - begin < kMostCourses ? count - begin : kMostCourses;
        const size_t offset = static_cast<size_t>(begin) * frames * kDims;
        transpose<<<dim3((frames + 127) / 128, part), 128>>>(dtw->raw.data() + offset, dtw->targets.data() + offset,
                                                             frames);
        error = cudaGetLastError();
    }
    if (error == cudaSuccess) error = cudaDeviceSynchronize();
    if (error == cudaSuccess)
        error = cudaFuncSetAttribute(warpPairs, cudaFuncAttributeMaxDynamicSharedMemorySize,
                                     static_cast<int>(kWarps * frames * sizeof(double)));
    if (error == cudaSuccess) return dtw;
    say(message, messageSize, "the listeners could not be put onto the device", error);
    delete dtw;
    return nullptr;
}

int emc_cuda_dtw_run(EmcCudaDtw* dtw, const float* predictions, int count, const int* lengths,
                     const int* pairPrediction, const int* pairTarget, long pairs, double* sums, char* message,
                     int messageSize) {
    const size_t numbers = static_cast<size_t>(count) * dtw->frames * kDims;
    cudaError_t error = dtw->predictions.upload(predictions, numbers);
    if (error == cudaSuccess) error = dtw->predictionLengths.upload(lengths, count);
    if (error == cudaSuccess) error = dtw->pairPrediction.upload(pairPrediction, pairs);
    if (error == cudaSuccess) error = dtw->pairTarget.upload(pairTarget, pairs);
    const long items = pairs * kGroups;
    if (error == cudaSuccess) error = dtw->sums.reserve(items);
    if (error != cudaSuccess)
        return say(message, messageSize, "the predictions could not be put onto the device", error);
    const long blocks = (items + kWarps - 1) / kWarps;
    warpPairs<<<static_cast<unsigned>(blocks), kWarps * kLanes, kWarps * dtw->frames * sizeof(double)>>>(
        dtw->predictions.data(), dtw->predictionLengths.data(), dtw->targets.data(), dtw->targetLengths.data(),
        dtw->frames, dtw->pairPrediction.data(), dtw->pairTarget.data(), items, dtw->sums.data());
    error = cudaGetLastError();
    if (error == cudaSuccess)
        error = cudaMemcpy(sums, dtw->sums.data(), items * sizeof(double), cudaMemcpyDeviceToHost);
    return error == cudaSuccess ? 0 : say(message, messageSize, "warping failed", error);
}

void emc_cuda_dtw_close(EmcCudaDtw* dtw) {
    delete dtw;
}

} // extern "C"
