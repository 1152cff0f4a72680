#include <unistd.h>

#include <cstdio>

#include "core/backend/studio_backend.h"
#include "core/models/official_features.h"
#include "core/nn/device.h"
#ifdef EMC_WITH_MEDIA
#include "core/media/assets.h"
#include "core/media/film.h"
#include "core/render/head_renderer.h"
#endif

namespace emc {

namespace fs = std::filesystem;

namespace {

std::string gigabytes(std::uintmax_t bytes) {
    char text[32];
    std::snprintf(text, sizeof text, "%.1f GB", double(bytes) / 1e9);
    return text;
}

DoctorCheck diskCheck() {
    std::error_code unreadable;
    const fs::path here = fs::current_path(unreadable);
    const auto space = fs::space(here, unreadable);
    if (unreadable)
        return {"Disk", false, "the free space of this folder could not be read",
                "Start the program in a folder that can be written"};
    const bool enough = space.available > 2'000'000'000;
    return {"Disk", enough, gigabytes(space.available) + " free in the current folder",
            enough ? "" : "Free at least 2 GB: runs and films need it"};
}

// Runs a probe that may throw; its answer is the detail.
template <class Probe>
DoctorCheck probe(const std::string& name, const std::string& fix, Probe probe) {
    try {
        return {name, true, probe(), ""};
    } catch (const Error& error) {
        return {name, false, error.problem() + (error.where().empty() ? "" : " (" + error.where() + ")"),
                error.hint().empty() ? fix : error.hint()};
    } catch (const std::exception& error) { return {name, false, error.what(), fix}; }
}

#ifdef EMC_WITH_MEDIA
std::string headDrawing() {
    return "drawn by " + HeadRenderer(64, 64).device();
}

std::string faceNetworks() {
    const auto missing = AssetManager::missingForFaces();
    if (missing.empty()) return "ready, " + AssetManager::find(asset::kDetector).parent_path().string();
    std::string names;
    for (const std::string& name : missing) names += (names.empty() ? "" : ", ") + name;
    throw Error(ErrorKind::NotFound, "missing: " + names, {}, "Run ./studio setup");
}

// Writes a film of two frames and reads it back: the encoders are really there.
std::string filmProbe() {
    const fs::path film = fs::temp_directory_path() / ("emc-doctor-" + std::to_string(getpid()) + ".mp4");
    const std::vector<std::uint8_t> grey(64 * 64 * 3, 128);
    FilmWriter writer;
    writer.open(film, 64, 64, 25, SoundBuffer{44100, 1, std::vector<float>(44100 / 12)});
    for (int i = 0; i < 2; ++i) writer.add(grey);
    writer.close();
    const FilmCheck check = checkFilm(film);
    fs::remove(film);
    return "written and read back, " + std::to_string(check.frames) + " frames";
}
#endif

} // namespace

std::vector<DoctorCheck> runDoctor() {
    std::vector<DoctorCheck> checks;
    checks.push_back({"EMC Studio", true, EMC_VERSION, ""});
    checks.push_back({"LibTorch", true, EMC_TORCH_VERSION, ""});
    // No GPU is no fault: everything runs on the CPU.
    checks.push_back({"CUDA", true, cudaAvailable() ? cudaDetail() : cudaDetail() + "; the CPU is used", ""});
#ifdef EMC_WITH_MEDIA
    checks.push_back(probe("3D heads", "Install libegl1 and libgl1-mesa-dri", headDrawing));
    checks.push_back(probe("Face networks", "Run ./studio setup", faceNetworks));
    checks.push_back(probe("H.264 and AAC", "Install ffmpeg's libraries with libx264", filmProbe));
#else
    checks.push_back({"Video, sound, 3D", true, "not in this build", ""});
#endif
    const fs::path clip = demoClipFolder(), weights = demoWeights("trans-vae-emc");
    checks.push_back({"Demo clip", !clip.empty(), clip.empty() ? "not found" : "synthetic, " + clip.string(),
                      clip.empty() ? "Set EMC_RESOURCES to the resources folder of the source tree" : ""});
    checks.push_back({"Demo weights", !weights.empty(),
                      weights.empty() ? "not found" : "trained on the made corpus, " + weights.string(),
                      weights.empty() ? "Set EMC_RESOURCES to the resources folder of the source tree" : ""});
    // None is no fault: models that were trained here read built-in features.
    checks.push_back({"Official features", true, officialOverview(), ""});
    checks.push_back(diskCheck());
    return checks;
}

} // namespace emc
