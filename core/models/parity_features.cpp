// Golden cases of the wav2vec2 front end: the same weights and sound as the reference, our code.
#include "core/nn/golden_tensors.h"
#include "core/nn/wav2vec_frontend.h"

namespace emc {

namespace {
ParityOutputs wav2vecCase(const GoldenCase& golden, const GoldenInputs& inputs) {
    const torch::NoGradGuard off;
    Wav2vecFrontEnd net;
    fillGolden(*net, golden);
    const torch::Tensor wave = goldenTensor(inputs.at("wave")).unsqueeze(0), x = Wav2vecFrontEndImpl::normalised(wave);
    const auto headOf = [&](const std::string& name) { return golden.outputs.at(name).shape.back(); };
    ParityOutputs outputs;
    putGolden(outputs, "normalised_head", x[0].narrow(0, 0, headOf("normalised_head")));
    putGolden(outputs, "conv0_head", net->firstLayer(x)[0].narrow(1, 0, headOf("conv0_head")));
    putGolden(outputs, "conv_out", net->convolved(x).transpose(1, 2));
    putGolden(outputs, "features", net->forward(wave).transpose(1, 2));
    return outputs;
}

const bool g_registered = addParityCase("wav2vec2_front_end", wav2vecCase);
} // namespace

} // namespace emc
