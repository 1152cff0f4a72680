#include "core/eval/metric_cache.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstring>

#include "core/eval/metric_reduce.h"

namespace emc {

namespace {

using Fingerprint = std::array<std::uint64_t, 2>;

std::uint64_t mix(std::uint64_t value, std::uint64_t factor) {
    const auto product = static_cast<unsigned __int128>(value) * factor;
    return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
}

// Two chains with different factors over 16 bytes at a time.
Fingerprint fingerprint(const float* course, std::size_t numbers, std::uint64_t frames) {
    Fingerprint print{0x9e3779b97f4a7c15ull ^ frames, 0xbf58476d1ce4e5b9ull + frames};
    const auto* bytes = reinterpret_cast<const unsigned char*>(course);
    const std::size_t size = numbers * sizeof(float);
    for (std::size_t i = 0; i < size; i += 16) {
        std::uint64_t words[2] = {};
        std::memcpy(words, bytes + i, std::min<std::size_t>(16, size - i));
        print[0] = mix(print[0] ^ words[0], 0x94d049bb133111ebull) + words[1];
        print[1] = mix(print[1] ^ words[1], 0xd6e8feb86659fd93ull) + words[0];
    }
    print[0] = mix(print[0], 0xa0761d6478bd642full);
    print[1] = mix(print[1], 0xe7037ed1a0b428dbull);
    return print;
}

// Marks what differs from `known` and remembers the new prints.
int compare(std::vector<Fingerprint>& known, const std::vector<Fingerprint>& now, std::vector<std::uint8_t>& changed) {
    changed.assign(now.size(), 1);
    if (known.size() == now.size())
        for (std::size_t i = 0; i < now.size(); ++i) changed[i] = known[i] != now[i];
    known = now;
    return static_cast<int>(std::count(changed.begin(), changed.end(), 1));
}

} // namespace

struct MetricCache::State {
    MetricItems items;
    std::vector<Fingerprint> predictions, targets, speakers;
    std::vector<std::uint8_t> neighbours;
    std::vector<int> lengths;
    int clips = 0, samples = 0, frames = 0, dims = 0;
    MetricReport report;
};

MetricCache::MetricCache(MetricRequest request) : m_request(std::move(request)), m_state(std::make_unique<State>()) {}
MetricCache::~MetricCache() = default;

void MetricCache::clear() {
    m_state = std::make_unique<State>();
}

const MetricReport& MetricCache::update(const MetricInputs& in, JobContext& job) {
    // Until the end the state is taken out: an exception leaves an empty cache and no half-new one.
    std::unique_ptr<State> state = std::move(m_state);
    m_state = std::make_unique<State>();
    const MetricEngine engine(in, m_request, job);
    MetricReport report;
    const std::vector<std::string> names = metricsToCompute(in, m_request, report.notes);
    const auto N = static_cast<std::size_t>(in.clips), K = static_cast<std::size_t>(in.samples);
    const std::vector<int> lengths(in.lengths.begin(), in.lengths.end());
    if (state->clips != in.clips || state->samples != in.samples || state->frames != in.frames ||
        state->dims != in.dims || state->lengths != lengths) {
        state = std::make_unique<State>();
        state->items.resize(in.clips, in.samples, in.dims);
    }
    state->clips = in.clips;
    state->samples = in.samples;
    state->frames = in.frames;
    state->dims = in.dims;
    state->lengths = lengths;

    std::vector<Fingerprint> predictions(N * K), targets(in.targets.empty() ? 0 : N),
        speakers(in.speakers.empty() ? 0 : N);
    for (std::size_t n = 0; n < N; ++n) {
        const auto clip = static_cast<int>(n);
        const auto frames = static_cast<std::uint64_t>(engine.frames(clip));
        const std::size_t numbers = frames * static_cast<std::size_t>(in.dims);
        for (std::size_t k = 0; k < K; ++k)
            predictions[n * K + k] = fingerprint(engine.prediction(clip, static_cast<int>(k)), numbers, frames);
        if (!targets.empty()) targets[n] = fingerprint(engine.target(clip), numbers, frames);
        if (!speakers.empty()) speakers[n] = fingerprint(engine.speaker(clip), numbers, frames);
    }
    std::vector<std::uint8_t> newPredictions, newTargets, newSpeakers;
    m_changedPredictions = compare(state->predictions, predictions, newPredictions);
    m_changedTargets = compare(state->targets, targets, newTargets);
    m_changedSpeakers = compare(state->speakers, speakers, newSpeakers);
    if (m_changedPredictions + m_changedTargets + m_changedSpeakers > 0 && !m_request.checked) engine.checkFinite();

    std::vector<std::uint8_t> clips(N, 0), slots(K, 0), warped(N * K), lagged(N * K);
    const bool sameMatrix = state->neighbours.size() == in.neighbours.size();
    m_recomputedSamples = 0;
    for (std::size_t n = 0; n < N; ++n) {
        bool listeners = !sameMatrix;
        for (std::size_t j = 0; j < N && !in.neighbours.empty() && !listeners; ++j) {
            const std::uint8_t now = in.neighbours[n * N + j];
            listeners = now != state->neighbours[n * N + j] || (now && !newTargets.empty() && newTargets[j]);
        }
        for (std::size_t k = 0; k < K; ++k) {
            const bool fresh = newPredictions[n * K + k] != 0;
            clips[n] |= fresh;
            slots[k] |= fresh;
            warped[n * K + k] = fresh || listeners;
            lagged[n * K + k] = fresh || (!newSpeakers.empty() && newSpeakers[n]);
            m_recomputedSamples += warped[n * K + k];
        }
    }
    state->neighbours.assign(in.neighbours.begin(), in.neighbours.end());

    std::vector<double> seconds;
    for (const std::string& name : names) {
        const auto start = std::chrono::steady_clock::now();
        if (name == "FRCorr") engine.correlate(state->items, warped);
        else if (name == "FRDist") engine.warp(state->items, warped);
        else if (name == "FRDiv") engine.spread(state->items, clips);
        else if (name == "FRVar") engine.vary(state->items, newPredictions);
        else if (name == "FRDvs") engine.across(state->items, slots);
        else engine.lag(state->items, lagged);
        seconds.push_back(std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
    }
    reduceMetrics(in, m_request, engine, state->items, names, report);
    for (MetricResult& result : report.results)
        result.seconds =
            seconds[static_cast<std::size_t>(std::find(names.begin(), names.end(), result.name) - names.begin())];
    state->report = std::move(report);
    m_state = std::move(state);
    return m_state->report;
}

} // namespace emc
