#include "core/models/belfusion_trainable.h"

#include "core/api/vectors.h"

namespace emc {

namespace {
constexpr double kAutoencoderShare = .4; // of the steps
// compat: the best of ten is what counts, and draws scatter far beyond the listeners of a speaker. `fixed`: all count,
// and draws are about as far apart as those listeners.
constexpr int64_t kBestOf = 10, kAllOf = 2;
constexpr int64_t kExpectedOf = 10; // draws whose mean is the expected reaction
constexpr double kLatentWeight = 10, kDecodedWeight = 10;

class BelfusionTrainable : public TrainableModel {
public:
    BelfusionTrainable(const TrainOptions& options, BelfusionNet network)
        : m_options(options), m_net(std::move(network)) {}

    torch::nn::Module& module() override { return *m_net; }
    // Before it, the autoencoder learns.
    long firstWholeStep(long steps) const override {
        return std::max(1L, static_cast<long>(kAutoencoderShare * static_cast<double>(steps)));
    }
    StepLoss loss(const Batch& batch, torch::Generator generator, long step, long steps) override {
        m_net->train();
        return step < firstWholeStep(steps) ? autoencoderLoss(batch, generator) : diffusionLoss(batch, generator);
    }
    std::map<std::string, double> validate(const Batch& batch, torch::Generator generator) override;
    std::map<std::string, std::string> metadata() const override {
        return {{"format", "emc-studio 1"},
                {"model", "belfusion"},
                {"variant", m_net->config().compat ? "compat" : "fixed"},
                {"stride", std::to_string(m_net->config().stride)},
                {"width", std::to_string(m_net->config().width)},
                {"options", writeTrainOptions(m_options)}};
    }

private:
    StepLoss autoencoderLoss(const Batch& batch, torch::Generator& generator);
    StepLoss diffusionLoss(const Batch& batch, torch::Generator& generator);
    // (B,T,C) -> (B·W,w,C): windows side by side, as the authors cut them.
    torch::Tensor cut(const torch::Tensor& x) const {
        const int length = m_net->config().window();
        return behaviourCut(x, behaviourWindows(static_cast<int>(x.size(1)), length, length), length);
    }
    torch::Tensor gaussian(std::vector<int64_t> shape, torch::Generator& generator) const {
        return torch::randn(shape, generator, torch::kFloat32).to(m_net->coeffMean().device());
    }
    ReconstructionWeights weights() const {
        return {m_options.weightEmotion, m_options.weightExpression, m_options.weightPose};
    }
    ReactionTensors decoded(const torch::Tensor& latent, int64_t length) {
        ReactionTensors y;
        y.emotion = m_net->behaviour()->decode(latent, length);
        y.coeffs = m_net->behaviour()->coeffs(y.emotion);
        return y;
    }

