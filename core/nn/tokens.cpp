#include "core/nn/tokens.h"

#include <algorithm>

namespace emc {

torch::Tensor pooledTokens(const torch::Tensor& x, int stride, const std::vector<bool>& missing) {
    const bool gaps = std::find(missing.begin(), missing.end(), true) != missing.end();
    if (stride == 1 && !gaps) return x;
    const int64_t frames = x.size(1), tokens = (frames + stride - 1) / stride;
    torch::Tensor weight = torch::ones({frames, 1});
    if (gaps)
        for (int64_t t = 0; t < frames; ++t)
            if (missing[static_cast<std::size_t>(t)]) weight[t][0] = 0;
    weight = weight.to(x.options());
    const torch::Tensor weighted = gaps ? x.masked_fill(weight.unsqueeze(0) == 0, 0) : x;
    const auto grouped = [&](const torch::Tensor& y) { // (B,T,C) -> (B,n,C): sums
        return torch::constant_pad_nd(y, {0, 0, 0, tokens * stride - frames})
            .view({y.size(0), tokens, stride, y.size(2)})
            .sum(2);
    };
    return grouped(weighted) / grouped(weight.unsqueeze(0)).clamp_min(1);
}

std::vector<bool> missingTokens(const std::vector<bool>& missing, int stride) {
    std::vector<bool> tokens;
    for (std::size_t begin = 0; begin < missing.size(); begin += static_cast<std::size_t>(stride)) {
        const std::size_t end = std::min(missing.size(), begin + static_cast<std::size_t>(stride));
        tokens.push_back(std::find(missing.begin() + static_cast<std::ptrdiff_t>(begin),
                                   missing.begin() + static_cast<std::ptrdiff_t>(end),
                                   false) == missing.begin() + static_cast<std::ptrdiff_t>(end));
    }
    return tokens;
}

torch::Tensor framesOfTokens(const torch::Tensor& x, int stride, int frames) {
    if (stride == 1) return x;
    const auto last = static_cast<double>(x.size(1) - 1);
    const torch::Tensor t =
        ((torch::arange(frames, torch::kFloat32) - .5f * static_cast<float>(stride - 1)) / static_cast<float>(stride))
            .clamp(0, last)
            .to(x.device());
    const torch::Tensor low = t.floor().to(torch::kLong), high = (low + 1).clamp_max(x.size(1) - 1);
    return torch::lerp(x.index_select(1, low), x.index_select(1, high), (t - low.to(torch::kFloat32)).view({1, -1, 1}));
}

} // namespace emc
