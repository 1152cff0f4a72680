#pragma once
// Which people are in a recording: the detector on a few pictures of the beginning, joined to steady faces.
#include <filesystem>
#include <vector>

#include "core/api/job_context.h"
#include "core/media/face_tracker.h"

namespace emc {

struct FaceCandidate {
    FaceBox box;         // mean
    FaceBox first;       // where it was seen first
    double presence = 0; // share of the looked-at pictures that show it
    double score = 0;    // mean of the detector's scores
};

// Steady faces (seen in at least a third of the pictures that show any face) from left to right. Looks at about
// `pictures` pictures of the first `seconds` seconds, and on beyond them only while no face was seen at all. Empty when
// there is no face.
std::vector<FaceCandidate> findFaces(const std::filesystem::path& video, FaceDetector& detector, JobContext& job,
                                     double seconds = 3, int pictures = 8);

// Index of the one that is large and seen often; -1 for none.
int mainFace(const std::vector<FaceCandidate>& faces);

} // namespace emc
