#pragma once
// FaceAIS live: one patch of the speaker in, the listeners' next patch out. What is computed once is kept, so a patch
// costs the same at any time. Equal to react() on the whole clip, up to rounding.
#include "core/models/faceais_network.h"

namespace emc {

class FaceAisStream {
public:
    // `fixed` only. noise (K,codes): Gumbel noise of every listener.
    FaceAisStream(FaceAisNet net, torch::Tensor noise) : m_net(std::move(net)), m_noise(std::move(noise)) {}

    // The reaction before anything was seen (K,patch,...).
    ReactionTensors first();
    // What the speaker did for one patch, both modalities there: mean-subtracted coefficients (1,patch,58), MFCC
    // (1,patch,78), emotion (1,patch,25; unused without EA) -> the reaction in the patch after it (K,patch,...).
    ReactionTensors next(const torch::Tensor& coeffs, const torch::Tensor& mfcc, const torch::Tensor& emotion);

private:
    ReactionTensors react(const torch::Tensor& fused, const torch::Tensor& side);

    FaceAisNet m_net;
    torch::Tensor m_noise, m_said;
    FaceAisMemory m_memory;
};

} // namespace emc
