#include "core/nn/speech_emotion_head.h"

namespace emc {

namespace {
constexpr int64_t kWidth = 128;

// x + conv(gelu(conv(x))), kernels of 3, the first one dilated.
class Block : public torch::nn::Module {
public:
    explicit Block(int64_t dilation) {
        m_conv1 = register_module(
            "conv1",
            torch::nn::Conv1d(torch::nn::Conv1dOptions(kWidth, kWidth, 3).dilation(dilation).padding(dilation)));
        m_conv2 = register_module("conv2", torch::nn::Conv1d(torch::nn::Conv1dOptions(kWidth, kWidth, 3).padding(1)));
    }
    torch::Tensor forward(const torch::Tensor& x) {
        return x + m_conv2->forward(torch::gelu(m_conv1->forward(torch::gelu(x))));
    }

private:
    torch::nn::Conv1d m_conv1{nullptr}, m_conv2{nullptr};
};
} // namespace

SpeechEmotionHeadImpl::SpeechEmotionHeadImpl(int inputs) {
    m_input = register_module("input", torch::nn::Conv1d(torch::nn::Conv1dOptions(inputs, kWidth, 5).padding(2)));
    m_blocks = register_module("blocks", torch::nn::ModuleList());
    for (const int64_t dilation : {1, 2, 4, 8}) m_blocks->push_back(std::make_shared<Block>(dilation));
    m_output = register_module("output", torch::nn::Linear(kWidth, kSpeechEmotionDims));
    m_mean = register_buffer("mean", torch::zeros({inputs}));
    m_deviation = register_buffer("deviation", torch::ones({inputs}));
}

torch::Tensor SpeechEmotionHeadImpl::logits(const torch::Tensor& sound) {
    torch::Tensor x = m_input->forward(((sound - m_mean) / m_deviation).transpose(1, 2));
    for (const auto& block : *m_blocks) x = block->as<Block>()->forward(x);
    return m_output->forward(torch::gelu(x).transpose(1, 2));
}

torch::Tensor SpeechEmotionHeadImpl::forward(const torch::Tensor& sound) {
    const torch::Tensor y = logits(sound);
    return torch::cat({y.narrow(-1, 0, 2), torch::softmax(y.narrow(-1, 2, 8), -1)}, -1);
}

torch::Tensor SpeechEmotionHeadImpl::loss(const torch::Tensor& sound, const torch::Tensor& emotion) {
    const torch::Tensor y = logits(sound);
    const torch::Tensor affect = torch::mse_loss(y.narrow(-1, 0, 2), emotion.narrow(-1, kValence, 2));
    torch::Tensor labels = emotion.narrow(-1, kFirstExpression, 8).clamp_min(0);
    labels = labels / labels.sum(-1, true).clamp_min(1e-6);
    return affect - (labels * torch::log_softmax(y.narrow(-1, 2, 8), -1)).sum(-1).mean();
}

void SpeechEmotionHeadImpl::setStandardisation(const torch::Tensor& mean, const torch::Tensor& deviation) {
    torch::NoGradGuard off;
    m_mean.copy_(mean);
    // Dimensions that never move (the second deltas of MFCC-78 are 0) must not be blown up.
    m_deviation.copy_(torch::where(deviation < 1e-4, torch::ones_like(deviation), deviation));
}

} // namespace emc
