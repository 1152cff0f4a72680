#include "core/models/mean_statistics.h"

#include "core/api/error.h"
#include "core/api/vectors.h"
#include "core/data/safetensors.h"

namespace emc {

namespace {
std::filesystem::path fileAt(const std::filesystem::path& path) {
    return std::filesystem::is_directory(path) ? path / kMeanStatisticsFile : path;
}

struct RunningRows {
    std::vector<double> sums;
    std::size_t width;
    void add(const std::vector<float>& values) {
        if (values.size() > sums.size()) sums.resize(values.size(), 0.0);
        for (std::size_t i = 0; i < values.size(); ++i) sums[i] += values[i];
    }
    std::vector<float> means(const std::vector<long>& counts) const {
        std::vector<float> out(sums.size());
        for (std::size_t i = 0; i < sums.size(); ++i)
            out[i] = static_cast<float>(sums[i] / static_cast<double>(counts[i / width]));
        return out;
    }
};
} // namespace

MeanStatistics meanStatistics(const std::vector<Pair>& pairs, JobContext& job) {
    if (pairs.empty()) throw Error(ErrorKind::BadInput, "there is no pair to take a mean of");
    RunningRows emotion{{}, kEmotionDims}, coeffs{{}, kCoeffDims};
    std::vector<long> counts;
    for (std::size_t i = 0; i < pairs.size(); ++i) {
        job.progress(static_cast<double>(i), static_cast<double>(pairs.size()), "averaging listeners");
        const auto track = pairs[i].listener->face();
        const auto frames = static_cast<std::size_t>(std::max(0, track->frames));
        if (track->emotion.size() != frames * kEmotionDims || track->coeffs.size() != frames * kCoeffDims)
            throw Error(ErrorKind::BadInput, "the listener's track has the wrong size", pairs[i].listener->info().id);
        emotion.add(track->emotion);
        coeffs.add(track->coeffs);
        if (frames > counts.size()) counts.resize(frames, 0);
        for (std::size_t t = 0; t < frames; ++t) ++counts[t];
    }
    if (counts.empty()) throw Error(ErrorKind::BadInput, "the listeners have no frames");
    return {static_cast<int>(counts.size()), emotion.means(counts), coeffs.means(counts)};
}

void writeMeanStatistics(const MeanStatistics& statistics, const std::filesystem::path& path) {
    SafetensorsWriter writer;
    writer.addF32("sequence_emotion", {statistics.frames, kEmotionDims}, statistics.emotion);
    writer.addF32("sequence_coeffs", {statistics.frames, kCoeffDims}, statistics.coeffs);
    writer.meta("format", "emc-studio mean statistics 1");
    writer.write(fileAt(path));
}

void writeMeanStatistics(const std::vector<Pair>& pairs, const std::filesystem::path& path, JobContext& job) {
    writeMeanStatistics(meanStatistics(pairs, job), path);
}

MeanStatistics readMeanStatistics(const std::filesystem::path& path) {
    const SafetensorsFile file = SafetensorsFile::open(fileAt(path));
    MeanStatistics statistics;
    statistics.emotion = file.readF32("sequence_emotion", {-1, kEmotionDims});
    statistics.coeffs = file.readF32("sequence_coeffs", {-1, kCoeffDims});
    statistics.frames = static_cast<int>(statistics.emotion.size() / kEmotionDims);
    if (statistics.frames < 1 || statistics.coeffs.size() != static_cast<std::size_t>(statistics.frames) * kCoeffDims)
        throw Error(ErrorKind::BadInput, "the mean statistics have no frames or their parts differ in length",
                    file.path().string());
    return statistics;
}

} // namespace emc
