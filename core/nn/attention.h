#pragma once
// Multi-head attention with the parameter names of torch.nn.MultiheadAttention, two ways of computing it, and a place
// for maps.
#include <torch/torch.h>

#include <string>
#include <vector>

#include "core/api/reactions.h"

namespace emc {

// Collects attention weights of requested sites: "u_ea_f" (all its parts), "u_ea_f/cross", or "all".
class AttentionRecorder {
public:
    AttentionRecorder() = default;
    explicit AttentionRecorder(std::vector<std::string> sites) : m_sites(std::move(sites)) {}
    virtual ~AttentionRecorder() = default;
    bool wants(const std::string& site, const std::string& part) const;
    virtual void add(const std::string& site, const std::string& part, int layer,
                     const torch::Tensor& weights); // (1,heads,queries,keys); models that work in pieces take more
    virtual std::vector<AttentionMap> take() { return std::move(m_maps); }

private:
    std::vector<std::string> m_sites;
    std::vector<AttentionMap> m_maps;
};

// Where an attention stands, handed down with the call. `recorder` null = no maps.
struct AttentionSite {
    AttentionRecorder* recorder = nullptr;
    std::string site, part;
    int layer = 0;
    bool wanted() const { return recorder && recorder->wants(site, part); }
    AttentionSite with(const std::string& otherPart) const { return {recorder, site, otherPart, layer}; }
};

// softmax(q k^T / sqrt(d) + bias) v for q (B,heads,Tq,d), k and v (B,heads,Tk,d); batches of 1 are expanded. `bias`:
// added to the logits, or bool (true = may look), broadcast to (B,heads,Tq,Tk), or undefined. Uses the fused kernel
// unless the map is wanted; both agree up to rounding. A row that may look at nothing gives 0.
torch::Tensor attend(torch::Tensor q, torch::Tensor k, torch::Tensor v, const torch::Tensor& bias, bool causal,
                     double dropout, const AttentionSite& site);

class MultiheadAttentionImpl : public torch::nn::Module {
public:
    MultiheadAttentionImpl(int64_t dims, int64_t heads, double dropout);

    // query (B,Tq,d), key and value (B,Tk,d) -> (B,Tq,d). `bias` as in attend().
    torch::Tensor forward(const torch::Tensor& query, const torch::Tensor& key, const torch::Tensor& value,
                          const torch::Tensor& bias = {}, bool causal = false, const AttentionSite& site = {});

    int64_t heads() const { return m_heads; }
    torch::Tensor inProjWeight, inProjBias;
    torch::nn::Linear outProj{nullptr};

private:
    int64_t m_dims, m_heads;
    double m_dropout;
};
TORCH_MODULE(MultiheadAttention);

} // namespace emc
