#pragma once
// The video network of Trans-VAE: five convolutions on single frames, instance norms over the whole clip, one linear
// layer -> u^f. Source: baseline_react2024 model/BasicBlock.py (kernels are (1,k,k), so Conv3d is Conv2d on frames;
// InstanceNorm3d pools over T, H, W of a clip). Key names are the original's (`Conv3D.conv1.weight`, ..., `fc.weight`);
// checkpoint.h writes the kernels 5-dimensional as the original does.
#include <torch/torch.h>

#include <cstdint>
#include <functional>
#include <vector>

#include "core/api/job_context.h"

namespace emc {

inline constexpr int kFeatureDims = 128; // width of u^f and u^s

class FrameEncoderImpl : public torch::nn::Module {
public:
    FrameEncoderImpl();

    // frames (B,T,3,S,S) in [-1,1], any S >= 32 -> u^f (B,T,128). Keeps what autograd needs: for training.
    torch::Tensor forward(const torch::Tensor& frames);

    // One clip without gradient, in chunks: activations of full size never exist for more than `chunk` frames; what is
    // kept between the passes is at most 16 S^2 bytes a frame (65 KB at S = 64, 0.8 MB at S = 224). `readChunk(begin,
    // end)` gives (end-begin,3,S,S) in [-1,1] and is called once per chunk in order. -> (T,128). Equal to forward() up
    // to rounding. Cancel points between chunks.
    torch::Tensor encode(int frames, const std::function<torch::Tensor(int begin, int end)>& readChunk, JobContext& job,
                         int chunk = 32);
    // The same for frames that are in memory: (T,3,S,S).
    torch::Tensor encode(const torch::Tensor& frames, JobContext& job, int chunk = 32);

    // For online models: (0, ends[0]), (ends[0], ends[1]), ... one after the other, each with norms that count what has
    // been seen up to its own end and nothing after it. A window costs the same wherever it stands. `ends` ascending.
    torch::Tensor encodeInWindows(const std::vector<int>& ends,
                                  const std::function<torch::Tensor(int begin, int end)>& readChunk, JobContext& job);

    torch::nn::Linear& output() { return m_fc; } // the last layer, for folding a scale into it

private:
    torch::Tensor normalised(const torch::Tensor& x, int64_t clips) const;

    torch::nn::Conv2d m_conv1{nullptr}, m_conv2{nullptr}, m_conv3{nullptr}, m_conv4{nullptr}, m_conv5{nullptr};
    torch::nn::Linear m_fc{nullptr};
};
TORCH_MODULE(FrameEncoder);

// Side at which crops are read so that a centre crop of `size` keeps the original's 224 of 256.
int readSizeFor(int size);
// RGB bytes of one read frame (side readSizeFor(size)) -> centre crop of `size`, appended as 3*size*size bytes, channel
// after channel.
void appendCentreCrop(const std::vector<std::uint8_t>& rgb, int readSize, int size, std::vector<std::uint8_t>& planes);
// (T,3,S,S) uint8 -> float in [-1,1].
torch::Tensor normalisedFrames(const torch::Tensor& bytes);

} // namespace emc
