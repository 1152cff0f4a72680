#include "core/eval/dist_search.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace emc {

namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
// Valence and arousal first: they have the largest weight and the fewest dimensions.
constexpr int kOrder[kDtwGroups] = {1, 0, 2};
// Bounds made in single precision may be too large by rounding: at most some 30 roundings of 6e-8 each.
constexpr double kBoundSlack = 1 - 1e-5;
// Squares of larger values could overflow single precision when summed along a path.
constexpr float kLargestSingle = 1e14f;

double weighted(int group, double sum) {
    return std::sqrt(sum) * kDtwGroup[group].weight;
}

// The largest relative error of a path's sum in single precision: one rounding for each addition along the path, and
// those of a cost.
double singleError(int nx, int ny, int dims) {
    const double roundings = static_cast<double>(nx) + ny + 2 * dims + 8;
    return 1.01 * roundings * 0x1p-24;
}

} // namespace

template <>
DistSearch::Scratch<float>& DistSearch::scratch<float>() {
    return m_floats;
}
template <>
DistSearch::Scratch<double>& DistSearch::scratch<double>() {
    return m_doubles;
}

template <class T>
DtwJob<T> DistSearch::job(const DtwRows& x, const DtwColumns& y, int group) {
    const int first = kDtwGroup[group].begin;
    DtwJob<T> job;
    job.x = x.values<T>(first);
    job.xStride = x.stride();
    job.z = y.backwards<T>(first);
    job.zStride = y.stride();
    job.nx = x.frames();
    job.ny = y.frames();
    job.dims = kDtwGroup[group].end - first;
    Scratch<T>& memory = scratch<T>();
    memory.boundary.resize(static_cast<std::size_t>(job.ny + 2 * kDtwPad));
    job.boundary = memory.boundary.data() + kDtwPad;
    const DtwColumns::Runs& runs = y.runs(group);
    if (runs.count > 0) {
        job.runs = runs.count;
        job.runBegin = runs.begin.data();
        job.runOf = runs.of.data() + kDtwPad;
        job.sinceBegin = runs.since.data() + kDtwPad;
        job.shortestRun = runs.shortest;
        job.runValues = runs.values<T>();
        memory.runCosts.resize(static_cast<std::size_t>((runs.count + 1) * kDtwPad));
        job.runCosts = memory.runCosts.data();
    }
    return job;
}

// Sum over the frames of one side of their squared distance to the range of the other side's values: every frame is on
// every path at least once. Leaves the single terms in m_excess.
double DistSearch::excessOf(const DtwRows& x, const DtwColumns& y, int group, bool rows) {
    const int frames = rows ? x.frames() : y.frames();
    m_excess.assign(static_cast<std::size_t>(frames), 0);
    bool any = false;
    for (int c = kDtwGroup[group].begin; c < kDtwGroup[group].end; ++c) {
        const float low = rows ? y.low(c) : x.low(c), high = rows ? y.high(c) : x.high(c);
        if ((rows ? x.low(c) : y.low(c)) >= low && (rows ? x.high(c) : y.high(c)) <= high) continue;
        m_kernels.excess(rows ? x.values<float>(c) : y.backwards<float>(c), frames, low, high, m_excess.data());
        any = true;
    }
    double total = 0;
    if (any)
        for (float term : m_excess) total += term;
    return total * kBoundSlack;
}

// Infinity when the sum is above the limit; `bound` is the group's lower bound.
template <class T>
T DistSearch::warp(const DtwRows& x, const DtwColumns& y, int group, double bound, T limit) {
    DtwJob<T> work = job<T>(x, y, group);
    work.limit = limit;
    // What is still to come helps to abandon early, if it is worth its own computation.
    if (m_prune && std::isfinite(limit) && bound > 0.1 * static_cast<double>(limit)) {
        Scratch<T>& memory = scratch<T>();
        const auto remaining = [&](bool rows, std::vector<T>& out) {
            excessOf(x, y, group, rows);
            const std::size_t n = m_excess.size();
            out.assign(n + 1, 0);
            double sum = 0;
            for (std::size_t i = n; i-- > 0;) {
                sum += m_excess[rows ? i : n - 1 - i]; // the columns lie backwards
                out[i] = static_cast<T>(sum * kBoundSlack * kBoundSlack);
            }
        };
        remaining(true, memory.rows);
        remaining(false, memory.columns);
        work.remaining = memory.rows.data();
        work.columnsRemaining = memory.columns.data();
    }
    if constexpr (sizeof(T) == sizeof(double)) return m_kernels.dtw64(work);
    else return m_kernels.dtw32(work);
}

