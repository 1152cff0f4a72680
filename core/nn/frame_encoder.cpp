#include "core/nn/frame_encoder.h"

#include <cmath>

#include "core/api/error.h"
#include "core/nn/channel_statistics.h"

namespace emc {

namespace {
constexpr double kEps = 1e-5;
constexpr int64_t kMaxKeptBytes = int64_t(6) << 30;

torch::nn::Conv2d convolution(int64_t in, int64_t out, int64_t kernel, int64_t stride) {
    return torch::nn::Conv2d(torch::nn::Conv2dOptions(in, out, kernel).stride(stride).padding(kernel / 2).bias(false));
}
} // namespace

FrameEncoderImpl::FrameEncoderImpl() {
    auto convolutions = std::make_shared<torch::nn::Module>();
    m_conv1 = convolutions->register_module("conv1", convolution(3, 32, 7, 2));
    m_conv2 = convolutions->register_module("conv2", convolution(32, 128, 7, 2));
    m_conv3 = convolutions->register_module("conv3", convolution(128, 128, 3, 2));
    m_conv4 = convolutions->register_module("conv4", convolution(128, 128, 3, 1));
    m_conv5 = convolutions->register_module("conv5", convolution(128, 128, 3, 2));
    register_module("Conv3D", convolutions);
    m_fc = register_module("fc", torch::nn::Linear(128, kFeatureDims));
}

// x (T*clips,C,H,W), frames outermost: seen as (T, clips*C, H, W) a batch norm is exactly the instance norm over T, H,
// W, without moving any data.
torch::Tensor FrameEncoderImpl::normalised(const torch::Tensor& x, int64_t clips) const {
    const auto sizes = x.sizes().vec();
    const torch::Tensor y = x.view({sizes[0] / clips, clips * sizes[1], sizes[2], sizes[3]});
    return torch::batch_norm(y, {}, {}, {}, {}, /*training=*/true, 0.0, kEps, /*cudnn_enabled=*/false).view(sizes);
}

torch::Tensor FrameEncoderImpl::forward(const torch::Tensor& frames) {
    const int64_t clips = frames.size(0), length = frames.size(1);
    torch::Tensor x = frames.transpose(0, 1).flatten(0, 1).contiguous();
    // ReLU and max-pooling commute with the norm (it has no sign), but the original order is kept where gradients are
    // taken.
    x = torch::relu(normalised(m_conv1->forward(x), clips));
    x = torch::max_pool2d(x, 3, 2);
    x = torch::relu(normalised(m_conv2->forward(x), clips));
    x = torch::relu(normalised(m_conv3->forward(x), clips));
    x = torch::relu(normalised(m_conv4->forward(x), clips)) + x;
    x = torch::relu(normalised(m_conv5->forward(x), clips));
    return m_fc->forward(x.mean({2, 3}).view({length, clips, -1}).transpose(0, 1));
}

torch::Tensor FrameEncoderImpl::encode(int frames, const std::function<torch::Tensor(int, int)>& readChunk,
                                       JobContext& job, int chunk) {
    torch::InferenceMode on;
    if (frames <= 0) throw Error(ErrorKind::BadInput, "there is no frame to encode");
    std::vector<torch::Tensor> kept;
    ChannelStatistics statistics;
    int64_t keptBytes = 0;
    const torch::Device device = m_fc->weight.device();
    for (int begin = 0; begin < frames; begin += chunk) {
        job.checkpoint();
        const int end = std::min(frames, begin + chunk);
        const torch::Tensor y = m_conv1->forward(readChunk(begin, end).to(device));
        // The norm is an increasing map of each channel, so the maximum may be taken before it: four times less to
        // keep.
        kept.push_back(statistics.addPooled(y));
        keptBytes += kept.back().numel() * 4;
        if (keptBytes / (end) * static_cast<int64_t>(frames) > kMaxKeptBytes)
            throw Error(ErrorKind::Unsupported,
                        "the clip is too long to be encoded at this video size (" + std::to_string(frames) + " frames)",
                        {}, "Use a smaller video size or cut the clip");
    }
    const auto layer = [&](const std::function<torch::Tensor(const torch::Tensor&)>& convolve) {
        ChannelStatistics next;
        for (torch::Tensor& part : kept) {
            job.checkpoint();
            part = convolve(statistics.rectified(std::move(part)));
            next.add(part);
        }
        statistics = next;
    };
    layer([&](const torch::Tensor& x) { return m_conv2->forward(x); });
    layer([&](const torch::Tensor& x) { return m_conv3->forward(x); });
    // conv4 is added to its input, so the input is kept too.
    std::vector<torch::Tensor> inputs;
    layer([&](const torch::Tensor& x) {
        inputs.push_back(x);
        return m_conv4->forward(x);
    });
    ChannelStatistics last;
    for (std::size_t i = 0; i < kept.size(); ++i) {
        job.checkpoint();
        kept[i] = m_conv5->forward(statistics.rectified(std::move(kept[i])).add_(inputs[i]));
        inputs[i].reset();
        last.add(kept[i]);
    }
    std::vector<torch::Tensor> rows;
    for (torch::Tensor& part : kept) rows.push_back(m_fc->forward(last.rectified(std::move(part)).mean({2, 3})));
    return torch::cat(rows, 0);
}

torch::Tensor FrameEncoderImpl::encode(const torch::Tensor& frames, JobContext& job, int chunk) {
    return encode(
        static_cast<int>(frames.size(0)), [&](int begin, int end) { return frames.slice(0, begin, end); }, job, chunk);
}

torch::Tensor FrameEncoderImpl::encodeInWindows(const std::vector<int>& ends,
                                                const std::function<torch::Tensor(int, int)>& readChunk,
                                                JobContext& job) {
    torch::InferenceMode on;
    ChannelStatistics statistics[5];
    std::vector<torch::Tensor> rows;
    int begin = 0;
    for (const int end : ends) {
        if (end <= begin) continue;
        job.checkpoint();
        const auto rectified = [&](int layer, torch::Tensor y) {
            statistics[layer].add(y);
            return statistics[layer].rectified(std::move(y));
        };
        torch::Tensor x = statistics[0].addPooled(m_conv1->forward(readChunk(begin, end).to(m_fc->weight.device())));
        x = rectified(1, m_conv2->forward(statistics[0].rectified(std::move(x))));
        x = rectified(2, m_conv3->forward(x));
        x = rectified(3, m_conv4->forward(x)).add_(x);
        x = rectified(4, m_conv5->forward(x));
        rows.push_back(m_fc->forward(x.mean({2, 3})));
        begin = end;
    }
    if (rows.empty()) throw Error(ErrorKind::BadInput, "there is no frame to encode");
    return torch::cat(rows, 0);
}

int readSizeFor(int size) {
    return static_cast<int>(std::lround(size * 256.0 / 224.0));
}

void appendCentreCrop(const std::vector<std::uint8_t>& rgb, int readSize, int size, std::vector<std::uint8_t>& planes) {
    if (rgb.size() != static_cast<std::size_t>(readSize) * static_cast<std::size_t>(readSize) * 3 || size > readSize)
        throw Error(ErrorKind::BadInput, "a face frame has the wrong size");
    const int offset = (readSize - size) / 2;
    const std::size_t start = planes.size(), area = static_cast<std::size_t>(size) * static_cast<std::size_t>(size);
    planes.resize(start + 3 * area);
    for (int y = 0; y < size; ++y) {
        const std::uint8_t* row =
            rgb.data() + 3 * (static_cast<std::size_t>(y + offset) * static_cast<std::size_t>(readSize) +
                              static_cast<std::size_t>(offset));
        for (int x = 0; x < size; ++x)
            for (std::size_t c = 0; c < 3; ++c)
                planes[start + c * area + static_cast<std::size_t>(y * size + x)] = row[3 * x + static_cast<int>(c)];
    }
}

torch::Tensor normalisedFrames(const torch::Tensor& bytes) {
    return bytes.to(torch::kFloat32).div_(127.5f).sub_(1.f);
}

} // namespace emc
