#pragma once
// Evaluation studies as plain values: what is asked for (models under conditions over a part of a corpus) and what
// comes out (the paper's table, curves of robustness, occlusion, values clip by clip). The work is done by core/study;
// the window reaches it by StudyService (core/api/study_service.h).
#include <array>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/api/frame_span.h"
#include "core/api/reactions.h"

namespace emc {

inline constexpr const char* kGroundTruth = "ground-truth"; // a "model": the real listener in all places

struct StudyModel {
    std::string label, model;                       // row name; name in the catalogue, or kGroundTruth
    std::vector<std::filesystem::path> checkpoints; // one per training seed (a run folder or a file)
};

struct StudyOptions {
    std::filesystem::path corpus, folder;
    std::string partition = "test";
    int samples = 10;
    std::uint64_t seed = 7;
    int samplingSeeds = 1; // draws repeated with seed, seed + 1, ...
    int frames = 0;        // first frames of each clip; 0 = the whole clip
    int clips = 0;         // speakers, evenly spread over the part; 0 = all
    bool half = false;     // store half precision
    bool coeffs = false;   // store the face coefficients too
    std::string device = "cpu";
    int threads = 2; // clips at a time on the CPU, each with a thread of its own; 0 = all cores
};

// One metric of a table.
struct MetricColumn {
    std::string name; // "FRCorr"
    bool higherIsBetter = true;
    bool perClip = true; // whether a clip has a value of its own
    int decimals = 3;
    std::string definition; // one line
};

enum class IntervalKind { Percentile, Bca };

struct TableOptions {
    std::string variant = "official"; // one table, one variant
    std::vector<std::string> metrics; // empty = all
    std::vector<StudyModel> models;   // the first of a HOST, HOST-emc, HOST-emc-no-ea fills the paper's rows
    bool allConditions = false;       // every model under every treatment below the paper's rows
    bool groundTruth = true;          // the real listener in all places, as the last row
    bool untrained = true;            // rows of the paper that no model fills
    // "both", "without-face", "without-speech"; empty = all of them
    std::vector<std::string> conditions;
    // Substitutes of models outside the paper's rows; empty = their own first (all of them with allConditions). The
    // paper's rows stand for CMA.
    std::vector<Fill> fills;
    long permutations = 10000;
    int resamples = 2000;
    double level = 0.95;
    IntervalKind interval = IntervalKind::Bca;
    std::uint64_t seed = 1;         // of permutations and resamples
    std::vector<std::string> notes; // of the caller, below the table
    bool storedOnly = false;        // show what is stored; predict and score nothing
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

// A cell's numbers as every output writes them (a dot, a minus of ASCII; empty = there is none).
struct CellWords {
    std::string mean, deviation, delta, published;
    std::string p, low, high, effect, cliff; // of a tested comparison
    bool significant = false;                // below 1 - level after Holm
};

struct TableCell {
    bool known = false;
    double mean = 0, deviation = 0;
    std::vector<double> seeds; // one value per training seed (mean over its sampling seeds), or per sampling seed
    bool best = false;
    std::optional<double> published;
    std::optional<Comparison> against;
    CellWords words;
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
    long stored = 0, wanted = 0; // reactions to clips: on the disk, of all that the row needs
    bool scored = false;
};

struct StudyTable {
    std::string variant;
    std::vector<std::string> metrics;
    std::vector<MetricColumn> columns; // of `metrics`, in the same order
    std::vector<TableRow> rows;
    std::string corpus, partition;
    int clips = 0, samples = 0, frames = 0;
    bool synthetic = false, publishedShown = false;
    double level = 0.95;
    std::string interval; // "BCa" | "percentile"
    std::vector<std::string> notes;
};

enum class TableFormat { Markdown, Latex, Csv, Json };

// Places of a table.
struct StudyPlace {
    std::string label, condition; // of the row
    std::string metric;           // of the column
};

// Every clip under one cell of a table, mean over the runs of the row.
struct StudyClip {
    int place = 0;                   // among the clips of the study
    std::string id;                  // of the speaker
    double value = 0;                // NaN = the metric has no value here
    std::optional<double> reference; // of the row that deltas stand against
};
struct StudyClips {
    StudyPlace place;
    std::string reference; // its name; empty = none
    std::vector<StudyClip> clips;
};

// One reaction among those of a clip.
struct StudySample {
    double value = 0;      // NaN = not defined, or not used by this variant
    std::string neighbour; // listener that gave it (FRCorr: the most alike; FRDist: the nearest); may be empty
    bool own = false;      // that listener is the one of this clip
};
// One clip under one run of a row.
struct StudyClipDetail {
    std::string id;
    std::filesystem::path clip;    // as Backend::openClip takes it
    std::string run;               // label and number of the training seed
    std::filesystem::path weights; // empty: a baseline
    std::string model;
    int runs = 0;           // of this row
    std::uint64_t seed = 0; // of the draws of this clip
    int frames = 0;
    Fill fill = Fill::Cma;
    Availability availability;
    double value = 0; // of the clip
    std::vector<StudySample> samples;
    int best = -1, worst = -1; // of `samples`; -1 = none is defined or all are alike
};

struct CurvePoint {
    double x = 0;
    double mean = 0, deviation = 0; // NaN when the metric has no value here
    std::vector<double> values;     // one per training seed; with one network one per damage or sampling seed
};

struct RobustnessCurve {
    std::string kind;     // "share" | "burst" | "failure"
    std::string modality; // "face" | "speech"; "" for failures
    std::string label, model, fill;
    bool reference = false; // a baseline: its score with everything, wherever it stands
    std::vector<CurvePoint> points;
};

struct Robustness {
    std::string metric, variant, corpus;
    std::vector<RobustnessCurve> curves;
    std::vector<std::string> failures; // names of the places 0, 1, ... of "failure" curves; the first is no damage
    double burst = 0, burstShare = 0;
    int clips = 0, samples = 0;
    bool synthetic = false;
    std::string session; // JSON of what was asked, for figures
    std::string band;    // what `deviation` is over: "training seeds", "damage seeds", "sampling seeds", ""
};

struct OcclusionOptions {
    Modality modality = Modality::Face;
    int window = 25, step = 12; // frames
    int samples = 10, frames = 0;
    std::uint64_t seed = 7;
    Fill fill = Fill::Cma;
};

struct OcclusionPoint {
    FrameSpan window;
    double change = 0;              // root mean square over samples, frames and the 25 attributes
    double inside = 0;              // the same over the frames of the window
    std::array<double, 3> groups{}; // over action units, valence and arousal, expressions
};

} // namespace emc
