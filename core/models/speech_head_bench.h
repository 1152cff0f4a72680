#pragma once
// How well a speech emotion head reads a host's sound features: trains one on a corpus and scores it on the validation
// part. No torch in this header.
#include <filesystem>
#include <map>
#include <string>

#include "core/api/job_context.h"
#include "core/train/train_services.h"

namespace emc {

struct SpeechHeadBench {
    std::filesystem::path corpus;
    std::string input = "mfcc";      // or vggish, wav2vec2
    int clips = 0;                   // training speakers, from the first on; 0 = all
    std::filesystem::path weights;   // of the official networks
    std::uint64_t untrainedSeed = 0; // other than 0: networks without weights, as a lower bound
};
struct SpeechHeadFigures {
    int train = 0, val = 0, inputs = 0; // speakers, numbers per frame
    double featureSeconds = 0, fitSeconds = 0;
    std::map<std::string, double> figures; // "val_loss", "val_ccc.valence", ...
};
// Throws Error (no weights, no usable speaker), Cancelled.
SpeechHeadFigures benchSpeechHead(const SpeechHeadBench& bench, const TrainServices& services, JobContext& job);

} // namespace emc
