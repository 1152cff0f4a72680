// The one description of the training options: file keys, command-line flags and dialog rows are all made from visit().
#include "core/train/train_options.h"

#include <cmath>

#include "core/api/reaction_model.h"
#include "core/data/atomic_file.h"
#include "core/data/option_io.h"

namespace emc {
namespace {

constexpr int kFewestFrames = 8; // below this the attention and the smoothness of a reaction mean nothing

OptionInfo row(std::string key, std::string label, std::string help, std::string unit = {}) {
    OptionInfo info;
    info.key = std::move(key);
    info.label = std::move(label);
    info.help = std::move(help);
    info.unit = std::move(unit);
    return info;
}
OptionInfo row(std::string key, std::string label, std::string help, std::string unit, double min, double max) {
    OptionInfo info = row(std::move(key), std::move(label), std::move(help), std::move(unit));
    info.min = min;
    info.max = max;
    return info;
}
OptionInfo choice(std::string key, std::string label, std::string help, std::vector<std::string> choices) {
    OptionInfo info = row(std::move(key), std::move(label), std::move(help));
    info.choices = std::move(choices);
    return info;
}

std::string number(double value) {
    std::string text = std::to_string(value);
    while (text.find('.') != std::string::npos && (text.back() == '0' || text.back() == '.')) {
        const bool point = text.back() == '.';
        text.pop_back();
        if (point) break;
    }
    return text;
}

// Collects the faults that one option alone can have.
class RangeCheck : public OptionVisitor {
public:
    std::vector<OptionFault> faults;
    void option(const OptionInfo&, bool&) override {}
    void option(const OptionInfo& info, int& value) override { range(info, value); }
    void option(const OptionInfo& info, double& value) override {
        if (!std::isfinite(value)) faults.push_back({info.key, "is not a finite number", "Give a plain number."});
        else range(info, value);
    }
    void option(const OptionInfo& info, std::string& value) override {
        if (info.choices.empty() || std::find(info.choices.begin(), info.choices.end(), value) != info.choices.end())
            return;
        std::string known;
        for (const std::string& choice : info.choices) known += (known.empty() ? "" : ", ") + choice;
        faults.push_back({info.key, "cannot be \"" + value + "\"", "Choose one of: " + known});
    }
    void option(const OptionInfo& info, std::vector<int>& values) override {
        for (int value : values) range(info, value);
    }

private:
    void range(const OptionInfo& info, double value) {
        if (value >= info.min && value <= info.max) return;
        std::string allowed;
        if (std::isfinite(info.min) && std::isfinite(info.max))
            allowed = "between " + number(info.min) + " and " + number(info.max);
        else allowed = std::isfinite(info.min) ? "at least " + number(info.min) : "at most " + number(info.max);
        faults.push_back({info.key, "is " + number(value) + ", out of range", "Give a value " + allowed + "."});
    }
};

} // namespace

void TrainOptions::visit(OptionVisitor& v) {
    v.group("Data");
    v.option(row("data.corpus", "Corpus", "Folder of a corpus in the REACT layout."), corpus);
    v.option(row("data.crop_frames", "Crop",
                 "Length of the pieces that are cut from the clips for training; 0 = what suits the model.", "frames",
                 0, kLongestCrop),
             cropFrames);
    v.option(
        row("data.stride", "Stride",
            "Frames that become one step of the network; 1 is the full 25 steps a second, 0 = what suits the model.",
            "frames", 0, 25),
        stride);
    v.option(row("data.video_size", "Face size", "Side of the square face pictures that the frame encoder sees.",
                 "pixels", 32, 256),
             videoSize);
    v.option(choice("data.encoder", "Frame encoder",
                    "Trained once for the corpus and then kept (frozen), or trained along with the model from the "
                    "pictures (joint, slow).",
                    {"frozen", "joint"}),
             encoder);
    v.option(
        row("data.drop_face", "Drop the face",
            "Share of the training items that are shown without the face (modality dropout, for comparison with CMA).",
            "", 0, 1),
        dropFace);
    v.option(
        row("data.drop_speech", "Drop the voice",
            "Share of the training items that are shown without the voice (modality dropout, for comparison with CMA).",
            "", 0, 1),
        dropSpeech);
    v.group("Model");
    std::vector<std::string>
        names; // the catalogue knows which models can be trained; without one any name is let through here
    for (const ModelEntry& entry : ModelCatalogue::shared().entries())
        if (entry.makeTrainable) names.push_back(entry.info.name);
    v.option(choice("model.name", "Model", "Which model is trained.", names), model);
    v.option(choice("model.variant", "Variant",
                    "fixed learns in short runs; compat follows the published network to the letter.",
                    {"fixed", "compat"}),
             variant);
    v.option(choice("model.substitute", "Substitute",
                    "What stands in for a missing modality during training of an EMC model.", {"cma", "zeros"}),
             substitute);
    v.group("Loss");
    v.option(row("loss.emotion", "Emotion", "Weight of the 25 emotion attributes in the reconstruction.", "", 0, 1000),
             weightEmotion);
    v.option(row("loss.expression", "Expression", "Weight of the 52 expression coefficients in the reconstruction.", "",
                 0, 1000),
             weightExpression);
    v.option(row("loss.pose", "Pose", "Weight of the 6 pose coefficients in the reconstruction.", "", 0, 1000),
             weightPose);
    v.option(row("loss.kl", "KL",
                 "Weight that pulls the reaction's distribution towards the standard normal one; too small and all "
                 "samples are alike.",
                 "", 0, 100),
             kl);
    v.option(row("loss.diversity", "Diversity", "Weight of the term that pushes two samples of the same clip apart.",
                 "", 0, 100),
             diversity);
    v.option(row("loss.cma", "CMA", "Weight of the loss of compensatory modality alignment.", "", 0, 100), lambdaCma);
    v.option(
        row("loss.fusion", "Fusion",
            "Weight of the loss that draws the distributions with and without a modality together; 0 switches it off.",
            "", 0, 100),
        lambdaFusion);
    v.option(
        row("loss.withhold_emotion", "Withhold emotion",
            "Share of the training items whose emotion input is withheld, so that the model does not lean on it alone.",
            "", 0, 1),
        withholdEmotion);
    v.group("Optimiser");
    v.option(row("optim.lr", "Learning rate", "Step size of AdamW after the warm-up.", "", 0, 1), lr);
    v.option(row("optim.weight_decay", "Weight decay", "Pull of the weights towards zero.", "", 0, 1), weightDecay);
    v.option(row("optim.clip", "Gradient clip", "Largest norm of the gradient; 0 switches clipping off.", "", 0, 1e6),
             clip);
    v.option(row("optim.batch", "Batch", "Number of pieces in one step; 0 = what suits the model.", "clips", 0, 512),
             batch);
    v.option(
        row("optim.accumulate", "Accumulate",
            "Batches whose gradients are averaged into one step: a batch of clips x this many in the memory of one.",
            "batches", 1, 1024),
        accumulate);
    v.option(row("optim.steps", "Steps", "Number of training steps.", "steps", 1, 10'000'000), steps);
    v.option(
        row("optim.warmup", "Warm-up", "Steps during which the learning rate rises from zero.", "steps", 0, 1'000'000),
        warmup);
    v.option(choice("optim.schedule", "Schedule", "How the learning rate goes on after the warm-up.",
                    {"cosine", "constant"}),
             schedule);
    v.group("Run");
    v.option(row("run.folder", "Run folder",
                 "Folder where the run is written; a run that is already there with the same options goes on."),
             run);
    v.option(row("run.seed", "Seed", "Number from which everything random is drawn; the same seed gives the same run.",
                 "", 0, 2147483647),
             seed);
    v.option(row("run.validate_every", "Validate every", "Steps between two validations.", "steps", 1, 1'000'000),
             validateEvery);
    v.option(
        row("run.patience", "Patience",
            "Validations in a row without a better one after which the run ends by itself; 0 = it goes to its last "
            "step.",
            "validations", 0, 1'000'000),
        patience);
    v.option(row("run.checkpoint_every", "Checkpoint every",
                 "Steps between two saved states from which the run can go on.", "steps", 1, 1'000'000),
             checkpointEvery);
    v.option(row("run.threads", "Threads",
                 "Processor threads; results are equal to the last bit only for the same number.", "threads", 1, 256),
             threads);
    v.option(choice("run.device", "Device",
                    "Where the numbers are crunched; cuda needs an NVIDIA driver and the CUDA libraries that ./studio "
                    "setup fetches where it finds one (`emc doctor` tells).",
                    {"cpu", "cuda"}),
             device);
}

std::vector<OptionFault> TrainOptions::check() const {
    TrainOptions copy = *this; // visit() hands out references
    RangeCheck ranges;
    copy.visit(ranges);
    std::vector<OptionFault> faults = std::move(ranges.faults);
    if (corpus.empty())
        faults.push_back({"data.corpus", "is empty", "Name the folder of a corpus; `emc corpus make` makes one."});
    if (run.empty()) faults.push_back({"run.folder", "is empty", "Name a folder for the run."});
    const TrainOptions used = resolved();
    if (cropFrames >= 1 && cropFrames < kFewestFrames)
        faults.push_back({"data.crop_frames", "is " + std::to_string(cropFrames) + ", too short to learn from",
                          "Take at least 8 frames, or 0 for what suits the model."});
    else if (used.stride >= 1 && used.cropFrames >= kFewestFrames && used.cropFrames / used.stride < kFewestFrames)
        faults.push_back({"data.stride",
                          "leaves " + std::to_string(used.cropFrames / used.stride) + " steps of a crop of " +
                              std::to_string(used.cropFrames),
                          "Take a longer crop or a smaller stride; at least 8 steps must stay."});
    if (dropFace + dropSpeech > 1)
        faults.push_back({"data.drop_speech", "and data.drop_face are more than 1 together",
                          "An item loses at most one modality: let the two shares sum to 1 or less."});
    if (steps >= 1 && warmup > steps)
        faults.push_back({"optim.warmup", "is longer than the run of " + std::to_string(steps) + " steps",
                          "Take fewer warm-up steps."});
    if (weightEmotion == 0 && weightExpression == 0 && weightPose == 0)
        faults.push_back({"loss.emotion", "and the two other reconstruction weights are all 0",
                          "At least one of loss.emotion, loss.expression, loss.pose must be above 0."});
    return faults;
}

TrainOptions TrainOptions::resolved() const {
    ModelEntry unknown; // a wrong name is told elsewhere
    const ModelEntry* entry = &unknown;
    for (const ModelEntry& known : ModelCatalogue::shared().entries())
        if (known.info.name == model) entry = &known;
    const TrainingPieces& usual = device == "cpu" ? entry->onCpu : entry->onCuda;
    TrainOptions used = *this;
    if (cropFrames == 0) used.cropFrames = usual.cropFrames;
    if (stride == 0) used.stride = usual.stride;
    if (batch == 0) used.batch = usual.batch;
    return used;
}

TrainOptions trainOptionsFromToml(const std::string& text, const std::string& where) {
    TrainOptions options;
    throwOptionFaults(readTomlOptions(text, [&](OptionVisitor& v) { options.visit(v); }), where);
    return options;
}

TrainOptions readTrainOptions(const std::filesystem::path& toml) {
    return trainOptionsFromToml(readTextFile(toml), toml.string());
}

std::string writeTrainOptions(const TrainOptions& options) {
    TrainOptions copy = options; // visit() hands out references
    return optionsToToml([&](OptionVisitor& v) { copy.visit(v); });
}

void requireValid(const TrainOptions& options, const std::string& where) {
    throwOptionFaults(options.check(), where);
}

void requireSameOptions(const TrainOptions& options, const std::filesystem::path& config) {
    TrainOptions asked = options, stored = readTrainOptions(config);
    const auto now = listOptions([&](OptionVisitor& v) { asked.visit(v); }),
               before = listOptions([&](OptionVisitor& v) { stored.visit(v); });
    std::vector<OptionFault> faults;
    for (std::size_t i = 0; i < now.size(); ++i) {
        const std::string& key = now[i].info.key;
        if (key == "run.folder" || key == "data.corpus" || now[i].value == before[i].value) continue;
        faults.push_back({key, "is " + now[i].value + ", but the run in this folder has " + before[i].value,
                          "Use the same value to go on, or another folder"});
    }
    throwOptionFaults(faults, config.string());
}

} // namespace emc
