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
    std::span<const float> targets;     // N x T x D: the real listener of each clip (needed by frCorr)
    std::span<const std::uint8_t>
        neighbours; // N x N of 0/1: row n marks the clips whose listeners are appropriate (frCorr)
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

// One clip: K x T x D predictions against any number of appropriate listeners (each T x D). Sum over K of the best CCC.
double frCorrOfClip(std::span<const float> predictions, int samples, int frames, int dims,
                    const std::vector<std::vector<float>>& appropriate);

} // namespace emc
