// Registration of Trans-VAE, offline and online: alone, inside EMC, and EMC without emotion attention.
#include "core/models/registration.h"
#include "core/models/trans_vae_engine.h"
#include "core/models/trans_vae_trainable.h"
#include "core/nn/checkpoint.h"
#include "core/nn/device.h"

namespace emc {

namespace {
constexpr int kDefaultVideoSize = 64, kOfficialVideoSize = 224;

std::unique_ptr<ReactionModel> open(ModelInfo info, const CheckpointRef& ref) {
    CheckpointFacts facts = checkpointFacts(info, ref);
    TransVaeConfig config = TransVaeConfig::of(info.name, facts.variant);
    config.seed = ref.seed;
    config.stride = facts.number("stride", 1);
    if (config.window > 0) config.window = facts.number("window", config.window);
    const int videoSize = facts.videoSize(ref, facts.official ? kOfficialVideoSize : kDefaultVideoSize);
    TransVaeNet net(config);
    if (!ref.path.empty()) {
        LoadOptions load;
        if (facts.official) load.optional = {"emc.coeff_mean", "reaction_decoder.PE."};
        loadModule(*net, ref.path, load);
        info.checkpoint = ref.path.string();
    }
    net->to(torch::Device(usableDevice(ref.device)));
    return std::make_unique<TransVaeEngine>(net, std::move(info), videoSize, std::move(facts.answers));
}

bool add(const char* name, const char* label, const char* condition, const char* help, long parameters) {
    const TransVaeConfig config = TransVaeConfig::of(name, "fixed");
    const bool online = config.window > 0;
    HostModel model{.name = name,
                    .label = label,
                    .condition = condition,
                    .help = help,
                    .parameters = parameters,
                    .attentionSites = config.attentionSites()};
    // The offline network attends to the whole clip, and does so badly when it has only seen pieces of one: trained on
    // crops of 192 frames it reaches two thirds of the FRCorr (resources/demo/README.md).
    if (!online) model.onCpu = {kLongestCrop, 3, 3}, model.onCuda = {kLongestCrop, 1, 3};
    return addHostModel(online ? "trans-vae-online" : "trans-vae", model, open,
                        [](const TrainOptions& options) { return makeTransVaeTrainable(options); });
}

// Parameters of the `fixed` variant, without the frozen speech emotion head; a test counts them.
const bool g_registered =
    add("trans-vae", "Trans-VAE", "original", "The baseline of REACT 2024 on speaker video and speech.",
        kParametersHost) &&
    add("trans-vae-emc", "Trans-VAE + EMC", "emc", "Trans-VAE with compensated modalities and emotion attention.",
        kParametersEmc) &&
    add("trans-vae-emc-no-ea", "Trans-VAE + EMC without EA", "emc-no-ea", "Trans-VAE with compensated modalities only.",
        kParametersNoEa) &&
    add("trans-vae-online", "Trans-VAE online", "original",
        "Trans-VAE window by window: no part of the reaction knows what comes after its window.", kParametersOnline) &&
    add("trans-vae-online-emc", "Trans-VAE online + EMC", "emc",
        "Online Trans-VAE with compensated modalities and emotion attention.", kParametersOnlineEmc) &&
    add("trans-vae-online-emc-no-ea", "Trans-VAE online + EMC without EA", "emc-no-ea",
        "Online Trans-VAE with compensated modalities only.", kParametersOnlineNoEa);
} // namespace

} // namespace emc
