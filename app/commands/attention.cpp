// emc attention CLIP --model M --site S --out map.png|map.safetensors|map.npy: where a model looks.
#include "app/commands/arguments.h"
#include "app/commands/command.h"
#include "core/backend/studio_backend.h"
#include "core/data/npy.h"
#include "core/data/safetensors.h"
#ifdef EMC_WITH_MEDIA
#include "core/backend/figures.h"
#endif

namespace emc::cli {
namespace {

struct AttentionArguments {
    std::string clip, site = "u_ea_f/cross", out;
    int head = -1, sample = 0;
    ReactArguments react;
};

AttentionMap mapOf(const Reactions& reactions, const std::string& site, const ModelInfo& info) {
    for (const AttentionMap& map : reactions.attention)
        if (map.site + "/" + map.part == site || map.site == site) return map;
    std::string known;
    for (const std::string& name : info.attentionSites) known += (known.empty() ? "" : ", ") + name;
    throw Error(ErrorKind::Usage, info.name + " gave no attention map named " + site, "--site",
                known.empty() ? "This model has no attention" : "Its sites: " + known);
}

void runAttention(Session& session, const AttentionArguments& a) {
    ReactOptions options = a.react.options();
    options.samples = std::max(1, a.sample + 1);
    options.displayedSample = a.sample;
    options.attention = {a.site};
    const auto clip = openStudioClip(a.clip);
    const auto model = openStudioModel(a.react.model, a.react.checkpoint, a.react.device, a.react.threads);
    const auto& sites = model->info().attentionSites;
    if (std::none_of(sites.begin(), sites.end(),
                     [&](const std::string& site) { return site == a.site || site.starts_with(a.site + "/"); }))
        mapOf({}, a.site, model->info()); // refuses before any work
    const Reactions reactions = model->react(*clip, options, session.job());
    const AttentionMap map = mapOf(reactions, a.site, model->info());

    const std::filesystem::path out = a.out;
    const std::string extension = out.extension().string();
    if (extension == ".safetensors") {
        SafetensorsWriter writer;
        writer.addF32("weights", {map.heads, map.queries, map.keys}, map.weights);
        writer.meta("site", map.site + "/" + map.part);
        writer.meta("model", a.react.model);
        writer.write(out);
    } else if (extension == ".npy") {
        writeNpy(out, {map.heads, map.queries, map.keys}, map.weights);
#ifdef EMC_WITH_MEDIA
    } else if (extension == ".png") {
        std::string caption = clip->info().id + ", " + a.react.condition(model->info().condition) + ", seed " +
                              std::to_string(a.react.seed) + ", sample " + std::to_string(a.sample + 1);
        if (clip->info().synthetic) caption += ", synthetic demo data";
        writeAttentionFigure(out, map, a.head, clip->info().rateHz * map.queries / reactions.frames,
                             "Attention of " + model->info().label, caption);
#endif
    } else {
        throw Error(ErrorKind::Usage, "the kind of output \"" + extension + "\" is not known", a.out,
                    "End the name with .png, .npy or .safetensors");
    }
    session.result["wrote"] = {a.out};
    session.say("wrote " + a.out + ": " + map.site + "/" + map.part + ", " + std::to_string(map.heads) + " heads, " +
                std::to_string(map.queries) + " x " + std::to_string(map.keys));
}

} // namespace

Command attentionCommand() {
    return {"attention", "Show where a model looks", [](CLI::App& app) -> Run {
                auto a = std::make_shared<AttentionArguments>();
                app.add_option("clip", a->clip, "Clip folder, or an item of a REACT tree")->required();
                app.add_option("--site", a->site, "Which attention: SITE or SITE/PART, such as u_ea_f/cross")
                    ->capture_default_str();
                app.add_option("--head", a->head, "One head; -1 = mean over the heads")->capture_default_str();
                app.add_option("--sample", a->sample, "Which of the drawn reactions, counted from 0")
                    ->check(CLI::Range(0, 999))
                    ->capture_default_str();
                a->react.declare(app);
                app.add_option("--out", a->out, "File to write: .png, .npy (heads, queries, keys) or .safetensors")
                    ->required();
                return [a](Session& session) { runAttention(session, *a); };
            }};
}

} // namespace emc::cli
