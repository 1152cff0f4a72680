// The trivial baselines of REACT (models.md 2.8): they tell what a score is worth.
#include <algorithm>
#include <chrono>

#include "core/api/error.h"
#include "core/api/reaction_model.h"
#include "core/models/mean_statistics.h"
#include "core/nn/noise.h"

namespace emc {

namespace {
// Gives one sample's tracks; `sample` counts for models that draw.
class Baseline : public ReactionModel {
public:
    Baseline(ModelInfo info, bool draws) : m_info(std::move(info)), m_draws(draws) {}
    const ModelInfo& info() const override { return m_info; }

    Reactions react(const Clip& clip, const ReactOptions& options, JobContext& job) override {
        const auto start = std::chrono::steady_clock::now();
        const auto seconds = [&] {
            return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
        };
        job.checkpoint();
        if (options.samples < 1) throw Error(ErrorKind::Usage, "at least one sample is needed");
        Reactions out;
        out.frames = options.frames > 0 ? std::min(options.frames, clip.info().frames) : clip.info().frames;
        if (out.frames < 1) throw Error(ErrorKind::BadInput, "the clip has no frames", clip.info().id);
        out.meta = {{"model", m_info.name},
                    {"condition", m_info.condition},
                    {"clip", clip.info().id},
                    {"clip_hash", clip.info().contentHash},
                    {"seed", std::to_string(options.seed)},
                    {"deterministic", m_draws ? "false" : "true"}};
        const int shown = std::clamp(options.displayedSample, 0, options.samples - 1);
        prepare(clip, options, out.frames);
        std::vector<float> emotion, coeffs;
        out.samples = 1;
        sample(options.seed, shown, out.frames, out.emotion, out.coeffs);
        out.timings.firstSampleS = seconds();
        if (options.onDisplayedSample) options.onDisplayedSample(out);
        out.samples = options.samples;
        const std::vector<float> shownEmotion = std::move(out.emotion), shownCoeffs = std::move(out.coeffs);
        out.emotion.clear();
        out.coeffs.clear();
        for (int k = 0; k < options.samples; ++k) {
            job.progress(k, options.samples, "sampling reactions");
            emotion = shownEmotion;
            coeffs = shownCoeffs;
            if (m_draws && k != shown) sample(options.seed, k, out.frames, emotion, coeffs);
            out.emotion.insert(out.emotion.end(), emotion.begin(), emotion.end());
            out.coeffs.insert(out.coeffs.end(), coeffs.begin(), coeffs.end());
        }
        out.timings.allSamplesS = seconds();
        return out;
    }

protected:
    virtual void prepare(const Clip&, const ReactOptions&, int) {}
    virtual void sample(std::uint64_t seed, int k, int frames, std::vector<float>& emotion,
                        std::vector<float>& coeffs) = 0;

private:
    ModelInfo m_info;
    bool m_draws;
};

// Repeats row min(t, rows-1).
std::vector<float> heldRows(const std::vector<float>& table, std::size_t width, int frames) {
    const auto rows = static_cast<int>(table.size() / width);
    std::vector<float> out;
    for (int t = 0; t < frames; ++t) {
        const auto row = table.begin() + static_cast<std::ptrdiff_t>(width) * std::min(t, rows - 1);
        out.insert(out.end(), row, row + static_cast<std::ptrdiff_t>(width));
    }
    return out;
}

class Mime : public Baseline {
public:
    using Baseline::Baseline;

protected:
    void prepare(const Clip& clip, const ReactOptions& options, int frames) override {
        std::vector<bool> missing = frameMask(options.availability.faceMissing, frames);
        if (!clip.info().hasFace || std::find(missing.begin(), missing.end(), false) == missing.end())
            throw Error(ErrorKind::BadInput, "the face is missing, and mime has nothing else", clip.info().id);
        const auto track = clip.face();
        if (track->frames < 1) throw Error(ErrorKind::BadInput, "the clip has no face rows", clip.info().id);
        m_emotion = heldRows(track->emotion, kEmotionDims, frames);
        m_coeffs = heldRows(track->coeffs, kCoeffDims, frames);
        // A missing frame repeats the last one that was there; before the first one, that one.
        int last = static_cast<int>(std::find(missing.begin(), missing.end(), false) - missing.begin());
        for (int t = 0; t < frames; ++t) {
            if (!missing[static_cast<std::size_t>(t)]) last = t;
            std::copy_n(m_emotion.begin() + last * kEmotionDims, kEmotionDims, m_emotion.begin() + t * kEmotionDims);
            std::copy_n(m_coeffs.begin() + last * kCoeffDims, kCoeffDims, m_coeffs.begin() + t * kCoeffDims);
        }
    }
    void sample(std::uint64_t, int, int, std::vector<float>& emotion, std::vector<float>& coeffs) override {
        emotion = m_emotion;
        coeffs = m_coeffs;
    }

private:
    std::vector<float> m_emotion, m_coeffs;
};

class Mean : public Baseline {
public:
    Mean(ModelInfo info, MeanStatistics statistics)
        : Baseline(std::move(info), false), m_statistics(std::move(statistics)) {}

protected:
    void sample(std::uint64_t, int, int frames, std::vector<float>& emotion, std::vector<float>& coeffs) override {
        emotion = heldRows(m_statistics.emotion, kEmotionDims, frames);
        coeffs = heldRows(m_statistics.coeffs, kCoeffDims, frames);
    }

private:
    MeanStatistics m_statistics;
};

class Random : public Baseline {
public:
    using Baseline::Baseline;

protected:
    void prepare(const Clip& clip, const ReactOptions&, int) override { m_clip = textSeed(clip.info().id); }
    void sample(std::uint64_t seed, int k, int frames, std::vector<float>& emotion,
                std::vector<float>& coeffs) override {
        emotion = uniformNoise(mixedSeed(mixedSeed(seed, m_clip), static_cast<std::uint64_t>(k)),
                               static_cast<std::size_t>(frames) * kEmotionDims);
        coeffs.clear();
    }

private:
    std::uint64_t m_clip = 0;
};

ModelInfo describe(const char* name, const char* label, const char* help) {
    ModelInfo info;
    info.name = info.host = name;
    info.label = label;
    info.help = help;
    info.condition = "baseline";
    return info;
}

MeanStatistics framesMean(MeanStatistics sequence) { // the mean over time, as one row
    const auto reduce = [&](std::vector<float>& table, std::size_t width) {
        std::vector<double> sum(width, 0.0);
        for (std::size_t i = 0; i < table.size(); ++i) sum[i % width] += table[i];
        table.resize(width);
        for (std::size_t c = 0; c < width; ++c) table[c] = static_cast<float>(sum[c] / sequence.frames);
    };
    reduce(sequence.emotion, kEmotionDims);
    reduce(sequence.coeffs, kCoeffDims);
    sequence.frames = 1;
    return sequence;
}

bool addMean(ModelInfo info, bool onlyFrame) {
    info.needsCheckpoint = true;
    return ModelCatalogue::shared().add(
        {info,
         [info, onlyFrame](const CheckpointRef& ref) -> std::unique_ptr<ReactionModel> {
             const auto path = ref.path.empty() ? ref.corpus : ref.path;
             if (path.empty())
                 throw Error(ErrorKind::NotFound, info.name + " needs the statistics of a training set", {},
                             "Name a run folder or its " + std::string(kMeanStatisticsFile));
             MeanStatistics statistics = readMeanStatistics(path);
             ModelInfo own = info;
             own.checkpoint = path.string();
             return std::make_unique<Mean>(own, onlyFrame ? framesMean(statistics) : statistics);
         },
         {}});
}

bool addMime() {
    ModelInfo info = describe("mime", "Mime", "Copies the speaker's face; the same for every seed.");
    info.modalities = {Modality::Face};
    return ModelCatalogue::shared().add(
        {info, [info](const CheckpointRef&) { return std::make_unique<Mime>(info, false); }, {}});
}

bool addRandom() {
    ModelInfo info =
        describe("random", "Random", "Uniform noise in every number, no face coefficients; ignores the clip.");
    info.givesCoeffs = false;
    return ModelCatalogue::shared().add(
        {info, [info](const CheckpointRef&) { return std::make_unique<Random>(info, true); }, {}});
}

const bool g_registered =
    addMime() && addRandom() &&
    addMean(describe("mean-sequence", "Mean sequence",
                     "The training listeners' mean at each frame; the same for every clip and seed."),
            false) &&
    addMean(describe("mean-frame", "Mean frame",
                     "The training listeners' mean over all frames; the same for every clip, frame and seed."),
            true);
} // namespace

} // namespace emc
