#include "core/models/faceais_stream.h"

namespace emc {

ReactionTensors FaceAisStream::react(const torch::Tensor& fused, const torch::Tensor& side) {
    const torch::Tensor heard = m_net->heardStream(fused, &m_memory);
    const torch::Tensor ids = (m_net->logits(m_said, heard, &m_memory) + m_noise.unsqueeze(1)).argmax(-1);
    m_said = ids + kFirstToken;
    return m_net->steeredFaces(m_net->tokenizer()->quantizer()->codesOf(ids), side);
}

ReactionTensors FaceAisStream::first() {
    torch::InferenceMode on;
    m_memory = {};
    m_said = torch::full({m_noise.size(0), m_net->config().patch()}, kMaskToken, m_noise.options().dtype(torch::kLong));
    return react(m_net->start(1), m_net->config().ea ? m_net->sideOfNothing() : torch::Tensor());
}

ReactionTensors FaceAisStream::next(const torch::Tensor& coeffs, const torch::Tensor& mfcc,
                                    const torch::Tensor& emotion) {
    torch::InferenceMode on;
    const torch::Tensor face = m_net->faceStream(m_net->faceTokens(coeffs), &m_memory),
                        speech = m_net->soundStream(m_net->soundFeatures(mfcc), &m_memory);
    const EmotionSides sides = m_net->emotionSides(emotion, {}, {}, {});
    return react(m_net->fusedStream(face, speech, sides, 1, &m_memory), sides.sample);
}

} // namespace emc
