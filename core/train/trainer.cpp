#include "core/train/trainer.h"

#include <ATen/CPUGeneratorImpl.h>

#include <cmath>
#include <limits>
#include <numbers>

#include "core/api/reaction_model.h"
#include "core/nn/checkpoint.h"
#include "core/nn/device.h"

namespace emc {
namespace {

constexpr std::uint64_t kNoiseStream = 0x6e6f697365ull, kValidationStream = 0x76616c6964ull;
constexpr double kNothingYet = std::numeric_limits<double>::infinity();

std::string exact(double value) {
    char text[40];
    std::snprintf(text, sizeof text, "%.17g", value);
    return text;
}

std::string shortened(double value) {
    char text[32];
    std::snprintf(text, sizeof text, "%.4g", value);
    return text;
}

} // namespace

std::string trainingText(const TrainOptions& options) {
    return "training " + options.model;
}

Trainer::Trainer(const TrainOptions& options, const TrainServices& services, const std::filesystem::path& folder,
                 RunRecord& record, JobContext& job)
    : m_options(options), m_folder(folder), m_record(record), m_job(job), m_device(usableDevice(options.device)) {
    setComputeThreads(options.threads);
    const ModelEntry& entry = ModelCatalogue::shared().find(options.model);
    if (!entry.makeTrainable)
        throw Error(ErrorKind::Usage, "the model \"" + options.model + "\" has nothing to train", {},
                    "Choose a model with weights; `emc models` lists them.");
    m_corpus = prepareCorpus(options, services, job);
    if (!services.expectedData.empty() && services.expectedData != m_corpus.dataHash)
        throw Error(ErrorKind::BadInput, "this is another corpus than that of the group's finished runs",
                    options.corpus, "Train into a new folder.");
    record.dataHash = m_corpus.dataHash;
    record.figures = m_corpus.figures;
    record.notes["features"] = m_corpus.featureHash;
    record.notes["prepared"] = m_corpus.folder.string();
    if (m_corpus.synthetic) record.notes["synthetic"] = "true";

    // Two streams of chance: torch's own (initial weights, dropout) and the model's noise, drawn on the CPU so that
    // devices agree; both start from the seed.
    torch::manual_seed(static_cast<std::uint64_t>(options.seed));
    m_model = entry.makeTrainable(writeTrainOptions(options));
    adopt();
    m_model->module().to(m_device);
    std::vector<torch::Tensor> trained;
    for (const torch::Tensor& parameter : m_model->module().parameters())
        if (parameter.requires_grad()) trained.push_back(parameter);
    if (trained.empty())
        throw Error(ErrorKind::Internal, "the model \"" + options.model + "\" has no parameter to train");
    m_optimiser = std::make_unique<torch::optim::AdamW>(
        trained, torch::optim::AdamWOptions(options.lr).weight_decay(options.weightDecay));
    torch::manual_seed(static_cast<std::uint64_t>(options.seed) + 1);
    m_noise = at::detail::createCPUGenerator(static_cast<std::uint64_t>(options.seed) ^ kNoiseStream);
    m_sampler = std::make_unique<Sampler>(m_corpus, m_options, m_model->neighbours());
    m_windows = m_sampler->validation(services.largestValidation);
    measureMeanSequence();
    for (Sampler::Window& window : m_windows) window.batch = window.batch.to(m_device); // once, not at each validation
    record.bestValidation = kNothingYet;
    record.bestStep = 0;
    if (std::filesystem::exists(stateFile(folder))) resume();
    m_log = std::make_unique<RunLog>(folder, m_step);
    record.step = m_step;
}

void Trainer::adopt() {
    torch::nn::Module& module = m_model->module();
    // By type and by name of the buffer, not by model: any host that has such parts gets them.
    for (const auto& item : module.named_modules()) {
        if (!m_corpus.encoder.is_empty() && item.value()->as<FrameEncoderImpl>()) {
            copyInto(module, item.key(), *m_corpus.encoder);
            for (torch::Tensor& parameter : item.value()->parameters()) parameter.set_requires_grad(false);
        }
        if (item.value()->as<SpeechEmotionHeadImpl>()) {
            copyInto(module, item.key(), *m_corpus.speechHead);
            for (torch::Tensor& parameter : item.value()->parameters()) parameter.set_requires_grad(false);
        }
    }
    for (const auto& item : module.named_buffers()) {
        const std::string name = item.key().substr(item.key().rfind('.') + 1);
        if (name == "coeff_mean") setTensor(module, item.key(), m_corpus.coeffMean);
        if (name == "mfcc_mean") setTensor(module, item.key(), m_corpus.mfccMean);
        if (name == "mfcc_scale") setTensor(module, item.key(), m_corpus.mfccScale);
    }
}

TrainingParts Trainer::parts() {
    TrainingParts all{&m_model->module(), m_optimiser.get(), defaultGenerators(m_device)};
    all.generators.emplace_back("noise", m_noise);
    return all;
}

void Trainer::resume() {
    const StateExtras extras = loadTrainingState(stateFile(m_folder), parts());
    const auto number = [&](const std::string& key) {
        const auto found = extras.numbers.find(key);
        if (found == extras.numbers.end())
            throw Error(ErrorKind::BadInput, "the saved state has no \"" + key + "\"", stateFile(m_folder).string(),
                        "Train into a new folder.");
        return found->second;
    };
    if (number("data_hash") != m_corpus.dataHash)
        throw Error(ErrorKind::BadInput, "the corpus has changed since this run began", m_options.corpus,
                    "Train into a new folder.");
    if (number("features") != m_corpus.featureHash)
        throw Error(ErrorKind::BadInput,
                    "the frozen networks of the corpus have changed since this run began (the cache was emptied)",
                    m_corpus.folder.string(), "Train into a new folder.");
    try {
        m_step = m_savedStep = std::stol(number("step"));
        m_record.bestValidation = std::stod(number("best_validation"));
        m_record.bestStep = std::stol(number("best_step"));
        m_validatedStep = std::stol(number("validated_step"));
        m_secondsBefore = std::stod(number("seconds"));
    } catch (const std::logic_error&) { // stol and its kin
        throw Error(ErrorKind::BadInput, "the saved state holds broken numbers", stateFile(m_folder).string(),
                    "Train into a new folder.");
    }
    m_sampler->restore(number("cursor"));
    m_job.publish(MessageEvent{"Going on after step " + std::to_string(m_step), false});
}

void Trainer::measureMeanSequence() {
    double sum = 0;
    int items = 0;
    for (const Sampler::Window& window : m_windows) {
        sum += window.items * reconstruction(m_options, window.meanEmotion, window.meanCoeffs,
                                             window.batch.listenerEmotion, window.batch.listenerCoeffs);
        items += window.items;
    }
    m_record.meanSequenceValidation = sum / items;
}

double Trainer::learningRate(long step) const {
    const long whole = m_model->firstWholeStep(m_options.steps);
    const long begin = step < whole ? 0 : whole, end = step < whole ? whole : m_options.steps; // of the stage
    const long within = step - begin;
    if (within < m_options.warmup) return m_options.lr * static_cast<double>(within + 1) / m_options.warmup;
    if (m_options.schedule == "constant") return m_options.lr;
    const double part = static_cast<double>(within - m_options.warmup) /
                        static_cast<double>(std::max(1L, end - begin - m_options.warmup));
    return m_options.lr * 0.5 * (1 + std::cos(std::numbers::pi * part));
}

StepLoss Trainer::accumulated() {
    const int pieces = m_options.accumulate;
    StepLoss mean;
    for (int piece = 0; piece < pieces; ++piece) {
        const Batch batch = m_sampler->next().to(m_device);
        StepLoss loss = m_model->loss(batch, m_noise, m_step, m_options.steps);
        if (pieces > 1) loss.total = loss.total / pieces;
        const bool broken = !std::isfinite(loss.total.item<double>());
        if (!broken) loss.total.backward();
        mean.total = mean.total.defined() ? mean.total + loss.total.detach() : loss.total.detach();
        for (const auto& [name, value] : loss.parts) mean.parts[name] += value / pieces;
        if (broken) break;
    }
    return mean;
}

void Trainer::step() {
    torch::nn::Module& module = m_model->module();
    module.train();
    const double rate = learningRate(m_step);
    for (auto& group : m_optimiser->param_groups()) static_cast<torch::optim::AdamWOptions&>(group.options()).lr(rate);
    m_optimiser->zero_grad();
    const StepLoss loss = accumulated();
    const double total = loss.total.item<double>();
    std::string broken;
    if (!std::isfinite(total)) broken = "the loss";
    double norm = 0;
    if (broken.empty()) {
        std::vector<torch::Tensor> trained;
        for (const torch::Tensor& parameter : module.parameters())
            if (parameter.requires_grad()) trained.push_back(parameter);
        norm = torch::nn::utils::clip_grad_norm_(trained, m_options.clip > 0 ? m_options.clip : kNothingYet);
        if (!std::isfinite(norm)) broken = "the gradient";
    }
    if (!broken.empty()) {
        std::string parts;
        for (const auto& [name, value] : loss.parts)
            if (!std::isfinite(value)) parts += (parts.empty() ? "" : ", ") + name;
        throw Error(ErrorKind::BadInput,
                    broken + " is not a number at step " + std::to_string(m_step + 1) +
                        (parts.empty() ? "" : " (" + parts + ")"),
                    m_folder.string(),
                    "Try a smaller optim.lr (it is " + shortened(m_options.lr) +
                        ") or a smaller optim.clip, and check the corpus for broken numbers with `emc corpus check`.");
    }
    m_optimiser->step();
    ++m_step;
    m_record.step = m_step;
    TrainEvent event{"step", m_step, m_options.steps, loss.parts, {}};
    event.values["loss"] = total;
    event.values["lr"] = rate;
    event.values["grad_norm"] = norm;
    m_log->event(event, m_job);
}

// Told by the record alone, so that a run that was stopped and goes on ends where it would have ended.
bool Trainer::outOfPatience() const {
    return m_options.patience > 0 && m_validatedStep == m_step && m_step < m_options.steps &&
           m_step - std::max(m_record.bestStep, m_model->firstWholeStep(m_options.steps)) >=
               static_cast<long>(m_options.patience) * m_options.validateEvery;
}

void Trainer::validate() {
    m_model->module().eval();
    const torch::NoGradGuard noGradient;
    torch::Generator fixed =
        at::detail::createCPUGenerator(kValidationStream); // the same noise every time, and none of the training's
    std::map<std::string, double> sums;
    int items = 0;
    for (const Sampler::Window& window : m_windows) {
        m_job.checkpoint();
        for (const auto& [name, value] : m_model->validate(window.batch, fixed)) sums[name] += window.items * value;
        items += window.items;
    }
    TrainEvent event{"epoch", m_step, m_options.steps, {}, {}};
    for (const auto& [name, sum] : sums) event.values[name == "rec" ? "val" : "val_" + name] = sum / items;
    if (!event.values.count("val"))
        throw Error(ErrorKind::Internal, "the model \"" + m_options.model + "\" gives no validation loss");
    event.values["mean_sequence"] = m_record.meanSequenceValidation;
    event.values["epoch"] = static_cast<double>(m_sampler->epoch());
    m_validatedStep = m_step;
    m_savedStep = -1; // the saved state does not know of this validation
    // Losses of an earlier stage are about something else; a run that ends there still leaves what it has.
    const bool counts =
        m_step > m_model->firstWholeStep(m_options.steps) || m_step == m_options.steps || m_job.finishEarlyRequested();
    if (counts && event.values.at("val") < m_record.bestValidation) {
        m_record.bestValidation = event.values.at("val");
        m_record.bestStep = m_step;
        writeCheckpoint(bestFile(m_folder));
    }
    m_log->event(event, m_job);
}

void Trainer::writeCheckpoint(const std::filesystem::path& file) {
    std::map<std::string, std::string> metadata = m_model->metadata();
    metadata["options"] = writeTrainOptions(m_options);
    metadata["video_size"] = std::to_string(m_options.videoSize);
    metadata["stride"] = std::to_string(m_options.stride);
    metadata["step"] = std::to_string(m_step);
    metadata["seed"] = std::to_string(m_options.seed);
    metadata["data_hash"] = m_corpus.dataHash;
    metadata["features"] = m_corpus.featureHash;
    metadata["program"] = "emc-studio " EMC_VERSION;
    metadata["synthetic"] = m_corpus.synthetic ? "true" : "false";
    saveModule(m_model->module(), file, metadata);
    m_job.publish(WroteEvent{file.string()});
}

void Trainer::save() {
    if (m_savedStep == m_step) return;
    m_record.seconds =
        m_secondsBefore + std::chrono::duration<double>(std::chrono::steady_clock::now() - m_begin).count();
    StateExtras extras;
    extras.numbers = {{"step", std::to_string(m_step)},
                      {"cursor", m_sampler->cursor()},
                      {"best_validation", exact(m_record.bestValidation)},
                      {"best_step", std::to_string(m_record.bestStep)},
                      {"validated_step", std::to_string(m_validatedStep)},
                      {"seconds", exact(m_record.seconds)},
                      {"data_hash", m_corpus.dataHash},
                      {"features", m_corpus.featureHash}};
    // The state holds the weights too, so it alone decides where a run goes on; `last` is for those who want to use the
    // model.
    saveTrainingState(stateFile(m_folder), parts(), extras);
    writeCheckpoint(lastFile(m_folder));
    m_savedStep = m_step;
    writeRunRecord(m_folder, m_record);
    m_log->event(TrainEvent{"checkpoint", m_step, m_options.steps, {}, lastFile(m_folder).string()}, m_job);
}

TrainResult Trainer::run() {
    TrainResult result;
    try {
        const auto due = [&](int every) { return m_step > 0 && (m_step % every == 0 || m_step == m_options.steps); };
        // A run that was stopped in the middle of a validation makes up for it first.
        if (due(m_options.validateEvery) && m_validatedStep != m_step) validate();
        while (m_step < m_options.steps && !outOfPatience()) {
            if (m_job.finishEarlyRequested()) {
                result.finishedEarly = true;
                break;
            }
            m_job.progress(static_cast<double>(m_step), m_options.steps, trainingText(m_options));
            step();
            if (due(m_options.validateEvery)) validate();
            if (due(m_options.checkpointEvery)) save();
        }
        if (result.finishedEarly && m_validatedStep != m_step) validate();
    } catch (const Cancelled&) {
        save();
        throw;
    }
    save();
    result.run = m_folder;
    result.best = bestFile(m_folder);
    result.last = lastFile(m_folder);
    result.steps = m_step;
    result.outOfPatience = !result.finishedEarly && outOfPatience();
    if (result.outOfPatience) m_record.notes["stopped"] = "patience";
    result.bestValidation = m_record.bestValidation;
    result.meanSequenceValidation = m_record.meanSequenceValidation;
    result.seconds =
        m_secondsBefore + std::chrono::duration<double>(std::chrono::steady_clock::now() - m_begin).count();
    m_record.seconds = result.seconds;
    m_record.finishedEarly = result.finishedEarly;
    TrainEvent done{"done", m_step, m_options.steps, {}, result.best.string()};
    done.values = {{"best_validation", result.bestValidation}, {"mean_sequence", result.meanSequenceValidation}};
    m_log->event(done, m_job);
    return result;
}

} // namespace emc
