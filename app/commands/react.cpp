// emc react CLIP: K reactions of a listener to a speaker.
#include "app/commands/arguments.h"
#include "app/commands/command.h"
#include "core/backend/studio_backend.h"
#include "core/data/reactions_io.h"

#include <chrono>

namespace emc::cli {
namespace {

std::string spansJson(const std::vector<FrameSpan>& spans, int frames) {
    auto list = nlohmann::json::array();
    for (const FrameSpan& span : normalisedSpans(spans, frames)) list.push_back({span.begin, span.end});
    return list.dump();
}

void runReact(Session& session, const std::string& clipPath, const std::string& out, const ReactArguments& arguments) {
    const auto start = std::chrono::steady_clock::now();
    const ReactOptions options = arguments.options();
    const auto clip = openStudioClip(clipPath);
    const auto model = openInPrecision(session, arguments.model, arguments.checkpoint, arguments.device,
                                       arguments.threads, arguments.precision);
    Reactions reactions = model->react(*clip, options, session.job());

    const auto folder = std::filesystem::absolute(out).parent_path();
    const int frames = reactions.frames;
    reactions.meta["clip"] =
        std::filesystem::proximate(std::filesystem::absolute(clip->info().path), folder).generic_string();
    reactions.meta["clip_hash"] = clip->info().contentHash;
    reactions.meta["rate"] = std::to_string(clip->info().rateHz);
    reactions.meta["start_frame"] = "0";
    reactions.meta["model"] = arguments.model;
    reactions.meta["condition"] = arguments.condition(model->info().condition);
    reactions.meta["fill"] = arguments.fill;
    reactions.meta["seed"] = std::to_string(arguments.seed);
    reactions.meta["face_missing"] = spansJson(options.availability.faceMissing, frames);
    reactions.meta["speech_missing"] = spansJson(options.availability.speechMissing, frames);
    reactions.meta["synthetic_clip"] = clip->info().synthetic ? "true" : "false";
    reactions.meta["version"] = EMC_VERSION;
    writeReactions(out, reactions);

    auto read = nlohmann::json::array();
    for (const auto& file : clip->filesRead()) read.push_back(file.string());
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    session.result = {{"out", out},
                      {"model", arguments.model},
                      {"condition", reactions.meta["condition"]},
                      {"samples", reactions.samples},
                      {"frames", frames},
                      {"seed", arguments.seed},
                      {"seconds", seconds},
                      {"read", read}};
    session.say("wrote " + out + ": " + std::to_string(reactions.samples) + " reactions of " + std::to_string(frames) +
                " frames by " + arguments.model + " (" + reactions.meta["condition"] + "), seed " +
                std::to_string(arguments.seed));
}

} // namespace

Command reactCommand() {
    return {"react", "Generate reactions of a listener to a clip", [](CLI::App& app) -> Run {
                auto clip = std::make_shared<std::string>(), out = std::make_shared<std::string>();
                auto arguments = std::make_shared<ReactArguments>();
                app.add_option("clip", *clip, "Clip folder, or an item of a REACT tree")->required();
                arguments->declare(app);
                app.add_option("--out", *out, "Reactions file to write (.safetensors)")->required();
                return [=](Session& session) { runReact(session, *clip, *out, *arguments); };
            }};
}

} // namespace emc::cli
