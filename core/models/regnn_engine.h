#pragma once
// Inference with REGNN and EMC: windows of 50 tokens, what does not depend on a draw computed once per clip and kept,
// and an honest account of how well the motor processor was turned round.
#include <memory>
#include <string>

#include "core/models/emc_engine.h"
#include "core/models/kept_clips.h"
#include "core/models/regnn_network.h"
#include "core/models/regnn_windows.h"

namespace emc {

class RegnnEngine : public EmcEngine {
public:
    RegnnEngine(RegnnNet net, ModelInfo info, int videoSize, std::map<std::string, std::string> meta);
    void forgetCaches() override;

private:
    struct Scene;
    struct Latent {
        torch::Tensor x, edges; // (n,25,50), (n,8,25,25)
    };
    struct Known { // of one clip and availability
        std::string key;
        EmotionSides emotion;
        Latent latent;               // undefined where a draw of CMA comes before it
        std::int64_t weight() const; // windows
    };

    std::unique_ptr<EmcScene> newScene() const override;
    void begin(EmcScene& scene, const ClipInfo& info) override;
    std::unique_ptr<AttentionRecorder> recorderFor(const EmcScene& scene) const override;
    torch::Tensor tokens(bool face, const torch::Tensor& features, int stride,
                         const std::vector<bool>& missing) override;
    void prepare(EmcScene& scene, AttentionRecorder* recorder) override;
    void sample(EmcScene& scene, const std::vector<int>& samples, const std::vector<int>& slots,
                AttentionRecorder* recorder, Reactions& out, JobContext& job) override;
    void describe(const EmcScene& scene, Reactions& out) const override;
    void remember(EmcScene& scene) override;

    Latent latentOf(Scene& scene, const std::vector<int>& samples, int first, int count, WindowRecorder* recorder);
    // (K,n,25): emotion per token.
    torch::Tensor run(Scene& scene, const std::vector<int>& samples, WindowRecorder* recorder, JobContext& job);
    torch::Tensor turnedRound(Scene& scene, const torch::Tensor& g, const torch::Tensor& edges, int first, int count);

    RegnnNet m_net;
    KeptClips<Known> m_known;
};

} // namespace emc
