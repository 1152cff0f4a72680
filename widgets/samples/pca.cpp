#include "widgets/samples/pca.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/api/error.h"

namespace emc {

namespace {

// Eigenvalues and vectors of a small symmetric matrix by cyclic Jacobi rotations. vectors: column j belongs to
// values[j].
void jacobi(std::vector<double>& a, int n, std::vector<double>& vectors) {
    const auto at = [n](int r, int c) {
        return static_cast<std::size_t>(r) * static_cast<std::size_t>(n) + static_cast<std::size_t>(c);
    };
    vectors.assign(static_cast<std::size_t>(n) * static_cast<std::size_t>(n), 0.0);
    for (int i = 0; i < n; ++i) vectors[at(i, i)] = 1;
    for (int sweep = 0; sweep < 60; ++sweep) {
        double off = 0, all = 0;
        for (int r = 0; r < n; ++r)
            for (int c = 0; c < n; ++c) all += a[at(r, c)] * a[at(r, c)], off += r != c ? a[at(r, c)] * a[at(r, c)] : 0;
        if (off <= 1e-24 * all) break;
        for (int p = 0; p < n; ++p)
            for (int q = p + 1; q < n; ++q) {
                if (a[at(p, q)] == 0) continue;
                const double theta = (a[at(q, q)] - a[at(p, p)]) / (2 * a[at(p, q)]);
                const double t = (theta >= 0 ? 1.0 : -1.0) / (std::abs(theta) + std::sqrt(theta * theta + 1));
                const double c = 1 / std::sqrt(t * t + 1), s = t * c;
                for (int k = 0; k < n; ++k) {
                    const double kp = a[at(k, p)], kq = a[at(k, q)];
                    a[at(k, p)] = c * kp - s * kq, a[at(k, q)] = s * kp + c * kq;
                }
                for (int k = 0; k < n; ++k) {
                    const double pk = a[at(p, k)], qk = a[at(q, k)];
                    a[at(p, k)] = c * pk - s * qk, a[at(q, k)] = s * pk + c * qk;
                }
                for (int k = 0; k < n; ++k) {
                    const double kp = vectors[at(k, p)], kq = vectors[at(k, q)];
                    vectors[at(k, p)] = c * kp - s * kq, vectors[at(k, q)] = s * kp + c * kq;
                }
            }
    }
}

} // namespace

double Pca::share(int component) const {
    return totalVariance > 0 && component >= 0 && component < components()
               ? variance[static_cast<std::size_t>(component)] / totalVariance
               : 0;
}

std::vector<double> Pca::project(std::span<const float> point) const {
    std::vector<double> coordinates(variance.size(), 0.0);
    const std::size_t used = std::min(point.size(), mean.size());
    for (std::size_t c = 0; c < coordinates.size(); ++c)
        for (std::size_t d = 0; d < used; ++d)
            coordinates[c] += (point[d] - mean[d]) * axes[c * static_cast<std::size_t>(dims) + d];
    return coordinates;
}

Pca principalComponents(std::span<const float> points, int n, int dims, int components) {
    if (n <= 0 || dims <= 0 || points.size() != static_cast<std::size_t>(n) * static_cast<std::size_t>(dims))
        throw Error(ErrorKind::Usage, "the points do not have the size that was named", "principalComponents");
    Pca pca;
    pca.dims = dims;
    const std::size_t N = static_cast<std::size_t>(n), D = static_cast<std::size_t>(dims);
    pca.mean.assign(D, 0.0);
    for (std::size_t i = 0; i < N; ++i)
        for (std::size_t d = 0; d < D; ++d) pca.mean[d] += points[i * D + d] / static_cast<double>(n);
    std::vector<double> centred(N * D);
    for (std::size_t i = 0; i < N; ++i)
        for (std::size_t d = 0; d < D; ++d) centred[i * D + d] = points[i * D + d] - pca.mean[d];
    const double divisor = std::max(1, n - 1);
    for (double v : centred) pca.totalVariance += v * v / divisor;

    // A few draws of a wide latent: the n x n matrix has the same eigenvalues and is far smaller.
    const bool dual = n < dims;
    const std::size_t M = dual ? N : D;
    std::vector<double> gram(M * M, 0.0), vectors;
    for (std::size_t r = 0; r < M; ++r)
        for (std::size_t c = r; c < M; ++c) {
            double sum = 0;
            if (dual)
                for (std::size_t d = 0; d < D; ++d) sum += centred[r * D + d] * centred[c * D + d];
            else
                for (std::size_t i = 0; i < N; ++i) sum += centred[i * D + r] * centred[i * D + c];
            gram[r * M + c] = gram[c * M + r] = sum / divisor;
        }
    jacobi(gram, static_cast<int>(M), vectors);
    std::vector<std::size_t> order(M);
    std::iota(order.begin(), order.end(), 0);
    std::sort(order.begin(), order.end(),
              [&](std::size_t a, std::size_t b) { return gram[a * M + a] > gram[b * M + b]; });
    for (std::size_t k = 0; k < std::min<std::size_t>(M, static_cast<std::size_t>(std::max(0, components))); ++k) {
        const double value = gram[order[k] * M + order[k]];
        if (!(value > 1e-12 * std::max(pca.totalVariance, 1e-300))) break;
        std::vector<double> axis(D, 0.0);
        for (std::size_t j = 0; j < M; ++j) {
            const double weight = vectors[j * M + order[k]];
            if (dual)
                for (std::size_t d = 0; d < D; ++d) axis[d] += weight * centred[j * D + d];
            else axis[j] = weight;
        }
        double length = 0;
        for (double v : axis) length += v * v;
        length = std::sqrt(length);
        if (!(length > 0)) break;
        const auto largest =
            std::max_element(axis.begin(), axis.end(), [](double a, double b) { return std::abs(a) < std::abs(b); });
        const double sign = *largest < 0 ? -1 : 1;
        for (double& v : axis) v *= sign / length;
        pca.axes.insert(pca.axes.end(), axis.begin(), axis.end());
        pca.variance.push_back(value);
    }
    return pca;
}

} // namespace emc
