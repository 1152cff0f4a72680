#include "core/train/training_state.h"

#include <ATen/Context.h>

#include "core/api/error.h"
#include "core/train/tensor_files.h"

namespace emc {
namespace {

using AdamState = torch::optim::AdamWParamState;

} // namespace

std::map<std::string, torch::Tensor> namedTensors(const torch::nn::Module& module) {
    std::map<std::string, torch::Tensor> tensors;
    for (const auto& item : module.named_parameters()) tensors[item.key()] = item.value();
    for (const auto& item : module.named_buffers()) tensors[item.key()] = item.value();
    return tensors;
}

std::vector<std::pair<std::string, torch::Generator>> defaultGenerators(torch::Device device) {
    std::vector<std::pair<std::string, torch::Generator>> generators;
    generators.emplace_back("default_cpu", at::globalContext().defaultGenerator(torch::kCPU));
    if (device.is_cuda()) generators.emplace_back("default_cuda", at::globalContext().defaultGenerator(device));
    return generators;
}

void saveTrainingState(const std::filesystem::path& file, const TrainingParts& parts, const StateExtras& extras) {
    SafetensorsWriter writer;
    for (const auto& [name, tensor] : namedTensors(*parts.module)) addTensor(writer, "model/" + name, tensor);
    auto& moments = parts.optimiser->state();
    for (const auto& item : parts.module->named_parameters()) {
        const auto found = moments.find(item.value().unsafeGetTensorImpl());
        if (found == moments.end()) continue; // a parameter that has had no gradient yet
        const auto& state = static_cast<const AdamState&>(*found->second);
        addTensor(writer, "adam_step/" + item.key(), torch::tensor({state.step()}, torch::kInt64));
        addTensor(writer, "adam_mean/" + item.key(), state.exp_avg());
        addTensor(writer, "adam_square/" + item.key(), state.exp_avg_sq());
    }
    for (auto [name, generator] : parts.generators) {
        std::lock_guard lock(generator.mutex());
        addTensor(writer, "generator/" + name, generator.get_state());
    }
    for (const auto& [name, tensor] : extras.tensors) addTensor(writer, "extra/" + name, tensor);
    for (const auto& [name, text] : extras.numbers) writer.meta(name, text);
    writer.meta("format", "emc training state 1");
    writer.write(file);
}

StateExtras loadTrainingState(const std::filesystem::path& path, const TrainingParts& parts) {
    const SafetensorsFile file = SafetensorsFile::open(path);
    std::string faults;
    const auto fault = [&](const std::string& text) { faults += (faults.empty() ? "" : "; ") + text; };
    const auto tensors = namedTensors(*parts.module);
    std::map<std::string, torch::Tensor> read;
    for (const auto& [name, tensor] : tensors) {
        const std::string key = "model/" + name;
        if (!file.has(key)) fault(name + " is missing");
        else if (torch::Tensor value = readTensor(file, key); value.sizes() != tensor.sizes())
            fault(name + " has another shape");
        else read[name] = value;
    }
    StateExtras extras;
    for (const std::string& name : file.names()) {
        if (name.starts_with("model/") && !tensors.count(name.substr(6)))
            fault(name.substr(6) + " is not known to the model");
        if (name.starts_with("extra/")) extras.tensors[name.substr(6)] = readTensor(file, name);
    }
    for (const auto& [name, generator] : parts.generators)
        if (!file.has("generator/" + name)) fault("the state of the generator " + name + " is missing");
    if (!faults.empty())
        throw Error(ErrorKind::BadInput, "the saved state does not fit: " + faults, path.string(),
                    "Train into a new folder.");

    const torch::NoGradGuard noGradient;
    for (const auto& [name, tensor] : tensors) {
        torch::Tensor target = tensor;
        target.copy_(read.at(name));
    }
    auto& moments = parts.optimiser->state();
    moments.clear();
    for (const auto& item : parts.module->named_parameters()) {
        if (!file.has("adam_step/" + item.key())) continue;
        auto state = std::make_unique<AdamState>();
        state->step(readTensor(file, "adam_step/" + item.key()).item<int64_t>());
        state->exp_avg(readTensor(file, "adam_mean/" + item.key()).to(item.value().device()));
        state->exp_avg_sq(readTensor(file, "adam_square/" + item.key()).to(item.value().device()));
        moments[item.value().unsafeGetTensorImpl()] = std::move(state);
    }
    for (auto [name, generator] : parts.generators) {
        std::lock_guard lock(generator.mutex());
        generator.set_state(readTensor(file, "generator/" + name));
    }
    extras.numbers = file.metadata();
    return extras;
}

} // namespace emc
