#include "core/nn/positions.h"

#include <cmath>
#include <limits>
#include <vector>

namespace emc {

torch::Tensor sinusoidalTable(int64_t length, int64_t dims) {
    const torch::Tensor position = torch::arange(length, torch::kFloat32).unsqueeze(1);
    const torch::Tensor rate =
        torch::exp(torch::arange(0, dims, 2).to(torch::kFloat32) * (-std::log(10000.0) / static_cast<double>(dims)));
    torch::Tensor table = torch::zeros({length, dims});
    table.slice(1, 0, dims, 2).copy_(torch::sin(position * rate));
    table.slice(1, 1, dims, 2).copy_(torch::cos(position * rate));
    return table;
}

torch::Tensor localBias(int64_t heads, int64_t frames, int stride) {
    static constexpr double kSlopes[4] = {.0067, .027, .1, .33};
    std::vector<float> slopes;
    for (int64_t h = 0; h < heads; ++h) {
        const double at = heads == 1 ? 0.0 : 3.0 * static_cast<double>(h) / static_cast<double>(heads - 1);
        const int low = std::min(2, static_cast<int>(at));
        slopes.push_back(static_cast<float>(kSlopes[low] * std::pow(kSlopes[low + 1] / kSlopes[low], at - low)));
    }
    const torch::Tensor i = torch::arange(frames, torch::kFloat32);
    const torch::Tensor distance = (i.unsqueeze(1) - i.unsqueeze(0)).abs();
    return -torch::tensor(slopes).view({1, heads, 1, 1}) * distance * static_cast<float>(stride);
}

torch::Tensor windowMask(int64_t frames, int64_t window) {
    const torch::Tensor at = torch::div(torch::arange(frames), window, "floor");
    const torch::Tensor later = at.unsqueeze(0) > at.unsqueeze(1); // (query, key)
    return torch::zeros({1, 1, frames, frames}).masked_fill(later, -std::numeric_limits<float>::infinity());
}

torch::Tensor PositionCache::positions(int64_t length, int64_t dims, torch::Device device) {
    c10::InferenceMode off(false); // the same tables serve training
    if (!m_positions.defined() || m_positions.size(1) < length || m_positions.size(2) != dims ||
        m_positions.device() != device)
        m_positions = sinusoidalTable(std::max<int64_t>(length, 1024), dims).unsqueeze(0).to(device);
    return m_positions.narrow(1, 0, length);
}

torch::Tensor PositionCache::bias(int64_t heads, int64_t frames, int stride, torch::Device device) {
    c10::InferenceMode off(false);
    if (!m_bias.defined() || m_bias.size(1) != heads || m_bias.size(2) != frames || m_stride != stride ||
        m_bias.device() != device) {
        m_bias = localBias(heads, frames, stride).contiguous().to(device);
        m_stride = stride;
    }
    return m_bias;
}

torch::Tensor PositionCache::windowBias(int64_t heads, int64_t frames, int stride, int64_t window,
                                        torch::Device device) {
    c10::InferenceMode off(false);
    const bool fits = m_windowMask.defined() && m_windowMask.size(2) >= frames && m_windowMask.device() == device &&
                      m_window == window && m_windowStride == stride;
    if (!fits) {
        const int64_t length = (frames + 255) / 256 * 256; // a growing prefix asks for every length
        m_windowMask = windowMask(length, window).to(device);
        m_windowBias.reset();
        m_window = window;
        m_windowStride = stride;
    }
    if (heads > 0 && (!m_windowBias.defined() || m_windowBias.size(1) != heads))
        m_windowBias = localBias(heads, m_windowMask.size(2), stride).to(device) + m_windowMask;
    const torch::Tensor& table = heads > 0 ? m_windowBias : m_windowMask;
    return table.narrow(2, 0, frames).narrow(3, 0, frames);
}

void PositionCache::clear() {
    m_positions.reset();
    m_bias.reset();
    m_windowMask.reset();
    m_windowBias.reset();
}

} // namespace emc
