#include "core/models/emc_training.h"

#include <array>

#include "core/api/error.h"

namespace emc {

void LossTerms::add(const std::string& name, const torch::Tensor& term, double weight) {
    out.parts[name] = term.item<double>();
    if (weight == 0) return;
    extra = extra.defined() ? extra + weight * term : weight * term;
}

EmcTrainable::EmcTrainable(const TrainOptions& options, std::shared_ptr<EmcNetwork> network)
    : m_options(options), m_network(std::move(network)) {
    if (options.substitute != "cma" && options.substitute != "zeros")
        throw Error(ErrorKind::Usage, "there is no substitute named \"" + options.substitute + "\"", {},
                    "Use cma or zeros");
    if (options.encoder != "joint" && m_network->frameEncoder())
        for (torch::Tensor& p : m_network->frameEncoder()->parameters(true)) p.set_requires_grad(false);
}

std::map<std::string, std::string> EmcTrainable::metadata() const {
    std::map<std::string, std::string> meta = {{"format", "emc-studio 1"},
                                               {"model", m_network->modelName()},
                                               {"variant", compat() ? "compat" : "fixed"},
                                               {"stride", std::to_string(m_network->emc().stride)},
                                               {"substitute", m_options.substitute},
                                               {"video_size", std::to_string(m_options.videoSize)},
                                               {"options", writeTrainOptions(m_options)}};
    if (m_network->emc().window > 0) meta["window"] = std::to_string(m_network->emc().window);
    return meta;
}

void EmcTrainable::startStep() {
    m_network->train();
    if (m_network->speechEmotion()) m_network->speechEmotion()->eval();
}

EmcInputs EmcTrainable::read(const Batch& batch) {
    EmcInputs in;
    in.face = m_network->encodeFace(batch.faceFeatures.defined() ? batch.faceFeatures
                                                                 : m_network->frameEncoder()->forward(batch.frames));
    in.speech = m_network->encodeSpeech(batch.mfcc);
    in.items = in.speech.size(0);
    if (m_network->emc().ea) {
        in.faceEmotion = batch.speakerEmotion;
        in.speechEmotion = batch.speechEmotion;
        if (!in.speechEmotion.defined()) {
            torch::NoGradGuard off;
            in.speechEmotion = m_network->speechEmotion()->forward(batch.mfcc);
        }
    }
    if (imagines()) return in;
    const auto drop = [](torch::Tensor& u, const torch::Tensor& dropped) { // the plain host: zeros stand in
        if (dropped.defined()) u = u.masked_fill(dropped.to(torch::kBool).view({-1, 1, 1}), 0);
    };
    drop(in.face, batch.faceDropped);
    drop(in.speech, batch.speechDropped);
    return in;
}

torch::Tensor EmcTrainable::latentNoise(bool face, const EmcInputs& in, torch::Generator& generator) {
    const int64_t dims = m_network->cma(face)->latentDims();
    // compat draws per frame as models.md 4.4 writes it; `fixed` once per clip.
    if (compat()) return gaussian({in.rows(), in.frames(), dims}, generator);
    return gaussian({in.items, dims}, generator).repeat_interleave(in.each, 0);
}

// What is offered to the fusion in place of the modality `face`.
torch::Tensor EmcTrainable::substitute(bool face, const EmcInputs& in, torch::Generator& generator) {
    const torch::Tensor& target = face ? in.face : in.speech;
    const torch::Tensor& present = face ? in.speech : in.face;
    if (m_options.substitute == "zeros") return torch::zeros_like(target);
    torch::Tensor z = latentNoise(face, in, generator);
    if (compat()) { // half of the items from the posterior, half from the prior
        const CmaPosterior q = m_network->cma(face)->encode(
            m_network->standardiser(face)->standardised(target.detach()),
            m_network->standardiser(!face)->standardised(present.detach()), m_network->windowMask(in.frames()));
        const torch::Tensor coin = torch::rand({in.rows(), 1, 1}, generator, torch::kFloat32).to(device()) < .5;
        z = torch::where(coin, q.mu + torch::exp(.5 * q.logVariance) * z, z);
    }
    return m_network->imagine(face, z, present);
}

// Which of the three fused inputs each clip learns from. Modality dropout forces the variant of what was dropped.
std::vector<int64_t> EmcTrainable::drawVariants(const Batch& batch, int64_t items, torch::Generator& generator) {
    std::array<double, 3> p = {.6, .2, .2};
    if (compat()) p = {.5, .25, .25};
    else if (!m_network->emc().ea) p = {.4, .3, .3};
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

void EmcTrainable::learnToImagine(const EmcInputs& in, torch::Generator& generator, double warmup, LossTerms& terms) {
    for (const bool face : {true, false}) {
        const torch::Tensor u = m_network->standardiser(face)->standardised(face ? in.face : in.speech),
                            c = m_network->standardiser(!face)->standardised(face ? in.speech : in.face);
        const torch::Tensor prior = compat() ? torch::Tensor() : latentNoise(face, in, generator);
        const CmaLosses cvae = m_network->cma(face)->losses(u, c, latentNoise(face, in, generator), prior,
                                                            m_network->windowMask(in.frames()));
        torch::Tensor term = cvae.align + warmup * cvae.kl;
        if (cvae.prior.defined()) term = term + cvae.prior;
        const std::string name = face ? "cma_f" : "cma_s";
        terms.add(name, term, m_options.lambdaCma);
        terms.out.parts[name + "_kl"] = cvae.kl.item<double>();
        terms.out.parts[name + "_align"] =
            (cvae.prior.defined() ? cvae.prior : cvae.align).item<double>() / static_cast<double>(m_network->width());
    }
}

PerceivedWith EmcTrainable::learn(const Batch& batch, const EmcInputs& in, torch::Generator& generator, long step,
                                  long steps, LossTerms& terms) {
    if (!imagines()) return {perceived(in.face, in.speech, {}), {}};
    const bool ea = m_network->emc().ea;
    m_network->standardiser(true)->update(in.face);
    m_network->standardiser(false)->update(in.speech);
    if (m_options.substitute != "zeros")
        learnToImagine(in, generator,
                       std::min(1.0, static_cast<double>(step + 1) / std::max(1.0, .1 * static_cast<double>(steps))),
                       terms);
    const torch::Tensor face = substitute(true, in, generator), speech = substitute(false, in, generator);
    torch::Tensor withheld; // (rows,1)
    if (ea && m_options.withholdEmotion > 0 && !compat())
        withheld = (torch::rand({in.items, 1}, generator, torch::kFloat32) < m_options.withholdEmotion)
                       .repeat_interleave(in.each, 0)
                       .to(device());
    const torch::Tensor v =
        torch::tensor(drawVariants(batch, in.items, generator), torch::kLong).repeat_interleave(in.each).to(device());
    // The frames of one row take one branch of the e-MLP: the substituted face goes with the emotion heard in the
    // speech.
    const auto speechBranch = [&](const torch::Tensor& rows) { return rows.view({-1, 1}).expand({-1, in.frames()}); };
    PerceivedWith out;
    if (m_options.lambdaFusion <= 0) {
        const auto pick = [&](const torch::Tensor& real, const torch::Tensor& other, int64_t which) {
            return torch::where((v == which).view({-1, 1, 1}), other, real);
        };
        out.sides = m_network->emotionSides(in.faceEmotion, in.speechEmotion,
                                            speechBranch(v == static_cast<int64_t>(kFaceImagined)), withheld);
        out.values = perceived(pick(in.face, face, kFaceImagined), pick(in.speech, speech, kSpeechImagined), out.sides);
        return out;
    }
    // All three fused inputs as one batch: both, face imagined, speech imagined.
    const int64_t n = in.rows();
    EmotionSides sides;
    if (ea) {
        torch::Tensor imagined = torch::zeros({3 * n}, torch::kBool);
        imagined.narrow(0, n, n).fill_(true);
        sides = m_network->emotionSides(in.faceEmotion.repeat({3, 1, 1}), in.speechEmotion.repeat({3, 1, 1}),
                                        speechBranch(imagined.to(device())),
                                        withheld.defined() ? withheld.repeat({3, 1}) : withheld);
    }
    const Perceived three =
        perceived(torch::cat({in.face, face, in.face}), torch::cat({in.speech, in.speech, speech}), sides);
    const auto part = [&](int64_t k) {
        Perceived one;
        for (const torch::Tensor& x : three) one.push_back(x.narrow(0, k * n, n));
        return one;
    };
    terms.add("fusion", fusionTerm(part(kBoth), part(kFaceImagined), part(kSpeechImagined)), m_options.lambdaFusion);
    const torch::Tensor rows = v * n + torch::arange(n, torch::kLong).to(device());
    for (const torch::Tensor& x : three) out.values.push_back(x.index_select(0, rows));
    out.sides = sides.rows(rows);
    return out;
}

PerceivedWith EmcTrainable::seenAs(EmcVariant variant, const EmcInputs& in, torch::Generator& generator) {
    const torch::Tensor face = variant == kFaceImagined ? substitute(true, in, generator) : in.face,
                        speech = variant == kSpeechImagined ? substitute(false, in, generator) : in.speech;
    PerceivedWith out;
    if (m_network->emc().ea) {
        const bool heard = variant == kFaceImagined;
        out.sides = m_network->emotionSides(heard ? torch::Tensor() : in.faceEmotion,
                                            heard ? in.speechEmotion : torch::Tensor(), {}, {});
    }
    out.values = perceived(face, speech, out.sides);
    return out;
}

} // namespace emc
