#include "core/data/reactions_io.h"

#include <cmath>

#include "core/api/error.h"
#include "core/api/vectors.h"
#include "core/data/safetensors.h"

namespace emc {

namespace {

constexpr const char* kKind = "emc-reactions-1";

void checkFinite(const std::vector<float>& values, const std::filesystem::path& path, const char* name) {
    for (float value : values)
        if (!std::isfinite(value))
            throw Error(ErrorKind::BadInput, "the reactions hold a number that is not finite",
                        path.string() + ", tensor " + name);
}

} // namespace

void writeReactions(const std::filesystem::path& path, const Reactions& reactions) {
    const std::int64_t samples = reactions.samples, frames = reactions.frames;
    const auto cells = static_cast<std::size_t>(samples * frames);
    if (samples < 0 || frames < 0 || reactions.emotion.size() != cells * kEmotionDims ||
        (!reactions.coeffs.empty() && reactions.coeffs.size() != cells * kCoeffDims))
        throw Error(ErrorKind::Internal, "the reactions to write do not have samples x frames x (25 and 58) numbers",
                    path.string());
    checkFinite(reactions.emotion, path, "emotion");
    checkFinite(reactions.coeffs, path, "coeffs");
    SafetensorsWriter writer;
    writer.addF32("emotion", {samples, frames, kEmotionDims}, reactions.emotion);
    if (!reactions.coeffs.empty()) writer.addF32("coeffs", {samples, frames, kCoeffDims}, reactions.coeffs);
    for (const auto& [key, value] : reactions.meta) writer.meta(key, value);
    writer.meta("kind", kKind);
    writer.write(path);
}

Reactions readReactions(const std::filesystem::path& path) {
    const SafetensorsFile file = SafetensorsFile::open(path);
    // Predictions of other programs have no kind; a kind of ours that is another one is a mistaken file.
    if (const std::string kind = file.meta("kind", kKind); kind != kKind)
        throw Error(ErrorKind::BadInput, "the file holds \"" + kind + "\", not reactions", path.string());
    if (!file.has("emotion"))
        throw Error(ErrorKind::BadInput, "the file holds no reactions: it has no tensor \"emotion\"", path.string());
    Reactions reactions;
    reactions.emotion = file.readF32("emotion", {-1, -1, kEmotionDims});
    const std::vector<std::int64_t>& shape = file.info("emotion").shape;
    if (shape[0] > INT32_MAX || shape[1] > INT32_MAX)
        throw Error(ErrorKind::BadInput, "the shape makes no sense", path.string());
    reactions.samples = static_cast<int>(shape[0]);
    reactions.frames = static_cast<int>(shape[1]);
    if (file.has("coeffs")) reactions.coeffs = file.readF32("coeffs", {shape[0], shape[1], kCoeffDims});
    checkFinite(reactions.emotion, path, "emotion");
    checkFinite(reactions.coeffs, path, "coeffs");
    reactions.meta = file.metadata();
    reactions.meta.erase("kind");
    return reactions;
}

} // namespace emc
