#pragma once
// Everything the window asks of the core, as one interface, so that the window also runs with a fake in tests. No
// torch, OpenCV, VTK or Qt here.
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "core/api/clip.h"
#include "core/api/job_context.h"
#include "core/api/reaction_model.h"
#include "core/api/train.h"

namespace emc {

struct DoctorCheck {
    std::string name; // "LibTorch", "3D heads", ...
    bool ok = false;
    std::string detail; // version or finding
    std::string fix;    // one sentence, empty when ok
};

struct IngestOptions {
    int face = -1;           // -1 = the largest steady one; otherwise 0 = leftmost, 1 = next, ...
    bool sourceRate = false; // keep the source's frames instead of the 25 fps grid
    int cropSize = 256;
};
struct IngestReport {
    std::filesystem::path clip;
    int frames = 0, faceFrames = 0;
    double rateHz = 0, seconds = 0, realtimeFactor = 0;
    std::vector<FrameSpan> missingFace;
    bool hasSpeech = false;
    std::vector<std::string> notes; // "no sound track", "variable frame rate, resampled to 25 fps", ...
};

struct Waveform {      // per bucket, for drawing
    double rateHz = 0; // buckets per second
    std::vector<float> low, high, rms;
};

struct SoundBuffer {
    int rateHz = 0, channels = 1;
    std::vector<float> samples; // interleaved
};

struct RunInfo {
    std::filesystem::path folder;
    std::string name, model, state; // state: "running", "done", "interrupted", "failed"
    long step = 0, steps = 0;
    double bestValidation = 0;
};

struct OpenedCheckpoint {
    std::string model;             // name in the catalogue
    std::filesystem::path weights; // what useWeights() and openModel() take: the file itself, or ours made of it
};

class StudyService; // core/api/study_service.h

class Backend {
public:
    virtual ~Backend() = default;
    virtual std::vector<ModelInfo> models() = 0; // `checkpoint` filled in where weights are found
    virtual std::unique_ptr<ReactionModel> openModel(const std::string& name) = 0;
    virtual std::shared_ptr<const Clip> openClip(const std::filesystem::path&) = 0;
    virtual std::shared_ptr<const Clip>
    openRealListener(const std::filesystem::path& clip) = 0; // null when there is none
    virtual std::filesystem::path demoClip() = 0;            // empty when absent
    virtual std::unique_ptr<FrameReader> openVideo(const std::filesystem::path&, int size) = 0;
    virtual Waveform waveform(const std::filesystem::path& sound, double bucketsPerSecond, JobContext&) = 0;
    virtual SoundBuffer sound(const std::filesystem::path&, int rateHz) = 0; // mono
    virtual IngestReport ingest(const std::filesystem::path& video, const std::filesystem::path& clip,
                                const IngestOptions&, JobContext&) = 0;
    virtual TrainResult train(const TrainOptions&, JobContext&) = 0;
    virtual std::vector<RunInfo> runs(const std::filesystem::path& folder) = 0;
    virtual std::vector<DoctorCheck> doctor() = 0;
    virtual StudyService& studies() = 0; // lives as long as the backend
    // From now on models() and openModel() mean these weights by that name, so that a run of a study can be looked at;
    // empty: the program's own again. Models that are open stay as they are.
    virtual void useWeights(const std::string& model, const std::filesystem::path& weights) = 0;
    // Reads a checkpoint of the studio or of the authors (.pth, .pt, .ckpt, .safetensors), finds out which model it is
    // and opens it once. A file of the authors is converted into `folder`. Throws Error with everything that does not
    // fit; Cancelled.
    virtual OpenedCheckpoint openCheckpoint(const std::filesystem::path& file, const std::filesystem::path& folder,
                                            JobContext&) = 0;
    // FRCorr and FRVar of reactions against appropriate listeners (each T x 25).
    virtual std::map<std::string, double> scores(const Reactions&,
                                                 const std::vector<std::vector<float>>& appropriate) = 0;
    // Trains what is not done of a group of models and seeds; progress counts the steps of all.
    virtual void trainGroup(const TrainGroup&, JobContext&) = 0;
    virtual TrainGroup openGroup(const std::filesystem::path& folder) = 0; // to go on with it
};

} // namespace emc
