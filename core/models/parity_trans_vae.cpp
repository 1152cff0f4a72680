// Golden cases of Trans-VAE, offline and online: the same weights, inputs and noise as the reference, our code.
#include "core/models/trans_vae_losses.h"
#include "core/models/trans_vae_network.h"
#include "core/nn/golden_tensors.h"

namespace emc {

namespace {
TransVaeNet filledNetwork(const GoldenCase& golden) {
    TransVaeConfig config;
    config.compat = true;
    config.window = static_cast<int>(golden.number("window", 0));
    TransVaeNet net(config);
    fillGolden(*net, golden);
    return net;
}

ParityOutputs encoderCase(const GoldenCase& golden, const GoldenInputs& inputs) {
    torch::NoGradGuard off;
    TransVaeNet net = filledNetwork(golden);
    const torch::Tensor face = net->frameEncoder()->forward(goldenTensor(inputs.at("video")));
    const torch::Tensor speech = net->encodeSpeech(goldenTensor(inputs.at("audio")));
    ParityOutputs outputs;
    putGolden(outputs, "u_f", face);
    putGolden(outputs, "u_s", speech);
    putGolden(outputs, "fused", net->fuse(face, speech, {}));
    return outputs;
}

ParityOutputs offlineCase(const GoldenCase& golden, const GoldenInputs& inputs) {
    torch::NoGradGuard off;
    TransVaeNet net = filledNetwork(golden);
    JobContext job;
    // The chunked way of encoding, which is what a clip takes.
    const torch::Tensor video = goldenTensor(inputs.at("video"));
    const torch::Tensor face = net->frameEncoder()->encode(video[0], job, 24).unsqueeze(0).clone();
    const LatentDistribution q =
        net->bottleneck(net->fuse(face, net->encodeSpeech(goldenTensor(inputs.at("audio"))), {}));
    const ReactionTensors y = net->decode(q.sample(goldenTensor(inputs.at("z"))[0]), video.size(1), {});
    ParityOutputs outputs;
    putGolden(outputs, "3dmm", y.coeffs);
    putGolden(outputs, "emotion", y.emotion);
    putGolden(outputs, "mu", q.mu);
    putGolden(outputs, "logvar", q.logVariance);
    putGolden(outputs, "sigma", torch::exp(.5 * q.logVariance));
    return outputs;
}

ParityOutputs decoderCase(const GoldenCase& golden, const GoldenInputs& inputs) {
    torch::NoGradGuard off;
    TransVaeNet net = filledNetwork(golden);
    const torch::Tensor feature = goldenTensor(inputs.at("encoded_feature")), z = goldenTensor(inputs.at("z"));
    const LatentDistribution q = net->bottleneck(feature);
    ParityOutputs outputs;
    putGolden(outputs, "mu", q.mu);
    putGolden(outputs, "logvar", q.logVariance);
    for (int64_t k = 0; k < z.size(0); ++k) {
        const ReactionTensors y = net->decode(q.sample(z[k]), feature.size(1), {});
        const std::string which = k == 0 ? "" : "_sample" + std::to_string(k + 1);
        putGolden(outputs, "3dmm" + which, y.coeffs);
        putGolden(outputs, "emotion" + which, y.emotion);
    }
    return outputs;
}

ParityOutputs onlineCase(const GoldenCase& golden, const GoldenInputs& inputs) {
    torch::NoGradGuard off;
    TransVaeNet net = filledNetwork(golden);
    const torch::Tensor video = goldenTensor(inputs.at("video")), audio = goldenTensor(inputs.at("audio"));
    const PrefixSource source = [&](int64_t tokens) { // the norms of the video network count what has been seen
        return PrefixFeatures{net->fuse(net->frameEncoder()->forward(video.narrow(1, 0, tokens)),
                                        net->encodeSpeech(audio.narrow(1, 0, tokens)), {}),
                              {}};
    };
    const Generated y = net->generate(source, goldenTensor(inputs.at("z")).transpose(0, 1), video.size(1));
    ParityOutputs outputs;
    putGolden(outputs, "3dmm", y.reaction.coeffs);
    putGolden(outputs, "emotion", y.reaction.emotion);
    putGolden(outputs, "mu", y.q.mu.transpose(0, 1));
    putGolden(outputs, "logvar", y.q.logVariance.transpose(0, 1));
    return outputs;
}

ParityOutputs trainCase(const GoldenCase& golden, const GoldenInputs& inputs) {
    const torch::Tensor video = goldenTensor(inputs.at("video")), audio = goldenTensor(inputs.at("audio")),
                        noise = goldenTensor(inputs.at("z"));
    const torch::Tensor emotion = goldenTensor(inputs.at("listener_emotion")),
                        coeffs = goldenTensor(inputs.at("listener_3dmm"));
    const auto steps = static_cast<int64_t>(golden.number("steps", 3));
    const double kl = golden.number("loss.kl_p", 0), diversity = golden.number("loss.div_p", 0);
    ParityOutputs outputs;
    for (const std::string run : {"readme", "fast"}) {
        TransVaeNet net = filledNetwork(golden);
        torch::optim::AdamW optimizer(net->parameters(true),
                                      torch::optim::AdamWOptions(golden.number("optimizer.runs." + run + ".lr", 0))
                                          .eps(golden.number("optimizer.eps", 0))
                                          .weight_decay(golden.number("optimizer.weight_decay", 0)));
        torch::Tensor losses = torch::zeros({steps, 5});
        for (int64_t step = 0; step < steps; ++step) {
            const torch::Tensor fused = net->fuse(net->frameEncoder()->forward(video), net->encodeSpeech(audio), {});
            const LatentDistribution q = net->bottleneck(fused);
            const ReactionTensors y = net->decode(q.sample(noise[2 * step]), video.size(1), {});
            ReactionTensors other;
            {
                torch::NoGradGuard off;
                other = net->decode(q.sample(noise[2 * step + 1]), video.size(1), {});
            }
            const torch::Tensor rec = reconstructionLoss(y, coeffs, emotion, {1, 1, 10}), divergence = standardKl(q);
            const torch::Tensor divCoeffs = diversityLoss(y.coeffs, other.coeffs),
                                divEmotion = diversityLoss(y.emotion, other.emotion);
            const torch::Tensor total = rec + kl * divergence + diversity * (divCoeffs + divEmotion);
            const torch::Tensor row = torch::stack({rec, divergence, divCoeffs, divEmotion, total}).detach();
            losses[step].copy_(row);
            optimizer.zero_grad();
            total.backward();
            if (step == 0 && run == "readme") {
                putGolden(outputs, "out.3dmm", y.coeffs);
                putGolden(outputs, "out.emotion", y.emotion);
                putGoldenNamed(outputs, golden, *net, "grad.", true);
            }
            optimizer.step();
        }
        putGolden(outputs, run + ".losses", losses);
        putGoldenNamed(outputs, golden, *net, run + ".after.", false);
    }
    return outputs;
}

// By what a case holds and not by its name: other folders name their cases as they like.
ParityOutputs transVaeCase(const GoldenCase& golden, const GoldenInputs& inputs) {
    if (golden.number("online", 0) != 0) return onlineCase(golden, inputs);
    if (inputs.count("listener_3dmm")) return trainCase(golden, inputs);
    if (inputs.count("encoded_feature")) return decoderCase(golden, inputs);
    return inputs.count("z") ? offlineCase(golden, inputs) : encoderCase(golden, inputs);
}

const bool g_registered = addParityCase("trans_vae", transVaeCase);
} // namespace

} // namespace emc
