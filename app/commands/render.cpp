// emc render R.safetensors... --out face.mp4: reactions as a film, beside the speaker, with his sound.
#include "app/commands/command.h"
#include "core/backend/studio_backend.h"
#include "core/data/reactions_io.h"
#ifdef EMC_WITH_MEDIA
#include "core/backend/reaction_film.h"
#endif

namespace emc::cli {

#ifdef EMC_WITH_MEDIA
namespace {

struct RenderArguments {
    std::vector<std::string> reactions;
    std::string out, clip;
    int sample = 0, paneSize = 384;
};

std::vector<FrameSpan> spansOfMeta(const Reactions& reactions, const std::string& key) {
    std::vector<FrameSpan> spans;
    const auto found = reactions.meta.find(key);
    if (found == reactions.meta.end()) return spans;
    const auto list = nlohmann::json::parse(found->second, nullptr, false);
    for (const auto& span : list)
        if (span.is_array() && span.size() == 2 && span[0].is_number_integer() && span[1].is_number_integer())
            spans.push_back({span[0], span[1]});
    return spans;
}

std::string metaOr(const Reactions& reactions, const std::string& key, const std::string& fallback) {
    const auto found = reactions.meta.find(key);
    return found == reactions.meta.end() ? fallback : found->second;
}

FilmPane paneOf(const Reactions& reactions, int sample) {
    FilmPane pane;
    pane.label = metaOr(reactions, "model", "reaction");
    for (const ModelInfo& info : listModels())
        if (info.name == pane.label) pane.label = info.label;
    pane.coeffs = sampleCoeffs(reactions, sample);
    const auto face = spansOfMeta(reactions, "face_missing"), speech = spansOfMeta(reactions, "speech_missing");
    pane.imagined = face;
    pane.imagined.insert(pane.imagined.end(), speech.begin(), speech.end());
    if (!pane.imagined.empty())
        pane.note =
            std::string(face.empty() ? "speech" : "face") +
            (metaOr(reactions, "fill", "cma") == "cma" ? " imagined" : " replaced by " + metaOr(reactions, "fill", ""));
    return pane;
}

void runRender(Session& session, const RenderArguments& a) {
    ReactionFilm film;
    film.paneSize = a.paneSize - a.paneSize % 2;
    for (const std::string& file : a.reactions) {
        const Reactions reactions = readReactions(file);
        film.panes.push_back(paneOf(reactions, a.sample));
        const Availability missing{spansOfMeta(reactions, "face_missing"), spansOfMeta(reactions, "speech_missing")};
        film.showFace = film.showFace && !missing.missesAll(Modality::Face, reactions.frames);
        film.sound = film.sound && !missing.missesAll(Modality::Speech, reactions.frames);
        film.footer += (film.footer.empty() ? "" : "   |   ") + metaOr(reactions, "model", "?") + ", " +
                       metaOr(reactions, "condition", "?") + ", seed " + metaOr(reactions, "seed", "?") + ", sample " +
                       std::to_string(a.sample + 1) + " of " + std::to_string(reactions.samples);
        if (!film.clip) {
            std::filesystem::path clip = a.clip;
            if (clip.empty() && reactions.meta.contains("clip"))
                clip = std::filesystem::absolute(file).parent_path() / reactions.meta.at("clip");
            if (!clip.empty() && (std::filesystem::exists(clip) || !a.clip.empty())) film.clip = openStudioClip(clip);
        }
    }
    if (film.clip) film.rateHz = film.clip->info().rateHz;
    if (!film.clip) session.note("The clip is not where the reactions say, so the film is silent; name it with --clip");
    writeReactionFilm(a.out, film, session.job());
    session.result["wrote"] = {a.out};
    session.say("wrote " + a.out);
}

} // namespace

Command renderCommand() {
    return {"render", "Draw reactions as a film, side by side with the speaker", [](CLI::App& app) -> Run {
                auto a = std::make_shared<RenderArguments>();
                app.add_option("reactions", a->reactions, "Reactions files (.safetensors), one pane each")->required();
                app.add_option("--out", a->out, "Film to write (.mp4)")->required();
                app.add_option("--clip", a->clip, "The speaker's clip, instead of the one that the reactions name");
                app.add_option("--sample", a->sample, "Which of the drawn reactions, counted from 0")
                    ->check(CLI::Range(0, 999))
                    ->capture_default_str();
                app.add_option("--size", a->paneSize, "Side of a pane in pixels")
                    ->check(CLI::Range(64, 2048))
                    ->capture_default_str();
                return [a](Session& session) { runRender(session, *a); };
            }};
}
#else
Command renderCommand() {
    return {"render", "Draw reactions as a film (not in this build)", [](CLI::App&) -> Run {
                return [](Session&) {
                    throw Error(ErrorKind::Unsupported, "this build has no video and 3D", {},
                                "Build with -DEMC_MEDIA=ON");
                };
            }};
}
#endif

} // namespace emc::cli
