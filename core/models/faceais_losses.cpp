#include "core/models/faceais_losses.h"

#include "core/models/faceais_compat.h"

namespace emc {

torch::Tensor tokenLoss(const torch::Tensor& logOdds, const torch::Tensor& targets) {
    return torch::nll_loss(logOdds.reshape({-1, logOdds.size(-1)}), targets.reshape({-1}));
}

torch::Tensor tokenFusionLoss(const torch::Tensor& both, const torch::Tensor& faceImagined,
                              const torch::Tensor& speechImagined, bool teacher) {
    const torch::Tensor a = torch::log_softmax(teacher ? both.detach() : both, -1),
                        b = torch::log_softmax(faceImagined, -1), c = torch::log_softmax(speechImagined, -1);
    const auto divergence = [](const torch::Tensor& p, const torch::Tensor& q) {
        return (p.exp() * (p - q)).sum(-1).mean();
    };
    return divergence(a, b) + divergence(a, c) + divergence(b, c);
}

torch::Tensor corruptedTokens(const torch::Tensor& ids, const torch::Tensor& logits, double share,
                              torch::Generator& generator) {
    const torch::Tensor u = torch::rand(ids.sizes(), generator, torch::kFloat32).to(ids.device());
    const torch::Tensor place = torch::rand(ids.sizes(), generator, torch::kFloat32),
                        other = drawn(topKLogits(logits.detach(), kTopK, false), place);
    return torch::where(u < share, other, ids);
}

} // namespace emc
