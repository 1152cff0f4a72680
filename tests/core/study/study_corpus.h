#pragma once
// A corpus of a few short clips in memory, and models that answer at once: enough to run whole studies in a test.
#include <atomic>
#include <filesystem>
#include <string>
#include <vector>

#include "core/api/clip.h"
#include "core/api/job_context.h"

namespace emc::test {

// Writes ROOT/test.pack.safetensors with `rows` conversations of `frames` frames. The listener follows the speaker;
// rows 2i and 2i+1 are alike, so that each speaker has two appropriate listeners.
void writeStudyCorpus(const std::filesystem::path& root, int rows = 4, int frames = 64, int side = 8);

// A clip whose tracks hold the frame's number: emotion[t][d] = t + d / 100, coeffs and mfcc likewise; frame t of the
// film is a picture of value t. `sound` may be empty.
std::shared_ptr<const Clip> countingClip(int frames, const std::filesystem::path& sound = {});

// Registers trans-vae, trans-vae-emc, trans-vae-emc-no-ea and study-baseline, once. Weights are text files that hold a
// gain between 0 and 1.
void registerStudyModels();
bool addStudyModel(const char* name, const char* host, const char* condition);
std::filesystem::path writeStudyWeights(const std::filesystem::path& run, const std::string& gain);
std::atomic<int>& studyReactions(); // how often any of them was asked
std::atomic<int>& studyDelayMs();   // how long each of them takes
// The reaction after which `job` is asked to cancel, once.
void stopStudyAt(int reaction, JobContext& job);

} // namespace emc::test
