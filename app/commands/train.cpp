// emc train [CONFIG.toml] [--KEY VALUE ...]: trains a model on a corpus.
#include "app/commands/arguments.h"
#include "app/commands/command.h"
#include "core/backend/studio_backend.h"
#include "core/train/train_options.h"

#include <iostream>

namespace emc::cli {
namespace {

nlohmann::json eventJson(const TrainEvent& event) {
    nlohmann::json line{{"event", event.kind}, {"step", event.step}, {"steps", event.steps}, {"values", event.values}};
    if (!event.path.empty()) line["path"] = event.path;
    return line;
}

} // namespace

Command trainCommand() {
    return {"train", "Train a model on a corpus in REACT layout; continues a run exactly where it stopped",
            [](CLI::App& app) -> Run {
                auto config = std::make_shared<std::string>(), resume = std::make_shared<std::string>();
                auto jsonLines = std::make_shared<bool>(false);
                auto options = std::make_shared<TrainOptions>();
                auto flags = std::make_shared<OptionFlags>();
                app.add_option("config", *config, "Options as TOML; flags go before it");
                app.add_option("--resume", *resume, "Run folder to continue with its own options");
                app.add_flag("--json-lines", *jsonLines, "One line of JSON per event on standard output");
                flags->declare(app, *options);
                return [=](Session& session) {
                    if (!resume->empty() && (!config->empty() || flags->any()))
                        throw Error(ErrorKind::Usage,
                                    "--resume takes the options of the run, so no others can be given", "--resume");
                    if (!resume->empty()) {
                        *options = readTrainOptions(std::filesystem::path(*resume) / "config.toml");
                        options->run = *resume;
                    } else if (!config->empty()) {
                        *options = readTrainOptions(*config);
                    }
                    flags->apply();
                    JobContext job(
                        [&](const JobEvent& event) {
                            const auto* step = std::get_if<TrainEvent>(&event);
                            if (*jsonLines && step) std::cout << eventJson(*step).dump() << std::endl;
                            else session.job().publish(event);
                        },
                        session.job());
                    const TrainResult result = makeStudioBackend()->train(*options, job);
                    session.result = {{"run", result.run.string()},
                                      {"best", result.best.string()},
                                      {"last", result.last.string()},
                                      {"steps", result.steps},
                                      {"best_validation", result.bestValidation},
                                      {"mean_sequence_validation", result.meanSequenceValidation},
                                      {"seconds", result.seconds},
                                      {"finished_early", result.finishedEarly}};
                    char line[300];
                    std::snprintf(line, sizeof line,
                                  "wrote %s after %ld steps in %.0f s: validation %.5f (mean sequence %.5f)",
                                  result.best.string().c_str(), result.steps, result.seconds, result.bestValidation,
                                  result.meanSequenceValidation);
                    session.say(line);
                };
            }};
}

} // namespace emc::cli
