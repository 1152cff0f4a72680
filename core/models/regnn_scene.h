#pragma once
// One call of RegnnEngine::react(): what was read, what is missing, and the seeds of its draws. Only for the engine's
// own files.
#include "core/models/regnn_engine.h"
#include "core/nn/noise.h"

namespace emc {

struct RegnnEngine::Scene {
    ReactOptions options;
    int frames = 0, tokens = 0, stride = 1;
    std::uint64_t seed = 0;
    std::string clip;
    std::vector<int> starts;
    std::vector<bool> faceMissing, speechMissing; // per frame
    torch::Tensor faceGone, speechGone;           // (W,50,1) bool; undefined when nothing is missing
    torch::Tensor face, speech;                   // u of the windows (W,50,128); undefined when wholly missing
    torch::Tensor faceTokens, speechTokens;       // the same before cutting (1,n,128)
    torch::Tensor faceEmotion, speechEmotion;     // (W,50,25), (W,50,10)
    std::string key;
    bool draws = false; // CMA draws stand before the distribution
    Known known;
    InverseReport inverse;

    int windows() const { return static_cast<int>(starts.size()); }
    bool missing(bool ofFace) const { return ofFace ? faceGone.defined() : speechGone.defined(); }
    std::uint64_t streamSeed(int sample, int stream) const {
        return mixedSeed(seed, static_cast<std::uint64_t>(sample) * 4 + static_cast<std::uint64_t>(stream));
    }
    // Prior draws of CMA: (K,z), or (K,n,z) when drawn per token.
    torch::Tensor latents(const std::vector<int>& samples, bool ofFace, std::int64_t dims) const {
        const std::int64_t rows = options.perFrameDraws ? tokens : 1;
        std::vector<torch::Tensor> each;
        for (const int k : samples) {
            const auto noise = gaussianNoise(streamSeed(k, ofFace ? 1 : 2), static_cast<std::size_t>(dims * rows));
            torch::Tensor z = torch::tensor(noise).view({rows, dims}) * options.temperature;
            if (k == options.displayedSample && !options.cmaLatent.empty())
                z = torch::tensor(options.cmaLatent).view({1, dims}).expand({rows, dims});
            each.push_back(z);
        }
        const torch::Tensor z = torch::stack(each);
        return options.perFrameDraws ? z : z.squeeze(1);
    }
    // The same for windows first ... first + count: (K·n,z) or (K·n,50,z).
    torch::Tensor windowLatents(const std::vector<int>& samples, bool ofFace, std::int64_t dims, int first,
                                int count) const {
        const torch::Tensor z = latents(samples, ofFace, dims);
        if (z.dim() == 2) return z.repeat_interleave(count, 0);
        const std::vector<int> some(starts.begin() + first, starts.begin() + first + count);
        return cutWindows(z, some);
    }
};

} // namespace emc
