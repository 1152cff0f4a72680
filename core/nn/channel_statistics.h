#pragma once
// Mean and variance of each channel over everything seen so far, and what an instance norm over a whole clip does with
// them: passes over planes (n,C,H,W) that a chunk of a clip takes, each of which reads its planes once on a CPU.
// Everything is merged in double and channel after channel, so that neither the number of threads nor the size of the
// chunks shows beyond rounding.
#include <torch/torch.h>

#include <cstdint>

namespace emc {

class ChannelStatistics {
public:
    // x (n,C,H,W) float32; nothing is kept but the moments.
    void add(const torch::Tensor& x);
    // The same, and the maxima of x in windows of 3 x 3 with stride 2, no padding -> (n,C,(H-3)/2+1,(W-3)/2+1).
    torch::Tensor addPooled(const torch::Tensor& x);
    // relu((x - mean) / sqrt(variance + 1e-5)), in place where x is contiguous float32 on a CPU.
    torch::Tensor rectified(torch::Tensor x) const;

    // The same by plain operations of LibTorch: the slow twins, and what other devices run.
    void addPlain(const torch::Tensor& x);
    torch::Tensor rectifiedPlain(const torch::Tensor& x) const;

private:
    void merge(const torch::Tensor& mean, const torch::Tensor& squares, int64_t n);
    torch::Tensor scale() const;

    torch::Tensor m_mean, m_squares; // (C) double on the device of x; squares around the mean
    int64_t m_count = 0;
};

} // namespace emc
