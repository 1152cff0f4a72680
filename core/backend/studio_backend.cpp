#include "core/backend/studio_backend.h"

#include <mutex>

#include "core/backend/checkpoint_import.h"
#include "core/backend/studio_studies.h"
#include "core/data/clip_folder.h"
#include "core/eval/metrics.h"
#include "core/nn/device.h"
#include "core/runs/run_record.h"
#include "core/train/train_group.h"
#include "core/train/train_services.h"
#ifdef EMC_WITH_MEDIA
#include "core/media/ingest.h"
#include "core/media/sound.h"
#include "core/media/video.h"
#endif

namespace emc {

namespace fs = std::filesystem;

namespace {

[[noreturn]] [[maybe_unused]] void withoutMedia(const fs::path& path) {
    throw Error(ErrorKind::Unsupported, "this build has no video and sound", path.string(),
                "Build with -DEMC_MEDIA=ON, or work from packs and cached features");
}

} // namespace

FrameOpener studioFrameOpener() {
#ifdef EMC_WITH_MEDIA
    return [](const fs::path& path, int size) { return openVideo(path, size); };
#else
    return [](const fs::path& path, int) -> std::unique_ptr<FrameReader> { withoutMedia(path); };
#endif
}

SoundLoader studioSoundLoader() {
#ifdef EMC_WITH_MEDIA
    return [](const fs::path& path, int rateHz) { return loadSound(path, rateHz); };
#else
    return {};
#endif
}

TrainServices studioTrainServices() {
    TrainServices services;
    services.frames = studioFrameOpener();
    services.sounds = studioSoundLoader();
    return services;
}

std::shared_ptr<const Clip> openStudioClip(const fs::path& path) {
    return openClip(path, studioFrameOpener(), studioSoundLoader());
}

std::unique_ptr<ReactionModel> openStudioModel(const std::string& name, const fs::path& checkpoint,
                                               const std::string& device, int threads) {
    const ModelEntry& entry = ModelCatalogue::shared().find(name);
    CheckpointRef ref;
    ref.path = checkpoint.empty() ? demoWeights(name) : checkpoint;
    ref.device = usableDevice(device);
    ref.threads = threads;
    if (!ref.path.empty() && !fs::exists(ref.path))
        throw Error(ErrorKind::NotFound, "the weights do not exist", ref.path.string(), "Train them with `emc train`");
    if (ref.path.empty() && entry.info.needsCheckpoint)
        throw Error(ErrorKind::NotFound, "there are no weights for " + name, {},
                    "Train them with `emc train --model.name " + name + "` and name the file with --checkpoint");
    setComputeThreads(threads);
    return entry.open(ref);
}

std::map<std::string, double> scoreReactions(const Reactions& reactions,
                                             const std::vector<std::vector<float>>& appropriate) {
    // A listener's recording may be a frame longer than the reaction (751 against 750): what both have is compared.
    int frames = reactions.frames;
    for (const auto& course : appropriate) frames = std::min(frames, static_cast<int>(course.size()) / kEmotionDims);
    if (frames < 2 || reactions.samples < 1)
        throw Error(ErrorKind::Usage, "there is nothing to score: no reaction, or fewer than two common frames");
    const auto cut = static_cast<std::ptrdiff_t>(frames) * kEmotionDims,
               whole = static_cast<std::ptrdiff_t>(reactions.frames) * kEmotionDims;
    std::vector<float> predictions;
    for (int k = 0; k < reactions.samples; ++k)
        predictions.insert(predictions.end(), reactions.emotion.begin() + k * whole,
                           reactions.emotion.begin() + k * whole + cut);
    MetricInputs inputs;
    inputs.clips = 1;
    inputs.samples = reactions.samples;
    inputs.frames = frames;
    inputs.predictions = predictions;
    std::map<std::string, double> scores{{"FRVar", frVar(inputs)}, {"FRDiv", frDiv(inputs)}};
    if (appropriate.empty()) return scores;
    std::vector<std::vector<float>> listeners;
    for (const auto& course : appropriate) listeners.emplace_back(course.begin(), course.begin() + cut);
    scores["FRCorr"] = frCorrOfClip(predictions, reactions.samples, frames, kEmotionDims, listeners);
    return scores;
}

std::vector<ModelInfo> studioModels() {
    std::vector<ModelInfo> infos = listModels();
    for (ModelInfo& info : infos)
        if (info.needsCheckpoint) info.checkpoint = demoWeights(info.name).string();
    return infos;
}

namespace {

class StudioBackend final : public Backend {
public:
    std::vector<ModelInfo> models() override {
        std::vector<ModelInfo> infos = studioModels();
        for (ModelInfo& info : infos)
            if (const fs::path weights = weightsOf(info.name); !weights.empty()) info.checkpoint = weights.string();
        return infos;
    }
    std::unique_ptr<ReactionModel> openModel(const std::string& name) override {
        return openStudioModel(name, weightsOf(name));
    }
    void useWeights(const std::string& model, const fs::path& weights) override {
        const std::lock_guard lock(m_mutex);
        m_weights[model] = weights;
    }
    OpenedCheckpoint openCheckpoint(const fs::path& file, const fs::path& folder, JobContext& job) override {
        return openCheckpointFile(file, folder, job);
    }
    std::shared_ptr<const Clip> openClip(const fs::path& path) override { return openStudioClip(path); }
    std::shared_ptr<const Clip> openRealListener(const fs::path& clip) override {
        const auto listeners = openRealListeners(clip, studioFrameOpener());
        return listeners.empty() ? nullptr : listeners.front();
    }
    fs::path demoClip() override { return demoClipFolder(); }
    std::unique_ptr<FrameReader> openVideo(const fs::path& path, int size) override {
        return studioFrameOpener()(path, size);
    }

