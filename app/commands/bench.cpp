// emc bench NAME: measured figures of this machine, printed with what they were measured on.
#include "app/commands/bench.h"

#include <thread>

#ifdef EMC_WITH_MEDIA
#include "core/render/render_bench.h"
#endif

namespace emc::cli {
namespace {

namespace fs = std::filesystem;

Bench startupBench(CLI::App& parent) {
    CLI::App* sub = parent.add_subcommand("startup", "Time from the start of the program to a usable window, warm");
    return {
        sub, "startup", [](Session& session) {
            const fs::path window = thisProgram().parent_path() / "emc-studio";
            if (!fs::exists(window))
                throw Error(ErrorKind::NotFound, "this build has no window", window.string(),
                            "Build without -DEMC_GUI=OFF");
            const bool offscreen = !std::getenv("DISPLAY");
            std::vector<double> ms;
            for (int i = 0; i < 6; ++i) {
                const auto answer = nlohmann::json::parse(runProgram({window.string(), "--startup-bench"}, offscreen));
                if (i > 0) ms.push_back(answer.at("figures").at("ms")); // the first one warms the disk cache
                session.job().progress(i + 1, 6, "start " + std::to_string(i + 1));
            }
            session.result["figures"] = {{"ms", percentile(ms, .5)},
                                         {"min_ms", percentile(ms, 0)},
                                         {"max_ms", percentile(ms, 1)},
                                         {"platform", offscreen ? "offscreen" : "display"}};
        }};
}

#ifdef EMC_WITH_MEDIA
Bench renderBench(CLI::App& parent) {
    auto heads = std::make_shared<int>(3), frames = std::make_shared<int>(200);
    CLI::App* sub = parent.add_subcommand("render", "Frames a second of listener heads drawn side by side");
    sub->add_option("--heads", *heads)->check(CLI::Range(1, 16))->capture_default_str();
    sub->add_option("--frames", *frames)->check(CLI::Range(1, 100000))->capture_default_str();
    return {sub, "render", [=](Session& session) {
                const RenderBench bench = benchRender(*heads, *frames);
                session.result["figures"] = {{"fps", bench.framesPerSecond},
                                             {"heads", *heads},
                                             {"frames", *frames},
                                             {"vertices_per_head", bench.vertices},
                                             {"mesh_ms_per_head", bench.meshMs},
                                             {"draw_ms_per_head", bench.drawMs},
                                             {"width", bench.width},
                                             {"height", bench.height},
                                             {"renderer", bench.device}};
            }};
}
#endif

void finish(Session& session, const std::string& name) {
    session.result["name"] = name;
    if (!session.result.contains("device")) session.result["device"] = "cpu";
    if (!session.result.contains("threads")) session.result["threads"] = std::thread::hardware_concurrency();
    session.say("bench " + name);
    for (const auto& [key, value] : session.result["figures"].items())
        if (!value.is_array()) session.say("  " + key + ": " + value.dump()); // rows were said one by one
}

} // namespace

Command benchCommand() {
    std::string names = "toggle, react, train, metrics, speech, startup";
#ifdef EMC_WITH_MEDIA
    names += ", render, ingest";
#endif
    return {"bench", "Measure this machine: " + names, [](CLI::App& app) -> Run {
                app.require_subcommand(1);
                auto benches = std::make_shared<std::vector<Bench>>();
                *benches = {toggleBench(app),  reactBench(app),  trainBench(app),
                            metricsBench(app), speechBench(app), startupBench(app)};
#ifdef EMC_WITH_MEDIA
                benches->push_back(renderBench(app));
                benches->push_back(ingestBench(app));
#endif
                return [=](Session& session) {
                    for (const Bench& bench : *benches)
                        if (bench.app->parsed()) bench.run(session), finish(session, bench.name);
                };
            }};
}

} // namespace emc::cli
