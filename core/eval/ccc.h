#pragma once
// Concordance of one dimension from its moments. One place, so that the fast and the plain way round alike.
#include <algorithm>
#include <cmath>

namespace emc {

// Population variances and the mean product of deviations.
inline double cccOfMoments(double meanA, double varianceA, double meanB, double varianceB, double covariance) {
    const double sd = std::sqrt(varianceA) * std::sqrt(varianceB);
    if (sd == 0) return 0; // no correlation with a constant: the reference turns its NaN into 0
    const double r = std::clamp(covariance / sd, -1.0, 1.0), difference = meanA - meanB;
    return 2 * r * sd / (varianceA + varianceB + difference * difference + 1e-8);
}

} // namespace emc
