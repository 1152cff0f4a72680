// emc features [CLIP...]: the official features of clips, or what there is to make them with.
#include "app/commands/command.h"
#include "core/backend/studio_backend.h"
#include "core/models/official_features.h"

namespace emc::cli {
namespace {

struct FeatureArguments {
    std::vector<std::string> clips, kinds;
    std::string weights;
};

void sayWhatThereIs(Session& session, const std::filesystem::path& weights) {
    auto networks = nlohmann::json::array();
    for (const OfficialNetwork& network : officialNetworks()) {
        const OfficialState state = officialState(network.name, weights);
        auto missing = nlohmann::json::array();
        for (const OfficialFile& file : state.missing) missing.push_back(file.name);
        networks.push_back({{"name", network.name},
                            {"label", network.label},
                            {"host", network.host},
                            {"ready", state.ready},
                            {"missing", missing},
                            {"built_in", network.builtIn}});
        session.say(network.name + ": " + officialMessage({network.name}, weights));
    }
    session.result = {{"weights", weights.string()}, {"networks", networks}};
}

void runFeatures(Session& session, const FeatureArguments& arguments) {
    const std::filesystem::path weights =
        arguments.weights.empty() ? officialWeightFolder() : std::filesystem::path(arguments.weights);
    if (arguments.clips.empty()) return sayWhatThereIs(session, weights);
    std::vector<std::string> kinds = arguments.kinds;
    for (const std::string& kind : kinds)
        if (!officialState(kind, weights).ready) throw Error(ErrorKind::NotFound, officialMessage({kind}, weights));
    if (kinds.empty()) // all that can be made
        for (const OfficialNetwork& network : officialNetworks())
            if (officialState(network.name, weights).ready) kinds.push_back(network.name);
    if (kinds.empty()) throw Error(ErrorKind::NotFound, officialMessage({"swin", "vggish"}, weights));
    OfficialFeatures features(weights);
    auto wrote = nlohmann::json::array();
    for (const std::string& path : arguments.clips) {
        const auto clip = openStudioClip(path);
        for (const std::string& kind : kinds) {
            const auto file = features.write(*clip, kind, studioSoundLoader(), session.job());
            wrote.push_back(file.string());
            session.say("wrote " + file.string());
        }
    }
    session.result = {{"wrote", wrote}, {"weights", weights.string()}};
}

} // namespace

Command featuresCommand() {
    return {"features", "Official features of clips (Swin-T, VGGish, wav2vec2) from the authors' weights",
            [](CLI::App& app) -> Run {
                auto arguments = std::make_shared<FeatureArguments>();
                app.add_option("clips", arguments->clips,
                               "Clips that get a features folder; without them: which weights are there");
                app.add_option("--kinds", arguments->kinds,
                               "swin, vggish, wav2vec2; all that can be made when left out")
                    ->delimiter(',');
                app.add_option("--weights", arguments->weights,
                               "Folder of converted weights; EMC_WEIGHTS or the user's cache when left out");
                return [=](Session& session) { runFeatures(session, *arguments); };
            }};
}

} // namespace emc::cli
