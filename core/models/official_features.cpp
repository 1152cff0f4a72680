#include "core/models/official_features.h"

#include <cstdlib>

#include "core/api/error.h"
#include "core/data/npy.h"
#include "core/data/safetensors.h"
#include "core/models/clip_inputs.h"
#include "core/nn/checkpoint.h"
#include "core/nn/frame_encoder.h"
#include "core/nn/initialise.h"
#include "core/nn/swin.h"
#include "core/nn/vggish.h"
#include "core/nn/wav2vec_frontend.h"

namespace emc {

namespace fs = std::filesystem;

namespace {
constexpr int kSwinPicture = 224;
constexpr const char* kPca = "pproc.";

void loadSwin(SwinTransformer& net, const fs::path& file) {
    LoadOptions options;
    options.knownUnused = {"head."};
    loadModule(*net, file, options);
}

// The main file may carry the PCA of a whole torchvggish module; else it lies beside.
void loadVggish(Vggish& net, const fs::path& file, const fs::path& pca) {
    LoadOptions options;
    options.optional = {kPca};
    loadModule(*net, file, options);
    if (pca.empty()) return;
    const SafetensorsFile beside = SafetensorsFile::open(pca);
    for (const auto& [name, shape] : {std::pair("pca_eigen_vectors", std::vector<std::int64_t>{128, 128}),
                                      std::pair("pca_means", std::vector<std::int64_t>{128, 1})}) {
        std::vector<float> values = beside.readF32(name);
        if (values.size() != static_cast<std::size_t>(shape[0] * shape[1]))
            throw Error(ErrorKind::BadInput, std::string(name) + " has another size than VGGish's", pca.string());
        setTensor(*net, kPca + std::string(name), torch::from_blob(values.data(), shape, torch::kFloat32));
    }
}

torch::Tensor swinOf(SwinTransformer& net, const Clip& clip, JobContext& job) {
    const int frames = clip.info().frames, readSize = readSizeFor(kSwinPicture);
    const auto reader = clip.faceFrames(readSize);
    if (reader->width() != readSize || reader->height() != readSize)
        throw Error(ErrorKind::BadInput, "the face frames are not 256 pixels wide and high", clip.info().id);
    std::vector<std::uint8_t> rgb, planes;
    int have = 0;
    const auto read = [&](int begin, int end) {
        planes.clear();
        for (int t = begin; t < end; ++t) {
            if (reader->next(rgb)) ++have;
            if (rgb.empty()) break;
            appendCentreCrop(rgb, readSize, kSwinPicture, planes); // the last one again when the film is a frame short
        }
        if (rgb.empty()) throw Error(ErrorKind::NotFound, "the clip has no pictures of the face", clip.info().id);
        return normalisedFrames(
            torch::from_blob(planes.data(), {end - begin, 3, kSwinPicture, kSwinPicture}, torch::kUInt8));
    };
    const torch::Tensor rows = net->encode(frames, read, job);
    if (have < frames - std::max(2, frames / 50))
        throw Error(ErrorKind::BadInput,
                    "the face video has " + std::to_string(have) + " of " + std::to_string(frames) + " frames",
                    clip.info().id);
    return rows;
}

std::vector<float> soundOf(const Clip& clip, const SoundLoader& sounds, int rateHz) {
    const fs::path file = clip.soundFile();
    if (file.empty()) throw Error(ErrorKind::NotFound, "the clip has no sound", clip.info().id);
    return (sounds ? sounds : SoundLoader(loadWavMono))(file, rateHz);
}

// Numbers of an untrained network hardly differ: brought to mean 0 and deviation 1 by what the first sound gives, as
// PCA with whitening does it for the trained one.
void whiten(Vggish& net, const VggishPatches& patches) {
    const torch::NoGradGuard off;
    const int count = std::min(64, patches.count());
    std::vector<double> values = patches.logMel(0, count);
    const torch::Tensor x = net->embedding(
        torch::from_blob(values.data(), {count, kVggishRows, kVggishBands}, torch::kFloat64).to(torch::kFloat32));
    setTensor(*net, kPca + std::string("pca_means"), x.mean(0).unsqueeze(1));
    setTensor(*net, kPca + std::string("pca_eigen_vectors"), torch::diag(x.std(0).clamp_min(1e-12).reciprocal()));
}

torch::Tensor vggishOf(Vggish& net, const Clip& clip, const SoundLoader& sounds, bool unwhitened, JobContext& job) {
    std::vector<float> wave = soundOf(clip, sounds, kVggishRateHz);
    const std::size_t most = static_cast<std::size_t>(clip.info().frames) * kVggishRateHz / 25;
    wave.resize(std::min(wave.size(), most));
    const VggishPatches patches(wave, kVggishRateHz);
    if (patches.count() == 0) throw Error(ErrorKind::BadInput, "the sound is too short for VGGish", clip.info().id);
    if (unwhitened) whiten(net, patches);
    return net->encode(patches, job);
}

torch::Tensor wav2vecOf(Wav2vecFrontEnd& net, const Clip& clip, const SoundLoader& sounds, JobContext& job) {
    std::vector<float> wave = soundOf(clip, sounds, kWav2vecRateHz);
    job.progress(0, 1, "hearing with wav2vec2");
    const torch::Tensor sound = torch::from_blob(wave.data(), {1, static_cast<int64_t>(wave.size())}, torch::kFloat32);
    return net->perFrame(sound, clip.info().frames).mean(0);
}
} // namespace

const std::vector<OfficialNetwork>& officialNetworks() {
    static const std::vector<OfficialNetwork> kAll = {
        {"swin",
         "Swin-T",
         768,
         true,
         "REGNN",
         "the frame encoder of EMC Studio",
         {{"swin-t.safetensors", "swin-t", "swin_fer.pth of REGNN's authors, or torchvision's swin_t"}}},
        {"vggish",
         "VGGish",
         128,
         false,
         "REGNN",
         "MFCC",
         {{"vggish.safetensors", "vggish", "vggish-10086976.pth of torchvggish"},
          {"vggish-pca.safetensors", "vggish-pca", "vggish_pca_params-970ea276.pth of torchvggish"}}},
        {"wav2vec2",
         "wav2vec2",
         kWav2vecDims,
         false,
         "FaceAIS",
         "MFCC",
         {{"wav2vec2.safetensors", "wav2vec2", "the weights of facebook/wav2vec2-base-960h"}}},
    };
    return kAll;
}

const OfficialNetwork& officialNetwork(const std::string& name) {
    std::string known;
    for (const OfficialNetwork& network : officialNetworks()) {
        if (network.name == name) return network;
        known += (known.empty() ? "" : ", ") + network.name;
    }
    throw Error(ErrorKind::Usage, "there are no features named \"" + name + "\"", {}, "Known are " + known);
}

fs::path officialWeightFolder() {
    if (const char* named = std::getenv("EMC_WEIGHTS"); named && *named) return named;
    const char *cache = std::getenv("XDG_CACHE_HOME"), *home = std::getenv("HOME");
    const fs::path base = cache && *cache ? fs::path(cache) : fs::path(home && *home ? home : ".") / ".cache";
    return base / "emc-studio" / "weights";
}

OfficialState officialState(const std::string& name, const fs::path& weights) {
    OfficialState state{name, true, {}};
    for (const OfficialFile& file : officialNetwork(name).files) {
        std::error_code unreadable;
        if (!fs::is_regular_file(weights / file.name, unreadable)) state.missing.push_back(file);
    }
    state.ready = state.missing.empty();
    return state;
}

std::string officialMessage(const std::vector<std::string>& names, const fs::path& weights) {
    std::string ready, absent, instead, commands, host;
    const auto add = [](std::string& list, const std::string& word, const char* between = ", ") {
        list += (list.empty() ? "" : between) + word;
    };
    for (const std::string& name : names) {
        const OfficialNetwork& network = officialNetwork(name);
        const OfficialState state = officialState(name, weights);
        host = network.host;
        if (state.ready) {
            add(ready, network.label);
            continue;
        }
        add(instead, network.builtIn + " for " + network.label, " and ");
        for (const OfficialFile& file : state.missing) {
            add(absent, file.name);
            add(commands, "emc convert FILE --out " + (weights / file.name).string() + " (FILE: " + file.original + ")",
                "; ");
        }
    }
    if (absent.empty()) return "Official features ready: " + ready + ", " + weights.string();
    return "Official features absent: no " + absent + " in " + weights.string() + ". " + host +
           " runs on built-in features instead: " + instead + ". To have the official ones: " + commands;
}

std::string officialOverview(const fs::path& weights) {
    std::string words;
    bool all = true;
    for (const OfficialNetwork& network : officialNetworks()) {
        const bool ready = officialState(network.name, weights).ready;
        all = all && ready;
        words += (words.empty() ? "" : "; ") + network.label +
                 (ready ? " is here" : " is not here, " + network.host + " runs on " + network.builtIn);
    }
    return words + (all ? "; " + weights.string() : "; `emc features` tells how to get them");
}

bool checkOfficialFile(const std::string& model, const fs::path& file) {
    if (model == "swin-t") {
        SwinTransformer net;
        loadSwin(net, file);
    } else if (model == "vggish") {
        Vggish net;
        loadVggish(net, file, {});
    } else if (model == "wav2vec2") {
        Wav2vecFrontEnd net;
        loadModule(*net, file);
    } else return false;
    return true;
}

struct OfficialFeatures::Networks {
    fs::path weights;
    std::uint64_t seed = 0;
    SwinTransformer swin{nullptr};
    Vggish vggish{nullptr};
    Wav2vecFrontEnd wav2vec{nullptr};

