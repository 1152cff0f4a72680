#pragma once
// A clip of one person. Each modality has its own files and is read only when asked for: a declared-missing modality is
// never opened.
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/api/frame_span.h"
#include "core/api/vectors.h"

namespace emc {

struct ClipInfo {
    std::string id;             // folder name, or REACT path without extension
    std::filesystem::path path; // clip folder or root of a REACT tree
    std::string contentHash;    // of the declared content (hashes in clip.toml); needs no modality file to be opened
    int frames = 0;
    double rateHz = kFrameRateHz;
    bool hasFace = true, hasSpeech = true;
    bool synthetic = false;
    std::string source;                 // name of the recording it came from
    std::vector<FrameSpan> faceMissing; // spans where no face was found
};

struct FaceTrack {
    int frames = 0;
    std::vector<float> emotion;    // T x 25
    std::vector<float> coeffs;     // T x 58, raw: weights 0..1, radians, metres-like
    std::vector<float> confidence; // T, 0..1 (1 when the source has none)
    std::vector<float> box;        // T x 4 (x, y, w, h in source pixels) or empty
};

struct SpeechTrack {
    int frames = 0;
    std::vector<float> mfcc;  // T x 78
    std::vector<float> voice; // T, probability that the person speaks (or empty)
};

// Pull-reader of RGB frames. next() fills width*height*3 bytes and returns false at the end.
class FrameReader {
public:
    virtual ~FrameReader() = default;
    virtual int width() const = 0;
    virtual int height() const = 0;
    virtual bool next(std::vector<std::uint8_t>& rgb) = 0;
};
// Opens a video (or a folder of pictures, or a pack) scaled to size x size (0 = as it is). Injected, so that data needs
// no codec.
using FrameOpener = std::function<std::unique_ptr<FrameReader>(const std::filesystem::path&, int size)>;

class Clip {
public:
    virtual ~Clip() = default;
    virtual const ClipInfo& info() const = 0;
    virtual std::shared_ptr<const FaceTrack> face() const = 0;           // throws Error when the clip has none
    virtual std::shared_ptr<const SpeechTrack> speech() const = 0;       // throws Error when the clip has none
    virtual std::unique_ptr<FrameReader> faceFrames(int size) const = 0; // crops of the face, size x size
    virtual std::filesystem::path soundFile() const = 0;                 // may be empty; naming it does not open it
    virtual std::filesystem::path videoFile() const = 0;
    // Every file opened through this clip so far, in order of first opening.
    virtual std::vector<std::filesystem::path> filesRead() const = 0;
};

// A speaker with the listeners who answered him, as training and evaluation see it.
struct Pair {
    std::shared_ptr<const Clip> speaker, listener;
    int scriptId = -1; // of a made corpus; -1 otherwise
};

} // namespace emc
