#include "core/train/react_bench.h"

#include "core/api/vectors.h"
#include "core/nn/checkpoint.h"
#include "core/nn/frame_encoder.h"
#include "core/nn/noise.h"
#include "core/train/tensor_files.h"

namespace emc {
namespace {

// Streamed frame by frame: a long clip's frames need not be in memory twice.
std::vector<std::uint8_t> facePlanes(const Clip& clip, int frames, int size) {
    const int readSize = readSizeFor(size);
    const auto reader = clip.faceFrames(readSize);
    std::vector<std::uint8_t> planes, rgb;
    for (int i = 0; i < frames; ++i) {
        if (reader->next(rgb)) appendCentreCrop(rgb, readSize, size, planes);
        else if (i == 0) throw Error(ErrorKind::BadInput, "the face film has no frame", clip.info().id);
        else // one frame less than rows is common: the last one again, as the models do
            planes.insert(planes.end(), planes.end() - 3 * size * size, planes.end());
    }
    return planes;
}

} // namespace

void writeReactBenchInputs(const Clip& clip, const Reactions& ours, const ReactBenchInputs& inputs,
                           const std::filesystem::path& file) {
    const auto meta = checkpointMetadata(inputs.checkpoint);
    const auto text = [&](const char* key, const char* fallback) {
        const auto found = meta.find(key);
        return found == meta.end() ? std::string(fallback) : found->second;
    };
    if (text("variant", "compat") != "fixed")
        throw Error(ErrorKind::Unsupported, "the reference knows the variant fixed only", inputs.checkpoint.string());
    const int size = std::stoi(text("video_size", "64"));
    const int frames = ours.frames, samples = ours.samples;
    const ClipInfo& info = clip.info();
    if (!info.hasFace || !info.hasSpeech || !info.faceMissing.empty())
        throw Error(ErrorKind::Unsupported, "the reference needs a clip with face and voice on every frame", info.id);

    SafetensorsWriter writer;
    const std::string model = text("model", "");
    const int stride = std::stoi(text("stride", "1"));
    std::vector<std::uint8_t> planes;
    if (model != "belfusion") planes = facePlanes(clip, frames, size);
    std::size_t perSample = kFeatureDims;
    if (model.starts_with("regnn")) {
        FrameEncoder encoder;
        loadModule(*encoder, inputs.checkpoint,
                   {.prefix = "features.video_encoder.", .optional = {}, .knownUnused = {}});
        const torch::Tensor pictures = torch::from_blob(planes.data(), {frames, 3, size, size}, torch::kUInt8);
        JobContext job;
        addTensor(writer, "face", encoder->encode(normalisedFrames(pictures), job));
        // One number per attribute and token, and those of the second before: see windowNoise() of REGNN.
        perSample = static_cast<std::size_t>((frames + stride - 1) / stride + std::max(1, 25 / stride)) * kEmotionDims;
    } else if (model.starts_with("trans-vae")) {
        writer.addU8("frames", {frames, 3, size, size}, planes);
    } else if (model != "belfusion") {
        throw Error(ErrorKind::Unsupported, "there is no reference for " + model, inputs.checkpoint.string());
    }
    const auto face = clip.face();
    const auto speech = clip.speech();
    const auto rows = [&](const std::vector<float>& values, int dims) {
        return std::span(values).subspan(0, static_cast<std::size_t>(frames) * static_cast<std::size_t>(dims));
    };
    if (face->frames < frames || speech->frames < frames)
        throw Error(ErrorKind::BadInput, "face and voice are shorter than the clip", info.id);
    writer.addF32("mfcc", {frames, kMfccDims}, rows(speech->mfcc, kMfccDims));
    writer.addF32("emotion", {frames, kEmotionDims}, rows(face->emotion, kEmotionDims));
    // The draws of the engine: stream 0 of every sample, from the seed and the clip's name.
    const std::uint64_t seed = mixedSeed(inputs.seed, textSeed(info.id));
    std::vector<float> noise;
    for (int k = 0; k < samples; ++k) {
        const auto one = gaussianNoise(mixedSeed(seed, static_cast<std::uint64_t>(k) * 4), perSample);
        noise.insert(noise.end(), one.begin(), one.end());
    }
    writer.addF32("noise", {samples, static_cast<std::int64_t>(perSample)}, noise);
    writer.addF32("our_emotion", {samples, frames, kEmotionDims}, ours.emotion);
    writer.addF32("our_coeffs", {samples, frames, kCoeffDims}, ours.coeffs);
    writer.meta("format", "emc reaction bench 1");
    writer.meta("model", model);
    writer.meta("stride", std::to_string(stride));
    writer.meta("threads", std::to_string(inputs.threads));
    writer.meta("device", inputs.device);
    writer.write(file);
}

} // namespace emc
