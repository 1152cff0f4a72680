#pragma once
// Helpers of the media tests: small films made here, files rewritten with other times or a rotation, and the
// extractor's guard.
#include <cstdint>
#include <filesystem>
#include <functional>
#include <vector>

#include "core/api/backend.h"
#include "core/media/assets.h"
#include "tests/support/shared.h"

// Skips aloud when the networks are not there.
#define EMC_NEED_FACE_NETWORKS()                                                                                       \
    if (const auto missing = emc::AssetManager::missingForFaces(); !missing.empty())                                   \
    GTEST_SKIP() << "needs the face networks (" << missing.front() << " ...): run ./studio setup or set EMC_ASSETS"

namespace emc::test {

// Frame `index` of a made film: a bright square that moves to the right on a dark ground whose grey tells the index.
std::vector<std::uint8_t> madeFrame(int width, int height, int index);
SoundBuffer madeTone(int rateHz, int channels, double seconds, double hertz);
void makeFilm(const std::filesystem::path& path, int width, int height, int frames, double rateHz,
              SoundBuffer sound = {});

struct Rewrite {
    double rotateClockwise = 0;
    std::function<std::int64_t(std::int64_t)> videoPts; // in milliseconds; empty = as they are
    std::int64_t soundShiftMs = 0;
    bool dropSound = false;
};
// Copies the packets of `from` into a new file of the kind that the name says.
void rewriteMedia(const std::filesystem::path& from, const std::filesystem::path& to, const Rewrite& change);

double correlation(const std::vector<double>& a, const std::vector<double>& b);

} // namespace emc::test
