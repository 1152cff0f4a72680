#pragma once
// The Fréchet distance of two sets of features, each seen as a normal distribution (models.md 2.5):
//   |mean_a - mean_b|^2 + tr(C_a + C_b - 2 (C_a C_b)^(1/2)), covariances with n - 1.
// The trace of the root is the sum of the singular values of X_a X_b^T, X = the centred rows / sqrt(n - 1): no root of
// a matrix is taken, so that fewer rows than columns lose no digits and nothing becomes imaginary. In double. No torch
// in this header.
#include <cstdint>
#include <span>
#include <string>

namespace emc {

struct FeatureRows {
    std::span<const float> values; // rows x dims
    std::int64_t rows = 0, dims = 0;
    std::string name; // for messages
};

struct FrechetDistance {
    double distance = 0;
    double means = 0, covariances = 0; // its two terms
    bool rankDeficient = false;        // fewer rows than dims + 1 on some side: the covariance is not known there
};

// Throws Error(BadInput): fewer than two rows, other widths, a number that is not finite.
FrechetDistance frechetDistance(const FeatureRows& a, const FeatureRows& b);

} // namespace emc
