#include "core/eval/metric_reduce.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "core/api/error.h"

namespace emc {

namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

std::size_t sz(std::ptrdiff_t n) {
    return static_cast<std::size_t>(n);
}

std::string number(double value) {
    char text[32];
    std::snprintf(text, sizeof text, "%.3g", value);
    return text;
}

class Reducer {
public:
    Reducer(const MetricInputs& in, const MetricEngine& engine, const MetricItems& items)
        : m_in(in), m_engine(engine), m_items(items), N(in.clips), K(in.samples), D(in.dims) {}

    void correlation(MetricResult& out) const {
        out.perSample = m_items.ccc;
        out.neighbour = m_items.cccNeighbour;
        sumOverSamples(out, m_items.ccc);
        out.perDim.assign(sz(D), 0);
        int clips = 0;
        for (int n = 0; n < N; ++n) {
            if (m_items.cccNeighbour[sz(n) * sz(K)] < 0) continue;
            ++clips;
            for (int k = 0; k < K; ++k)
                for (int c = 0; c < D; ++c)
                    out.perDim[sz(c)] += m_items.cccDims[(sz(n) * sz(K) + sz(k)) * sz(D) + sz(c)];
        }
        for (double& value : out.perDim) value = clips > 0 ? value / clips : kNaN;
        groupMeans(out);
    }

    void distance(MetricResult& out) const {
        out.perSample.resize(m_items.dist.size());
        out.neighbour.resize(m_items.dist.size());
        out.perGroup.assign(kDtwGroups, 0);
        int clips = 0;
        for (std::size_t i = 0; i < m_items.dist.size(); ++i) {
            const DistAnswer& answer = m_items.dist[i];
            out.neighbour[i] = answer.neighbour;
            out.perSample[i] = answer.neighbour < 0 ? kNaN : answer.distance;
            if (answer.neighbour < 0) continue;
            clips += i % sz(K) == 0;
            for (int g = 0; g < kDtwGroups; ++g) out.perGroup[sz(g)] += std::sqrt(answer.sums[g]) * kDtwGroup[g].weight;
        }
        for (double& value : out.perGroup) value = clips > 0 ? value / clips : kNaN;
        sumOverSamples(out, out.perSample);
    }

    void variance(MetricResult& out) const {
        out.perSample.assign(sz(N) * sz(K), kNaN);
        out.perClip.assign(sz(N), kNaN);
        out.perDim.assign(sz(D), 0);
        double total = 0;
        int clips = 0;
        for (int n = 0; n < N; ++n) {
            if (m_engine.frames(n) < 2) continue;
            ++clips;
            double clip = 0;
            for (int k = 0; k < K; ++k) {
                const std::size_t item = sz(n) * sz(K) + sz(k);
                double sample = 0;
                for (int c = 0; c < D; ++c) {
                    const double value = m_items.variance[item * sz(D) + sz(c)];
                    total += value;
                    sample += value;
                    out.perDim[sz(c)] += value;
                }
                out.perSample[item] = sample / D;
                clip += sample;
            }
            out.perClip[sz(n)] = clip / (static_cast<double>(K) * D);
        }
        const double courses = static_cast<double>(clips) * K;
        out.value = clips > 0 ? total / (courses * D) : kNaN;
        for (double& value : out.perDim) value = clips > 0 ? value / courses : kNaN;
        groupMeans(out);
    }

    void spread(MetricResult& out, bool details) const {
        out.perClip.assign(sz(N), 0);
        out.perDim.assign(sz(D), 0);
        out.value = 0;
        if (K > 1) {
            if (details) out.perSample.assign(sz(N) * sz(K), 0);
            for (int n = 0; n < N; ++n) {
                const double frames = m_engine.frames(n), pairs = static_cast<double>(K) * (K - 1);
                double sum = 0;
                for (int c = 0; c < D; ++c) {
                    const double value = m_items.spread[sz(n) * sz(D) + sz(c)];
                    sum += value;
                    out.perDim[sz(c)] += 2 * value / (pairs * frames) / N;
                }
                out.perClip[sz(n)] = 2 * sum / (pairs * frames * D);
                out.value += out.perClip[sz(n)];
                for (int k = 0; k < K && details; ++k)
                    out.perSample[sz(n) * sz(K) + sz(k)] =
                        m_items.spreadOf[sz(n) * sz(K) + sz(k)] / ((K - 1.0) * frames * D);
            }
            out.value /= N;
        }
        groupMeans(out);
    }

