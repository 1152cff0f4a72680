#pragma once
// The metrics of REACT 2024 in double precision, on plain arrays. Source: the official definitions (design page
// models.md 2.1, 2.3).
#include <cstdint>
#include <span>
#include <vector>

namespace emc {

struct MetricInputs {
    int clips = 0, samples = 0, frames = 0, dims = 25;
    std::span<const float> predictions; // N x K x T x D
    std::span<const float> targets;     // N x T x D: the real listener of each clip (needed by frCorr, frDist)
    std::span<const std::uint8_t>
        neighbours; // N x N of 0/1: row n marks the clips whose listeners are appropriate (frCorr, frDist)
    std::span<const float> speakers; // N x T x D (needed by frSyn)
    // Frames of each clip that count, 1 to T, in all three arrays; empty = T everywhere. Read by evaluate() only.
    std::span<const int> lengths;
};

// Concordance of two T x D courses: mean over the dimensions of 2 r sd sd / (var + var + (difference of means)^2 +
// 1e-8); a dimension that is constant on either side counts as 0.
double ccc(std::span<const float> a, std::span<const float> b, int frames, int dims);

struct FrCorr {
    double value = 0;         // mean over clips of the sum over the K predictions of `best`
    std::vector<double> best; // N x K: best CCC over the appropriate listeners
};
// All of them throw Error(Usage) when sizes do not fit and Error(BadInput) for numbers that are not finite, naming the
// clip.
FrCorr frCorr(const MetricInputs& inputs); // also Error(BadInput) for a clip without any neighbour
double frVar(const MetricInputs& inputs);  // variance over time (ddof 1), mean over clips, predictions, dimensions
double frDiv(const MetricInputs& inputs);  // mean squared distance between predictions of a clip; 0 for one prediction
double frDvs(const MetricInputs& inputs);  // mean squared distance between clips, per prediction slot; 0 for one clip

// The three groups of FRDist: action units, valence and arousal, expressions.
struct DtwGroup {
    int begin, end;
    double weight;
    const char* name;
};
inline constexpr int kDtwGroups = 3;
inline constexpr DtwGroup kDtwGroup[kDtwGroups] = {
    {0, 15, 1.0 / 15, "AU"}, {15, 17, 1.0, "VA"}, {17, 25, 1.0 / 8, "EX"}};
// Smallest sum of squared Euclidean costs over the dimensions [begin, end) on any warping path, moves (1,0), (0,1),
// (1,1), no window. The distance is its root.
double dtwSum(std::span<const float> a, int aFrames, std::span<const float> b, int bFrames, int dims, int begin,
              int end);
// Sum over the groups of weight times distance.
double groupedDistance(const double (&sums)[kDtwGroups]);

struct FrDist {
    double value = 0;           // mean over clips of the sum over the K predictions of `best`
    std::vector<double> best;   // N x K: smallest grouped distance over the appropriate listeners
    std::vector<int> neighbour; // N x K: which listener gave it (the first of equals)
    std::vector<double> sums;   // N x K x 3: sums of costs of the groups for that listener
};
FrDist frDist(const MetricInputs& inputs); // 25 dimensions only

// Lags of FRSyn: -49 to 49 frames, two seconds less one frame.
inline constexpr int kMaxLag = 49, kLags = 2 * kMaxLag + 1;
// Mean Pearson r over the dimensions for each lag; positive lag: the prediction comes later than the speaker.
// `official`: NaN as soon as one dimension is constant on the common frames; otherwise such dimensions are left out,
// and NaN means that none is left.
std::vector<double> lagCorrelations(std::span<const float> prediction, std::span<const float> speaker, int frames,
                                    int dims, bool official);
// 49 - index of the first largest value of single precision, NaN counting as the largest: minus the lag.
int officialLagOffset(std::span<const double> correlations);
// The smallest |lag| within 1e-9 of the largest mean, positive first; false when every lag is NaN.
bool bestLag(std::span<const double> correlations, int* lag);

struct FrSyn {
    double value = 0;             // official: mean |offset| of prediction 0
    double serial = 0;            // official, all predictions
    double fixed = 0;             // mean |best lag| over all predictions that have one; NaN when none has
    std::vector<double> offsets;  // N x K, official
    std::vector<double> bestLags; // N x K, fixed; NaN = no usable lag
    double nanClips = 0;          // share of clips whose prediction 0 has a NaN lag
};
FrSyn frSyn(const MetricInputs& inputs);

// One clip: K x T x D predictions against any number of appropriate listeners (each T x D). Sum over K of the best CCC.
double frCorrOfClip(std::span<const float> predictions, int samples, int frames, int dims,
                    const std::vector<std::vector<float>>& appropriate);

} // namespace emc
