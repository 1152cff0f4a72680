#include <gtest/gtest.h>

#include <cmath>

#include "core/api/error.h"
#include "core/data/reactions_io.h"
#include "core/data/safetensors.h"
#include "tests/core/data/sample_clips.h"
#include "tests/support/shared.h"

using namespace emc;
using namespace emc::test;

namespace {

Reactions sample(bool coeffs = true) {
    Reactions r;
    r.samples = 3, r.frames = 4;
    r.emotion = wave(3 * 4 * 25, 1);
    if (coeffs) r.coeffs = wave(3 * 4 * 58, 2);
    r.meta = {{"model", "trans-vae-emc"}, {"seed", "7"}, {"face_missing", "[[0,4]]"}};
    return r;
}

} // namespace

TEST(ReactionsIo, ComeBackEqual) {
    TempDir dir;
    for (const bool coeffs : {true, false}) {
        const Reactions out = sample(coeffs);
        writeReactions(dir / "r.safetensors", out);
        const Reactions in = readReactions(dir / "r.safetensors");
        EXPECT_EQ(in.samples, 3);
        EXPECT_EQ(in.frames, 4);
        EXPECT_EQ(in.emotion, out.emotion);
        EXPECT_EQ(in.coeffs, out.coeffs);
        EXPECT_EQ(in.meta, out.meta);
    }
}

TEST(ReactionsIo, WrongContentIsRefused) {
    TempDir dir;
    Reactions r = sample();
    r.emotion.pop_back();
    EXPECT_THROW(writeReactions(dir / "r", r), Error);
    r = sample();
    r.coeffs[3] = std::nanf("");
    EXPECT_THROW(writeReactions(dir / "r", r), Error);
    EXPECT_FALSE(std::filesystem::exists(dir / "r"));

    const auto refuse = [&](std::vector<std::int64_t> emotion, std::vector<std::int64_t> coeffs, const char* kind,
                            float value = 0) {
        SafetensorsWriter writer;
        const auto count = [](const std::vector<std::int64_t>& shape) {
            std::size_t n = 1;
            for (auto extent : shape) n *= static_cast<std::size_t>(extent);
            return n;
        };
        writer.addF32("emotion", emotion, std::vector<float>(count(emotion), value));
        writer.addF32("coeffs", coeffs, std::vector<float>(count(coeffs)));
        if (*kind) writer.meta("kind", kind);
        writer.write(dir / "r");
        EXPECT_THROW(readReactions(dir / "r"), Error);
    };
    refuse({4, 25}, {1, 4, 58}, "");
    refuse({1, 4, 24}, {1, 4, 58}, "");
    refuse({1, 4, 25}, {1, 3, 58}, "");
    refuse({1, 4, 25}, {1, 4, 58}, "checkpoint");
    refuse({1, 4, 25}, {1, 4, 58}, "", INFINITY);
    SafetensorsWriter().write(dir / "r");
    EXPECT_THROW(readReactions(dir / "r"), Error);
}
