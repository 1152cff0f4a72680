#include "core/models/regnn_trainable.h"

#include "core/api/vectors.h"
#include "core/models/emc_training.h"
#include "core/models/regnn_losses.h"
#include "core/models/regnn_windows.h"

namespace emc {

namespace {
// In `fixed` the authors' criterion shapes the space that samples are drawn in; the reaction itself is the aim.
constexpr double kLatentWeight = 0.1;
// An attribute that never moves in the first batch would otherwise be blown up without bound.
constexpr double kSmallestDeviation = 0.05;
constexpr int kMostNeighbours = 10; // of the original
// Enough for 1e-4 in training, with gradient through each.
constexpr int kTrainedIterations = 6;

double overTime(const torch::Tensor& x) { // mean sd along the last axis
    return x.detach().std(-1, /*unbiased=*/false).mean().item<double>();
}

// The appropriate reactions of every window, those of one window together.
struct Appropriate {
    torch::Tensor emotion, coeffs; // (N,50,25), (N,50,58)
    std::vector<int64_t> counts;   // of each window
    torch::Tensor owner;           // (N): the window
};

Appropriate appropriateOf(const Batch& batch, const std::vector<int>& starts) {
    const auto each = static_cast<int64_t>(starts.size()), clips = batch.listenerEmotion.size(0);
    const bool given = batch.neighbourEmotion.defined();
    const std::vector<int64_t> ofClips =
        given ? batch.neighbourCounts : std::vector<int64_t>(static_cast<std::size_t>(clips), 1);
    Appropriate all;
    std::vector<int64_t> order, owner; // cut, the windows of a listener lie together; wanted are those of a moment
    int64_t first = 0;
    for (int64_t clip = 0; clip < clips; ++clip) {
        const int64_t count = ofClips[static_cast<std::size_t>(clip)];
        for (int64_t w = 0; w < each; ++w) {
            for (int64_t i = 0; i < count; ++i) {
                order.push_back((first + i) * each + w);
                owner.push_back(clip * each + w);
            }
            all.counts.push_back(count);
        }
        first += count;
    }
    const torch::Device device = batch.listenerEmotion.device();
    const torch::Tensor index = torch::tensor(order, torch::kLong).to(device);
    all.owner = torch::tensor(owner, torch::kLong).to(device);
    all.emotion = cutWindows(given ? batch.neighbourEmotion : batch.listenerEmotion, starts).index_select(0, index);
    all.coeffs = cutWindows(given ? batch.neighbourCoeffs : batch.listenerCoeffs, starts).index_select(0, index);
    return all;
}

class RegnnTrainable : public EmcTrainable {
public:
    RegnnTrainable(const TrainOptions& options, RegnnNet network)
        : EmcTrainable(options, network.ptr()), m_net(std::move(network)) {
        if (!compat()) return;
        // What the original stores without ever using it gets no gradient, and must get no weight decay either.
        for (auto& item : m_net->named_parameters(true))
            for (const char* unused : {"cognitive_processor.dll.", "motor_processor.l", "motor_processor.u"})
                if (item.key().starts_with(unused)) item.value().set_requires_grad(false);
    }

    int neighbours() const override { return kMostNeighbours; }
    StepLoss loss(const Batch& batch, torch::Generator generator, long step, long steps) override;
    std::map<std::string, double> validate(const Batch& batch, torch::Generator generator) override;
    std::map<std::string, std::string> metadata() const override {
        auto meta = EmcTrainable::metadata();
        meta["inputs"] = "built-in";
        return meta;
    }

private:
    Perceived perceived(const torch::Tensor& face, const torch::Tensor& speech, const EmotionSides& sides) override {
        return {m_net->nodes(
            m_net->fuse(m_net->unimodal(true, face, sides), m_net->unimodal(false, speech, sides), sides))};
    }
    torch::Tensor fusionTerm(const Perceived& both, const Perceived& faceImagined,
                             const Perceived& speechImagined) override {
        return regnnFusionLoss(both[0], faceImagined[0], speechImagined[0]);
    }
    EmcInputs windowsOf(const Batch& batch, const std::vector<int>& starts);
    // The number of the appropriate reaction that is nearest to each window's own, (rows).
    torch::Tensor nearestOf(const Appropriate& real, const ReactionTensors& y) const;
    // Noise around x: as the sampler of the engine makes it.
    torch::Tensor sampleNoise(const EmcInputs& in, const std::vector<int>& starts, int64_t tokens,
                              torch::Generator& generator);

