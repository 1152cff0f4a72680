#pragma once
// How fast the metrics are on this machine, on a made set: random walks, and action units of 0 and 1 that stay.
#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "core/api/job_context.h"
#include "core/eval/metric_suite.h"

namespace emc {

struct MetricBenchOptions {
    int clips = 48, samples = 10, neighbours = 8, frames = 750;
    int grown = 192; // the larger set; 0 = none
    int threads = 0; // 0 = all cores
    int repeats = 3; // the fastest counts
    std::uint64_t seed = 7;
    SimdLevel simd = bestSimd();
};

struct BenchSet {
    int clips = 0, samples = 0, frames = 0;
    std::vector<float> predictions, targets, speakers;
    std::vector<std::uint8_t> neighbours;
    MetricInputs inputs() const;
};
BenchSet makeBenchSet(int clips, const MetricBenchOptions& options);
// predictions.npy, targets.npy, speakers.npy, neighbours.npy: what tests/bench/metrics_reference.py reads.
void writeBenchSet(const BenchSet& set, const std::filesystem::path& folder);

struct MetricBench {
    std::string simd;
    int threads = 0;
    // Wall time of each metric by name, the official variant's work; "FRSyn" looks at prediction 0 as the published
    // code does, "FRSyn fixed" at all.
    std::map<std::string, double> seconds, grownSeconds;
    std::map<std::string, double> values;    // official, to hold against the reference
    double checkSeconds = 0;                 // looking for numbers that are not finite
    double msPerPair = 0, msPerPairFull = 0; // of one thread: with pruning, and every pair to its end
    double boundedShare = 0, abandonedShare = 0, computedShare = 0; // of the pairs
    double copyGBs = 0, readGBs = 0;           // this machine with these threads; a copy counts read and written bytes
    double divGBs = 0, varGBs = 0, dvsGBs = 0; // predictions read once, on the larger set
    double peakGops = 0;                       // additions and multiplications of one core, double, measured
    double costGops = 0;              // subtractions, multiplications, additions of the cost matrix and its sums
    double rooflineMsPerPair = 0;     // all costs and sums of a pair at the peak: no pair in full can be faster
    double rooflineRunsMsPerPair = 0; // the same when equal neighbouring columns cost once
};

MetricBench benchMetrics(const MetricBenchOptions& options, JobContext& job);

} // namespace emc
