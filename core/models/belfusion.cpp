// Registration of BeLFusion.
#include "core/api/error.h"
#include "core/data/safetensors.h"
#include "core/models/belfusion_engine.h"
#include "core/models/belfusion_trainable.h"
#include "core/models/registration.h"
#include "core/nn/checkpoint.h"
#include "core/nn/device.h"
#include "core/train/train_options.h"

namespace emc {

namespace {
// The authors keep the autoencoder in a file of its own. Its converted form lies beside the denoiser's.
std::filesystem::path autoencoderBeside(const std::filesystem::path& denoiser) {
    const std::filesystem::path own = denoiser.parent_path() / (denoiser.stem().string() + "-vae.safetensors");
    if (std::filesystem::exists(own)) return own;
    throw Error(ErrorKind::NotFound, "the denoiser of BeLFusion needs the autoencoder it was trained on", own.string(),
                "Convert the authors' checkpoint of AutoencoderRNN_VAE_v2 to this file");
}

bool holdsAutoencoder(const std::filesystem::path& path) {
    const auto names = SafetensorsFile::open(path).names();
    return std::any_of(names.begin(), names.end(), [](const auto& name) { return name.starts_with("embed_emotion."); });
}

std::unique_ptr<ReactionModel> open(ModelInfo info, const CheckpointRef& ref) {
    CheckpointFacts facts = checkpointFacts(info, ref);
    BelfusionConfig config = BelfusionConfig::of(facts.variant);
    config.seed = ref.seed;
    config.stride = facts.number("stride", 1);
    config.width = facts.number("width", static_cast<int>(config.width));
    if (config.width > 8192)
        throw Error(ErrorKind::BadInput, "a denoiser of width " + std::to_string(config.width) + " is not usable",
                    ref.path.string());
    BelfusionNet net(config);
    if (!ref.path.empty()) {
        LoadOptions load;
        if (facts.official) load.optional = {"embed_emotion.emc.", "emc."};
        const bool alone = facts.official && !holdsAutoencoder(ref.path);
        if (alone) load.optional.push_back("embed_emotion.");
        loadModule(*net, ref.path, load);
        if (alone)
            loadModule(*net->behaviour(), autoencoderBeside(ref.path),
                       {.prefix = {}, .optional = {"emc."}, .knownUnused = {}});
        info.checkpoint = ref.path.string();
    }
    net->to(torch::Device(usableDevice(ref.device)));
    return std::make_unique<BelfusionEngine>(net, std::move(info), std::move(facts.answers));
}

bool add() {
    ModelEntry entry;
    ModelInfo& info = entry.info;
    info.name = info.host = "belfusion";
    info.label = "BeLFusion";
    info.condition = "original";
    info.help = "Latent diffusion from the speaker's facial emotion alone, in windows of two seconds.";
    info.parameters = kParametersBelfusion;
    info.modalities = {Modality::Face};
    info.needsCheckpoint = true;
    entry.open = [info](const CheckpointRef& ref) { return open(info, ref); };
    entry.makeTrainable = [](const std::string& config) {
        TrainOptions options = trainOptionsFromToml(config, "belfusion");
        options.model = "belfusion";
        return makeBelfusionTrainable(options);
    };
    return ModelCatalogue::shared().add(std::move(entry));
}

const bool g_registered = add();
} // namespace

} // namespace emc
