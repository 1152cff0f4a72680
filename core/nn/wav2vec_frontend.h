#pragma once
// The frozen sound features of FaceAIS: the seven convolutions of wav2vec2-base and the LayerNorm behind them, without
// its transformer. Key names are the original's (`feature_extractor.conv_layers.0.conv.weight`, ...,
// `feature_projection.layer_norm.weight`); 4,201,472 numbers. Source: models.md 3.3.
#include <torch/torch.h>

#include <cstdint>
#include <vector>

namespace emc {

inline constexpr int kWav2vecRateHz = 16000;
inline constexpr int kWav2vecDims = 512;
inline constexpr int kWav2vecMinSamples = 400; // the shortest sound that gives one vector

// Vectors that `samples` give, about 50 a second: 163,840 -> 511; 0 below kWav2vecMinSamples.
std::int64_t wav2vecLength(std::int64_t samples);

class Wav2vecFrontEndImpl : public torch::nn::Module {
public:
    Wav2vecFrontEndImpl();

    // Mono sound at 16 kHz, wave (B,S) -> (B,512,T'), T' = wav2vecLength(S). Each row is brought to mean 0 and variance
    // 1 first, and the norm behind the first convolution looks at the whole row: features depend on the span that is
    // given. Throws Error(BadInput) when a row is too short.
    torch::Tensor forward(const torch::Tensor& wave);

    // The whole sound of a clip without gradient, two vectors a video frame -> (2,frames,512): the sound is cut or
    // filled with silence to 640 samples a frame, and the vector that is one too few is a zero in front, as FaceAIS has
    // it.
    torch::Tensor perFrame(const torch::Tensor& wave, int frames);

    // The steps of forward(), for comparison: (B,S) -> (B,S); (B,S) -> (B,512,T0) after the first layer; the whole
    // stack -> (B,512,T').
    static torch::Tensor normalised(const torch::Tensor& wave);
    torch::Tensor firstLayer(const torch::Tensor& normalised);
    torch::Tensor convolved(const torch::Tensor& normalised);

private:
    std::vector<torch::nn::Conv1d> m_convolutions;
    torch::nn::GroupNorm m_groupNorm{nullptr};
    torch::nn::LayerNorm m_layerNorm{nullptr};
};
TORCH_MODULE(Wav2vecFrontEnd);

} // namespace emc
