#pragma once
// What a corpus needs once before any model is trained on it: a frozen frame encoder, a frozen speech emotion head,
// their features for every clip, and the mean of the listeners. Everything is a file in the cache; a second call finds
// it, an interrupted one goes on.
#include <torch/torch.h>

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "core/nn/frame_encoder.h"
#include "core/nn/speech_emotion_head.h"
#include "core/train/clip_store.h"
#include "core/train/train_services.h"

namespace emc {

struct PreparedCorpus {
    std::vector<Pair> train, val; // pairs whose speaker has face and voice and whose listener has a face
    // For each training pair the training pairs whose listeners are appropriate for its speaker, itself among them.
    // Every pair is alone where the corpus has no neighbour matrix.
    std::vector<std::vector<int>> trainNeighbours;
    std::filesystem::path folder; // of the learned files
    std::string dataHash;         // of all clips of both parts
    std::string featureHash;      // of the frozen networks
    std::shared_ptr<ClipStore> store;
    torch::Tensor meanEmotion, meanCoeffs; // mean sequence of the training listeners: (T,25), (T,58) raw
    torch::Tensor coeffMean;               // (58) mean over time too
    torch::Tensor mfccMean, mfccScale;     // (78): of the training speakers; scale = 1 / sd, 1 where nothing varies
    FrameEncoder encoder{nullptr};         // null when the frame encoder is trained jointly
    SpeechEmotionHead speechHead{nullptr};
    std::map<std::string, double>
        figures; // "frame_encoder.val_ccc.AU12", "speech_head.val_ccc.valence", "pairs.train", ...
    bool synthetic = false;
};

// Only corpus, videoSize, encoder and threads of `options` matter here. Throws Error (no usable pair, broken files),
// Cancelled.
PreparedCorpus prepareCorpus(const TrainOptions& options, const TrainServices& services, JobContext& job);

// The two networks, in prepare_encoder.cpp and prepare_speech.cpp. `fitted` adds figures; files are written to
// `folder`.
using Clips = std::vector<std::shared_ptr<const Clip>>;
FrameEncoder prepareFrameEncoder(const Clips& train, const Clips& val, ClipStore& store,
                                 const std::filesystem::path& folder, int size, const PrepareOptions& options,
                                 std::map<std::string, double>& figures, JobContext& job);
// The speakers of pairs, each once, in order of first appearance.
Clips speakersOf(const std::vector<Pair>& pairs);
// Those of a validation part that a speech emotion head is scored on.
Clips scoredSpeakers(const Clips& val);
SpeechEmotionHead prepareSpeechHead(const Clips& train, const Clips& val, ClipStore& store,
                                    const std::filesystem::path& folder, const PrepareOptions& options,
                                    std::map<std::string, double>& figures, JobContext& job);

// Concordance of two (N) float series, pooled; 0 when either is constant.
double concordance(const torch::Tensor& a, const torch::Tensor& b);

} // namespace emc
