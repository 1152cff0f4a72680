#pragma once
// Stage 1 of FaceAIS: faces as tokens. A block of 32 frames of 58 coefficients becomes one code a frame, and codes
// become coefficients and emotion again. Key names are the original's (models.md A.3).
#include "core/models/faceais_config.h"
#include "core/nn/fsq.h"
#include "core/nn/gpt_block.h"

namespace emc {

class FaceTokenizerImpl : public torch::nn::Module {
public:
    FaceTokenizerImpl(const TokenizerSizes& sizes, double dropout);

    const TokenizerSizes& sizes() const { return m_sizes; }
    Fsq& quantizer() { return m_quantizer; }
    // One block or many: coeffs (B,block,58), mean-subtracted -> (B,block,width).
    torch::Tensor encode(const torch::Tensor& coeffs);
    // (B,T,58), T a multiple of the block -> codes with gradient (B,T,4).
    torch::Tensor codes(const torch::Tensor& coeffs);
    torch::Tensor tokenize(const torch::Tensor& coeffs); // the same as indices (B,T), 0 ... codes-1
    // What the codes stand for: (B,T,4) -> (B,T,width), and from there to faces.
    torch::Tensor meaning(const torch::Tensor& codes) { return m_quantizer->decoded(codes); }
    ReactionTensors decode(const torch::Tensor& meaning);

private:
    torch::Tensor blocks(const torch::Tensor& x) const; // (B,T,C) -> (B·T/block,block,C)

    TokenizerSizes m_sizes;
    double m_dropout;
    torch::nn::Linear m_inEncoder{nullptr}, m_inDecoder{nullptr}, m_coeffs{nullptr}, m_emotion{nullptr};
    torch::nn::Embedding m_placeEncoder{nullptr}, m_placeDecoder{nullptr};
    std::vector<GptBlock> m_encoder, m_toCoeffs, m_toEmotion;
    GptNorm m_endEncoder{nullptr}, m_endCoeffs{nullptr}, m_endEmotion{nullptr};
    Fsq m_quantizer{nullptr};
};
TORCH_MODULE(FaceTokenizer);

// The original's loss of the coefficients: thirteen regions of the face, each as the mean of absolute differences,
// summed.
torch::Tensor regionalLoss(const torch::Tensor& coeffs, const torch::Tensor& real);

// `count` blocks registered as NAME.0, NAME.1, ... under `parent`.
template <class Block>
std::vector<Block> blockList(torch::nn::Module& parent, const std::string& name, int64_t count,
                             const BlockShape& shape) {
    torch::nn::ModuleList list = parent.register_module(name, torch::nn::ModuleList());
    std::vector<Block> blocks;
    for (int64_t i = 0; i < count; ++i) {
        blocks.emplace_back(shape);
        list->push_back(blocks.back());
    }
    return blocks;
}

} // namespace emc
