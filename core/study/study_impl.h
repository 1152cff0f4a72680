#pragma once
// Inside of a study. Internal to core/study.
#include <atomic>
#include <map>
#include <string>

#include "core/study/study.h"

namespace emc {

struct Study::Impl {
    StudyOptions options;
    StudyServices services;
    StudyPart part;
    std::atomic<long> asked{0};
    long scored = 0;
    mutable std::map<std::filesystem::path, std::string> hashes; // of weights

    Impl(StudyOptions o, const StudyServices& s)
        : options(std::move(o)), services(s), part(options.corpus, options.partition, options.clips, s) {}

    const std::string& hashOf(const std::filesystem::path& file) const;
    std::string identity(const StudyRun& run) const;
    void describe(const StudyRun& run, const std::filesystem::path& folder) const;
    void predictClip(ReactionModel& model, const StudyRun& run, int i, const std::filesystem::path& folder,
                     JobContext& job);
};

// The same draws for all models and treatments: the seed of one clip.
std::uint64_t drawSeed(const StudyRun& run, int indexInPartition);

} // namespace emc
