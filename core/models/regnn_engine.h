#pragma once
// Inference with REGNN and EMC: windows of 50 tokens, what does not depend on a draw computed once per clip and kept,
// the displayed sample first, and an honest account of how well the motor processor was turned round.
#include <deque>
#include <memory>
#include <string>

#include "core/api/reaction_model.h"
#include "core/models/regnn_inputs.h"
#include "core/models/regnn_windows.h"

namespace emc {

class RegnnEngine : public ReactionModel {
public:
    RegnnEngine(RegnnNet net, ModelInfo info, int videoSize, std::map<std::string, std::string> meta);

    const ModelInfo& info() const override { return m_info; }
    Reactions react(const Clip& clip, const ReactOptions& options, JobContext& job) override;
    void forgetCaches() override;

private:
    struct Scene; // one call of react()
    struct Latent {
        torch::Tensor x, edges; // (n,25,50), (n,8,25,25)
    };
    struct Known { // of one clip and availability
        std::string key;
        RegnnEmotion emotion;
        Latent latent; // undefined where a draw of CMA comes before it
    };

    torch::Device device() const { return m_net->coeffMean().device(); }
    void readClip(Scene& scene, const Clip& clip, JobContext& job);
    void prepareEmotion(Scene& scene, WindowRecorder* recorder);
    Latent latentOf(Scene& scene, const std::vector<int>& samples, int first, int count, WindowRecorder* recorder);
    // (K,n,25): emotion per token.
    torch::Tensor run(Scene& scene, const std::vector<int>& samples, WindowRecorder* recorder, JobContext& job);
    torch::Tensor turnedRound(Scene& scene, const torch::Tensor& g, const torch::Tensor& edges, int first, int count);
    void store(Scene& scene, const torch::Tensor& tokens, const std::vector<int>& slots, Reactions& reactions);
    void addTrace(Scene& scene, const Clip& clip, bool face, Reactions& reactions, JobContext& job);
    void describe(const Scene& scene, Reactions& reactions) const;

    RegnnNet m_net;
    ModelInfo m_info;
    std::map<std::string, std::string> m_meta;
    RegnnInputs m_inputs;
    std::deque<Known> m_known; // newest first
};

} // namespace emc
