#pragma once
// What the metrics are made of, clip by clip and sample by sample, and the code that fills it. Inside of evaluate() and
// MetricCache; everybody else uses those.
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "core/api/job_context.h"
#include "core/eval/dist_search.h"
#include "core/eval/metric_suite.h"
#include "core/eval/spread.h"

namespace emc {

struct MetricItems {
    int clips = 0, samples = 0, dims = 0;
    std::vector<double> ccc;          // N x K, best over the appropriate listeners; NaN without any
    std::vector<int> cccNeighbour;    // N x K; -1 without any
    std::vector<double> cccDims;      // N x K x D of that listener
    std::vector<DistAnswer> dist;     // N x K
    std::vector<double> variance;     // N x K x D, ddof 1; NaN for clips of one frame
    std::vector<double> spread;       // N x D: sum over unordered pairs of a clip's predictions
    std::vector<double> spreadOf;     // N x K: what belongs to pairs with that prediction
    std::vector<double> across;       // K x D: sum over unordered pairs of clips
    std::vector<double> acrossOf;     // K x N
    std::vector<int> offset;          // N x K, official
    std::vector<double> bestLag;      // N x K, fixed; NaN = none usable
    std::vector<std::uint8_t> nanLag; // N x K: some official lag is NaN
    DistCounts counts;                // of everything computed so far
    void resize(int newClips, int newSamples, int newDims);
};

class MetricEngine {
public:
    // Throws Error(Usage) when sizes do not fit. Nothing is copied; inputs must outlive the engine.
    MetricEngine(const MetricInputs& inputs, const MetricRequest& request, JobContext& job);
    // Throws Error(BadInput) for numbers that are not finite, with the name of the first such clip.
    void checkFinite() const;

    using Mask = std::vector<std::uint8_t>; // N x K: what to compute
    void correlate(MetricItems& items, const Mask& wanted) const;
    void warp(MetricItems& items, const Mask& wanted) const;
    void vary(MetricItems& items, const Mask& wanted) const;
    void spread(MetricItems& items, const std::vector<std::uint8_t>& clips) const;
    void across(MetricItems& items, const std::vector<std::uint8_t>& slots) const;
    void lag(MetricItems& items, const Mask& wanted) const;

    int frames(int clip) const {
        return m_in.lengths.empty() ? m_in.frames : m_in.lengths[static_cast<std::size_t>(clip)];
    }
    const float* prediction(int clip, int sample) const {
        return m_in.predictions.data() + (clip * m_samples + sample) * m_course;
    }
    const float* target(int clip) const { return m_in.targets.data() + clip * m_course; }
    const float* speaker(int clip) const { return m_in.speakers.data() + clip * m_course; }
    std::vector<int> neighboursOf(int clip) const;
    std::string clipName(int clip) const;

private:
    // Clips with something wanted; work(clip, thread) on all threads.
    template <class Work>
    void forClips(const std::vector<std::uint8_t>& wanted, int perClip, const char* text, Work&& work) const;
    void warpOnDevice(MetricItems& items, const Mask& wanted) const;

    const MetricInputs& m_in;
    const MetricRequest& m_request;
    JobContext& m_job;
    const MetricKernels& m_kernels;
    std::ptrdiff_t m_course, m_samples;
    int m_threads;
};

} // namespace emc