    const TrainOptions m_options;
    BelfusionNet m_net;
};

StepLoss BelfusionTrainable::autoencoderLoss(const Batch& batch, torch::Generator& generator) {
    BehaviourAutoencoder& behaviour = m_net->behaviour();
    const torch::Tensor listener = cut(batch.listenerEmotion), coeffs = cut(batch.listenerCoeffs);
    // Speakers are encoded by the same network later: it learns from them as well, without coefficients.
    const torch::Tensor all = m_net->config().compat ? listener : torch::cat({listener, cut(batch.speakerEmotion)});
    const torch::Tensor hidden = behaviour->encode(all);
    const torch::Tensor mu = behaviour->mu(hidden), logVariance = behaviour->logVariance(hidden).clamp(-8, 8);
    const torch::Tensor z = mu + torch::exp(.5 * logVariance) * gaussian({mu.size(0), kBelfusionLatent}, generator);
    const ReactionTensors y = decoded(z, all.size(1));
    const ReactionTensors heard = {y.coeffs.narrow(0, 0, listener.size(0)), y.emotion.narrow(0, 0, listener.size(0))};
    const torch::Tensor rec = reconstructionLoss(heard, coeffs, listener, weights());
    const torch::Tensor kl = (.5 * (mu.square() + logVariance.exp() - 1 - logVariance)).mean();
    StepLoss out;
    out.total = rec + m_options.kl * kl;
    if (all.size(0) > listener.size(0))
        out.total = out.total +
                    m_options.weightEmotion * torch::mse_loss(y.emotion.narrow(0, listener.size(0), listener.size(0)),
                                                              all.narrow(0, listener.size(0), listener.size(0)));
    out.parts = {{"rec", rec.item<double>()}, {"kl", kl.item<double>()}, {"stage", 1}};
    return out;
}

StepLoss BelfusionTrainable::diffusionLoss(const Batch& batch, torch::Generator& generator) {
    BehaviourAutoencoder& behaviour = m_net->behaviour();
    // What the autoencoder has learned stays; the optimiser leaves alone what gets no gradient.
    for (torch::Tensor& p : behaviour->parameters(true)) p.set_requires_grad(false);
    const torch::Tensor listener = cut(batch.listenerEmotion);
    const int64_t rows = listener.size(0), length = listener.size(1);
    torch::Tensor target, condition, wanted;
    {
        torch::NoGradGuard off;
        const torch::Tensor heard = m_net->latent(listener), spoken = m_net->latent(cut(batch.speakerEmotion));
        behaviour->widenRange(torch::cat({heard, spoken}));
        target = behaviour->normalised(heard);
        condition = behaviour->normalised(spoken);
        wanted = m_net->config().compat ? behaviour->decode(heard, length) : listener;
    }
    const torch::Tensor step = torch::randint(0, kBelfusionSteps, {rows}, generator, torch::kLong).to(target.device());
    const int64_t draws = m_net->config().compat ? kBestOf : kAllOf;
    const auto many = [&](const torch::Tensor& x) { return x.repeat_interleave(draws, 0); };
    const torch::Tensor noisy =
        m_net->schedule().noised(many(target), many(step), gaussian({rows * draws, kBelfusionLatent}, generator));
    const torch::Tensor guess = m_net->forward(noisy, many(step), many(condition));
    const torch::Tensor drawn = behaviour->decode(behaviour->restored(guess), length);
    const auto reduced = [&](const torch::Tensor& error) { // (rows·draws,...)
        const torch::Tensor each = error.flatten(1).mean(1).view({rows, draws});
        return m_net->config().compat ? std::get<0>(each.min(1)).mean() : each.mean();
    };
    const torch::Tensor latent = reduced((guess - many(target)).abs()),
                        shown = reduced((drawn - many(wanted)).square());
    StepLoss out;
    out.total = kLatentWeight * latent + kDecodedWeight * shown;
    out.parts = {{"latent", latent.item<double>()}, {"decoded", shown.item<double>()}, {"stage", 2}};
    return out;
}

std::map<std::string, double> BelfusionTrainable::validate(const Batch& batch, torch::Generator generator) {
    torch::NoGradGuard off;
    m_net->eval();
    const torch::Tensor listener = cut(batch.listenerEmotion);
    const torch::Tensor mean = m_net->behaviour()->mu(m_net->behaviour()->encode(listener));
    const double own =
        reconstructionLoss(decoded(mean, listener.size(1)), cut(batch.listenerCoeffs), listener, weights())
            .item<double>();
    const int64_t items = batch.speakerEmotion.size(0),
                  windows = m_net->windows(static_cast<int>(batch.speakerEmotion.size(1)));
    const auto loss = [&](const ReactionTensors& y) {
        return reconstructionLoss(y, batch.listenerCoeffs, batch.listenerEmotion, weights()).item<double>();
    };
    double drawn = 0, moving = 0;
    ReactionTensors expected;
    for (int64_t k = 0; k < kExpectedOf; ++k) {
        const torch::Tensor noise = m_net->config().compat ? gaussian({items, windows, kBelfusionLatent}, generator)
                                                           : gaussian({items, kBelfusionLatent}, generator);
        const ReactionTensors y = m_net->reactTo(batch.speakerEmotion, noise);
        drawn += loss(y) / kExpectedOf;
        moving += y.emotion.std(1, /*unbiased=*/false).mean().item<double>() / kExpectedOf;
        expected.emotion = k == 0 ? y.emotion : expected.emotion + y.emotion;
        expected.coeffs = k == 0 ? y.coeffs : expected.coeffs + y.coeffs;
    }
    expected.emotion = expected.emotion / kExpectedOf;
    expected.coeffs = expected.coeffs / kExpectedOf;
    // `rec` is about the expected reaction, as for hosts whose draws stay close to it; a draw is told beside.
    return {{"rec", loss(expected)}, {"rec_drawn", drawn}, {"rec_autoencoder", own}, {"sd_out", moving}};
}
} // namespace

std::shared_ptr<TrainableModel> makeBelfusionTrainable(const TrainOptions& options, BelfusionNet network) {
    return std::make_shared<BelfusionTrainable>(options, std::move(network));
}

std::shared_ptr<TrainableModel> makeBelfusionTrainable(const TrainOptions& options) {
    BelfusionConfig config = BelfusionConfig::of(options.variant);
    config.stride = std::max(1, options.stride); // 0 = nobody asked
    config.seed = static_cast<std::uint64_t>(options.seed);
    return makeBelfusionTrainable(options, BelfusionNet(config));
}

} // namespace emc
