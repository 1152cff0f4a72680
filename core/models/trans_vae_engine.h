#pragma once
// Inference with Trans-VAE and EMC: what does not depend on a draw is computed once per clip and kept, the displayed
// sample comes first.
#include <deque>
#include <memory>
#include <string>

#include "core/api/reaction_model.h"
#include "core/models/trans_vae_network.h"

namespace emc {

class TransVaeEngine : public ReactionModel {
public:
    TransVaeEngine(TransVaeNet net, ModelInfo info, int videoSize, std::map<std::string, std::string> meta);

    const ModelInfo& info() const override { return m_info; }
    Reactions react(const Clip& clip, const ReactOptions& options, JobContext& job) override;
    void forgetCaches() override;

private:
    struct Features {
        std::string key;
        torch::Tensor u, emotion; // (1,T,128), (1,T,25 or 10); rows of missing frames are 0
    };
    struct Scene; // one call of react()

    torch::Device device() const { return m_net->coeffMean().device(); }
    const Features& faceFeatures(const Clip& clip, int frames, const std::vector<bool>& missing, JobContext& job);
    const Features& speechFeatures(const Clip& clip, int frames, const std::vector<bool>& missing, JobContext& job);
    const Features& keep(Features features);
    torch::Tensor faceBytes(const Clip& clip, int frames,
                            JobContext& job); // (T,3,S,S) uint8, undefined when too large to be kept
    void prepareEmotion(Scene& scene, AttentionRecorder* recorder);
    void addTrace(Scene& scene, const Clip& clip, bool face, Reactions& reactions, JobContext& job);
    ReactionTensors run(Scene& scene, const std::vector<int>& samples, AttentionRecorder* recorder);
    void store(Scene& scene, const ReactionTensors& tensors, const std::vector<int>& slots, Reactions& reactions) const;

    TransVaeNet m_net;
    ModelInfo m_info;
    int m_videoSize;
    std::map<std::string, std::string> m_meta;
    std::deque<Features> m_features; // newest first, a few clips
    std::string m_bytesKey;
    torch::Tensor m_bytes;
    std::deque<std::pair<std::string, EmotionSides>> m_sides; // of the last few clips and availabilities, newest first
};

} // namespace emc
