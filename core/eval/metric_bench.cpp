#include "core/eval/metric_bench.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstring>
#include <limits>
#include <numeric>

#include "core/data/npy.h"
#include "core/eval/dist_search.h"
#include "core/eval/parallel.h"

namespace emc {

namespace {

using Clock = std::chrono::steady_clock;

double since(Clock::time_point start) {
    return std::chrono::duration<double>(Clock::now() - start).count();
}

std::size_t sz(std::ptrdiff_t n) {
    return static_cast<std::size_t>(n);
}

class Random {
public:
    explicit Random(std::uint64_t seed) : m_state(seed) {}
    double unit() { // splitmix64
        m_state += 0x9e3779b97f4a7c15ull;
        std::uint64_t z = m_state;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ull;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebull;
        return static_cast<double>((z ^ (z >> 31)) >> 11) * 0x1p-53;
    }
    int below(int n) { return static_cast<int>(unit() * n); }

private:
    std::uint64_t m_state;
};

// A walk that is thrown back at its ends.
void walk(Random& random, float* out, int frames, double low, double high, double step) {
    double value = low + (high - low) * random.unit();
    for (int t = 0; t < frames; ++t) {
        value += step * (random.unit() + random.unit() + random.unit() - 1.5);
        if (value < low) value = 2 * low - value;
        if (value > high) value = 2 * high - value;
        out[t * kDtwDims] = static_cast<float>(value);
    }
}

void course(Random& random, float* out, int frames, bool real) {
    for (int c = 0; c < kDtwDims; ++c) {
        if (real && c < kDtwGroup[0].end) {
            const bool active = random.unit() < 0.7;
            bool on = false;
            for (int t = 0; t < frames; ++t) {
                if (t % 25 == 0) on = active && random.unit() < 0.35;
                out[t * kDtwDims + c] = on ? 1.0f : 0.0f;
            }
        } else if (c < kDtwGroup[0].end) walk(random, out + c, frames, 0, 1, 0.05);
        else if (c < kDtwGroup[1].end) walk(random, out + c, frames, -1, 1, 0.04);
        else walk(random, out + c, frames, 0, 0.5, 0.01);
    }
}

double seconds(const MetricReport& report, const char* name) {
    for (const MetricResult& result : report.results)
        if (result.name == name) return result.seconds;
    return 0;
}

// The fastest of some runs of each metric.
void measure(const BenchSet& set, const MetricBenchOptions& options, JobContext& job,
             std::map<std::string, double>& best, MetricBench* bench) {
    for (const MetricInfo& info : metricCatalogue())
        for (int repeat = 0; repeat < options.repeats; ++repeat) {
            MetricRequest request;
            request.metrics = {info.name};
            request.variants = {MetricVariant::Official};
            request.threads = options.threads;
            request.simd = options.simd;
            request.details = false;
            request.checked = repeat > 0 || info.name != "FRCorr";
            JobContext silent(JobContext::Sink{}, job);
            const MetricReport report = evaluate(set.inputs(), request, silent);
            const auto keep = [&](const std::string& name, double value) {
                const auto found = best.find(name);
                if (found == best.end() || value < found->second) best[name] = value;
            };
            keep(info.name, seconds(report, info.name.c_str()));
            if (info.name == "FRSyn") {
                request.variants = {MetricVariant::Fixed};
                keep("FRSyn fixed", seconds(evaluate(set.inputs(), request, silent), "FRSyn"));
            }
            if (!bench) continue;
            bench->values[info.name] = report.results.front().value;
            if (!request.checked) bench->checkSeconds = report.checkSeconds;
            if (info.name == "FRDist" && report.dist.pairs > 0) {
                const auto pairs = static_cast<double>(report.dist.pairs);
                bench->boundedShare = static_cast<double>(report.dist.bounded) / pairs;
                bench->abandonedShare = static_cast<double>(report.dist.abandoned) / pairs;
                bench->computedShare = static_cast<double>(report.dist.computed) / pairs;
            }
        }
}

// One thread over some predictions with all their listeners; returns seconds per pair.
double perPair(const BenchSet& set, const MetricBenchOptions& options, bool prune, int clips) {
    const std::ptrdiff_t length = static_cast<std::ptrdiff_t>(set.frames) * kDtwDims;
    DistSearch search(metricKernels(options.simd), prune);
    DtwRows rows;
    std::vector<DtwColumns> listeners(sz(set.clips));
    const auto start = Clock::now();
    for (int n = 0; n < clips; ++n) {
        std::vector<int> ids;
        for (int j = 0; j < set.clips; ++j)
            if (set.neighbours[sz(n) * sz(set.clips) + sz(j)]) {
                listeners[ids.size()].set(set.targets.data() + j * length, set.frames);
                ids.push_back(j);
            }
        for (int k = 0; k < set.samples; ++k) {
            rows.set(set.predictions.data() + (static_cast<std::ptrdiff_t>(n) * set.samples + k) * length, set.frames);
            DistAnswer answer;
            search.improve(rows, listeners, ids, static_cast<int>(ids.size()), answer);
        }
    }
    return since(start) / static_cast<double>(std::max(1l, search.counts().pairs));
}

void bandwidth(const MetricBenchOptions& options, JobContext& job, MetricBench& bench) {
    const int threads = threadCount(options.threads);
    const std::size_t numbers = 16u << 20; // 64 MiB a thread: far above the caches
    std::vector<std::vector<float>> from(sz(threads)), to(sz(threads));
    JobContext silent(JobContext::Sink{}, job);
    parallelFor(threads, threads, silent, "", [&](int i, int) {
        from[sz(i)].assign(numbers, 1.0f);
        to[sz(i)].assign(numbers, 0.0f);
    });
    const double bytes = static_cast<double>(numbers) * sizeof(float) * threads;
    const MetricKernels& kernels = metricKernels(options.simd);
    for (int repeat = 0; repeat < options.repeats + 2; ++repeat) {
        auto start = Clock::now();
        parallelFor(threads, threads, silent, "",
                    [&](int i, int) { std::memcpy(to[sz(i)].data(), from[sz(i)].data(), numbers * sizeof(float)); });
        bench.copyGBs = std::max(bench.copyGBs, 2 * bytes / since(start) * 1e-9);
        start = Clock::now();
        parallelFor(threads, threads, silent, "", [&](int i, int) {
            if (!kernels.finite(to[sz(i)].data(), static_cast<std::ptrdiff_t>(numbers))) to[sz(i)][0] = 0;
        });
        bench.readGBs = std::max(bench.readGBs, bytes / since(start) * 1e-9);
    }
}

void roofline(const BenchSet& set, const MetricBenchOptions& options, MetricBench& bench) {
    const MetricKernels& kernels = metricKernels(options.simd);
    for (int repeat = 0; repeat < options.repeats + 2; ++repeat) {
        double sink = 0;
        const auto start = Clock::now();
        const double operations = kernels.peak(2'000'000, &sink);
        bench.peakGops = std::max(bench.peakGops, operations / since(start) * 1e-9);
    }
    // Per cell: subtract, multiply, add for each dimension (the first needs no addition), and for each group two minima
    // and an addition for the path.
    const double cells = static_cast<double>(set.frames) * set.frames, path = 3.0 * kDtwGroups;
    const double full = cells * (3.0 * kDtwDims - kDtwGroups + path);
    bench.rooflineMsPerPair = full / bench.peakGops * 1e-6;
    // The action units of the first listener give the share of columns that must be computed.
    DtwColumns columns;
    columns.set(set.targets.data(), set.frames);
    double withRuns = cells * path;
    for (int g = 0; g < kDtwGroups; ++g) {
        const double dims = kDtwGroup[g].end - kDtwGroup[g].begin;
        const double share = columns.runs(g).count > 0 ? static_cast<double>(columns.runs(g).count) / set.frames : 1.0;
        withRuns += cells * share * (3 * dims - 1);
    }
    bench.rooflineRunsMsPerPair = withRuns / bench.peakGops * 1e-6;
    bench.costGops = withRuns / bench.msPerPairFull * 1e-6;
}

} // namespace

MetricInputs BenchSet::inputs() const {
    return {.clips = clips,
            .samples = samples,
            .frames = frames,
            .dims = kDtwDims,
            .predictions = predictions,
            .targets = targets,
            .neighbours = neighbours,
            .speakers = speakers,
            .lengths = {}};
}

BenchSet makeBenchSet(int clips, const MetricBenchOptions& options) {
    BenchSet set{clips, options.samples, options.frames, {}, {}, {}, {}};
    const std::size_t length = sz(options.frames) * kDtwDims;
    set.predictions.resize(sz(clips) * sz(options.samples) * length);
    set.targets.resize(sz(clips) * length);
    set.speakers.resize(sz(clips) * length);
    set.neighbours.assign(sz(clips) * sz(clips), 0);
    for (std::size_t n = 0; n < sz(clips); ++n) {
        Random random(options.seed * 0x9e3779b97f4a7c15ull + n); // a clip is the same in a smaller and a larger set
        course(random, set.targets.data() + n * length, options.frames, true);
        course(random, set.speakers.data() + n * length, options.frames, true);
        for (std::size_t k = 0; k < sz(options.samples); ++k)
            course(random, set.predictions.data() + (n * sz(options.samples) + k) * length, options.frames, false);
        std::uint8_t* row = set.neighbours.data() + n * sz(clips);
        row[n] = 1;
        for (int left = std::min(options.neighbours, clips) - 1; left > 0;) {
            std::uint8_t& mark = row[random.below(clips)];
            left -= mark == 0;
            mark = 1;
        }
    }
    return set;
}

void writeBenchSet(const BenchSet& set, const std::filesystem::path& folder) {
    const std::int64_t n = set.clips, t = set.frames;
    writeNpy(folder / "predictions.npy", {n, set.samples, t, kDtwDims}, std::span<const float>(set.predictions));
    writeNpy(folder / "targets.npy", {n, t, kDtwDims}, std::span<const float>(set.targets));
    writeNpy(folder / "speakers.npy", {n, t, kDtwDims}, std::span<const float>(set.speakers));
    writeNpy(folder / "neighbours.npy", {n, n}, std::span<const std::uint8_t>(set.neighbours));
}

MetricBench benchMetrics(const MetricBenchOptions& options, JobContext& job) {
    MetricBench bench;
    bench.simd = simdName(options.simd);
    bench.threads = threadCount(options.threads);
    job.progress(0, 5, "made set");
    const BenchSet set = makeBenchSet(options.clips, options);
    job.progress(1, 5, "metrics");
    measure(set, options, job, bench.seconds, &bench);
    job.progress(2, 5, "single pairs");
    bench.msPerPair = bench.msPerPairFull = std::numeric_limits<double>::infinity();
    for (int repeat = 0; repeat < options.repeats; ++repeat) {
        bench.msPerPair = std::min(bench.msPerPair, 1e3 * perPair(set, options, true, std::min(4, set.clips)));
        bench.msPerPairFull = std::min(bench.msPerPairFull, 1e3 * perPair(set, options, false, std::min(2, set.clips)));
    }
    job.progress(3, 5, "memory and arithmetic");
    bandwidth(options, job, bench);
    roofline(set, options, bench);
    if (options.grown > 0) {
        job.progress(4, 5, "the larger set");
        const BenchSet grown = makeBenchSet(options.grown, options);
        measure(grown, options, job, bench.grownSeconds, nullptr);
        const double bytes = static_cast<double>(grown.predictions.size()) * sizeof(float) * 1e-9;
        bench.divGBs = bytes / bench.grownSeconds["FRDiv"];
        bench.varGBs = bytes / bench.grownSeconds["FRVar"];
        bench.dvsGBs = bytes / bench.grownSeconds["FRDvs"];
    }
    job.progress(5, 5, "done");
    return bench;
}

} // namespace emc
