#include "core/models/belfusion_engine.h"

#include <chrono>

#include "core/api/error.h"
#include "core/api/vectors.h"
#include "core/models/face_reader.h"
#include "core/nn/noise.h"
#include "core/nn/tokens.h"

namespace emc {

namespace {
constexpr int kSamplesAtOnce = 10;

void copyInto(std::vector<float>& to, int slot, const torch::Tensor& one) { // one (T,C)
    const torch::Tensor from = one.to(torch::kCPU, torch::kFloat32).contiguous();
    std::copy(from.data_ptr<float>(), from.data_ptr<float>() + from.numel(),
              to.begin() + static_cast<std::ptrdiff_t>(slot) * static_cast<std::ptrdiff_t>(from.numel()));
}
} // namespace

BelfusionEngine::BelfusionEngine(BelfusionNet net, ModelInfo info, std::map<std::string, std::string> meta)
    : m_net(std::move(net)), m_info(std::move(info)), m_meta(std::move(meta)) {
    m_net->eval();
}

torch::Tensor BelfusionEngine::speakerTokens(const Clip& clip, const std::vector<bool>& missing) {
    const std::string key = clipKey("emotion", clip.info(), missing);
    if (key == m_key) return m_tokens;
    const auto track = clip.face();
    const auto frames = static_cast<std::int64_t>(missing.size());
    if (track->frames <= 0 || track->emotion.size() < static_cast<std::size_t>(track->frames) * kEmotionDims)
        throw Error(ErrorKind::BadInput, "the clip has no facial emotion", clip.info().id);
    std::vector<std::int64_t> held; // the row that stands for each frame
    std::int64_t last = -1;
    for (std::int64_t t = 0; t < frames; ++t) {
        if (!missing[static_cast<std::size_t>(t)]) last = std::min<std::int64_t>(t, track->frames - 1);
        held.push_back(last);
    }
    const auto first = std::find_if(held.begin(), held.end(), [](std::int64_t row) { return row >= 0; });
    for (auto row = held.begin(); row != first; ++row) *row = *first; // a gap at the start takes what comes after it
    const torch::Tensor table =
        torch::from_blob(const_cast<float*>(track->emotion.data()), {track->frames, kEmotionDims}, torch::kFloat32);
    m_tokens = pooledTokens(table.index_select(0, torch::tensor(held)).unsqueeze(0), m_net->config().stride)
                   .to(m_net->coeffMean().device());
    m_key = key;
    return m_tokens;
}

Reactions BelfusionEngine::react(const Clip& clip, const ReactOptions& options, JobContext& job) {
    torch::InferenceMode on;
    const auto start = std::chrono::steady_clock::now();
    const auto seconds = [&] {
        return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    };
    job.checkpoint();
    const ClipInfo& info = clip.info();
    if (options.samples < 1) throw Error(ErrorKind::Usage, "at least one sample is needed");
    const int frames = options.frames > 0 ? std::min(options.frames, info.frames) : info.frames;
    if (frames < 1) throw Error(ErrorKind::BadInput, "the clip has no frames", info.id);
    std::vector<FrameSpan> spans = options.availability.faceMissing;
    spans.insert(spans.end(), info.faceMissing.begin(), info.faceMissing.end());
    const std::vector<bool> missing = frameMask(spans, frames);
    const bool gone = !info.hasFace || std::find(missing.begin(), missing.end(), false) == missing.end();
    if (gone)
        throw Error(ErrorKind::BadInput, "BeLFusion answers nothing but a face, and the clip's is missing", info.id,
                    "Use a model that hears, for example trans-vae-emc");
    const torch::Tensor speaker = speakerTokens(clip, missing);
    Reactions out;
    out.timings.encodeS = seconds();
    const int shown = std::clamp(options.displayedSample, 0, options.samples - 1);
    const auto windows = static_cast<std::size_t>(m_net->windows(static_cast<int>(speaker.size(1))));
    const bool compat = m_net->config().compat;
    // By the clip's name, not its content, as every model here.
    const std::uint64_t seed = mixedSeed(options.seed, textSeed(info.id));
    const auto sample = [&](const std::vector<int>& samples, const std::vector<int>& slots) {
        std::vector<float> every;
        for (const int k : samples) {
            const auto one = gaussianNoise(mixedSeed(seed, static_cast<std::uint64_t>(k) * 4),
                                           kBelfusionLatent * (compat ? windows : 1));
            every.insert(every.end(), one.begin(), one.end());
        }
        torch::Tensor noise =
            torch::tensor(every).view({static_cast<std::int64_t>(samples.size()), -1, kBelfusionLatent});
        if (!compat) noise = noise.squeeze(1);
        const ReactionTensors y = m_net->reactTo(speaker, noise.to(speaker.device()));
        const int stride = m_net->config().stride;
        const torch::Tensor emotion = framesOfTokens(y.emotion.to(torch::kCPU), stride, frames),
                            coeffs = framesOfTokens((y.coeffs + m_net->coeffMean()).to(torch::kCPU), stride, frames);
        for (std::size_t i = 0; i < slots.size(); ++i) {
            copyInto(out.emotion, slots[i], emotion[static_cast<std::int64_t>(i)]);
            copyInto(out.coeffs, slots[i], coeffs[static_cast<std::int64_t>(i)]);
        }
    };
    const auto makeRoom = [&](int samples) {
        out.samples = samples;
        out.emotion.assign(static_cast<std::size_t>(samples) * static_cast<std::size_t>(frames) * kEmotionDims, 0.f);
        out.coeffs.assign(static_cast<std::size_t>(samples) * static_cast<std::size_t>(frames) * kCoeffDims, 0.f);
    };
    out.frames = frames;
    out.meta = m_meta;
    out.meta["model"] = m_info.name;
    out.meta["condition"] = m_info.condition;
    out.meta["seed"] = std::to_string(options.seed);
    out.meta["clip"] = info.id;
    out.meta["clip_hash"] = info.contentHash;
    out.meta["rate"] = std::to_string(info.rateHz);
    const bool gaps = std::find(missing.begin(), missing.end(), true) != missing.end();
    out.meta["fill"] = gaps ? "held" : "none";
    out.meta["note"] = "speech is not used";
    makeRoom(1);
    sample({shown}, {0});
    out.timings.firstSampleS = seconds();
    if (options.onDisplayedSample) options.onDisplayedSample(out);
    if (options.samples > 1) {
        const std::vector<float> emotion = std::move(out.emotion), coeffs = std::move(out.coeffs);
        makeRoom(options.samples);
        const auto keep = [&](const std::vector<float>& one, std::vector<float>& to) { // as it was shown, to the bit
            std::copy(one.begin(), one.end(), to.begin() + static_cast<std::ptrdiff_t>(one.size()) * shown);
        };
        keep(emotion, out.emotion);
        keep(coeffs, out.coeffs);
        for (int begin = 0; begin < options.samples; begin += kSamplesAtOnce) {
            job.progress(begin, options.samples, "sampling reactions");
            std::vector<int> chunk;
            for (int k = begin; k < std::min(options.samples, begin + kSamplesAtOnce); ++k)
                if (k != shown) chunk.push_back(k);
            if (!chunk.empty()) sample(chunk, chunk);
        }
    }
    out.timings.allSamplesS = seconds();
    return out;
}

} // namespace emc
