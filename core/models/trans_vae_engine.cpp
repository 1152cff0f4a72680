#include "core/models/trans_vae_engine.h"

#include <chrono>
#include <cmath>

#include "core/api/vectors.h"
#include "core/nn/noise.h"
#include "core/nn/tokens.h"

namespace emc {

namespace {
constexpr std::size_t kKeptFeatures = 12, kKeptSides = 6;
constexpr std::int64_t kKeptFrameBytes = 256 << 20;
constexpr int kChunkCpu = 3, kChunkCuda = 10, kFrameChunk = 32;

double secondsSince(std::chrono::steady_clock::time_point start) {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

std::string clipKey(const ClipInfo& info, int frames, const std::vector<bool>& missing) {
    std::string key = (info.contentHash.empty() ? info.path.string() + "#" + info.id : info.contentHash) + "|" +
                      std::to_string(frames);
    for (const FrameSpan& span : spansOf(missing))
        key += "|" + std::to_string(span.begin) + "-" + std::to_string(span.end);
    return key;
}

std::string spanText(const std::vector<FrameSpan>& spans) {
    std::string text = "[";
    for (const FrameSpan& s : spans)
        text += (text.size() > 1 ? "," : "") + ("[" + std::to_string(s.begin)) + "," + std::to_string(s.end) + "]";
    return text + "]";
}

torch::Tensor flags(const std::vector<bool>& mask, torch::Device device) { // (1,n) bool
    const std::vector<std::uint8_t> bytes(mask.begin(), mask.end());
    return torch::tensor(bytes, torch::kUInt8).to(torch::kBool).unsqueeze(0).to(device);
}

bool all(const std::vector<bool>& mask) {
    return std::find(mask.begin(), mask.end(), false) == mask.end();
}
bool any(const std::vector<bool>& mask) {
    return std::find(mask.begin(), mask.end(), true) != mask.end();
}

// T rows of `width` numbers; rows of missing frames and rows beyond the track stay 0 or repeat the last one.
torch::Tensor rows(const std::vector<float>& values, int width, int have, int frames, const std::vector<bool>& missing,
                   const char* what) {
    if (have <= 0 || values.size() < static_cast<std::size_t>(have) * static_cast<std::size_t>(width))
        throw Error(ErrorKind::BadInput, std::string("the clip has no ") + what);
    torch::Tensor table = torch::zeros({1, frames, width});
    float* out = table.data_ptr<float>();
    for (int t = 0; t < frames; ++t) {
        if (missing[static_cast<std::size_t>(t)]) continue;
        const auto from = values.begin() + static_cast<std::ptrdiff_t>(std::min(t, have - 1)) * width;
        std::copy(from, from + width, out + static_cast<std::ptrdiff_t>(t) * width);
    }
    return table;
}

std::vector<float> values(const torch::Tensor& x) {
    const torch::Tensor t = x.to(torch::kCPU, torch::kFloat32).contiguous();
    return {t.data_ptr<float>(), t.data_ptr<float>() + t.numel()};
}
} // namespace

struct TransVaeEngine::Scene {
    ReactOptions options;
    int frames = 0, tokens = 0, stride = 1;
    std::uint64_t seed = 0;
    std::vector<bool> faceMissing, speechMissing; // per frame
    torch::Tensor faceGone, speechGone;           // (1,n,1) bool; undefined when nothing is missing
    torch::Tensor face, speech;                   // (1,n,128); undefined when wholly missing
    torch::Tensor faceEmotion, speechEmotion;
    std::string faceKey, speechKey;
    EmotionSides sides;
    LatentDistribution shared; // when no draw comes before it
    bool draws = false;        // CMA draws stand before the bottleneck

