#include "core/models/regnn_windows.h"

#include <algorithm>
#include <cmath>

#include "core/nn/noise.h"
#include "core/nn/regnn_graph.h"

namespace emc {

namespace {
constexpr int kWindow = static_cast<int>(kWindowFrames), kHop = 25;
const double kLargestNoise = std::sqrt(0.06);
constexpr int kSlowFrames = 25; // a second

torch::Tensor coverage(int tokens, const std::vector<int>& starts) { // (T)
    torch::Tensor count = torch::zeros({tokens});
    for (const int begin : starts) count.slice(0, begin, std::min(tokens, begin + kWindow)) += 1;
    return count;
}
} // namespace

std::vector<int> windowStarts(int tokens) {
    std::vector<int> starts = {0};
    while (starts.back() + kHop + kWindow <= tokens) starts.push_back(starts.back() + kHop);
    if (starts.back() + kWindow < tokens) starts.push_back(tokens - kWindow);
    return starts;
}

torch::Tensor cutWindows(const torch::Tensor& x, const std::vector<int>& starts) {
    const int64_t tokens = x.size(1);
    const torch::Tensor begin = torch::tensor(std::vector<int64_t>(starts.begin(), starts.end()), torch::kLong);
    const torch::Tensor index = (begin.unsqueeze(1) + torch::arange(kWindow, torch::kLong)).clamp_max(tokens - 1);
    return x.index_select(1, index.flatten().to(x.device()))
        .view({x.size(0) * static_cast<int64_t>(starts.size()), kWindow, x.size(2)});
}

WindowJoiner::WindowJoiner(int tokens, std::vector<int> starts) : m_tokens(tokens), m_starts(std::move(starts)) {
    m_count = coverage(tokens, m_starts).view({1, tokens, 1});
}

void WindowJoiner::add(const torch::Tensor& windows, int first, int count) {
    const int64_t clips = windows.size(0) / count;
    const torch::Tensor x = windows.detach().to(torch::kCPU, torch::kFloat32).view({clips, count, kWindow, -1});
    if (!m_sum.defined()) m_sum = torch::zeros({clips, m_tokens, x.size(3)});
    for (int w = 0; w < count; ++w) {
        const int begin = m_starts[static_cast<std::size_t>(first + w)], n = std::min(kWindow, m_tokens - begin);
        m_sum.narrow(1, begin, n) += x.select(1, w).narrow(1, 0, n);
    }
}

torch::Tensor WindowJoiner::joined() const {
    return m_sum / m_count;
}

torch::Tensor limitedNoise(const torch::Tensor& noise) {
    const torch::Tensor largest = noise.abs().amax();
    return noise * (kLargestNoise / largest.clamp_min(kLargestNoise));
}

torch::Tensor windowNoise(std::uint64_t seed, int tokens, const std::vector<int>& starts, int stride, bool perWindow) {
    const auto windows = static_cast<int64_t>(starts.size());
    if (perWindow) {
        const auto all = gaussianNoise(seed, static_cast<std::size_t>(windows * kGraphNodes * kWindowFrames));
        return limitedNoise(torch::tensor(all).view({windows, kGraphNodes, kWindowFrames}));
    }
    const int64_t slow = std::max(1, kSlowFrames / stride), length = tokens + slow;
    const auto all = gaussianNoise(seed, static_cast<std::size_t>(length * kGraphNodes));
    // Running sums over a second, in double: a difference of prefix sums.
    const torch::Tensor prefix = torch::tensor(all).to(torch::kFloat64).view({length, kGraphNodes}).cumsum(0);
    const torch::Tensor course =
        ((prefix.narrow(0, slow, tokens) - prefix.narrow(0, 0, tokens)) / std::sqrt(static_cast<double>(slow)))
            .to(torch::kFloat32);
    return cutWindows(limitedNoise(course).unsqueeze(0), starts).transpose(1, 2).contiguous();
}

WindowRecorder::WindowRecorder(std::vector<std::string> sites, int tokens, std::vector<int> starts)
    : AttentionRecorder(std::move(sites)), m_tokens(tokens), m_starts(std::move(starts)) {}

void WindowRecorder::add(const std::string& site, const std::string& part, int layer, const torch::Tensor& weights) {
    auto found = std::find_if(m_sums.begin(), m_sums.end(), [&](const Sum& sum) {
        return sum.site == site && sum.part == part && sum.layer == layer;
    });
    const torch::Tensor w = weights.detach().to(torch::kCPU, torch::kFloat32);
    if (found == m_sums.end()) {
        m_sums.push_back({site, part, layer, torch::zeros({w.size(1), m_tokens, m_tokens})});
        found = m_sums.end() - 1;
    }
    for (int64_t i = 0; i < w.size(0); ++i) {
        const int begin = m_starts[static_cast<std::size_t>(m_first + i)], n = std::min(kWindow, m_tokens - begin);
        torch::Tensor part = w[i].narrow(1, 0, n);
        // Keys beyond a short clip are its repeated last token.
        if (n < kWindow) {
            torch::Tensor own = part.narrow(2, 0, n).clone();
            own.select(2, n - 1) += part.narrow(2, n, kWindow - n).sum(2);
            part = own;
        }
        found->weights.narrow(1, begin, n).narrow(2, begin, n) += part;
    }
}

void WindowRecorder::addGraph(const torch::Tensor& edges) {
    if (!wants("edges", "graph")) return;
    const torch::Tensor w = edges.detach().to(torch::kCPU, torch::kFloat32).contiguous();
    for (int64_t i = 0; i < w.size(0); ++i) {
        AttentionMap map;
        map.site = "edges";
        map.part = "graph";
        map.layer = m_first + static_cast<int>(i);
        map.heads = static_cast<int>(kEdgeChannels);
        map.queries = map.keys = static_cast<int>(kGraphNodes);
        const float* from = w[i].data_ptr<float>();
        map.weights.assign(from, from + w[i].numel());
        m_graph.push_back(std::move(map));
    }
}

std::vector<AttentionMap> WindowRecorder::take() {
    std::vector<AttentionMap> maps;
    const torch::Tensor count = coverage(m_tokens, m_starts).view({1, m_tokens, 1});
    for (Sum& sum : m_sums) {
        const torch::Tensor w = (sum.weights / count).contiguous();
        AttentionMap map;
        map.site = sum.site;
        map.part = sum.part;
        map.layer = sum.layer;
        map.heads = static_cast<int>(w.size(0));
        map.queries = map.keys = m_tokens;
        map.weights.assign(w.data_ptr<float>(), w.data_ptr<float>() + w.numel());
        maps.push_back(std::move(map));
        sum.weights.reset();
    }
    maps.insert(maps.end(), std::make_move_iterator(m_graph.begin()), std::make_move_iterator(m_graph.end()));
    m_sums.clear();
    m_graph.clear();
    return maps;
}

} // namespace emc
