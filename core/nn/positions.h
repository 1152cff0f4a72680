#pragma once
// Sinusoidal positions and the local bias of cross-attentions.
#include <torch/torch.h>

namespace emc {

// (length, dims): sine in even, cosine in odd columns, base 10000, computed as the original does (float32, exp of
// logs).
torch::Tensor sinusoidalTable(int64_t length, int64_t dims);

// -slope_h * |i - j| with the four slopes of emc_effect.md 5a per frame at 25 fps; `stride` = frames per token.
// Other head counts interpolate them geometrically. -> (1,heads,T,T)
torch::Tensor localBias(int64_t heads, int64_t frames, int stride = 1);

// Which tokens a token of an online model may see: 0 up to the end of its own window of `window` tokens, -inf after it.
// -> (1,1,T,T)
torch::Tensor windowMask(int64_t frames, int64_t window);

// Tables depend on nothing but lengths: made once per length and device. One per model object (not thread-safe).
class PositionCache {
public:
    torch::Tensor positions(int64_t length, int64_t dims, torch::Device device); // (1,length,dims)
    torch::Tensor bias(int64_t heads, int64_t frames, int stride,
                       torch::Device device); // (1,heads,T,T); the last length only is kept
    // The same for online models, whose length grows: localBias + windowMask, or the mask alone when heads is 0.
    torch::Tensor windowBias(int64_t heads, int64_t frames, int stride, int64_t window, torch::Device device);
    void clear();

private:
    torch::Tensor m_positions, m_bias, m_windowMask, m_windowBias;
    int m_stride = 1, m_windowStride = 1;
    int64_t m_window = 0;
};

} // namespace emc
