#include "core/train/speech_head.h"

#include "core/api/vectors.h"
#include "core/train/fit.h"
#include "core/train/prepare.h"

namespace emc {

TrainedSpeechHead trainSpeechHead(const SpeechExamples& examples, const PrepareOptions& options,
                                  const std::filesystem::path& partial, JobContext& job) {
    torch::manual_seed(2);
    SpeechEmotionHead head(examples.inputs);
    torch::Tensor sum = torch::zeros({examples.inputs}, torch::kFloat64), square = sum.clone();
    double count = 0;
    for (int i = 0; i < examples.train; ++i) {
        job.progress(0, 0, "measuring the voices");
        const torch::Tensor sound = examples.trainAt(i).sound.to(torch::kFloat64);
        sum += sound.sum(0);
        square += sound.square().sum(0);
        count += static_cast<double>(sound.size(0));
    }
    const torch::Tensor mean = sum / count;
    head->setStandardisation(mean.to(torch::kFloat32),
                             (square / count - mean.square()).clamp_min(0).sqrt().to(torch::kFloat32));

    FitPlan plan;
    plan.what = "speech emotion head";
    plan.steps = options.speechSteps;
    plan.seed = 2;
    plan.partial = partial;
    plan.loss = [&](RandomSource& random) {
        std::vector<SpeechExample> drawn;
        int length = options.speechFrames;
        for (int b = 0; b < options.speechBatch; ++b) {
            drawn.push_back(examples.trainAt(random.below(examples.train)));
            length = std::min(length, static_cast<int>(drawn.back().sound.size(0)));
        }
        std::vector<torch::Tensor> sound, emotion;
        for (const SpeechExample& one : drawn) {
            const int begin = random.below(static_cast<int>(one.sound.size(0)) - length + 1);
            sound.push_back(one.sound.narrow(0, begin, length));
            emotion.push_back(one.emotion.narrow(0, begin, length));
        }
        return head->loss(torch::stack(sound), torch::stack(emotion));
    };
    plan.score = [&] {
        double total = 0;
        for (int i = 0; i < examples.val; ++i) {
            const SpeechExample one = examples.valAt(i);
            total += head->loss(one.sound.unsqueeze(0), one.emotion.unsqueeze(0)).item<double>();
        }
        return total / examples.val;
    };
    TrainedSpeechHead result;
    result.figures["val_loss"] = fit(*head, plan, job);
    const torch::NoGradGuard noGradient;
    std::vector<torch::Tensor> predicted, truth;
    for (int i = 0; i < examples.val; ++i) {
        const SpeechExample one = examples.valAt(i);
        predicted.push_back(head->forward(one.sound.unsqueeze(0)).squeeze(0));
        truth.push_back(one.emotion);
    }
    const torch::Tensor p = torch::cat(predicted), t = torch::cat(truth);
    for (int i = 0; i < kSpeechEmotionDims; ++i)
        result.figures["val_ccc." + std::string(kEmotionNames[static_cast<std::size_t>(kValence + i)])] =
            concordance(p.select(1, i), t.select(1, kValence + i));
    result.head = head;
    return result;
}

} // namespace emc
