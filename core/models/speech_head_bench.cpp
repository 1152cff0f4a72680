#include "core/models/speech_head_bench.h"

#include <unistd.h>

#include <chrono>

#include "core/api/error.h"
#include "core/data/pair_source.h"
#include "core/models/official_features.h"
#include "core/train/prepare.h"
#include "core/train/speech_head.h"

namespace emc {

namespace {
Clips usableSpeakers(const SpeechHeadBench& bench, const char* partition, const TrainServices& services) {
    std::vector<Pair> usable;
    for (Pair& pair : openPairs(bench.corpus, partition, services.frames, services.sounds)->pairs())
        if (pair.speaker->info().hasFace && pair.speaker->info().hasSpeech) usable.push_back(std::move(pair));
    if (usable.empty())
        throw Error(ErrorKind::BadInput, std::string("no speaker of the ") + partition + " part has a face and a voice",
                    bench.corpus.string());
    return speakersOf(usable);
}

class Reader {
public:
    Reader(const SpeechHeadBench& bench, const TrainServices& services, ClipStore& store)
        : m_bench(bench), m_services(services), m_store(store), m_features(bench.weights, bench.untrainedSeed) {}

    SpeechExample read(const Clip& clip, JobContext& job) {
        const auto plain = m_store.get(clip);
        torch::Tensor sound = plain->mfcc;
        if (m_bench.input != "mfcc") {
            int rows = 0;
            std::vector<float> values = m_features.make(clip, m_bench.input, m_services.sounds, job, &rows);
            sound =
                torch::from_blob(values.data(), {rows, officialNetwork(m_bench.input).width}, torch::kFloat32).clone();
            // The last frames of a sound that ends early hear what was heard last.
            const torch::Tensor from = torch::arange(plain->emotion.size(0), torch::kLong).clamp_max(int64_t(rows) - 1);
            sound = sound.index_select(0, from);
        }
        const int64_t frames = std::min(sound.size(0), plain->emotion.size(0));
        return {sound.narrow(0, 0, frames), plain->emotion.narrow(0, 0, frames)};
    }

private:
    const SpeechHeadBench& m_bench;
    const TrainServices& m_services;
    ClipStore& m_store;
    OfficialFeatures m_features;
};
} // namespace

SpeechHeadFigures benchSpeechHead(const SpeechHeadBench& bench, const TrainServices& services, JobContext& job) {
    using Clock = std::chrono::steady_clock;
    const auto since = [](Clock::time_point start) {
        return std::chrono::duration<double>(Clock::now() - start).count();
    };
    if (bench.input != "mfcc" && officialNetwork(bench.input).readsFace)
        throw Error(ErrorKind::Usage, bench.input + " does not hear", {}, "Use mfcc, vggish or wav2vec2");
    Clips train = usableSpeakers(bench, "train", services);
    if (bench.clips > 0) train.resize(std::min(train.size(), static_cast<std::size_t>(bench.clips)));
    const Clips val = scoredSpeakers(usableSpeakers(bench, "val", services));
    const std::filesystem::path cache = services.cache.empty() ? defaultCacheFolder() : services.cache;
    ClipStore store(cache / "clips", cache / "clips", services.prepare.memoryBudget);
    Reader reader(bench, services, store);
    SpeechHeadFigures result;
    const auto start = Clock::now();
    std::vector<SpeechExample> examples; // held in memory: a hundred clips of 512 numbers a frame are 150 MB
    const Clips* const parts[] = {&train, &val};
    for (const Clips* part : parts)
        for (const auto& clip : *part) {
            job.progress(static_cast<double>(examples.size()), static_cast<double>(train.size() + val.size()),
                         "hearing " + clip->info().id);
            examples.push_back(reader.read(*clip, job));
        }
    result.featureSeconds = since(start);
    result.train = static_cast<int>(train.size());
    result.val = static_cast<int>(val.size());
    result.inputs = static_cast<int>(examples.front().sound.size(1));
    const std::filesystem::path partial =
        std::filesystem::temp_directory_path() / ("emc-speech-head-" + std::to_string(getpid()) + ".safetensors");
    const auto fitted = Clock::now();
    const SpeechExamples all{result.train, result.val, result.inputs,
                             [&](int i) { return examples[static_cast<std::size_t>(i)]; },
                             [&](int i) { return examples[static_cast<std::size_t>(result.train + i)]; }};
    result.figures = trainSpeechHead(all, services.prepare, partial, job).figures;
    result.fitSeconds = since(fitted);
    std::error_code ignored;
    std::filesystem::remove(partial, ignored);
    return result;
}

} // namespace emc
