#include "tests/support/fake_backend.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <thread>

namespace emc {

namespace {

constexpr int kLatent = 8, kDims = 24, kKeys = 125;

double wave(double t, double a, double b, double phase) {
    return 0.5 + 0.3 * std::sin(a * t + phase) + 0.2 * std::sin(b * t + 2.1 * phase);
}

// Waits in steps of a millisecond so that a cancel is seen.
void spend(int ms, JobContext& job) {
    for (int i = 0; i < ms; ++i) {
        job.checkpoint();
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
}

class FakeClip : public Clip {
public:
    FakeClip(std::filesystem::path path, const FakeOptions& options, int who) : m_options(options), m_who(who) {
        m_info.id = path.filename().string();
        m_info.path = std::move(path);
        m_info.contentHash = "fake-" + m_info.id;
        m_info.frames = options.frames;
        m_info.synthetic = true;
        m_info.source = m_info.id;
    }
    const ClipInfo& info() const override { return m_info; }
    std::shared_ptr<const FaceTrack> face() const override {
        auto track = std::make_shared<FaceTrack>();
        track->frames = m_info.frames;
        track->emotion.resize(static_cast<std::size_t>(m_info.frames) * kEmotionDims);
        track->coeffs.resize(static_cast<std::size_t>(m_info.frames) * kCoeffDims);
        for (int t = 0; t < m_info.frames; ++t) {
            fakeFace(t, m_who, &track->emotion[static_cast<std::size_t>(t * kEmotionDims)],
                     &track->coeffs[static_cast<std::size_t>(t * kCoeffDims)]);
            const double dip = std::exp(-std::pow((t - 130) / 12.0, 2)) + std::exp(-std::pow((t - 650) / 18.0, 2));
            track->confidence.push_back(static_cast<float>(0.95 - 0.12 * dip + 0.01 * std::sin(t * 0.3)));
        }
        return track;
    }
    std::shared_ptr<const SpeechTrack> speech() const override {
        auto track = std::make_shared<SpeechTrack>();
        track->frames = m_info.frames;
        track->mfcc.assign(static_cast<std::size_t>(m_info.frames) * kMfccDims, 0.0F);
        return track;
    }
    std::unique_ptr<FrameReader> faceFrames(int) const override { return nullptr; }
    std::filesystem::path soundFile() const override { return m_info.path / "sound.wav"; }
    std::filesystem::path videoFile() const override {
        return m_options.withVideo ? m_info.path / "video.mp4" : std::filesystem::path();
    }
    std::vector<std::filesystem::path> filesRead() const override { return {}; }

private:
    ClipInfo m_info;
    FakeOptions m_options;
    int m_who;
};

class FakeVideo : public FrameReader {
public:
    explicit FakeVideo(int frames) : m_frames(frames) {}
    int width() const override { return 160; }
    int height() const override { return 128; }
    bool next(std::vector<std::uint8_t>& rgb) override {
        if (m_at >= m_frames) return false;
        rgb.resize(160 * 128 * 3);
        const double mouth = 5 + 5 * wave(m_at / 25.0, 9, 5, 0.3);
        for (int y = 0; y < 128; ++y)
            for (int x = 0; x < 160; ++x) {
                const double dx = (x - 80) / 34.0, dy = (y - 66) / 44.0;
                std::uint8_t* p = &rgb[static_cast<std::size_t>((y * 160 + x) * 3)];
                const bool face = dx * dx + dy * dy < 1,
                           eye = std::abs(std::abs(x - 80.0) - 13) < 4 && std::abs(y - 56) < 3;
                const bool lips = std::abs(x - 80) < 14 && std::abs(y - 90) < mouth / 2;
                p[0] = face ? (eye ? 30 : lips ? 150 : 205) : 60;
                p[1] = face ? (eye ? 30 : lips ? 60 : 160) : static_cast<std::uint8_t>(110 + y / 3);
                p[2] = face ? (eye ? 35 : lips ? 60 : 130) : 140;
            }
        ++m_at;
        return true;
    }

private:
    int m_frames, m_at = 0;
};

class FakeModel : public ReactionModel {
public:
    FakeModel(ModelInfo info, const FakeOptions& options, FakeBackend& backend)
        : m_info(std::move(info)), m_options(options), m_backend(backend) {}
    const ModelInfo& info() const override { return m_info; }

    Reactions react(const Clip& clip, const ReactOptions& options, JobContext& job) override {
        ++m_backend.reactCalls;
        if (m_info.name == m_options.failModel) {
            std::string problem = "the weights do not fit";
            for (int i = 0; i < m_options.failTensors; ++i)
                problem += (i ? ", " : ": missing ") + ("decoder.layers." + std::to_string(i)) + ".self_attn.weight";
            throw Error(ErrorKind::BadInput, problem, m_info.name, "Convert them again");
        }
        const int frames = options.frames > 0 ? std::min(options.frames, clip.info().frames) : clip.info().frames;
        spend(m_options.msFirst, job);
        if (options.onDisplayedSample) {
            Reactions first = make(frames, 1, options.displayedSample, options);
            fillInside(first, frames, options);
            options.onDisplayedSample(first);
        }
        spend(m_options.msAll, job);
        Reactions all = make(frames, options.samples, 0, options);
        fillInside(all, frames, options);
        job.progress(options.samples, options.samples, "samples");
        ++m_backend.reactCompleted;
        return all;
    }

private:
    Reactions make(int frames, int samples, int firstSample, const ReactOptions& options) const {
        Reactions r;
        r.samples = samples, r.frames = frames;
        r.emotion.resize(static_cast<std::size_t>(samples * frames) * kEmotionDims);
        r.coeffs.resize(static_cast<std::size_t>(samples * frames) * kCoeffDims);
        const int host = static_cast<int>(m_info.host.size()), condition = static_cast<int>(m_info.condition.size());
        const auto noFace = frameMask(options.availability.faceMissing, frames),
                   noSpeech = frameMask(options.availability.speechMissing, frames);
        for (int k = 0; k < samples; ++k)
            for (int t = 0; t < frames; ++t) {
                const int sample = firstSample + k;
                const bool missing = noFace[static_cast<std::size_t>(t)] || noSpeech[static_cast<std::size_t>(t)];
                const int who = 11 + host + condition * 3 + sample * (missing ? 9 : 2) +
                                static_cast<int>(options.seed % 97) * (missing ? 5 : 1);
                const std::size_t at = static_cast<std::size_t>(k * frames + t);
                fakeFace(t, who, &r.emotion[at * kEmotionDims], &r.coeffs[at * kCoeffDims]);
            }
        r.meta["model"] = m_info.name;
        return r;
    }
    void fillInside(Reactions& r, int frames, const ReactOptions& options) const {
        for (const std::string& wanted : options.attention) {
            AttentionMap map;
            map.site = wanted.substr(0, wanted.find('/'));
            map.part = wanted.find('/') == std::string::npos ? "cross" : wanted.substr(wanted.find('/') + 1);
            map.heads = 4, map.queries = kKeys, map.keys = kKeys;
            map.weights.resize(static_cast<std::size_t>(4 * kKeys * kKeys));
            for (int h = 0; h < 4; ++h)
                for (int q = 0; q < kKeys; ++q) {
                    float* row = &map.weights[static_cast<std::size_t>((h * kKeys + q) * kKeys)];
                    double sum = 0;
                    for (int k = 0; k < kKeys; ++k) {
                        const double d = (k - q - 3 * h) / (4.0 + 3 * h);
                        row[k] = static_cast<float>(0.05 + std::exp(-d * d) + 0.25 * wave(k * 0.4, 1.7, 0.6, h));
                        sum += row[k];
                    }
                    for (int k = 0; k < kKeys; ++k) row[k] = static_cast<float>(row[k] / sum);
                }
            r.attention.push_back(std::move(map));
        }
        if (!options.cmaTrace) return;
        for (const Modality imagined : {Modality::Speech, Modality::Face}) {
            CmaTrace trace;
            trace.imagined = imagined;
            trace.frames = frames, trace.dims = kDims, trace.latentDims = kLatent;
            for (int k = 0; k < options.samples; ++k)
                for (int d = 0; d < kLatent; ++d)
                    trace.draws.push_back(static_cast<float>(
                        options.temperature * 1.4 * std::sin(3.1 * k + 1.7 * d + static_cast<double>(options.seed))));
            for (int t = 0; t < frames; ++t) {
                for (int d = 0; d < kLatent && options.cmaTruth; ++d) {
                    trace.mu.push_back(static_cast<float>(std::sin(t * 0.02 * (d + 1) + d)));
                    trace.sigma.push_back(static_cast<float>(0.4 + 0.2 * std::sin(t * 0.03 + d)));
                }
                double dot = 0, a = 0, b = 0, l2 = 0;
                for (int d = 0; d < kDims; ++d) {
                    const double u = std::sin(t * 0.05 + d * 0.7),
                                 v = u + 0.5 * std::sin(t * 0.021 + d * 1.9 + static_cast<double>(options.seed));
                    trace.uImagined.push_back(static_cast<float>(v));
                    if (options.cmaTruth) trace.uTrue.push_back(static_cast<float>(u));
                    dot += u * v, a += u * u, b += v * v, l2 += (u - v) * (u - v);
                }
                if (options.cmaTruth) {
                    trace.cosine.push_back(static_cast<float>(dot / std::sqrt(a * b + 1e-9)));
                    trace.l2.push_back(static_cast<float>(std::sqrt(l2 / kDims)));
                }
            }
            r.cma.push_back(std::move(trace));
        }
    }
    ModelInfo m_info;
    FakeOptions m_options;
    FakeBackend& m_backend;
};

ModelInfo model(const char* name, const char* label, const char* host, const char* condition, bool sites,
                bool weights = true) {
    ModelInfo info;
    info.name = name, info.label = label, info.host = host, info.condition = condition;
    info.parameters = 1234567, info.modalities = {Modality::Face, Modality::Speech};
    info.needsCheckpoint = info.condition != "baseline";
    if (weights) info.checkpoint = std::string("fake/") + name + ".safetensors";
    if (sites) info.attentionSites = {"u_ea_s/cross", "u_ea_s/self_x", "u_ea_f/cross", "m_ea/cross", "decoder_1/self"};
    return info;
}

} // namespace

void fakeFace(int frame, int who, float* emotion25, float* coeffs58) {
    const double t = frame / 25.0, p = who * 0.37;
    for (int i = 0; i < kEmotionDims; ++i) {
        const double base = wave(t, 0.5 + 0.03 * i, 1.3 + 0.05 * i, i * 0.9) * 0.8 + wave(t, 0.9, 2.3, p + i) * 0.2;
        emotion25[i] =
            static_cast<float>(i == kValence || i == kArousal ? 1.6 * (base - 0.5) : std::clamp(base * base, 0.0, 1.0));
    }
    std::fill_n(coeffs58, kCoeffDims, 0.0F);
    const auto set = [&](const char* name, double value) {
        coeffs58[shapeIndex(name)] = static_cast<float>(std::clamp(value, 0.0, 1.0));
    };
    set("mouthSmileLeft", emotion25[7]), set("mouthSmileRight", emotion25[7] * 0.95);
    set("browInnerUp", emotion25[0] * 0.7), set("jawOpen", 0.3 * emotion25[14]),
        set("cheekSquintLeft", emotion25[3] * 0.5);
    set("cheekSquintRight", emotion25[3] * 0.5);
    const double blink = std::fmod(t + p, 3.7) < 0.12 ? 1.0 : 0.05;
    set("eyeBlinkLeft", blink), set("eyeBlinkRight", blink);
    coeffs58[kShapeDims] = static_cast<float>(0.06 * std::sin(1.1 * t + p));
    coeffs58[kShapeDims + 1] = static_cast<float>(0.08 * std::sin(0.7 * t + 2 * p));
    coeffs58[kShapeDims + 2] = static_cast<float>(0.04 * std::sin(0.9 * t + p));
}

std::vector<ModelInfo> FakeBackend::models() {
    std::vector<ModelInfo> infos = {
        model("mime", "Mime", "mime", "baseline", false),
        model("regnn", "REGNN", "regnn", "original", false),
        model("regnn-emc", "REGNN + EMC", "regnn", "emc", true),
        model("trans-vae", "Trans-VAE", "trans-vae", "original", false),
        model("trans-vae-emc", "Trans-VAE + EMC", "trans-vae", "emc", true),
        model("trans-vae-emc-no-ea", "Trans-VAE + EMC without EA", "trans-vae", "emc-no-ea", true)};
    for (ModelInfo& info : infos)
        if (const auto chosen = m_weights.find(info.name); chosen != m_weights.end() && !chosen->second.empty())
            info.checkpoint = chosen->second;
    return infos;
}

std::unique_ptr<ReactionModel> FakeBackend::openModel(const std::string& name) {
    for (ModelInfo& info : models())
        if (info.name == name) return std::make_unique<FakeModel>(info, m_options, *this);
    throw Error(ErrorKind::Usage, "there is no model named \"" + name + "\"");
}

std::shared_ptr<const Clip> FakeBackend::openClip(const std::filesystem::path& path) {
    if (path.string().find("broken") != std::string::npos)
        throw Error(ErrorKind::BadInput, "clip.toml has no frames", path.string(), "Import the video again");
    return std::make_shared<FakeClip>(path, m_options, 1);
}

std::shared_ptr<const Clip> FakeBackend::openRealListener(const std::filesystem::path& clip) {
    return m_options.withListener ? std::make_shared<FakeClip>(clip / "listener", m_options, 2) : nullptr;
}

std::filesystem::path FakeBackend::demoClip() {
    return "/demo/demo_speaker";
}
std::unique_ptr<FrameReader> FakeBackend::openVideo(const std::filesystem::path&, int) {
    return std::make_unique<FakeVideo>(m_options.frames);
}

Waveform FakeBackend::waveform(const std::filesystem::path&, double bucketsPerSecond, JobContext& job) {
    Waveform w;
    w.rateHz = bucketsPerSecond;
    const int n = static_cast<int>(m_options.frames / kFrameRateHz * bucketsPerSecond);
    for (int i = 0; i < n; ++i) {
        job.checkpoint();
        const double t = i / bucketsPerSecond, word = std::max(0.0, std::sin(t * 2.4) + 0.4 * std::sin(t * 0.7));
        const double level = 0.7 * word * (0.3 + 0.7 * std::abs(std::sin(t * 17) * std::sin(t * 41))) + 0.02;
        w.high.push_back(static_cast<float>(level)), w.low.push_back(static_cast<float>(-level * 0.9)),
            w.rms.push_back(static_cast<float>(level * 0.5));
    }
    return w;
}

SoundBuffer FakeBackend::sound(const std::filesystem::path&, int rateHz) {
    SoundBuffer buffer;
    buffer.rateHz = rateHz;
    buffer.samples.assign(static_cast<std::size_t>(m_options.frames / kFrameRateHz * rateHz), 0.0F);
    return buffer;
}

IngestReport FakeBackend::ingest(const std::filesystem::path& video, const std::filesystem::path& clip,
                                 const IngestOptions&, JobContext& job) {
    if (video.string().find("broken") != std::string::npos)
        throw Error(ErrorKind::Unsupported, "the video codec is not known", video.string());
    for (int i = 0; i <= 20; ++i) job.progress(i, 20, "faces"), spend(2, job);
    IngestReport report;
    report.clip = clip, report.frames = 100, report.faceFrames = 90, report.rateHz = 25, report.hasSpeech = true;
    return report;
}

TrainResult FakeBackend::train(const TrainOptions& options, JobContext& job) {
    TrainResult result;
    result.run = options.run;
    const int steps = std::min(options.steps, m_options.trainSteps);
    for (int step = 1; step <= steps; ++step) {
        spend(m_options.msPerStep, job);
        job.progress(step, steps, "step");
        TrainEvent event;
        event.kind = "step", event.step = step, event.steps = steps;
        const double x = step / 60.0, noise = 0.04 * std::sin(step * 12.9);
        event.values = {{"loss", 3 * std::exp(-x) + 0.8 + noise},
                        {"rec", 2 * std::exp(-x) + 0.6 + noise},
                        {"kl", 0.8 * (1 - std::exp(-3 * x)) + noise / 4}};
        if (step % 20 == 0) event.values["val"] = 1.2 * std::exp(-x) + 0.9;
        job.publish(event);
        result.steps = step;
        if (job.finishEarlyRequested()) {
            result.finishedEarly = true;
            break;
        }
    }
    return result;
}

void FakeBackend::trainGroup(const TrainGroup& group, JobContext& job) {
    const std::size_t members = group.models.size() * group.seeds.size();
    const double steps = std::min(group.base.steps, m_options.trainSteps);
    double before = 0;
    for (const int seed : group.seeds)
        for (const std::string& model : group.models) {
            TrainOptions options = group.base;
            options.model = model, options.seed = seed;
            job.publish(TrainEvent{"member", 0, options.steps, {{"seed", double(seed)}}, model});
            JobContext part(
                [&](const JobEvent& event) {
                    const auto* progress = std::get_if<ProgressEvent>(&event);
                    if (progress) job.progress(before + progress->done, steps * static_cast<double>(members), model);
                    else job.publish(event);
                },
                job);
            if (train(options, part).finishedEarly) return;
            before += steps;
        }
}

TrainGroup FakeBackend::openGroup(const std::filesystem::path& folder) {
    throw Error(ErrorKind::NotFound, "there is no group of runs here", folder.string());
}

std::vector<RunInfo> FakeBackend::runs(const std::filesystem::path& folder) {
    return {{folder / "demo-emc", "demo-emc", "trans-vae-emc", "done", 800, 800, 0.412},
            {folder / "demo-plain", "demo-plain", "trans-vae", "interrupted", 300, 800, 0.455}};
}

std::vector<DoctorCheck> FakeBackend::doctor() {
    return {{"LibTorch", true, "2.11.0, CPU, 2 threads", ""},
            {"3D heads", true, "drawn by CPU, own rasteriser", ""},
            {"Sound", false, "no output device",
             "Connect a sound device or start PulseAudio; everything else works without."},
            {"Demo clip and weights", true, "found, hashes match", ""}};
}

std::map<std::string, double> FakeBackend::scores(const Reactions& reactions, const std::vector<std::vector<float>>&) {
    return {{"FRVar", reactions.samples > 1 ? 0.05 : 0.0}};
}

} // namespace emc
