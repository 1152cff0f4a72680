#include "core/models/trans_vae_trainable.h"

#include <array>

#include "core/api/error.h"
#include "core/models/trans_vae_losses.h"
#include "core/nn/checkpoint.h"

namespace emc {

namespace {
enum Variant { kBoth = 0, kFaceImagined = 1, kSpeechImagined = 2 };

struct Inputs {
    torch::Tensor face, speech;               // u^f, u^s
    torch::Tensor faceEmotion, speechEmotion; // (B,T,25), (B,T,10); undefined without EA
    int64_t batch = 0, frames = 0;
};

double overTime(const torch::Tensor& x) { // mean sd over time
    if (x.dim() != 3 || x.size(1) < 2) return 0;
    return x.detach().std(1, /*unbiased=*/false).mean().item<double>();
}

class TransVaeTrainable : public TrainableModel {
public:
    TransVaeTrainable(TrainOptions options, TransVaeNet network)
        : m_options(std::move(options)), m_net(std::move(network)) {
        if (m_options.encoder != "joint")
            for (torch::Tensor& p : m_net->videoEncoder()->parameters(true)) p.set_requires_grad(false);
    }

    torch::nn::Module& module() override { return *m_net; }
    StepLoss loss(const Batch& batch, torch::Generator generator, long step, long steps) override;
    std::map<std::string, double> validate(const Batch& batch, torch::Generator generator) override;
    std::map<std::string, std::string> metadata() const override;

private:
    Inputs read(const Batch& batch);
    torch::Tensor gaussian(std::vector<int64_t> shape, torch::Generator& generator) {
        return torch::randn(shape, generator, torch::kFloat32).to(device());
    }
    torch::Device device() { return m_net->coeffMean().device(); }
    torch::Tensor latentNoise(bool face, const Inputs& in, torch::Generator& generator) {
        const int64_t dims = m_net->cma(face)->latentDims();
        // compat draws per frame as models.md 4.4 writes it; `fixed` once per clip.
        return compat() ? gaussian({in.batch, in.frames, dims}, generator) : gaussian({in.batch, dims}, generator);
    }
    bool compat() const { return m_net->config().compat; }
    bool imagines() const { return m_net->config().cma; }
    torch::Tensor substitute(bool face, const Inputs& in, torch::Generator& generator);
    std::vector<int64_t> drawVariants(const Batch& batch, int64_t items, torch::Generator& generator);
    ReconstructionWeights weights() const {
        return {m_options.weightEmotion, m_options.weightExpression, m_options.weightPose};
    }