    void across(MetricResult& out, bool details) const {
        out.perDim.assign(sz(D), 0);
        out.value = 0;
        // Frames that a pair of clips shares, summed over ordered pairs; and over the partners of each clip.
        std::vector<double> present(sz(m_in.frames) + 1, 0);
        for (int n = 0; n < N; ++n) present[sz(m_engine.frames(n)) - 1] += 1;
        for (int t = m_in.frames - 1; t >= 0; --t) present[sz(t)] += present[sz(t) + 1];
        double shared = 0;
        for (int t = 0; t < m_in.frames; ++t) shared += present[sz(t)] * (present[sz(t)] - 1);
        if (shared > 0) {
            for (int k = 0; k < K; ++k) {
                double sum = 0;
                for (int c = 0; c < D; ++c) {
                    const double value = m_items.across[sz(k) * sz(D) + sz(c)];
                    sum += value;
                    out.perDim[sz(c)] += 2 * value / shared / K;
                }
                out.value += 2 * sum / (shared * D);
            }
            out.value /= K;
            if (details) out.perClip.assign(sz(N), 0);
            for (int n = 0; n < N && details; ++n) {
                double partners = 0;
                for (int t = 0; t < m_engine.frames(n); ++t) partners += present[sz(t)] - 1;
                for (int k = 0; k < K; ++k) out.perClip[sz(n)] += m_items.acrossOf[sz(k) * sz(N) + sz(n)];
                out.perClip[sz(n)] = partners > 0 ? out.perClip[sz(n)] / (partners * D * K) : kNaN;
            }
        }
        groupMeans(out);
    }

    void lagOfficial(MetricResult& out, bool all) const {
        out.perClip.resize(sz(N));
        out.perSample.assign(m_items.offset.begin(), m_items.offset.end());
        out.value = 0;
        for (int n = 0; n < N; ++n) {
            out.perClip[sz(n)] = std::abs(m_items.offset[sz(n) * sz(K)]);
            out.value += out.perClip[sz(n)];
        }
        out.value /= N;
        if (!all)
            for (std::size_t i = 0; i < out.perSample.size(); ++i)
                if (i % sz(K) != 0) out.perSample[i] = kNaN; // not looked at
    }

    void lagFixed(MetricResult& out) const {
        out.perClip.assign(sz(N), kNaN);
        out.perSample = m_items.bestLag;
        double total = 0, usable = 0;
        for (int n = 0; n < N; ++n) {
            double clip = 0, count = 0;
            for (int k = 0; k < K; ++k) {
                const double lag = m_items.bestLag[sz(n) * sz(K) + sz(k)];
                if (std::isnan(lag)) continue;
                clip += std::abs(lag);
                count += 1;
            }
            total += clip;
            usable += count;
            if (count > 0) out.perClip[sz(n)] = clip / count;
        }
        out.value = usable > 0 ? total / usable : kNaN;
    }

    std::string namesOf(const std::vector<int>& clips) const {
        std::string text;
        for (std::size_t i = 0; i < clips.size(); ++i) {
            if (i == 8) return text + " and " + std::to_string(clips.size() - 8) + " more";
            text += (i ? ", " : "") + m_engine.clipName(clips[i]);
        }
        return text;
    }

private:
    // FRCorr and FRDist: the sum over the samples of a clip, mean over the clips that have an appropriate listener.
    void sumOverSamples(MetricResult& out, const std::vector<double>& samples) const {
        out.perClip.assign(sz(N), kNaN);
        double total = 0;
        int clips = 0;
        for (int n = 0; n < N; ++n) {
            double clip = 0;
            for (int k = 0; k < K; ++k) clip += samples[sz(n) * sz(K) + sz(k)];
            if (std::isnan(clip)) continue;
            for (int k = 0; k < K; ++k) total += samples[sz(n) * sz(K) + sz(k)]; // one running sum, as the plain twin
            out.perClip[sz(n)] = clip;
            ++clips;
        }
        out.value = clips > 0 ? total / clips : kNaN;
    }

    void groupMeans(MetricResult& out) const {
        if (D != kDtwDims) return;
        for (const DtwGroup& group : kDtwGroup) {
            double sum = 0;
            for (int c = group.begin; c < group.end; ++c) sum += out.perDim[sz(c)];
            out.perGroup.push_back(sum / (group.end - group.begin));
        }
    }

