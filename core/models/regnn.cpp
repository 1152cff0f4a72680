// Registration of REGNN: alone, inside EMC, and EMC without emotion attention.
#include <algorithm>

#include "core/data/parted_tensors.h"
#include "core/models/registration.h"
#include "core/models/regnn_engine.h"
#include "core/models/regnn_trainable.h"
#include "core/nn/checkpoint.h"
#include "core/nn/device.h"

namespace emc {

namespace {
constexpr int kDefaultVideoSize = 64;

// Which features a file was trained on: by what it says, else by the width of what it projects.
RegnnFeatures featuresOf(const CheckpointFacts& facts) {
    const auto said = facts.meta.find("inputs");
    if (said != facts.meta.end())
        return said->second == "swin-vggish" ? RegnnFeatures::SwinVggish : RegnnFeatures::BuiltIn;
    const std::vector<std::string> names = PartedTensors::open(facts.path).names();
    const bool ours = std::any_of(names.begin(), names.end(),
                                  [](const std::string& name) { return name.starts_with("features.video_encoder."); });
    return ours ? RegnnFeatures::BuiltIn : RegnnFeatures::SwinVggish;
}

std::unique_ptr<ReactionModel> open(ModelInfo info, const CheckpointRef& ref) {
    CheckpointFacts facts = checkpointFacts(info, ref);
    RegnnConfig config = RegnnConfig::of(info.name, facts.variant);
    config.seed = ref.seed;
    config.stride = facts.number("stride", 1);
    if (!ref.path.empty()) config.features = featuresOf(facts);
    const int videoSize = facts.videoSize(ref, kDefaultVideoSize);
    RegnnNet net(config);
    if (!ref.path.empty()) {
        LoadOptions load;
        // The first edition of REGNN has no `dll`, the port has; neither knows what is ours.
        if (config.compat) load.optional = {"cognitive_processor.dll."};
        if (facts.official)
            load.optional.insert(load.optional.end(),
                                 {"emc.", "perceptual_processor.fuse_model.trans_v_with_a.embed_positions.",
                                  "perceptual_processor.fuse_model.trans_v_mem.embed_positions."});
        loadModule(*net, ref.path, load);
        torch::NoGradGuard off;
        net->started().fill_(1); // the original keeps this outside of the file
        info.checkpoint = ref.path.string();
    }
    net->to(torch::Device(usableDevice(ref.device)));
    if (config.compat) {
        info.givesCoeffs = false;
        info.parameters = 0;
        for (const auto& item : net->named_parameters(true))
            if (!item.key().starts_with("features.") && !item.key().starts_with("ser."))
                info.parameters += static_cast<long>(item.value().numel());
    }
    facts.answers["features"] = config.features == RegnnFeatures::BuiltIn
                                    ? "built-in: frame encoder of the studio (face), MFCC (speech)"
                                    : "Swin-T (face), VGGish (speech)";
    return std::make_unique<RegnnEngine>(net, std::move(info), videoSize, std::move(facts.answers));
}

bool add(const char* name, const char* label, const char* condition, const char* help, long parameters) {
    return addHostModel("regnn",
                        {.name = name,
                         .label = label,
                         .condition = condition,
                         .help = help,
                         .parameters = parameters,
                         .attentionSites = RegnnConfig::of(name, "fixed").attentionSites(),
                         .onCpu = {150, 3, 8}, // one window of 50 tokens
                         .onCuda = {250, 1, 8}},
                        open, [](const TrainOptions& options) { return makeRegnnTrainable(options); });
}

const bool g_registered =
    add("regnn", "REGNN", "original",
        "The reversible graph network of REACT 2023/2024, on the studio's built-in features of face and speech.",
        kRegnnHost) &&
    add("regnn-emc", "REGNN + EMC", "emc", "REGNN with compensated modalities and emotion attention.", kRegnnEmc) &&
    add("regnn-emc-no-ea", "REGNN + EMC without EA", "emc-no-ea", "REGNN with compensated modalities only.",
        kRegnnNoEa);
} // namespace

} // namespace emc