    RegnnNet m_net;
};

EmcInputs RegnnTrainable::windowsOf(const Batch& batch, const std::vector<int>& starts) {
    EmcInputs in = read(batch);
    in.each = static_cast<int64_t>(starts.size());
    for (torch::Tensor* x : {&in.face, &in.speech, &in.faceEmotion, &in.speechEmotion})
        if (x->defined()) *x = cutWindows(*x, starts);
    return in;
}

torch::Tensor RegnnTrainable::sampleNoise(const EmcInputs& in, const std::vector<int>& starts, int64_t tokens,
                                          torch::Generator& generator) {
    if (compat()) return limitedNoise(gaussian({in.rows(), kGraphNodes, kWindowFrames}, generator));
    std::vector<torch::Tensor> clips;
    const torch::Tensor seeds = torch::randint(1LL << 40, {in.items}, generator, torch::kLong);
    for (int64_t i = 0; i < in.items; ++i)
        clips.push_back(windowNoise(static_cast<std::uint64_t>(seeds[i].item<int64_t>()), static_cast<int>(tokens),
                                    starts, m_net->config().stride, false));
    return torch::cat(clips).to(device());
}

torch::Tensor RegnnTrainable::nearestOf(const Appropriate& real, const ReactionTensors& y) const {
    torch::NoGradGuard off;
    const auto square = [&](const torch::Tensor& ours, const torch::Tensor& theirs) {
        return (ours.detach().index_select(0, real.owner) - theirs).square();
    };
    const torch::Tensor coeffs = square(y.coeffs, real.coeffs);
    const ReconstructionWeights w = weights();
    const torch::Tensor error = w.emotion * square(y.emotion, real.emotion).mean({1, 2}) +
                                w.expression * coeffs.narrow(-1, 0, kShapeDims).mean({1, 2}) +
                                w.pose * coeffs.narrow(-1, kShapeDims, kCoeffDims - kShapeDims).mean({1, 2});
    std::vector<torch::Tensor> best;
    int64_t first = 0;
    for (const torch::Tensor& group : error.split_with_sizes(real.counts)) {
        best.push_back(group.argmin() + first);
        first += group.size(0);
    }
    return torch::stack(best);
}

StepLoss RegnnTrainable::loss(const Batch& batch, torch::Generator generator, long step, long steps) {
    startStep();
    const int64_t tokens = batch.listenerEmotion.size(1);
    // Crops begin anywhere, so windows need not overlap here.
    std::vector<int> starts = {0};
    while (starts.back() + 2 * kWindowFrames <= tokens)
        starts.push_back(starts.back() + static_cast<int>(kWindowFrames));
    const EmcInputs in = windowsOf(batch, starts);
    StepLoss out;
    LossTerms terms{out, {}};
    const PerceivedWith seen = learn(batch, in, generator, step, steps, terms);
    const torch::Tensor x = seen.values[0];

    const Appropriate real = appropriateOf(batch, starts);
    const torch::Tensor edges = m_net->edges(x), edgesOfReal = edges.index_select(0, real.owner),
                        attributes = real.emotion.transpose(1, 2);
    torch::Tensor z; // where the appropriate reactions lie in motor space
    if (m_net->started().item<float>() == 0.f) {
        z = m_net->motor()->forwardFromFirstBatch(attributes, edgesOfReal, compat() ? 0.0 : kSmallestDeviation);
        m_net->started().fill_(1);
    } else {
        z = m_net->motor()->forward(attributes, edgesOfReal);
    }
    // S-EA stands between the sample and the motor processor, so it needs a noisy sample; the plain host of the
    // original compares the mean itself.
    const bool noisy = !compat() || m_net->config().ea;
    const torch::Tensor g = noisy ? m_net->refined(x + sampleNoise(in, starts, tokens, generator), seen.sides) : x;
    torch::Tensor state = m_net->thresholdState();
    const NearestLoss nearest = nearestLoss(g, z, real.counts, thresholdOf(state));
    const torch::Tensor middle = middleLoss(z, real.counts);
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
        const ReactionTensors reaction{m_net->coefficients(y), y};
        const torch::Tensor best = nearestOf(real, reaction);
        const torch::Tensor rec = reconstructionLoss(reaction, real.coeffs.index_select(0, best),
                                                     real.emotion.index_select(0, best), weights());
        out.parts["rec"] = rec.item<double>();
        out.parts["sd_out"] = overTime(y.transpose(1, 2));
        out.total = rec + kLatentWeight * latent;
    }
    if (terms.extra.defined()) out.total = out.total + terms.extra;
    out.parts["loss"] = out.total.item<double>();
    return out;
}

std::map<std::string, double> RegnnTrainable::validate(const Batch& batch, torch::Generator generator) {
    torch::NoGradGuard off;
    m_net->eval();
    const auto tokens = static_cast<int>(batch.listenerEmotion.size(1));
    const std::vector<int> starts = windowStarts(tokens);
    const EmcInputs in = windowsOf(batch, starts);
    std::map<std::string, double> values;
    forEachVariant([&](EmcVariant variant, const std::string& suffix) {
        const PerceivedWith seen = seenAs(variant, in, generator);
        const torch::Tensor x = seen.values[0], edges = m_net->edges(x);
        const torch::Tensor g = m_net->refined(x + sampleNoise(in, starts, tokens, generator), seen.sides);
        InverseReport report;
        const torch::Tensor windows =
            m_net->motor()->inverse(g, edges, InverseOptions{}, &report).transpose(1, 2).contiguous();
        WindowJoiner joiner(tokens, starts);
        joiner.add(windows, 0, static_cast<int>(in.each)); // windows of one clip lie together
        const torch::Tensor y = joiner.joined().to(device());
        // compat gives no coefficients: the mean listener's (0 here) stand in, so that the number can be compared.
        const torch::Tensor coeffs =
            m_net->config().givesCoeffs() ? m_net->coefficients(y) : torch::zeros_like(batch.listenerCoeffs);
        values["rec" + suffix] =
            reconstructionLoss({coeffs, y}, batch.listenerCoeffs, batch.listenerEmotion, weights()).item<double>();
        if (variant != kBoth) return;
        values["sd_out"] = overTime(y.transpose(1, 2));
        values["inverse_iterations"] = report.iterations;
        values["inverse_residual"] = report.residual;
    });
    return values;
}
} // namespace

std::shared_ptr<TrainableModel> makeRegnnTrainable(const TrainOptions& options, RegnnNet network) {
    return std::make_shared<RegnnTrainable>(options, std::move(network));
}

std::shared_ptr<TrainableModel> makeRegnnTrainable(const TrainOptions& options) {
    return makeRegnnTrainable(options, RegnnNet(configFor<RegnnConfig>(options)));
}

} // namespace emc
