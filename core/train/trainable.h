#pragma once
// What the trainer asks of a network: its loss. The trainer brings the rest (data, optimiser, schedule, checkpoints,
// resume). Included only by core/models and core/train: torch types.
#include <torch/torch.h>

#include <map>
#include <string>
#include <vector>

#include "core/api/train.h"

namespace emc {

// A batch of aligned crops; B clips, T frames. Tensors that a recipe does not use are undefined.
struct Batch {
    torch::Tensor frames;          // (B,T,3,S,S) in [-1,1]; undefined when faceFeatures is given
    torch::Tensor faceFeatures;    // (B,T,128) cached u^f of the frozen frame encoder
    torch::Tensor mfcc;            // (B,T,78)
    torch::Tensor speakerEmotion;  // (B,T,25)
    torch::Tensor speakerCoeffs;   // (B,T,58), mean-subtracted like the listener's
    torch::Tensor speechEmotion;   // (B,T,10) of the frozen speech emotion head; undefined for hosts without EA
    torch::Tensor listenerEmotion; // (B,T,25)
    torch::Tensor listenerCoeffs;  // (B,T,58), mean-subtracted
    torch::Tensor faceDropped, speechDropped; // (B) bool: modality dropout (zeros stand in)
    // Reactions that are appropriate for the speakers, cut at the same frames: those of clip 0, then those of clip 1,
    // ... Undefined unless the model asks for them.
    torch::Tensor neighbourEmotion, neighbourCoeffs; // (N,T,25), (N,T,58) mean-subtracted
    std::vector<int64_t> neighbourCounts;            // of each clip, at least 1; their sum is N
    Batch to(torch::Device device) const;
};

struct StepLoss {
    torch::Tensor total; // scalar, with gradient
    std::map<std::string, double>
        parts; // "rec", "kl", "div", "cma_f", "cma_s", "fusion", ...; monitors: "sd_mu", "sd_out"
};

class TrainableModel {
public:
    virtual ~TrainableModel() = default;
    // From how many appropriate listeners of a clip (drawn anew for each crop) the loss learns at most; 0: from its own
    // one only.
    virtual int neighbours() const { return 0; }
    // Parameters and buffers under the names of the checkpoint. Frozen parts have requires_grad == false.
    virtual torch::nn::Module& module() = 0;
    // One training step's loss. All randomness comes from `generator` (dropout excepted: the trainer seeds torch's own
    // generator).
    virtual StepLoss loss(const Batch& batch, torch::Generator generator, long step, long steps) = 0;
    // Models that learn in two stages: the first step whose loss is the whole one; earlier steps train a part that it
    // needs. The learning rate starts anew there, and only what is validated after it counts as the best or as patience
    // lost.
    virtual long firstWholeStep(long /*steps*/) const { return 0; }
    // Reconstruction terms without gradient on a validation batch: "rec" = the weighted host loss terms, comparable
    // with the mean sequence's.
    virtual std::map<std::string, double> validate(const Batch& batch, torch::Generator generator) = 0;
    // Written into the checkpoint's metadata; enough to open it again.
    virtual std::map<std::string, std::string> metadata() const = 0;
};

} // namespace emc
