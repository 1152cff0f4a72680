#include "core/models/emc_engine.h"

#include <chrono>
#include <numeric>

#include "core/api/error.h"
#include "core/api/vectors.h"
#include "core/nn/noise.h"
#include "core/nn/tokens.h"

namespace emc {

namespace {
constexpr std::size_t kSamplesAtOnceCpu = 3, kSamplesAtOnceCuda = 10;

std::string spanText(const std::vector<FrameSpan>& spans) {
    std::string text = "[";
    for (const FrameSpan& s : spans)
        text += (text.size() > 1 ? "," : "") + ("[" + std::to_string(s.begin)) + "," + std::to_string(s.end) + "]";
    return text + "]";
}

bool all(const std::vector<bool>& mask) {
    return std::find(mask.begin(), mask.end(), false) == mask.end();
}
bool any(const std::vector<bool>& mask) {
    return std::find(mask.begin(), mask.end(), true) != mask.end();
}

torch::Tensor flags(const std::vector<bool>& mask) { // (1,n,1) bool
    const std::vector<std::uint8_t> bytes(mask.begin(), mask.end());
    return torch::tensor(bytes, torch::kUInt8).view({1, -1, 1});
}

// Declared missing, found missing, or not there at all.
std::vector<bool> missingFrames(std::vector<FrameSpan> declared, const std::vector<FrameSpan>& found, bool has,
                                int frames) {
    if (!has) return std::vector<bool>(static_cast<std::size_t>(frames), true);
    declared.insert(declared.end(), found.begin(), found.end());
    return frameMask(declared, frames);
}

// One sample's numbers in the slot `shown` of `samples`.
void spread(std::vector<float>& values, int shown, int samples) {
    std::vector<float> every(values.size() * static_cast<std::size_t>(samples), 0.f);
    std::copy(values.begin(), values.end(),
              every.begin() + static_cast<std::ptrdiff_t>(values.size()) * static_cast<std::ptrdiff_t>(shown));
    values = std::move(every);
}

std::vector<float> values(const torch::Tensor& x) {
    const torch::Tensor t = x.to(torch::kCPU, torch::kFloat32).contiguous();
    return {t.data_ptr<float>(), t.data_ptr<float>() + t.numel()};
}
} // namespace

std::string EmcScene::key() const {
    return faceKey + "&" + speechKey + "&" + std::to_string(static_cast<int>(options.fill));
}

std::uint64_t EmcScene::streamSeed(int sample, int stream) const {
    return mixedSeed(seed, static_cast<std::uint64_t>(sample) * 4 + static_cast<std::uint64_t>(stream));
}

torch::Tensor EmcScene::noise(const std::vector<int>& samples, int stream, std::int64_t dims, std::int64_t rows) const {
    std::vector<float> every;
    for (const int k : samples) {
        const auto one = gaussianNoise(streamSeed(k, stream), static_cast<std::size_t>(dims * rows));
        every.insert(every.end(), one.begin(), one.end());
    }
    return torch::tensor(every).view({static_cast<std::int64_t>(samples.size()), rows, dims});
}

torch::Tensor EmcScene::latents(const std::vector<int>& samples, bool ofFace, std::int64_t dims) const {
    torch::Tensor z = noise(samples, ofFace ? 1 : 2, dims, options.perFrameDraws ? tokens : 1) * options.temperature;
    for (std::size_t i = 0; i < samples.size(); ++i)
        if (samples[i] == options.displayedSample && !options.cmaLatent.empty())
            z[static_cast<std::int64_t>(i)].copy_(
                torch::tensor(options.cmaLatent).view({1, dims}).expand({z.size(1), dims}));
    return options.perFrameDraws ? z : z.squeeze(1);
}

EmcEngine::EmcEngine(std::shared_ptr<EmcNetwork> network, ModelInfo info, std::map<std::string, std::string> meta,
                     ClipInputs inputs)
    : m_network(std::move(network)), m_info(std::move(info)), m_meta(std::move(meta)), m_inputs(std::move(inputs)) {
    m_network->eval();
}

void EmcEngine::forgetCaches() {
    m_inputs.forget();
    m_network->forgetTables();
}

void EmcEngine::multiplyIn(Precision precision) {
    if (precision == Precision::Bfloat16) {
        if (!device().is_cpu()) throw Error(ErrorKind::Unsupported, "bfloat16 is for the device cpu");
        if (const std::string why = whyNotRounded(); !why.empty())
            throw Error(ErrorKind::Unsupported, m_info.name + " does not run in bfloat16: " + why);
    }
    if (precision != m_precision) forgetCaches(); // made in the other numbers
    m_precision = precision;
}

std::unique_ptr<AttentionRecorder> EmcEngine::recorderFor(const EmcScene& scene) const {
    return std::make_unique<AttentionRecorder>(scene.options.attention);
}

void EmcEngine::read(EmcScene& scene, const Clip& clip, JobContext& job) {
    const ClipInfo& info = clip.info();
    const Availability& declared = scene.options.availability;
    scene.faceMissing = missingFrames(declared.faceMissing, info.faceMissing, info.hasFace, scene.frames);
    scene.speechMissing = missingFrames(declared.speechMissing, {}, info.hasSpeech, scene.frames);
    if (all(scene.faceMissing) && all(scene.speechMissing))
        throw Error(ErrorKind::BadInput, "face and speech are both missing", info.id,
                    "A reaction needs at least one of them");
    for (const bool face : {true, false}) {
        const std::vector<bool>& missing = face ? scene.faceMissing : scene.speechMissing;
        if (any(missing))
            (face ? scene.faceGone : scene.speechGone) =
                scene.cut(flags(missingTokens(missing, scene.stride))).to(torch::kBool).to(device());
        if (all(missing)) continue; // what is missing everywhere is not opened at all
        const ClipTrack& track = face ? m_inputs.face(clip, missing, job) : m_inputs.speech(clip, missing, job);
        const torch::Tensor u = tokens(face, track.features, scene.stride, missing);
        (face ? scene.faceTokens : scene.speechTokens) = u;
        (face ? scene.face : scene.speech) = scene.cut(u);
        if (track.emotion.defined())
            (face ? scene.faceEmotion : scene.speechEmotion) =
                scene.cut(pooledTokens(track.emotion, scene.stride, missing));
        (face ? scene.faceKey : scene.speechKey) = track.key;
    }
}

EmotionSides EmcEngine::sidesOf(const EmcScene& scene, AttentionRecorder* recorder) {
    torch::Tensor withheld;
    if (scene.missing(true) && scene.missing(false)) {
        withheld = (scene.faceGone & scene.speechGone).squeeze(-1);
        if (!withheld.any().item<bool>()) withheld.reset();
    }
    // Speech emotion is used only where there is no face.
    const bool speechNeeded = scene.missing(true) && scene.speechEmotion.defined();
    return m_network->emotionSides(scene.faceEmotion, speechNeeded ? scene.speechEmotion : torch::Tensor(),
                                   scene.missing(true) ? scene.faceGone.squeeze(-1) : torch::Tensor(), withheld,
                                   recorder);
}

torch::Tensor EmcEngine::whole(const EmcScene& scene, const std::vector<int>& samples, bool face, int first, int count,
                               AttentionRecorder* recorder) {
    const torch::Tensor &own = face ? scene.face : scene.speech, &other = face ? scene.speech : scene.face;
    const auto part = [&](const torch::Tensor& x) { return x.narrow(0, first, count); };
    const torch::Tensor u = own.defined() ? part(own) : own;
    if (!scene.missing(face)) return u;
    const torch::Tensor &gone = face ? scene.faceGone : scene.speechGone,
                        &otherGone = face ? scene.speechGone : scene.faceGone;
    const std::int64_t frames = gone.size(1), width = m_network->width();
    const auto mean = [&](bool ofFace) {
        return m_network->standardiser(ofFace)->mean().view({1, 1, -1}).expand({count, frames, -1});
    };
    torch::Tensor standIn;
    if (!m_network->emc().cma || scene.options.fill == Fill::Zeros) {
        standIn = torch::zeros({count, frames, width}, m_network->coeffMean().options());
    } else if (scene.options.fill == Fill::Mean) {
        standIn = mean(face);
    } else {
        // Where the condition is missing too, nothing is known of it: its mean.
        torch::Tensor condition = other.defined() ? part(other) : mean(!face);
        if (other.defined() && scene.missing(!face)) condition = torch::where(part(otherGone), mean(!face), condition);
        const torch::Tensor z =
            scene.rowLatents(samples, face, m_network->cma(face)->latentDims(), first, count).to(device());
        if (scene.windowed()) condition = condition.repeat({z.size(0) / count, 1, 1});
        standIn = m_network->imagine(face, z, condition, recorder);
    }
    if (!u.defined()) return standIn;
    const std::int64_t times = scene.windowed() ? standIn.size(0) / count : 1; // one row goes with all
    const auto many = [&](const torch::Tensor& x) { return times == 1 ? x : x.repeat({times, 1, 1}); };
    return torch::where(many(part(gone)), standIn, many(u));
}

void EmcEngine::store(const EmcScene& scene, const torch::Tensor& tokens, const std::vector<int>& slots,
                      std::vector<float>& to) {
    const torch::Tensor from =
        framesOfTokens(tokens.to(torch::kCPU, torch::kFloat32), scene.stride, scene.frames).contiguous();
    const std::int64_t one = from.size(1) * from.size(2);
    for (std::size_t i = 0; i < slots.size(); ++i) {
        const float* source = from.data_ptr<float>() + static_cast<std::int64_t>(i) * one;
        std::copy(source, source + one, to.begin() + slots[i] * one);
    }
}

void EmcEngine::addTrace(const EmcScene& scene, const Clip& clip, bool face, Reactions& out, JobContext& job) {
    torch::Tensor condition = face ? scene.speech : scene.face;
    if (!condition.defined()) return; // nothing to imagine from
    if (scene.missing(!face))
        condition =
            torch::where(face ? scene.speechGone : scene.faceGone, m_network->standardiser(!face)->mean(), condition);
    Standardiser& units = m_network->standardiser(face);
    const torch::Tensor c = m_network->standardiser(!face)->standardised(condition);
    Cma& cma = m_network->cma(face);
    CmaTrace trace;
    trace.imagined = face ? Modality::Face : Modality::Speech;
    trace.frames = scene.tokens;
    trace.dims = static_cast<int>(m_network->width());
    trace.latentDims = static_cast<int>(cma->latentDims());
    std::vector<int> everyone(static_cast<std::size_t>(scene.options.samples));
    std::iota(everyone.begin(), everyone.end(), 0);
    const torch::Tensor draws = scene.latents(everyone, face, trace.latentDims);
    trace.draws = values(draws.dim() == 3 ? draws.select(1, 0) : draws); // of the first frame when drawn per frame
    const auto joined = [&](const torch::Tensor& rows) { return scene.joined(rows.contiguous()).to(torch::kCPU); };
    const torch::Tensor z =
        scene
            .rowLatents({scene.options.displayedSample}, face, trace.latentDims, 0, static_cast<int>(condition.size(0)))
            .to(device());
    const torch::Tensor imagined = joined(cma->decode(z, c, {}, m_network->windowMask(c.size(1))));
    trace.uImagined = values(imagined);
    torch::Tensor real = face ? scene.faceTokens : scene.speechTokens;
    if (scene.missing(face)) {
        real.reset();
        if (scene.options.cmaTruth && (face ? clip.info().hasFace : clip.info().hasSpeech)) {
            const std::vector<bool> nothing(static_cast<std::size_t>(scene.frames), false);
            const ClipTrack& track = face ? m_inputs.face(clip, nothing, job) : m_inputs.speech(clip, nothing, job);
            real = tokens(face, track.features, scene.stride, {});
        }
    }
    if (real.defined()) {
        const torch::Tensor u = units->standardised(real);
        const CmaPosterior q = cma->encode(scene.cut(u), c, m_network->windowMask(c.size(1)));
        trace.mu = values(joined(q.mu));
        trace.sigma = values(joined(torch::exp(.5 * q.logVariance)));
        trace.uTrue = values(u[0]);
        const torch::Tensor truth = u[0].to(torch::kCPU);
        trace.cosine = values(torch::cosine_similarity(imagined, truth, -1));
        trace.l2 = values((imagined - truth).norm(2, -1));
    }
    out.cma.push_back(std::move(trace));
}

Reactions EmcEngine::started(const EmcScene& scene, const ClipInfo& info) const {
    const bool imagines = m_network->emc().cma;
    const Fill fill = scene.options.fill;
    Reactions out;
    out.frames = scene.frames;
    out.samples = 1;
    out.emotion.assign(static_cast<std::size_t>(scene.frames) * kEmotionDims, 0.f);
    out.coeffs.assign(m_info.givesCoeffs ? static_cast<std::size_t>(scene.frames) * kCoeffDims : 0, 0.f);
    out.meta = m_meta;
    out.meta["model"] = m_info.name;
    out.meta["condition"] = m_info.condition;
    out.meta["seed"] = std::to_string(scene.options.seed);
    out.meta["clip"] = info.id;
    out.meta["clip_hash"] = info.contentHash;
    out.meta["rate"] = std::to_string(info.rateHz);
    if (m_precision == Precision::Bfloat16) out.meta["precision"] = "bf16";
    out.meta["face_missing"] = spanText(spansOf(scene.faceMissing));
    out.meta["speech_missing"] = spanText(spansOf(scene.speechMissing));
    const char* named = fill == Fill::Cma ? "cma" : fill == Fill::Mean ? "mean" : "zeros";
    out.meta["fill"] = !scene.incomplete() ? "none" : imagines ? named : "zeros";
    if (scene.incomplete() && !imagines)
        out.meta["note"] = "the host has nothing for a missing modality: zeros stand in for it";
    return out;
}

Reactions EmcEngine::react(const Clip& clip, const ReactOptions& options, JobContext& job) {
    torch::InferenceMode on;
    const MatrixPrecision numbers(m_precision);
    const auto start = std::chrono::steady_clock::now();
    const auto seconds = [&] {
        return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    };
    job.checkpoint();
    const ClipInfo& info = clip.info();
    const EmcConfig& config = m_network->emc();
    if (options.samples < 1) throw Error(ErrorKind::Usage, "at least one sample is needed");
    const std::unique_ptr<EmcScene> scene = newScene();
    scene->options = options;
    const int shown = scene->options.displayedSample = std::clamp(options.displayedSample, 0, options.samples - 1);
    scene->stride = config.stride;
    scene->frames = options.frames > 0 ? std::min(options.frames, info.frames) : info.frames;
    if (scene->frames < 1) throw Error(ErrorKind::BadInput, "the clip has no frames", info.id);
    scene->tokens = (scene->frames + scene->stride - 1) / scene->stride;
    scene->clip = info.id;
    // By the clip's name, not its content: what happens to a modality that is not read must not change the draws.
    scene->seed = mixedSeed(options.seed, textSeed(info.id));
    if (config.cma && !options.cmaLatent.empty() &&
        static_cast<int64_t>(options.cmaLatent.size()) != m_network->cma(true)->latentDims())
        throw Error(ErrorKind::Usage, "the CMA latent has " + std::to_string(options.cmaLatent.size()) + " numbers", {},
                    "It needs " + std::to_string(m_network->cma(true)->latentDims()));
    begin(*scene, info);
    read(*scene, clip, job);
    readMore(*scene, clip, m_inputs, job);
    scene->draws = config.cma && options.fill == Fill::Cma && scene->incomplete();
    Reactions out = started(*scene, info);
    out.timings.encodeS = seconds();

    job.checkpoint();
    const std::unique_ptr<AttentionRecorder> recorder = recorderFor(*scene);
    AttentionRecorder* maps = options.attention.empty() ? nullptr : recorder.get();
    prepare(*scene, maps);
    sample(*scene, {shown}, {0}, maps, out, job);
    if (maps) out.attention = maps->take();
    out.timings.firstSampleS = seconds();
    describe(*scene, out);
    if (options.cmaTrace && config.cma) {
        job.checkpoint();
        for (const bool face : {true, false})
            if (scene->missing(face) || !scene->incomplete()) addTrace(*scene, clip, face, out, job);
    }
    if (options.onDisplayedSample) options.onDisplayedSample(out);
    if (options.samples > 1) {
        out.samples = options.samples;
        spread(out.emotion, shown, options.samples);
        spread(out.coeffs, shown, options.samples);
        std::vector<int> chunk;
        const std::size_t atOnce = device().is_cuda() ? kSamplesAtOnceCuda : kSamplesAtOnceCpu;
        for (int k = 0; k < options.samples; ++k) {
            if (k != shown) chunk.push_back(k);
            if (chunk.size() < atOnce && (k + 1 < options.samples || chunk.empty())) continue;
            job.progress(k, options.samples, "sampling reactions");
            sample(*scene, chunk, chunk, nullptr, out, job);
            chunk.clear();
        }
        describe(*scene, out);
    }
    remember(*scene);
    out.timings.allSamplesS = seconds();
    return out;
}

} // namespace emc
