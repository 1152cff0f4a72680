#pragma once
// The metrics of a set that changes a little at a time (a person toggles a modality of one clip): only what changed is
// computed again, and the numbers equal a full evaluate() to the bit.
#include <cstdint>
#include <memory>
#include <vector>

#include "core/eval/metric_suite.h"

namespace emc {

class MetricCache {
public:
    // The request stays the same for the life of the cache.
    explicit MetricCache(MetricRequest request);
    ~MetricCache();
    MetricCache(const MetricCache&) = delete;
    MetricCache& operator=(const MetricCache&) = delete;

    // Finds by itself what is new since the last call (a 128-bit fingerprint of every course is kept, not the numbers).
    // FRDvs is computed again for the sample slots that changed: it ties all clips together. Throws as evaluate(); what
    // was known before is then forgotten.
    const MetricReport& update(const MetricInputs& inputs, JobContext& job);
    void clear();

    // Courses that the last update() found to be new or changed.
    int changedPredictions() const { return m_changedPredictions; }
    int changedTargets() const { return m_changedTargets; }
    int changedSpeakers() const { return m_changedSpeakers; }
    // Samples for which FRCorr and FRDist were computed again.
    int recomputedSamples() const { return m_recomputedSamples; }

private:
    struct State;
    MetricRequest m_request;
    std::unique_ptr<State> m_state;
    int m_changedPredictions = 0, m_changedTargets = 0, m_changedSpeakers = 0, m_recomputedSamples = 0;
};

} // namespace emc
