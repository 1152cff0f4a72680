#pragma once
// The made corpus: a synthetic data set in exactly the layout of REACT 2024, reproducible from a seed (design page
// data.md 4). ROOT/corpus.toml says what it is. Only the first column of the index (Expert_video) is a speaker with a
// film; the second (Novice_video) answers him, so the corpus is not mirrored (`mirrored = false` in corpus.toml) unless
// `mirrored` is set, which films the listeners too.
#include <filesystem>
#include <string>
#include <vector>

#include "core/api/job_context.h"
#include "core/api/options.h"

namespace emc {

struct CorpusOptions {
    std::string out; // folder; one that holds the same corpus, perhaps unfinished, is continued
    int seed = 1;
    int trainScripts = 80, valScripts = 12, testScripts = 8;
    // Clips per script; val plays like train. More scripts teach more than more performances of one: what must
    // generalise is the course of feelings. Several performances are needed where FRCorr looks for the best appropriate
    // reaction.
    int performancesTrain = 1, performancesTest = 4;
    int frames = 751; // per clip, 25 a second
    bool video = true;
    int videoSize = 256;
    bool mirrored = false; // films of the listeners too, so that both directions of a pair are complete
    int workers = 2;

    void visit(OptionVisitor& v);
    std::vector<OptionFault> check() const;
};

struct CorpusReport {
    std::filesystem::path root;
    int clips = 0, clipsMade = 0; // speaker-listener pairs; made now (the others were there)
    int films = 0, filmsMade = 0;
    double seconds = 0, featureSeconds = 0, filmSeconds = 0, filmFramesPerSecond = 0;
    double megabytes = 0;
};

// Features, sound and index files of all clips first (the corpus can be trained on from there), then the films.
// Throws Error(Usage) for wrong options, Error(BadInput) when `out` holds another corpus, Error(Io),
// Error(Unsupported), Cancelled.
CorpusReport makeCorpus(const CorpusOptions& options, JobContext& job);

struct CorpusFault {
    std::filesystem::path file;
    std::string problem;
};
struct CorpusFigure {
    std::string name, unit;
    double value = 0, low = 0, high = 0; // target range; low > high = no target
    bool ok() const { return low > high || (value >= low && value <= high); }
};
struct CorpusCheck {
    std::filesystem::path root;
    int clips = 0, films = 0;
    std::vector<CorpusFault> faults;
    std::vector<CorpusFigure> statistics; // empty when the corpus is not a made one
    std::vector<CorpusFigure> ridge;      // predictability of the listener
    bool ok() const { return faults.empty(); }
    std::string text() const; // a table for people
};

// Looks at every file of every partition. Numbers outside their target are reported, faults are broken or missing
// files. Throws Error(NotFound) when there is no corpus at `root`, Cancelled.
CorpusCheck checkCorpus(const std::filesystem::path& root, JobContext& job);

} // namespace emc
