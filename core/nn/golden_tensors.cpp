#include "core/nn/golden_tensors.h"

#include <span>

#include "core/api/error.h"

namespace emc {

torch::Tensor goldenTensor(const GoldenArray& array) {
    return torch::from_blob(const_cast<float*>(array.values.data()), array.shape, torch::kFloat32).clone();
}

void putGolden(ParityOutputs& outputs, const std::string& name, const torch::Tensor& value) {
    const torch::Tensor t = value.detach().to(torch::kCPU, torch::kFloat32).contiguous();
    outputs[name] =
        parityOutput(t.sizes().vec(), std::span<const float>(t.data_ptr<float>(), static_cast<std::size_t>(t.numel())));
}

void fillGolden(torch::nn::Module& module, const GoldenCase& golden) {
    const torch::NoGradGuard off;
    for (const auto& item : module.named_parameters(true)) {
        torch::Tensor p = item.value();
        const std::vector<std::int64_t> shape = p.sizes().vec();
        std::vector<float> values = golden.parameter(item.key(), shape);
        p.copy_(torch::from_blob(values.data(), shape, torch::kFloat32));
    }
    module.eval();
}

void putGoldenNamed(ParityOutputs& outputs, const GoldenCase& golden, const torch::nn::Module& module,
                    const std::string& prefix, bool gradients) {
    const auto parameters = module.named_parameters(true);
    for (const auto& [name, spec] : golden.outputs) {
        if (!name.starts_with(prefix)) continue;
        const torch::Tensor* p = parameters.find(name.substr(prefix.size()));
        if (!p) throw Error(ErrorKind::Internal, "the network has no tensor for " + name);
        const torch::Tensor value = !gradients ? *p : p->grad().defined() ? p->grad() : torch::zeros_like(*p);
        putGolden(outputs, name, value.reshape(spec.shape));
    }
}

} // namespace emc
