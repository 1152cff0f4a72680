#include "core/study/prediction_files.h"

#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>

#include "core/api/error.h"
#include "core/data/atomic_file.h"
#include "core/data/safetensors.h"

namespace emc {
namespace fs = std::filesystem;
namespace {

constexpr const char* kChosen = "chosen"; // beside the variants of a set

fs::path scoresFile(const fs::path& run) {
    return run / "scores.json";
}

nlohmann::json readObject(const fs::path& file) {
    if (!fs::exists(file)) return nlohmann::json::object();
    nlohmann::json json = nlohmann::json::parse(readTextFile(file), nullptr, false);
    return json.is_object() ? json : nlohmann::json::object();
}

// JSON has no NaN: null stands for it.
double numberOf(const nlohmann::json& json) {
    return json.is_number() ? json.get<double>() : std::numeric_limits<double>::quiet_NaN();
}

void store(SafetensorsWriter& writer, const char* name, const Reactions& reactions, int dims,
           const std::vector<float>& values, bool half, const std::string& clip) {
    if (values.size() != static_cast<std::size_t>(reactions.samples) * static_cast<std::size_t>(reactions.frames) *
                             static_cast<std::size_t>(dims))
        throw Error(ErrorKind::BadInput, std::string("the model's ") + name + " has the wrong size", clip);
    for (const float value : values)
        if (!std::isfinite(value))
            throw Error(ErrorKind::BadInput,
                        std::string("the model predicts numbers that are not finite (") + name + ")", clip,
                        "Train it again or leave it out");
    const std::vector<std::int64_t> shape{reactions.samples, reactions.frames, dims};
    if (half) writer.addF16(name, shape, values);
    else writer.addF32(name, shape, values);
}

} // namespace

fs::path predictionFile(const fs::path& run, int index) {
    char name[32];
    std::snprintf(name, sizeof name, "clip-%05d.safetensors", index);
    return run / name;
}

bool predictionStored(const fs::path& file, int samples, bool coeffs) {
    if (!fs::exists(file)) return false;
    try {
        const SafetensorsFile tensors = SafetensorsFile::open(file);
        const TensorInfo& emotion = tensors.info("emotion");
        return emotion.shape.size() == 3 && emotion.shape[0] == samples && emotion.shape[1] > 0 &&
               emotion.shape[2] == kEmotionDims && (!coeffs || tensors.has("coeffs"));
    } catch (const Error&) { return false; }
}

void writePrediction(const fs::path& file, const Reactions& reactions, bool half, bool coeffs,
                     const std::string& clip) {
    SafetensorsWriter writer;
    store(writer, "emotion", reactions, kEmotionDims, reactions.emotion, half, clip);
    if (coeffs && !reactions.coeffs.empty())
        store(writer, "coeffs", reactions, kCoeffDims, reactions.coeffs, half, clip);
    for (const auto& [key, value] : reactions.meta) writer.meta(key, value);
    writer.write(file);
}

Reactions readPrediction(const fs::path& file) {
    const SafetensorsFile tensors = SafetensorsFile::open(file);
    Reactions reactions;
    reactions.emotion = tensors.readF32("emotion", {-1, -1, kEmotionDims});
    const TensorInfo& info = tensors.info("emotion");
    reactions.samples = static_cast<int>(info.shape[0]);
    reactions.frames = static_cast<int>(info.shape[1]);
    if (tensors.has("coeffs")) reactions.coeffs = tensors.readF32("coeffs", {info.shape[0], info.shape[1], kCoeffDims});
    reactions.meta = tensors.metadata();
    return reactions;
}

void writeRunDescription(const fs::path& run, const std::map<std::string, std::string>& fields) {
    writeFileAtomically(run / "run.json",
                        nlohmann::json(fields).dump(2, ' ', false, nlohmann::json::error_handler_t::replace) + "\n");
}

std::map<std::string, StoredScores> readScores(const fs::path& run) {
    std::map<std::string, StoredScores> all;
    const nlohmann::json read = readObject(scoresFile(run));
    for (const auto& [set, stored] : read.items()) {
        if (!stored.is_object()) continue;
        StoredScores& scores = all[set];
        for (const auto& [variant, metrics] : stored.items()) {
            if (variant == kChosen && metrics.is_array())
                for (const auto& clip : metrics)
                    scores.chosen.push_back(clip.is_number_integer() ? clip.get<int>() : -1);
            if (!metrics.is_object()) continue;
            for (const auto& [metric, value] : metrics.items()) {
                if (!value.is_object() || !value.contains("value")) continue;
                MetricValue& kept = scores.values[variant][metric];
                kept.value = numberOf(value["value"]);
                if (value.contains("clips") && value["clips"].is_array())
                    for (const auto& clip : value["clips"]) kept.clips.push_back(numberOf(clip));
            }
        }
    }
    return all;
}

void writeScores(const fs::path& run, const std::string& set, const StoredScores& scores) {
    nlohmann::json all = readObject(scoresFile(run));
    nlohmann::json& own = all[set] = nlohmann::json::object();
    own[kChosen] = scores.chosen;
    for (const auto& [variant, metrics] : scores.values)
        for (const auto& [metric, value] : metrics)
            own[variant][metric] = {{"value", value.value}, {"clips", value.clips}};
    writeFileAtomically(scoresFile(run), all.dump(1) + "\n");
}

} // namespace emc
