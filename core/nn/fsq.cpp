#include "core/nn/fsq.h"

#include <cmath>

namespace emc {

namespace {
constexpr double kMargin = 1e-3; // the outermost levels are reached before infinity
}

FsqImpl::FsqImpl(int64_t dims, std::vector<int64_t> levels) : m_levels(std::move(levels)) {
    for (const int64_t level : m_levels) m_size *= level;
    const auto count = static_cast<int64_t>(m_levels.size());
    m_projectIn = register_module("project_in", torch::nn::Linear(dims, count));
    m_projectOut = register_module("project_out", torch::nn::Linear(count, dims));
}

torch::Tensor FsqImpl::row(const std::vector<double>& values) const {
    return torch::tensor(values, torch::kFloat64).to(m_projectIn->weight.options());
}

torch::Tensor FsqImpl::bounded(const torch::Tensor& latent) const {
    std::vector<double> reach, offset, shift;
    for (const int64_t level : m_levels) {
        reach.push_back(static_cast<double>(level - 1) * (1 + kMargin) / 2);
        offset.push_back(level % 2 ? 0.0 : .5);
        shift.push_back(std::atanh(offset.back() / reach.back()));
    }
    return torch::tanh(latent + row(shift)) * row(reach) - row(offset);
}

torch::Tensor FsqImpl::codes(const torch::Tensor& bounded) const {
    std::vector<double> half;
    for (const int64_t level : m_levels) half.push_back(static_cast<double>(level / 2));
    return (bounded + (torch::round(bounded) - bounded).detach()) / row(half);
}

torch::Tensor FsqImpl::indices(const torch::Tensor& codes) const {
    torch::Tensor index = torch::zeros(codes.sizes().slice(0, static_cast<std::size_t>(codes.dim() - 1)),
                                       codes.options().dtype(torch::kLong));
    int64_t basis = 1;
    for (std::size_t i = 0; i < m_levels.size(); ++i) {
        const int64_t half = m_levels[i] / 2;
        const torch::Tensor level =
            torch::round(codes.detach().select(-1, static_cast<int64_t>(i)) * static_cast<double>(half))
                .to(torch::kLong) +
            half;
        index += level * basis;
        basis *= m_levels[i];
    }
    return index;
}

torch::Tensor FsqImpl::codesOf(const torch::Tensor& indices) const {
    torch::Tensor rest = torch::remainder(indices.to(torch::kLong), m_size); // floor semantics
    std::vector<torch::Tensor> columns;
    for (const int64_t level : m_levels) {
        const auto half = static_cast<double>(level / 2);
        columns.push_back((torch::remainder(rest, level).to(m_projectIn->weight.scalar_type()) - half) / half);
        rest = torch::div(rest, level, "floor");
    }
    return torch::stack(columns, -1);
}

torch::Tensor FsqImpl::allCodes() const {
    return codesOf(torch::arange(m_size, m_projectIn->weight.options().dtype(torch::kLong)));
}

torch::Tensor FsqImpl::allLevels() const {
    torch::Tensor rest = torch::arange(m_size, m_projectIn->weight.options().dtype(torch::kLong));
    std::vector<torch::Tensor> parts;
    for (const int64_t level : m_levels) {
        parts.push_back(torch::one_hot(torch::remainder(rest, level), level));
        rest = torch::div(rest, level, "floor");
    }
    return torch::cat(parts, 1).to(m_projectIn->weight.scalar_type());
}

} // namespace emc
