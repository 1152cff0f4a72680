// emc attention CLIP --model M --site S --out map.png|maps.npz|maps.safetensors|map.npy: where a model looks.
#include "app/commands/arguments.h"
#include "app/commands/command.h"
#include "core/backend/studio_backend.h"
#include "core/data/npy.h"
#include "core/data/npz.h"
#include "core/data/safetensors.h"
#ifdef EMC_WITH_MEDIA
#include "core/backend/figures.h"
#endif

namespace emc::cli {
namespace {

struct AttentionArguments {
    std::string clip, out;
    std::vector<std::string> sites;
    int head = -1, sample = 0;
    ReactArguments react;
};

bool names(const std::string& wanted, const std::string& site) {
    return wanted == "all" || wanted == site || site.starts_with(wanted + "/");
}

// Refuses an unknown site before any work.
void requireKnown(const std::vector<std::string>& wanted, const ModelInfo& info) {
    for (const std::string& name : wanted) {
        if (std::any_of(info.attentionSites.begin(), info.attentionSites.end(),
                        [&](const std::string& site) { return names(name, site); }))
            continue;
        std::string known;
        for (const std::string& site : info.attentionSites) known += (known.empty() ? "" : ", ") + site;
        throw Error(ErrorKind::Usage, info.name + " gave no attention map named " + name, "--site",
                    known.empty() ? "This model has no attention" : "Its sites: " + known);
    }
}

std::string keyOf(const AttentionMap& map) {
    return map.site + "/" + map.part + "/" + std::to_string(map.layer);
}

std::vector<std::int64_t> shapeOf(const AttentionMap& map) {
    return {map.heads, map.queries, map.keys};
}

// The first frame of each query. Maps of a model that works on one token per n frames have fewer queries than frames.
std::vector<std::int64_t> framesOf(const AttentionMap& map, int frames) {
    const int stride = std::max(1, (frames + map.queries - 1) / std::max(1, map.queries));
    std::vector<std::int64_t> first;
    for (int i = 0; i < map.queries; ++i) first.push_back(std::int64_t(i) * stride);
    return first;
}

void writeNpz(const std::filesystem::path& out, const Reactions& reactions,
              const std::map<std::string, std::string>& meta) {
    NpzWriter writer;
    std::vector<std::string> keys, heads;
    int most = 0;
    for (const AttentionMap& map : reactions.attention) {
        keys.push_back(keyOf(map));
        most = std::max(most, map.heads);
        writer.addF32(keys.back(), shapeOf(map), map.weights);
        writer.addI64(keys.back() + "/frames", {map.queries}, framesOf(map, reactions.frames));
    }
    for (int h = 0; h < most; ++h) heads.push_back("head " + std::to_string(h + 1));
    writer.addTexts("maps", keys);
    writer.addTexts("heads", heads);
    for (const auto& [key, text] : meta) writer.addText(key, text);
    writer.write(out);
}

void writeSafetensors(const std::filesystem::path& out, const Reactions& reactions,
                      const std::map<std::string, std::string>& meta) {
    SafetensorsWriter writer;
    std::string keys;
    for (const AttentionMap& map : reactions.attention) {
        keys += (keys.empty() ? "" : " ") + keyOf(map);
        writer.addF32(keyOf(map), shapeOf(map), map.weights);
        writer.addI64(keyOf(map) + "/frames", {map.queries}, framesOf(map, reactions.frames));
    }
    writer.meta("maps", keys);
    for (const auto& [key, text] : meta) writer.meta(key, text);
    writer.write(out);
}

void runAttention(Session& session, const AttentionArguments& a) {
    const std::filesystem::path out = a.out;
    const std::string extension = out.extension().string();
    const bool several = extension == ".npz" || extension == ".safetensors";
    bool known = several || extension == ".npy";
#ifdef EMC_WITH_MEDIA
    known = known || extension == ".png";
#endif
    if (!known)
        throw Error(ErrorKind::Usage, "the kind of output \"" + extension + "\" is not known", a.out,
                    "End the name with .png, .npz, .npy or .safetensors");
    ReactOptions options = a.react.options();
    options.samples = std::max(1, a.sample + 1);
    options.displayedSample = a.sample;
    options.attention = a.sites;
    if (options.attention.empty()) options.attention = {several ? "all" : "u_ea_f/cross"};
    const auto clip = openStudioClip(a.clip);
    const auto model =
        openInPrecision(session, a.react.model, a.react.checkpoint, a.react.device, a.react.threads, a.react.precision);
    requireKnown(options.attention, model->info());
    const Reactions reactions = model->react(*clip, options, session.job());
    if (reactions.attention.empty())
        throw Error(ErrorKind::Usage, "no attention was computed at this place for this clip", "--site",
                    "An imagined modality has maps only while one is missing: try --without face");
    const std::map<std::string, std::string> meta{{"model", a.react.model},
                                                  {"condition", a.react.condition(model->info().condition)},
                                                  {"clip", clip->info().id},
                                                  {"clip_hash", clip->info().contentHash},
                                                  {"seed", std::to_string(a.react.seed)},
                                                  {"sample", std::to_string(a.sample)},
                                                  {"rate_hz", std::to_string(clip->info().rateHz)},
                                                  {"frame_count", std::to_string(reactions.frames)},
                                                  {"synthetic", clip->info().synthetic ? "true" : "false"}};
    if (extension == ".npz") writeNpz(out, reactions, meta);
    else if (extension == ".safetensors") writeSafetensors(out, reactions, meta);
    const AttentionMap& map = reactions.attention.front();
    if (!several && reactions.attention.size() > 1 && a.sites.size() > 1)
        throw Error(ErrorKind::Usage, "a " + extension + " holds one map", "--site", "Name one site, or write .npz");
    if (extension == ".npy") writeNpy(out, shapeOf(map), map.weights);
#ifdef EMC_WITH_MEDIA
    if (extension == ".png") {
        std::string caption = clip->info().id + ", " + meta.at("condition") + ", seed " + meta.at("seed") +
                              ", sample " + std::to_string(a.sample + 1);
        if (clip->info().synthetic) caption += ", synthetic demo data";
        writeAttentionFigure(out, map, a.head, clip->info().rateHz * map.queries / reactions.frames,
                             "Attention of " + model->info().label, caption);
    }
#endif
    session.result["wrote"] = {a.out};
    auto maps = nlohmann::json::array();
    for (const AttentionMap& each : reactions.attention) {
        if (!several && &each != &map) break;
        maps.push_back({{"map", keyOf(each)}, {"heads", each.heads}, {"queries", each.queries}, {"keys", each.keys}});
        session.say((&each == &map ? "wrote " + a.out + ": " : "  ") + keyOf(each) + ", " + std::to_string(each.heads) +
                    " heads, " + std::to_string(each.queries) + " x " + std::to_string(each.keys));
    }
    session.result["maps"] = maps;
}

} // namespace

Command attentionCommand() {
    return {"attention", "Show where a model looks", [](CLI::App& app) -> Run {
                auto a = std::make_shared<AttentionArguments>();
                app.add_option("clip", a->clip, "Clip folder, or an item of a REACT tree")->required();
                app.add_option("--site", a->sites,
                               "Which attention: SITE, SITE/PART such as u_ea_f/cross, or all. Left out: u_ea_f/cross "
                               "for a picture, all for .npz and .safetensors")
                    ->delimiter(',');
                app.add_option("--head", a->head, "One head of the picture; -1 = mean over the heads")
                    ->capture_default_str();
                app.add_option("--sample", a->sample, "Which of the drawn reactions, counted from 0")
                    ->check(CLI::Range(0, 999))
                    ->capture_default_str();
                a->react.declare(app);
                app.add_option("--out", a->out,
                               "File to write: .png; .npz or .safetensors (SITE/PART/LAYER -> heads x queries x keys, "
                               "with the first frame of each query); .npy (one map)")
                    ->required();
                return [a](Session& session) { runAttention(session, *a); };
            }};
}

} // namespace emc::cli
