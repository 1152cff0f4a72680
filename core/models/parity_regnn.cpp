// Golden cases of REGNN: the same weights, inputs and noise as the reference, our code.
#include "core/models/regnn_losses.h"
#include "core/models/regnn_network.h"
#include "core/models/regnn_windows.h"
#include "core/nn/golden_tensors.h"
#include <nlohmann/json.hpp>

namespace emc {

namespace {
RegnnNet filledNetwork(const GoldenCase& golden) {
    RegnnConfig config = RegnnConfig::of("regnn", "compat");
    config.features = RegnnFeatures::SwinVggish;
    config.dropout = 0;
    RegnnNet net(config);
    fillGolden(*net, golden);
    return net;
}

struct Perceived {
    torch::Tensor cross, fused, x, attention, edges;
};
Perceived perceive(RegnnNet& net, const torch::Tensor& video, const torch::Tensor& audio) {
    Perceived p;
    const torch::Tensor face = net->encodeFace(video), speech = net->encodeSpeech(audio);
    p.cross = net->fusion()->cross(face, speech);
    p.fused = net->fuse(face, speech, {});
    p.x = net->nodes(p.fused);
    p.attention = net->edgeLayer()->attention(p.x);
    p.edges = net->edges(p.x);
    return p;
}

InverseOptions wholeBatch(const RegnnNet& net, int64_t items) {
    InverseOptions options = net->config().inverse();
    options.group = items;
    return options;
}

ParityOutputs windowCase(const GoldenCase& golden, const GoldenInputs& inputs) {
    torch::NoGradGuard off;
    RegnnNet net = filledNetwork(golden);
    const Perceived p = perceive(net, goldenTensor(inputs.at("video")), goldenTensor(inputs.at("audio")));
    ParityOutputs outputs;
    putGolden(outputs, "mult_cross", p.cross);
    putGolden(outputs, "fusion", p.fused);
    putGolden(outputs, "x", p.x);
    putGolden(outputs, "attention", p.attention);
    putGolden(outputs, "edge", p.edges);
    const torch::Tensor listener = goldenTensor(inputs.at("listener")).transpose(1, 2).contiguous();
    const torch::Tensor image = net->motor()->forward(listener, p.edges);
    putGolden(outputs, "motor_forward", image);
    putGolden(outputs, "lipnorm",
              torch::tensor(
                  {static_cast<float>(net->motor()->lipschitz(0)), static_cast<float>(net->motor()->lipschitz(1))}));
    const InverseOptions inverse = wholeBatch(net, listener.size(0));
    putGolden(outputs, "motor_roundtrip", net->motor()->inverse(image, p.edges, inverse));
    putGolden(outputs, "motor_inverse",
              net->motor()->inverse(p.x + .05 * goldenTensor(inputs.at("z")), p.edges, inverse));
    return outputs;
}

ParityOutputs clipCase(const GoldenCase& golden, const GoldenInputs& inputs) {
    torch::NoGradGuard off;
    RegnnNet net = filledNetwork(golden);
    const torch::Tensor video = goldenTensor(inputs.at("video")).unsqueeze(0),
                        audio = goldenTensor(inputs.at("audio")).unsqueeze(0), noise = goldenTensor(inputs.at("z"));
    const int frames = static_cast<int>(video.size(1));
    const std::vector<int> starts = windowStarts(frames);
    const auto windows = static_cast<int>(starts.size());
    const Perceived p = perceive(net, cutWindows(video, starts), cutWindows(audio, starts));
    ParityOutputs outputs;
    putGolden(outputs, "x", p.x);
    for (int64_t s = 0; s < noise.size(0); ++s) {
        const torch::Tensor y =
            net->motor()->inverse(p.x + limitedNoise(noise[s]), p.edges, wholeBatch(net, windows)).transpose(1, 2);
        putGolden(outputs, "windows_" + std::to_string(s), y);
        WindowJoiner joiner(frames, starts);
        joiner.add(y.contiguous(), 0, windows);
        putGolden(outputs, "prediction_" + std::to_string(s), joiner.joined()[0]);
    }
    return outputs;
}

ParityOutputs trainCase(const GoldenCase& golden, const GoldenInputs& inputs) {
    const torch::Tensor video = goldenTensor(inputs.at("video")), audio = goldenTensor(inputs.at("audio"));
    const torch::Tensor listeners = goldenTensor(inputs.at("listeners")).transpose(1, 2).contiguous();
    const auto lengths = nlohmann::json::parse(golden.config).at("lengths").get<std::vector<int64_t>>();
    const torch::Tensor owner =
        torch::repeat_interleave(torch::arange(video.size(0), torch::kLong), torch::tensor(lengths, torch::kLong));
    const auto steps = static_cast<int64_t>(golden.number("steps", 2));
    ParityOutputs outputs;
    for (const std::string run : {"filled", "first_batch"}) {
        RegnnNet net = filledNetwork(golden);
        torch::optim::Adam optimizer(net->parameters(true),
                                     torch::optim::AdamOptions(golden.number("optimizer.lr", 0))
                                         .eps(golden.number("optimizer.eps", 1e-8))
                                         .weight_decay(golden.number("optimizer.weight_decay", 0)));
        torch::Tensor losses = torch::zeros({steps, 3});
        for (int64_t step = 0; step < steps; ++step) {
            const Perceived p = perceive(net, video, audio);
            const torch::Tensor edges = p.edges.index_select(0, owner);
            const torch::Tensor z = run == "first_batch" && step == 0
                                        ? net->motor()->forwardFromFirstBatch(listeners, edges, 0)
                                        : net->motor()->forward(listeners, edges);
            const NearestLoss nearest = nearestLoss(p.x, z, lengths, golden.number("threshold", 0));
            const torch::Tensor middle = middleLoss(z, lengths), total = nearest.raw + middle;
            losses[step].copy_(torch::stack({nearest.raw, middle, total}).detach());
            if (step == 0) putGolden(outputs, run + ".z", z);
            if (step == 0 && run == "first_batch")
                for (int64_t i = 0; i < kMotorLayers; ++i) {
                    const auto norm = net->motor()->layer(i)->norm()->named_parameters();
                    putGolden(outputs, "first_batch.layer" + std::to_string(i) + ".log_scale", norm["_log_scale"]);
                    putGolden(outputs, "first_batch.layer" + std::to_string(i) + ".shift", norm["_shift"]);
                }
            optimizer.zero_grad();
            total.backward();
            if (step == 0 && run == "filled") {
                putGolden(outputs, "x", p.x);
                putGolden(outputs, "mse_each", nearest.each);
                putGolden(outputs, "loss_thresholded", nearest.thresholded);
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
ParityOutputs regnnCase(const GoldenCase& golden, const GoldenInputs& inputs) {
    if (inputs.count("listeners")) return trainCase(golden, inputs);
    return inputs.count("listener") ? windowCase(golden, inputs) : clipCase(golden, inputs);
}

const bool g_registered = addParityCase("regnn", regnnCase);
} // namespace

} // namespace emc
