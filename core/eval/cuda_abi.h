/* The C interface of the CUDA plug-in (core/cuda, libemc_cuda.so), which is loaded when somebody asks for it. */
#ifndef EMC_CUDA_ABI_H
#define EMC_CUDA_ABI_H

#ifdef __cplusplus
extern "C" {
#endif

#define EMC_CUDA_ABI_VERSION 1

typedef struct EmcCudaDtw EmcCudaDtw;

/* The version of this interface that the plug-in was built for. */
typedef int (*EmcCudaAbiVersion)(void);
/* Number of usable devices; 0 without a driver. `name` gets the first one's name. */
typedef int (*EmcCudaDevices)(char* name, int nameSize);
/* Puts `count` courses of `frames` x 25 floats onto the device; lengths[i] frames of each count. NULL on failure, with
   a sentence in `message`. */
typedef EmcCudaDtw* (*EmcCudaDtwOpen)(const float* targets, int count, int frames, const int* lengths, char* message,
                                      int messageSize);
/* For each pair: sums[3 pair + group] = smallest sum of squared costs of the groups [0,15), [15,17), [17,25). 0 = done.
 */
typedef int (*EmcCudaDtwRun)(EmcCudaDtw* dtw, const float* predictions, int count, const int* lengths,
                             const int* pairPrediction, const int* pairTarget, long pairs, double* sums, char* message,
                             int messageSize);
typedef void (*EmcCudaDtwClose)(EmcCudaDtw* dtw);

/* Exported as emc_cuda_abi_version, emc_cuda_devices, emc_cuda_dtw_open, emc_cuda_dtw_run, emc_cuda_dtw_close. */

#ifdef __cplusplus
}
#endif

#endif
