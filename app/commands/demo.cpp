// emc demo: the whole path once, in the terminal: reactions with and without the face, film, figures, scores, and a
// session for the window.
#include "app/commands/command.h"
#include "core/backend/studio_backend.h"
#include "core/data/atomic_file.h"
#include "core/data/clip_folder.h"
#include "core/data/reactions_io.h"
#ifdef EMC_WITH_MEDIA
#include "core/backend/figures.h"
#include "core/backend/reaction_film.h"
#endif

namespace emc::cli {

#ifdef EMC_WITH_MEDIA
namespace {

namespace fs = std::filesystem;

struct DemoArguments {
    std::string out = "demo";
    int samples = 10, frames = 0;
    std::uint64_t seed = 7;
};

struct DemoRow {
    std::string model, condition, label, note;
    bool withoutFace = false;
    Reactions reactions;
    std::map<std::string, double> scores;
};

// Every real listener's course, cut to whole frames.
std::vector<std::vector<float>> listenersOf(const fs::path& clip) {
    std::vector<std::vector<float>> courses;
    for (const auto& listener : openRealListeners(clip, studioFrameOpener()))
        courses.push_back(listener->face()->emotion);
    return courses;
}

std::string scoreTable(const std::vector<DemoRow>& rows, const Clip& clip, std::size_t listeners,
                       const DemoArguments& a) {
    std::string text = "# Scores of the demo\n\n**Synthetic data.** The clip `" + clip.info().id + "` and its " +
                       std::to_string(listeners) +
                       " listeners are made by `emc corpus make`; these numbers show that the program works, not how "
                       "well people are modelled.\n\n"
                       "One clip, " +
                       std::to_string(a.samples) + " samples, seed " + std::to_string(a.seed) +
                       ". FRCorr is the sum over the samples of the best concordance with an appropriate listener.\n\n"
                       "| model | condition | FRCorr ↑ | FRDiv ↑ | FRVar ↑ |\n| --- | --- | ---: | ---: | ---: |\n";
    for (const DemoRow& row : rows) {
        const auto score = [&](const char* name) {
            const auto found = row.scores.find(name);
            char number[32] = "–";
            if (found != row.scores.end()) std::snprintf(number, sizeof number, "%.4f", found->second);
            return std::string(number);
        };
        text += "| " + row.label + " | " + row.condition + " | " + score("FRCorr") + " | " + score("FRDiv") + " | " +
                score("FRVar") + " |\n";
    }
    return text;
}

// The window opens this with the demo as the terminal left it (the session format of the studio, schema 1).
std::string sessionText(const fs::path& out, const Clip& clip, const DemoArguments& a) {
    const nlohmann::json session{
        {"format", "emc-session"},
        {"schema", 1},
        {"program", EMC_VERSION},
        {"clips",
         {{{"path", fs::proximate(fs::absolute(clip.info().path), fs::absolute(out)).generic_string()},
           {"hash", clip.info().contentHash},
           {"face_missing", nlohmann::json::array()},
           {"speech_missing", nlohmann::json::array()}}}},
        {"current", 0},
        {"switches", {{"face", false}, {"speech", true}, {"ea", true}, {"emc", true}}},
        {"models", {"trans-vae-emc", "trans-vae"}},
        {"real_listener", true},
        {"seed", std::to_string(a.seed)},
        {"seed_locked", true},
        {"sample", 0}};
    return session.dump(2) + "\n";
}

void runDemo(Session& session, const DemoArguments& a) {
    const fs::path clipFolder = demoClipFolder(), out = a.out;
    if (clipFolder.empty())
        throw Error(ErrorKind::NotFound, "the demo clip is not there", "resources/demo/clip",
                    "Start from a complete checkout, or set EMC_RESOURCES");
    const auto clip = openStudioClip(clipFolder);
    const auto listeners = listenersOf(clipFolder);
    std::vector<DemoRow> rows = {
        {"trans-vae", "original", "Trans-VAE", "", false, {}, {}},
        {"trans-vae-emc", "emc", "Trans-VAE + EMC", "", false, {}, {}},
        {"trans-vae-emc", "emc-no-face", "Trans-VAE + EMC, w/o face", "face imagined", true, {}, {}},
        {"mime", "baseline", "Mime", "", false, {}, {}}};
    ReactionFilm film;
    for (DemoRow& row : rows) {
        ReactOptions options;
        options.samples = a.samples;
        options.seed = a.seed;
        options.frames = a.frames;
        if (row.withoutFace) {
            options.availability = Availability::withoutFace();
            options.cmaTrace = options.cmaTruth =
                true; // the demo's own face is read for comparison with what CMA imagines, nowhere else
        }
        if (row.condition == "emc") options.attention = {"u_ea_s/cross"};
        session.note("reacting: " + row.label);
        row.reactions = openStudioModel(row.model)->react(*clip, options, session.job());
        row.scores = emc::scoreReactions(row.reactions, listeners);
        if (row.model != "mime") {
            FilmPane pane{row.label, row.note, sampleCoeffs(row.reactions, 0), {}};
            if (row.withoutFace) pane.imagined = {Availability::whole()};
            film.panes.push_back(std::move(pane));
        }
    }
    const Reactions &whole = rows[1].reactions, &imagined = rows[2].reactions;
    const std::string caption =
        clip->info().id + ", seed " + std::to_string(a.seed) + ", sample 1, synthetic demo data";
    if (whole.attention.empty() || imagined.cma.empty())
        throw Error(ErrorKind::Internal, "the model returned no attention or no CMA trace");
    fs::create_directories(out);
    // A model may look at fewer steps than there are frames; the axes show seconds all the same.
    const double perFrame = clip->info().rateHz / whole.frames;
    writeAttentionFigure(out / "attention.png", whole.attention[0], -1, perFrame * whole.attention[0].queries,
                         "Attention of Trans-VAE + EMC", caption);
    writeCmaFigure(out / "cma.png", imagined.cma[0], perFrame * imagined.cma[0].frames,
                   "What CMA imagines for the missing face", caption);
    writeFileAtomically(out / "scores.md", std::string_view(scoreTable(rows, *clip, listeners.size(), a)));
    writeFileAtomically(out / "session.emcs", std::string_view(sessionText(out, *clip, a)));
    film.clip = clip;
    film.rateHz = clip->info().rateHz;
    film.footer = "Synthetic demo data.   Seed " + std::to_string(a.seed) + ", sample 1 of " +
                  std::to_string(a.samples) + ".   EMC Studio " EMC_VERSION;
    session.note("drawing the film");
    writeReactionFilm(out / "reactions.mp4", film, session.job());

    auto wrote = nlohmann::json::array();
    for (const char* name : {"reactions.mp4", "attention.png", "cma.png", "scores.md", "session.emcs"}) {
        wrote.push_back((out / name).string());
        session.say("wrote " + (out / name).string());
    }
    session.result["wrote"] = wrote;
    session.result["synthetic"] = true;
}

} // namespace

Command demoCommand() {
    return {"demo", "Run the whole path on the synthetic demo clip and write film, figures, scores and a session",
            [](CLI::App& app) -> Run {
                auto a = std::make_shared<DemoArguments>();
                app.add_option("--out", a->out, "Folder to write")->capture_default_str();
                app.add_option("--samples", a->samples, "Reactions per model")
                    ->check(CLI::Range(1, 100))
                    ->capture_default_str();
                app.add_option("--frames", a->frames, "First frames only; 0 = all")
                    ->check(CLI::Range(0, 100000))
                    ->capture_default_str();
                app.add_option("--seed", a->seed)->capture_default_str();
                return [a](Session& session) { runDemo(session, *a); };
            }};
}
#else
Command demoCommand() {
    return {"demo", "Run the whole path on the demo clip (not in this build)", [](CLI::App&) -> Run {
                return [](Session&) {
                    throw Error(ErrorKind::Unsupported, "this build has no video and 3D", {},
                                "Build with -DEMC_MEDIA=ON");
                };
            }};
}
#endif

} // namespace emc::cli
