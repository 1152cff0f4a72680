// FRDist and FRSyn in plain loops: the twins that the fast ones are held against.
#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

#include "core/api/error.h"
#include "core/eval/metrics.h"

namespace emc {

namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

std::size_t sz(int n) {
    return static_cast<std::size_t>(n);
}

void demand(std::span<const float> values, std::size_t count, std::size_t perClip, const char* what) {
    if (values.size() != count)
        throw Error(ErrorKind::Usage, std::string("the ") + what + " do not have as many numbers as their sizes say");
    for (std::size_t i = 0; i < count; ++i)
        if (!std::isfinite(values[i]))
            throw Error(ErrorKind::BadInput, std::string("the ") + what + " of clip " + std::to_string(i / perClip) +
                                                 " hold a number that is not finite");
}

// Pearson r of one dimension on the common frames; NaN when one side is constant there.
double pearson(std::span<const float> x, std::span<const float> y, int begin, int otherBegin, int count, int dims,
               int c) {
    if (count < 2) return kNaN;
    const auto at = [&](std::span<const float> series, int first, int t) {
        return static_cast<double>(series[sz(first + t) * sz(dims) + sz(c)]);
    };
    double mx = 0, my = 0;
    for (int t = 0; t < count; ++t) mx += at(x, begin, t), my += at(y, otherBegin, t);
    mx /= count;
    my /= count;
    bool xMoves = false, yMoves = false;
    double xx = 0, yy = 0, xy = 0;
    for (int t = 0; t < count; ++t) {
        const double a = at(x, begin, t), b = at(y, otherBegin, t);
        xMoves = xMoves || a != at(x, begin, 0);
        yMoves = yMoves || b != at(y, otherBegin, 0);
        xx += (a - mx) * (a - mx);
        yy += (b - my) * (b - my);
        xy += (a - mx) * (b - my);
    }
    if (!xMoves || !yMoves) return kNaN;
    return std::clamp(xy / (std::sqrt(xx) * std::sqrt(yy)), -1.0, 1.0);
}

} // namespace

double dtwSum(std::span<const float> a, int aFrames, std::span<const float> b, int bFrames, int dims, int begin,
              int end) {
    if (aFrames < 1 || bFrames < 1 || dims < 1 || begin < 0 || end > dims || begin >= end ||
        a.size() < sz(aFrames) * sz(dims) || b.size() < sz(bFrames) * sz(dims))
        throw Error(ErrorKind::Usage, "the two courses to warp do not have frames x dims numbers");
    constexpr double kInfinity = std::numeric_limits<double>::infinity();
    std::vector<double> above(sz(bFrames) + 1, kInfinity), row(sz(bFrames) + 1, kInfinity);
    above[0] = 0;
    for (int i = 0; i < aFrames; ++i) {
        row[0] = kInfinity;
        for (int j = 0; j < bFrames; ++j) {
            double cost = 0;
            for (int c = begin; c < end; ++c) {
                const double d = static_cast<double>(a[sz(i) * sz(dims) + sz(c)]) - b[sz(j) * sz(dims) + sz(c)];
                cost += d * d;
            }
            row[sz(j) + 1] = std::min({above[sz(j) + 1], above[sz(j)], row[sz(j)]}) + cost;
        }
        std::swap(above, row);
    }
    return above[sz(bFrames)];
}

double groupedDistance(const double (&sums)[kDtwGroups]) {
    double distance = 0;
    for (int g = 0; g < kDtwGroups; ++g) distance += std::sqrt(sums[g]) * kDtwGroup[g].weight;
    return distance;
}

