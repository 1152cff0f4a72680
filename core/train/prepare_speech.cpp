// The speech emotion head of a corpus (models.md 4.3): from a speaker's voice to his own valence, arousal and
// expressions, then frozen.
#include "core/api/error.h"
#include "core/nn/checkpoint.h"
#include "core/train/prepare.h"
#include "core/train/speech_head.h"

namespace emc {

Clips scoredSpeakers(const Clips& val) {
    constexpr std::size_t kScoreClips = 32;
    Clips held;
    for (std::size_t i = 0; i < val.size(); i += std::max<std::size_t>(1, val.size() / kScoreClips))
        held.push_back(val[i]);
    return held;
}

SpeechEmotionHead prepareSpeechHead(const Clips& train, const Clips& val, ClipStore& store,
                                    const std::filesystem::path& folder, const PrepareOptions& options,
                                    std::map<std::string, double>& figures, JobContext& job) {
    const std::filesystem::path path = folder / "speech_head.safetensors";
    if (!std::filesystem::exists(path)) {
        job.publish(MessageEvent{"Training the speech emotion head of this corpus (once)", false});
        const Clips held = scoredSpeakers(val);
        const auto exampleOf = [&](const Clip& clip) {
            const auto one = store.get(clip);
            return SpeechExample{one->mfcc.narrow(0, 0, one->frames), one->emotion.narrow(0, 0, one->frames)};
        };
        SpeechExamples examples{static_cast<int>(train.size()), static_cast<int>(held.size()), kMfccDims,
                                [&](int i) { return exampleOf(*train[static_cast<std::size_t>(i)]); },
                                [&](int i) { return exampleOf(*held[static_cast<std::size_t>(i)]); }};
        const std::filesystem::path partial = folder / "speech_head.partial.safetensors";
        const TrainedSpeechHead trained = trainSpeechHead(examples, options, partial, job);
        std::map<std::string, std::string> metadata = {{"kind", "speech emotion head"}};
        for (const auto& [name, value] : trained.figures)
            metadata["figure.speech_head." + name] = std::to_string(value);
        saveModule(*trained.head, path, metadata);
        std::error_code ignored;
        std::filesystem::remove(partial, ignored);
    }
    SpeechEmotionHead head;
    loadModule(*head, path);
    for (const auto& [key, value] : checkpointMetadata(path))
        if (key.starts_with("figure.")) figures[key.substr(7)] = std::stod(value);
    head->eval();
    for (torch::Tensor& parameter : head->parameters()) parameter.set_requires_grad(false);
    return head;
}

} // namespace emc
