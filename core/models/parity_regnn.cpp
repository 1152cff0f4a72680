// Golden cases of REGNN: the same weights, inputs and noise as the reference, our code.
#include <nlohmann/json.hpp>
#include <span>

#include "core/api/error.h"
#include "core/data/golden.h"
#include "core/models/regnn_losses.h"
#include "core/models/regnn_network.h"
#include "core/models/regnn_windows.h"

namespace emc {

namespace {
torch::Tensor tensorOf(const GoldenArray& array) {
    return torch::from_blob(const_cast<float*>(array.values.data()), array.shape, torch::kFloat32).clone();
}

void put(ParityOutputs& outputs, const std::string& name, const torch::Tensor& value) {
    const torch::Tensor t = value.detach().to(torch::kCPU, torch::kFloat32).contiguous();
    outputs[name] =
        parityOutput(t.sizes().vec(), std::span<const float>(t.data_ptr<float>(), static_cast<std::size_t>(t.numel())));
}

RegnnNet filledNetwork(const GoldenCase& golden) {
    RegnnConfig config = RegnnConfig::of("regnn", "compat");
    config.features = RegnnFeatures::SwinVggish;
    config.dropout = 0;
    RegnnNet net(config);
    torch::NoGradGuard off;
    for (const auto& item : net->named_parameters(true)) {
        torch::Tensor p = item.value();
        std::vector<std::int64_t> shape = p.sizes().vec();
        std::vector<float> values = golden.parameter(item.key(), shape);
        p.copy_(torch::from_blob(values.data(), shape, torch::kFloat32));
    }
    net->eval();
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
    const Perceived p = perceive(net, tensorOf(inputs.at("video")), tensorOf(inputs.at("audio")));
    ParityOutputs outputs;
    put(outputs, "mult_cross", p.cross);
    put(outputs, "fusion", p.fused);
    put(outputs, "x", p.x);
    put(outputs, "attention", p.attention);
    put(outputs, "edge", p.edges);
    const torch::Tensor listener = tensorOf(inputs.at("listener")).transpose(1, 2).contiguous();
    const torch::Tensor image = net->motor()->forward(listener, p.edges);
    put(outputs, "motor_forward", image);
    put(outputs, "lipnorm",
        torch::tensor(
            {static_cast<float>(net->motor()->lipschitz(0)), static_cast<float>(net->motor()->lipschitz(1))}));
    const InverseOptions inverse = wholeBatch(net, listener.size(0));
    put(outputs, "motor_roundtrip", net->motor()->inverse(image, p.edges, inverse));
    put(outputs, "motor_inverse", net->motor()->inverse(p.x + .05 * tensorOf(inputs.at("z")), p.edges, inverse));
    return outputs;
}

ParityOutputs clipCase(const GoldenCase& golden, const GoldenInputs& inputs) {
    torch::NoGradGuard off;
    RegnnNet net = filledNetwork(golden);
    const torch::Tensor video = tensorOf(inputs.at("video")).unsqueeze(0),
                        audio = tensorOf(inputs.at("audio")).unsqueeze(0), noise = tensorOf(inputs.at("z"));
    const int frames = static_cast<int>(video.size(1));
    const std::vector<int> starts = windowStarts(frames);
    const auto windows = static_cast<int>(starts.size());
    const Perceived p = perceive(net, cutWindows(video, starts), cutWindows(audio, starts));
    ParityOutputs outputs;
    put(outputs, "x", p.x);
    for (int64_t s = 0; s < noise.size(0); ++s) {
        const torch::Tensor y =
            net->motor()->inverse(p.x + limitedNoise(noise[s]), p.edges, wholeBatch(net, windows)).transpose(1, 2);
        put(outputs, "windows_" + std::to_string(s), y);
        WindowJoiner joiner(frames, starts);
        joiner.add(y.contiguous(), 0, windows);
        put(outputs, "prediction_" + std::to_string(s), joiner.joined()[0]);
    }
    return outputs;
}

void putNamed(ParityOutputs& outputs, const GoldenCase& golden, RegnnNet& net, const std::string& prefix,
              bool gradients) {
    const auto parameters = net->named_parameters(true);
    for (const auto& [name, spec] : golden.outputs) {
        if (!name.starts_with(prefix)) continue;
        const torch::Tensor* p = parameters.find(name.substr(prefix.size()));
        if (!p) throw Error(ErrorKind::Internal, "the network has no tensor for " + name);
        const torch::Tensor value = !gradients ? *p : p->grad().defined() ? p->grad() : torch::zeros_like(*p);
        put(outputs, name, value.reshape(spec.shape));
    }
}

ParityOutputs trainCase(const GoldenCase& golden, const GoldenInputs& inputs) {
    const torch::Tensor video = tensorOf(inputs.at("video")), audio = tensorOf(inputs.at("audio"));
    const torch::Tensor listeners = tensorOf(inputs.at("listeners")).transpose(1, 2).contiguous();
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
            if (step == 0) put(outputs, run + ".z", z);
            if (step == 0 && run == "first_batch")
                for (int64_t i = 0; i < kMotorLayers; ++i) {
                    const auto norm = net->motor()->layer(i)->norm()->named_parameters();
                    put(outputs, "first_batch.layer" + std::to_string(i) + ".log_scale", norm["_log_scale"]);
                    put(outputs, "first_batch.layer" + std::to_string(i) + ".shift", norm["_shift"]);
                }
            optimizer.zero_grad();
            total.backward();
            if (step == 0 && run == "filled") {
                put(outputs, "x", p.x);
                put(outputs, "mse_each", nearest.each);
                put(outputs, "loss_thresholded", nearest.thresholded);
                putNamed(outputs, golden, net, "grad.", true);
            }
            optimizer.step();
        }
        put(outputs, run + ".losses", losses);
        putNamed(outputs, golden, net, run + ".after.", false);
    }
    return outputs;
}

const bool g_registered = addParityCase("regnn_window", windowCase) && addParityCase("regnn_clip", clipCase) &&
                          addParityCase("regnn_train", trainCase);
} // namespace

} // namespace emc
