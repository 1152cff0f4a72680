#include "core/models/regnn_trainable.h"

#include <array>

#include "core/api/error.h"
#include "core/api/vectors.h"
#include "core/models/regnn_losses.h"
#include "core/models/regnn_windows.h"

namespace emc {

namespace {
enum Variant { kBoth = 0, kFaceImagined = 1, kSpeechImagined = 2 };

// In `fixed` the authors' criterion shapes the space that samples are drawn in; the reaction itself is the aim.
constexpr double kLatentWeight = 0.1;
// An attribute that never moves in the first batch would otherwise be blown up without bound.
constexpr double kSmallestDeviation = 0.05;
// Enough for 1e-4 in training, with gradient through each.
constexpr int kTrainedIterations = 6;

struct Inputs {
    std::vector<int> starts;
    torch::Tensor face, speech;               // u of the windows (N,50,128)
    torch::Tensor faceEmotion, speechEmotion; // (N,50,25), (N,50,10); undefined without EA
    torch::Tensor listener;                   // (N,50,25)
    int64_t items = 0, each = 0;              // clips of the batch, windows of each
    int64_t windows() const { return items * each; }
};

double overTime(const torch::Tensor& x) { // mean sd along the last axis
    return x.detach().std(-1, /*unbiased=*/false).mean().item<double>();
}

class RegnnTrainable : public TrainableModel {
public:
    RegnnTrainable(TrainOptions options, RegnnNet network) : m_options(std::move(options)), m_net(std::move(network)) {
        if (m_options.encoder != "joint" && m_net->frameEncoder())
            for (torch::Tensor& p : m_net->frameEncoder()->parameters(true)) p.set_requires_grad(false);
        if (!compat()) return;
        // What the original stores without ever using it gets no gradient, and must get no weight decay either.
        for (auto& item : m_net->named_parameters(true))
            for (const char* unused : {"cognitive_processor.dll.", "motor_processor.l", "motor_processor.u"})
                if (item.key().starts_with(unused)) item.value().set_requires_grad(false);
    }

    torch::nn::Module& module() override { return *m_net; }
    StepLoss loss(const Batch& batch, torch::Generator generator, long step, long steps) override;
    std::map<std::string, double> validate(const Batch& batch, torch::Generator generator) override;
    std::map<std::string, std::string> metadata() const override;

private:
    bool compat() const { return m_net->config().compat; }
    bool imagines() const { return m_net->config().cma; }
    torch::Device device() { return m_net->coeffMean().device(); }
    torch::Tensor gaussian(std::vector<int64_t> shape, torch::Generator& generator) {
        return torch::randn(shape, generator, torch::kFloat32).to(device());
    }
    Inputs read(const Batch& batch, const std::vector<int>& starts);
    torch::Tensor latentNoise(bool face, const Inputs& in, torch::Generator& generator);
    torch::Tensor substitute(bool face, const Inputs& in, torch::Generator& generator);
    std::vector<int64_t> drawVariants(const Batch& batch, int64_t items, torch::Generator& generator);
    // Noise around x: as the sampler of the engine makes it.
    torch::Tensor sampleNoise(const Inputs& in, int64_t tokens, torch::Generator& generator);
    torch::Tensor perceived(const torch::Tensor& face, const torch::Tensor& speech, const RegnnEmotion& emotion) {
        return m_net->nodes(
            m_net->fuse(m_net->unimodal(true, face, emotion), m_net->unimodal(false, speech, emotion), emotion));
    }
    double weighted(const torch::Tensor& emotion, const torch::Tensor& coeffs, const Batch& batch);