    TrainOptions m_options;
    TransVaeNet m_net;
};

Inputs TransVaeTrainable::read(const Batch& batch) {
    Inputs in;
    in.face = batch.faceFeatures.defined() ? batch.faceFeatures : m_net->videoEncoder()->forward(batch.frames);
    in.speech = m_net->encodeSpeech(batch.mfcc);
    in.batch = in.speech.size(0);
    in.frames = in.speech.size(1);
    if (m_net->config().ea) {
        in.faceEmotion = batch.speakerEmotion;
        in.speechEmotion = batch.speechEmotion;
        if (!in.speechEmotion.defined()) {
            torch::NoGradGuard off;
            in.speechEmotion = m_net->speechEmotion()->forward(batch.mfcc);
        }
    }
    if (!imagines()) { // the plain host: zeros stand in for what was dropped
        const auto drop = [](torch::Tensor& u, const torch::Tensor& dropped) {
            if (dropped.defined()) u = u.masked_fill(dropped.to(torch::kBool).view({-1, 1, 1}), 0);
        };
        drop(in.face, batch.faceDropped);
        drop(in.speech, batch.speechDropped);
    }
    return in;
}

// What is offered to the fusion in place of the modality `face`.
torch::Tensor TransVaeTrainable::substitute(bool face, const Inputs& in, torch::Generator& generator) {
    const torch::Tensor& target = face ? in.face : in.speech;
    const torch::Tensor& present = face ? in.speech : in.face;
    if (m_options.substitute == "zeros") return torch::zeros_like(target);
    torch::Tensor z = latentNoise(face, in, generator);
    if (compat()) { // half of the items from the posterior, half from the prior
        const CmaPosterior q = m_net->cma(face)->encode(m_net->standardiser(face)->standardised(target.detach()),
                                                        m_net->standardiser(!face)->standardised(present.detach()));
        const torch::Tensor coin = torch::rand({in.batch, 1, 1}, generator, torch::kFloat32).to(device()) < .5;
        z = torch::where(coin, q.mu + torch::exp(.5 * q.logVariance) * z, z);
    }
    return m_net->imagine(face, z, present);
}

// Which of the three fused inputs each item learns from. Modality dropout forces the variant of what was dropped.
std::vector<int64_t> TransVaeTrainable::drawVariants(const Batch& batch, int64_t items, torch::Generator& generator) {
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

StepLoss TransVaeTrainable::loss(const Batch& batch, torch::Generator generator, long step, long steps) {
    m_net->train();
    if (m_net->speechEmotion()) m_net->speechEmotion()->eval();
    const Inputs in = read(batch);
    StepLoss out;
    LatentDistribution z;
    EmotionSides sides;
    torch::Tensor extra; // the λ terms
    const auto add = [&](const char* name, const torch::Tensor& term, double weight) {
        out.parts[name] = term.item<double>();
        if (weight == 0) return;
        extra = extra.defined() ? extra + weight * term : weight * term;
    };

    if (!imagines()) {
        z = m_net->bottleneck(m_net->fuse(in.face, in.speech, {}));
    } else {
        m_net->standardiser(true)->update(in.face);
        m_net->standardiser(false)->update(in.speech);
        if (m_options.substitute != "zeros") {
            const double warmup =
                std::min(1.0, static_cast<double>(step + 1) / std::max(1.0, 0.1 * static_cast<double>(steps)));
            for (const bool face : {true, false}) {
                const torch::Tensor u = m_net->standardiser(face)->standardised(face ? in.face : in.speech);
                const torch::Tensor c = m_net->standardiser(!face)->standardised(face ? in.speech : in.face);
                const torch::Tensor prior = compat() ? torch::Tensor() : latentNoise(face, in, generator);
                const CmaLosses cvae = m_net->cma(face)->losses(u, c, latentNoise(face, in, generator), prior);
                torch::Tensor term = cvae.align + warmup * cvae.kl;
                if (cvae.prior.defined()) term = term + cvae.prior;
                const std::string name = face ? "cma_f" : "cma_s";
                add(name.c_str(), term, m_options.lambdaCma);
                out.parts[name + "_kl"] = cvae.kl.item<double>();
                out.parts[name + "_align"] =
                    (cvae.prior.defined() ? cvae.prior : cvae.align).item<double>() / kFeatureDims;
            }
        }
        const torch::Tensor face = substitute(true, in, generator), speech = substitute(false, in, generator);
        torch::Tensor withheld;
        if (m_net->config().ea && m_options.withholdEmotion > 0 && !compat())
            withheld =
                (torch::rand({in.batch, 1}, generator, torch::kFloat32) < m_options.withholdEmotion).to(device());
        const std::vector<int64_t> variants = drawVariants(batch, in.batch, generator);
        const torch::Tensor v = torch::tensor(variants, torch::kLong).to(device());
        // The frames of one item take one branch of the e-MLP: the substituted face goes with the emotion heard in the
        // speech.
        const auto speechBranch = [&](const torch::Tensor& items) {
            return items.view({-1, 1}).expand({-1, in.frames});
        };

        if (m_options.lambdaFusion > 0) {
            // All three fused inputs as one batch of 3B: both, face imagined, speech imagined.
            const torch::Tensor f = torch::cat({in.face, face, in.face}),
                                s = torch::cat({in.speech, in.speech, speech});
            EmotionSides all;
            if (m_net->config().ea) {
                const torch::Tensor isFaceImagined =
                    torch::cat({torch::zeros({in.batch}, torch::kBool), torch::ones({in.batch}, torch::kBool),
                                torch::zeros({in.batch}, torch::kBool)})
                        .to(device());
                all = m_net->emotionSides(in.faceEmotion.repeat({3, 1, 1}), in.speechEmotion.repeat({3, 1, 1}),
                                          speechBranch(isFaceImagined),
                                          withheld.defined() ? withheld.repeat({3, 1}) : withheld);
            }
            const LatentDistribution three =
                m_net->bottleneck(m_net->fuse(m_net->unimodal(true, f, all), m_net->unimodal(false, s, all), all));
            const auto part = [&](int64_t k) {
                return LatentDistribution{three.mu.narrow(0, k * in.batch, in.batch),
                                          three.logVariance.narrow(0, k * in.batch, in.batch)};
            };
            add("fusion", fusionLoss(part(kBoth), part(kFaceImagined), part(kSpeechImagined), !compat()),
                m_options.lambdaFusion);
            const torch::Tensor rows = v * in.batch + torch::arange(in.batch, torch::kLong).to(device());
            z = {three.mu.index_select(0, rows), three.logVariance.index_select(0, rows)};
            if (m_net->config().ea) sides.sample = all.sample.index_select(0, rows);
        } else {
            const auto pick = [&](const torch::Tensor& real, const torch::Tensor& other, int64_t which) {
                return torch::where((v == which).view({-1, 1, 1}), other, real);
            };
            sides = m_net->emotionSides(in.faceEmotion, in.speechEmotion,
                                        speechBranch(v == static_cast<int64_t>(kFaceImagined)), withheld);
            z = m_net->bottleneck(m_net->fuse(m_net->unimodal(true, pick(in.face, face, kFaceImagined), sides),
                                              m_net->unimodal(false, pick(in.speech, speech, kSpeechImagined), sides),
                                              sides));
        }
    }

    const int64_t width = z.mu.size(-1);
    const ReactionTensors y = m_net->decode(z.sample(gaussian({in.batch, width}, generator)), in.frames, sides);
    const torch::Tensor rec = reconstructionLoss(y, batch.listenerCoeffs, batch.listenerEmotion, weights());
    const torch::Tensor kl = standardKl(z);
    out.total = rec + m_options.kl * kl;
    if (m_options.diversity != 0) {
        ReactionTensors other;
        {
            torch::NoGradGuard off; // only what comes after the draw differs
            other = m_net->decode(z.sample(gaussian({in.batch, width}, generator)), in.frames, sides);
        }
        const torch::Tensor diversity = diversityLoss(y.coeffs, other.coeffs) + diversityLoss(y.emotion, other.emotion);
        out.parts["div"] = diversity.item<double>();
        out.total = out.total + m_options.diversity * diversity;
    }
    if (extra.defined()) out.total = out.total + extra;
    out.parts["rec"] = rec.item<double>();
    out.parts["kl"] = kl.item<double>();
    out.parts["loss"] = out.total.item<double>();
    // Falling to 0 means that the reaction has become constant in time (emc_effect.md 5).
    out.parts["sd_mu"] = overTime(z.mu);
    out.parts["sd_out"] = overTime(y.emotion);
    out.parts["sd_u"] = overTime(in.speech);
    return out;
}

std::map<std::string, double> TransVaeTrainable::validate(const Batch& batch, torch::Generator generator) {
    torch::NoGradGuard off;
    m_net->eval();
    const Inputs in = read(batch);
    std::map<std::string, double> values;
    const auto run = [&](Variant variant, const char* suffix) {
        torch::Tensor face = in.face, speech = in.speech;
        if (variant == kFaceImagined) face = substitute(true, in, generator);
        if (variant == kSpeechImagined) speech = substitute(false, in, generator);
        EmotionSides sides;
        if (m_net->config().ea) {
            const bool heard = variant == kFaceImagined;
            sides = m_net->emotionSides(heard ? torch::Tensor() : in.faceEmotion,
                                        heard ? in.speechEmotion : torch::Tensor(), {}, {});
        }
        const LatentDistribution z = m_net->bottleneck(
            m_net->fuse(m_net->unimodal(true, face, sides), m_net->unimodal(false, speech, sides), sides));
        const ReactionTensors y =
            m_net->decode(z.sample(gaussian({in.batch, z.mu.size(-1)}, generator)), in.frames, sides);
        values[std::string("rec") + suffix] =
            reconstructionLoss(y, batch.listenerCoeffs, batch.listenerEmotion, weights()).item<double>();
        if (variant == kBoth) {
            values["kl"] = standardKl(z).item<double>();
            values["sd_out"] = overTime(y.emotion);
        }
    };
    run(kBoth, "");
    if (imagines()) {
        run(kFaceImagined, "_no_face");
        run(kSpeechImagined, "_no_speech");
    }
    return values;
}

std::map<std::string, std::string> TransVaeTrainable::metadata() const {
    return {{"format", "emc-studio 1"},
            {"model", m_net->config().modelName()},
            {"variant", compat() ? "compat" : "fixed"},
            {"stride", std::to_string(m_net->config().stride)},
            {"substitute", m_options.substitute},
            {"video_size", std::to_string(m_options.videoSize)},
            {"options", writeTrainOptions(m_options)}};
}
} // namespace

std::shared_ptr<TrainableModel> makeTransVaeTrainable(const TrainOptions& options, TransVaeNet network) {
    if (options.substitute != "cma" && options.substitute != "zeros")
        throw Error(ErrorKind::Usage, "there is no substitute named \"" + options.substitute + "\"", {},
                    "Use cma or zeros");
    return std::make_shared<TransVaeTrainable>(options, std::move(network));
}

std::shared_ptr<TrainableModel> makeTransVaeTrainable(const TrainOptions& options) {
    TransVaeConfig config = TransVaeConfig::of(options.model, options.variant);
    config.stride = std::max(1, options.stride); // 0 = nobody asked
    config.seed = static_cast<std::uint64_t>(options.seed);
    return makeTransVaeTrainable(options, TransVaeNet(config));
}

} // namespace emc
