#include "core/data/clip_folder.h"

#include <algorithm>
#include <cmath>
#include <functional>

#include "core/data/clip_base.h"
#include "core/data/clip_toml.h"
#include "core/data/safetensors.h"
#include "core/data/sha256.h"

namespace emc {
namespace fs = std::filesystem;

namespace {

// One tensor into `out`, or a fault.
void take(const SafetensorsFile& file, const std::string& name, std::vector<std::int64_t> shape, bool required,
          std::vector<float>& out, std::vector<std::string>& faults) {
    if (!required && !file.has(name)) return;
    try {
        out = file.readF32(name, shape);
    } catch (const Error& error) {
        faults.push_back(name + ": " + error.problem());
        return;
    }
    const auto odd = std::find_if(out.begin(), out.end(), [](float v) { return !std::isfinite(v); });
    if (odd != out.end()) {
        const auto width = static_cast<std::ptrdiff_t>(shape.size() > 1 ? shape[1] : 1);
        faults.push_back(name + ": frame " + std::to_string((odd - out.begin()) / width) +
                         " holds a number that is not finite");
    }
}

class FolderClip : public ClipBase {
public:
    FolderClip(ClipToml toml, FrameOpener frames)
        : ClipBase(true), m_toml(std::move(toml)), m_frames(std::move(frames)) {
        opened(folder() / "clip.toml");
    }
    const ClipInfo& info() const override { return m_toml.info; }
    std::unique_ptr<FrameReader> faceFrames(int size) const override {
        if (m_toml.faceVideoHash.empty())
            throw Error(ErrorKind::NotFound, "the clip has no face frames", folder().string());
        if (!m_frames)
            throw Error(ErrorKind::Unsupported, "this build cannot decode video", videoFile().string(),
                        "Build with media, or use a pack.");
        opened(videoFile());
        return m_frames(videoFile(), size);
    }
    fs::path soundFile() const override { return m_toml.soundHash.empty() ? fs::path() : folder() / "speech.wav"; }
    fs::path videoFile() const override { return m_toml.faceVideoHash.empty() ? fs::path() : folder() / "face.mp4"; }

protected:
    FaceTrack loadFace() const override {
        const SafetensorsFile file = openChecked("face.safetensors", m_toml.faceHash);
        const std::int64_t frames = m_toml.info.frames;
        FaceTrack track;
        track.frames = m_toml.info.frames;
        std::vector<std::string> faults;
        take(file, "emotion", {frames, kEmotionDims}, true, track.emotion, faults);
        take(file, "coeffs", {frames, kCoeffDims}, true, track.coeffs, faults);
        take(file, "confidence", {frames}, false, track.confidence, faults);
        take(file, "face_box", {frames, 4}, false, track.box, faults);
        throwClipFaults(faults, file.path());
        if (track.confidence.empty()) track.confidence.assign(static_cast<std::size_t>(frames), 1.f);
        return track;
    }
    SpeechTrack loadSpeech() const override {
        const SafetensorsFile file = openChecked("speech.safetensors", m_toml.speechHash);
        const std::int64_t frames = m_toml.info.frames;
        SpeechTrack track;
        track.frames = m_toml.info.frames;
        std::vector<std::string> faults;
        take(file, "mfcc", {frames, kMfccDims}, true, track.mfcc, faults);
        take(file, "voice", {frames}, false, track.voice, faults);
        throwClipFaults(faults, file.path());
        return track;
    }

private:
    const fs::path& folder() const { return m_toml.info.path; }
    // The clip's content hash is built from the recorded hashes, so a file that is not the recorded one must not pass
    // for it.
    SafetensorsFile openChecked(const char* name, const std::string& hash) const {
        const fs::path path = folder() / name;
        opened(path);
        SafetensorsFile file = SafetensorsFile::open(path);
        if (sha256OfFile(path) != hash)
            throw Error(ErrorKind::BadInput, "the file is not the one that clip.toml records", path.string(),
                        "Ingest the recording again.");
        return file;
    }

    ClipToml m_toml;
    FrameOpener m_frames;
};

} // namespace

bool isClipFolder(const fs::path& path) {
    std::error_code code;
    return fs::is_regular_file(path / "clip.toml", code);
}

std::shared_ptr<const Clip> openClipFolder(const fs::path& path, FrameOpener frames) {
    ClipToml toml = readClipToml(path / "clip.toml");
    toml.info.path = path;
    return std::make_shared<FolderClip>(std::move(toml), std::move(frames));
}

std::vector<std::shared_ptr<const Clip>> openRealListeners(const fs::path& clip, FrameOpener frames) {
    std::error_code code;
    std::vector<fs::path> folders;
    for (const fs::directory_entry& entry : fs::directory_iterator(clip / "listeners", code))
        if (isClipFolder(entry.path())) folders.push_back(entry.path());
    std::sort(folders.begin(), folders.end());
    std::vector<std::shared_ptr<const Clip>> clips;
    for (const fs::path& folder : folders) clips.push_back(openClipFolder(folder, frames));
    return clips;
}

std::vector<std::string> clipFaults(const fs::path& path) {
    std::vector<std::string> faults;
    const auto attempt = [&](const std::function<void()>& check) {
        try {
            check();
        } catch (const Error& error) { faults.push_back(error.what()); }
    };
    attempt([&] {
        const ClipToml toml = readClipToml(path / "clip.toml");
        const std::shared_ptr<const Clip> clip = openClipFolder(path, {});
        if (toml.info.hasFace) attempt([&] { clip->face(); });
        if (toml.info.hasSpeech) attempt([&] { clip->speech(); });
        for (const auto& [name, hash] :
             {std::pair{"face.mp4", toml.faceVideoHash}, std::pair{"speech.wav", toml.soundHash}}) {
            if (hash.empty()) continue;
            attempt([&] {
                if (sha256OfFile(path / name) != hash)
                    throw Error(ErrorKind::BadInput, "the file is not the one that clip.toml records",
                                (path / name).string());
            });
        }
    });
    return faults;
}

} // namespace emc
