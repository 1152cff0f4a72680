#pragma once
// A corpus of a few short clips where the listener follows the speaker: small enough for a test, honest enough to be
// learned from.
#include <filesystem>

#include "core/train/train_services.h"

namespace emc::test {

struct TinyCorpus {
    int trainRows = 4, valRows = 2, testRows = 2, frames = 48, frameSize = 37;
    std::uint64_t seed = 1;
    // Writes train, val and test packs into `root`. Each pair is a script of its own; rows 2i and 2i+1 are performances
    // of one script.
    void write(const std::filesystem::path& root) const;
};

// Options and services that make a run of seconds.
TrainOptions tinyOptions(const std::filesystem::path& corpus, const std::filesystem::path& run);
TrainServices tinyServices(const std::filesystem::path& cache);

} // namespace emc::test
