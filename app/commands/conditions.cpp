// emc conditions CORPUS --model NAME=RUN[,RUN...]: what a missing modality costs, with every substitute, on the test
// part.
#include "app/commands/command.h"
#include "core/backend/studio_backend.h"
#include "core/data/atomic_file.h"
#include "core/train/condition_table.h"

namespace emc::cli {
namespace {

struct ConditionArguments {
    std::string corpus, folder, out, partition = "test", device = "cpu";
    std::vector<std::string> models;
    int samples = 10, frames = 0, clips = 0, threads = 2;
    std::uint64_t seed = 7;
};

// "LABEL=MODEL:RUN,RUN" or "MODEL:RUN,RUN" or "MODEL" (a baseline, or the demo weights).
ConditionModel parseModel(const std::string& text) {
    ConditionModel model;
    const auto equals = text.find('=');
    std::string rest = equals == std::string::npos ? text : text.substr(equals + 1);
    const auto colon = rest.find(':');
    model.model = rest.substr(0, colon);
    model.label = equals == std::string::npos ? model.model : text.substr(0, equals);
    if (colon != std::string::npos) {
        std::stringstream runs(rest.substr(colon + 1));
        for (std::string run; std::getline(runs, run, ',');) model.checkpoints.emplace_back(run);
    }
    ModelCatalogue::shared().find(model.model); // throws with the known names
    return model;
}

void runConditions(Session& session, const ConditionArguments& a) {
    ConditionOptions options;
    options.corpus = a.corpus;
    options.folder = a.folder;
    options.partition = a.partition;
    options.samples = a.samples;
    options.seed = a.seed;
    options.frames = a.frames;
    options.clips = a.clips;
    options.device = a.device;
    options.threads = a.threads;
    for (const std::string& text : a.models) options.models.push_back(parseModel(text));
    TrainServices services;
    services.frames = studioFrameOpener();
    services.sounds = studioSoundLoader();
    const auto rows = conditionTable(options, services, session.job());
    const std::string text = conditionTableText(rows);
    auto list = nlohmann::json::array();
    for (const ConditionRow& row : rows)
        list.push_back({{"label", row.label},
                        {"model", row.model},
                        {"condition", row.condition},
                        {"fill", row.fill},
                        {"clips", row.clips},
                        {"seeds", row.seeds},
                        {"FRCorr", {{"mean", row.frCorrMean}, {"sd", row.frCorrDeviation}, {"values", row.frCorr}}},
                        {"FRVar", {{"mean", row.frVarMean}, {"values", row.frVar}}},
                        {"FRDiv", {{"mean", row.frDivMean}, {"values", row.frDiv}}}});
    session.result["rows"] = list;
    session.say(text);
    if (!a.out.empty()) {
        writeFileAtomically(a.out, std::string_view(text));
        session.result["wrote"] = {a.out};
    }
}

} // namespace

Command conditionsCommand() {
    return {
        "conditions", "Score models with everything, without the face, without the voice, for every substitute",
        [](CLI::App& app) -> Run {
            auto a = std::make_shared<ConditionArguments>();
            app.add_option("corpus", a->corpus, "Corpus in REACT layout")->required();
            app.add_option("--model", a->models,
                           "[LABEL=]MODEL[:RUN,RUN,...]: a model and its trained runs, one per seed; may be repeated")
                ->required();
            app.add_option("--folder", a->folder, "Folder that keeps finished rows, so that a stopped table goes on")
                ->required();
            app.add_option("--out", a->out, "Markdown file to write");
            app.add_option("--partition", a->partition, "Part of the corpus")->capture_default_str();
            app.add_option("--samples", a->samples)->check(CLI::Range(1, 100))->capture_default_str();
            app.add_option("--seed", a->seed, "Seed of the draws")->capture_default_str();
            app.add_option("--frames", a->frames, "First frames of each clip; 0 = all")->capture_default_str();
            app.add_option("--clips", a->clips, "Number of speakers, evenly spread; 0 = all")->capture_default_str();
            app.add_option("--device", a->device)->capture_default_str();
            app.add_option("--threads", a->threads)->capture_default_str();
            return [a](Session& session) { runConditions(session, *a); };
        }};
}

} // namespace emc::cli
