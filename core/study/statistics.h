#pragma once
// Is a difference between two models more than luck? Paired over clips. Everything is reproducible from a seed.
#include <cstdint>
#include <span>
#include <vector>

#include "core/api/study.h"

namespace emc {

double meanOf(std::span<const double> values);      // 0 for none
double deviationOf(std::span<const double> values); // n - 1; 0 for fewer than two

// Differences of two models, clip by clip: if they were equal, each difference might as well have the other sign.
struct PermutationTest {
    double p = 1;          // two-sided
    long patterns = 0;     // sign patterns looked at
    bool everyOne = false; // all 2^n of them; otherwise drawn ones, and p counts the observed pattern too
};
PermutationTest pairedPermutation(std::span<const double> differences, long patterns, std::uint64_t seed);

// Holm's step-down correction, in the order of the input. Source: Holm 1979.
std::vector<double> holmCorrection(const std::vector<double>& p);

struct Interval {
    double low = 0, high = 0;
};
// Interval of a statistic from its resampled values (linear quantiles). BCa also needs the statistic without each
// observation in turn. Source: Efron 1987.
Interval intervalOf(std::vector<double> resampled, double observed, std::span<const double> leftOneOut, double level,
                    IntervalKind kind);
Interval bootstrapMean(std::span<const double> values, double level, int resamples, std::uint64_t seed,
                       IntervalKind kind);

// Mean over standard deviation of paired differences; 0 when all are 0, infinite when all are equal.
double pairedEffect(std::span<const double> differences);
// Share of pairs (x, y) with x > y minus the share with x < y.
double cliffsDelta(std::span<const double> x, std::span<const double> y);

double normalCdf(double x);
double normalQuantile(double probability); // of the standard normal; infinite at 0 and 1

} // namespace emc