    Waveform waveform(const fs::path& sound, double bucketsPerSecond, JobContext& job) override {
#ifdef EMC_WITH_MEDIA
        return makeWaveform(sound, bucketsPerSecond, job);
#else
        (void)bucketsPerSecond, (void)job;
        withoutMedia(sound);
#endif
    }

    SoundBuffer sound(const fs::path& path, int rateHz) override {
#ifdef EMC_WITH_MEDIA
        return loadSoundTrack(path, rateHz).sound;
#else
        (void)rateHz;
        withoutMedia(path);
#endif
    }

    IngestReport ingest(const fs::path& video, const fs::path& clip, const IngestOptions& options,
                        JobContext& job) override {
#ifdef EMC_WITH_MEDIA
        return emc::ingest(video, clip, options, job);
#else
        (void)clip, (void)options, (void)job;
        withoutMedia(video);
#endif
    }

    TrainResult train(const TrainOptions& options, JobContext& job) override {
        return trainWith(options, studioTrainServices(), job);
    }
    std::vector<RunInfo> runs(const fs::path& folder) override { return listRuns(folder); }
    void trainGroup(const TrainGroup& group, JobContext& job) override {
        emc::trainGroup(group, studioTrainServices(), job);
    }
    TrainGroup openGroup(const fs::path& folder) override { return emc::openGroup(folder); }
    std::vector<DoctorCheck> doctor() override { return runDoctor(); }
    std::map<std::string, double> scores(const Reactions& reactions,
                                         const std::vector<std::vector<float>>& appropriate) override {
        return scoreReactions(reactions, appropriate);
    }
    StudyService& studies() override { return *m_studies; }

private:
    fs::path weightsOf(const std::string& model) {
        const std::lock_guard lock(m_mutex);
        const auto found = m_weights.find(model);
        return found == m_weights.end() ? fs::path() : found->second;
    }

    std::mutex m_mutex;
    std::map<std::string, fs::path> m_weights; // chosen by useWeights()
    const std::unique_ptr<StudyService> m_studies = makeStudioStudies();
};

} // namespace

std::unique_ptr<Backend> makeStudioBackend() {
    return std::make_unique<StudioBackend>();
}

} // namespace emc
