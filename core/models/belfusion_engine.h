#pragma once
// Inference with BeLFusion: the speaker's facial emotion is encoded once, every draw is a diffusion in the latent space
// of two-second windows.
#include <map>
#include <string>

#include "core/api/reaction_model.h"
#include "core/models/belfusion_network.h"

namespace emc {

class BelfusionEngine : public ReactionModel {
public:
    BelfusionEngine(BelfusionNet net, ModelInfo info, std::map<std::string, std::string> meta);

    const ModelInfo& info() const override { return m_info; }
    // A clip without a face cannot be answered: Error(BadInput). In a gap of the face its last emotion is held.
    Reactions react(const Clip& clip, const ReactOptions& options, JobContext& job) override;
    void forgetCaches() override { m_key.clear(); }

private:
    torch::Tensor speakerTokens(const Clip& clip, const std::vector<bool>& missing); // (1,n,25)

    BelfusionNet m_net;
    ModelInfo m_info;
    std::map<std::string, std::string> m_meta;
    std::string m_key; // of the clip whose tokens are kept
    torch::Tensor m_tokens;
};

} // namespace emc
