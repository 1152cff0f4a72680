#pragma once
// Finite scalar quantisation: a few numbers, each rounded to one of a few levels; the combinations are the codebook.
// Source: the tokenizer of FaceAIS, models.md 3.3 (levels 8, 5, 5, 5: 1000 codes, index 500 in the middle).
#include <torch/torch.h>

#include <vector>

namespace emc {

class FsqImpl : public torch::nn::Module {
public:
    explicit FsqImpl(int64_t dims, std::vector<int64_t> levels = {8, 5, 5, 5});

    int64_t size() const { return m_size; } // number of codes
    const std::vector<int64_t>& levels() const { return m_levels; }

    // Hidden numbers (...,d) -> (...,4) within the levels' reach, before rounding.
    torch::Tensor latent(const torch::Tensor& hidden) { return m_projectIn->forward(hidden); }
    torch::Tensor bounded(const torch::Tensor& latent) const;
    // Rounded half to even and scaled to [-1,1]; the gradient passes the rounding unchanged.
    torch::Tensor codes(const torch::Tensor& bounded) const;
    torch::Tensor indices(const torch::Tensor& codes) const; // (...,4) -> (...) int64, 0 ... size-1
    // Any integers: they wrap into the codebook (-1 is the last code, as 1000 is the first).
    torch::Tensor codesOf(const torch::Tensor& indices) const;
    torch::Tensor decoded(const torch::Tensor& codes) { return m_projectOut->forward(codes); } // (...,4) -> (...,d)
    // (size, 4): every code, and (size, sum of levels): which level each code has in each dimension, as ones.
    torch::Tensor allCodes() const;
    torch::Tensor allLevels() const;

private:
    torch::Tensor row(const std::vector<double>& values) const;

    std::vector<int64_t> m_levels;
    int64_t m_size = 1;
    torch::nn::Linear m_projectIn{nullptr}, m_projectOut{nullptr};
};
TORCH_MODULE(Fsq);

} // namespace emc
