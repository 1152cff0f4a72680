#include "core/nn/checkpoint.h"

#include <algorithm>
#include <set>
#include <span>

#include "core/api/error.h"
#include "core/data/parted_tensors.h"

namespace emc {

namespace {
std::map<std::string, torch::Tensor> tensorsOf(const torch::nn::Module& module) {
    std::map<std::string, torch::Tensor> all;
    for (const auto& item : module.named_parameters(true)) all[item.key()] = item.value();
    for (const auto& item : module.named_buffers(true)) all[item.key()] = item.value();
    return all;
}

bool isFrameKernel(const std::string& name) {
    return name.find("Conv3D.") != std::string::npos && name.ends_with(".weight");
}

std::string shapeText(const std::vector<std::int64_t>& shape) {
    std::string text = "(";
    for (std::size_t i = 0; i < shape.size(); ++i) text += (i ? ", " : "") + std::to_string(shape[i]);
    return text + ")";
}

bool startsWithAny(const std::string& name, const std::vector<std::string>& prefixes) {
    return std::any_of(prefixes.begin(), prefixes.end(), [&](const std::string& p) { return name.starts_with(p); });
}

std::string listed(const std::vector<std::string>& names) {
    std::string text;
    for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
    return text;
}
} // namespace

std::string CheckpointFit::summary() const {
    std::string text;
    const auto part = [&](const char* title, const std::vector<std::string>& names) {
        if (names.empty()) return;
        text += (text.empty() ? "" : "; ") + std::string(title) + " (" + std::to_string(names.size()) +
                "): " + listed(names);
    };
    part("missing tensors", missing);
    part("unexpected tensors", unexpected);
    part("wrong shapes", misshapen);
    return text;
}

void loadModule(torch::nn::Module& module, const std::filesystem::path& path, const LoadOptions& options) {
    const PartedTensors file = PartedTensors::open(path);
    const auto tensors = tensorsOf(module);
    std::map<std::string, std::string> inFile; // by our name
    CheckpointFit fit;
    for (const std::string& stored : file.names()) {
        std::string name = stored.starts_with("module.") ? stored.substr(7) : stored;
        if (!name.starts_with(options.prefix)) continue;
        name = name.substr(options.prefix.size());
        if (tensors.count(name)) inFile[name] = stored;
        else if (!startsWithAny(name, options.knownUnused)) fit.unexpected.push_back(stored);
    }
    for (const auto& [name, tensor] : tensors) {
        const auto found = inFile.find(name);
        if (found == inFile.end()) {
            if (!startsWithAny(name, options.optional)) fit.missing.push_back(options.prefix + name);
            continue;
        }
        const std::string& stored = found->second;
        const std::vector<std::int64_t> given = file.info(stored).shape;
        std::vector<std::int64_t> shape = given;
        // A temporal kernel of 1 is a plain convolution on frames.
        if (shape.size() == 5 && tensor.dim() == 4 && shape[2] == 1) shape.erase(shape.begin() + 2);
        if (shape != tensor.sizes().vec())
            fit.misshapen.push_back(stored + ": file " + shapeText(given) + ", model " +
                                    shapeText(tensor.sizes().vec()));
    }
    if (!fit.ok()) {
        throw Error(ErrorKind::BadInput, "the checkpoint does not fit the model: " + fit.summary(), path.string(),
                    "Check that the file belongs to this model and variant");
    }
    // Everything is read before anything is changed.
    std::map<std::string, std::vector<float>> values;
    for (const auto& [name, stored] : inFile) values[name] = file.readF32(stored);
    torch::NoGradGuard off;
    for (auto& [name, data] : values) {
        torch::Tensor target = tensors.at(name);
        target.copy_(torch::from_blob(data.data(), target.sizes(), torch::kFloat32));
    }
}

void saveModule(const torch::nn::Module& module, const std::filesystem::path& path,
                const std::map<std::string, std::string>& metadata, bool half, const std::string& prefix) {
    SafetensorsWriter writer;
    for (const auto& [name, tensor] : tensorsOf(module)) {
        const torch::Tensor t = tensor.detach().to(torch::kCPU, torch::kFloat32).contiguous();
        std::vector<std::int64_t> shape = t.sizes().vec();
        if (isFrameKernel(name) && shape.size() == 4) shape.insert(shape.begin() + 2, 1);
        const std::span<const float> values(t.data_ptr<float>(), static_cast<std::size_t>(t.numel()));
        if (half) writer.addF16(prefix + name, shape, values);
        else writer.addF32(prefix + name, shape, values);
    }
    for (const auto& [key, value] : metadata) writer.meta(key, value);
    writer.write(path);
}

std::map<std::string, std::string> checkpointMetadata(const std::filesystem::path& file) {
    return SafetensorsFile::open(file).metadata();
}

void copyInto(torch::nn::Module& target, const std::string& prefix, const torch::nn::Module& source) {
    const auto there = tensorsOf(target);
    const auto from = tensorsOf(source);
    for (const auto& [name, tensor] : from) {
        const auto found = there.find(prefix + "." + name);
        if (found == there.end() || found->second.sizes() != tensor.sizes())
            throw Error(ErrorKind::Internal, "the module has no place for " + prefix + "." + name);
    }
    torch::NoGradGuard off;
    for (const auto& [name, tensor] : from) {
        torch::Tensor place = there.at(prefix + "." + name);
        place.copy_(tensor);
    }
}

void setTensor(torch::nn::Module& module, const std::string& name, const torch::Tensor& value) {
    const auto tensors = tensorsOf(module);
    const auto found = tensors.find(name);
    if (found == tensors.end() || found->second.sizes() != value.sizes())
        throw Error(ErrorKind::Internal, "the module has no place for " + name);
    torch::NoGradGuard off;
    torch::Tensor place = found->second;
    place.copy_(value);
}

long parameterCount(const torch::nn::Module& module) {
    long count = 0;
    for (const torch::Tensor& p : module.parameters(true)) count += static_cast<long>(p.numel());
    return count;
}

} // namespace emc
