// emc corpus make|check|pack: the made corpus, and packs for machines without codecs.
#include "app/commands/arguments.h"
#include "app/commands/command.h"
#include "core/backend/studio_backend.h"
#include "core/data/clip_folder.h"
#include "core/data/pack.h"
#include "core/models/mean_statistics.h"
#ifdef EMC_WITH_MEDIA
#include "core/corpus/make_corpus.h"
#endif

namespace emc::cli {
namespace {

void runPack(Session& session, const std::string& root, const std::string& out, int size) {
    auto wrote = nlohmann::json::array();
    for (const char* partition : {"train", "val", "test"}) {
        if (!std::filesystem::exists(std::filesystem::path(root) / (std::string(partition) + ".csv"))) continue;
        const auto pairs = openPairs(root, partition, studioFrameOpener(), studioSoundLoader());
        const auto file = std::filesystem::path(out) / (std::string(partition) + ".pack.safetensors");
        PackOptions options;
        options.size = size;
        writePack(file, *pairs, options, session.job());
        wrote.push_back(file.string());
        session.say("wrote " + file.string());
    }
    if (wrote.empty())
        throw Error(ErrorKind::NotFound, "there is no train.csv, val.csv or test.csv", root,
                    "Name the root of a corpus in REACT layout");
    session.result["wrote"] = wrote;
}

// One pair of a corpus as a clip folder that stands alone: the speaker's modalities, and every appropriate listener's
// face under listeners/.
void runClip(Session& session, const std::string& root, const std::string& partition, int row, const std::string& out) {
    const auto pairs = openPairs(root, partition, studioFrameOpener(), studioSoundLoader());
    if (row < 0 || row >= pairs->size())
        throw Error(ErrorKind::Usage, "the partition has pairs 0 to " + std::to_string(pairs->size() - 1), "--row");
    const auto speaker = pairs->pair(row).speaker;
    ClipContent content;
    content.info = speaker->info();
    content.info.id = std::filesystem::path(out).filename().string();
    content.info.source = speaker->info().id;
    content.face = *speaker->face();
    content.speech = *speaker->speech();
    content.info.frames = std::min(content.face->frames, content.speech->frames);
    content.faceVideo = speaker->videoFile();
    content.sound = speaker->soundFile();
    content.extractor = "made corpus";
    writeClip(out, content);
    auto wrote = nlohmann::json::array({out});
    int listeners = 0;
    for (int k = 0; k < pairs->size(); ++k) {
        if (!pairs->neighbours()[std::size_t(row) * pairs->size() + k]) continue;
        const auto listener = pairs->pair(k).listener;
        ClipContent face;
        face.info = listener->info();
        // The clip's own listener comes first.
        face.info.id = "listener_" + std::to_string(k == row ? 0 : ++listeners);
        face.info.source = listener->info().id;
        face.face = *listener->face();
        face.info.frames = face.face->frames;
        face.extractor = "made corpus";
        const auto folder = std::filesystem::path(out) / "listeners" / face.info.id;
        writeClip(folder, face);
        wrote.push_back(folder.string());
    }
    session.result["wrote"] = wrote;
    session.say("wrote " + out + ": " + speaker->info().id + " with " + std::to_string(listeners + 1) +
                " appropriate listeners");
}

#ifdef EMC_WITH_MEDIA
Run declareMake(CLI::App& app) {
    auto options = std::make_shared<CorpusOptions>();
    auto flags = std::make_shared<OptionFlags>();
    flags->declare(app, *options);
    return [=](Session& session) {
        flags->apply();
        const CorpusReport report = makeCorpus(*options, session.job());
        session.result = {{"wrote", {report.root.string()}},
                          {"clips", report.clips},
                          {"clips_made", report.clipsMade},
                          {"films", report.films},
                          {"films_made", report.filmsMade},
                          {"seconds", report.seconds},
                          {"feature_seconds", report.featureSeconds},
                          {"film_seconds", report.filmSeconds},
                          {"film_frames_per_second", report.filmFramesPerSecond},
                          {"megabytes", report.megabytes},
                          {"synthetic", true}};
        char line[300];
        std::snprintf(line, sizeof line, "wrote %s: %d pairs (%d new), %d films (%d new), %.0f MB in %.0f s; synthetic",
                      report.root.string().c_str(), report.clips, report.clipsMade, report.films, report.filmsMade,
                      report.megabytes, report.seconds);
        session.say(line);
    };
}

nlohmann::json figureJson(const CorpusFigure& figure) {
    nlohmann::json json{{"name", figure.name}, {"unit", figure.unit}, {"value", figure.value}, {"ok", figure.ok()}};
    if (figure.low <= figure.high) json["target"] = {figure.low, figure.high};
    return json;
}

Run declareCheck(CLI::App& app) {
    auto root = std::make_shared<std::string>();
    app.add_option("corpus", *root, "Root of a corpus in REACT layout")->required();
    return [=](Session& session) {
        const CorpusCheck check = checkCorpus(*root, session.job());
        session.say(check.text());
        auto faults = nlohmann::json::array(), statistics = nlohmann::json::array(), ridge = nlohmann::json::array();
        for (const CorpusFault& fault : check.faults)
            faults.push_back({{"file", fault.file.string()}, {"problem", fault.problem}});
        for (const CorpusFigure& figure : check.statistics) statistics.push_back(figureJson(figure));
        for (const CorpusFigure& figure : check.ridge) ridge.push_back(figureJson(figure));
        session.result = {
            {"root", check.root.string()}, {"clips", check.clips}, {"films", check.films}, {"faults", faults},
            {"statistics", statistics},    {"ridge", ridge},       {"ok", check.ok()}};
        session.exitCode = check.ok() ? 0 : 1;
    };
}
#endif

} // namespace

Command corpusCommand() {
    return {"corpus", "Make, check or pack a corpus", [](CLI::App& app) -> Run {
                auto runs = std::make_shared<std::vector<std::pair<CLI::App*, Run>>>();
                app.require_subcommand(1);
#ifdef EMC_WITH_MEDIA
                CLI::App* make = app.add_subcommand("make", "Make a synthetic corpus in REACT 2024 layout");
                runs->emplace_back(make, declareMake(*make));
                CLI::App* check = app.add_subcommand(
                    "check", "List every fault of a corpus, its statistics and what each modality tells");
                runs->emplace_back(check, declareCheck(*check));
#endif
                CLI::App* pack =
                    app.add_subcommand("pack", "Write faces and features as safetensors, for builds without codecs");
                auto root = std::make_shared<std::string>(), out = std::make_shared<std::string>();
                auto size = std::make_shared<int>(64);
                pack->add_option("corpus", *root, "Root of a corpus in REACT layout")->required();
                pack->add_option("--out", *out, "Folder for train, val and test packs")->required();
                pack->add_option("--size", *size, "Side of the face frames in pixels; 0 = features only")
                    ->check(CLI::Range(0, 256))
                    ->capture_default_str();
                runs->emplace_back(pack, [=](Session& session) { runPack(session, *root, *out, *size); });
                CLI::App* mean =
                    app.add_subcommand("mean", "Write the mean listener of a part: what the mean baselines know");
                auto meanRoot = std::make_shared<std::string>(), meanOut = std::make_shared<std::string>();
                auto meanPart = std::make_shared<std::string>("train");
                mean->add_option("corpus", *meanRoot, "Root of a corpus in REACT layout, or a pack")->required();
                mean->add_option("--partition", *meanPart, "train, val or test")->capture_default_str();
                mean->add_option("--out", *meanOut, "File to write (.safetensors)")->required();
                runs->emplace_back(mean, [=](Session& session) {
                    const auto source = openPairs(*meanRoot, *meanPart, studioFrameOpener(), studioSoundLoader());
                    writeMeanStatistics(source->pairs(), *meanOut, session.job());
                    session.result["wrote"] = {*meanOut};
                    session.say("wrote " + *meanOut);
                });
                CLI::App* clip =
                    app.add_subcommand("clip", "Write one pair as a clip folder with its appropriate listeners");
                auto clipRoot = std::make_shared<std::string>(), clipOut = std::make_shared<std::string>(),
                     partition = std::make_shared<std::string>("test");
                auto row = std::make_shared<int>(0);
                clip->add_option("corpus", *clipRoot, "Root of a corpus in REACT layout, or a pack")->required();
                clip->add_option("--partition", *partition, "train, val or test")->capture_default_str();
                clip->add_option("--row", *row, "Which pair, counted from 0")->capture_default_str();
                clip->add_option("--out", *clipOut, "Clip folder to write")->required();
                runs->emplace_back(clip,
                                   [=](Session& session) { runClip(session, *clipRoot, *partition, *row, *clipOut); });
                return [=](Session& session) {
                    for (auto& [sub, run] : *runs)
                        if (sub->parsed()) run(session);
                };
            }};
}

} // namespace emc::cli
