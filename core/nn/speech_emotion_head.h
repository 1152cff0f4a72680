#pragma once
// Valence, arousal and the eight expressions from speech alone (models.md 4.3): a TCN that sees both directions, on the
// sound features of a host, one row per video frame (MFCC-78, VGGish 128, wav2vec2 512). Trained on the speakers' own
// facial annotation, then frozen; EMC uses it as the emotion input when the face is missing.
#include <torch/torch.h>

#include "core/api/vectors.h"

namespace emc {

inline constexpr int kSpeechEmotionDims = 10;  // valence, arousal, 8 probabilities
inline constexpr int kSpeechEmotionReach = 21; // frames to either side that have a part in one

class SpeechEmotionHeadImpl : public torch::nn::Module {
public:
    explicit SpeechEmotionHeadImpl(int inputs = kMfccDims);

    // sound (B,T,inputs), raw -> (B,T,10): valence, arousal, eight probabilities that sum to 1.
    torch::Tensor forward(const torch::Tensor& sound);
    // The same before the softmax: for the loss.
    torch::Tensor logits(const torch::Tensor& sound);
    // MSE of valence and arousal + cross-entropy against the eight soft labels. emotion (B,T,25) of the same person.
    // Scalar.
    torch::Tensor loss(const torch::Tensor& sound, const torch::Tensor& emotion);
    // Per-dimension mean and standard deviation (inputs) of the training sound; deviations under 1e-4 count as 1.
    void setStandardisation(const torch::Tensor& mean, const torch::Tensor& deviation);

private:
    torch::nn::Conv1d m_input{nullptr};
    torch::nn::ModuleList m_blocks{nullptr};
    torch::nn::Linear m_output{nullptr};
    torch::Tensor m_mean, m_deviation; // buffers
};
TORCH_MODULE(SpeechEmotionHead);

} // namespace emc
