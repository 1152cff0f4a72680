#pragma once
// REGNN looks at windows of 50 tokens, 25 apart. Cutting a clip of any length into them and putting it together again.
#include <torch/torch.h>

#include <cstdint>
#include <vector>

#include "core/nn/attention.h"

namespace emc {

// Starts of the windows that cover `tokens`: 0, 25, 50, ..., and one that ends with the clip where these leave a rest.
// A clip of 50 tokens or fewer is one window.
std::vector<int> windowStarts(int tokens);
// (B,T,C) -> (B·W,50,C), windows of one clip together; a clip that is too short repeats its last token.
torch::Tensor cutWindows(const torch::Tensor& x, const std::vector<int>& starts);

// Adds windows up to a clip, each token the mean of the windows that hold it (half and half in the overlap, as in the
// original).
class WindowJoiner {
public:
    WindowJoiner(int tokens, std::vector<int> starts);
    // windows (K·n,50,C): n windows from number `first` on, for each of K clips.
    void add(const torch::Tensor& windows, int first, int count);
    torch::Tensor joined() const; // (K,T,C)

private:
    int m_tokens;
    std::vector<int> m_starts;
    torch::Tensor m_sum, m_count;
};

// Noise of one sample for all windows, (W,25,50), from its seed alone; its largest magnitude is sqrt(0.06). `perWindow`
// (the original): every number for itself. Otherwise one slow course per attribute over the whole clip, so that windows
// agree where they overlap.
torch::Tensor windowNoise(std::uint64_t seed, int tokens, const std::vector<int>& starts, int stride, bool perWindow);
// The same rescaling for (B,25,50) noise of a training batch.
torch::Tensor limitedNoise(const torch::Tensor& noise);

// Joins the attention maps of windows to maps of the clip: (heads, T, T), a query's row the mean over its windows.
// Maps of the graph (25 x 25 nodes) stay one per window: `layer` is the window.
class WindowRecorder : public AttentionRecorder {
public:
    WindowRecorder(std::vector<std::string> sites, int tokens, std::vector<int> starts);
    void from(int firstWindow) { m_first = firstWindow; } // number of the first window of what is recorded next
    void add(const std::string& site, const std::string& part, int layer, const torch::Tensor& weights) override;
    void addGraph(const torch::Tensor& edges); // (n,8,25,25)
    std::vector<AttentionMap> take() override; // joined

private:
    struct Sum {
        std::string site, part;
        int layer = 0;
        torch::Tensor weights; // (heads,T,T)
    };
    int m_tokens, m_first = 0;
    std::vector<int> m_starts;
    std::vector<Sum> m_sums;
    std::vector<AttentionMap> m_graph;
};

// Above this the joined maps would need gigabytes.
inline constexpr int kLongestAttention = 1600;

} // namespace emc
