#include "core/study/figure_session.h"

#include <nlohmann/json.hpp>

namespace emc {

std::string studySession(const Study& study, const std::vector<StudyModel>& models, const std::string& command,
                         const nlohmann::ordered_json& settings) {
    using Json = nlohmann::ordered_json;
    const StudyOptions& options = study.options();
    Json json{{"program", "emc-studio " EMC_VERSION},
              {"command", command},
              {"corpus", options.corpus.string()},
              {"corpus_hash", study.part().hash()},
              {"synthetic", study.part().synthetic()},
              {"partition", options.partition},
              {"clips", options.clips},
              {"frames", options.frames},
              {"samples", options.samples},
              {"seed", options.seed},
              {"sampling_seeds", options.samplingSeeds}};
    json["models"] = Json::array();
    for (const StudyModel& model : models) {
        Json one{{"label", model.label}, {"model", model.model}};
        one["checkpoints"] = Json::array();
        std::string last;
        for (const StudyRun& run : study.runsOf(model, withEverything()))
            if (!run.weights.empty() && run.weights.string() != last) { // once, not for every sampling seed
                last = run.weights.string();
                one["checkpoints"].push_back({{"path", last}, {"sha256", run.weightsHash}});
            }
        json["models"].push_back(std::move(one));
    }
    json["settings"] = settings;
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

} // namespace emc
