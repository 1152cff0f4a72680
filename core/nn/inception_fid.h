#pragma once
// The Inception network of the published Fréchet distances: Inception-v3 as TensorFlow's 2015 graph has it, in the form
// of pytorch-fid's pt_inception-2015-12-05 weights, whose key names it keeps (`Mixed_5b.branch1x1.conv.weight`). It
// differs from torchvision's: averages do not count the border, and the last block pools by the maximum. The
// classifier (`fc`) is left out.
#include <torch/torch.h>

#include <initializer_list>
#include <map>
#include <string>

namespace emc {

inline constexpr int kInceptionFeatures = 2048, kInceptionSide = 299;

class InceptionFidImpl : public torch::nn::Module {
public:
    InceptionFidImpl();
    // RGB bytes (B,3,H,W) of any size -> (B,2048): scaled to 299 (bilinear, corners not aligned) and to [-1,1].
    torch::Tensor forward(const torch::Tensor& bytes);

private:
    torch::Tensor conv(const std::string& name, const torch::Tensor& x);
    torch::Tensor chain(const std::string& prefix, std::initializer_list<const char*> names, torch::Tensor x);
    torch::Tensor blockA(const std::string& name, const torch::Tensor& x);
    torch::Tensor blockB(const std::string& name, const torch::Tensor& x);
    torch::Tensor blockC(const std::string& name, const torch::Tensor& x);
    torch::Tensor blockD(const std::string& name, const torch::Tensor& x);
    torch::Tensor blockE(const std::string& name, const torch::Tensor& x, bool maximum);

    struct Layer {
        torch::Tensor kernel, scale, shift, mean, variance;
        int stride = 1, padHeight = 0, padWidth = 0;
    };
    std::map<std::string, Layer> m_layers;
};
TORCH_MODULE(InceptionFid);

} // namespace emc
