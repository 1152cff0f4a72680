#pragma once
// All six metrics of REACT 2024 on plain arrays, fast: `official` (what the published code prints, its quirks included)
// and `fixed` (the number one would defend). Source: models.md 2. The plain double-precision twins are in metrics.h.
#include <string>
#include <vector>

#include "core/api/job_context.h"
#include "core/eval/dist_search.h"
#include "core/eval/kernels/kernels.h"
#include "core/eval/metrics.h"

namespace emc {

enum class MetricVariant { Official, Fixed };
const char* metricVariantName(MetricVariant variant); // "official", "fixed"

struct MetricInfo {
    std::string name;  // "FRCorr"
    std::string arrow; // "↑" more is better, "↓" less is better
    bool higherIsBetter = true;
    std::string definition;                           // one line
    std::string range;                                // "-K to K"
    std::string unit;                                 // "frames"; "" = none
    bool needsTargets = false, needsSpeakers = false; // targets: the neighbour matrix too
    std::vector<std::string> quirks;                  // what is peculiar about `official`, a sentence each
    std::vector<std::string> fixes;                   // what `fixed` does instead
};
const std::vector<MetricInfo>& metricCatalogue();      // in the order of tables
const MetricInfo& metricInfo(const std::string& name); // throws Error(Usage) with the nearest name

struct MetricRequest {
    std::vector<std::string> metrics; // empty = all that the inputs allow
    std::vector<MetricVariant> variants{MetricVariant::Official, MetricVariant::Fixed};
    int threads = 0;                    // 0 = all cores; never changes a result
    bool details = true;                // also FRDiv per sample and FRDvs per clip, which cost another pass
    bool prune = true;                  // false: every warping to its end (for tests and benches; same results)
    SimdLevel simd = bestSimd();        // same results at every level
    std::string device = "cpu";         // "cuda": FRDist by the plug-in
    std::vector<std::string> clipNames; // for messages; empty = numbers
    bool checked = false;               // the caller knows that every number is finite
};

struct MetricResult {
    std::string name;
    MetricVariant variant = MetricVariant::Official;
    double value = 0;              // NaN = not defined for these inputs (a note says why)
    std::vector<double> perClip;   // N; NaN where not defined. Its mean over defined clips is the value
    std::vector<double> perSample; // N x K; NaN where not defined or not used; empty when it makes no sense
    std::vector<int> neighbour;    // N x K: which listener gave the best (FRCorr, FRDist); -1 = none
    std::vector<double> perDim;    // D: what each dimension contributes, same unit (FRCorr, FRDiv, FRVar, FRDvs)
    std::vector<double> perGroup;  // AU, VA, EX (25 dimensions only); FRDist: weighted parts, their sum is the value
    double seconds = 0;
};

struct MetricReport {
    int clips = 0, samples = 0, frames = 0, dims = 0;
    std::vector<MetricResult> results;
    double nanClips =
        0; // share of clips whose FRSyn is decided by NaN (first prediction); NaN when FRSyn was not asked
    std::vector<std::uint8_t> nanClip; // N: which clips those are; empty when FRSyn was not asked
    std::vector<std::string> notes;    // "K = 1: FRDiv is 0 by definition", clips without neighbours, other lengths
    DistCounts dist;
    double checkSeconds = 0; // looking for numbers that are not finite

    const MetricResult* find(const std::string& name, MetricVariant variant) const; // null when not computed
};

// Throws Error(Usage) for sizes that do not fit or a metric without its inputs, Error(BadInput) for numbers that are
// not finite (with the clip's name), Error(Unsupported) for device "cuda" without the plug-in or a GPU, Cancelled.
MetricReport evaluate(const MetricInputs& inputs, const MetricRequest& request, JobContext& job);

} // namespace emc
