#include <chrono>
#include <cmath>

#include "core/api/vectors.h"
#include "core/models/regnn_scene.h"
#include "core/nn/tokens.h"

namespace emc {

namespace {
constexpr int kSamplesAtOnceCpu = 3, kSamplesAtOnceCuda = 10;
constexpr int kWindowsAtOnceCpu = 96, kWindowsAtOnceCuda = 1024;
constexpr int kKeptWindows = 400; // of all kept clips and availabilities together
constexpr int kPatientIterations = 50;

double secondsSince(std::chrono::steady_clock::time_point start) {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

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

std::string numberText(double x) {
    char text[32];
    std::snprintf(text, sizeof text, "%.3g", x);
    return text;
}
} // namespace

RegnnEngine::RegnnEngine(RegnnNet net, ModelInfo info, int videoSize, std::map<std::string, std::string> meta)
    : m_net(std::move(net)), m_info(std::move(info)), m_meta(std::move(meta)), m_inputs(m_net, videoSize) {
    m_net->eval();
}

void RegnnEngine::forgetCaches() {
    m_inputs.forget();
    m_known.clear();
    m_net->forgetTables();
}

void RegnnEngine::readClip(Scene& scene, const Clip& clip, JobContext& job) {
    const ClipInfo& info = clip.info();
    const auto missingFrames = [&](const std::vector<FrameSpan>& declared, const std::vector<FrameSpan>& found,
                                   bool has) {
        if (!has) return std::vector<bool>(static_cast<std::size_t>(scene.frames), true);
        std::vector<FrameSpan> spans = declared;
        spans.insert(spans.end(), found.begin(), found.end());
        return frameMask(spans, scene.frames);
    };
    scene.faceMissing = missingFrames(scene.options.availability.faceMissing, info.faceMissing, info.hasFace);
    scene.speechMissing = missingFrames(scene.options.availability.speechMissing, {}, info.hasSpeech);
    if (all(scene.faceMissing) && all(scene.speechMissing))
        throw Error(ErrorKind::BadInput, "face and speech are both missing", info.id,
                    "A reaction needs at least one of them");
    const auto gone = [&](const std::vector<bool>& missing) -> torch::Tensor {
        if (!any(missing)) return {};
        const std::vector<bool> tokens = missingTokens(missing, scene.stride);
        const std::vector<std::uint8_t> bytes(tokens.begin(), tokens.end());
        return cutWindows(torch::tensor(bytes, torch::kUInt8).view({1, scene.tokens, 1}), scene.starts)
            .to(torch::kBool)
            .to(device());
    };
    scene.faceGone = gone(scene.faceMissing);
    scene.speechGone = gone(scene.speechMissing);
    const auto windows = [&](const torch::Tensor& track, const std::vector<bool>& missing) {
        return track.defined() ? cutWindows(pooledTokens(track, scene.stride, missing), scene.starts) : track;
    };
    // A modality that is missing everywhere is not opened at all.
    std::string keys[2];
    if (!all(scene.faceMissing)) {
        const RegnnTrack& track = m_inputs.face(clip, scene.faceMissing, job);
        scene.faceTokens = m_net->encodeFace(pooledTokens(track.features, scene.stride, scene.faceMissing));
        scene.face = cutWindows(scene.faceTokens, scene.starts);
        scene.faceEmotion = windows(track.emotion, scene.faceMissing);
        keys[0] = track.key;
    }
    if (!all(scene.speechMissing)) {
        const RegnnTrack& track = m_inputs.speech(clip, scene.speechMissing, job);
        scene.speechTokens = m_net->encodeSpeech(pooledTokens(track.features, scene.stride, scene.speechMissing));
        scene.speech = cutWindows(scene.speechTokens, scene.starts);
        scene.speechEmotion = windows(track.emotion, scene.speechMissing);
        keys[1] = track.key;
    }
    scene.key = keys[0] + "&" + keys[1] + "&" + std::to_string(static_cast<int>(scene.options.fill));
}

void RegnnEngine::prepareEmotion(Scene& scene, WindowRecorder* recorder) {
    scene.known.key = scene.key;
    if (!recorder)
        for (const Known& known : m_known)
            if (known.key == scene.key) {
                scene.known = known;
                return;
            }
    if (!m_net->config().ea) return;
    torch::Tensor withheld;
    if (scene.missing(true) && scene.missing(false)) {
        withheld = (scene.faceGone & scene.speechGone).squeeze(-1);
        if (!withheld.any().item<bool>()) withheld.reset();
    }
    // Speech emotion is used only where there is no face.
    const bool speechNeeded = scene.missing(true) && scene.speechEmotion.defined();
    scene.known.emotion =
        m_net->emotionSides(scene.faceEmotion, speechNeeded ? scene.speechEmotion : torch::Tensor(),
                            scene.missing(true) ? scene.faceGone.squeeze(-1) : torch::Tensor(), withheld, recorder);
}

RegnnEngine::Latent RegnnEngine::latentOf(Scene& scene, const std::vector<int>& samples, int first, int count,
                                          WindowRecorder* recorder) {
    const std::int64_t draws = scene.draws ? static_cast<std::int64_t>(samples.size()) : 1;
    const RegnnEmotion once = scene.known.emotion.narrowed(first, count);
    const auto part = [&](const torch::Tensor& x) { return x.narrow(0, first, count); };
    const auto many = [&](const torch::Tensor& x) { // what is the same for all draws
        return x.size(0) == draws * count ? x : x.repeat({draws, 1, 1});
    };
    torch::Tensor refined[2];
    for (const bool face : {true, false}) {
        const torch::Tensor& own = face ? scene.face : scene.speech;
        const torch::Tensor& other = face ? scene.speech : scene.face;
        torch::Tensor u = own.defined() ? part(own) : own;
        if (scene.missing(face)) {
            torch::Tensor standIn;
            if (!m_net->config().cma || scene.options.fill == Fill::Zeros) {
                standIn = torch::zeros({count, kWindowFrames, kMultWidth}, m_net->coeffMean().options());
            } else if (scene.options.fill == Fill::Mean) {
                standIn = m_net->standardiser(face)->mean().view({1, 1, -1}).expand({count, kWindowFrames, -1});
            } else {
                // Where the condition is missing too, nothing is known of it: its mean.
                const torch::Tensor mean =
                    m_net->standardiser(!face)->mean().view({1, 1, -1}).expand({count, kWindowFrames, -1});
                torch::Tensor condition = other.defined() ? part(other) : mean;
                if (other.defined() && scene.missing(!face))
                    condition = torch::where(part(face ? scene.speechGone : scene.faceGone), mean, condition);
                const torch::Tensor z =
                    scene.windowLatents(samples, face, m_net->cma(face)->latentDims(), first, count).to(device());
                standIn = m_net->imagine(face, z, many(condition), recorder);
            }
            if (u.defined()) {
                const torch::Tensor lost = part(face ? scene.faceGone : scene.speechGone);
                u = torch::where(standIn.size(0) == count ? lost : many(lost), standIn,
                                 standIn.size(0) == count ? u : many(u));
            } else {
                u = standIn;
            }
        }
        refined[face ? 0 : 1] = m_net->unimodal(face, u, u.size(0) == count ? once : once.repeated(draws), recorder);
    }
    const torch::Tensor fused = m_net->fuse(many(refined[0]), many(refined[1]), once.repeated(draws), recorder);
    Latent latent;
    latent.x = m_net->nodes(fused);
    latent.edges = m_net->edges(latent.x);
    if (recorder) recorder->addGraph(latent.edges);
    return latent;
}

torch::Tensor RegnnEngine::turnedRound(Scene& scene, const torch::Tensor& g, const torch::Tensor& edges, int first,
                                       int count) {
    InverseOptions options = m_net->config().inverse();
    if (m_net->config().compat) options.group = count;
    InverseReport report;
    torch::Tensor y = m_net->motor()->inverse(g, edges, options, &report);
    if (!report.converged && options.iterations < kPatientIterations) { // the original gives up here
        options.iterations = kPatientIterations;
        y = m_net->motor()->inverse(g, edges, options, &report);
    }
    if (!report.converged) {
        const int window = first + report.worst % count,
                  begin = scene.starts[static_cast<std::size_t>(window)] * scene.stride;
        throw Error(ErrorKind::BadInput,
                    "the motor processor cannot be turned round in frames " + std::to_string(begin) + " to " +
                        std::to_string(begin + static_cast<int>(kWindowFrames) * scene.stride) + ": after " +
                        std::to_string(report.iterations) + " iterations " + numberText(report.residual) +
                        " is left, " + numberText(options.tolerance) + " is allowed",
                    scene.clip, "The weights are broken or the input is far outside of what they were trained on");
    }
    report.worst %= count;
    scene.inverse.take(report, first);
    return y;
}

torch::Tensor RegnnEngine::run(Scene& scene, const std::vector<int>& samples, WindowRecorder* recorder,
                               JobContext& job) {
    const auto count = static_cast<int>(samples.size());
    const int atOnce = device().is_cuda() ? kWindowsAtOnceCuda : kWindowsAtOnceCpu,
              step = std::max(1, std::min(scene.windows(), atOnce / count));
    std::vector<torch::Tensor> noise;
    for (const int k : samples)
        noise.push_back(
            windowNoise(scene.streamSeed(k, 0), scene.tokens, scene.starts, scene.stride, m_net->config().compat));
    WindowJoiner joiner(scene.tokens, scene.starts);
    std::vector<Latent> parts; // of all windows, when they can be kept
    const bool keep = !scene.draws && !scene.known.latent.x.defined();
    for (int first = 0; first < scene.windows(); first += step) {
        job.checkpoint();
        const int n = std::min(step, scene.windows() - first);
        if (recorder) recorder->from(first);
        Latent latent;
        if (scene.known.latent.x.defined()) {
            latent = {scene.known.latent.x.narrow(0, first, n), scene.known.latent.edges.narrow(0, first, n)};
        } else {
            latent = latentOf(scene, samples, first, n, recorder);
            if (keep) parts.push_back(latent);
        }
        if (!scene.draws && count > 1) latent = {latent.x.repeat({count, 1, 1}), latent.edges.repeat({count, 1, 1, 1})};
        std::vector<torch::Tensor> drawn;
        for (const torch::Tensor& one : noise) drawn.push_back(one.narrow(0, first, n));
        const torch::Tensor g = latent.x + torch::cat(drawn).to(device());
        const torch::Tensor refined =
            m_net->refined(g, scene.known.emotion.narrowed(first, n).repeated(count), recorder);
        joiner.add(turnedRound(scene, refined, latent.edges, first, n).transpose(1, 2).contiguous(), first, n);
    }
    if (keep) {
        std::vector<torch::Tensor> x, edges;
        for (const Latent& part : parts) {
            x.push_back(part.x);
            edges.push_back(part.edges);
        }
        scene.known.latent = {torch::cat(x), torch::cat(edges)};
    }
    return joiner.joined();
}

void RegnnEngine::store(Scene& scene, const torch::Tensor& tokens, const std::vector<int>& slots,
                        Reactions& reactions) {
    const auto copy = [&](const torch::Tensor& from, std::vector<float>& to) {
        const std::int64_t one = from.size(1) * from.size(2);
        for (std::size_t i = 0; i < slots.size(); ++i) {
            const float* source = from.data_ptr<float>() + static_cast<std::int64_t>(i) * one;
            std::copy(source, source + one, to.begin() + slots[i] * one);
        }
    };
    copy(framesOfTokens(tokens, scene.stride, scene.frames).contiguous(), reactions.emotion);
    if (!m_net->config().givesCoeffs()) return;
    const torch::Tensor coeffs = m_net->coefficients(tokens.to(device())) + m_net->coeffMean();
    copy(framesOfTokens(coeffs.to(torch::kCPU), scene.stride, scene.frames).contiguous(), reactions.coeffs);
}

void RegnnEngine::describe(const Scene& scene, Reactions& out) const {
    out.meta["inverse_iterations"] = std::to_string(scene.inverse.iterations);
    out.meta["inverse_residual"] = numberText(scene.inverse.residual);
    out.meta["inverse_worst_window"] = std::to_string(scene.inverse.worst);
}

Reactions RegnnEngine::react(const Clip& clip, const ReactOptions& options, JobContext& job) {
    torch::InferenceMode on;
    const auto start = std::chrono::steady_clock::now();
    job.checkpoint();
    const ClipInfo& info = clip.info();
    const RegnnConfig& config = m_net->config();
    if (options.samples < 1) throw Error(ErrorKind::Usage, "at least one sample is needed");
    Scene scene;
    scene.options = options;
    const int shown = scene.options.displayedSample = std::clamp(options.displayedSample, 0, options.samples - 1);
    scene.stride = config.stride;
    scene.frames = options.frames > 0 ? std::min(options.frames, info.frames) : info.frames;
    if (scene.frames < 1) throw Error(ErrorKind::BadInput, "the clip has no frames", info.id);
    scene.tokens = (scene.frames + scene.stride - 1) / scene.stride;
    scene.starts = windowStarts(scene.tokens);
    scene.seed = mixedSeed(options.seed, textSeed(info.id));
    scene.clip = info.id;
    if (config.cma && !options.cmaLatent.empty() &&
        static_cast<int>(options.cmaLatent.size()) != m_net->cma(true)->latentDims())
        throw Error(ErrorKind::Usage, "the CMA latent has " + std::to_string(options.cmaLatent.size()) + " numbers", {},
                    "It needs " + std::to_string(m_net->cma(true)->latentDims()));
    if (!options.attention.empty() && scene.tokens > kLongestAttention)
        throw Error(ErrorKind::Unsupported,
                    "attention maps of " + std::to_string(scene.tokens) + " tokens would not fit into memory", info.id,
                    "Ask for the first " + std::to_string(kLongestAttention * scene.stride) + " frames");
    readClip(scene, clip, job);
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
    out.meta["windows"] = std::to_string(scene.windows());
    out.meta["face_missing"] = spanText(spansOf(scene.faceMissing));
    out.meta["speech_missing"] = spanText(spansOf(scene.speechMissing));
    const char* fill = options.fill == Fill::Cma ? "cma" : options.fill == Fill::Mean ? "mean" : "zeros";
    out.meta["fill"] = !incomplete ? "none" : config.cma ? fill : "zeros";
    if (incomplete && !config.cma)
        out.meta["note"] = "the host has nothing for a missing modality: zeros stand in for it";

    job.checkpoint();
    WindowRecorder recorder(options.attention, scene.tokens, scene.starts);
    WindowRecorder* maps = options.attention.empty() ? nullptr : &recorder;
    prepareEmotion(scene, maps);
    const auto sized = [&](int samples) {
        out.samples = samples;
        const std::size_t rows = static_cast<std::size_t>(scene.frames) * static_cast<std::size_t>(samples);
        out.emotion.assign(rows * kEmotionDims, 0.f);
        out.coeffs.assign(config.givesCoeffs() ? rows * kCoeffDims : 0, 0.f);
    };
    sized(1);
    const torch::Tensor first = run(scene, {shown}, maps, job);
    store(scene, first, {0}, out);
    if (maps) out.attention = recorder.joined();
    out.timings.firstSampleS = secondsSince(start);
    describe(scene, out);
    if (options.cmaTrace && config.cma) {
        job.checkpoint();
        for (const bool face : {true, false})
            if (scene.missing(face) || !incomplete) addTrace(scene, clip, face, out, job);
    }
    if (options.onDisplayedSample) options.onDisplayedSample(out);
    if (options.samples > 1) {
        sized(options.samples);
        store(scene, first, {shown}, out);
        std::vector<int> chunk;
        const std::size_t chunkSize = device().is_cuda() ? kSamplesAtOnceCuda : kSamplesAtOnceCpu;
        for (int k = 0; k < options.samples; ++k) {
            if (k != shown) chunk.push_back(k);
            if (chunk.size() < chunkSize && (k + 1 < options.samples || chunk.empty())) continue;
            job.progress(k, options.samples, "sampling reactions");
            store(scene, run(scene, chunk, nullptr, job), chunk, out);
            chunk.clear();
        }
        describe(scene, out);
    }
    std::erase_if(m_known, [&](const Known& known) { return known.key == scene.key; });
    if (scene.windows() <= kKeptWindows) m_known.push_front(scene.known);
    int kept = 0;
    std::erase_if(m_known, [&](const Known& known) {
        kept += known.emotion.sample.defined() ? static_cast<int>(known.emotion.sample.size(0))
                : known.latent.x.defined()     ? static_cast<int>(known.latent.x.size(0))
                                               : 1;
        return kept > kKeptWindows;
    });
    out.timings.allSamplesS = secondsSince(start);
    return out;
}

} // namespace emc
