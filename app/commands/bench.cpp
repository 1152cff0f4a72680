// emc bench NAME: measured figures of this machine, printed with what they were measured on.
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <numeric>
#include <thread>

#include "app/commands/command.h"
#include "core/backend/studio_backend.h"
#include "core/data/reactions_io.h"
#ifdef EMC_WITH_MEDIA
#include "core/render/render_bench.h"
#endif

namespace emc::cli {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

double since(Clock::time_point start) {
    return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

// Nearest-rank percentile: an actually measured value.
double percentile(std::vector<double> values, double share) {
    std::sort(values.begin(), values.end());
    const auto rank = static_cast<std::size_t>(std::ceil(share * double(values.size())));
    return values[std::clamp<std::size_t>(rank, 1, values.size()) - 1];
}

// Runs a program without a shell; its standard output as text. Throws when it fails.
std::string runProgram(const std::vector<std::string>& words, bool offscreen = false) {
    int ends[2];
    if (pipe(ends) != 0) throw Error(ErrorKind::Io, "no pipe could be made");
    const pid_t child = fork();
    if (child == 0) {
        dup2(ends[1], STDOUT_FILENO);
        close(ends[0]);
        close(ends[1]);
        sigset_t none;
        sigemptyset(&none);
        sigprocmask(SIG_SETMASK, &none, nullptr);
        if (offscreen) setenv("QT_QPA_PLATFORM", "offscreen", 1);
        std::vector<char*> raw;
        for (const std::string& word : words) raw.push_back(const_cast<char*>(word.c_str()));
        raw.push_back(nullptr);
        execv(raw[0], raw.data());
        _exit(127);
    }
    close(ends[1]);
    std::string text;
    char buffer[4096];
    for (ssize_t got; (got = read(ends[0], buffer, sizeof buffer)) > 0;)
        text.append(buffer, static_cast<std::size_t>(got));
    close(ends[0]);
    int status = 0;
    waitpid(child, &status, 0);
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
        throw Error(ErrorKind::Internal, "a measured program failed", words[0], "Run it by hand to see why");
    return text;
}

fs::path thisProgram() {
    return fs::read_symlink("/proc/self/exe");
}

struct ToggleArguments {
    std::string clip, model = "trans-vae-emc", checkpoint;
    int samples = 10, toggles = 50, threads = 0;
};

struct Toggle {
    bool withoutFace;
    std::uint64_t seed;
};

// A fresh process must give the same numbers: nothing but encoder outputs may live between toggles.
double differenceToFreshProcess(const ToggleArguments& a, const fs::path& clip, const Toggle& toggle,
                                const Reactions& ours) {
    const fs::path out = fs::temp_directory_path() / ("emc-bench-" + std::to_string(getpid()) + ".safetensors");
    std::vector<std::string> words{thisProgram().string(),
                                   "react",
                                   clip.string(),
                                   "--model",
                                   a.model,
                                   "--samples",
                                   std::to_string(a.samples),
                                   "--seed",
                                   std::to_string(toggle.seed),
                                   "--threads",
                                   std::to_string(a.threads),
                                   "--out",
                                   out.string()};
    if (!a.checkpoint.empty()) words.insert(words.end(), {"--checkpoint", a.checkpoint});
    if (toggle.withoutFace) words.insert(words.end(), {"--without", "face"});
    runProgram(words);
    const Reactions fresh = readReactions(out);
    fs::remove(out);
    if (fresh.emotion.size() != ours.emotion.size()) return INFINITY;
    double largest = 0;
    for (std::size_t i = 0; i < ours.emotion.size(); ++i)
        largest = std::max(largest, double(std::abs(ours.emotion[i] - fresh.emotion[i])));
    for (std::size_t i = 0; i < ours.coeffs.size(); ++i)
        largest = std::max(largest, double(std::abs(ours.coeffs[i] - fresh.coeffs[i])));
    return largest;
}

void benchToggle(Session& session, const ToggleArguments& a) {
    const fs::path clipPath = a.clip.empty() ? demoClipFolder() : fs::path(a.clip);
    if (clipPath.empty())
        throw Error(ErrorKind::NotFound, "there is no demo clip", "resources/demo/clip", "Name a clip with --clip");
    const auto clip = openStudioClip(clipPath);
    const auto model = openStudioModel(a.model, a.checkpoint, "cpu", a.threads);
    ReactOptions options;
    options.samples = a.samples;
    const Reactions cold = model->react(*clip, options, session.job()); // fills the encoder caches of both modalities
    options.availability = Availability::withoutFace();
    model->react(*clip, options, session.job());

    std::vector<double> first, all;
    double difference = 0;
    for (int i = 0; i < a.toggles; ++i) {
        const Toggle toggle{i % 2 == 0, 1000u + static_cast<std::uint64_t>(i)};
        options.seed = toggle.seed;
        options.availability = toggle.withoutFace ? Availability::withoutFace() : Availability{};
        double firstMs = NAN;
        const auto start = Clock::now();
        options.onDisplayedSample = [&](const Reactions&) { firstMs = since(start); };
        const Reactions reactions = model->react(*clip, options, session.job());
        all.push_back(since(start));
        first.push_back(firstMs);
        if (i == 0 || i == a.toggles / 2 || i == a.toggles - 1)
            difference = std::max(difference, differenceToFreshProcess(a, clipPath, toggle, reactions));
        session.job().progress(i + 1, a.toggles, "toggle " + std::to_string(i + 1));
    }
    session.result["threads"] = a.threads ? a.threads : int(std::thread::hardware_concurrency());
    session.result["figures"] = {{"first_p50_ms", percentile(first, .5)},
                                 {"first_p95_ms", percentile(first, .95)},
                                 {"all_p50_ms", percentile(all, .5)},
                                 {"all_p95_ms", percentile(all, .95)},
                                 {"encode_ms_per_frame", cold.timings.encodeS * 1000 / std::max(1, cold.frames)},
                                 {"frames", cold.frames},
                                 {"samples", a.samples},
                                 {"toggles", a.toggles},
                                 {"fresh_process_max_abs", difference}};
    if (!(difference <= 1e-6)) session.exitCode = 1;
}

void benchStartup(Session& session) {
    const fs::path window = thisProgram().parent_path() / "emc-studio";
    if (!fs::exists(window))
        throw Error(ErrorKind::NotFound, "this build has no window", window.string(), "Build without -DEMC_GUI=OFF");
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
}

#ifdef EMC_WITH_MEDIA
void benchHeads(Session& session, int heads, int frames) {
    const RenderBench bench = benchRender(heads, frames);
    session.result["figures"] = {{"fps", bench.framesPerSecond},
                                 {"heads", heads},
                                 {"frames", frames},
                                 {"vertices_per_head", bench.vertices},
                                 {"mesh_ms_per_head", bench.meshMs},
                                 {"draw_ms_per_head", bench.drawMs},
                                 {"width", bench.width},
                                 {"height", bench.height},
                                 {"renderer", bench.device}};
}
#endif

void finish(Session& session, const std::string& name) {
    session.result["name"] = name;
    session.result["device"] = "cpu";
    if (!session.result.contains("threads")) session.result["threads"] = std::thread::hardware_concurrency();
    session.say("bench " + name);
    for (const auto& [key, value] : session.result["figures"].items()) session.say("  " + key + ": " + value.dump());
}

} // namespace

Command benchCommand() {
    return {"bench", "Measure this machine: toggle, render, startup", [](CLI::App& app) -> Run {
                auto runs = std::make_shared<std::vector<std::pair<CLI::App*, Run>>>();
                app.require_subcommand(1);
                auto toggle = std::make_shared<ToggleArguments>();
                CLI::App* sub =
                    app.add_subcommand("toggle", "Switch the face off and on; time to the displayed sample and to all");
                sub->add_option("--clip", toggle->clip, "Clip folder; the demo clip when left out");
                sub->add_option("--model", toggle->model)->capture_default_str();
                sub->add_option("--checkpoint", toggle->checkpoint);
                sub->add_option("--samples", toggle->samples)->check(CLI::Range(1, 1000))->capture_default_str();
                sub->add_option("--toggles", toggle->toggles)->check(CLI::Range(3, 10000))->capture_default_str();
                sub->add_option("--threads", toggle->threads)->check(CLI::Range(0, 1024))->capture_default_str();
                runs->emplace_back(sub, [toggle](Session& session) {
                    benchToggle(session, *toggle);
                    finish(session, "toggle");
                });
                sub = app.add_subcommand("startup", "Time from the start of the program to a usable window, warm");
                runs->emplace_back(sub, [](Session& session) {
                    benchStartup(session);
                    finish(session, "startup");
                });
#ifdef EMC_WITH_MEDIA
                auto heads = std::make_shared<int>(3), frames = std::make_shared<int>(200);
                sub = app.add_subcommand("render", "Frames a second of listener heads drawn side by side");
                sub->add_option("--heads", *heads)->check(CLI::Range(1, 16))->capture_default_str();
                sub->add_option("--frames", *frames)->check(CLI::Range(1, 100000))->capture_default_str();
                runs->emplace_back(sub, [=](Session& session) {
                    benchHeads(session, *heads, *frames);
                    finish(session, "render");
                });
#endif
                return [=](Session& session) {
                    for (auto& [s, run] : *runs)
                        if (s->parsed()) run(session);
                };
            }};
}

} // namespace emc::cli
