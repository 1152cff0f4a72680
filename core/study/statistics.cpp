#include "core/study/statistics.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "core/study/study_random.h"

namespace emc {
namespace {

// Linear between the sorted values, ends included.
double quantile(const std::vector<double>& sorted, double share) {
    const double place = std::clamp(share, 0.0, 1.0) * static_cast<double>(sorted.size() - 1);
    const auto below = static_cast<std::size_t>(place);
    const double part = place - static_cast<double>(below);
    return part == 0 ? sorted[below] : sorted[below] + part * (sorted[below + 1] - sorted[below]);
}

} // namespace

double meanOf(std::span<const double> values) {
    return values.empty() ? 0 : std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

double deviationOf(std::span<const double> values) {
    if (values.size() < 2) return 0;
    const double mean = meanOf(values);
    double squares = 0;
    for (const double value : values) squares += (value - mean) * (value - mean);
    return std::sqrt(squares / static_cast<double>(values.size() - 1));
}

PermutationTest pairedPermutation(std::span<const double> differences, long patterns, std::uint64_t seed) {
    PermutationTest test;
    const std::size_t n = differences.size();
    double observed = 0, scale = 0;
    for (const double d : differences) observed += d, scale += std::abs(d);
    if (n == 0 || scale == 0) return test;
    // Patterns that are equal on paper differ in the last bits.
    const double limit = std::abs(observed) - 1e-12 * scale;
    long extreme = 0;
    if (n < 40 && (1L << n) <= std::max(patterns, 2L)) {
        test.everyOne = true;
        test.patterns = 1L << n;
        for (long pattern = 0; pattern < test.patterns; ++pattern) {
            double sum = 0;
            for (std::size_t i = 0; i < n; ++i) sum += pattern >> i & 1 ? -differences[i] : differences[i];
            extreme += std::abs(sum) >= limit;
        }
        test.p = static_cast<double>(extreme) / static_cast<double>(test.patterns);
        return test;
    }
    StudyRandom random(seed);
    test.patterns = std::max(patterns, 1L);
    for (long pattern = 0; pattern < test.patterns; ++pattern) {
        double sum = 0;
        std::uint64_t bits = 0;
        for (std::size_t i = 0; i < n; ++i, bits >>= 1) {
            if (i % 64 == 0) bits = random.next();
            sum += bits & 1 ? -differences[i] : differences[i];
        }
        extreme += std::abs(sum) >= limit;
    }
    test.p = static_cast<double>(extreme + 1) / static_cast<double>(test.patterns + 1);
    return test;
}

std::vector<double> holmCorrection(const std::vector<double>& p) {
    std::vector<std::size_t> order(p.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return p[a] < p[b]; });
    std::vector<double> corrected(p.size());
    double largest = 0;
    for (std::size_t i = 0; i < order.size(); ++i) {
        largest = std::max(largest, std::min(1.0, p[order[i]] * static_cast<double>(p.size() - i)));
        corrected[order[i]] = largest;
    }
    return corrected;
}

Interval intervalOf(std::vector<double> resampled, double observed, std::span<const double> leftOneOut, double level,
                    IntervalKind kind) {
    if (resampled.empty()) return {observed, observed};
    std::sort(resampled.begin(), resampled.end());
    double low = (1 - level) / 2, high = 1 - low;
    if (kind == IntervalKind::Bca && resampled.front() < resampled.back()) {
        const auto below = std::lower_bound(resampled.begin(), resampled.end(), observed) - resampled.begin();
        const auto upTo = std::upper_bound(resampled.begin(), resampled.end(), observed) - resampled.begin();
        const double share = static_cast<double>(below + upTo) / (2 * static_cast<double>(resampled.size()));
        const double bias = normalQuantile(share), mean = meanOf(leftOneOut);
        double squares = 0, cubes = 0;
        for (const double value : leftOneOut) {
            const double d = mean - value;
            squares += d * d;
            cubes += d * d * d;
        }
        const double acceleration = squares > 0 ? cubes / (6 * std::pow(squares, 1.5)) : 0;
        if (std::isfinite(bias)) { // the observed value lies outside its own resamples: nothing to correct with
            const auto corrected = [&](double probability) {
                const double z = bias + normalQuantile(probability);
                return normalCdf(bias + z / (1 - acceleration * z));
            };
            low = corrected(low);
            high = corrected(high);
        }
    }
    return {quantile(resampled, low), quantile(resampled, high)};
}

Interval bootstrapMean(std::span<const double> values, double level, int resamples, std::uint64_t seed,
                       IntervalKind kind) {
    const double observed = meanOf(values);
    const auto n = static_cast<int>(values.size());
    if (n < 2) return {observed, observed};
    StudyRandom random(seed);
    std::vector<double> means, leftOneOut;
    for (int r = 0; r < std::max(1, resamples); ++r) {
        double sum = 0;
        for (int i = 0; i < n; ++i) sum += values[static_cast<std::size_t>(random.below(n))];
        means.push_back(sum / n);
    }
    for (const double value : values) leftOneOut.push_back((observed * n - value) / (n - 1));
    return intervalOf(std::move(means), observed, leftOneOut, level, kind);
}

double pairedEffect(std::span<const double> differences) {
    const double mean = meanOf(differences), deviation = deviationOf(differences);
    if (mean == 0) return 0;
    return deviation > 1e-12 * std::abs(mean) ? mean / deviation
                                              : std::copysign(std::numeric_limits<double>::infinity(), mean);
}

double cliffsDelta(std::span<const double> x, std::span<const double> y) {
    if (x.empty() || y.empty()) return 0;
    long above = 0;
    for (const double a : x)
        for (const double b : y) above += (a > b) - (a < b);
    return static_cast<double>(above) / (static_cast<double>(x.size()) * static_cast<double>(y.size()));
}

double normalCdf(double x) {
    return 0.5 * std::erfc(-x / std::numbers::sqrt2);
}

double normalQuantile(double probability) {
    if (!(probability > 0)) return -std::numeric_limits<double>::infinity();
    if (!(probability < 1)) return std::numeric_limits<double>::infinity();
    double low = -40, high = 40; // halved until the doubles have no room between them
    for (int i = 0; i < 80; ++i) {
        const double middle = 0.5 * (low + high);
        (normalCdf(middle) < probability ? low : high) = middle;
    }
    return 0.5 * (low + high);
}

} // namespace emc
