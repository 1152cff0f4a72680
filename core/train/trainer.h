#pragma once
// The training of one model: one object per start of a run. Everything that must survive a stop is in run(), save() and
// resume().
#include <torch/torch.h>

#include <chrono>
#include <filesystem>
#include <memory>
#include <string>

#include "core/runs/run_lock.h"
#include "core/runs/run_record.h"
#include "core/train/prepare.h"
#include "core/train/run_log.h"
#include "core/train/sampler.h"
#include "core/train/train_services.h"
#include "core/train/trainable.h"
#include "core/train/training_state.h"

namespace emc {

// What a job's progress says while steps are counted; the preparation of the corpus says other things.
std::string trainingText(const TrainOptions& options);

class Trainer {
public:
    // Prepares the corpus, makes the network, and goes to where an earlier start of the same run stopped. `record` is
    // filled on the way.
    Trainer(const TrainOptions& options, const TrainServices& services, const std::filesystem::path& folder,
            RunRecord& record, JobContext& job);

    // Until the last step or "finish early". Throws Cancelled after the state is saved.
    TrainResult run();

    static std::filesystem::path stateFile(const std::filesystem::path& run) { return run / "state.safetensors"; }
    static std::filesystem::path lastFile(const std::filesystem::path& run) { return run / "last.safetensors"; }
    static std::filesystem::path bestFile(const std::filesystem::path& run) { return run / "best.safetensors"; }

private:
    void adopt(); // frozen networks and statistics of the corpus go into the model
    void resume();
    void step();
    void validate();
    void save();
    void writeCheckpoint(const std::filesystem::path& file);
    double learningRate(long step) const;
    bool outOfPatience() const;
    StepLoss accumulated(); // loss and gradient of one step; stops behind a loss that is not a number
    TrainingParts parts();
    void measureMeanSequence();

    const TrainOptions& m_options;
    const std::filesystem::path m_folder;
    RunRecord& m_record;
    JobContext& m_job;
    torch::Device m_device;
    PreparedCorpus m_corpus;
    std::unique_ptr<Sampler> m_sampler;
    std::vector<Sampler::Window> m_windows;
    std::shared_ptr<TrainableModel> m_model;
    std::unique_ptr<torch::optim::AdamW> m_optimiser;
    torch::Generator m_noise;
    std::unique_ptr<RunLog> m_log;
    long m_step = 0, m_savedStep = -1, m_validatedStep = -1;
    double m_secondsBefore = 0;
    std::chrono::steady_clock::time_point m_begin = std::chrono::steady_clock::now();
};

} // namespace emc
