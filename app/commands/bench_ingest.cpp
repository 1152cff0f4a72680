// emc bench ingest [FILES]: how fast recordings become clips.
#include "app/commands/bench.h"
#include "core/backend/studio_backend.h"
#include "core/media/ingest.h"

namespace emc::cli {
namespace fs = std::filesystem;
namespace {

nlohmann::json measured(Session& session, const fs::path& file) {
    const double before = processorSeconds();
    const IngestBench bench = benchIngest(file, {}, session.job());
    const double used = processorSeconds() - before;
    const IngestReport& report = bench.report;
    const double frames = std::max(1, report.frames);
    const double seconds = report.seconds / report.realtimeFactor;
    char line[200];
    std::snprintf(
        line, sizeof line, "  %s: %.2f ms a frame, %.2f times real time (%d frames, processor %.2f ms a frame)",
        file.filename().c_str(), seconds * 1000 / frames, report.realtimeFactor, report.frames, used * 1000 / frames);
    session.say(line);
    return {{"file", file.filename().string()},
            {"frames", report.frames},
            {"clip_seconds", report.seconds},
            {"seconds", seconds},
            {"ms_per_frame", seconds * 1000 / frames},
            {"realtime_factor", report.realtimeFactor},
            {"processor_ms_per_frame", used * 1000 / frames},
            {"source_frames", bench.times.sourceFrames},
            {"decode_ms_per_frame", bench.times.decode},
            {"follow_ms_per_frame", bench.times.track},
            {"measure_ms_per_frame", bench.times.measure}};
}

void benchIngestFiles(Session& session, std::vector<std::string> files) {
    if (files.empty()) {
        const fs::path demo = demoClipFolder();
        if (demo.empty())
            throw Error(ErrorKind::NotFound, "there is no demo clip", "resources/demo/clip", "Name recordings");
        files.push_back(openStudioClip(demo)->videoFile().string());
    }
    auto rows = nlohmann::json::array();
    double slowest = 1e9, dearest = 0;
    for (const std::string& file : files) {
        try {
            rows.push_back(measured(session, file));
        } catch (const Error& error) { // one unusable recording does not lose the figures of the others
            session.note("emc: " + std::string(error.what()));
            rows.push_back({{"file", fs::path(file).filename().string()}, {"error", error.problem()}});
            session.exitCode = 1;
            continue;
        }
        slowest = std::min(slowest, rows.back().at("realtime_factor").get<double>());
        dearest = std::max(dearest, rows.back().at("ms_per_frame").get<double>());
    }
    nlohmann::json figures{{"files", rows}, {"slowest_realtime_factor", nullptr}, {"largest_ms_per_frame", nullptr}};
    if (dearest > 0) figures["slowest_realtime_factor"] = slowest, figures["largest_ms_per_frame"] = dearest;
    session.result["figures"] = figures;
}

} // namespace

Bench ingestBench(CLI::App& parent) {
    auto files = std::make_shared<std::vector<std::string>>();
    CLI::App* sub = parent.add_subcommand("ingest", "Milliseconds a frame from recording to clip, and times real time");
    sub->add_option("files", *files, "Recordings; the film of the demo clip when left out");
    return {sub, "ingest", [files](Session& session) { benchIngestFiles(session, *files); }};
}

} // namespace emc::cli
