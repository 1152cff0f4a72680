// emc train [CORPUS|CONFIG.toml] [--KEY VALUE ...]: trains a model on a corpus; with --group several models and seeds.
#include "app/commands/arguments.h"
#include "app/commands/command.h"
#include "core/backend/studio_backend.h"
#include "core/train/train_group.h"
#include "core/train/train_options.h"

#include <iostream>

namespace emc::cli {
namespace {

struct TrainArguments {
    std::string source, resume;
    bool jsonLines = false, asGroup = false;
    TrainOptions options;
    TrainGroup group;
    OptionFlags flags;
};

nlohmann::json eventJson(const TrainEvent& event) {
    nlohmann::json line{{"event", event.kind}, {"step", event.step}, {"steps", event.steps}, {"values", event.values}};
    if (!event.path.empty()) line["path"] = event.path;
    return line;
}

void readOptions(TrainArguments& a) {
    const bool groupOnly = !a.group.models.empty() || !a.group.seeds.empty() || !a.group.folder.empty();
    if (groupOnly && !a.asGroup)
        throw Error(ErrorKind::Usage, "--models, --seeds and --out belong to a group of runs", "--group",
                    "Add --group, or use --model.name, --run.seed and --run.folder for a single run");
    if (!a.resume.empty() && (!a.source.empty() || a.flags.any() || a.asGroup))
        throw Error(ErrorKind::Usage, "--resume takes the options of the run, so no others can be given", "--resume");
    if (!a.resume.empty()) {
        a.options = readTrainOptions(std::filesystem::path(a.resume) / "config.toml");
        a.options.run = a.resume;
    } else if (std::filesystem::is_directory(a.source)) {
        a.options.corpus = a.source;
    } else if (!a.source.empty()) {
        a.options = readTrainOptions(a.source);
    }
    a.flags.apply();
}

void runGroup(Session& session, TrainArguments& a, JobContext& job) {
    TrainGroup group = a.group;
    group.base = a.options;
    if (group.models.empty()) group.models = {a.options.model};
    if (group.seeds.empty()) group.seeds = {1, 2, 3};
    if (group.folder.empty()) group.folder = defaultGroupFolder(group);
    const GroupResult result = trainGroup(group, studioTrainServices(), job);
    auto members = nlohmann::json::array();
    for (const GroupMember& member : result.record.members) {
        members.push_back({{"model", member.model},
                           {"seed", member.seed},
                           {"run", (group.folder / member.folder).string()},
                           {"state", member.state},
                           {"step", member.step},
                           {"best_validation", member.bestValidation},
                           {"seconds", member.seconds}});
        char line[300];
        std::snprintf(line, sizeof line, "%-12s %s after %ld steps in %.0f s: validation %.5f", member.state.c_str(),
                      member.folder.c_str(), member.step, member.seconds, member.bestValidation);
        session.say(line);
    }
    session.result = {{"group", group.folder.string()},
                      {"members", members},
                      {"trained", result.trained},
                      {"elsewhere", result.elsewhere},
                      {"finished_early", result.finishedEarly}};
    session.say("wrote " + group.folder.string() + "; `emc table CORPUS --group " + group.folder.string() +
                "` makes its table");
}

void runSingle(Session& session, TrainArguments& a, JobContext& job) {
    const TrainResult result = makeStudioBackend()->train(a.options, job);
    session.result = {{"run", result.run.string()},
                      {"best", result.best.string()},
                      {"last", result.last.string()},
                      {"steps", result.steps},
                      {"best_validation", result.bestValidation},
                      {"mean_sequence_validation", result.meanSequenceValidation},
                      {"seconds", result.seconds},
                      {"finished_early", result.finishedEarly},
                      {"out_of_patience", result.outOfPatience}};
    char line[300];
    std::snprintf(line, sizeof line, "wrote %s after %ld steps%s in %.0f s: validation %.5f (mean sequence %.5f)",
                  result.best.string().c_str(), result.steps,
                  result.outOfPatience ? " (no better validation any more)" : "", result.seconds, result.bestValidation,
                  result.meanSequenceValidation);
    session.say(line);
}

} // namespace

Command trainCommand() {
    return {"train", "Train a model, or a group of models and seeds; continues exactly where it stopped",
            [](CLI::App& app) -> Run {
                auto a = std::make_shared<TrainArguments>();
                app.add_option("source", a->source, "Folder of a corpus, or options as TOML; flags go before it");
                app.add_option("--resume", a->resume, "Run folder to continue with its own options");
                app.add_flag("--json-lines", a->jsonLines, "One line of JSON per event on standard output");
                app.add_flag("--group", a->asGroup,
                             "Train every model with every seed into one folder; started again it does what is left")
                    ->group("Group");
                app.add_option("--models", a->group.models,
                               std::string("Models of the group, a comma list; NAME") + kDropoutMark +
                                   " is trained with modality dropout [model.name]")
                    ->delimiter(',')
                    ->allow_extra_args(false) // a corpus may follow
                    ->group("Group");
                app.add_option("--seeds", a->group.seeds, "Seeds of the group, a comma list [1,2,3]")
                    ->delimiter(',')
                    ->allow_extra_args(false)
                    ->check(CLI::Range(0, 2147483647))
                    ->group("Group");
                app.add_option("--dropout", a->group.dropout,
                               std::string("Share of items without the face, and as many without the voice, for NAME") +
                                   kDropoutMark)
                    ->check(CLI::Range(0.0, 0.5))
                    ->capture_default_str()
                    ->group("Group");
                app.add_option("--out", a->group.folder, "Folder of the group; otherwise in the user's cache")
                    ->group("Group");
                a->flags.declare(app, a->options);
                return [a](Session& session) {
                    readOptions(*a);
                    JobContext job(
                        [&](const JobEvent& event) {
                            const auto* step = std::get_if<TrainEvent>(&event);
                            if (a->jsonLines && step) std::cout << eventJson(*step).dump() << std::endl;
                            else session.job().publish(event);
                        },
                        session.job());
                    a->asGroup ? runGroup(session, *a, job) : runSingle(session, *a, job);
                };
            }};
}

} // namespace emc::cli
