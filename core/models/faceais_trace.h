#pragma once
// Maps of attentions that were computed patch by patch, put together over the whole clip.
#include <map>

#include "core/models/faceais_config.h"

namespace emc {

// Time on the listener's side (h_speaker, h_listener, lt_h, s_ea) is time of the reaction: a row is a token that is
// made, and what was seen, felt or shown beside it stands one patch late (key t lies a patch before t).
class PatchRecorder : public AttentionRecorder {
public:
    // Throws Error(Unsupported) when what is asked for would not fit into memory.
    PatchRecorder(const FaceAisConfig& config, std::vector<std::string> sites, int64_t tokens, const std::string& clip);

    // The next maps of whole streams begin at this token; in `compat` they are contexts that end with its patch.
    void at(int64_t token) { m_at = token; }
    void add(const std::string& site, const std::string& part, int layer, const torch::Tensor& weights) override;
    // What a patch was drawn from: (1,patch,vocabulary) probabilities, as the map tokens/distribution.
    void addDistribution(const torch::Tensor& probabilities);
    bool wantsDistribution() const { return wants("tokens", "distribution"); }
    std::vector<AttentionMap> take() override;

private:
    torch::Tensor& canvas(const std::string& site, const std::string& part, int layer, int64_t heads, int64_t keys);

    int64_t m_patch, m_tokens, m_at = 0;
    bool m_compat;
    std::map<std::tuple<std::string, std::string, int>, torch::Tensor> m_canvases;
};

} // namespace emc
