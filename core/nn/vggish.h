#pragma once
// VGGish as REGNN uses it: six convolutions and three linear layers on the log-mel patch of a video frame
// (core/data/vggish_patches.h), then PCA with whitening and 8-bit quantisation. Key names are those of torchvggish
// (`features.0.weight`, ..., `embeddings.4.bias`, `pproc.pca_eigen_vectors`); 72,141,184 numbers without the PCA.
// Source: models.md 3.2.
#include <torch/torch.h>

#include "core/api/job_context.h"
#include "core/data/vggish_patches.h"

namespace emc {

inline constexpr int kVggishWidth = 128;

class VggishImpl : public torch::nn::Module {
public:
    VggishImpl();

    // patches (n,96,64) -> (n,128), not negative.
    torch::Tensor embedding(const torch::Tensor& patches);
    // embedding (n,128) -> (n,128), whole numbers 0 ... 255.
    torch::Tensor quantised(const torch::Tensor& embedding) const;
    // Both: what REGNN reads of a frame.
    torch::Tensor forward(const torch::Tensor& patches) { return quantised(embedding(patches)); }

    // All patches of a sound without gradient, in chunks of bounded size -> (count,128). Cancel points between chunks.
    torch::Tensor encode(const VggishPatches& patches, JobContext& job, int chunk = 16);

private:
    torch::nn::Sequential m_features{nullptr}, m_embeddings{nullptr};
    torch::Tensor m_eigenVectors, m_means; // buffers (128,128), (128,1)
};
TORCH_MODULE(Vggish);

} // namespace emc
