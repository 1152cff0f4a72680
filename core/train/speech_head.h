#pragma once
// Trains a speech emotion head on any sound features and says how well it does (models.md 4.3).
#include <torch/torch.h>

#include <functional>
#include <map>
#include <string>

#include "core/api/job_context.h"
#include "core/nn/speech_emotion_head.h"
#include "core/train/train_services.h"

namespace emc {

struct SpeechExample {
    torch::Tensor sound, emotion; // (T,D) as the head reads it, (T,25) of the same person
};
// Speakers by number; asked for again and again.
struct SpeechExamples {
    int train = 0, val = 0, inputs = 0; // how many; D
    std::function<SpeechExample(int)> trainAt, valAt;
};

// The best head of the run, in training mode, and "val_loss", "val_ccc.valence", ... "val_ccc.contempt", pooled over
// the validation frames. `partial`: state between starts; removed by the caller when the result is written. Throws
// Cancelled, Error when the loss is not a number.
struct TrainedSpeechHead {
    SpeechEmotionHead head{nullptr};
    std::map<std::string, double> figures;
};
TrainedSpeechHead trainSpeechHead(const SpeechExamples& examples, const PrepareOptions& options,
                                  const std::filesystem::path& partial, JobContext& job);

} // namespace emc