    TrainOptions m_options;
    RegnnNet m_net;
};

Inputs RegnnTrainable::read(const Batch& batch, const std::vector<int>& starts) {
    Inputs in;
    in.starts = starts;
    in.items = batch.listenerEmotion.size(0);
    in.each = static_cast<int64_t>(starts.size());
    const torch::Tensor features =
        batch.faceFeatures.defined() ? batch.faceFeatures : m_net->frameEncoder()->forward(batch.frames);
    torch::Tensor face = m_net->encodeFace(features), speech = m_net->encodeSpeech(batch.mfcc);
    if (!imagines()) { // the plain host: zeros stand in for what was dropped
        const auto drop = [](torch::Tensor& u, const torch::Tensor& dropped) {
            if (dropped.defined()) u = u.masked_fill(dropped.to(torch::kBool).view({-1, 1, 1}), 0);
        };
        drop(face, batch.faceDropped);
        drop(speech, batch.speechDropped);
    }
    in.face = cutWindows(face, starts);
    in.speech = cutWindows(speech, starts);
    in.listener = cutWindows(batch.listenerEmotion, starts);
    if (m_net->config().ea) {
        torch::Tensor heard = batch.speechEmotion;
        if (!heard.defined()) {
            torch::NoGradGuard off;
            heard = m_net->speechEmotion()->forward(batch.mfcc);
        }
        in.faceEmotion = cutWindows(batch.speakerEmotion, starts);
        in.speechEmotion = cutWindows(heard, starts);
    }
    return in;
}

torch::Tensor RegnnTrainable::latentNoise(bool face, const Inputs& in, torch::Generator& generator) {
    const int64_t dims = m_net->cma(face)->latentDims();
    // compat draws per frame as models.md 4.4 writes it; `fixed` once per clip.
    if (compat()) return gaussian({in.windows(), kWindowFrames, dims}, generator);
    return gaussian({in.items, dims}, generator).repeat_interleave(in.each, 0);
}

// What is offered to the fusion in place of the modality `face`.
torch::Tensor RegnnTrainable::substitute(bool face, const Inputs& in, torch::Generator& generator) {
    const torch::Tensor& target = face ? in.face : in.speech;
    const torch::Tensor& present = face ? in.speech : in.face;
    if (m_options.substitute == "zeros") return torch::zeros_like(target);
    torch::Tensor z = latentNoise(face, in, generator);
    if (compat()) { // half of the items from the posterior, half from the prior
        const CmaPosterior q = m_net->cma(face)->encode(m_net->standardiser(face)->standardised(target.detach()),
                                                        m_net->standardiser(!face)->standardised(present.detach()));
        const torch::Tensor coin = torch::rand({in.windows(), 1, 1}, generator, torch::kFloat32).to(device()) < .5;
        z = torch::where(coin, q.mu + torch::exp(.5 * q.logVariance) * z, z);
    }
    return m_net->imagine(face, z, present);
}

// Which of the three fused inputs each clip learns from. Modality dropout forces the variant of what was dropped.
std::vector<int64_t> RegnnTrainable::drawVariants(const Batch& batch, int64_t items, torch::Generator& generator) {
    std::array<double, 3> p = {.6, .2, .2};
    if (compat()) p = {.5, .25, .25};
    else if (!m_net->config().ea) p = {.4, .3, .3};
    const torch::Tensor u = torch::rand({items}, generator, torch::kFloat32);
    const auto flag = [&](const torch::Tensor& dropped, int64_t i) {
        return dropped.defined() && dropped[i].item<bool>();
    };
    std::vector<int64_t> variants;
    for (int64_t i = 0; i < items; ++i) {
        const double x = u[i].item<float>();
        int64_t v = x < p[0] ? kBoth : x < p[0] + p[1] ? kFaceImagined : kSpeechImagined;
        if (flag(batch.faceDropped, i)) v = kFaceImagined;
        else if (flag(batch.speechDropped, i)) v = kSpeechImagined;
        variants.push_back(v);
    }
    return variants;
}

torch::Tensor RegnnTrainable::sampleNoise(const Inputs& in, int64_t tokens, torch::Generator& generator) {
    if (compat()) return limitedNoise(gaussian({in.windows(), kGraphNodes, kWindowFrames}, generator));
    std::vector<torch::Tensor> clips;
    const torch::Tensor seeds = torch::randint(1LL << 40, {in.items}, generator, torch::kLong);
    for (int64_t i = 0; i < in.items; ++i)
        clips.push_back(windowNoise(static_cast<std::uint64_t>(seeds[i].item<int64_t>()), static_cast<int>(tokens),
                                    in.starts, m_net->config().stride, false));
    return torch::cat(clips).to(device());
}

StepLoss RegnnTrainable::loss(const Batch& batch, torch::Generator generator, long step, long steps) {
    m_net->train();
    if (m_net->speechEmotion()) m_net->speechEmotion()->eval();
    const int64_t tokens = batch.listenerEmotion.size(1);
    // Crops begin anywhere, so windows need not overlap here.
    std::vector<int> starts = {0};
    while (starts.back() + 2 * kWindowFrames <= tokens)
        starts.push_back(starts.back() + static_cast<int>(kWindowFrames));
    const Inputs in = read(batch, starts);
    StepLoss out;
    torch::Tensor extra; // the λ terms
    const auto add = [&](const std::string& name, const torch::Tensor& term, double weight) {
        out.parts[name] = term.item<double>();
        if (weight == 0) return;
        extra = extra.defined() ? extra + weight * term : weight * term;
    };

    torch::Tensor x;
    RegnnEmotion emotion;
    if (!imagines()) {
        x = perceived(in.face, in.speech, {});
    } else {
        m_net->standardiser(true)->update(in.face);
        m_net->standardiser(false)->update(in.speech);
        if (m_options.substitute != "zeros") {
            const double warmup =
                std::min(1.0, static_cast<double>(step + 1) / std::max(1.0, .1 * static_cast<double>(steps)));
            for (const bool face : {true, false}) {
                const torch::Tensor u = m_net->standardiser(face)->standardised(face ? in.face : in.speech),
                                    c = m_net->standardiser(!face)->standardised(face ? in.speech : in.face);
                const torch::Tensor prior = compat() ? torch::Tensor() : latentNoise(face, in, generator);
                const CmaLosses cvae = m_net->cma(face)->losses(u, c, latentNoise(face, in, generator), prior);
                torch::Tensor term = cvae.align + warmup * cvae.kl;
                if (cvae.prior.defined()) term = term + cvae.prior;
                const std::string name = face ? "cma_f" : "cma_s";
                add(name, term, m_options.lambdaCma);
                out.parts[name + "_kl"] = cvae.kl.item<double>();
                out.parts[name + "_align"] =
                    (cvae.prior.defined() ? cvae.prior : cvae.align).item<double>() / static_cast<double>(kMultWidth);
            }
        }
        const torch::Tensor face = substitute(true, in, generator), speech = substitute(false, in, generator);
        torch::Tensor withheld; // (N,1)
        if (m_net->config().ea && m_options.withholdEmotion > 0 && !compat())
            withheld = (torch::rand({in.items, 1}, generator, torch::kFloat32) < m_options.withholdEmotion)
                           .repeat_interleave(in.each, 0)
                           .to(device());
        const torch::Tensor v = torch::tensor(drawVariants(batch, in.items, generator), torch::kLong)
                                    .repeat_interleave(in.each)
                                    .to(device());
        // The frames of one window take one branch of the e-MLP: the substituted face goes with the emotion heard in
        // the speech.
        const auto speechBranch = [&](const torch::Tensor& windows) {
            return windows.view({-1, 1}).expand({-1, kWindowFrames});
        };
        if (m_options.lambdaFusion > 0) {
            // All three fused inputs as one batch: both, face imagined, speech imagined.
            const int64_t n = in.windows();
            RegnnEmotion three;
            if (m_net->config().ea) {
                torch::Tensor imagined = torch::zeros({3 * n}, torch::kBool);
                imagined.narrow(0, n, n).fill_(true);
                three = m_net->emotionSides(in.faceEmotion.repeat({3, 1, 1}), in.speechEmotion.repeat({3, 1, 1}),
                                            speechBranch(imagined.to(device())),
                                            withheld.defined() ? withheld.repeat({3, 1}) : withheld);
            }
            const torch::Tensor all =
                perceived(torch::cat({in.face, face, in.face}), torch::cat({in.speech, in.speech, speech}), three);
            add("fusion", regnnFusionLoss(all.narrow(0, 0, n), all.narrow(0, n, n), all.narrow(0, 2 * n, n)),
                m_options.lambdaFusion);
            const torch::Tensor rows = v * n + torch::arange(n, torch::kLong).to(device());
            x = all.index_select(0, rows);
            emotion = three.rows(rows);
        } else {
            const auto pick = [&](const torch::Tensor& real, const torch::Tensor& other, int64_t which) {
                return torch::where((v == which).view({-1, 1, 1}), other, real);
            };
            emotion = m_net->emotionSides(in.faceEmotion, in.speechEmotion,
                                          speechBranch(v == static_cast<int64_t>(kFaceImagined)), withheld);
            x = perceived(pick(in.face, face, kFaceImagined), pick(in.speech, speech, kSpeechImagined), emotion);
        }
    }

    const torch::Tensor edges = m_net->edges(x), listener = in.listener.transpose(1, 2);
    torch::Tensor z; // where the real reactions lie in motor space
    if (m_net->started().item<float>() == 0.f) {
        z = m_net->motor()->forwardFromFirstBatch(listener, edges, compat() ? 0.0 : kSmallestDeviation);
        m_net->started().fill_(1);
    } else {
        z = m_net->motor()->forward(listener, edges);
    }
    // S-EA stands between the sample and the motor processor, so it needs a noisy sample; the plain host of the
    // original compares the mean itself.
    const bool noisy = !compat() || m_net->config().ea;
    const torch::Tensor g = noisy ? m_net->refined(x + sampleNoise(in, tokens, generator), emotion) : x;
    torch::Tensor state = m_net->thresholdState();
    const std::vector<int64_t> lengths(static_cast<std::size_t>(in.windows()), 1);
    const NearestLoss nearest = nearestLoss(g, z, lengths, thresholdOf(state));
    const torch::Tensor middle = middleLoss(z, lengths);
    countTowardsThreshold(state, nearest.raw.item<double>());
    const torch::Tensor latent = nearest.thresholded + middle;
    out.parts["nearest"] = nearest.raw.item<double>();
    out.parts["tau"] = thresholdOf(state);
    out.parts["sd_x"] = overTime(x);
    if (compat()) {
        out.total = latent;
    } else {
        InverseOptions turn;
        turn.iterations = kTrainedIterations;
        turn.step = 1e-4;
        const torch::Tensor y = m_net->motor()->inverse(g, edges, turn).transpose(1, 2);
        const torch::Tensor coeffs = m_net->coefficients(y), real = cutWindows(batch.listenerCoeffs, in.starts);
        constexpr int64_t kPoseDims = kCoeffDims - kShapeDims;
        const torch::Tensor rec = m_options.weightEmotion * torch::mse_loss(y, in.listener) +
                                  m_options.weightExpression * torch::mse_loss(coeffs.narrow(-1, 0, kShapeDims),
                                                                               real.narrow(-1, 0, kShapeDims)) +
                                  m_options.weightPose * torch::mse_loss(coeffs.narrow(-1, kShapeDims, kPoseDims),
                                                                         real.narrow(-1, kShapeDims, kPoseDims));
        out.parts["rec"] = rec.item<double>();
        out.parts["sd_out"] = overTime(y.transpose(1, 2));
        out.total = rec + kLatentWeight * latent;
    }
    if (extra.defined()) out.total = out.total + extra;
    out.parts["loss"] = out.total.item<double>();
    return out;
}

double RegnnTrainable::weighted(const torch::Tensor& emotion, const torch::Tensor& coeffs, const Batch& batch) {
    const torch::Tensor d = (coeffs - batch.listenerCoeffs).square();
    return m_options.weightEmotion * torch::mse_loss(emotion, batch.listenerEmotion).item<double>() +
           m_options.weightExpression * d.narrow(-1, 0, kShapeDims).mean().item<double>() +
           m_options.weightPose * d.narrow(-1, kShapeDims, kCoeffDims - kShapeDims).mean().item<double>();
}

std::map<std::string, double> RegnnTrainable::validate(const Batch& batch, torch::Generator generator) {
    torch::NoGradGuard off;
    m_net->eval();
    const auto tokens = static_cast<int>(batch.listenerEmotion.size(1));
    const Inputs in = read(batch, windowStarts(tokens));
    std::map<std::string, double> values;
    const auto run = [&](Variant variant, const char* suffix) {
        torch::Tensor face = in.face, speech = in.speech;
        if (variant == kFaceImagined) face = substitute(true, in, generator);
        if (variant == kSpeechImagined) speech = substitute(false, in, generator);
        RegnnEmotion emotion;
        if (m_net->config().ea) {
            const bool heard = variant == kFaceImagined;
            emotion = m_net->emotionSides(heard ? torch::Tensor() : in.faceEmotion,
                                          heard ? in.speechEmotion : torch::Tensor(), {}, {});
        }
        const torch::Tensor x = perceived(face, speech, emotion), edges = m_net->edges(x);
        const torch::Tensor g = m_net->refined(x + sampleNoise(in, tokens, generator), emotion);
        InverseReport report;
        const torch::Tensor windows =
            m_net->motor()->inverse(g, edges, InverseOptions{}, &report).transpose(1, 2).contiguous();
        WindowJoiner joiner(tokens, in.starts);
        joiner.add(windows, 0, static_cast<int>(in.each)); // windows of one clip lie together
        const torch::Tensor y = joiner.joined().to(device());
        // compat gives no coefficients: the mean listener's (0 here) stand in, so that the number can be compared.
        const torch::Tensor coeffs =
            m_net->config().givesCoeffs() ? m_net->coefficients(y) : torch::zeros_like(batch.listenerCoeffs);
        values[std::string("rec") + suffix] = weighted(y, coeffs, batch);
        if (variant != kBoth) return;
        values["sd_out"] = overTime(y.transpose(1, 2));
        values["inverse_iterations"] = report.iterations;
        values["inverse_residual"] = report.residual;
    };
    run(kBoth, "");
    if (imagines()) {
        run(kFaceImagined, "_no_face");
        run(kSpeechImagined, "_no_speech");
    }
    return values;
}

std::map<std::string, std::string> RegnnTrainable::metadata() const {
    return {{"format", "emc-studio 1"},
            {"model", m_net->config().modelName()},
            {"variant", compat() ? "compat" : "fixed"},
            {"inputs", "built-in"},
            {"stride", std::to_string(m_net->config().stride)},
            {"substitute", m_options.substitute},
            {"video_size", std::to_string(m_options.videoSize)},
            {"options", writeTrainOptions(m_options)}};
}
} // namespace

std::shared_ptr<TrainableModel> makeRegnnTrainable(const TrainOptions& options, RegnnNet network) {
    if (options.substitute != "cma" && options.substitute != "zeros")
        throw Error(ErrorKind::Usage, "there is no substitute named \"" + options.substitute + "\"", {},
                    "Use cma or zeros");
    return std::make_shared<RegnnTrainable>(options, std::move(network));
}

std::shared_ptr<TrainableModel> makeRegnnTrainable(const TrainOptions& options) {
    RegnnConfig config = RegnnConfig::of(options.model, options.variant);
    config.stride = std::max(1, options.stride); // 0 = nobody asked
    config.seed = static_cast<std::uint64_t>(options.seed);
    return makeRegnnTrainable(options, RegnnNet(config));
}

} // namespace emc
