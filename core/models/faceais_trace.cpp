#include "core/models/faceais_trace.h"

#include <algorithm>
#include <limits>

#include "core/api/error.h"

namespace emc {

namespace {
constexpr double kMostBytes = 768.0 * (1 << 20); // of all maps together

bool withinPatches(const std::string& site) {
    return site.starts_with("u_ea_") || site.starts_with("cma_") || site == "m_ea" || site == "s_ea";
}
} // namespace

PatchRecorder::PatchRecorder(const FaceAisConfig& config, std::vector<std::string> sites, int64_t tokens,
                             const std::string& clip)
    : AttentionRecorder(std::move(sites)), m_patch(config.patch()), m_tokens(tokens), m_compat(config.compat) {
    double numbers = 0;
    const auto n = static_cast<double>(tokens);
    for (const std::string& name : config.attentionSites()) {
        const std::size_t slash = name.find('/');
        const std::string site = name.substr(0, slash), part = name.substr(slash + 1);
        if (!wants(site, part)) continue;
        if (site == "tokens") numbers += n * static_cast<double>(config.predictor.vocabulary);
        else
            numbers += n * n * static_cast<double>(config.predictor.heads) *
                       static_cast<double>(withinPatches(site) ? 1 : config.predictor.layers);
    }
    if (numbers * sizeof(float) <= kMostBytes) return;
    throw Error(ErrorKind::Unsupported,
                "attention maps of " + std::to_string(tokens) + " tokens would not fit into memory", clip,
                "Ask for fewer sites or for the first frames only");
}

torch::Tensor& PatchRecorder::canvas(const std::string& site, const std::string& part, int layer, int64_t heads,
                                     int64_t keys) {
    torch::Tensor& map = m_canvases[{site, part, layer}];
    if (!map.defined()) map = torch::zeros({heads, m_tokens, keys});
    return map;
}

void PatchRecorder::add(const std::string& site, const std::string& part, int layer, const torch::Tensor& weights) {
    const torch::Tensor w = weights.detach().to(torch::kCPU, torch::kFloat32);
    const int64_t queries = w.size(2), keys = w.size(3);
    torch::Tensor& map = canvas(site, part, layer, w.size(1), m_tokens);
    // Rows and keys outside of the clip are left out.
    const auto place = [&](const torch::Tensor& one, int64_t row, int64_t key) {
        const int64_t r0 = std::max<int64_t>(0, -row), k0 = std::max<int64_t>(0, -key),
                      r1 = std::min(one.size(1), m_tokens - row), k1 = std::min(one.size(2), m_tokens - key);
        if (r0 >= r1 || k0 >= k1) return;
        map.slice(1, row + r0, row + r1).slice(2, key + k0, key + k1).copy_(one.slice(1, r0, r1).slice(2, k0, k1));
    };
    if (withinPatches(site)) {
        for (int64_t i = 0; i < w.size(0); ++i) place(w[i], m_at + i * m_patch, m_at + i * m_patch);
    } else if (m_compat) { // the last patch of a context
        const int64_t kept = std::min(queries, m_patch), end = m_at + m_patch;
        place(w[0].narrow(1, queries - kept, kept), end - kept, end - keys);
    } else {
        place(w[0], m_at, m_at + queries - keys);
    }
}

void PatchRecorder::addDistribution(const torch::Tensor& probabilities) {
    const torch::Tensor p = probabilities.detach().to(torch::kCPU, torch::kFloat32);
    torch::Tensor& map = canvas("tokens", "distribution", 0, 1, p.size(2));
    const int64_t count = std::min(p.size(1), m_tokens - m_at);
    if (count > 0) map[0].narrow(0, m_at, count).copy_(p[0].narrow(0, 0, count));
}

std::vector<AttentionMap> PatchRecorder::take() {
    std::vector<AttentionMap> maps;
    for (auto& [name, map] : m_canvases) {
        AttentionMap one;
        std::tie(one.site, one.part, one.layer) = name;
        one.heads = static_cast<int>(map.size(0));
        one.queries = static_cast<int>(map.size(1));
        one.keys = static_cast<int>(map.size(2));
        // The last patch may reach beyond the clip: what it looked at there is left out, be it nearly everything.
        map.div_(map.sum(-1, true).clamp_min(std::numeric_limits<float>::min()));
        one.weights.assign(map.data_ptr<float>(), map.data_ptr<float>() + map.numel());
        maps.push_back(std::move(one));
    }
    m_canvases.clear();
    return maps;
}

} // namespace emc
