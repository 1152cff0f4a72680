#pragma once
// Clips on disk. A clip folder holds clip.toml and one set of files per modality (face.safetensors, face.mp4;
// speech.safetensors, speech.wav): opening a clip reads clip.toml only, and a modality's files are opened when that
// modality is asked for.
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/api/clip.h"
#include "core/data/atomic_file.h"
#include "core/data/wav.h"

namespace emc {

// `path` is a clip folder, or an item of a REACT tree: ROOT/PARTITION/MODALITY/SITE/CHAT/ROLE/CLIP with or without
// extension, the modality folder may be left out. `sounds` reads sound of REACT items that is not 44.1 kHz wav; empty =
// wav only. Throws Error(NotFound), or one Error(BadInput) that lists every fault of the folder.
std::shared_ptr<const Clip> openClip(const std::filesystem::path& path, FrameOpener frames, SoundLoader sounds = {});
std::shared_ptr<const Clip> openClipFolder(const std::filesystem::path& folder, FrameOpener frames = {});
bool isClipFolder(const std::filesystem::path& path); // has a clip.toml

// Clip folders of the people who really listened to a demo clip: CLIP/listeners/NAME, in order of name. Empty when
// there are none.
std::vector<std::shared_ptr<const Clip>> openRealListeners(const std::filesystem::path& clip, FrameOpener frames);

// Everything that is wrong with a clip folder, hashes of all files included; empty = sound. Opens every file.
std::vector<std::string> clipFaults(const std::filesystem::path& clip);

// Fills a clip folder under a temporary name. Write face.mp4 and speech.wav into folder() yourself (or copy them), then
// commit.
class ClipWriter {
public:
    explicit ClipWriter(const std::filesystem::path& clip);
    const std::filesystem::path& folder() const { return m_folder.path(); }
    void face(FaceTrack track); // checked against each other and against info.frames at commit
    void speech(SpeechTrack track);
    void sourceHash(std::string sha256) { m_sourceHash = std::move(sha256); }
    void extractor(std::string nameAndVersion) { m_extractor = std::move(nameAndVersion); }
    // Uses id, frames, rateHz, synthetic, source, faceMissing of `info`; has* and the hashes come from what was given.
    void commit(const ClipInfo& info);

private:
    TempFolder m_folder;
    std::optional<FaceTrack> m_face;
    std::optional<SpeechTrack> m_speech;
    std::string m_sourceHash, m_extractor;
};

struct ClipContent {
    ClipInfo info;
    std::optional<FaceTrack> face;
    std::optional<SpeechTrack> speech;
    std::filesystem::path faceVideo, sound; // copied in as face.mp4 / speech.wav; may be empty
    std::string sourceHash, extractor;
};
void writeClip(const std::filesystem::path& clip, const ClipContent& content);

} // namespace emc