FrDist frDist(const MetricInputs& in) {
    const std::size_t N = sz(in.clips), K = sz(in.samples), L = sz(in.frames) * sz(in.dims);
    if (in.dims != 25) throw Error(ErrorKind::Usage, "FRDist is defined for the 25 emotion columns only");
    demand(in.predictions, N * K * L, K * L, "predictions");
    demand(in.targets, N * L, L, "real listeners");
    if (in.neighbours.size() != N * N)
        throw Error(ErrorKind::Usage, "the neighbour matrix does not have clips x clips entries");
    FrDist out;
    out.best.assign(N * K, std::numeric_limits<double>::infinity());
    out.neighbour.assign(N * K, -1);
    out.sums.assign(N * K * kDtwGroups, 0);
    double total = 0;
    for (std::size_t n = 0; n < N; ++n)
        for (std::size_t k = 0; k < K; ++k) {
            const std::size_t item = n * K + k;
            for (std::size_t j = 0; j < N; ++j) {
                if (!in.neighbours[n * N + j]) continue;
                double sums[kDtwGroups];
                for (int g = 0; g < kDtwGroups; ++g)
                    sums[g] = dtwSum(in.predictions.subspan(item * L, L), in.frames, in.targets.subspan(j * L, L),
                                     in.frames, in.dims, kDtwGroup[g].begin, kDtwGroup[g].end);
                const double distance = groupedDistance(sums);
                if (distance >= out.best[item]) continue;
                out.best[item] = distance;
                out.neighbour[item] = static_cast<int>(j);
                std::copy(sums, sums + kDtwGroups, out.sums.begin() + static_cast<std::ptrdiff_t>(item * kDtwGroups));
            }
            if (out.neighbour[item] < 0)
                throw Error(ErrorKind::BadInput,
                            "clip " + std::to_string(n) + " has no appropriate listener in the neighbour matrix");
            total += out.best[item];
        }
    out.value = total / static_cast<double>(N);
    return out;
}

std::vector<double> lagCorrelations(std::span<const float> prediction, std::span<const float> speaker, int frames,
                                    int dims, bool official) {
    if (frames < 1 || dims < 1 || prediction.size() < sz(frames) * sz(dims) || speaker.size() < sz(frames) * sz(dims))
        throw Error(ErrorKind::Usage, "the two courses to correlate do not have frames x dims numbers");
    std::vector<double> means(kLags, kNaN);
    for (int lag = -kMaxLag; lag <= kMaxLag; ++lag) {
        const int count = frames - std::abs(lag);
        double sum = 0;
        int used = 0;
        for (int c = 0; c < dims; ++c) {
            const double r = pearson(prediction, speaker, std::max(lag, 0), std::max(-lag, 0), count, dims, c);
            if (std::isnan(r) && !official) continue;
            sum += r;
            ++used;
        }
        if (used > 0) means[sz(lag + kMaxLag)] = sum / used;
    }
    return means;
}

int officialLagOffset(std::span<const double> correlations) {
    int best = 0;
    for (int i = 0; i < static_cast<int>(correlations.size()); ++i) {
        const auto value = static_cast<float>(correlations[sz(i)]);
        if (std::isnan(value)) {
            best = i;
            break;
        }
        if (value > static_cast<float>(correlations[sz(best)])) best = i;
    }
    return kMaxLag - best;
}

bool bestLag(std::span<const double> correlations, int* lag) {
    double largest = -std::numeric_limits<double>::infinity();
    for (double r : correlations)
        if (r > largest) largest = r;
    if (std::isinf(largest)) return false;
    for (int distance = 0; distance <= kMaxLag; ++distance)
        for (int sign : {1, -1}) {
            const double r = correlations[sz(kMaxLag + sign * distance)];
            if (!(r >= largest - 1e-9)) continue;
            *lag = sign * distance;
            return true;
        }
    return false;
}

FrSyn frSyn(const MetricInputs& in) {
    const std::size_t N = sz(in.clips), K = sz(in.samples), L = sz(in.frames) * sz(in.dims);
    demand(in.predictions, N * K * L, K * L, "predictions");
    demand(in.speakers, N * L, L, "speakers");
    FrSyn out;
    out.offsets.resize(N * K);
    out.bestLags.assign(N * K, kNaN);
    double usable = 0, fixedSum = 0;
    for (std::size_t n = 0; n < N; ++n)
        for (std::size_t k = 0; k < K; ++k) {
            const std::size_t item = n * K + k;
            const auto prediction = in.predictions.subspan(item * L, L), speaker = in.speakers.subspan(n * L, L);
            const auto official = lagCorrelations(prediction, speaker, in.frames, in.dims, true);
            out.offsets[item] = officialLagOffset(official);
            out.serial += std::abs(out.offsets[item]);
            if (k == 0) {
                out.value += std::abs(out.offsets[item]);
                out.nanClips += std::any_of(official.begin(), official.end(), [](double r) { return std::isnan(r); });
            }
            int lag = 0;
            if (!bestLag(lagCorrelations(prediction, speaker, in.frames, in.dims, false), &lag)) continue;
            out.bestLags[item] = lag;
            fixedSum += std::abs(lag);
            usable += 1;
        }
    out.value /= static_cast<double>(N);
    out.serial /= static_cast<double>(N * K);
    out.nanClips /= static_cast<double>(N);
    out.fixed = usable > 0 ? fixedSum / usable : kNaN;
    return out;
}

} // namespace emc
