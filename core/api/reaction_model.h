#pragma once
// The seam between models and everybody else. Models register themselves; nobody keeps a list of names.
#include <algorithm>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/api/job_context.h"
#include "core/api/reactions.h"

namespace emc {

struct ModelInfo {
    std::string name;                 // "trans-vae", "trans-vae-emc", "trans-vae-emc-no-ea", "mime", ...
    std::string label;                // "Trans-VAE + EMC"
    std::string host;                 // "trans-vae"; baselines: own name
    std::string condition;            // "original", "emc", "emc-no-ea", "baseline"
    std::string help;                 // one sentence
    long parameters = 0;              // trainable numbers; 0 for baselines
    std::vector<Modality> modalities; // which inputs it can use
    bool needsCheckpoint = false;
    bool givesCoeffs = true;
    std::vector<std::string> attentionSites; // "u_ea_f/cross", ...
    std::string checkpoint;                  // path of the weights in use or the default ones; empty = none found
};

struct CheckpointRef {
    std::filesystem::path path;   // safetensors; empty = untrained weights made from `seed` (tests) or a baseline
    std::filesystem::path corpus; // for baselines that need training statistics (mean-sequence, mean-frame)
    std::uint64_t seed = 1;
    int videoSize = 0;          // 0 = what the checkpoint says
    std::string device = "cpu"; // "cpu" or "cuda"
    int threads = 0;            // 0 = leave torch's choice
};

// Not thread-safe: one model object is used by one job at a time. Keeps encoder outputs per clip and modality between
// calls.
class ReactionModel {
public:
    virtual ~ReactionModel() = default;
    virtual const ModelInfo& info() const = 0;
    // Throws Error (both modalities missing, checkpoint does not fit, ...), Cancelled.
    virtual Reactions react(const Clip& clip, const ReactOptions& options, JobContext& job) = 0;
    virtual void forgetCaches() {}
};

class TrainableModel; // core/train/trainable.h: what the trainer needs; torch types

// What a training step sees where the options leave it open: frames of a crop, frames of a token, crops of a batch.
struct TrainingPieces {
    int cropFrames = 192, stride = 3, batch = 8;
};

struct ModelEntry {
    ModelInfo info;
    std::function<std::unique_ptr<ReactionModel>(const CheckpointRef&)> open;
    // Makes the network for training; empty for baselines. `config` is the TOML of the model's own options.
    std::function<std::shared_ptr<TrainableModel>(const std::string& config)> makeTrainable;
    TrainingPieces onCpu = {}, onCuda = {256, 1, 8};
};

class ModelCatalogue {
public:
    static ModelCatalogue& shared() { // the one permitted global
        static ModelCatalogue catalogue;
        return catalogue;
    }
    bool add(ModelEntry entry) {
        m_entries.push_back(std::move(entry));
        std::sort(m_entries.begin(), m_entries.end(), [](auto& a, auto& b) { return a.info.name < b.info.name; });
        return true;
    }
    const std::vector<ModelEntry>& entries() const { return m_entries; }
    // Throws Error(Usage) that lists the known names.
    const ModelEntry& find(const std::string& name) const {
        for (const ModelEntry& entry : m_entries)
            if (entry.info.name == name) return entry;
        std::string known;
        for (const ModelEntry& entry : m_entries) known += (known.empty() ? "" : ", ") + entry.info.name;
        throw Error(ErrorKind::Usage, "there is no model named \"" + name + "\"", {}, "Known models: " + known);
    }

private:
    std::vector<ModelEntry> m_entries;
};

inline std::vector<ModelInfo> listModels() {
    std::vector<ModelInfo> infos;
    for (const ModelEntry& entry : ModelCatalogue::shared().entries()) infos.push_back(entry.info);
    return infos;
}
inline std::unique_ptr<ReactionModel> openModel(const std::string& name, const CheckpointRef& checkpoint) {
    return ModelCatalogue::shared().find(name).open(checkpoint);
}

} // namespace emc
