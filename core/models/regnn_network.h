#pragma once
// REGNN, alone or inside EMC, as one module whose tensor names are the original's (+ `features.*`, `emc.*`, `ser.*`).
// `compat` = models.md 3.2 and 4 to the letter (loads official files); `fixed` is the default for new training: a node
// keeps its own neighbours, every frame has its position, cross-attentions know how far apart frames are, MFCC are
// standardised, what the original stores without using is gone, and the 58 coefficients are read off the 25 attributes.
#include <torch/torch.h>

#include <string>

#include "core/models/emc_network.h"
#include "core/nn/mult_fusion.h"
#include "core/nn/regnn_graph.h"

namespace emc {

// What goes into the network. The original reads Swin-T and VGGish features; ours are a frozen frame encoder and MFCC.
enum class RegnnFeatures { BuiltIn, SwinVggish };
inline constexpr int kSwinDims = 768, kVggishDims = 128;

// Parameters of the `fixed` variant without the two frozen networks (frame encoder, speech emotion head); tests count
// them in parts.
inline constexpr long kRegnnHost = 2135883, kRegnnNoEa = 2847051, kRegnnEmc = 3671780;

struct RegnnConfig : EmcConfig {
    RegnnFeatures features = RegnnFeatures::BuiltIn;

    std::string modelName() const { return nameFor("regnn"); }
    std::vector<std::string> attentionSites() const;
    bool givesCoeffs() const { return !compat; }
    InverseOptions inverse() const;
    static RegnnConfig of(const std::string& model, const std::string& variant);
};

class RegnnNetImpl : public EmcNetwork {
public:
    explicit RegnnNetImpl(const RegnnConfig& config);

    const RegnnConfig& config() const { return m_config; }
    std::string modelName() const override { return m_config.modelName(); }
    FrameEncoder& frameEncoder() override { return m_frameEncoder; } // null with Swin features
    MotorProcessor& motor() { return m_motor; }
    EdgeLayer& edgeLayer() { return m_edges; }
    MultFusion& fusion() { return m_fusion; }
    torch::Tensor started() const { return m_started; }          // (1): 1 once the ActNorms have their values
    torch::Tensor thresholdState() const { return m_threshold; } // (4): tau, sum, count, epochs; see regnn_losses.h

    // Features of any length -> u (B,T,128): frame features (128 or 768), or MFCC (78) or VGGish (128).
    torch::Tensor encodeFace(const torch::Tensor& features) override { return m_fusion->project(true, features); }
    torch::Tensor encodeSpeech(const torch::Tensor& features) override {
        return m_fusion->project(false, standardisedMfcc(features));
    }
    // Everything below works on windows (W,50,...).
    // e^f, e^s (W,50,128) -> 64 fused numbers a frame (W,50,64).
    torch::Tensor fuse(const torch::Tensor& face, const torch::Tensor& speech, const EmotionSides& emotion,
                       AttentionRecorder* recorder = nullptr);
    torch::Tensor nodes(const torch::Tensor& fused); // -> x (W,25,50): mean of the distribution, in motor space
    torch::Tensor edges(const torch::Tensor& x) { return m_edges->forward(x); } // -> (W,8,25,25)
    // S-EA on a sample g (W,25,50); the sample itself without EA.
    torch::Tensor refined(const torch::Tensor& g, const EmotionSides& emotion, AttentionRecorder* recorder = nullptr);
    // Emotion (B,T,25) of any length -> coefficients (B,T,58), mean-subtracted; `fixed` only.
    torch::Tensor coefficients(const torch::Tensor& emotion);

    void forgetTables() override;

private:
    void start();

    RegnnConfig m_config;
    FrameEncoder m_frameEncoder{nullptr};
    MultFusion m_fusion{nullptr};
    GeluMlp m_convert{nullptr};
    EdgeLayer m_edges{nullptr};
    MotorProcessor m_motor{nullptr};
    torch::nn::Conv1d m_coeffs1{nullptr}, m_coeffs2{nullptr};
    torch::nn::Linear m_sampleIn{nullptr}, m_sampleOut{nullptr};
    torch::Tensor m_started, m_threshold; // buffers
};
TORCH_MODULE(RegnnNet);

} // namespace emc