    bool missing(bool ofFace) const { return ofFace ? faceGone.defined() : speechGone.defined(); }
    torch::Tensor noise(const std::vector<int>& samples, int stream, std::int64_t dims, int rows) const {
        std::vector<float> all;
        for (const int k : samples) {
            const auto one =
                gaussianNoise(mixedSeed(seed, static_cast<std::uint64_t>(k) * 4 + static_cast<std::uint64_t>(stream)),
                              static_cast<std::size_t>(dims) * static_cast<std::size_t>(rows));
            all.insert(all.end(), one.begin(), one.end());
        }
        return torch::tensor(all).view({static_cast<std::int64_t>(samples.size()), rows, dims});
    }
    // Prior draws of CMA: (K,z), or (K,n,z) when drawn per frame.
    torch::Tensor latents(const std::vector<int>& samples, bool ofFace, std::int64_t dims, torch::Device device) const {
        torch::Tensor z =
            noise(samples, ofFace ? 1 : 2, dims, options.perFrameDraws ? tokens : 1) * options.temperature;
        for (std::size_t i = 0; i < samples.size(); ++i)
            if (samples[i] == options.displayedSample && !options.cmaLatent.empty())
                z[static_cast<std::int64_t>(i)].copy_(
                    torch::tensor(options.cmaLatent).view({1, dims}).expand({z.size(1), dims}));
        return (options.perFrameDraws ? z : z.squeeze(1)).to(device);
    }
};

TransVaeEngine::TransVaeEngine(TransVaeNet net, ModelInfo info, int videoSize, std::map<std::string, std::string> meta)
    : m_net(std::move(net)), m_info(std::move(info)), m_videoSize(videoSize), m_meta(std::move(meta)) {
    m_net->eval();
}

void TransVaeEngine::forgetCaches() {
    m_features.clear();
    m_bytesKey.clear();
    m_bytes.reset();
    m_sides.clear();
    m_net->forgetTables();
}

const TransVaeEngine::Features& TransVaeEngine::keep(Features features) {
    m_features.push_front(std::move(features));
    if (m_features.size() > kKeptFeatures) m_features.pop_back();
    return m_features.front();
}

torch::Tensor TransVaeEngine::faceBytes(const Clip& clip, int frames, JobContext& job) {
    const std::int64_t size = m_videoSize, bytes = 3 * size * size * frames;
    const std::string key = clipKey(clip.info(), frames, {});
    if (key == m_bytesKey) return m_bytes;
    m_bytes.reset();
    m_bytesKey.clear();
    if (bytes > 4 * kKeptFrameBytes)
        throw Error(ErrorKind::Unsupported, "the clip is too long for faces of " + std::to_string(size) + " pixels",
                    clip.info().id, "Use a smaller video size");
    const int readSize = readSizeFor(m_videoSize);
    const auto reader = clip.faceFrames(readSize);
    if (reader->width() != readSize || reader->height() != readSize)
        throw Error(ErrorKind::BadInput,
                    "the face frames are not " + std::to_string(readSize) + " pixels wide and high", clip.info().id);
    std::vector<std::uint8_t> planes, rgb;
    planes.reserve(static_cast<std::size_t>(bytes));
    int have = 0;
    for (; have < frames; ++have) {
        job.progress(have, frames, "reading the face");
        if (!reader->next(rgb)) break;
        appendCentreCrop(rgb, readSize, m_videoSize, planes);
    }
    if (have == 0 || have < frames - std::max(2, frames / 50))
        throw Error(ErrorKind::BadInput,
                    "the face video has " + std::to_string(have) + " of " + std::to_string(frames) + " frames",
                    clip.info().id);
    torch::Tensor all = torch::empty({frames, 3, size, size}, torch::kUInt8);
    const torch::Tensor read = torch::from_blob(planes.data(), {have, 3, size, size}, torch::kUInt8);
    all.narrow(0, 0, have).copy_(read);
    for (int t = have; t < frames; ++t) all[t].copy_(read[have - 1]); // one frame less than rows is common
    if (bytes <= kKeptFrameBytes) {
        m_bytes = all;
        m_bytesKey = key;
    }
    return all;
}

const TransVaeEngine::Features& TransVaeEngine::faceFeatures(const Clip& clip, int frames,
                                                             const std::vector<bool>& missing, JobContext& job) {
    const std::string key = "face|" + clipKey(clip.info(), frames, missing);
    for (const Features& known : m_features)
        if (known.key == key) return known;
    Features features{key, {}, {}};
    const auto track = clip.face();
    features.emotion =
        rows(track->emotion, kEmotionDims, track->frames, frames, missing, "facial emotion").to(device());
    torch::Tensor bytes = faceBytes(clip, frames, job);
    // Missing frames do not take part in the statistics of the norms either.
    std::vector<std::int64_t> present;
    for (int t = 0; t < frames; ++t)
        if (!missing[static_cast<std::size_t>(t)]) present.push_back(t);
    const torch::Tensor index = torch::tensor(present, torch::kLong);
    const int count = static_cast<int>(present.size());
    const torch::Tensor u = m_net->videoEncoder()->encode(
        count,
        [&](int begin, int end) {
            job.progress(begin, count, "encoding the face");
            return normalisedFrames(
                (count == frames ? bytes.slice(0, begin, end) : bytes.index_select(0, index.slice(0, begin, end)))
                    .to(device()));
        },
        job, kFrameChunk);
    features.u = torch::zeros({1, frames, kFeatureDims}, u.options());
    features.u[0].index_copy_(0, index.to(device()), u);
    return keep(std::move(features));
}

const TransVaeEngine::Features& TransVaeEngine::speechFeatures(const Clip& clip, int frames,
                                                               const std::vector<bool>& missing, JobContext& job) {
    const std::string key = "speech|" + clipKey(clip.info(), frames, missing);
    for (const Features& known : m_features)
        if (known.key == key) return known;
    job.checkpoint();
    Features features{key, {}, {}};
    const auto track = clip.speech();
    const torch::Tensor mfcc =
        rows(track->mfcc, kMfccDims, track->frames, frames, missing, "speech features").to(device());
    features.u = m_net->encodeSpeech(mfcc);
    if (any(missing)) features.u = features.u.masked_fill(flags(missing, device()).unsqueeze(-1), 0);
    if (m_net->config().ea) features.emotion = m_net->speechEmotion()->forward(mfcc);
    return keep(std::move(features));
}

void TransVaeEngine::prepareEmotion(Scene& scene, AttentionRecorder* recorder) {
    if (!m_net->config().ea) return;
    bool wanted = false;
    for (const char* site : {"u_ea_f", "u_ea_s", "m_ea", "s_ea"})
        wanted = wanted || (recorder && recorder->wants(site, "self_e"));
    const std::string key = scene.faceKey + "&" + scene.speechKey;
    for (const auto& [known, sides] : m_sides) {
        if (known != key || wanted) continue;
        scene.sides = sides;
        return;
    }
    torch::Tensor withheld;
    if (scene.missing(true) && scene.missing(false)) {
        withheld = scene.faceGone.squeeze(-1) & scene.speechGone.squeeze(-1);
        if (!withheld.any().item<bool>()) withheld.reset();
    }
    // Speech emotion is used only where there is no face.
    const bool speechNeeded = scene.missing(true) && scene.speechEmotion.defined();
    scene.sides =
        m_net->emotionSides(scene.faceEmotion, speechNeeded ? scene.speechEmotion : torch::Tensor(),
                            scene.missing(true) ? scene.faceGone.squeeze(-1) : torch::Tensor(), withheld, recorder);
    m_sides.emplace_front(key, scene.sides);
    if (m_sides.size() > kKeptSides) m_sides.pop_back();
}

ReactionTensors TransVaeEngine::run(Scene& scene, const std::vector<int>& samples, AttentionRecorder* recorder) {
    const bool emc = m_net->config().cma;
    LatentDistribution q = scene.shared;
    if (!q.mu.defined() || recorder) {
        const auto whole = [&](bool face) {
            const torch::Tensor& real = face ? scene.face : scene.speech;
            if (!scene.missing(face)) return real;
            torch::Tensor standIn;
            if (!emc || scene.options.fill == Fill::Zeros)
                standIn = torch::zeros({1, scene.tokens, kFeatureDims}, m_net->coeffMean().options());
            else if (scene.options.fill == Fill::Mean)
                standIn = m_net->standardiser(face)->mean().view({1, 1, -1}).expand({1, scene.tokens, -1});
            else {
                torch::Tensor condition = face ? scene.speech : scene.face;
                // Where the condition is missing too, nothing is known of it: its mean.
                const torch::Tensor mean = m_net->standardiser(!face)->mean().view({1, 1, -1});
                if (!condition.defined()) condition = mean.expand({1, scene.tokens, -1});
                else if (scene.missing(!face))
                    condition = torch::where(face ? scene.speechGone : scene.faceGone, mean, condition);
                standIn = m_net->imagine(face, scene.latents(samples, face, m_net->cma(face)->latentDims(), device()),
                                         condition, recorder);
            }
            return real.defined() ? torch::where(face ? scene.faceGone : scene.speechGone, standIn, real) : standIn;
        };
        const torch::Tensor face = m_net->unimodal(true, whole(true), scene.sides, recorder);
        const torch::Tensor speech = m_net->unimodal(false, whole(false), scene.sides, recorder);
        q = m_net->bottleneck(m_net->fuse(face, speech, scene.sides, recorder), recorder);
        if (!scene.draws) scene.shared = q;
    }
    const torch::Tensor noise = scene.noise(samples, 0, q.mu.size(-1), 1).squeeze(1).to(device());
    return m_net->decode(q.sample(noise), scene.tokens, scene.sides, recorder);
}

void TransVaeEngine::store(Scene& scene, const ReactionTensors& tensors, const std::vector<int>& slots,
                           Reactions& reactions) const {
    const torch::Tensor emotion =
        framesOfTokens(tensors.emotion.to(torch::kCPU), scene.stride, scene.frames).contiguous();
    const torch::Tensor coeffs =
        framesOfTokens((tensors.coeffs + m_net->coeffMean()).to(torch::kCPU), scene.stride, scene.frames).contiguous();
    const auto copy = [&](const torch::Tensor& from, std::vector<float>& to) {
        const std::int64_t one = from.size(1) * from.size(2);
        for (std::size_t i = 0; i < slots.size(); ++i) {
            const float* source = from.data_ptr<float>() + static_cast<std::int64_t>(i) * one;
            std::copy(source, source + one, to.begin() + slots[i] * one);
        }
    };
    copy(emotion, reactions.emotion);
    copy(coeffs, reactions.coeffs);
}

void TransVaeEngine::addTrace(Scene& scene, const Clip& clip, bool face, Reactions& reactions, JobContext& job) {
    torch::Tensor condition = face ? scene.speech : scene.face;
    if (!condition.defined()) return; // nothing to imagine from
    Standardiser& units = m_net->standardiser(face);
    if (scene.missing(!face))
        condition =
            torch::where(face ? scene.speechGone : scene.faceGone, m_net->standardiser(!face)->mean(), condition);
    const torch::Tensor c = m_net->standardiser(!face)->standardised(condition);
    Cma& cma = m_net->cma(face);
    CmaTrace trace;
    trace.imagined = face ? Modality::Face : Modality::Speech;
    trace.frames = scene.tokens;
    trace.dims = kFeatureDims;
    trace.latentDims = static_cast<int>(cma->latentDims());
    std::vector<int> everyone(static_cast<std::size_t>(scene.options.samples));
    for (std::size_t k = 0; k < everyone.size(); ++k) everyone[k] = static_cast<int>(k);
    const torch::Tensor draws = scene.latents(everyone, face, trace.latentDims, device());
    trace.draws = values(draws.dim() == 3 ? draws.select(1, 0) : draws); // of the first frame when drawn per frame
    const torch::Tensor imagined = cma->decode(draws.narrow(0, scene.options.displayedSample, 1), c);
    trace.uImagined = values(imagined[0]);
    torch::Tensor real;
    if (!scene.missing(face)) {
        real = face ? scene.face : scene.speech;
    } else if (scene.options.cmaTruth && (face ? clip.info().hasFace : clip.info().hasSpeech)) {
        const std::vector<bool> nothing(static_cast<std::size_t>(scene.frames), false);
        real =
            (face ? faceFeatures(clip, scene.frames, nothing, job) : speechFeatures(clip, scene.frames, nothing, job))
                .u;
        real = pooledTokens(real, scene.stride);
    }
    if (real.defined()) {
        const torch::Tensor u = units->standardised(real);
        const CmaPosterior q = cma->encode(u, c);
        trace.mu = values(q.mu[0]);
        trace.sigma = values(torch::exp(.5 * q.logVariance)[0]);
        trace.uTrue = values(u[0]);
        trace.cosine = values(torch::cosine_similarity(imagined[0], u[0], -1));
        trace.l2 = values((imagined[0] - u[0]).norm(2, -1));
    }
    reactions.cma.push_back(std::move(trace));
}

Reactions TransVaeEngine::react(const Clip& clip, const ReactOptions& options, JobContext& job) {
    torch::InferenceMode on;
    const auto start = std::chrono::steady_clock::now();
    job.checkpoint();
    const ClipInfo& info = clip.info();
    const TransVaeConfig& config = m_net->config();
    if (options.samples < 1) throw Error(ErrorKind::Usage, "at least one sample is needed");
    Scene scene;
    scene.options = options;
    scene.options.displayedSample = std::clamp(options.displayedSample, 0, options.samples - 1);
    scene.stride = config.stride;
    scene.frames = options.frames > 0 ? std::min(options.frames, info.frames) : info.frames;
    if (scene.frames < 1) throw Error(ErrorKind::BadInput, "the clip has no frames", info.id);
    scene.tokens = (scene.frames + scene.stride - 1) / scene.stride;
    // By the clip's name, not its content: what happens to a modality that is not read must not change the draws.
    scene.seed = mixedSeed(options.seed, textSeed(info.id));
    if (config.cma && !options.cmaLatent.empty() &&
        static_cast<int>(options.cmaLatent.size()) != m_net->cma(true)->latentDims())
        throw Error(ErrorKind::Usage, "the CMA latent has " + std::to_string(options.cmaLatent.size()) + " numbers", {},
                    "It needs " + std::to_string(m_net->cma(true)->latentDims()));

    const auto missingFrames = [&](const std::vector<FrameSpan>& declared, const std::vector<FrameSpan>& found,
                                   bool has) {
        if (!has) return std::vector<bool>(static_cast<std::size_t>(scene.frames), true);
        std::vector<FrameSpan> spans = declared;
        spans.insert(spans.end(), found.begin(), found.end());
        return frameMask(spans, scene.frames);
    };
    scene.faceMissing = missingFrames(options.availability.faceMissing, info.faceMissing, info.hasFace);
    scene.speechMissing = missingFrames(options.availability.speechMissing, {}, info.hasSpeech);
    if (all(scene.faceMissing) && all(scene.speechMissing))
        throw Error(ErrorKind::BadInput, "face and speech are both missing", info.id,
                    "A reaction needs at least one of them");
    const auto gone = [&](const std::vector<bool>& missing) {
        return any(missing) ? flags(missingTokens(missing, scene.stride), device()).unsqueeze(-1) : torch::Tensor();
    };
    scene.faceGone = gone(scene.faceMissing);
    scene.speechGone = gone(scene.speechMissing);
    const auto tokens = [&](const torch::Tensor& x, const std::vector<bool>& missing) {
        return x.defined() ? pooledTokens(x, scene.stride, missing) : x;
    };
    // A modality that is missing everywhere is not opened at all.
    if (!all(scene.faceMissing)) {
        const Features& features = faceFeatures(clip, scene.frames, scene.faceMissing, job);
        scene.face = tokens(features.u, scene.faceMissing);
        scene.faceEmotion = tokens(features.emotion, scene.faceMissing);
        scene.faceKey = features.key;
    }
    if (!all(scene.speechMissing)) {
        const Features& features = speechFeatures(clip, scene.frames, scene.speechMissing, job);
        scene.speech = tokens(features.u, scene.speechMissing);
        scene.speechEmotion = tokens(features.emotion, scene.speechMissing);
        scene.speechKey = features.key;
    }
    const bool incomplete = scene.missing(true) || scene.missing(false);
    scene.draws = config.cma && options.fill == Fill::Cma && incomplete;

    Reactions out;
    out.timings.encodeS = secondsSince(start);
    out.frames = scene.frames;
    out.meta = m_meta;
    out.meta["model"] = m_info.name;
    out.meta["condition"] = m_info.condition;
    out.meta["seed"] = std::to_string(options.seed);
    out.meta["clip"] = info.id;
    out.meta["clip_hash"] = info.contentHash;
    out.meta["rate"] = std::to_string(info.rateHz);
    out.meta["face_missing"] = spanText(spansOf(scene.faceMissing));
    out.meta["speech_missing"] = spanText(spansOf(scene.speechMissing));
    const char* fill = options.fill == Fill::Cma ? "cma" : options.fill == Fill::Mean ? "mean" : "zeros";
    out.meta["fill"] = !incomplete ? "none" : config.cma ? fill : "zeros";
    if (incomplete && !config.cma)
        out.meta["note"] = "the host has nothing for a missing modality: zeros stand in for it";

    job.checkpoint();
    AttentionRecorder recorder(options.attention);
    AttentionRecorder* maps = options.attention.empty() ? nullptr : &recorder;
    prepareEmotion(scene, maps);
    const int shown = scene.options.displayedSample;
    {
        const ReactionTensors first = run(scene, {shown}, maps);
        out.samples = 1;
        out.emotion.assign(static_cast<std::size_t>(scene.frames) * kEmotionDims, 0.f);
        out.coeffs.assign(static_cast<std::size_t>(scene.frames) * kCoeffDims, 0.f);
        store(scene, first, {0}, out);
        out.attention = recorder.take();
        out.timings.firstSampleS = secondsSince(start);
    }
    if (options.cmaTrace && config.cma) {
        job.checkpoint();
        for (const bool face : {true, false})
            if (scene.missing(face) || !incomplete) addTrace(scene, clip, face, out, job);
    }
    if (options.onDisplayedSample) options.onDisplayedSample(out);
    if (options.samples > 1) {
        Reactions every = std::move(out);
        const std::vector<float> shownEmotion = std::move(every.emotion), shownCoeffs = std::move(every.coeffs);
        every.samples = options.samples;
        every.emotion.assign(shownEmotion.size() * static_cast<std::size_t>(options.samples), 0.f);
        every.coeffs.assign(shownCoeffs.size() * static_cast<std::size_t>(options.samples), 0.f);
        std::copy(shownEmotion.begin(), shownEmotion.end(),
                  every.emotion.begin() + static_cast<std::ptrdiff_t>(shownEmotion.size()) * shown);
        std::copy(shownCoeffs.begin(), shownCoeffs.end(),
                  every.coeffs.begin() + static_cast<std::ptrdiff_t>(shownCoeffs.size()) * shown);
        std::vector<int> chunk;
        const std::size_t chunkSize = device().is_cuda() ? kChunkCuda : kChunkCpu;
        for (int k = 0; k < options.samples; ++k) {
            if (k != shown) chunk.push_back(k);
            if (chunk.size() < chunkSize && (k + 1 < options.samples || chunk.empty())) continue;
            job.progress(k, options.samples, "sampling reactions");
            store(scene, run(scene, chunk, nullptr), chunk, every);
            chunk.clear();
        }
        out = std::move(every);
    }
    out.timings.allSamplesS = secondsSince(start);
    return out;
}

} // namespace emc
