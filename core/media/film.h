#pragma once
// Films: H.264 (yuv420p, so that every player shows it) and AAC in an mp4 whose index stands in front.
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>

#include "core/api/backend.h"

namespace emc {

struct FilmOptions {
    double rateHz = 25;
    int quality = 18;       // x264's constant rate factor: 0 = lossless, 23 = usual, 51 = worst
    int keyFrameEvery = 25; // frames between key frames: how fast a player can jump
    int soundBitRate = 160000;
};

// Writes under a temporary name; close() checks the file by reading it back and puts it in its place. Without close()
// nothing stays. Odd widths and heights lose their last column or row. The same frames give the same bytes.
class FilmWriter {
public:
    FilmWriter();
    ~FilmWriter();
    FilmWriter(const FilmWriter&) = delete;
    FilmWriter& operator=(const FilmWriter&) = delete;

    // `sound` may be empty; it is cut to the film's length. Throws Error(Usage | Io | Unsupported).
    void open(const std::filesystem::path& path, int width, int height, const FilmOptions& options = {},
              SoundBuffer sound = {});
    void open(const std::filesystem::path& path, int width, int height, double rateHz, SoundBuffer sound = {});
    void add(std::span<const std::uint8_t> rgb); // width * height * 3 bytes
    int frames() const;
    void close(); // throws Error(Io) when the written file does not read back; Error(Usage) when no frame was added

private:
    struct State;
    std::unique_ptr<State> m;
};

struct FilmCheck {
    int frames = 0, width = 0, height = 0;
    double seconds = 0, soundSeconds = 0;
};
// Counts what can really be decoded.
FilmCheck checkFilm(const std::filesystem::path& path);

} // namespace emc
