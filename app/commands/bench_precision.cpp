// emc bench react --precision bf16: what rounded matrix products save, and how far the answer moves from float32.
#include <algorithm>
#include <cmath>

#include "app/commands/arguments.h"
#include "app/commands/bench.h"
#include "core/backend/studio_backend.h"
#include "core/models/precision.h"

namespace emc::cli {
namespace fs = std::filesystem;
namespace {

struct Distance {
    double largest = 0, mean = 0, largestValue = 0; // of the differences; of the float32 side
};
Distance distanceOf(const std::vector<float>& exact, const std::vector<float>& rounded) {
    Distance d;
    for (std::size_t i = 0; i < exact.size(); ++i) {
        const double difference = std::fabs(double(exact[i]) - double(rounded[i]));
        d.largest = std::max(d.largest, difference);
        d.mean += difference / double(exact.size());
        d.largestValue = std::max(d.largestValue, std::fabs(double(exact[i])));
    }
    return d;
}

} // namespace

void benchPrecision(Session& session, const ReactBenchArguments& a) {
    const int threads = threadsOf(a);
    const fs::path clipPath = clipOf(a);
    const auto rounded = openInPrecision(session, a.model, a.checkpoint, a.device, threads, a.precision);
    const auto exact = openStudioModel(a.model, a.checkpoint, a.device, threads);
    ReactOptions options;
    options.samples = a.samples;
    const auto timed = [&](ReactionModel& model, Reactions& out) {
        model.forgetCaches();
        const auto start = BenchClock::now();
        out = model.react(*openStudioClip(clipPath), options, session.job());
        return millisecondsSince(start) / 1000;
    };
    Reactions exactly, roundly;
    timed(*exact, exactly); // warm up
    timed(*rounded, roundly);
    const Distance emotion = distanceOf(exactly.emotion, roundly.emotion),
                   coeffs = distanceOf(exactly.coeffs, roundly.coeffs);
    std::vector<double> ours, theirs;
    for (int round = 0; round < a.rounds; ++round) {
        ours.push_back(timed(*rounded, roundly));
        theirs.push_back(timed(*exact, exactly));
        session.job().progress(round + 1, a.rounds, "round " + std::to_string(round + 1));
    }
    const double seconds = percentile(ours, .5), their = percentile(theirs, .5);
    session.result["threads"] = threads;
    session.result["device"] = a.device;
    session.result["figures"] = {{"model", a.model},
                                 {"precision", a.precision},
                                 {"processor_multiplies_bf16", processorHasBfloat16()},
                                 {"samples", a.samples},
                                 {"frames", exactly.frames},
                                 {"rounds", a.rounds},
                                 {"seconds", seconds},
                                 {"float32_seconds", their},
                                 {"ratio", their / seconds},
                                 {"largest_difference", std::max(emotion.largest, coeffs.largest)},
                                 {"emotion_difference", emotion.largest},
                                 {"emotion_mean_difference", emotion.mean},
                                 {"emotion_largest", emotion.largestValue},
                                 {"coeffs_difference", coeffs.largest},
                                 {"coeffs_mean_difference", coeffs.mean},
                                 {"coeffs_largest", coeffs.largestValue}};
}

} // namespace emc::cli
