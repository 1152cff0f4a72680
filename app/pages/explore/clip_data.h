#pragma once
// Everything the page shows of a clip beside the reactions, read in one job.
#include <QStringList>

#include <filesystem>
#include <memory>
#include <vector>

#include "core/api/backend.h"

namespace emc {

struct ClipData {
    ClipInfo info;
    FaceTrack face; // empty when the clip has no face
    Waveform waveform;
    SoundBuffer sound;
    std::filesystem::path video, soundFile;
    bool hasListener = false;
    FaceTrack listener; // of the real listener
    QStringList notes;  // what could not be read, one sentence each
};

// Throws Error when the clip itself cannot be opened; a part that cannot be read is only noted.
ClipData loadClipData(Backend& backend, const std::filesystem::path& path, JobContext& job);

} // namespace emc
