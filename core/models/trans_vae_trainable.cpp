#include "core/models/trans_vae_trainable.h"

#include "core/models/emc_training.h"
#include "core/models/trans_vae_losses.h"

namespace emc {

namespace {
double overTime(const torch::Tensor& x) { // mean sd over time
    if (x.dim() != 3 || x.size(1) < 2) return 0;
    return x.detach().std(1, /*unbiased=*/false).mean().item<double>();
}

LatentDistribution distribution(const Perceived& values) {
    return {values[0], values[1]};
}

class TransVaeTrainable : public EmcTrainable {
public:
    TransVaeTrainable(const TrainOptions& options, TransVaeNet network)
        : EmcTrainable(options, network.ptr()), m_net(std::move(network)) {}

    StepLoss loss(const Batch& batch, torch::Generator generator, long step, long steps) override;
    std::map<std::string, double> validate(const Batch& batch, torch::Generator generator) override;

private:
    Perceived perceived(const torch::Tensor& face, const torch::Tensor& speech, const EmotionSides& sides) override {
        const torch::Tensor fused =
            m_net->fuse(m_net->unimodal(true, face, sides), m_net->unimodal(false, speech, sides), sides);
        if (online()) return {fused}; // Z depends on what is answered on the way
        const LatentDistribution q = m_net->bottleneck(fused);
        return {q.mu, q.logVariance};
    }
    torch::Tensor fusionTerm(const Perceived& both, const Perceived& faceImagined,
                             const Perceived& speechImagined) override {
        return fusionLoss(shared(both), shared(faceImagined), shared(speechImagined), !compat());
    }
    // What eq. 14 compares: Z, online on the same past of every variant.
    LatentDistribution shared(const Perceived& values) {
        return online() ? m_net->withoutPast(values[0]) : distribution(values);
    }
    bool online() const { return m_net->emc().window > 0; }
    Generated drawn(const EmcInputs& in, const PerceivedWith& seen, torch::Generator& generator);

    TransVaeNet m_net;
};

Generated TransVaeTrainable::drawn(const EmcInputs& in, const PerceivedWith& seen, torch::Generator& generator) {
    if (!online()) {
        const LatentDistribution q = distribution(seen.values);
        const torch::Tensor noise = gaussian({in.items, q.mu.size(-1)}, generator);
        return {q, m_net->decode(q.sample(noise), in.frames(), seen.sides)};
    }
    const torch::Tensor& fused = seen.values[0];
    const int64_t windows = std::max<int64_t>(1, in.frames() / m_net->emc().window);
    // compat draws anew in every window, `fixed` once per clip.
    const torch::Tensor noise = compat() ? gaussian({in.items, windows, fused.size(2)}, generator)
                                         : gaussian({in.items, fused.size(2)}, generator);
    const PrefixSource source = [&](int64_t tokens) {
        return PrefixFeatures{fused.narrow(1, 0, tokens), seen.sides.prefix(tokens)};
    };
    return m_net->generate(source, noise, in.frames());
}

StepLoss TransVaeTrainable::loss(const Batch& batch, torch::Generator generator, long step, long steps) {
    startStep();
    const EmcInputs in = read(batch);
    StepLoss out;
    LossTerms terms{out, {}};
    const PerceivedWith seen = learn(batch, in, generator, step, steps, terms);
    const auto [z, y] = drawn(in, seen, generator);
    const torch::Tensor rec = reconstructionLoss(y, batch.listenerCoeffs, batch.listenerEmotion, weights());
    const torch::Tensor kl = standardKl(z);
    out.total = rec + m_options.kl * kl;
    if (m_options.diversity != 0) {
        ReactionTensors other;
        {
            torch::NoGradGuard off; // only what comes after the draw differs
            other = drawn(in, seen, generator).reaction;
        }
        const torch::Tensor diversity = diversityLoss(y.coeffs, other.coeffs) + diversityLoss(y.emotion, other.emotion);
        out.parts["div"] = diversity.item<double>();
        out.total = out.total + m_options.diversity * diversity;
    }
    if (terms.extra.defined()) out.total = out.total + terms.extra;
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
    const EmcInputs in = read(batch);
    std::map<std::string, double> values;
    forEachVariant([&](EmcVariant variant, const std::string& suffix) {
        const PerceivedWith seen = seenAs(variant, in, generator);
        const auto [z, y] = drawn(in, seen, generator);
        values["rec" + suffix] =
            reconstructionLoss(y, batch.listenerCoeffs, batch.listenerEmotion, weights()).item<double>();
        if (variant != kBoth) return;
        values["kl"] = standardKl(z).item<double>();
        values["sd_out"] = overTime(y.emotion);
    });
    return values;
}
} // namespace

std::shared_ptr<TrainableModel> makeTransVaeTrainable(const TrainOptions& options, TransVaeNet network) {
    return std::make_shared<TransVaeTrainable>(options, std::move(network));
}

std::shared_ptr<TrainableModel> makeTransVaeTrainable(const TrainOptions& options) {
    return makeTransVaeTrainable(options, TransVaeNet(configFor<TransVaeConfig>(options)));
}

} // namespace emc
