#include "core/eval/metric_engine.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/api/error.h"
#include "core/eval/ccc.h"
#include "core/eval/lag_search.h"
#include "core/eval/parallel.h"

namespace emc {

namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
// Listeners laid out at a time: bounds the memory when a clip has very many.
constexpr int kListenersAtOnce = 32;

std::size_t sz(std::ptrdiff_t n) {
    return static_cast<std::size_t>(n);
}

struct CourseMoments {
    std::vector<double> mean, variance; // population variance
    void set(const MetricKernels& kernels, const float* x, int frames, int dims) {
        mean.resize(sz(dims));
        variance.resize(sz(dims));
        kernels.sums(x, frames, dims, mean.data());
        for (double& m : mean) m /= frames;
        kernels.squares(x, frames, dims, mean.data(), variance.data());
        for (double& v : variance) v /= frames;
    }
};

} // namespace

void MetricItems::resize(int newClips, int newSamples, int newDims) {
    clips = newClips;
    samples = newSamples;
    dims = newDims;
    const std::size_t items = sz(clips) * sz(samples);
    ccc.assign(items, kNaN);
    cccNeighbour.assign(items, -1);
    cccDims.assign(items * sz(dims), kNaN);
    dist.assign(items, {});
    variance.assign(items * sz(dims), kNaN);
    spread.assign(sz(clips) * sz(dims), 0);
    spreadOf.assign(items, 0);
    across.assign(sz(samples) * sz(dims), 0);
    acrossOf.assign(items, 0);
    offset.assign(items, 0);
    bestLag.assign(items, kNaN);
    nanLag.assign(items, 0);
}

MetricEngine::MetricEngine(const MetricInputs& inputs, const MetricRequest& request, JobContext& job)
    : m_in(inputs), m_request(request), m_job(job), m_kernels(metricKernels(request.simd)),
      m_course(static_cast<std::ptrdiff_t>(inputs.frames) * inputs.dims), m_samples(inputs.samples),
      m_threads(threadCount(request.threads)) {
    const auto demand = [](bool ok, const char* problem) {
        if (!ok) throw Error(ErrorKind::Usage, problem);
    };
    const std::size_t n = sz(inputs.clips), course = sz(m_course);
    demand(inputs.clips >= 1 && inputs.samples >= 1 && inputs.frames >= 1 && inputs.dims >= 1,
           "there must be at least one clip, sample, frame and dimension");
    demand(inputs.predictions.size() == n * sz(inputs.samples) * course,
           "the predictions do not have clips x samples x frames x dims numbers");
    demand(inputs.targets.empty() || inputs.targets.size() == n * course,
           "the real listeners do not have clips x frames x dims numbers");
    demand(inputs.speakers.empty() || inputs.speakers.size() == n * course,
           "the speakers do not have clips x frames x dims numbers");
    demand(inputs.neighbours.empty() || inputs.neighbours.size() == n * n,
           "the neighbour matrix does not have clips x clips entries");
    demand(inputs.lengths.empty() || inputs.lengths.size() == n, "there is not one length for each clip");
    for (int length : inputs.lengths)
        demand(length >= 1 && length <= inputs.frames, "a clip's length is not between 1 and the number of frames");
    demand(request.clipNames.empty() || request.clipNames.size() == n, "there is not one name for each clip");
}

std::string MetricEngine::clipName(int clip) const {
    const std::string number = "clip " + std::to_string(clip);
    return m_request.clipNames.empty() ? number : number + " (" + m_request.clipNames[sz(clip)] + ")";
}

std::vector<int> MetricEngine::neighboursOf(int clip) const {
    std::vector<int> ids;
    for (int j = 0; j < m_in.clips; ++j)
        if (m_in.neighbours[sz(clip) * sz(m_in.clips) + sz(j)]) ids.push_back(j);
    return ids;
}

template <class Work>
void MetricEngine::forClips(const std::vector<std::uint8_t>& wanted, int perClip, const char* text, Work&& work) const {
    std::vector<int> clips;
    for (int n = 0; n < m_in.clips; ++n)
        if (std::any_of(wanted.begin() + n * perClip, wanted.begin() + (n + 1) * perClip,
                        [](std::uint8_t mark) { return mark != 0; }))
            clips.push_back(n);
    parallelFor(static_cast<int>(clips.size()), m_threads, m_job, text,
                [&](int i, int thread) { work(clips[sz(i)], thread); });
}

