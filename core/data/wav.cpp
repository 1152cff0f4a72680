#include "core/data/wav.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <fstream>

#include "core/api/error.h"
#include "core/data/atomic_file.h"

namespace emc {
namespace fs = std::filesystem;

namespace {

[[noreturn]] void bad(const fs::path& path, const std::string& problem, const std::string& hint = {}) {
    throw Error(ErrorKind::BadInput, problem, path.string(), hint);
}

std::uint32_t littleEndian(const unsigned char* p, int bytes) {
    std::uint32_t value = 0;
    for (int i = bytes; i-- > 0;) value = value << 8 | p[i];
    return value;
}

struct Format {
    std::uint32_t tag = 0, channels = 0, rate = 0, bits = 0;
};

Format parseFormat(const std::vector<unsigned char>& chunk, const fs::path& path) {
    if (chunk.size() < 16) bad(path, "the fmt chunk is too short");
    Format format{littleEndian(&chunk[0], 2), littleEndian(&chunk[2], 2), littleEndian(&chunk[4], 4),
                  littleEndian(&chunk[14], 2)};
    if (format.tag == 0xFFFE && chunk.size() >= 26) format.tag = littleEndian(&chunk[24], 2); // WAVE_FORMAT_EXTENSIBLE
    if (format.channels == 0 || format.channels > 64 || format.rate == 0 || format.rate > 1'000'000)
        bad(path, "the fmt chunk names " + std::to_string(format.channels) + " channels at " +
                      std::to_string(format.rate) + " Hz");
    const bool pcm =
        format.tag == 1 && (format.bits == 8 || format.bits == 16 || format.bits == 24 || format.bits == 32);
    const bool floating = format.tag == 3 && (format.bits == 32 || format.bits == 64);
    if (!pcm && !floating)
        throw Error(ErrorKind::Unsupported,
                    "sound of format " + std::to_string(format.tag) + " with " + std::to_string(format.bits) +
                        " bits is not read",
                    path.string(), "Convert it to 16 bit PCM.");
    return format;
}

float sampleOf(const unsigned char* p, const Format& format) {
    if (format.tag == 3) {
        if (format.bits == 32) return std::bit_cast<float>(littleEndian(p, 4));
        return static_cast<float>(
            std::bit_cast<double>(std::uint64_t(littleEndian(p + 4, 4)) << 32 | littleEndian(p, 4)));
    }
    switch (format.bits) {
    case 8: return static_cast<float>(static_cast<int>(*p) - 128) / 128.f;
    case 16: return static_cast<float>(static_cast<std::int16_t>(littleEndian(p, 2))) / 32768.f;
    case 24: return static_cast<float>(static_cast<std::int32_t>(littleEndian(p, 3) << 8) >> 8) / 8388608.f;
    default:
        return static_cast<float>(static_cast<double>(static_cast<std::int32_t>(littleEndian(p, 4))) / 2147483648.0);
    }
}

} // namespace

std::vector<float> WavSound::mono() const {
    if (channels <= 1) return samples;
    const auto width = static_cast<std::size_t>(channels);
    std::vector<float> mean(samples.size() / width);
    for (std::size_t i = 0; i < mean.size(); ++i) {
        double sum = 0;
        for (std::size_t c = 0; c < width; ++c) sum += samples[i * width + c];
        mean[i] = static_cast<float>(sum / channels);
    }
    return mean;
}

WavSound readWav(const fs::path& path) {
    std::error_code code;
    if (!fs::exists(path, code)) throw Error(ErrorKind::NotFound, "there is no such file", path.string());
    if (!fs::is_regular_file(path, code)) bad(path, "this is not a file");
    const std::uint64_t fileBytes = fs::file_size(path, code);
    std::ifstream stream(path, std::ios::binary);
    unsigned char head[12] = {};
    stream.read(reinterpret_cast<char*>(head), 12);
    if (!stream || std::memcmp(head, "RIFF", 4) != 0 || std::memcmp(head + 8, "WAVE", 4) != 0)
        bad(path, "this is not a wav file");
    Format format;
    std::uint64_t at = 12;
    while (at + 8 <= fileBytes) {
        unsigned char chunk[8];
        stream.seekg(static_cast<std::streamoff>(at));
        stream.read(reinterpret_cast<char*>(chunk), 8);
        if (!stream) break;
        std::uint64_t size = littleEndian(chunk + 4, 4);
        at += 8;
        if (std::memcmp(chunk, "fmt ", 4) == 0) {
            if (size > 4096 || size > fileBytes - at) bad(path, "the fmt chunk is truncated");
            std::vector<unsigned char> body(static_cast<std::size_t>(size));
            stream.read(reinterpret_cast<char*>(body.data()), static_cast<std::streamsize>(size));
            format = parseFormat(body, path);
        } else if (std::memcmp(chunk, "data", 4) == 0) {
            if (format.channels == 0) bad(path, "the sound comes before its fmt chunk");
            size = std::min(size, fileBytes - at); // a recorder that was killed leaves a wrong size behind
            const std::size_t width = format.bits / 8;
            const std::size_t count = static_cast<std::size_t>(size / (width * format.channels)) * format.channels;
            std::vector<unsigned char> raw(count * width);
            stream.read(reinterpret_cast<char*>(raw.data()), static_cast<std::streamsize>(raw.size()));
            if (!stream) throw Error(ErrorKind::Io, "reading failed", path.string());
            WavSound sound{static_cast<int>(format.rate), static_cast<int>(format.channels), std::vector<float>(count)};
            for (std::size_t i = 0; i < count; ++i) {
                sound.samples[i] = sampleOf(raw.data() + i * width, format);
                if (!std::isfinite(sound.samples[i]))
                    bad(path, "sample " + std::to_string(i) + " is not a finite number");
            }
            return sound;
        }
        at += size + (size & 1);
    }
    bad(path, "the wav file holds no sound", "The file is truncated.");
}

void writeWav16(const fs::path& path, std::span<const float> interleaved, int rateHz, int channels) {
    if (rateHz <= 0 || channels <= 0 || channels > 64 || interleaved.size() % static_cast<std::size_t>(channels) != 0 ||
        interleaved.size() > 0x7FFFFF00u)
        throw Error(ErrorKind::Internal, "the sound to write has no sensible rate, channels or length", path.string());
    const auto dataBytes = static_cast<std::uint32_t>(interleaved.size() * 2);
    std::string bytes;
    bytes.reserve(44 + dataBytes);
    const auto put = [&](std::uint32_t value, int count) {
        for (int i = 0; i < count; ++i) bytes += static_cast<char>(value >> (8 * i) & 255u);
    };
    const auto width = static_cast<std::uint32_t>(channels) * 2, rate = static_cast<std::uint32_t>(rateHz);
    bytes += "RIFF", put(36 + dataBytes, 4), bytes += "WAVEfmt ", put(16, 4), put(1, 2),
        put(static_cast<std::uint32_t>(channels), 2);
    put(rate, 4), put(rate * width, 4), put(width, 2), put(16, 2), bytes += "data", put(dataBytes, 4);
    for (float sample : interleaved) {
        const float scaled = std::isfinite(sample) ? std::clamp(sample * 32768.f, -32768.f, 32767.f) : 0.f;
        put(static_cast<std::uint16_t>(static_cast<std::int16_t>(std::lrint(scaled))), 2);
    }
    writeFileAtomically(path, bytes);
}

std::vector<float> loadWavMono(const fs::path& path, int rateHz) {
    const WavSound sound = readWav(path);
    if (sound.rateHz != rateHz)
        throw Error(ErrorKind::Unsupported,
                    "the sound has " + std::to_string(sound.rateHz) + " Hz, but " + std::to_string(rateHz) +
                        " Hz are needed",
                    path.string(), "Use a build with media, or resample the file.");
    return sound.mono();
}

} // namespace emc
