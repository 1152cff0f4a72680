// The speech emotion head of a corpus (models.md 4.3): from a speaker's voice to his own valence, arousal and
// expressions, then frozen.
#include "core/api/error.h"
#include "core/nn/checkpoint.h"
#include "core/train/fit.h"
#include "core/train/prepare.h"

namespace emc {
namespace {

constexpr std::size_t kScoreClips = 32;

} // namespace

SpeechEmotionHead prepareSpeechHead(const Clips& train, const Clips& val, ClipStore& store,
                                    const std::filesystem::path& folder, const PrepareOptions& options,
                                    std::map<std::string, double>& figures, JobContext& job) {
    const std::filesystem::path path = folder / "speech_head.safetensors";
    if (!std::filesystem::exists(path)) {
        job.publish(MessageEvent{"Training the speech emotion head of this corpus (once)", false});
        torch::manual_seed(2);
        SpeechEmotionHead head;
        torch::Tensor sum = torch::zeros({kMfccDims}, torch::kFloat64),
                      square = torch::zeros({kMfccDims}, torch::kFloat64);
        double count = 0;
        for (const auto& clip : train) {
            job.progress(0, 0, "measuring the voices");
            const torch::Tensor mfcc = store.get(*clip)->mfcc.to(torch::kFloat64);
            sum += mfcc.sum(0);
            square += mfcc.square().sum(0);
            count += static_cast<double>(mfcc.size(0));
        }
        const torch::Tensor mean = sum / count;
        head->setStandardisation(mean.to(torch::kFloat32),
                                 (square / count - mean.square()).clamp_min(0).sqrt().to(torch::kFloat32));

        FitPlan plan;
        plan.what = "speech emotion head";
        plan.steps = options.speechSteps;
        plan.seed = 2;
        plan.partial = folder / "speech_head.partial.safetensors";
        plan.loss = [&](RandomSource& random) {
            std::vector<std::shared_ptr<const ClipFeatures>> drawn;
            int length = options.speechFrames;
            for (int b = 0; b < options.speechBatch; ++b) {
                drawn.push_back(
                    store.get(*train[static_cast<std::size_t>(random.below(static_cast<int>(train.size())))]));
                length = std::min(length, drawn.back()->frames);
            }
            std::vector<torch::Tensor> mfcc, emotion;
            for (const auto& one : drawn) {
                const int begin = random.below(one->frames - length + 1);
                mfcc.push_back(one->mfcc.narrow(0, begin, length));
                emotion.push_back(one->emotion.narrow(0, begin, length));
            }
            return head->loss(torch::stack(mfcc), torch::stack(emotion));
        };
        std::vector<std::shared_ptr<const Clip>> held;
        for (std::size_t i = 0; i < val.size(); i += std::max<std::size_t>(1, val.size() / kScoreClips))
            held.push_back(val[i]);
        plan.score = [&] {
            double total = 0;
            for (const auto& clip : held) {
                const auto one = store.get(*clip);
                total += head->loss(one->mfcc.narrow(0, 0, one->frames).unsqueeze(0),
                                    one->emotion.narrow(0, 0, one->frames).unsqueeze(0))
                             .item<double>();
            }
            return total / static_cast<double>(held.size());
        };
        const double score = fit(*head, plan, job);
        const torch::NoGradGuard noGradient;
        std::vector<torch::Tensor> predicted, truth;
        for (const auto& clip : held) {
            const auto one = store.get(*clip);
            predicted.push_back(head->forward(one->mfcc.narrow(0, 0, one->frames).unsqueeze(0)).squeeze(0));
            truth.push_back(one->emotion.narrow(0, 0, one->frames));
        }
        const torch::Tensor p = torch::cat(predicted), t = torch::cat(truth);
        std::map<std::string, std::string> metadata = {{"kind", "speech emotion head"},
                                                       {"figure.speech_head.val_loss", std::to_string(score)}};
        for (int i = 0; i < kSpeechEmotionDims; ++i)
            metadata["figure.speech_head.val_ccc." +
                     std::string(kEmotionNames[static_cast<std::size_t>(kValence + i)])] =
                std::to_string(concordance(p.select(1, i), t.select(1, kValence + i)));
        saveModule(*head, path, metadata);
        std::error_code ignored;
        std::filesystem::remove(plan.partial, ignored);
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