void MetricEngine::checkFinite() const {
    enum Kind : std::uint8_t { Fine, Prediction, Target, Speaker };
    std::vector<Kind> faults(sz(m_in.clips), Fine);
    parallelFor(m_in.clips, m_threads, m_job, "Checking the numbers", [&](int n, int) {
        const std::ptrdiff_t numbers = static_cast<std::ptrdiff_t>(frames(n)) * m_in.dims;
        for (int k = 0; k < m_in.samples; ++k)
            if (!m_kernels.finite(prediction(n, k), numbers)) faults[sz(n)] = Prediction;
        if (faults[sz(n)] != Fine) return;
        if (!m_in.targets.empty() && !m_kernels.finite(target(n), numbers)) faults[sz(n)] = Target;
        else if (!m_in.speakers.empty() && !m_kernels.finite(speaker(n), numbers)) faults[sz(n)] = Speaker;
    });
    for (int n = 0; n < m_in.clips; ++n) {
        const Kind kind = faults[sz(n)];
        if (kind == Fine) continue;
        throw Error(ErrorKind::BadInput,
                    std::string("the ") +
                        (kind == Prediction ? "predictions"
                         : kind == Target   ? "real listener"
                                            : "speaker") +
                        " of " + clipName(n) + " hold a number that is not finite",
                    {}, "NaN would turn into a best or worst score by chance; leave the clip out or mend it");
    }
}

void MetricEngine::correlate(MetricItems& items, const Mask& wanted) const {
    const int K = m_in.samples, D = m_in.dims;
    std::vector<std::uint8_t> used(sz(m_in.clips), 0);
    for (int n = 0; n < m_in.clips; ++n)
        if (std::any_of(wanted.begin() + n * K, wanted.begin() + (n + 1) * K, [](auto m) { return m != 0; }))
            for (int j : neighboursOf(n)) used[sz(j)] = 1;
    std::vector<CourseMoments> targets(sz(m_in.clips));
    forClips(used, 1, "FRCorr", [&](int j, int) { targets[sz(j)].set(m_kernels, target(j), frames(j), D); });
    forClips(wanted, K, "FRCorr", [&](int n, int) {
        const std::vector<int> ids = neighboursOf(n);
        CourseMoments own, common, other;
        std::vector<double> products(sz(D)), dims(sz(D));
        for (int k = 0; k < K; ++k) {
            const std::size_t item = sz(n) * sz(K) + sz(k);
            if (!wanted[item]) continue;
            const float* x = prediction(n, k);
            own.set(m_kernels, x, frames(n), D);
            items.ccc[item] = kNaN;
            items.cccNeighbour[item] = -1;
            std::fill_n(items.cccDims.begin() + static_cast<std::ptrdiff_t>(item * sz(D)), D, kNaN);
            for (int j : ids) {
                const int shared = std::min(frames(n), frames(j));
                const CourseMoments *mine = &own, *theirs = &targets[sz(j)];
                if (shared < frames(n)) common.set(m_kernels, x, shared, D), mine = &common;
                if (shared < frames(j)) other.set(m_kernels, target(j), shared, D), theirs = &other;
                m_kernels.products(target(j), theirs->mean.data(), x, mine->mean.data(), shared, D, products.data());
                double sum = 0;
                for (std::size_t c = 0; c < sz(D); ++c) {
                    dims[c] = cccOfMoments(theirs->mean[c], theirs->variance[c], mine->mean[c], mine->variance[c],
                                           products[c] / shared);
                    sum += dims[c];
                }
                const double ccc = sum / D;
                if (items.cccNeighbour[item] >= 0 && !(ccc > items.ccc[item])) continue;
                items.ccc[item] = ccc;
                items.cccNeighbour[item] = j;
                std::copy(dims.begin(), dims.end(), items.cccDims.begin() + static_cast<std::ptrdiff_t>(item * sz(D)));
            }
        }
    });
}

void MetricEngine::warp(MetricItems& items, const Mask& wanted) const {
    if (m_in.dims != kDtwDims) throw Error(ErrorKind::Usage, "FRDist is defined for the 25 emotion columns only");
    if (m_request.device != "cpu") return warpOnDevice(items, wanted);
    struct Worker {
        DistSearch search;
        DtwRows rows;
        std::vector<DtwColumns> listeners{kListenersAtOnce};
        std::vector<int> ids;
    };
    std::vector<std::unique_ptr<Worker>> workers(sz(m_threads));
    const int K = m_in.samples;
    forClips(wanted, K, "FRDist", [&](int n, int thread) {
        auto& worker = workers[sz(thread)];
        if (!worker) worker.reset(new Worker{DistSearch(m_kernels, m_request.prune), {}, {}, {}});
        worker->listeners.resize(kListenersAtOnce);
        const std::vector<int> ids = neighboursOf(n);
        for (int k = 0; k < K; ++k)
            if (wanted[sz(n) * sz(K) + sz(k)]) items.dist[sz(n) * sz(K) + sz(k)] = {};
        for (std::size_t begin = 0; begin < ids.size(); begin += kListenersAtOnce) {
            const std::size_t end = std::min(begin + kListenersAtOnce, ids.size());
            worker->ids.assign(ids.begin() + static_cast<std::ptrdiff_t>(begin),
                               ids.begin() + static_cast<std::ptrdiff_t>(end));
            for (std::size_t a = 0; a < worker->ids.size(); ++a)
                worker->listeners[a].set(target(worker->ids[a]), frames(worker->ids[a]));
            for (int k = 0; k < K; ++k) {
                if (!wanted[sz(n) * sz(K) + sz(k)]) continue;
                m_job.checkpoint();
                worker->rows.set(prediction(n, k), frames(n));
                worker->search.improve(worker->rows, worker->listeners, worker->ids,
                                       static_cast<int>(worker->ids.size()), items.dist[sz(n) * sz(K) + sz(k)]);
            }
        }
    });
    for (const auto& worker : workers)
        if (worker) items.counts += worker->search.counts();
}

