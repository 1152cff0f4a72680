#pragma once
// The frozen networks that the authors' hosts read through: Swin-T and VGGish (REGNN), the convolutions of wav2vec2
// (FaceAIS). Their weights are not part of EMC Studio; where they are absent, models run on built-in features and this
// is said. No torch in this header.
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "core/api/clip.h"
#include "core/api/job_context.h"
#include "core/data/wav.h"

namespace emc {

struct OfficialFile {
    std::string name;     // in the folder of weights: "swin-t.safetensors"
    std::string model;    // as `emc convert` calls it: "swin-t"
    std::string original; // what is to be converted: "swin_fer.pth of REGNN's authors"
};
struct OfficialNetwork {
    std::string name, label;         // "swin", "Swin-T"
    int width = 0;                   // numbers per frame
    bool readsFace = false;          // else sound
    std::string host, builtIn;       // "REGNN"; what stands in: "the frame encoder of EMC Studio"
    std::vector<OfficialFile> files; // all are needed
};
const std::vector<OfficialNetwork>& officialNetworks();          // swin, vggish, wav2vec2
const OfficialNetwork& officialNetwork(const std::string& name); // throws Error(Usage)

// $EMC_WEIGHTS, else emc-studio/weights in the user's cache.
std::filesystem::path officialWeightFolder();

struct OfficialState {
    std::string name;
    bool ready = false;
    std::vector<OfficialFile> missing; // files
};
OfficialState officialState(const std::string& name, const std::filesystem::path& weights = officialWeightFolder());
// What a person is told about networks of one host: "Official features absent: swin-t.safetensors is not in DIR. REGNN
// runs on built-in features instead: ..." with the command that would change it, or that all are there.
std::string officialMessage(const std::vector<std::string>& names,
                            const std::filesystem::path& weights = officialWeightFolder());
// All networks in one line: which are here, and what stands in for the others.
std::string officialOverview(const std::filesystem::path& weights = officialWeightFolder());

// Opens a converted file of one of these models ("swin-t", "vggish", "wav2vec2") with our own network,
// which names every tensor that does not fit. Returns false when `model` is none of them.
bool checkOfficialFile(const std::string& model, const std::filesystem::path& file);

// Makes features of clips. Networks are opened when they are first needed and kept.
class OfficialFeatures {
public:
    // `untrainedSeed` other than 0: networks with numbers from that seed instead of weights, for measuring pipelines.
    explicit OfficialFeatures(std::filesystem::path weights = officialWeightFolder(), std::uint64_t untrainedSeed = 0);
    ~OfficialFeatures();
    OfficialFeatures(const OfficialFeatures&) = delete;
    OfficialFeatures& operator=(const OfficialFeatures&) = delete;

    // (frames, width) row-major; of wav2vec2 the mean of a frame's two vectors. VGGish may lack the last frame, as the
    // original does. Only the modality that the network reads is opened. Throws Error(NotFound) when weights, pictures
    // or sound are absent, Error(BadInput), Cancelled.
    std::vector<float> make(const Clip& clip, const std::string& name, const SoundLoader& sounds, JobContext& job,
                            int* frames);
    // The same as a file where models look for it (officialFeatureFile()), whole or not at all. Returns the file.
    std::filesystem::path write(const Clip& clip, const std::string& name, const SoundLoader& sounds, JobContext& job);

private:
    struct Networks;
    std::unique_ptr<Networks> m_networks;
};

} // namespace emc
