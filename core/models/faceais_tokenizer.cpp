#include "core/models/faceais_tokenizer.h"

#include "core/api/vectors.h"

namespace emc {

namespace {
// First coefficients of the thirteen regions: brow, cheek, blink, look, squint, wide, jaw, mouth, smile, mouth again,
// nose and tongue, rotation, translation.
constexpr int64_t kRegions[] = {0, 5, 8, 10, 18, 20, 22, 26, 43, 45, 49, 52, 55, kCoeffDims};
} // namespace

FaceTokenizerImpl::FaceTokenizerImpl(const TokenizerSizes& sizes, double dropout) : m_sizes(sizes), m_dropout(dropout) {
    const BlockShape shape{sizes.width, sizes.heads, dropout, false};
    const auto head = [&](int64_t out) {
        return torch::nn::Linear(torch::nn::LinearOptions(sizes.width, out).bias(false));
    };
    auto encoder = register_module("encoder", std::make_shared<torch::nn::Module>());
    m_inEncoder = encoder->register_module("wfe", torch::nn::Linear(kCoeffDims, sizes.width));
    m_placeEncoder = encoder->register_module("wpe", torch::nn::Embedding(sizes.block, sizes.width));
    m_encoder = blockList<GptBlock>(*encoder, "h", sizes.layers, shape);
    m_endEncoder = encoder->register_module("ln_f", GptNorm(shape));
    auto quantize = register_module("quantize", std::make_shared<torch::nn::Module>());
    m_quantizer = quantize->register_module("quantize", Fsq(sizes.width, sizes.levels));
    auto coeffs = register_module("decoder_to_3dmm", std::make_shared<torch::nn::Module>());
    m_inDecoder = coeffs->register_module("wfe", torch::nn::Linear(sizes.width, sizes.width));
    m_placeDecoder = coeffs->register_module("wpe", torch::nn::Embedding(sizes.block, sizes.width));
    m_toCoeffs = blockList<GptBlock>(*coeffs, "h", sizes.layers, shape);
    m_endCoeffs = coeffs->register_module("ln_f", GptNorm(shape));
    auto emotion = register_module("decoder_to_emotion", std::make_shared<torch::nn::Module>());
    m_toEmotion = blockList<GptBlock>(*emotion, "h", sizes.layers, shape);
    m_endEmotion = emotion->register_module("ln_f", GptNorm(shape));
    m_emotion = register_module("lm_head_emotion", head(kEmotionDims));
    m_coeffs = register_module("lm_head_3dmm", head(kCoeffDims));
}

torch::Tensor FaceTokenizerImpl::blocks(const torch::Tensor& x) const {
    return x.reshape({-1, m_sizes.block, x.size(-1)});
}

torch::Tensor FaceTokenizerImpl::encode(const torch::Tensor& coeffs) {
    torch::Tensor x = torch::dropout(m_inEncoder->forward(coeffs) + m_placeEncoder->weight, m_dropout, is_training());
    for (GptBlock& block : m_encoder) x = block->forward(x);
    return m_endEncoder->forward(x);
}

torch::Tensor FaceTokenizerImpl::codes(const torch::Tensor& coeffs) {
    const torch::Tensor hidden = encode(blocks(coeffs));
    return m_quantizer->codes(m_quantizer->bounded(m_quantizer->latent(hidden)))
        .view({coeffs.size(0), coeffs.size(1), -1});
}

torch::Tensor FaceTokenizerImpl::tokenize(const torch::Tensor& coeffs) {
    return m_quantizer->indices(codes(coeffs));
}

ReactionTensors FaceTokenizerImpl::decode(const torch::Tensor& meaning) {
    const torch::Tensor placed = m_inDecoder->forward(blocks(meaning)) + m_placeDecoder->weight;
    const auto branch = [&](std::vector<GptBlock>& layers, GptNorm& end, torch::nn::Linear& head) {
        torch::Tensor x = torch::dropout(placed, m_dropout, is_training());
        for (GptBlock& block : layers) x = block->forward(x);
        return head->forward(end->forward(x)).view({meaning.size(0), meaning.size(1), -1});
    };
    return {branch(m_toCoeffs, m_endCoeffs, m_coeffs), branch(m_toEmotion, m_endEmotion, m_emotion)};
}

torch::Tensor regionalLoss(const torch::Tensor& coeffs, const torch::Tensor& real) {
    const torch::Tensor distance = (coeffs - real).abs().flatten(0, -2).mean(0);
    torch::Tensor sum;
    for (std::size_t i = 0; i + 1 < std::size(kRegions); ++i) {
        const torch::Tensor region = distance.slice(0, kRegions[i], kRegions[i + 1]).mean();
        sum = sum.defined() ? sum + region : region;
    }
    return sum;
}

} // namespace emc
