#pragma once
// From a recording to a clip folder: face coefficients, attributes, a film of the face, sound and its 78 numbers a
// frame. Decoding, following the face, and measuring + writing run on three threads; the middle one bounds the speed.
#include <filesystem>
#include <functional>
#include <span>
#include <vector>

#include "core/api/backend.h"
#include "core/api/job_context.h"

namespace emc {

inline constexpr const char* kExtractorName = "emc-face 1 (478 landmarks, 52 shapes, 7 expressions)";

struct IngestHooks {
    // Probability of speech per frame from mono sound at 16 kHz; a network outside of this library may stand here.
    // Without it a rule on loudness is used, and the report says so.
    std::function<std::vector<float>(std::span<const float> mono16k, int frames, double rateHz)> voice;
};

// Where the time went, milliseconds per frame of the clip.
struct IngestTimes {
    double decode = 0, track = 0, measure = 0, wall = 0;
    int sourceFrames = 0; // pictures that were looked at
};

// `clip` is made whole or not at all; an existing clip folder is replaced, any other folder with content is refused.
// A recording with sound only, or in which nobody shows a face, becomes a clip without face.
// Throws Error (NotFound: file or networks; BadInput; Usage: no face of this number), Cancelled.
IngestReport ingest(const std::filesystem::path& video, const std::filesystem::path& clip, const IngestOptions& options,
                    JobContext& job, const IngestHooks& hooks = {}, IngestTimes* times = nullptr);

// Runs ingest into a temporary folder and says how long each part took.
struct IngestBench {
    IngestReport report;
    IngestTimes times;
};
IngestBench benchIngest(const std::filesystem::path& video, const IngestOptions& options, JobContext& job);

} // namespace emc
