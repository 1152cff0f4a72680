#include "core/train/train_bench.h"

#include <ATen/CPUGeneratorImpl.h>

#include <chrono>

#include "core/api/reaction_model.h"
#include "core/nn/device.h"
#include "core/train/tensor_files.h"
#include "core/train/trainable.h"
#include "core/train/training_state.h"

namespace emc {
namespace {

constexpr std::uint64_t kNoiseSeed = 20241; // of every run: a reference draws the same numbers
constexpr int kFeatures = 128, kSpeechEmotion = 10, kMfcc = 78;

std::string exact(double value) {
    char text[40];
    std::snprintf(text, sizeof text, "%.17g", value);
    return text;
}

} // namespace

struct TrainBench::State {
    TrainOptions options;
    torch::Device device{torch::kCPU};
    std::shared_ptr<TrainableModel> model;
    std::vector<torch::Tensor> trained;
    std::unique_ptr<torch::optim::AdamW> optimiser;
    torch::Generator noise;
    Batch batch;
    Stage stage = Stage::Whole;
    int tokens = 0;
    long step = 0, firstWhole = 0;
};

TrainBench::TrainBench(const TrainOptions& asked, Stage stage) : m_state(std::make_unique<State>()) {
    State& s = *m_state;
    const TrainOptions given = s.options = asked.resolved();
    s.device = torch::Device(usableDevice(given.device));
    setComputeThreads(given.threads);
    const ModelEntry& entry = ModelCatalogue::shared().find(given.model);
    if (!entry.makeTrainable)
        throw Error(ErrorKind::Usage, "the model \"" + given.model + "\" has nothing to train", {},
                    "Choose a model with weights; `emc models` lists them.");
    torch::manual_seed(static_cast<std::uint64_t>(given.seed));
    s.model = entry.makeTrainable(writeTrainOptions(given));
    s.stage = stage;
    s.firstWhole = s.model->firstWholeStep(given.steps);
    if (stage == Stage::First && s.firstWhole == 0)
        throw Error(ErrorKind::Usage, "the model \"" + given.model + "\" learns in one stage", {},
                    "Measure the whole one.");
    if (stage == Stage::Whole) s.step = s.firstWhole;
    s.model->module().to(s.device);
    for (const torch::Tensor& parameter : s.model->module().parameters())
        if (parameter.requires_grad()) s.trained.push_back(parameter);
    s.optimiser = std::make_unique<torch::optim::AdamW>(
        s.trained, torch::optim::AdamWOptions(given.lr).weight_decay(given.weightDecay));
    s.noise = at::detail::createCPUGenerator(kNoiseSeed);
    s.tokens = (given.cropFrames + given.stride - 1) / given.stride;

    // Numbers of about the size of real ones; their values do not change what a step costs.
    torch::Generator random = at::detail::createCPUGenerator(static_cast<std::uint64_t>(given.seed) + 1);
    const auto gaussian = [&](int dims, double scale) {
        return torch::randn({given.batch, s.tokens, dims}, random, torch::kFloat32) * scale;
    };
    const auto share = [&](int dims) { return torch::rand({given.batch, s.tokens, dims}, random, torch::kFloat32); };
    s.batch.faceFeatures = gaussian(kFeatures, 1);
    s.batch.mfcc = gaussian(kMfcc, 10);
    s.batch.speakerEmotion = share(kEmotionDims);
    s.batch.speechEmotion = share(kSpeechEmotion);
    s.batch.listenerEmotion = share(kEmotionDims);
    s.batch.listenerCoeffs = gaussian(kCoeffDims, .1);
    s.batch.speakerCoeffs = gaussian(kCoeffDims, .1);
    s.batch.faceDropped = torch::zeros({given.batch}, torch::kBool);
    s.batch.speechDropped = s.batch.faceDropped.clone();
    s.batch = s.batch.to(s.device);
}

TrainBench::~TrainBench() = default;

void TrainBench::writeInputs(const std::filesystem::path& file) const {
    const State& s = *m_state;
    SafetensorsWriter writer;
    for (const auto& [name, tensor] : namedTensors(s.model->module())) addTensor(writer, "model/" + name, tensor);
    addTensor(writer, "batch/face", s.batch.faceFeatures);
    addTensor(writer, "batch/mfcc", s.batch.mfcc);
    addTensor(writer, "batch/speaker_emotion", s.batch.speakerEmotion);
    addTensor(writer, "batch/speech_emotion", s.batch.speechEmotion);
    addTensor(writer, "batch/listener_emotion", s.batch.listenerEmotion);
    addTensor(writer, "batch/listener_coeffs", s.batch.listenerCoeffs);
    addTensor(writer, "batch/speaker_coeffs", s.batch.speakerCoeffs);
    const TrainOptions& o = s.options;
    writer.meta("format", "emc training bench 1");
    writer.meta("model", o.model);
    writer.meta("device", o.device);
    for (const auto& [key, value] : s.model->metadata()) writer.meta("model/" + key, value);
    for (const auto& [key, value] : std::map<std::string, double>{{"threads", o.threads},
                                                                  {"stride", o.stride},
                                                                  {"steps", o.steps - s.firstWhole},
                                                                  {"first_stage", s.stage == Stage::First},
                                                                  {"noise_seed", kNoiseSeed},
                                                                  {"lr", o.lr},
                                                                  {"weight_decay", o.weightDecay},
                                                                  {"clip", o.clip > 0 ? o.clip : INFINITY},
                                                                  {"emotion", o.weightEmotion},
                                                                  {"expression", o.weightExpression},
                                                                  {"pose", o.weightPose},
                                                                  {"kl", o.kl},
                                                                  {"diversity", o.diversity},
                                                                  {"lambda_cma", o.lambdaCma},
                                                                  {"lambda_fusion", o.lambdaFusion},
                                                                  {"withhold_emotion", o.withholdEmotion}})
        writer.meta(key, exact(value));
    writer.write(file);
}

TrainBench::Steps TrainBench::run(int steps) {
    State& s = *m_state;
    Steps out;
    s.model->module().train();
    for (int i = 0; i < steps; ++i) {
        const auto start = std::chrono::steady_clock::now();
        s.optimiser->zero_grad();
        const StepLoss loss = s.model->loss(s.batch, s.noise, s.step, s.options.steps);
        if (s.stage == Stage::Whole || s.step + 1 < s.firstWhole) ++s.step;
        out.losses.push_back(loss.total.item<double>());
        loss.total.backward();
        torch::nn::utils::clip_grad_norm_(s.trained, s.options.clip > 0 ? s.options.clip : INFINITY);
        s.optimiser->step();
        if (s.device.is_cuda()) torch::cuda::synchronize();
        out.seconds.push_back(std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
    }
    return out;
}

long TrainBench::parameters() const {
    long sum = 0;
    for (const torch::Tensor& parameter : m_state->trained)
        if (parameter.grad().defined()) sum += parameter.numel();
    return sum;
}
int TrainBench::tokens() const {
    return m_state->tokens;
}

} // namespace emc