void MetricEngine::vary(MetricItems& items, const Mask& wanted) const {
    const int K = m_in.samples, D = m_in.dims;
    forClips(wanted, K, "FRVar", [&](int n, int) {
        std::vector<double> mean(sz(D));
        for (int k = 0; k < K; ++k) {
            const std::size_t item = sz(n) * sz(K) + sz(k);
            if (!wanted[item] || frames(n) < 2) continue;
            double* variance = items.variance.data() + item * sz(D);
            m_kernels.sums(prediction(n, k), frames(n), D, mean.data());
            for (double& m : mean) m /= frames(n);
            m_kernels.squares(prediction(n, k), frames(n), D, mean.data(), variance);
            // In this order the plain twin rounds too.
            for (int c = 0; c < D; ++c) variance[c] = variance[c] / frames(n) * frames(n) / (frames(n) - 1);
        }
    });
}

void MetricEngine::spread(MetricItems& items, const std::vector<std::uint8_t>& clips) const {
    const int K = m_in.samples, D = m_in.dims;
    std::vector<Spread> memory(sz(m_threads));
    forClips(clips, 1, "FRDiv", [&](int n, int thread) {
        double* perDim = items.spread.data() + sz(n) * sz(D);
        double* perSample = items.spreadOf.data() + sz(n) * sz(K);
        std::fill_n(perDim, D, 0.0);
        std::fill_n(perSample, K, 0.0);
        for (int first = 0; first < frames(n); first += kSpreadFrames)
            memory[sz(thread)].add(m_kernels, prediction(n, 0), m_course, K, 0, nullptr, first,
                                   std::min(kSpreadFrames, frames(n) - first), D, perDim,
                                   m_request.details ? perSample : nullptr);
    });
}

void MetricEngine::across(MetricItems& items, const std::vector<std::uint8_t>& slots) const {
    const int N = m_in.clips, K = m_in.samples, D = m_in.dims;
    const int parts = (m_in.frames + kSpreadFrames - 1) / kSpreadFrames;
    int longest = 0;
    for (int n = 1; n < N; ++n)
        if (frames(n) > frames(longest)) longest = n;
    // Parts are summed in their order afterwards, so that threads cannot change the rounding.
    std::vector<double> perDim(sz(K) * sz(parts) * sz(D), 0);
    std::vector<double> perClip(m_request.details ? sz(K) * sz(parts) * sz(N) : 0, 0);
    std::vector<Spread> memory(sz(m_threads));
    std::vector<int> tasks;
    for (int k = 0; k < K; ++k)
        for (int part = 0; part < parts && slots[sz(k)]; ++part) tasks.push_back(k * parts + part);
    parallelFor(static_cast<int>(tasks.size()), m_threads, m_job, "FRDvs", [&](int i, int thread) {
        const int task = tasks[sz(i)], k = task / parts, first = task % parts * kSpreadFrames;
        memory[sz(thread)].add(m_kernels, prediction(0, k), m_samples * m_course, N, longest,
                               m_in.lengths.empty() ? nullptr : m_in.lengths.data(), first,
                               std::min(kSpreadFrames, m_in.frames - first), D, perDim.data() + sz(task) * sz(D),
                               m_request.details ? perClip.data() + sz(task) * sz(N) : nullptr);
    });
    for (int k = 0; k < K; ++k) {
        if (!slots[sz(k)]) continue;
        const auto reduce = [&](const std::vector<double>& from, std::vector<double>& to, int width) {
            std::fill_n(to.begin() + k * width, width, 0.0);
            for (int part = 0; part < parts && !from.empty(); ++part)
                for (int i = 0; i < width; ++i)
                    to[sz(k) * sz(width) + sz(i)] += from[sz(k * parts + part) * sz(width) + sz(i)];
        };
        reduce(perDim, items.across, D);
        reduce(perClip, items.acrossOf, N);
    }
}

void MetricEngine::lag(MetricItems& items, const Mask& wanted) const {
    const int K = m_in.samples;
    forClips(wanted, K, "FRSyn", [&](int n, int) {
        LagSeries x, y;
        LagSearch search(m_kernels);
        std::vector<double> official, fixed;
        y.set(speaker(n), frames(n), m_in.dims);
        for (int k = 0; k < K; ++k) {
            const std::size_t item = sz(n) * sz(K) + sz(k);
            if (!wanted[item]) continue;
            x.set(prediction(n, k), frames(n), m_in.dims);
            search.correlate(x, y, &official, &fixed);
            items.offset[item] = officialLagOffset(official);
            items.nanLag[item] = std::any_of(official.begin(), official.end(), [](double r) { return std::isnan(r); });
            int best = 0;
            items.bestLag[item] = bestLag(fixed, &best) ? best : kNaN;
        }
    });
}

} // namespace emc
