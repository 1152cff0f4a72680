#pragma once
// Training as one plain function on described options. Implemented in core/train.
#include <filesystem>
#include <string>
#include <vector>

#include "core/api/job_context.h"
#include "core/api/options.h"

namespace emc {

inline constexpr int kLongestCrop = 751; // frames of a clip of REACT

struct TrainOptions {
    // data
    std::string corpus;                  // folder of a REACT-layout corpus
    std::string run;                     // run folder to write (or to resume)
    int cropFrames = 0;                  // 0 = what suits the model, see resolved()
    int stride = 0;                      // frames in a token (1 = 25 fps); 0 = what suits the model
    int videoSize = 64;                  // faces are fed at this size
    std::string encoder = "frozen";      // frozen | joint
    double dropFace = 0, dropSpeech = 0; // random modality dropout: share of items without the modality
    // model
    std::string model = "trans-vae-emc";
    std::string variant = "fixed";  // fixed | compat
    std::string substitute = "cma"; // cma | zeros: what stands in for a substituted modality in training
    // loss
    double weightEmotion = 10, weightExpression = 1, weightPose = 1;
    double kl = 1e-2, diversity = 0.1, lambdaCma = 0.1, lambdaFusion = 0.01;
    double withholdEmotion = 0.4;
    // optimiser
    double lr = 2e-3, weightDecay = 5e-4, clip = 1.0;
    int batch = 0,
        accumulate = 1; // clips of a piece of a step (0 = what suits the model), and pieces that make one step
    int steps = 600, warmup = 50;
    std::string schedule = "cosine"; // cosine | constant
    // run
    int seed = 1, validateEvery = 100, checkpointEvery = 100, threads = 2;
    int patience = 0; // validations without a better one after which a run ends; 0 = never
    std::string device = "cpu";

    void visit(OptionVisitor& v);           // core/train/train_options.cpp
    std::vector<OptionFault> check() const; // all faults together
    // What 0 stands for is filled in: what the model's entry in the catalogue says for the device (TrainingPieces).
    // train() does this before anything is written, so a run's config.toml holds what was used.
    TrainOptions resolved() const;
};

struct TrainResult {
    std::filesystem::path run, best, last;
    long steps = 0;
    double bestValidation = 0, meanSequenceValidation = 0; // same loss terms (rec) on the same windows
    double seconds = 0;
    bool finishedEarly = false; // because somebody asked for it
    bool outOfPatience = false; // because the validation did not get better any more
};

// Several trainings as one: models, with and without modality dropout, times seeds. Every member is a usual run folder.
struct TrainGroup {
    TrainOptions base;               // of every member; model, seed and run are set for each
    std::vector<std::string> models; // names of the catalogue, with kDropoutMark (core/runs/group_record.h) or without
    std::vector<int> seeds;
    double dropout = 0.25; // of NAME+dropout: share of items without the face, and as many without the voice
    std::filesystem::path folder;
};

// Continues exactly when `options.run` holds a run with the same options; throws Error(BadInput) when they differ.
TrainResult train(const TrainOptions& options, JobContext& job);
// Reads config.toml; unknown keys and wrong values are reported all at once, with the nearest known key.
TrainOptions readTrainOptions(const std::filesystem::path& toml);
std::string writeTrainOptions(const TrainOptions& options);

} // namespace emc