    // A network of its own name, opened once.
    template <class Net, class Load>
    Net& opened(Net& net, const std::string& name, Load load) {
        if (!net.is_empty()) return net;
        if (seed == 0 && !officialState(name, weights).ready)
            throw Error(ErrorKind::NotFound, officialMessage({name}, weights));
        Net made;
        if (seed != 0) initialiseParameters(*made, seed);
        else load(made);
        made->eval();
        return net = made;
    }
};

OfficialFeatures::OfficialFeatures(fs::path weights, std::uint64_t untrainedSeed)
    : m_networks(std::make_unique<Networks>()) {
    m_networks->weights = std::move(weights);
    m_networks->seed = untrainedSeed;
}
OfficialFeatures::~OfficialFeatures() = default;

std::vector<float> OfficialFeatures::make(const Clip& clip, const std::string& name, const SoundLoader& sounds,
                                          JobContext& job, int* frames) {
    const OfficialNetwork& network = officialNetwork(name);
    const auto fileOf = [&](std::size_t i) { return m_networks->weights / network.files[i].name; };
    const auto swin = [&](SwinTransformer& net) { loadSwin(net, fileOf(0)); };
    const auto vggish = [&](Vggish& net) { loadVggish(net, fileOf(0), fileOf(1)); };
    const auto wav2vec = [&](Wav2vecFrontEnd& net) { loadModule(*net, fileOf(0)); };
    torch::Tensor rows;
    if (name == "swin") rows = swinOf(m_networks->opened(m_networks->swin, name, swin), clip, job);
    else if (name == "vggish") {
        const bool first = m_networks->seed != 0 && m_networks->vggish.is_empty();
        rows = vggishOf(m_networks->opened(m_networks->vggish, name, vggish), clip, sounds, first, job);
    } else rows = wav2vecOf(m_networks->opened(m_networks->wav2vec, name, wav2vec), clip, sounds, job);
    rows = rows.to(torch::kFloat32).contiguous();
    *frames = static_cast<int>(rows.size(0));
    return {rows.data_ptr<float>(), rows.data_ptr<float>() + rows.numel()};
}

fs::path OfficialFeatures::write(const Clip& clip, const std::string& name, const SoundLoader& sounds,
                                 JobContext& job) {
    int frames = 0;
    const std::vector<float> values = make(clip, name, sounds, job, &frames);
    const ClipInfo& info = clip.info();
    // The name of an item of a REACT tree is its path in it.
    const bool tree = info.id.find('/') != std::string::npos;
    const fs::path file = tree ? info.path / "features" / name / (info.id + ".npy") : officialFeatureFile(info, name);
    writeNpy(file, {frames, officialNetwork(name).width}, std::span(values));
    return file;
}

} // namespace emc
