#pragma once
// REGNN, alone or inside EMC, as one module whose tensor names are the original's (+ `features.*`, `emc.*`, `ser.*`).
// `compat` = models.md 3.2 and 4 to the letter (loads official files); `fixed` is the default for new training: a node
// keeps its own neighbours, every frame has its position, cross-attentions know how far apart frames are, MFCC are
// standardised, what the original stores without using is gone, and the 58 coefficients are read off the 25 attributes.
#include <torch/torch.h>

#include <map>
#include <string>

#include "core/nn/cma.h"
#include "core/nn/emotion_attention.h"
#include "core/nn/frame_encoder.h"
#include "core/nn/mult_fusion.h"
#include "core/nn/positions.h"
#include "core/nn/regnn_graph.h"
#include "core/nn/speech_emotion_head.h"

namespace emc {

// What goes into the network. The original reads Swin-T and VGGish features; ours are a frozen frame encoder and MFCC.
enum class RegnnFeatures { BuiltIn, SwinVggish };
inline constexpr int kSwinDims = 768, kVggishDims = 128;

// Parameters of the `fixed` variant without the two frozen networks (frame encoder, speech emotion head); tests count
// them in parts.
inline constexpr long kRegnnHost = 2135883, kRegnnNoEa = 2847051, kRegnnEmc = 3671780;

struct RegnnConfig {
    bool compat = false;
    bool cma = false; // EMC: imagines a missing modality
    bool ea = false;  // emotion attention; only with cma
    RegnnFeatures features = RegnnFeatures::BuiltIn;
    int stride = 1; // frames of 25 fps per token: a window is 50 tokens
    double dropout = 0;
    std::uint64_t seed = 1;

    std::string modelName() const { return !cma ? "regnn" : ea ? "regnn-emc" : "regnn-emc-no-ea"; }
    std::vector<std::string> attentionSites() const;
    bool givesCoeffs() const { return !compat; }
    InverseOptions inverse() const;
    static RegnnConfig of(const std::string& model, const std::string& variant);
};

// The emotion side of the four EA blocks for windows (W,50,128): computed once, whatever is drawn. All undefined
// without EA.
struct RegnnEmotion {
    torch::Tensor unimodalFace, unimodalSpeech, multimodal, sample;
    RegnnEmotion rows(const torch::Tensor& index) const;
    RegnnEmotion narrowed(int64_t begin, int64_t count) const;
    RegnnEmotion repeated(int64_t times) const; // the whole, `times` times
};

class RegnnNetImpl : public torch::nn::Module {
public:
    explicit RegnnNetImpl(const RegnnConfig& config);

    const RegnnConfig& config() const { return m_config; }
    FrameEncoder& frameEncoder() { return m_frameEncoder; }        // null with Swin features
    SpeechEmotionHead& speechEmotion() { return m_speechEmotion; } // null without EA
    Cma& cma(bool face) { return face ? m_cmaFace : m_cmaSpeech; }
    Standardiser& standardiser(bool face) { return face ? m_standardFace : m_standardSpeech; }
    MotorProcessor& motor() { return m_motor; }
    EdgeLayer& edgeLayer() { return m_edges; }
    MultFusion& fusion() { return m_fusion; }
    torch::Tensor coeffMean() const { return m_coeffMean; }
    torch::Tensor started() const { return m_started; }          // (1): 1 once the ActNorms have their values
    torch::Tensor thresholdState() const { return m_threshold; } // (4): tau, sum, count, epochs; see regnn_losses.h

    // Features of any length -> u (B,T,128): frame features (128 or 768), or MFCC (78) or VGGish (128).
    torch::Tensor encodeFace(const torch::Tensor& features) { return m_fusion->project(true, features); }
    torch::Tensor encodeSpeech(const torch::Tensor& features);
    // Everything below works on windows (W,50,...).
    // face (W,50,25) or undefined, speech (W,50,10) or undefined, useSpeech (W,50) bool where both are given; withheld
    // (W,50) or (W,1) bool or undefined: only the positions remain there.
    RegnnEmotion emotionSides(const torch::Tensor& face, const torch::Tensor& speech, const torch::Tensor& useSpeech,
                              const torch::Tensor& withheld, AttentionRecorder* recorder = nullptr);
    torch::Tensor unimodal(bool face, const torch::Tensor& u, const RegnnEmotion& emotion,
                           AttentionRecorder* recorder = nullptr);
    // e^f, e^s (W,50,128) -> 64 fused numbers a frame (W,50,64).
    torch::Tensor fuse(const torch::Tensor& face, const torch::Tensor& speech, const RegnnEmotion& emotion,
                       AttentionRecorder* recorder = nullptr);
    torch::Tensor nodes(const torch::Tensor& fused); // -> x (W,25,50): mean of the distribution, in motor space
    torch::Tensor edges(const torch::Tensor& x) { return m_edges->forward(x); } // -> (W,8,25,25)
    // S-EA on a sample g (W,25,50); the sample itself without EA.
    torch::Tensor refined(const torch::Tensor& g, const RegnnEmotion& emotion, AttentionRecorder* recorder = nullptr);
    // Emotion (B,T,25) of any length -> coefficients (B,T,58), mean-subtracted; `fixed` only.
    torch::Tensor coefficients(const torch::Tensor& emotion);
    torch::Tensor imagine(bool face, const torch::Tensor& z, const torch::Tensor& present,
                          AttentionRecorder* recorder = nullptr);

    void forgetTables();

private:
    torch::Tensor positions(int64_t frames) { return m_tables.positions(frames, kMultWidth, device()); }
    torch::Tensor bias(int64_t frames); // undefined in compat
    torch::Device device() const { return m_coeffMean.device(); }
    void start();

    RegnnConfig m_config;
    PositionCache m_tables;
    FrameEncoder m_frameEncoder{nullptr};
    MultFusion m_fusion{nullptr};
    GeluMlp m_convert{nullptr};
    EdgeLayer m_edges{nullptr};
    MotorProcessor m_motor{nullptr};
    torch::nn::Conv1d m_coeffs1{nullptr}, m_coeffs2{nullptr};
    EmotionMlp m_emotionMlp{nullptr};
    EmotionAttention m_uEaFace{nullptr}, m_uEaSpeech{nullptr}, m_mEa{nullptr}, m_sEa{nullptr};
    torch::nn::Linear m_sampleIn{nullptr}, m_sampleOut{nullptr};
    Cma m_cmaFace{nullptr}, m_cmaSpeech{nullptr};
    Standardiser m_standardFace{nullptr}, m_standardSpeech{nullptr};
    SpeechEmotionHead m_speechEmotion{nullptr};
    torch::Tensor m_coeffMean, m_started, m_threshold; // buffers
    torch::Tensor m_mfccMean, m_mfccScale;             // buffers (78), `fixed` with built-in features only
};
TORCH_MODULE(RegnnNet);

} // namespace emc
