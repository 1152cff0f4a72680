#include "core/checkpoint/store.h"

#include <cmath>
#include <nlohmann/json.hpp>

#include "core/api/error.h"
#include "core/checkpoint/torch_writer.h"
#include "core/data/half.h"
#include "core/data/safetensors.h"

namespace emc {

namespace {
constexpr float kLargestHalf = 65504.f;

bool isFloating(const std::string& dtype) {
    return dtype.starts_with("F") || dtype == "BF16";
}

bool fitsHalf(const CheckpointFile& file, const CheckpointTensor& tensor) {
    bool fits = true;
    file.streamF32(tensor, [&](std::span<const float> values) {
        for (float value : values) fits = fits && std::fabs(value) <= kLargestHalf;
    });
    return fits;
}

// A tensor as it is written: its new type and its bytes in pieces.
struct Writing {
    std::string dtype;
    std::function<void(const CheckpointFile::Sink&)> produce;
};

Writing writingOf(const CheckpointFile& file, const CheckpointTensor& tensor, bool half) {
    if (!isFloating(tensor.dtype))
        return {tensor.dtype, [&](const CheckpointFile::Sink& sink) { file.stream(tensor, sink); }};
    if (!half || !fitsHalf(file, tensor))
        return {"F32", [&](const CheckpointFile::Sink& sink) {
                    file.streamF32(tensor, [&](std::span<const float> values) { sink(std::as_bytes(values)); });
                }};
    return {"F16", [&](const CheckpointFile::Sink& sink) {
                std::vector<std::uint16_t> halves;
                file.streamF32(tensor, [&](std::span<const float> values) {
                    halves.resize(values.size());
                    for (std::size_t i = 0; i < values.size(); ++i) halves[i] = floatToHalf(values[i]);
                    sink(std::as_bytes(std::span(halves)));
                });
            }};
}

template <class Put>
void forEachNamed(const CheckpointFile& file, const std::map<std::string, std::string>& names, Put put) {
    for (const CheckpointTensor& tensor : file.tensors()) {
        const auto found = names.find(tensor.name);
        if (found != names.end()) put(found->second, tensor);
    }
}

std::string listed(const char* title, const std::vector<std::string>& names) {
    if (names.empty()) return {};
    std::string text = std::string(title) + " (" + std::to_string(names.size()) + "): ";
    for (std::size_t i = 0; i < names.size(); ++i) text += (i ? ", " : "") + names[i];
    return text;
}

CheckpointReport reportOf(std::vector<ModelPart> parts) {
    CheckpointReport report;
    const auto add = [](std::vector<std::string>& to, const std::vector<std::string>& from) {
        to.insert(to.end(), from.begin(), from.end());
    };
    for (const ModelPart& part : parts) {
        add(report.missing, part.missing);
        add(report.unexpected, part.unexpected);
        add(report.misshapen, part.misshapen);
        add(report.ignored, part.ignored);
        add(report.rebuilt, part.rebuilt);
        report.parameters += part.parameters;
    }
    report.parts = std::move(parts);
    return report;
}
} // namespace

std::string CheckpointReport::faults() const {
    std::string text;
    for (const std::string& part : {listed("missing tensors", missing), listed("unexpected tensors", unexpected),
                                    listed("wrong shapes", misshapen)})
        if (!part.empty()) text += (text.empty() ? "" : "; ") + part;
    return text;
}

std::map<std::string, std::string> CheckpointReport::names() const {
    std::map<std::string, std::string> all;
    for (const ModelPart& part : parts) all.insert(part.names.begin(), part.names.end());
    return all;
}

CheckpointReport inspectCheckpoint(const CheckpointFile& file) {
    std::vector<NamedShape> shapes;
    for (const CheckpointTensor& tensor : file.tensors()) shapes.push_back({tensor.name, tensor.shape});
    if (shapes.empty()) throw Error(ErrorKind::BadInput, "there is no tensor in the file", file.where());
    return reportOf(identifyModel(shapes));
}

std::uintmax_t storeSafetensors(const CheckpointFile& file, const std::map<std::string, std::string>& names,
                                const std::filesystem::path& out, const StoreOptions& options) {
    SafetensorsWriter writer;
    forEachNamed(file, names, [&](const std::string& name, const CheckpointTensor& tensor) {
        Writing writing = writingOf(file, tensor, options.half);
        writer.addStreamed(name, writing.dtype, tensor.shape, std::move(writing.produce));
    });
    for (const auto& [key, value] : options.metadata) writer.meta(key, value);
    if (options.half) writer.meta("precision", "f16");
    writer.write(out);
    return std::filesystem::file_size(out);
}

std::uintmax_t storeTorch(const CheckpointFile& file, const std::map<std::string, std::string>& names,
                          const std::filesystem::path& out, const StoreOptions& options) {
    TorchWriter writer(out);
    forEachNamed(file, names, [&](const std::string& name, const CheckpointTensor& tensor) {
        const Writing writing = writingOf(file, tensor, options.half);
        writer.add(name, writing.dtype, tensor.shape, writing.produce);
    });
    writer.finish();
    return std::filesystem::file_size(out);
}

std::map<std::string, std::string> officialMetadata(const CheckpointFile& file, const CheckpointReport& report) {
    const ModelPart& main = report.parts.front();
    std::map<std::string, std::string> metadata = {{"official", main.model}};
    if (!main.variant.empty()) metadata["official_variant"] = main.variant;
    nlohmann::json sizes = nlohmann::json::object();
    for (const ModelPart& part : report.parts) sizes[part.model] = part.sizes;
    metadata["official_sizes"] = sizes.dump();
    if (!file.hyperParameters().empty()) metadata["hyper_parameters"] = file.hyperParameters();
    for (const char* key : {"epoch", "global_step", "pytorch-lightning_version"})
        if (const auto found = file.facts().find(key); found != file.facts().end()) metadata[key] = found->second;
    return metadata;
}

OfficialNames officialNames(const CheckpointFile& ours) {
    OfficialNames out;
    const auto named = ours.facts().find("model");
    const auto official = ours.facts().find("official");
    std::string model = named != ours.facts().end()      ? named->second
                        : official != ours.facts().end() ? official->second
                                                         : inspectCheckpoint(ours).model();
    std::vector<NamedShape> shapes;
    for (const CheckpointTensor& tensor : ours.tensors()) {
        const std::string name = officialName(model, tensor.name);
        if (name.empty()) {
            out.leftOut.push_back(tensor.name);
            continue;
        }
        out.names[tensor.name] = name;
        shapes.push_back({name, tensor.shape});
    }
    if (shapes.empty()) throw Error(ErrorKind::BadInput, "the checkpoint has no tensor of a host", ours.where());
    out.report = reportOf(identifyModel(shapes));
    if (out.report.fits()) {
        for (const ModelPart& part : out.report.parts)
            for (const auto& [name, published] : publishedSizes(part.model))
                if (const auto size = part.sizes.at(name); size != published)
                    out.otherSizes.push_back(name + " " + std::to_string(size) + " (published " +
                                             std::to_string(published) + ")");
        return out;
    }
    const std::string what = out.report.model().empty() ? "of a known host" : "of " + out.report.parts.front().label;
    const auto variant = ours.facts().find("variant");
    const bool fixed = variant != ours.facts().end() && variant->second == "fixed";
    throw Error(ErrorKind::BadInput,
                "the authors' code " + what + " cannot load this checkpoint: " + out.report.faults(), ours.where(),
                fixed ? "The variant fixed is another network; train the variant compat for the authors' code" : "");
}

} // namespace emc
