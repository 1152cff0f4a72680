#include "core/nn/wav2vec_frontend.h"

#include "core/api/error.h"

namespace emc {

namespace {
struct Layer {
    int kernel, stride;
};
constexpr Layer kLayers[] = {{10, 5}, {3, 2}, {3, 2}, {3, 2}, {3, 2}, {2, 2}, {2, 2}};
} // namespace

std::int64_t wav2vecLength(std::int64_t samples) {
    for (const Layer& layer : kLayers)
        samples = samples < layer.kernel ? 0 : (samples - layer.kernel) / layer.stride + 1;
    return samples;
}

Wav2vecFrontEndImpl::Wav2vecFrontEndImpl() {
    torch::nn::ModuleList layers;
    for (const Layer& layer : kLayers) {
        const int64_t in = m_convolutions.empty() ? 1 : kWav2vecDims;
        auto one = std::make_shared<torch::nn::Module>();
        m_convolutions.push_back(one->register_module(
            "conv", torch::nn::Conv1d(
                        torch::nn::Conv1dOptions(in, kWav2vecDims, layer.kernel).stride(layer.stride).bias(false))));
        if (in == 1)
            m_groupNorm = one->register_module(
                "layer_norm", torch::nn::GroupNorm(torch::nn::GroupNormOptions(kWav2vecDims, kWav2vecDims)));
        layers->push_back(one);
    }
    auto extractor = std::make_shared<torch::nn::Module>(), projection = std::make_shared<torch::nn::Module>();
    extractor->register_module("conv_layers", layers);
    m_layerNorm =
        projection->register_module("layer_norm", torch::nn::LayerNorm(torch::nn::LayerNormOptions({kWav2vecDims})));
    register_module("feature_extractor", extractor);
    register_module("feature_projection", projection);
}

torch::Tensor Wav2vecFrontEndImpl::normalised(const torch::Tensor& wave) {
    // Moments in double: the sum of a long quiet recording loses digits otherwise.
    const torch::Tensor x = wave.to(torch::kFloat64);
    const auto [variance, mean] = torch::var_mean(x, {1}, /*unbiased=*/false, /*keepdim=*/true);
    return ((x - mean) / (variance + 1e-7).sqrt()).to(wave.scalar_type());
}

torch::Tensor Wav2vecFrontEndImpl::firstLayer(const torch::Tensor& normalised) {
    return torch::gelu(m_groupNorm->forward(m_convolutions.front()->forward(normalised.unsqueeze(1))));
}

torch::Tensor Wav2vecFrontEndImpl::convolved(const torch::Tensor& normalised) {
    if (normalised.size(1) < kWav2vecMinSamples)
        throw Error(ErrorKind::BadInput,
                    "the sound is too short for wav2vec2 features: " + std::to_string(normalised.size(1)) + " of " +
                        std::to_string(kWav2vecMinSamples) + " samples");
    torch::Tensor x = firstLayer(normalised);
    for (std::size_t i = 1; i < m_convolutions.size(); ++i) x = torch::gelu(m_convolutions[i]->forward(x));
    return x;
}

torch::Tensor Wav2vecFrontEndImpl::perFrame(const torch::Tensor& wave, int frames) {
    const torch::NoGradGuard off;
    const int64_t samples = frames * int64_t(kWav2vecRateHz / 25), have = std::min(samples, wave.numel());
    torch::Tensor sound = torch::zeros({1, samples}, wave.options());
    sound.narrow(1, 0, have).copy_(wave.flatten().narrow(0, 0, have));
    const torch::Tensor x = forward(sound)[0].t();
    torch::Tensor rows = torch::zeros({2 * frames, kWav2vecDims}, x.options());
    rows.narrow(0, 2 * frames - x.size(0), x.size(0)).copy_(x);
    return rows.view({frames, 2, kWav2vecDims}).transpose(0, 1).contiguous();
}

torch::Tensor Wav2vecFrontEndImpl::forward(const torch::Tensor& wave) {
    return m_layerNorm->forward(convolved(normalised(wave)).transpose(1, 2)).transpose(1, 2);
}

} // namespace emc
