#pragma once
// Inference with FaceAIS and EMC: the speaker's half once for all samples, the listener's patch after patch.
#include "core/models/emc_engine.h"
#include "core/models/faceais_network.h"
#include "core/models/faceais_trace.h"
#include "core/models/kept_clips.h"

namespace emc {

class FaceAisEngine : public EmcEngine {
public:
    FaceAisEngine(FaceAisNet net, ModelInfo info, std::map<std::string, std::string> meta);
    void forgetCaches() override;

private:
    struct Scene;
    struct Known { // of one clip and availability
        std::string key;
        EmotionSides sides;
        torch::Tensor stream; // the speaker's; undefined where a draw of CMA comes before it, and in compat
        CompatClip clip;      // compat
        std::int64_t weight() const { return 1; }
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
    std::string whyNotRounded() const override { return "rounding would draw other tokens"; }

    torch::Tensor streamOf(Scene& scene, const std::vector<int>& samples, AttentionRecorder* recorder);
    torch::Tensor faceStream(const torch::Tensor& ids, PatchRecorder* recorder);
    torch::Tensor soundStream(const torch::Tensor& heard, PatchRecorder* recorder);
    torch::Tensor heardEmotion(int stride);
    template <class F>
    torch::Tensor inPieces(int64_t tokens, F f);
    int64_t patch() const { return m_net->config().patch(); }

    mutable FaceAisNet m_net;
    KeptClips<Known> m_known;
    torch::Tensor m_ids, m_heard, m_mfcc; // of the clip that was read last: face tokens, sound features, MFCC of frames
};

} // namespace emc
