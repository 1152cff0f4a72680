// emc models: what can react.
#include "app/commands/command.h"
#include "core/backend/studio_backend.h"

namespace emc::cli {

Command modelsCommand() {
    return {"models", "List the models and baselines", [](CLI::App&) -> Run {
                return [](Session& session) {
                    auto list = nlohmann::json::array();
                    for (const ModelInfo& info : studioModels()) {
                        auto modalities = nlohmann::json::array();
                        for (Modality modality : info.modalities)
                            modalities.push_back(modality == Modality::Face ? "face" : "speech");
                        list.push_back({{"name", info.name},
                                        {"label", info.label},
                                        {"host", info.host},
                                        {"condition", info.condition},
                                        {"help", info.help},
                                        {"parameters", info.parameters},
                                        {"modalities", modalities},
                                        {"checkpoint", info.checkpoint.empty() ? nlohmann::json()
                                                                               : nlohmann::json(info.checkpoint)}});
                        char line[256];
                        std::snprintf(line, sizeof line, "%-22s %-28s %10ld  %s", info.name.c_str(), info.label.c_str(),
                                      info.parameters,
                                      info.needsCheckpoint
                                          ? (info.checkpoint.empty() ? "no weights found" : "demo weights (synthetic)")
                                          : "");
                        session.say(line);
                    }
                    session.result["models"] = list;
                };
            }};
}

} // namespace emc::cli
