#include <gtest/gtest.h>

#include <cmath>
#include <cstring>

#include "core/api/error.h"
#include "core/data/atomic_file.h"
#include "core/data/wav.h"
#include "tests/support/shared.h"

using namespace emc;

namespace {

std::string little(std::uint32_t value, int bytes) {
    std::string out;
    for (int i = 0; i < bytes; ++i) out += static_cast<char>(value >> (8 * i) & 255u);
    return out;
}
std::string wavBytes(int tag, int channels, int rate, int bits, const std::string& data, std::uint32_t claimed = 0) {
    const int width = channels * bits / 8;
    const std::string format =
        little(static_cast<std::uint32_t>(tag), 2) + little(static_cast<std::uint32_t>(channels), 2) +
        little(static_cast<std::uint32_t>(rate), 4) + little(static_cast<std::uint32_t>(rate * width), 4) +
        little(static_cast<std::uint32_t>(width), 2) + little(static_cast<std::uint32_t>(bits), 2);
    // An odd-sized chunk before the sound, as recorders write them.
    return "RIFF" + little(0, 4) + "WAVE" + "LIST" + little(3, 4) + "abc" + std::string(1, '\0') + "fmt " +
           little(16, 4) + format + "data" + little(claimed ? claimed : static_cast<std::uint32_t>(data.size()), 4) +
           data;
}

} // namespace

TEST(Wav, SixteenBitComesBack) {
    emc::test::TempDir dir;
    const std::vector<float> samples{0.f, 0.5f, -1.f, 0.25f, 1.f, -0.25f};
    writeWav16(dir / "x.wav", samples, 44100, 2);
    const WavSound sound = readWav(dir / "x.wav");
    EXPECT_EQ(sound.rateHz, 44100);
    EXPECT_EQ(sound.channels, 2);
    EXPECT_EQ(sound.samples, (std::vector<float>{0.f, 0.5f, -1.f, 0.25f, 32767.f / 32768, -0.25f}));
    EXPECT_EQ(sound.mono()[0], 0.25f);
    EXPECT_EQ(loadWavMono(dir / "x.wav", 44100).size(), 3u);
    EXPECT_THROW(loadWavMono(dir / "x.wav", 16000), Error);
}

TEST(Wav, OtherFormats) {
    emc::test::TempDir dir;
    const auto read = [&](int tag, int bits, const std::string& data) {
        writeFileAtomically(dir / "x.wav", wavBytes(tag, 1, 8000, bits, data));
        return readWav(dir / "x.wav").samples;
    };
    EXPECT_EQ(read(1, 8, std::string("\x80\xC0\x00", 3)), (std::vector<float>{0.f, 0.5f, -1.f}));
    EXPECT_EQ(read(1, 24, std::string("\x00\x00\x40\x00\x00\x80", 6)), (std::vector<float>{0.5f, -1.f}));
    EXPECT_EQ(read(1, 32, std::string("\x00\x00\x00\xC0", 4)), (std::vector<float>{-0.5f}));
    const float value = 0.125f;
    EXPECT_EQ(read(3, 32, std::string(reinterpret_cast<const char*>(&value), 4)), (std::vector<float>{0.125f}));
    const double wide = -0.375;
    EXPECT_EQ(read(3, 64, std::string(reinterpret_cast<const char*>(&wide), 8)), (std::vector<float>{-0.375f}));
}

TEST(Wav, ABrokenEndIsCutAndBrokenHeadsAreRefused) {
    emc::test::TempDir dir;
    writeFileAtomically(dir / "x.wav", wavBytes(1, 2, 8000, 16, std::string(11, '\0'), 0xFFFFFFFF));
    EXPECT_EQ(readWav(dir / "x.wav").samples.size(), 4u); // whole frames only
    const auto refuse = [&](const std::string& bytes) {
        writeFileAtomically(dir / "x.wav", bytes);
        EXPECT_THROW(readWav(dir / "x.wav"), Error);
    };
    refuse("");
    refuse("RIFF1234WAVX");
    refuse("RIFF1234WAVE");
    refuse(wavBytes(1, 0, 8000, 16, "1234"));
    refuse(wavBytes(1, 1, 0, 16, "1234"));
    refuse(wavBytes(7, 1, 8000, 8, "1234"));
    refuse(wavBytes(1, 1, 8000, 12, "1234"));
    refuse(wavBytes(3, 1, 8000, 32, std::string("\x00\x00\xC0\x7F", 4))); // NaN
    const std::string whole = wavBytes(1, 1, 8000, 16, "");
    for (std::size_t size = 0; size + 8 < whole.size(); ++size) refuse(whole.substr(0, size));
}
