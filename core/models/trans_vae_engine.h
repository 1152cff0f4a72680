#pragma once
// Inference with Trans-VAE and EMC: what does not depend on a draw is computed once per clip and kept.
#include <deque>
#include <memory>
#include <string>

#include "core/models/emc_engine.h"
#include "core/models/trans_vae_network.h"

namespace emc {

class TransVaeEngine : public EmcEngine {
public:
    TransVaeEngine(TransVaeNet net, ModelInfo info, int videoSize, std::map<std::string, std::string> meta);
    void forgetCaches() override;

private:
    struct Scene;
    std::unique_ptr<EmcScene> newScene() const override;
    torch::Tensor tokens(bool face, const torch::Tensor& features, int stride,
                         const std::vector<bool>& missing) override;
    void prepare(EmcScene& scene, AttentionRecorder* recorder) override;
    void sample(EmcScene& scene, const std::vector<int>& samples, const std::vector<int>& slots,
                AttentionRecorder* recorder, Reactions& out, JobContext& job) override;

    TransVaeNet m_net;
    std::deque<std::pair<std::string, EmotionSides>> m_sides; // of the last few clips and availabilities, newest first
};

} // namespace emc
