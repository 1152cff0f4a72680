#include <cmath>

#include "core/api/error.h"
#include "core/api/vectors.h"
#include "core/data/clip_folder.h"
#include "core/data/clip_toml.h"
#include "core/data/safetensors.h"
#include "core/data/sha256.h"

namespace emc {
namespace fs = std::filesystem;

namespace {

void check(const std::vector<float>& values, int frames, int dims, bool optional, const char* name,
           std::vector<std::string>& faults) {
    if (optional && values.empty()) return;
    if (values.size() != static_cast<std::size_t>(frames) * static_cast<std::size_t>(dims))
        faults.push_back(std::string(name) + " has " + std::to_string(values.size()) + " numbers, not " +
                         std::to_string(frames) + " x " + std::to_string(dims));
    for (float value : values)
        if (!std::isfinite(value)) {
            faults.push_back(std::string(name) + " holds a number that is not finite");
            return;
        }
}

std::string hashIfThere(const fs::path& file) {
    std::error_code code;
    return fs::exists(file, code) ? sha256OfFile(file) : std::string();
}

void copyInto(const fs::path& from, const fs::path& to) {
    if (from.empty()) return;
    std::error_code code;
    if (!fs::exists(from, code)) throw Error(ErrorKind::NotFound, "there is no such file", from.string());
    fs::copy_file(from, to, fs::copy_options::overwrite_existing, code);
    if (code) throw Error(ErrorKind::Io, "the file cannot be copied into the clip: " + code.message(), from.string());
}

} // namespace

ClipWriter::ClipWriter(const fs::path& clip) : m_folder(clip) {}
void ClipWriter::face(FaceTrack track) {
    m_face = std::move(track);
}
void ClipWriter::speech(SpeechTrack track) {
    m_speech = std::move(track);
}

void ClipWriter::commit(const ClipInfo& info) {
    ClipToml toml;
    toml.info = info;
    toml.sourceHash = m_sourceHash;
    toml.extractor = m_extractor;
    toml.info.faceMissing = normalisedSpans(info.faceMissing, info.frames);
    std::vector<std::string> faults;
    if (!m_face && !m_speech) faults.push_back("a clip needs a face or speech");
    if (info.frames < 0) faults.push_back("the number of frames is negative");
    const int frames = std::max(info.frames, 0);
    if (m_face) {
        check(m_face->emotion, frames, kEmotionDims, false, "emotion", faults);
        check(m_face->coeffs, frames, kCoeffDims, false, "coeffs", faults);
        check(m_face->confidence, frames, 1, true, "confidence", faults);
        check(m_face->box, frames, 4, true, "face_box", faults);
    }
    if (m_speech) {
        check(m_speech->mfcc, frames, kMfccDims, false, "mfcc", faults);
        check(m_speech->voice, frames, 1, true, "voice", faults);
    }
    throwClipFaults(faults, info.id);

    const fs::path folder = m_folder.path();
    if (m_face) {
        SafetensorsWriter writer;
        writer.addF32("emotion", {frames, kEmotionDims}, m_face->emotion);
        writer.addF32("coeffs", {frames, kCoeffDims}, m_face->coeffs);
        if (!m_face->confidence.empty()) writer.addF32("confidence", {frames}, m_face->confidence);
        if (!m_face->box.empty()) writer.addF32("face_box", {frames, 4}, m_face->box);
        writer.write(folder / "face.safetensors");
        toml.faceHash = sha256OfFile(folder / "face.safetensors");
        toml.faceVideoHash = hashIfThere(folder / "face.mp4");
    }
    if (m_speech) {
        SafetensorsWriter writer;
        writer.addF32("mfcc", {frames, kMfccDims}, m_speech->mfcc);
        if (!m_speech->voice.empty()) writer.addF32("voice", {frames}, m_speech->voice);
        writer.write(folder / "speech.safetensors");
        toml.speechHash = sha256OfFile(folder / "speech.safetensors");
        toml.soundHash = hashIfThere(folder / "speech.wav");
    }
    writeFileAtomically(folder / "clip.toml", writeClipToml(toml));
    m_folder.commit();
}

void writeClip(const fs::path& clip, const ClipContent& content) {
    ClipWriter writer(clip);
    copyInto(content.faceVideo, writer.folder() / "face.mp4");
    copyInto(content.sound, writer.folder() / "speech.wav");
    if (content.face) writer.face(*content.face);
    if (content.speech) writer.speech(*content.speech);
    writer.sourceHash(content.sourceHash);
    writer.extractor(content.extractor);
    writer.commit(content.info);
}

} // namespace emc
