#include "core/eval/dtw_series.h"

#include <algorithm>

namespace emc {

namespace {

// Means of blocks of kCoarse frames, the last one shorter; block b of dimension c goes to out(c, b).
template <class Put>
void coarsen(const float* course, int frames, Put put) {
    for (int begin = 0, b = 0; begin < frames; begin += kCoarse, ++b) {
        const int end = std::min(begin + kCoarse, frames);
        float sum[kDtwDims] = {};
        for (int t = begin; t < end; ++t)
            for (int c = 0; c < kDtwDims; ++c) sum[c] += course[t * kDtwDims + c];
        for (int c = 0; c < kDtwDims; ++c) put(c, b, sum[c] / static_cast<float>(end - begin));
    }
}

void range(const float* course, int frames, float* low, float* high) {
    std::copy(course, course + kDtwDims, low);
    std::copy(course, course + kDtwDims, high);
    for (int t = 1; t < frames; ++t)
        for (int c = 0; c < kDtwDims; ++c) {
            low[c] = std::min(low[c], course[t * kDtwDims + c]);
            high[c] = std::max(high[c], course[t * kDtwDims + c]);
        }
}

} // namespace

void DtwRows::set(const float* course, int frames) {
    m_frames = frames;
    m_stride = frames + kDtwPad;
    m_single.assign(static_cast<std::size_t>(m_stride) * kDtwDims, 0);
    m_double.assign(m_single.size(), 0);
    for (int c = 0; c < kDtwDims; ++c)
        for (int t = 0; t < frames; ++t) {
            const float value = course[t * kDtwDims + c];
            m_single[static_cast<std::size_t>(c * m_stride + t)] = value;
            m_double[static_cast<std::size_t>(c * m_stride + t)] = value;
        }
    range(course, frames, m_low, m_high);
    m_coarseFrames = (frames + kCoarse - 1) / kCoarse;
    m_coarseStride = m_coarseFrames + kDtwPad;
    m_coarse.assign(static_cast<std::size_t>(m_coarseStride) * kDtwDims, 0);
    coarsen(course, frames,
            [&](int c, int b, float mean) { m_coarse[static_cast<std::size_t>(c * m_coarseStride + b)] = mean; });
}

void DtwColumns::set(const float* course, int frames) {
    m_frames = frames;
    m_stride = frames + 2 * kDtwPad;
    m_single.assign(static_cast<std::size_t>(m_stride) * kDtwDims, 0);
    m_double.assign(m_single.size(), 0);
    for (int c = 0; c < kDtwDims; ++c)
        for (int t = 0; t < frames; ++t) {
            const float value = course[t * kDtwDims + c];
            const auto at = static_cast<std::size_t>(c * m_stride + kDtwPad + frames - 1 - t);
            m_single[at] = value;
            m_double[at] = value;
        }
    range(course, frames, m_low, m_high);
    m_coarseFrames = (frames + kCoarse - 1) / kCoarse;
    m_coarseStride = m_coarseFrames + 2 * kDtwPad;
    m_coarse.assign(static_cast<std::size_t>(m_coarseStride) * kDtwDims, 0);
    coarsen(course, frames, [&](int c, int b, float mean) {
        m_coarse[static_cast<std::size_t>(c * m_coarseStride + kDtwPad + m_coarseFrames - 1 - b)] = mean;
    });
    for (int g = 0; g < kDtwGroups; ++g) findRuns(course, g);
}

void DtwColumns::findRuns(const float* course, int group) {
    Runs& runs = m_runs[group];
    const int first = kDtwGroup[group].begin, dims = kDtwGroup[group].end - first;
    runs.begin.clear();
    runs.doubles.clear();
    runs.of.resize(static_cast<std::size_t>(m_frames + 2 * kDtwPad));
    runs.since.resize(runs.of.size());
    for (int t = 0; t < m_frames; ++t) {
        const float* now = course + t * kDtwDims + first;
        if (t == 0 || !std::equal(now, now + dims, now - kDtwDims)) {
            runs.begin.push_back(t);
            runs.doubles.insert(runs.doubles.end(), now, now + dims);
        }
        runs.of[static_cast<std::size_t>(kDtwPad + t)] = static_cast<std::int32_t>(runs.begin.size()) - 1;
    }
    runs.singles.assign(runs.doubles.begin(), runs.doubles.end());
    runs.count = static_cast<int>(runs.begin.size());
    // Every run costs what a column costs, and mixing them into vectors costs something too.
    if (runs.count * 4 > m_frames) {
        runs.count = 0;
        return;
    }
    runs.shortest = m_frames;
    for (std::size_t r = 0; r + 1 < runs.begin.size(); ++r)
        runs.shortest = std::min(runs.shortest, runs.begin[r + 1] - runs.begin[r]);
    for (int t = -kDtwPad; t < m_frames + kDtwPad; ++t) {
        const auto at = static_cast<std::size_t>(kDtwPad + t);
        if (t < 0) runs.of[at] = 0;
        if (t >= m_frames) runs.of[at] = runs.count - 1;
        runs.since[at] = t < 0 ? 0 : std::min(kDtwPad, t - runs.begin[static_cast<std::size_t>(runs.of[at])] + 1);
    }
}

} // namespace emc
