// Registration of REGNN: alone, inside EMC, and EMC without emotion attention.
#include <algorithm>

#include "core/api/error.h"
#include "core/data/safetensors.h"
#include "core/data/sha256.h"
#include "core/models/regnn_engine.h"
#include "core/models/regnn_trainable.h"
#include "core/nn/checkpoint.h"
#include "core/nn/device.h"
#include "core/train/train_options.h"

namespace emc {

namespace {
constexpr int kDefaultVideoSize = 64;

ModelInfo describe(const std::string& name, const char* label, const char* condition, const char* help,
                   long parameters) {
    ModelInfo info;
    info.name = name;
    info.label = label;
    info.host = "regnn";
    info.condition = condition;
    info.help = help;
    info.parameters = parameters;
    info.modalities = {Modality::Face, Modality::Speech};
    info.needsCheckpoint = true;
    info.attentionSites = RegnnConfig::of(name, "fixed").attentionSites();
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

// Which features a file was trained on: by what it says, else by the width of what it projects.
RegnnFeatures featuresOf(const std::map<std::string, std::string>& meta, const std::filesystem::path& path) {
    const auto said = meta.find("inputs");
    if (said != meta.end()) return said->second == "swin-vggish" ? RegnnFeatures::SwinVggish : RegnnFeatures::BuiltIn;
    const std::vector<std::string> names = SafetensorsFile::open(path).names();
    const bool ours = std::any_of(names.begin(), names.end(),
                                  [](const std::string& name) { return name.starts_with("features.video_encoder."); });
    return ours ? RegnnFeatures::BuiltIn : RegnnFeatures::SwinVggish;
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
        const std::string inFile = official ? "regnn" : meta.at("model");
        if (inFile != info.name)
            throw Error(ErrorKind::BadInput, "the checkpoint holds " + inFile + ", not " + info.name, ref.path.string(),
                        "Open it as " + inFile);
        variant = official ? "compat" : meta.count("variant") ? meta.at("variant") : "fixed";
    }
    RegnnConfig config = RegnnConfig::of(info.name, variant);
    config.seed = ref.seed;
    config.stride = number(meta, "stride", 1, ref.path);
    if (!ref.path.empty()) config.features = featuresOf(meta, ref.path);
    const int videoSize = ref.videoSize > 0 ? ref.videoSize : number(meta, "video_size", kDefaultVideoSize, ref.path);
    if (videoSize < 32 || videoSize > 512)
        throw Error(ErrorKind::BadInput, "a video size of " + std::to_string(videoSize) + " is not usable",
                    ref.path.string(), "Use 32 to 512");
    RegnnNet net(config);
    if (!ref.path.empty()) {
        LoadOptions load;
        // The first edition of REGNN has no `dll`, the port has; neither knows what is ours.
        if (variant == "compat") load.optional = {"cognitive_processor.dll."};
        if (official)
            load.optional.insert(load.optional.end(),
                                 {"emc.", "perceptual_processor.fuse_model.trans_v_with_a.embed_positions.",
                                  "perceptual_processor.fuse_model.trans_v_mem.embed_positions."});
        loadModule(*net, ref.path, load);
        torch::NoGradGuard off;
        net->started().fill_(1); // the original keeps this outside of the file
        info.checkpoint = ref.path.string();
        answers["checkpoint_hash"] = sha256OfFile(ref.path);
    }
    net->to(device);
    if (config.compat) {
        info.givesCoeffs = false;
        info.parameters = 0;
        for (const auto& item : net->named_parameters(true))
            if (!item.key().starts_with("features.") && !item.key().starts_with("ser."))
                info.parameters += static_cast<long>(item.value().numel());
    }
    answers["variant"] = variant;
    answers["device"] = ref.device;
    answers["features"] = config.features == RegnnFeatures::BuiltIn
                              ? "built-in: frame encoder of the studio (face), MFCC (speech)"
                              : "Swin-T (face), VGGish (speech)";
    return std::make_unique<RegnnEngine>(net, std::move(info), videoSize, std::move(answers));
}

bool add(const ModelInfo& info) {
    ModelEntry entry;
    entry.info = info;
    entry.open = [info](const CheckpointRef& ref) { return open(info, ref); };
    entry.makeTrainable = [info](const std::string& config) {
        TrainOptions options = trainOptionsFromToml(config, info.name);
        options.model = info.name;
        return makeRegnnTrainable(options);
    };
    return ModelCatalogue::shared().add(entry);
}

const bool g_registered =
    add(describe(
        "regnn", "REGNN", "original",
        "The reversible graph network of REACT 2023/2024, on the studio's built-in features of face and speech.",
        kRegnnHost)) &&
    add(describe("regnn-emc", "REGNN + EMC", "emc", "REGNN with compensated modalities and emotion attention.",
                 kRegnnEmc)) &&
    add(describe("regnn-emc-no-ea", "REGNN + EMC without EA", "emc-no-ea", "REGNN with compensated modalities only.",
                 kRegnnNoEa));
} // namespace

} // namespace emc
