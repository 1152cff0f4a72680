// emc ingest VIDEO... --out CLIPDIR: from a recording to a clip folder.
#include "app/commands/command.h"
#include "core/backend/studio_backend.h"

namespace emc::cli {
namespace {

struct IngestArguments {
    std::vector<std::string> videos;
    std::string out, rate = "25";
    int face = -1;
};

nlohmann::json reportJson(const IngestReport& report) {
    auto missing = nlohmann::json::array();
    for (const FrameSpan& span : report.missingFace) missing.push_back({span.begin, span.end});
    return {{"clip", report.clip.string()}, {"frames", report.frames},
            {"rate_hz", report.rateHz},     {"face_frames", report.faceFrames},
            {"missing_face", missing},      {"has_speech", report.hasSpeech},
            {"seconds", report.seconds},    {"realtime_factor", report.realtimeFactor},
            {"notes", report.notes}};
}

void runIngest(Session& session, const IngestArguments& arguments) {
    IngestOptions options;
    options.face = arguments.face;
    options.sourceRate = arguments.rate == "source";
    const bool many = arguments.videos.size() > 1;
    const auto backend = makeStudioBackend();
    auto clips = nlohmann::json::array();
    for (const std::string& video : arguments.videos) {
        // One recording becomes the folder itself; several become folders inside it, named after the recordings.
        const std::filesystem::path clip =
            many ? std::filesystem::path(arguments.out) / std::filesystem::path(video).stem()
                 : std::filesystem::path(arguments.out);
        const IngestReport report = backend->ingest(video, clip, options, session.job());
        clips.push_back(reportJson(report));
        char line[300];
        std::snprintf(line, sizeof line,
                      "wrote %s: %d frames at %.3g Hz, face in %d, %s, %.2f s (%.1f times real time)",
                      report.clip.string().c_str(), report.frames, report.rateHz, report.faceFrames,
                      report.hasSpeech ? "with speech" : "no speech", report.seconds, report.realtimeFactor);
        session.say(line);
        for (const std::string& note : report.notes) session.say("  " + note);
    }
    session.result = many ? nlohmann::json{{"clips", clips}} : clips[0];
}

} // namespace

Command ingestCommand() {
    return {"ingest", "Turn a recording into a clip: face, coefficients, emotion, speech features",
            [](CLI::App& app) -> Run {
                auto arguments = std::make_shared<IngestArguments>();
                app.add_option("videos", arguments->videos,
                               "Recordings (any media that libav reads; sound alone is fine)")
                    ->required();
                app.add_option("--out", arguments->out,
                               "Clip folder to write; with several recordings a folder of clip folders")
                    ->required();
                app.add_option("--face", arguments->face,
                               "Which face, counted from the left (0 = leftmost); -1 = the largest steady one")
                    ->capture_default_str();
                app.add_option("--rate", arguments->rate,
                               "25 = resample to 25 frames a second; source = keep the source's frames")
                    ->check(CLI::IsMember({"25", "source"}))
                    ->capture_default_str();
                return [=](Session& session) { runIngest(session, *arguments); };
            }};
}

} // namespace emc::cli
