// Registration of FaceAIS: alone, inside EMC, and EMC without emotion attention.
#include "core/models/faceais_engine.h"
#include "core/models/faceais_trainable.h"
#include "core/models/registration.h"
#include "core/nn/checkpoint.h"
#include "core/nn/device.h"

namespace emc {

namespace {
std::unique_ptr<ReactionModel> open(ModelInfo info, const CheckpointRef& ref) {
    CheckpointFacts facts = checkpointFacts(info, ref);
    FaceAisConfig config = FaceAisConfig::of(info.name, facts.variant, facts.number("stride", 1), facts.official);
    config.seed = ref.seed;
    if (!ref.path.empty()) config.takeSizes(ref.path);
    FaceAisNet net(config);
    if (!ref.path.empty()) {
        LoadOptions load;
        if (facts.official) { // neither knows what the other has besides the network
            load.optional = {"emc.", "sp_cm_transformer.wte_sound.", "sp_cm_transformer.ln_f."};
            load.knownUnused = {"sound_feature_extractor."};
        }
        loadModule(*net, ref.path, load);
        info.checkpoint = ref.path.string();
    }
    net->to(torch::Device(usableDevice(ref.device)));
    info.parameters = 0;
    for (const auto& item : net->named_parameters(true))
        if (!item.key().starts_with("ser.")) info.parameters += static_cast<long>(item.value().numel());
    facts.answers["features"] =
        config.wav2vec() ? "coefficients (face), wav2vec2 (speech)" : "built-in: coefficients (face), MFCC (speech)";
    return std::make_unique<FaceAisEngine>(net, std::move(info), std::move(facts.answers));
}

bool add(const char* name, const char* label, const char* condition, const char* help, long parameters) {
    return addHostModel("faceais",
                        {.name = name,
                         .label = label,
                         .condition = condition,
                         .help = help,
                         .parameters = parameters,
                         .attentionSites = FaceAisConfig::of(name, "fixed").attentionSites(),
                         .onCpu = {288, 4, 8}, // nine patches of 32 frames
                         .onCuda = {288, 1, 8}},
                        open, [](const TrainOptions& options) { return makeFaceAisTrainable(options); });
}

const bool g_registered =
    add("faceais", "FaceAIS", "original",
        "The token model of REACT 2024 (FaceVIS in the paper of EMC): it reacts online, patch after patch.",
        kFaceAisHost) &&
    add("faceais-emc", "FaceAIS + EMC", "emc", "FaceAIS with compensated modalities and emotion attention.",
        kFaceAisEmc) &&
    add("faceais-emc-no-ea", "FaceAIS + EMC without EA", "emc-no-ea", "FaceAIS with compensated modalities only.",
        kFaceAisNoEa);
} // namespace

} // namespace emc
