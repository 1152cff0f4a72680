// The frame encoder of a corpus: trained to tell the speaker's own 25 attributes and his coefficients from his
// pictures, then frozen. What it learns is what a reaction needs to know of a face, and it needs no listener, so one
// encoder serves every model of the corpus. The coefficients are there because most attributes are 0 or 1 and stay for
// seconds: few clips hold few of their changes, while a coefficient says something in every picture.
#include <algorithm>

#include "core/api/error.h"
#include "core/nn/checkpoint.h"
#include "core/train/fit.h"
#include "core/train/prepare.h"

namespace emc {
namespace {

namespace F = torch::nn::functional;
constexpr int kSubsample = 5; // neighbouring pictures say the same
constexpr int kScoreClips = 16;
constexpr double kAffectWeight = 4; // valence and arousal have a small variance; without it the AUs take all
constexpr double kCoeffWeight = 1;

struct EncoderTask : torch::nn::Module {
    EncoderTask()
        : encoder(register_module("encoder", FrameEncoder())),
          head(register_module("head", torch::nn::Linear(kFeatureDims, kEmotionDims + kCoeffDims))) {}
    torch::Tensor answers(const torch::Tensor& frames) { return head(encoder->forward(frames)); }
    FrameEncoder encoder{nullptr};
    torch::nn::Linear head{nullptr};
};

struct Pictures {
    torch::Tensor frames;  // (n,3,S,S) uint8
    torch::Tensor emotion; // (n,25)
    torch::Tensor coeffs;  // (n,58), standardised over the training pictures
};

// answers (...,25+58): logits of the attributes, then coefficients.
torch::Tensor pictureLoss(const torch::Tensor& answers, const torch::Tensor& emotion, const torch::Tensor& coeffs) {
    const torch::Tensor logits = answers.narrow(-1, 0, kEmotionDims);
    const torch::Tensor action = F::binary_cross_entropy_with_logits(logits.narrow(-1, 0, kValence),
                                                                     emotion.narrow(-1, 0, kValence).clamp(0, 1));
    const torch::Tensor affect = F::mse_loss(logits.narrow(-1, kValence, 2), emotion.narrow(-1, kValence, 2));
    const torch::Tensor expression =
        -(emotion.narrow(-1, kFirstExpression, 8) * torch::log_softmax(logits.narrow(-1, kFirstExpression, 8), -1))
             .sum(-1)
             .mean();
    return action + kAffectWeight * affect + expression +
           kCoeffWeight * F::mse_loss(answers.narrow(-1, kEmotionDims, kCoeffDims), coeffs);
}

torch::Tensor attributes(const torch::Tensor& logits) {
    return torch::cat({logits.narrow(-1, 0, kValence).sigmoid(), logits.narrow(-1, kValence, 2),
                       logits.narrow(-1, kFirstExpression, 8).softmax(-1)},
                      -1);
}

std::vector<Pictures> readPictures(const Clips& clips, ClipStore& store, int size, std::size_t budget,
                                   JobContext& job) {
    const std::size_t frameBytes = 3u * static_cast<std::size_t>(size) * static_cast<std::size_t>(size);
    std::size_t frames = 0;
    for (const auto& clip : clips) frames += static_cast<std::size_t>(clip->info().frames);
    // More clips say more than more pictures of one clip: first thin the pictures, then the clips.
    const auto needed = [&](int stride) { return frames / static_cast<std::size_t>(stride) * frameBytes; };
    int stride = kSubsample;
    while (stride < 25 && needed(stride) > budget) ++stride;
    const std::size_t every =
        std::max<std::size_t>(1, (needed(stride) + budget - 1) / std::max<std::size_t>(1, budget));
    std::vector<Pictures> all;
    for (std::size_t c = 0; c < clips.size(); c += every) {
        job.progress(static_cast<double>(c), static_cast<double>(clips.size()),
                     "reading the pictures of " + clips[c]->info().id);
        const auto features = store.get(*clips[c]);
        std::vector<std::uint8_t> bytes;
        std::vector<int64_t> indices;
        forEachPicture(*clips[c], size, [&](int index, const std::vector<std::uint8_t>& planes) {
            job.checkpoint();
            if (index >= features->emotion.size(0)) return false;
            if (index % stride != 0) return true;
            bytes.insert(bytes.end(), planes.begin(), planes.end());
            indices.push_back(index);
            return true;
        });
        if (indices.empty()) continue;
        Pictures pictures;
        pictures.frames =
            torch::from_blob(bytes.data(), {static_cast<int64_t>(indices.size()), 3, size, size}, torch::kUInt8)
                .clone();
        pictures.emotion = features->emotion.index_select(0, torch::tensor(indices));
        pictures.coeffs = features->coeffs.index_select(0, torch::tensor(indices));
        all.push_back(std::move(pictures));
    }
    if (all.empty())
        throw Error(ErrorKind::BadInput, "no picture of a speaker could be read", {},
                    "Look at the corpus with `emc corpus check`.");
    return all;
}

// Coefficients of all clips as multiples of the spread over `reference`, around its mean; one that never moves stays 0.
void standardise(std::vector<Pictures>& pictures, const std::vector<Pictures>& reference) {
    std::vector<torch::Tensor> all;
    for (const Pictures& one : reference) all.push_back(one.coeffs);
    const torch::Tensor rows = torch::cat(all).clone(), sd = rows.std(0, false), mean = rows.mean(0);
    for (Pictures& one : pictures)
        one.coeffs = torch::where(sd > 1e-4, (one.coeffs - mean) / sd.clamp_min(1e-4), torch::zeros_like(mean));
}

// u^f with mean 0 and spread 1 over the training pictures: what follows need not find the scale itself.
void standardiseFeatures(FrameEncoder& encoder, const torch::Tensor& features) { // (n,128)
    const torch::NoGradGuard noGradient;
    const torch::Tensor mean = features.mean(0), scale = features.std(0, false).clamp_min(1e-4).reciprocal();
    torch::Tensor weight = encoder->output()->weight, bias = encoder->output()->bias;
    weight.mul_(scale.unsqueeze(1));
    bias.sub_(mean).mul_(scale);
}

// `count` pictures, in order, out of a random stretch of the clip: the instance norm pools over what it is shown, which
// later is a whole clip.
torch::Tensor drawIndices(RandomSource& random, int frames, int count) {
    const int length = frames <= count ? frames : count + random.below(frames - count + 1);
    const int begin = random.below(frames - length + 1);
    std::vector<int> order = random.permutation(length);
    order.resize(static_cast<std::size_t>(std::min(count, length)));
    while (static_cast<int>(order.size()) < count) order.push_back(random.below(length)); // a very short clip
    std::sort(order.begin(), order.end());
    std::vector<int64_t> indices;
    for (int index : order) indices.push_back(begin + index);
    return torch::tensor(indices);
}

} // namespace

FrameEncoder prepareFrameEncoder(const Clips& train, const Clips& val, ClipStore& store,
                                 const std::filesystem::path& folder, int size, const PrepareOptions& options,
                                 std::map<std::string, double>& figures, JobContext& job) {
    const std::filesystem::path path = folder / "frame_encoder.safetensors";
    FrameEncoder encoder;
    if (!std::filesystem::exists(path)) {
        job.publish(MessageEvent{"Training the frame encoder of this corpus (once)", false});
        torch::manual_seed(1);
        const auto task = std::make_shared<EncoderTask>();
        std::vector<Pictures> pictures = readPictures(train, store, size, options.frameBudget, job);
        Clips few;
        for (std::size_t i = 0; i < val.size(); i += std::max<std::size_t>(1, val.size() / kScoreClips))
            few.push_back(val[i]);
        std::vector<Pictures> held = readPictures(few, store, size, options.frameBudget / 4, job);
        standardise(held, pictures);
        standardise(pictures, std::vector<Pictures>(pictures));
        FitPlan plan;
        plan.what = "frame encoder";
        plan.steps = options.encoderSteps;
        plan.partial = folder / "frame_encoder.partial.safetensors";
        plan.loss = [&](RandomSource& random) {
            std::vector<torch::Tensor> frames, emotion, coeffs;
            for (int b = 0; b < options.encoderClips; ++b) {
                const Pictures& one =
                    pictures[static_cast<std::size_t>(random.below(static_cast<int>(pictures.size())))];
                const torch::Tensor indices =
                    drawIndices(random, static_cast<int>(one.frames.size(0)), options.encoderFrames);
                frames.push_back(one.frames.index_select(0, indices));
                emotion.push_back(one.emotion.index_select(0, indices));
                coeffs.push_back(one.coeffs.index_select(0, indices));
            }
            return pictureLoss(task->answers(normalisedFrames(torch::stack(frames).flatten(0, 1))
                                                 .unflatten(0, {options.encoderClips, options.encoderFrames})),
                               torch::stack(emotion), torch::stack(coeffs));
        };
        const auto predict = [&](const Pictures& one) {
            return task->head(task->encoder->encode(normalisedFrames(one.frames), job)).unsqueeze(0);
        };
        plan.score = [&] {
            double sum = 0;
            for (const Pictures& one : held)
                sum += pictureLoss(predict(one), one.emotion.unsqueeze(0), one.coeffs.unsqueeze(0)).item<double>();
            return sum / static_cast<double>(held.size());
        };
        const double score = fit(*task, plan, job);
        const torch::NoGradGuard noGradient;
        std::vector<torch::Tensor> predicted, truth, predictedCoeffs, trueCoeffs, features;
        for (const Pictures& one : held) {
            const torch::Tensor answers = predict(one).squeeze(0);
            predicted.push_back(attributes(answers));
            predictedCoeffs.push_back(answers.narrow(-1, kEmotionDims, kCoeffDims));
            truth.push_back(one.emotion);
            trueCoeffs.push_back(one.coeffs);
        }
        const torch::Tensor p = torch::cat(predicted), t = torch::cat(truth);
        std::map<std::string, std::string> metadata = {{"kind", "frame encoder"},
                                                       {"video_size", std::to_string(size)},
                                                       {"figure.frame_encoder.val_loss", std::to_string(score)}};
        for (int i = 0; i < kEmotionDims; ++i)
            metadata["figure.frame_encoder.val_ccc." + std::string(kEmotionNames[static_cast<std::size_t>(i)])] =
                std::to_string(concordance(p.select(1, i), t.select(1, i)));
        metadata["figure.frame_encoder.val_r2.coefficients"] =
            std::to_string(1 - (torch::cat(predictedCoeffs) - torch::cat(trueCoeffs)).square().mean().item<double>() /
                                   torch::cat(trueCoeffs).square().mean().item<double>());
        for (const Pictures& one : pictures)
            features.push_back(task->encoder->encode(normalisedFrames(one.frames), job));
        standardiseFeatures(task->encoder, torch::cat(features));
        saveModule(*task->encoder, path, metadata);
        std::error_code ignored;
        std::filesystem::remove(plan.partial, ignored);
    }
    loadModule(*encoder, path);
    for (const auto& [key, value] : checkpointMetadata(path))
        if (key.starts_with("figure.")) figures[key.substr(7)] = std::stod(value);
    encoder->eval();
    for (torch::Tensor& parameter : encoder->parameters()) parameter.set_requires_grad(false);
    return encoder;
}

} // namespace emc
