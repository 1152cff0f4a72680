#include "core/nn/frechet_distance.h"

#include <torch/torch.h>

#include <algorithm>
#include <cmath>

#include "core/api/error.h"

namespace emc {
namespace {

struct Moments {
    torch::Tensor mean, factor; // (d); (r,d) with factor^T factor = covariance
    double trace = 0;
};

Moments momentsOf(const FeatureRows& set) {
    if (set.rows < 2 || set.dims < 1 ||
        set.values.size() != static_cast<std::size_t>(set.rows) * static_cast<std::size_t>(set.dims))
        throw Error(ErrorKind::BadInput, "at least two rows of features are needed", set.name);
    if (!std::all_of(set.values.begin(), set.values.end(), [](float value) { return std::isfinite(value); }))
        throw Error(ErrorKind::BadInput, "the features hold a number that is not finite", set.name);
    Moments moments;
    const torch::Tensor rows =
        torch::from_blob(const_cast<float*>(set.values.data()), {set.rows, set.dims}, torch::kFloat32)
            .to(torch::kFloat64);
    moments.mean = rows.mean(0);
    moments.factor = (rows - moments.mean) / std::sqrt(static_cast<double>(set.rows - 1));
    moments.trace = moments.factor.square().sum().item<double>();
    // The same product with no more rows than columns.
    if (set.rows > set.dims) moments.factor = std::get<1>(torch::linalg_qr(moments.factor, "r"));
    return moments;
}

} // namespace

FrechetDistance frechetDistance(const FeatureRows& a, const FeatureRows& b) {
    if (a.dims != b.dims)
        throw Error(ErrorKind::BadInput,
                    "the features have " + std::to_string(a.dims) + " and " + std::to_string(b.dims) + " numbers a row",
                    b.name);
    const torch::NoGradGuard noGradient;
    const Moments one = momentsOf(a), two = momentsOf(b);
    FrechetDistance result;
    result.means = (one.mean - two.mean).square().sum().item<double>();
    const double root = torch::linalg_svdvals(torch::mm(one.factor, two.factor.t())).sum().item<double>();
    result.covariances = std::max(0.0, one.trace + two.trace - 2 * root); // below 0 by rounding only
    result.distance = result.means + result.covariances;
    result.rankDeficient = std::min(a.rows, b.rows) <= a.dims;
    return result;
}

} // namespace emc
