#pragma once
// Inference with Trans-VAE, offline and online, and EMC: what does not depend on a draw is computed once per clip and
// kept.
#include <deque>
#include <memory>
#include <string>
#include <vector>

#include "core/models/emc_engine.h"
#include "core/models/trans_vae_network.h"

namespace emc {

class TransVaeEngine : public EmcEngine {
public:
    TransVaeEngine(TransVaeNet net, ModelInfo info, int videoSize, std::map<std::string, std::string> meta);
    void forgetCaches() override;

private:
    struct Scene;
    bool online() const { return m_net->emc().window > 0; }
    std::unique_ptr<AttentionRecorder> recorderFor(const EmcScene& scene) const override;
    void readMore(EmcScene& scene, const Clip& clip, ClipInputs& inputs, JobContext& job) override;
    // The online host, in trans_vae_online_engine.cpp.
    ReactionTensors windowByWindow(Scene& scene, const std::vector<int>& samples, AttentionRecorder* recorder,
                                   JobContext& job);
    torch::Tensor fused(const EmcScene& scene, const std::vector<int>& samples, const EmotionSides& sides,
                        AttentionRecorder* recorder);
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
