#pragma once
// What hosts have in common when they register their models and open a checkpoint.
#include <functional>
#include <map>
#include <string>

#include "core/api/reaction_model.h"
#include "core/api/train.h"

namespace emc {

// What a checkpoint says of itself, before any of its tensors is read.
struct CheckpointFacts {
    std::filesystem::path path; // empty: untrained weights
    std::map<std::string, std::string> meta;
    std::string variant = "fixed";
    bool official = false; // a converted file of the authors: the host, bug for bug
    // What every answer of the model says: variant, device, hash of the file.
    std::map<std::string, std::string> answers;

    // A positive number of the metadata. Throws Error(BadInput) when it is something else.
    int number(const char* key, int fallback) const;
    // The side of face pictures: asked for, else the file's, else the fallback. Throws Error(BadInput).
    int videoSize(const CheckpointRef& ref, int fallback) const;
};
// Sets the threads, checks the device and that the file holds this model (a file of the authors holds the plain host).
// Throws Error.
CheckpointFacts checkpointFacts(const ModelInfo& info, const CheckpointRef& ref);

// One model of a host that uses both modalities.
struct HostModel {
    const char *name, *label, *condition, *help;
    long parameters;
    std::vector<std::string> attentionSites;
    TrainingPieces onCpu = ModelEntry().onCpu, onCuda = ModelEntry().onCuda;
};
using OpenHost = std::function<std::unique_ptr<ReactionModel>(ModelInfo, const CheckpointRef&)>;
using TrainHost = std::function<std::shared_ptr<TrainableModel>(const TrainOptions&)>;
// Puts a model into the catalogue; always true. The options that `train` gets carry the model's name.
bool addHostModel(const char* host, const HostModel& model, const OpenHost& open, const TrainHost& train);

} // namespace emc
