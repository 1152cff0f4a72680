// Study, second part: from stored predictions to scores, and which of them are known already.
#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "core/data/sha256.h"
#include "core/study/prediction_files.h"
#include "core/study/study_impl.h"

namespace emc {
namespace fs = std::filesystem;
namespace {

constexpr const char* kScores = "scores 1 "; // changes when the same predictions give other scores
constexpr const char* kVariants[] = {"official", "fixed"};

std::size_t rowSize(int frames) {
    return static_cast<std::size_t>(frames) * kEmotionDims;
}

// What a clip adds to FRDvs depends on all others.
bool betweenClips(const std::string& metric) {
    return metric == "FRDvs";
}

std::string setName(const StudyPart& part) {
    return sha256Hex(kScores + part.hash() + " " + part.chosenText()).substr(0, 16);
}

bool usable(const MetricValues& values, const std::string& metric, int clips) {
    return std::all_of(std::begin(kVariants), std::end(kVariants), [&](const char* variant) {
        const auto known = values.find(variant);
        if (known == values.end()) return false;
        const auto found = known->second.find(metric);
        return found != known->second.end() &&
               (found->second.clips.empty() || found->second.clips.size() == static_cast<std::size_t>(clips));
    });
}

// Values of single clips that other choices of clips left behind. A value holds for the frames it was computed on.
class KnownClips {
public:
    KnownClips(const std::map<std::string, StoredScores>& sets, int frames) {
        for (const auto& [name, set] : sets) {
            const auto official = set.values.find("official");
            if (official == set.values.end() || set.chosen.empty()) continue;
            const auto used = official->second.find("frames");
            if (used == official->second.end() || used->second.value != frames) continue;
            for (const auto& [variant, metrics] : set.values)
                for (const auto& [metric, value] : metrics)
                    for (std::size_t i = 0; value.clips.size() == set.chosen.size() && i < set.chosen.size(); ++i)
                        m_values[variant][metric][set.chosen[i]] = value.clips[i];
        }
    }
    const double* find(const std::string& variant, const std::string& metric, int index) const {
        const auto metrics = m_values.find(variant);
        if (metrics == m_values.end()) return nullptr;
        const auto clips = metrics->second.find(metric);
        if (clips == metrics->second.end()) return nullptr;
        const auto value = clips->second.find(index);
        return value == clips->second.end() ? nullptr : &value->second;
    }
    bool has(const std::vector<std::string>& metrics, int index) const {
        return std::all_of(metrics.begin(), metrics.end(), [&](const std::string& metric) {
            return find("official", metric, index) && find("fixed", metric, index) &&
                   (metric != "FRSyn" || find("official", "nan_clips", index));
        });
    }

private:
    std::map<std::string, std::map<std::string, std::map<int, double>>> m_values;
};

double meanOfDefined(const std::vector<double>& values) {
    double sum = 0;
    int count = 0;
    for (const double value : values)
        if (!std::isnan(value)) sum += value, ++count;
    return count ? sum / count : std::numeric_limits<double>::quiet_NaN();
}

// Those of `set` at `places`, with the listeners they need.
ScoreSet subset(const ScoreSet& set, const std::vector<int>& places) {
    ScoreSet part;
    part.clips = static_cast<int>(places.size());
    part.samples = set.samples;
    part.frames = set.frames;
    const auto course = static_cast<std::ptrdiff_t>(rowSize(set.frames));
    const auto append = [](std::vector<float>& to, const std::vector<float>& from, std::ptrdiff_t size, int i) {
        to.insert(to.end(), from.begin() + i * size, from.begin() + (i + 1) * size);
    };
    std::map<int, int> placed; // listener in `set` -> in `part`
    std::vector<int> order = places;
    for (const int i : places) placed.emplace(i, static_cast<int>(placed.size()));
    for (const int i : places) {
        append(part.predictions, set.predictions, set.samples * course, i);
        append(part.speakers, set.speakers, course, i);
        part.ids.push_back(set.ids[static_cast<std::size_t>(i)]);
        part.appropriate.emplace_back();
        for (const int j : set.appropriate[static_cast<std::size_t>(i)]) {
            if (placed.emplace(j, static_cast<int>(order.size())).second) order.push_back(j);
            part.appropriate.back().push_back(placed.at(j));
        }
    }
    for (const int j : order) append(part.listeners, set.listeners, course, j);
    return part;
}

} // namespace

ScoreSet Study::scoreSet(const StudyRun& run, JobContext& job, int only) const {
    const StudyPart& part = m_impl->part;
    ScoreSet s;
    std::vector<int> scored(static_cast<std::size_t>(only < 0 ? part.size() : 1), only);
    if (only < 0) std::iota(scored.begin(), scored.end(), 0);
    s.clips = static_cast<int>(scored.size());
    std::map<int, int> place; // of a clip of the partition among the listeners
    std::vector<int> order;
    for (const int i : scored)
        place.emplace(part.index(i), static_cast<int>(order.size())), order.push_back(part.index(i));
    for (const int i : scored) {
        s.appropriate.emplace_back();
        for (const int j : part.appropriate(i)) {
            if (place.emplace(j, static_cast<int>(order.size())).second) order.push_back(j);
            s.appropriate.back().push_back(place.at(j));
        }
        s.ids.push_back(part.pair(i).speaker->info().id);
    }
    // Everything is cut to what all have: predictions, speakers and listeners of REACT differ by a frame.
    std::vector<Reactions> predictions;
    std::vector<std::shared_ptr<const FaceTrack>> speakers, listeners;
    s.frames = 1 << 28;
    if (only >= 0) { // a clip alone is seen as it was among all
        const auto sets = readScores(folderOf(run));
        const auto own = sets.find(setName(part));
        if (own != sets.end())
            if (const auto known = own->second.values.find("official"); known != own->second.values.end())
                if (const auto used = known->second.find("frames");
                    used != known->second.end() && used->second.value > 0)
                    s.frames = static_cast<int>(used->second.value);
    }
    for (const int i : scored) {
        job.progress(i, part.size(), "reading predictions of " + run.label);
        predictions.push_back(prediction(run, i));
        predictions.back().coeffs.clear();
        speakers.push_back(part.pair(i).speaker->face());
        s.frames = std::min({s.frames, predictions.back().frames, speakers.back()->frames});
    }
    for (const int j : order) {
        listeners.push_back(part.listener(j));
        s.frames = std::min(s.frames, listeners.back()->frames);
    }
    s.samples = predictions.front().samples;
    const std::size_t row = rowSize(s.frames);
    const auto append = [&](std::vector<float>& to, const std::vector<float>& from, std::size_t begin) {
        to.insert(to.end(), from.begin() + static_cast<std::ptrdiff_t>(begin),
                  from.begin() + static_cast<std::ptrdiff_t>(begin + row));
    };
    s.predictions.reserve(static_cast<std::size_t>(s.clips) * static_cast<std::size_t>(s.samples) * row);
    for (Reactions& p : predictions) {
        for (int k = 0; k < s.samples; ++k)
            append(s.predictions, p.emotion, static_cast<std::size_t>(k) * rowSize(p.frames));
        p = {};
    }
    for (const auto& track : speakers) append(s.speakers, track->emotion, 0);
    for (const auto& track : listeners) append(s.listeners, track->emotion, 0);
    return s;
}

std::optional<MetricValues> Study::storedScores(const StudyRun& run, const std::vector<std::string>& metrics) const {
    auto sets = readScores(folderOf(run));
    const auto own = sets.find(setName(m_impl->part));
    if (own == sets.end()) return {};
    for (const std::string& metric : metrics)
        if (!usable(own->second.values, metric, m_impl->part.size())) return {};
    return std::move(own->second.values);
}

MetricValues Study::scores(const StudyRun& run, const std::vector<std::string>& metrics, JobContext& job) {
    const StudyPart& part = m_impl->part;
    const std::string set = setName(part);
    const fs::path folder = folderOf(run);
    auto sets = readScores(folder);
    StoredScores& stored = sets[set];
    MetricValues& values = stored.values;
    std::vector<std::string> wanted, single, across;
    for (const std::string& metric : metrics) {
        checkMetric(metric);
        if (!usable(values, metric, part.size())) wanted.push_back(metric);
    }
    if (wanted.empty()) return values;
    for (const std::string& metric : wanted) (betweenClips(metric) ? across : single).push_back(metric);

    const ScoreSet s = scoreSet(run, job);
    const KnownClips known(sets, s.frames);
    std::vector<int> fresh;
    for (int i = 0; i < s.clips; ++i)
        if (!known.has(single, part.index(i))) fresh.push_back(i);
    const int threads = m_impl->options.threads;
    const auto take = [&](MetricValues found) {
        for (auto& [variant, of] : found)
            for (auto& [metric, value] : of) values[variant][metric] = std::move(value);
    };
    if (single.empty() || static_cast<int>(fresh.size()) == s.clips) {
        take(computeMetrics(s, wanted, threads, job));
        m_impl->scored += s.clips;
    } else {
        if (!across.empty()) take(computeMetrics(s, across, threads, job));
        MetricValues found;
        if (!fresh.empty()) found = computeMetrics(subset(s, fresh), single, threads, job);
        m_impl->scored += static_cast<long>(fresh.size());
        std::vector<std::pair<std::string, std::string>> merged;
        for (const std::string& metric : single)
            for (const char* variant : kVariants) merged.emplace_back(variant, metric);
        if (std::find(single.begin(), single.end(), "FRSyn") != single.end())
            merged.emplace_back("official", "nan_clips");
        for (const auto& [variant, metric] : merged) {
            MetricValue& value = values[variant][metric];
            value.clips.clear();
            std::size_t next = 0;
            for (int i = 0; i < s.clips; ++i)
                value.clips.push_back(next < fresh.size() && fresh[next] == i
                                          ? found[variant][metric].clips[next++]
                                          : *known.find(variant, metric, part.index(i)));
            value.value = meanOfDefined(value.clips);
        }
    }
    for (const char* variant : kVariants) values[variant]["frames"] = {static_cast<double>(s.frames), {}};
    stored.chosen.clear();
    for (int i = 0; i < s.clips; ++i) stored.chosen.push_back(part.index(i));
    writeScores(folder, set, stored);
    return values;
}

} // namespace emc
