#pragma once
// What a model answers: K sampled reactions of a listener, and what one may look at inside.
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "core/api/clip.h"
#include "core/api/frame_span.h"

namespace emc {

enum class Modality { Face, Speech };

// What is missing. A span that covers the whole clip is the same as "without".
struct Availability {
    std::vector<FrameSpan> faceMissing, speechMissing;
    static FrameSpan whole() { return {0, 1 << 28}; }
    static Availability withoutFace() { return {{whole()}, {}}; }
    static Availability withoutSpeech() { return {{}, {whole()}}; }
    bool missesAll(Modality modality, int frames) const {
        const auto spans = normalisedSpans(modality == Modality::Face ? faceMissing : speechMissing, frames);
        return frames > 0 && spans.size() == 1 && spans[0] == FrameSpan{0, frames};
    }
    bool missesAny(Modality modality, int frames) const {
        return !normalisedSpans(modality == Modality::Face ? faceMissing : speechMissing, frames).empty();
    }
    friend bool operator==(const Availability&, const Availability&) = default;
};

enum class Fill { Cma, Zeros, Mean }; // what stands in for a missing modality

// One attention of a model: weights (heads, queries, keys), rows sum to 1.
struct AttentionMap {
    std::string site; // "u_ea_f", "u_ea_s", "m_ea", "s_ea", "decoder_1", ...
    std::string part; // "self_x", "self_e", "cross", "self"
    int layer = 0, heads = 0, queries = 0, keys = 0;
    std::vector<float> weights;
};

// The inside of CMA for one direction. Standardised units.
struct CmaTrace {
    Modality imagined = Modality::Speech;
    int frames = 0, dims = 0, latentDims = 0;
    std::vector<float> mu, sigma;  // T x latentDims, posterior; empty when the true modality was not read
    std::vector<float> draws;      // K x latentDims, the prior draws of the samples
    std::vector<float> uTrue;      // T x dims, empty when the true modality was not read
    std::vector<float> uImagined;  // T x dims, of the displayed sample
    std::vector<float> cosine, l2; // T, û against u; empty without truth
};

struct Timings {
    double encodeS = 0, firstSampleS = 0, allSamplesS = 0;
};

struct Reactions {
    int samples = 0, frames = 0;
    std::vector<float> emotion; // K x T x 25
    std::vector<float> coeffs;  // K x T x 58, raw units like FaceTrack; empty when the model gives none
    std::vector<AttentionMap> attention;
    std::vector<CmaTrace> cma;
    Timings timings;
    std::map<std::string, std::string> meta; // model, condition, checkpoint hash, seed, clip hash, ...
};

struct ReactOptions {
    int samples = 10;
    std::uint64_t seed = 7;
    Availability availability;
    Fill fill = Fill::Cma;
    double temperature = 1.0; // scales the draws of CMA
    bool perFrameDraws = false;
    int displayedSample = 0; // computed first, and the one whose attention and CMA substitute are returned
    // Sites to return, "u_ea_f/cross" or "u_ea_f" (all parts) or "all"; empty = none.
    std::vector<std::string> attention;
    bool cmaTrace = false; // needs both modalities readable only when `cmaTruth` is set
    bool cmaTruth = false; // allow reading the declared-missing modality to compare û with u
    // CMA latent of the displayed sample given from outside (walk between draws); size latentDims or empty.
    std::vector<float> cmaLatent;
    int frames = 0; // first frames only; 0 = all
    // Called on the worker's thread when the displayed sample is complete (before the others). `soFar` has samples
    // == 1.
    std::function<void(const Reactions& soFar)> onDisplayedSample;
};

} // namespace emc
