#include "core/models/regnn_engine.h"

#include "core/api/error.h"
#include "core/nn/tokens.h"

namespace emc {

namespace {
constexpr int kWindowsAtOnceCpu = 96, kWindowsAtOnceCuda = 1024;
constexpr int kKeptWindows = 400; // of all kept clips and availabilities together
constexpr int kPatientIterations = 50;

std::string numberText(double x) {
    char text[32];
    std::snprintf(text, sizeof text, "%.3g", x);
    return text;
}

ClipInputs inputsOf(RegnnNet& net, int videoSize) {
    if (net->config().features == RegnnFeatures::BuiltIn) return ClipInputs(*net, videoSize);
    return ClipInputs(*net, videoSize, {"swin", kSwinDims}, {"vggish", kVggishDims});
}
} // namespace

struct RegnnEngine::Scene : EmcScene {
    std::vector<int> starts; // of the windows
    Known known;
    InverseReport inverse;

    int windows() const { return static_cast<int>(starts.size()); }
    bool windowed() const override { return true; }
    torch::Tensor cut(const torch::Tensor& x) const override { return cutWindows(x, starts); }
    torch::Tensor joined(const torch::Tensor& rows) const override {
        WindowJoiner joiner(tokens, starts);
        joiner.add(rows, 0, windows());
        return joiner.joined()[0];
    }
    torch::Tensor rowLatents(const std::vector<int>& samples, bool ofFace, std::int64_t dims, int first,
                             int count) const override {
        const torch::Tensor z = latents(samples, ofFace, dims);
        if (z.dim() == 2) return z.repeat_interleave(count, 0);
        return cutWindows(z, std::vector<int>(starts.begin() + first, starts.begin() + first + count));
    }
};

RegnnEngine::RegnnEngine(RegnnNet net, ModelInfo info, int videoSize, std::map<std::string, std::string> meta)
    : EmcEngine(net.ptr(), std::move(info), std::move(meta), inputsOf(net, videoSize)), m_net(std::move(net)),
      m_known(kKeptWindows) {}

std::int64_t RegnnEngine::Known::weight() const {
    return emotion.sample.defined() ? emotion.sample.size(0) : latent.x.defined() ? latent.x.size(0) : 1;
}

void RegnnEngine::forgetCaches() {
    EmcEngine::forgetCaches();
    m_known.clear();
}

std::unique_ptr<EmcScene> RegnnEngine::newScene() const {
    return std::make_unique<Scene>();
}

void RegnnEngine::begin(EmcScene& scene, const ClipInfo& info) {
    static_cast<Scene&>(scene).starts = windowStarts(scene.tokens);
    if (!scene.options.attention.empty() && scene.tokens > kLongestAttention)
        throw Error(ErrorKind::Unsupported,
                    "attention maps of " + std::to_string(scene.tokens) + " tokens would not fit into memory", info.id,
                    "Ask for the first " + std::to_string(kLongestAttention * scene.stride) + " frames");
}

std::unique_ptr<AttentionRecorder> RegnnEngine::recorderFor(const EmcScene& scene) const {
    return std::make_unique<WindowRecorder>(scene.options.attention, scene.tokens,
                                            static_cast<const Scene&>(scene).starts);
}

torch::Tensor RegnnEngine::tokens(bool face, const torch::Tensor& features, int stride,
                                  const std::vector<bool>& missing) {
    const torch::Tensor pooled = pooledTokens(features, stride, missing);
    return face ? m_net->encodeFace(pooled) : m_net->encodeSpeech(pooled);
}

void RegnnEngine::prepare(EmcScene& scene, AttentionRecorder* recorder) {
    Known& own = static_cast<Scene&>(scene).known;
    own.key = scene.key();
    if (const Known* known = recorder ? nullptr : m_known.find(own.key)) {
        own = *known;
        return;
    }
    own.emotion = sidesOf(scene, recorder);
}

RegnnEngine::Latent RegnnEngine::latentOf(Scene& scene, const std::vector<int>& samples, int first, int count,
                                          WindowRecorder* recorder) {
    const std::int64_t draws = scene.draws ? static_cast<std::int64_t>(samples.size()) : 1;
    const EmotionSides once = scene.known.emotion.narrowed(first, count);
    const auto refined = [&](bool face) {
        const torch::Tensor u = whole(scene, samples, face, first, count, recorder);
        const torch::Tensor e = m_net->unimodal(face, u, u.size(0) == count ? once : once.repeated(draws), recorder);
        return e.size(0) == draws * count ? e : e.repeat({draws, 1, 1}); // what is the same for all draws
    };
    const torch::Tensor face = refined(true), speech = refined(false);
    Latent latent;
    latent.x = m_net->nodes(m_net->fuse(face, speech, once.repeated(draws), recorder));
    latent.edges = m_net->edges(latent.x);
    if (recorder) recorder->addGraph(latent.edges);
    return latent;
}

torch::Tensor RegnnEngine::turnedRound(Scene& scene, const torch::Tensor& g, const torch::Tensor& edges, int first,
                                       int count) {
    // Iterates until nothing is left to change: rounded products would never come to rest.
    const MatrixPrecision exact(Precision::Float32);
    const torch::Tensor start = g.to(torch::kFloat32), graph = edges.to(torch::kFloat32);
    InverseOptions options = m_net->config().inverse();
    if (m_net->config().compat) options.group = count;
    InverseReport report;
    torch::Tensor y = m_net->motor()->inverse(start, graph, options, &report);
    if (!report.converged && options.iterations < kPatientIterations) { // the original gives up here
        options.iterations = kPatientIterations;
        y = m_net->motor()->inverse(start, graph, options, &report);
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

void RegnnEngine::sample(EmcScene& scene, const std::vector<int>& samples, const std::vector<int>& slots,
                         AttentionRecorder* recorder, Reactions& out, JobContext& job) {
    const torch::Tensor emotion = run(static_cast<Scene&>(scene), samples, static_cast<WindowRecorder*>(recorder), job);
    store(scene, emotion, slots, out.emotion);
    if (m_net->config().givesCoeffs())
        store(scene, m_net->coefficients(emotion.to(device())) + m_net->coeffMean(), slots, out.coeffs);
}

void RegnnEngine::describe(const EmcScene& scene, Reactions& out) const {
    const Scene& own = static_cast<const Scene&>(scene);
    out.meta["windows"] = std::to_string(own.windows());
    out.meta["inverse_iterations"] = std::to_string(own.inverse.iterations);
    out.meta["inverse_residual"] = numberText(own.inverse.residual);
    out.meta["inverse_worst_window"] = std::to_string(own.inverse.worst);
}

void RegnnEngine::remember(EmcScene& scene) {
    m_known.keep(static_cast<Scene&>(scene).known);
}

} // namespace emc
