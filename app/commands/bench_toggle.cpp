// emc bench toggle: the face off and on again; a fresh process must give the same numbers.
#include <atomic>
#include <cmath>
#include <optional>
#include <thread>
#include <unistd.h>

#include "app/commands/bench.h"
#include "core/api/thread_priority.h"
#include "core/backend/studio_backend.h"
#include "core/data/reactions_io.h"
#include "core/train/train_bench.h"

namespace emc::cli {
namespace fs = std::filesystem;
namespace {

struct ToggleArguments {
    std::string clip, model = "trans-vae-emc", checkpoint;
    int samples = 10, toggles = 50, threads = 0;
    bool whileTraining = false;
};

// The training step of a model again and again, at the priority that the window gives to its trainings.
class Training {
public:
    explicit Training(const TrainOptions& options)
        : m_bench(options), m_thread([this](const std::stop_token& stop) {
              giveWayToOtherThreads();
              while (!stop.stop_requested()) {
                  m_bench.run(1);
                  ++m_steps;
              }
          }) {
        while (!m_steps) std::this_thread::sleep_for(std::chrono::milliseconds(10)); // until it is under way
    }
    long steps() const { return m_steps; }

private:
    TrainBench m_bench;
    std::atomic<long> m_steps = 0;
    std::jthread m_thread;
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
    const int threads = a.threads ? a.threads : int(std::thread::hardware_concurrency());
    const auto clip = openStudioClip(clipPath);
    const auto model = openStudioModel(a.model, a.checkpoint, "cpu", a.threads);
    ReactOptions options;
    options.samples = a.samples;
    const Reactions cold = model->react(*clip, options, session.job()); // fills the encoder caches of both modalities
    options.availability = Availability::withoutFace();
    model->react(*clip, options, session.job());

    std::optional<Training> training;
    if (a.whileTraining) {
        TrainOptions recipe;
        recipe.model = a.model;
        recipe.threads = threads;
        training.emplace(recipe);
    }
    const long stepsBefore = training ? training->steps() : 0;
    std::vector<double> first, all;
    double difference = 0;
    for (int i = 0; i < a.toggles; ++i) {
        const Toggle toggle{i % 2 == 0, 1000u + static_cast<std::uint64_t>(i)};
        options.seed = toggle.seed;
        options.availability = toggle.withoutFace ? Availability::withoutFace() : Availability{};
        double firstMs = NAN;
        const auto start = BenchClock::now();
        options.onDisplayedSample = [&](const Reactions&) { firstMs = millisecondsSince(start); };
        const Reactions reactions = model->react(*clip, options, session.job());
        all.push_back(millisecondsSince(start));
        first.push_back(firstMs);
        if (i == 0 || i == a.toggles / 2 || i == a.toggles - 1)
            difference = std::max(difference, differenceToFreshProcess(a, clipPath, toggle, reactions));
        session.job().progress(i + 1, a.toggles, "toggle " + std::to_string(i + 1));
    }
    session.result["threads"] = threads;
    auto& figures = session.result["figures"];
    figures = {{"first_p50_ms", percentile(first, .5)},
               {"first_p95_ms", percentile(first, .95)},
               {"all_p50_ms", percentile(all, .5)},
               {"all_p95_ms", percentile(all, .95)},
               {"encode_ms_per_frame", cold.timings.encodeS * 1000 / std::max(1, cold.frames)},
               {"frames", cold.frames},
               {"samples", a.samples},
               {"toggles", a.toggles},
               {"fresh_process_max_abs", difference}};
    if (training) figures["training_steps"] = training->steps() - stepsBefore;
    if (!(difference <= 1e-6)) session.exitCode = 1;
}

} // namespace

Bench toggleBench(CLI::App& parent) {
    auto a = std::make_shared<ToggleArguments>();
    CLI::App* sub =
        parent.add_subcommand("toggle", "Switch the face off and on; time to the displayed sample and to all");
    sub->add_option("--clip", a->clip, "Clip folder; the demo clip when left out");
    sub->add_option("--model", a->model)->capture_default_str();
    sub->add_option("--checkpoint", a->checkpoint);
    sub->add_option("--samples", a->samples)->check(CLI::Range(1, 1000))->capture_default_str();
    sub->add_option("--toggles", a->toggles)->check(CLI::Range(3, 10000))->capture_default_str();
    sub->add_option("--threads", a->threads)->check(CLI::Range(0, 1024))->capture_default_str();
    sub->add_flag("--while-training", a->whileTraining,
                  "Beside a training of the same model in the background, as the window runs it");
    return {sub, "toggle", [a](Session& session) { benchToggle(session, *a); }};
}

} // namespace emc::cli
