#pragma once
// A backend without networks: deterministic, plausible and quick, for tests of the window and for looking at it.
// Its clip and its reactions are made of sines; they say "synthetic" and mean nothing.
#include <atomic>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "core/api/backend.h"
#include "core/api/study_service.h"

namespace emc {

struct FakeOptions {
    int frames = 750;
    int msFirst = 0, msAll = 0; // how long a reaction takes (in small steps that can be cancelled)
    bool withVideo = true, withListener = true;
    std::string failModel; // react() of this model throws
    int failTensors = 0;   // and names so many tensors that its weights lack
    int trainSteps = 200, msPerStep = 2;
    int msPerStudyReaction = 0;
};

class FakeBackend : public Backend {
public:
    explicit FakeBackend(FakeOptions options = {});
    ~FakeBackend() override;

    std::vector<ModelInfo> models() override;
    std::unique_ptr<ReactionModel> openModel(const std::string& name) override;
    std::shared_ptr<const Clip>
    openClip(const std::filesystem::path&) override; // any path but those that contain "broken"
    std::shared_ptr<const Clip> openRealListener(const std::filesystem::path& clip) override;
    std::filesystem::path demoClip() override;
    std::unique_ptr<FrameReader> openVideo(const std::filesystem::path&, int size) override;
    Waveform waveform(const std::filesystem::path& sound, double bucketsPerSecond, JobContext&) override;
    SoundBuffer sound(const std::filesystem::path&, int rateHz) override;
    IngestReport ingest(const std::filesystem::path& video, const std::filesystem::path& clip, const IngestOptions&,
                        JobContext&) override;
    TrainResult train(const TrainOptions&, JobContext&) override;
    void trainGroup(const TrainGroup&, JobContext&) override;
    TrainGroup openGroup(const std::filesystem::path& folder) override; // there is none
    std::vector<RunInfo> runs(const std::filesystem::path& folder) override;
    std::vector<DoctorCheck> doctor() override;
    std::map<std::string, double> scores(const Reactions&, const std::vector<std::vector<float>>& appropriate) override;

    // The real studies of the core over a small made corpus, with models that answer at once.
    StudyService& studies() override;
    void useWeights(const std::string& model, const std::filesystem::path& weights) override;
    // "NAME.pth" of a model of the catalogue; others do not fit.
    OpenedCheckpoint openCheckpoint(const std::filesystem::path& file, const std::filesystem::path& folder,
                                    JobContext&) override;
    std::filesystem::path studyCorpus();   // written at the first call
    std::filesystem::path studiesFolder(); // beside it

    std::atomic<int> reactCalls{0}, reactCompleted{0};

private:
    struct Studies;
    Studies& made();
    FakeOptions m_options;
    std::unique_ptr<Studies> m_studies;
    std::map<std::string, std::string> m_weights; // chosen by useWeights()
};

// Emotion (25) and coefficients (58) of a made person at a frame; `who` tells persons and samples apart.
void fakeFace(int frame, int who, float* emotion25, float* coeffs58);

} // namespace emc
