#pragma once
// Principal components of a few points (draws of a latent), by Jacobi rotations of the smaller of the two Gram
// matrices. No Qt.
#include <span>
#include <vector>

namespace emc {

struct Pca {
    int dims = 0;
    std::vector<double> mean;     // dims
    std::vector<double> axes;     // components x dims, orthonormal rows
    std::vector<double> variance; // per component, falling
    double totalVariance = 0;
    int components() const { return static_cast<int>(variance.size()); }
    double share(int component) const; // of the total variance, 0..1
    // Coordinates of a point; size components().
    std::vector<double> project(std::span<const float> point) const;
};

// points: n x dims. At most `components` axes (fewer when the points span less). The sign makes the largest entry of an
// axis positive. Throws emc::Error(Usage) when the size does not fit.
Pca principalComponents(std::span<const float> points, int n, int dims, int components = 2);

} // namespace emc
