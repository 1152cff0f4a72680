#pragma once
// The paper's Table 1 from our own runs, with everything a reader needs to judge it.
#include <optional>
#include <string>
#include <vector>

#include "core/study/statistics.h"
#include "core/study/study.h"

namespace emc {

struct TableOptions {
    std::string variant = "official"; // one table, one variant
    std::vector<std::string> metrics; // empty = all
    std::vector<StudyModel> models;   // the first of a HOST, HOST-emc, HOST-emc-no-ea fills the paper's rows
    bool allConditions = false;       // every model under every treatment below the paper's rows
    bool groundTruth = true;          // the real listener in all places, as the last row
    long permutations = 10000;
    int resamples = 2000;
    double level = 0.95;
    IntervalKind interval = IntervalKind::Bca;
    std::uint64_t seed = 1;         // of permutations and resamples
    std::vector<std::string> notes; // of the caller, below the table
};

enum class SeedSpread { None, TrainingSeeds, SamplingSeeds };

// Against the reference row, clip by clip (mean over the seeds of each).
struct Comparison {
    double delta = 0;
    double p = 1, pHolm = 1; // Holm over all comparisons of the column
    double low = 0, high = 0;
    double effect = 0; // paired d_z; may be infinite
    double cliff = 0;
    int better = 0, clips = 0;
    bool tested = false; // false: the metric has no values per clip, or fewer than two clips have both
    std::string sentence;
};

struct TableCell {
    bool known = false;
    double mean = 0, deviation = 0;
    std::vector<double> seeds; // one value per training seed (mean over its sampling seeds), or per sampling seed
    bool best = false;
    std::optional<double> published;
    std::optional<Comparison> against;
};

struct TableRow {
    std::string label;             // "Trans-VAE"
    std::string condition;         // "original", "emc", "emc-no-face", "baseline", "without-face (zeros)", ...
    std::string conditionLabel;    // "w/o Facial"
    std::string model, host, fill; // model: the catalogue's name; empty when not trained here
    bool paper = false, trained = false, candidate = false; // candidate: may be best (no baseline, no ground truth)
    int seeds = 0, samplingSeeds = 0;
    SeedSpread spread = SeedSpread::None;
    std::string reference; // label and condition of the row that deltas stand against; empty = none
    std::vector<TableCell> cells;
};

struct StudyTable {
    std::string variant;
    std::vector<std::string> metrics;
    std::vector<TableRow> rows;
    std::string corpus, partition;
    int clips = 0, samples = 0, frames = 0;
    bool synthetic = false, publishedShown = false;
    double level = 0.95;
    std::string interval; // "BCa" | "percentile"
    std::vector<std::string> notes;
};

// Predicts and scores what is missing, then compares. Throws Error, Cancelled (finished clips stay).
StudyTable makeTable(Study& study, const TableOptions& options, JobContext& job);

enum class TableFormat { Markdown, Latex, Csv, Json };
TableFormat tableFormatOf(const std::filesystem::path& file); // by extension; throws Error(Usage)
std::string tableText(const StudyTable& table, TableFormat format);

} // namespace emc
