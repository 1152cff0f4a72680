#pragma once
// Pictures out of video files. Time is what the container says (presentation timestamps, a rational), never number /
// rate.
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "core/api/clip.h"

namespace emc {

struct MediaInfo {
    bool hasVideo = false, hasSound = false;
    int width = 0, height = 0;               // as seen: turned upright, square pixels
    int rotation = 0;                        // degrees clockwise that the container asks for: 0, 90, 180, 270
    double videoRateHz = 0;                  // average; 0 = not said
    double seconds = 0;                      // 0 = not said
    double videoStartS = 0, soundStartS = 0; // on the container's clock
    int soundRateHz = 0, soundChannels = 0;
    std::string container, videoCodec, soundCodec;
};

// Reads the header only. Throws Error(NotFound | BadInput).
MediaInfo probeMedia(const std::filesystem::path& path);

// Tight RGB, row by row.
struct RgbPicture {
    int width = 0, height = 0;
    std::vector<std::uint8_t> rgb;
};

// A decoded picture before colour conversion, and when it is shown.
struct VideoFrame {
    std::int64_t pts = 0;          // in units of timeBaseNum / timeBaseDen seconds; strictly rising
    std::shared_ptr<void> picture; // libav's frame
};

// Decodes a file from its beginning. Not thread-safe.
class VideoDecoder {
public:
    // Throws Error(NotFound | BadInput | Unsupported); Error(BadInput) when there is no video in the file.
    explicit VideoDecoder(const std::filesystem::path& path);
    ~VideoDecoder();
    VideoDecoder(const VideoDecoder&) = delete;
    VideoDecoder& operator=(const VideoDecoder&) = delete;

    const MediaInfo& info() const;
    int timeBaseNum() const;
    int timeBaseDen() const;
    // The next picture in order of presentation; false at the end. A broken end of the file is an end with a note.
    bool next(VideoFrame& frame);
    // How long the last picture stays, in time base units (from the file, otherwise the usual distance).
    std::int64_t lastDuration() const;
    // Upright RGB with square pixels, scaled to width x height (0 = as it is).
    void toRgb(const VideoFrame& frame, RgbPicture& out, int width = 0, int height = 0);
    // What had to be done: damaged packets, rotation, times that were mended.
    std::vector<std::string> notes() const;

private:
    struct State;
    std::unique_ptr<State> m;
};

// Every picture of a video file, or of a folder of pictures in natural order of their names, scaled to size x size (0 =
// as it is).
std::unique_ptr<FrameReader> openVideo(const std::filesystem::path& path, int size);

} // namespace emc
