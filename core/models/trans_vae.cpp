// Registration of Trans-VAE: alone, inside EMC, and EMC without emotion attention.
#include "core/api/error.h"
#include "core/data/safetensors.h"
#include "core/data/sha256.h"
#include "core/models/trans_vae_engine.h"
#include "core/models/trans_vae_trainable.h"
#include "core/nn/checkpoint.h"
#include "core/nn/device.h"
#include "core/train/train_options.h"

namespace emc {

namespace {
constexpr int kDefaultVideoSize = 64, kOfficialVideoSize = 224;

ModelInfo describe(const std::string& name, const char* label, const char* condition, const char* help,
                   long parameters) {
    ModelInfo info;
    info.name = name;
    info.label = label;
    info.host = "trans-vae";
    info.condition = condition;
    info.help = help;
    info.parameters = parameters;
    info.modalities = {Modality::Face, Modality::Speech};
    info.needsCheckpoint = true;
    info.attentionSites = TransVaeConfig::of(name, "fixed").attentionSites();
    return info;
}

int number(const std::map<std::string, std::string>& meta, const char* key, int fallback,
           const std::filesystem::path& path) {
    const auto found = meta.find(key);
    if (found == meta.end() || found->second.empty()) return fallback;
    const std::string& text = found->second;
    if (text.size() > 6 || text.find_first_not_of("0123456789") != std::string::npos || std::stoi(text) < 1)
        throw Error(ErrorKind::BadInput, std::string("the checkpoint's ") + key + " is not a number: \"" + text + "\"",
                    path.string());
    return std::stoi(text);
}

std::unique_ptr<ReactionModel> open(ModelInfo info, const CheckpointRef& ref) {
    setComputeThreads(ref.threads);
    const torch::Device device(usableDevice(ref.device));
    std::map<std::string, std::string> meta, answers;
    std::string variant = "fixed";
    bool official = false;
    if (!ref.path.empty()) {
        meta = checkpointMetadata(ref.path);
        // A file without our metadata is a converted original: the host, bug for bug.
        official = !meta.count("model");
        const std::string inFile = official ? "trans-vae" : meta.at("model");
        if (inFile != info.name)
            throw Error(ErrorKind::BadInput, "the checkpoint holds " + inFile + ", not " + info.name, ref.path.string(),
                        "Open it as " + inFile);
        variant = official ? "compat" : meta.count("variant") ? meta.at("variant") : "fixed";
    }
    TransVaeConfig config = TransVaeConfig::of(info.name, variant);
    config.seed = ref.seed;
    config.stride = number(meta, "stride", 1, ref.path);
    const int stored = number(meta, "video_size", official ? kOfficialVideoSize : kDefaultVideoSize, ref.path);
    const int videoSize = ref.videoSize > 0 ? ref.videoSize : stored;
    if (videoSize < 32 || videoSize > 512)
        throw Error(ErrorKind::BadInput, "a video size of " + std::to_string(videoSize) + " is not usable",
                    ref.path.string(), "Use 32 to 512");
    TransVaeNet net(config);
    if (!ref.path.empty()) {
        LoadOptions load;
        if (official) load.optional = {"emc.coeff_mean", "reaction_decoder.PE."};
        loadModule(*net, ref.path, load);
        info.checkpoint = ref.path.string();
        answers["checkpoint_hash"] = sha256OfFile(ref.path);
    }
    net->to(device);
    answers["variant"] = variant;
    answers["device"] = ref.device;
    return std::make_unique<TransVaeEngine>(net, std::move(info), videoSize, std::move(answers));
}

bool add(const ModelInfo& info) {
    ModelEntry entry;
    entry.info = info;
    entry.open = [info](const CheckpointRef& ref) { return open(info, ref); };
    entry.makeTrainable = [info](const std::string& config) {
        TrainOptions options = trainOptionsFromToml(config, info.name);
        options.model = info.name;
        return makeTransVaeTrainable(options);
    };
    return ModelCatalogue::shared().add(entry);
}

// Parameters of the `fixed` variant, without the frozen speech emotion head; a test counts them.
const bool g_registered =
    add(describe("trans-vae", "Trans-VAE", "original", "The baseline of REACT 2024 on speaker video and speech.",
                 kParametersHost)) &&
    add(describe("trans-vae-emc", "Trans-VAE + EMC", "emc",
                 "Trans-VAE with compensated modalities and emotion attention.", kParametersEmc)) &&
    add(describe("trans-vae-emc-no-ea", "Trans-VAE + EMC without EA", "emc-no-ea",
                 "Trans-VAE with compensated modalities only.", kParametersNoEa));
} // namespace

} // namespace emc
