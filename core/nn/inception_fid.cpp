#include "core/nn/inception_fid.h"

#include <string>
#include <vector>

namespace emc {
namespace {

namespace F = torch::nn::functional;

struct FidConvolution { // with its norm and ReLU
    const char* name;
    int in, out, height, width, stride, padHeight, padWidth;
};

// Blocks with the same shape differ in their widths only.
std::vector<std::pair<std::string, FidConvolution>> layers() {
    std::vector<std::pair<std::string, FidConvolution>> all;
    const auto add = [&](const std::string& block, const char* name, int in, int out, int height, int width,
                         int stride = 1, int padHeight = 0, int padWidth = 0) {
        all.emplace_back(block.empty() ? name : block + "." + name,
                         FidConvolution{name, in, out, height, width, stride, padHeight, padWidth});
    };
    add("", "Conv2d_1a_3x3", 3, 32, 3, 3, 2);
    add("", "Conv2d_2a_3x3", 32, 32, 3, 3);
    add("", "Conv2d_2b_3x3", 32, 64, 3, 3, 1, 1, 1);
    add("", "Conv2d_3b_1x1", 64, 80, 1, 1);
    add("", "Conv2d_4a_3x3", 80, 192, 3, 3);
    struct Block {
        const char* name;
        int in, width;
    };
    for (const Block b : {Block{"Mixed_5b", 192, 32}, {"Mixed_5c", 256, 64}, {"Mixed_5d", 288, 64}}) {
        add(b.name, "branch1x1", b.in, 64, 1, 1);
        add(b.name, "branch5x5_1", b.in, 48, 1, 1);
        add(b.name, "branch5x5_2", 48, 64, 5, 5, 1, 2, 2);
        add(b.name, "branch3x3dbl_1", b.in, 64, 1, 1);
        add(b.name, "branch3x3dbl_2", 64, 96, 3, 3, 1, 1, 1);
        add(b.name, "branch3x3dbl_3", 96, 96, 3, 3, 1, 1, 1);
        add(b.name, "branch_pool", b.in, b.width, 1, 1);
    }
    add("Mixed_6a", "branch3x3", 288, 384, 3, 3, 2);
    add("Mixed_6a", "branch3x3dbl_1", 288, 64, 1, 1);
    add("Mixed_6a", "branch3x3dbl_2", 64, 96, 3, 3, 1, 1, 1);
    add("Mixed_6a", "branch3x3dbl_3", 96, 96, 3, 3, 2);
    for (const Block b :
         {Block{"Mixed_6b", 768, 128}, {"Mixed_6c", 768, 160}, {"Mixed_6d", 768, 160}, {"Mixed_6e", 768, 192}}) {
        add(b.name, "branch1x1", b.in, 192, 1, 1);
        add(b.name, "branch7x7_1", b.in, b.width, 1, 1);
        add(b.name, "branch7x7_2", b.width, b.width, 1, 7, 1, 0, 3);
        add(b.name, "branch7x7_3", b.width, 192, 7, 1, 1, 3, 0);
        add(b.name, "branch7x7dbl_1", b.in, b.width, 1, 1);
        add(b.name, "branch7x7dbl_2", b.width, b.width, 7, 1, 1, 3, 0);
        add(b.name, "branch7x7dbl_3", b.width, b.width, 1, 7, 1, 0, 3);
        add(b.name, "branch7x7dbl_4", b.width, b.width, 7, 1, 1, 3, 0);
        add(b.name, "branch7x7dbl_5", b.width, 192, 1, 7, 1, 0, 3);
        add(b.name, "branch_pool", b.in, 192, 1, 1);
    }
    add("Mixed_7a", "branch3x3_1", 768, 192, 1, 1);
    add("Mixed_7a", "branch3x3_2", 192, 320, 3, 3, 2);
    add("Mixed_7a", "branch7x7x3_1", 768, 192, 1, 1);
    add("Mixed_7a", "branch7x7x3_2", 192, 192, 1, 7, 1, 0, 3);
    add("Mixed_7a", "branch7x7x3_3", 192, 192, 7, 1, 1, 3, 0);
    add("Mixed_7a", "branch7x7x3_4", 192, 192, 3, 3, 2);
    for (const Block b : {Block{"Mixed_7b", 1280, 0}, {"Mixed_7c", 2048, 0}}) {
        add(b.name, "branch1x1", b.in, 320, 1, 1);
        add(b.name, "branch3x3_1", b.in, 384, 1, 1);
        add(b.name, "branch3x3_2a", 384, 384, 1, 3, 1, 0, 1);
        add(b.name, "branch3x3_2b", 384, 384, 3, 1, 1, 1, 0);
        add(b.name, "branch3x3dbl_1", b.in, 448, 1, 1);
        add(b.name, "branch3x3dbl_2", 448, 384, 3, 3, 1, 1, 1);
        add(b.name, "branch3x3dbl_3a", 384, 384, 1, 3, 1, 0, 1);
        add(b.name, "branch3x3dbl_3b", 384, 384, 3, 1, 1, 1, 0);
        add(b.name, "branch_pool", b.in, 192, 1, 1);
    }
    return all;
}

// Averages of 3 x 3 where the border counts neither as a value nor in their number.
torch::Tensor average(const torch::Tensor& x) {
    return torch::avg_pool2d(x, 3, 1, 1, /*ceil_mode=*/false, /*count_include_pad=*/false);
}

struct Empty : torch::nn::Module {};

} // namespace

InceptionFidImpl::InceptionFidImpl() {
    std::map<std::string, std::shared_ptr<torch::nn::Module>> blocks;
    for (const auto& [name, spec] : layers()) {
        const auto dot = name.find('.');
        torch::nn::Module* parent = this;
        if (dot != std::string::npos) {
            auto& block = blocks[name.substr(0, dot)];
            if (!block) block = register_module(name.substr(0, dot), std::make_shared<Empty>());
            parent = block.get();
        }
        const auto unit = parent->register_module(spec.name, std::make_shared<Empty>());
        const auto conv = unit->register_module("conv", std::make_shared<Empty>()),
                   norm = unit->register_module("bn", std::make_shared<Empty>());
        Layer& layer = m_layers[name];
        layer.kernel =
            conv->register_parameter("weight", torch::zeros({spec.out, spec.in, spec.height, spec.width}), false);
        layer.scale = norm->register_parameter("weight", torch::ones({spec.out}), false);
        layer.shift = norm->register_parameter("bias", torch::zeros({spec.out}), false);
        layer.mean = norm->register_buffer("running_mean", torch::zeros({spec.out}));
        layer.variance = norm->register_buffer("running_var", torch::ones({spec.out}));
        layer.stride = spec.stride;
        layer.padHeight = spec.padHeight;
        layer.padWidth = spec.padWidth;
    }
}

torch::Tensor InceptionFidImpl::conv(const std::string& name, const torch::Tensor& x) {
    const Layer& l = m_layers.at(name);
    const torch::Tensor y =
        torch::conv2d(x, l.kernel, {}, at::IntArrayRef{l.stride, l.stride}, at::IntArrayRef{l.padHeight, l.padWidth});
    return torch::relu(torch::batch_norm(y, l.scale, l.shift, l.mean, l.variance, false, 0., 1e-3, false));
}

torch::Tensor InceptionFidImpl::chain(const std::string& prefix, std::initializer_list<const char*> names,
                                      torch::Tensor x) {
    for (const char* name : names) x = conv(prefix + "." + name, x);
    return x;
}

torch::Tensor InceptionFidImpl::blockA(const std::string& name, const torch::Tensor& x) {
    return torch::cat({chain(name, {"branch1x1"}, x), chain(name, {"branch5x5_1", "branch5x5_2"}, x),
                       chain(name, {"branch3x3dbl_1", "branch3x3dbl_2", "branch3x3dbl_3"}, x),
                       chain(name, {"branch_pool"}, average(x))},
                      1);
}

torch::Tensor InceptionFidImpl::blockB(const std::string& name, const torch::Tensor& x) {
    return torch::cat({chain(name, {"branch3x3"}, x),
                       chain(name, {"branch3x3dbl_1", "branch3x3dbl_2", "branch3x3dbl_3"}, x),
                       torch::max_pool2d(x, 3, 2)},
                      1);
}

torch::Tensor InceptionFidImpl::blockC(const std::string& name, const torch::Tensor& x) {
    return torch::cat(
        {chain(name, {"branch1x1"}, x), chain(name, {"branch7x7_1", "branch7x7_2", "branch7x7_3"}, x),
         chain(name, {"branch7x7dbl_1", "branch7x7dbl_2", "branch7x7dbl_3", "branch7x7dbl_4", "branch7x7dbl_5"}, x),
         chain(name, {"branch_pool"}, average(x))},
        1);
}

torch::Tensor InceptionFidImpl::blockD(const std::string& name, const torch::Tensor& x) {
    return torch::cat({chain(name, {"branch3x3_1", "branch3x3_2"}, x),
                       chain(name, {"branch7x7x3_1", "branch7x7x3_2", "branch7x7x3_3", "branch7x7x3_4"}, x),
                       torch::max_pool2d(x, 3, 2)},
                      1);
}

torch::Tensor InceptionFidImpl::blockE(const std::string& name, const torch::Tensor& x, bool maximum) {
    const torch::Tensor three = chain(name, {"branch3x3_1"}, x),
                        twice = chain(name, {"branch3x3dbl_1", "branch3x3dbl_2"}, x);
    return torch::cat({chain(name, {"branch1x1"}, x), chain(name, {"branch3x3_2a"}, three),
                       chain(name, {"branch3x3_2b"}, three), chain(name, {"branch3x3dbl_3a"}, twice),
                       chain(name, {"branch3x3dbl_3b"}, twice),
                       chain(name, {"branch_pool"}, maximum ? torch::max_pool2d(x, 3, 1, 1) : average(x))},
                      1);
}

torch::Tensor InceptionFidImpl::forward(const torch::Tensor& bytes) {
    torch::Tensor x = bytes.to(torch::kFloat32).div(255);
    x = F::interpolate(x, F::InterpolateFuncOptions()
                              .size(std::vector<int64_t>{kInceptionSide, kInceptionSide})
                              .mode(torch::kBilinear)
                              .align_corners(false));
    x = 2 * x - 1;
    x = conv("Conv2d_2b_3x3", conv("Conv2d_2a_3x3", conv("Conv2d_1a_3x3", x)));
    x = torch::max_pool2d(x, 3, 2);
    x = torch::max_pool2d(conv("Conv2d_4a_3x3", conv("Conv2d_3b_1x1", x)), 3, 2);
    for (const char* name : {"Mixed_5b", "Mixed_5c", "Mixed_5d"}) x = blockA(name, x);
    x = blockB("Mixed_6a", x);
    for (const char* name : {"Mixed_6b", "Mixed_6c", "Mixed_6d", "Mixed_6e"}) x = blockC(name, x);
    x = blockE("Mixed_7b", blockD("Mixed_7a", x), false);
    return blockE("Mixed_7c", x, true).mean({2, 3});
}

} // namespace emc
