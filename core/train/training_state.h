#pragma once
// Everything that must come back for a training to go on as if it had never stopped: weights, optimiser moments by
// parameter name, torch's generators, and whatever numbers the caller adds. One file, written whole: a kill at any
// moment leaves the state before or after.
#include <torch/torch.h>

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace emc {

struct TrainingParts {
    torch::nn::Module* module = nullptr;
    torch::optim::AdamW* optimiser = nullptr;
    std::vector<std::pair<std::string, torch::Generator>> generators; // name -> generator
};
struct StateExtras {
    std::map<std::string, std::string> numbers;   // step, cursor, ...
    std::map<std::string, torch::Tensor> tensors; // best weights so far, ...
};

// Throws Error(Io) when the disk is full; the file that was there before stays.
void saveTrainingState(const std::filesystem::path& file, const TrainingParts& parts, const StateExtras& extras);
// Throws Error(BadInput) that lists all names that do not fit.
StateExtras loadTrainingState(const std::filesystem::path& file, const TrainingParts& parts);

// Parameters and buffers by dotted name.
std::map<std::string, torch::Tensor> namedTensors(const torch::nn::Module& module);
// The default generators that dropout draws from.
std::vector<std::pair<std::string, torch::Generator>> defaultGenerators(torch::Device device);

} // namespace emc