// What the sum would be if blocks of frames were constant: no bound, but a good guess.
double DistSearch::coarse(const DtwRows& x, const DtwColumns& y, int group) {
    const int first = kDtwGroup[group].begin;
    DtwJob<float> work;
    work.x = x.coarse(first);
    work.xStride = x.coarseStride();
    work.z = y.coarse(first);
    work.zStride = y.coarseStride();
    work.nx = x.coarseFrames();
    work.ny = y.coarseFrames();
    work.dims = kDtwGroup[group].end - first;
    m_floats.boundary.resize(static_cast<std::size_t>(work.ny + 2 * kDtwPad));
    work.boundary = m_floats.boundary.data() + kDtwPad;
    work.limit = std::numeric_limits<float>::infinity();
    return static_cast<double>(m_kernels.dtw32(work)) * kCoarse;
}

void DistSearch::judge(const DtwRows& x, const DtwColumns& y, Candidate& candidate) {
    candidate.estimate = 0;
    for (int g = 0; g < kDtwGroups; ++g) {
        candidate.bound[g] = std::max(excessOf(x, y, g, true), excessOf(x, y, g, false));
        const double guess = g == 0 ? candidate.bound[g] : std::max(candidate.bound[g], coarse(x, y, g));
        candidate.estimate += weighted(g, guess);
    }
}

void DistSearch::tryOne(const DtwRows& x, const DtwColumns& y, const Candidate& candidate, int id, DistAnswer& answer) {
    const bool limited = m_prune && answer.neighbour >= 0;
    double part[kDtwGroups]; // weighted lower bounds, then values, of the groups
    for (int g = 0; g < kDtwGroups; ++g) part[g] = weighted(g, candidate.bound[g]);
    // How large the group's sum may be without the distance passing the best one.
    const auto room = [&](int group) {
        if (!limited) return kInfinity;
        double others = 0;
        for (int g = 0; g < kDtwGroups; ++g)
            if (g != group) others += part[g];
        const double free = (answer.distance * (1 + 1e-12) - others) / kDtwGroup[group].weight;
        return free < 0 ? -1.0 : free * free * (1 + 1e-9);
    };
    if (limited) {
        if (part[0] + part[1] + part[2] > answer.distance * (1 + 1e-12)) {
            ++m_counts.bounded;
            return;
        }
        for (int g : kOrder) {
            if (!m_singles) break;
            const double error = singleError(x.frames(), y.frames(), kDtwGroup[g].end - kDtwGroup[g].begin);
            const double limit = room(g);
            const float sum =
                limit < 0 ? std::numeric_limits<float>::infinity()
                          : warp(x, y, g, candidate.bound[g], static_cast<float>(limit * (1 + error) * (1 + 1e-6)));
            if (std::isinf(sum)) {
                ++m_counts.abandoned;
                return;
            }
            const double least = std::max(0.0, sum / (1 + error) * (1 - 1e-12) - 1e-37);
            part[g] = std::max(part[g], weighted(g, least));
        }
    }
    double sums[kDtwGroups] = {};
    for (int g : kOrder) {
        const double limit = room(g);
        sums[g] = limit < 0 ? kInfinity : warp(x, y, g, candidate.bound[g], limit);
        if (std::isinf(sums[g]) && limited) {
            ++m_counts.abandoned;
            return;
        }
        part[g] = weighted(g, sums[g]);
    }
    ++m_counts.computed;
    const double distance = groupedDistance(sums);
    if (answer.neighbour >= 0 &&
        !(distance < answer.distance || (distance == answer.distance && id < answer.neighbour)))
        return;
    answer.distance = distance;
    answer.neighbour = id;
    std::copy(sums, sums + kDtwGroups, answer.sums);
}

void DistSearch::improve(const DtwRows& x, const std::vector<DtwColumns>& listeners, const std::vector<int>& ids,
                         int count, DistAnswer& answer) {
    m_counts.pairs += count;
    m_candidates.resize(static_cast<std::size_t>(count));
    const auto small = [](const auto& series) {
        for (int c = 0; c < kDtwDims; ++c)
            if (std::max(std::abs(series.low(c)), std::abs(series.high(c))) > kLargestSingle) return false;
        return true;
    };
    m_singles = small(x);
    for (int a = 0; a < count; ++a) m_singles = m_singles && small(listeners[static_cast<std::size_t>(a)]);
    for (int a = 0; a < count; ++a) {
        Candidate& candidate = m_candidates[static_cast<std::size_t>(a)];
        candidate = {};
        candidate.index = a;
        if (m_prune && m_singles && count > 1) judge(x, listeners[static_cast<std::size_t>(a)], candidate);
    }
    std::stable_sort(m_candidates.begin(), m_candidates.end(),
                     [](const Candidate& a, const Candidate& b) { return a.estimate < b.estimate; });
    for (const Candidate& candidate : m_candidates) {
        const auto at = static_cast<std::size_t>(candidate.index);
        tryOne(x, listeners[at], candidate, ids[at], answer);
    }
}

} // namespace emc