    const MetricInputs& m_in;
    const MetricEngine& m_engine;
    const MetricItems& m_items;
    const int N, K, D;
};

void addNotes(const MetricInputs& in, const MetricEngine& engine, const Reducer& reducer, const MetricItems& items,
              const std::vector<std::string>& names, bool allLags, MetricReport& report) {
    const auto asked = [&](const char* name) { return std::find(names.begin(), names.end(), name) != names.end(); };
    auto& notes = report.notes;
    const std::string k = "K = " + std::to_string(in.samples);
    if (in.samples == 1 && asked("FRDiv")) notes.push_back("K = 1: FRDiv is 0 by definition");
    if (in.samples != 10 && (asked("FRCorr") || asked("FRDist")))
        notes.push_back(k + ": FRCorr and FRDist are sums over the samples; published values are for K = 10");
    if (in.clips == 1 && asked("FRDvs")) notes.push_back("N = 1: FRDvs is 0 by definition");
    bool equal = true;
    std::vector<int> single, lonely;
    for (int n = 0; n < in.clips; ++n) {
        equal = equal && engine.frames(n) == engine.frames(0);
        if (engine.frames(n) < 2) single.push_back(n);
        if ((asked("FRCorr") || asked("FRDist")) && engine.neighboursOf(n).empty()) lonely.push_back(n);
    }
    if (!equal)
        notes.push_back("Clips have different lengths: FRCorr and FRDvs use the common frames of a pair; the published "
                        "code knows only equal lengths");
    else if (engine.frames(0) != 750 && asked("FRDist"))
        notes.push_back("T = " + std::to_string(engine.frames(0)) +
                        ": FRDist grows with the root of the length; published values are for T = 750");
    if (!single.empty() && asked("FRVar"))
        notes.push_back("FRVar needs two frames; left out: " + reducer.namesOf(single));
    if (!lonely.empty())
        notes.push_back("No appropriate listener in the neighbour matrix, left out of FRCorr and FRDist (the published "
                        "code stops there): " +
                        reducer.namesOf(lonely));
    if (!asked("FRSyn")) return;
    int nan = 0, unusable = 0;
    for (int n = 0; n < in.clips; ++n)
        report.nanClip.push_back(items.nanLag[static_cast<std::size_t>(n) * static_cast<std::size_t>(in.samples)]);
    nan = std::accumulate(report.nanClip.begin(), report.nanClip.end(), 0);
    for (double lag : items.bestLag) unusable += std::isnan(lag);
    report.nanClips = static_cast<double>(nan) / in.clips;
    if (nan > 0)
        notes.push_back("FRSyn official: " + number(100 * report.nanClips) + " % of the clips are decided by NaN");
    if (unusable > 0 && allLags)
        notes.push_back("FRSyn fixed: " + std::to_string(unusable) + " of " + std::to_string(items.bestLag.size()) +
                        " predictions have no usable lag and are left out");
    if (equal && engine.frames(0) <= kMaxLag + 1)
        notes.push_back("FRSyn official is always 49 for clips of 50 frames or fewer");
}

} // namespace

std::vector<std::string> metricsToCompute(const MetricInputs& in, const MetricRequest& request,
                                          std::vector<std::string>& notes) {
    std::vector<std::string> names;
    for (const MetricInfo& info : metricCatalogue()) {
        const bool named =
            std::find(request.metrics.begin(), request.metrics.end(), info.name) != request.metrics.end();
        if (!request.metrics.empty() && !named) continue;
        std::string missing;
        if (info.needsTargets && in.targets.empty()) missing = "the real listeners";
        else if (info.needsTargets && in.neighbours.empty()) missing = "the neighbour matrix";
        else if (info.needsSpeakers && in.speakers.empty()) missing = "the speakers";
        else if (info.name == "FRDist" && in.dims != kDtwDims) missing = "the 25 emotion columns";
        if (missing.empty()) names.push_back(info.name);
        else if (named) throw Error(ErrorKind::Usage, info.name + " needs " + missing);
        else notes.push_back(info.name + " left out: it needs " + missing);
    }
    for (const std::string& name : request.metrics) metricInfo(name);
    return names;
}

void reduceMetrics(const MetricInputs& in, const MetricRequest& request, const MetricEngine& engine,
                   const MetricItems& items, const std::vector<std::string>& names, MetricReport& report) {
    report.clips = in.clips;
    report.samples = in.samples;
    report.frames = in.frames;
    report.dims = in.dims;
    report.nanClips = kNaN;
    report.dist = items.counts;
    const Reducer reducer(in, engine, items);
    const bool allLags = request.details || std::find(request.variants.begin(), request.variants.end(),
                                                      MetricVariant::Fixed) != request.variants.end();
    for (const std::string& name : names)
        for (MetricVariant variant : request.variants) {
            MetricResult out;
            out.name = name;
            out.variant = variant;
            if (name == "FRCorr") reducer.correlation(out);
            else if (name == "FRDist") reducer.distance(out);
            else if (name == "FRVar") reducer.variance(out);
            else if (name == "FRDiv") reducer.spread(out, request.details);
            else if (name == "FRDvs") reducer.across(out, request.details);
            else if (variant == MetricVariant::Official) reducer.lagOfficial(out, allLags);
            else reducer.lagFixed(out);
            report.results.push_back(std::move(out));
        }
    addNotes(in, engine, reducer, items, names, allLags, report);
}

} // namespace emc
