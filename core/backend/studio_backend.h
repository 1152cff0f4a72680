#pragma once
// Wires the parts of the core together: which decoder opens a clip's frames, where weights and demo data lie, what this
// machine can do. The only place that knows all of core; the two programs and the backend tests link it.
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "core/api/backend.h"
#include "core/data/wav.h"

namespace emc {

// Opens mp4 by libav where the build has media; otherwise throws Error(Unsupported) when a frame is asked for.
FrameOpener studioFrameOpener();
SoundLoader studioSoundLoader();

// The folder with demo clip, demo weights and head: EMC_RESOURCES, ../share/emc-studio beside the program, the source
// tree.
std::filesystem::path resourceFolder();
std::filesystem::path demoClipFolder();
// The weights that a model name stands for: resources/demo/weights/NAME.safetensors; empty when there are none.
std::filesystem::path demoWeights(const std::string& model);

std::shared_ptr<const Clip> openStudioClip(const std::filesystem::path& path);
// `checkpoint` empty = the demo weights. Throws Error(NotFound) when the model needs weights and there are none.
std::unique_ptr<ReactionModel> openStudioModel(const std::string& name, const std::filesystem::path& checkpoint = {},
                                               const std::string& device = "cpu", int threads = 0);
// Catalogue with `checkpoint` and the parameter counts of the weights in use.
std::vector<ModelInfo> studioModels();
// FRVar and FRDiv, and FRCorr (sum over the samples) when there are appropriate listeners (each T x 25). Throws
// Error(Usage) without common frames.
std::map<std::string, double> scoreReactions(const Reactions& reactions,
                                             const std::vector<std::vector<float>>& appropriate);
struct TrainServices;
// Decoders of this build for trainings; the cache is the user's.
TrainServices studioTrainServices();
std::vector<DoctorCheck> runDoctor();

std::unique_ptr<Backend> makeStudioBackend();

} // namespace emc
