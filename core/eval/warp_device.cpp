// FRDist on a GPU: every pair in full (no pruning: the device is faster than the bounds), the nearest found here.
#include <algorithm>

#include "core/api/error.h"
#include "core/eval/cuda_plugin.h"
#include "core/eval/metric_engine.h"

namespace emc {

void MetricEngine::warpOnDevice(MetricItems& items, const Mask& wanted) const {
    if (m_request.device != "cuda")
        throw Error(ErrorKind::Usage, "there is no device \"" + m_request.device + "\"", {}, "Devices: cpu, cuda");
    const CudaPlugin& plugin = cudaPlugin();
    char message[512] = {};
    const auto failed = [&] { throw Error(ErrorKind::Io, std::string("CUDA: ") + message, "FRDist"); };
    const auto sz = [](int n) { return static_cast<std::size_t>(n); };
    std::vector<int> lengths(sz(m_in.clips));
    for (int n = 0; n < m_in.clips; ++n) lengths[sz(n)] = frames(n);
    std::unique_ptr<EmcCudaDtw, EmcCudaDtwClose> dtw(
        plugin.dtwOpen(m_in.targets.data(), m_in.clips, m_in.frames, lengths.data(), message, sizeof message),
        plugin.dtwClose);
    if (!dtw) failed();
    constexpr int kClipsAtOnce = 64; // bounds the device's memory
    const int K = m_in.samples;
    std::vector<int> sampleLengths, rows, columns;
    std::vector<double> sums;
    for (int begin = 0; begin < m_in.clips; begin += kClipsAtOnce) {
        const int end = std::min(begin + kClipsAtOnce, m_in.clips);
        sampleLengths.clear();
        rows.clear();
        columns.clear();
        for (int n = begin; n < end; ++n) {
            const std::vector<int> ids = neighboursOf(n);
            for (int k = 0; k < K; ++k) {
                sampleLengths.push_back(frames(n));
                if (!wanted[sz(n) * sz(K) + sz(k)]) continue;
                items.dist[sz(n) * sz(K) + sz(k)] = {};
                for (int j : ids) {
                    rows.push_back((n - begin) * K + k);
                    columns.push_back(j);
                }
            }
        }
        sums.resize(rows.size() * kDtwGroups);
        m_job.progress(begin, m_in.clips, "FRDist on the GPU");
        if (!rows.empty() &&
            plugin.dtwRun(dtw.get(), prediction(begin, 0), (end - begin) * K, sampleLengths.data(), rows.data(),
                          columns.data(), static_cast<long>(rows.size()), sums.data(), message, sizeof message) != 0)
            failed();
        for (std::size_t pair = 0; pair < rows.size(); ++pair) {
            double groups[kDtwGroups];
            std::copy_n(sums.begin() + static_cast<std::ptrdiff_t>(pair * kDtwGroups), kDtwGroups, groups);
            const double distance = groupedDistance(groups);
            DistAnswer& answer = items.dist[sz(begin) * sz(K) + sz(rows[pair])];
            if (answer.neighbour >= 0 && !(distance < answer.distance)) continue; // pairs come by rising index
            answer.distance = distance;
            answer.neighbour = columns[pair];
            std::copy(groups, groups + kDtwGroups, answer.sums);
        }
        items.counts.pairs += static_cast<long>(rows.size());
        items.counts.computed += static_cast<long>(rows.size());
    }
    m_job.progress(m_in.clips, m_in.clips, "FRDist on the GPU");
}

} // namespace emc
