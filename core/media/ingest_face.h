#pragma once
// The picture half of ingest. Used by ingest.cpp only.
#include <filesystem>
#include <string>
#include <vector>

#include "core/api/clip.h"
#include "core/media/ingest.h"

namespace emc {

struct FaceHarvest {
    FaceTrack track; // empty when there is no face at all
    int frames = 0;  // of the clip, with or without a face
    int faceFrames = 0;
    double rateHz = kFrameRateHz;
    double startS = 0; // of the first frame on the container's clock
    double seconds = 0;
    std::vector<double> frameS; // start of each frame after startS
    std::vector<FrameSpan> missing;
    std::vector<std::string> notes;
};

// Writes the film of the face to `film` (not written when there is no face).
FaceHarvest harvestFace(const std::filesystem::path& video, const std::filesystem::path& film,
                        const IngestOptions& options, JobContext& job, IngestTimes* times);

} // namespace emc
