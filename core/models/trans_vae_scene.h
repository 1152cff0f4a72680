#pragma once
// What one call of TransVaeEngine::react() computes on the way, and how maps of windows become maps of the clip.
// Private to the engine's files.
#include "core/models/trans_vae_engine.h"

namespace emc {

struct TransVaeEngine::Scene : EmcScene {
    EmotionSides sides;
    LatentDistribution shared;        // when no draw of CMA comes before it
    torch::Tensor sharedFused;        // online: the same in front of the bottleneck
    std::vector<torch::Tensor> faces; // online compat: u^f of the prefix up to the end of each window
};

// Online hosts attend window by window: rows and columns are put where they belong in a map of the clip. A map begins
// at the first token that asked; what a token could not see is 0.
class OnlineRecorder : public AttentionRecorder {
public:
    using AttentionRecorder::AttentionRecorder;
    void at(int64_t end) { m_end = end; } // tokens seen when the next maps are made
    void add(const std::string& site, const std::string& part, int layer, const torch::Tensor& weights) override;
    std::vector<AttentionMap> take() override;

private:
    struct Canvas {
        AttentionMap map; // names only
        int64_t firstRow = 0;
        torch::Tensor weights; // (heads,rows,columns) of the clip
    };
    int64_t m_end = 0;
    std::vector<Canvas> m_canvases;
};

} // namespace emc
