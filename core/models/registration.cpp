#include "core/models/registration.h"

#include "core/api/error.h"
#include "core/data/sha256.h"
#include "core/nn/checkpoint.h"
#include "core/nn/device.h"
#include "core/train/train_options.h"

namespace emc {

int CheckpointFacts::number(const char* key, int fallback) const {
    const auto found = meta.find(key);
    if (found == meta.end() || found->second.empty()) return fallback;
    const std::string& text = found->second;
    if (text.size() > 6 || text.find_first_not_of("0123456789") != std::string::npos || std::stoi(text) < 1)
        throw Error(ErrorKind::BadInput, std::string("the checkpoint's ") + key + " is not a number: \"" + text + "\"",
                    path.string());
    return std::stoi(text);
}

int CheckpointFacts::videoSize(const CheckpointRef& ref, int fallback) const {
    const int stored = number("video_size", fallback), size = ref.videoSize > 0 ? ref.videoSize : stored;
    if (size < 32 || size > 512)
        throw Error(ErrorKind::BadInput, "a video size of " + std::to_string(size) + " is not usable", path.string(),
                    "Use 32 to 512");
    return size;
}

CheckpointFacts checkpointFacts(const ModelInfo& info, const CheckpointRef& ref) {
    setComputeThreads(ref.threads);
    CheckpointFacts facts;
    facts.answers["device"] = ref.device;
    usableDevice(ref.device);
    facts.path = ref.path;
    if (!ref.path.empty()) {
        facts.meta = checkpointMetadata(ref.path);
        facts.official = !facts.meta.count("model"); // a file without our metadata
        const std::string inFile = facts.official ? info.host : facts.meta.at("model");
        if (inFile != info.name)
            throw Error(ErrorKind::BadInput, "the checkpoint holds " + inFile + ", not " + info.name, ref.path.string(),
                        "Open it as " + inFile);
        facts.variant = facts.official ? "compat" : facts.meta.count("variant") ? facts.meta.at("variant") : "fixed";
        facts.answers["checkpoint_hash"] = sha256OfFile(ref.path);
    }
    facts.answers["variant"] = facts.variant;
    return facts;
}

bool addHostModel(const char* host, const HostModel& model, const OpenHost& open, const TrainHost& train) {
    ModelEntry entry;
    ModelInfo& info = entry.info;
    info.name = model.name;
    info.label = model.label;
    info.host = host;
    info.condition = model.condition;
    info.help = model.help;
    info.parameters = model.parameters;
    info.modalities = {Modality::Face, Modality::Speech};
    info.needsCheckpoint = true;
    info.attentionSites = model.attentionSites;
    entry.open = [info, open](const CheckpointRef& ref) { return open(info, ref); };
    entry.makeTrainable = [name = info.name, train](const std::string& config) {
        TrainOptions options = trainOptionsFromToml(config, name);
        options.model = name;
        return train(options);
    };
    entry.onCpu = model.onCpu;
    entry.onCuda = model.onCuda;
    return ModelCatalogue::shared().add(std::move(entry));
}

} // namespace emc
