#include "core/nn/vggish.h"

#include "core/api/error.h"

namespace emc {

namespace {
constexpr double kClip = 2; // of whitened numbers; +-2 become 0 and 255
} // namespace

VggishImpl::VggishImpl() {
    m_features = register_module("features", torch::nn::Sequential());
    int64_t in = 1;
    for (const int64_t out : {64, 0, 128, 0, 256, 256, 0, 512, 512, 0}) {
        if (out == 0) {
            m_features->push_back(torch::nn::MaxPool2d(torch::nn::MaxPool2dOptions(2)));
            continue;
        }
        m_features->push_back(torch::nn::Conv2d(torch::nn::Conv2dOptions(in, out, 3).padding(1)));
        m_features->push_back(torch::nn::ReLU());
        in = out;
    }
    m_embeddings = register_module("embeddings", torch::nn::Sequential());
    int64_t width = in * (kVggishRows / 16) * (kVggishBands / 16);
    for (const int64_t out : {4096, 4096, kVggishWidth}) {
        m_embeddings->push_back(torch::nn::Linear(width, out));
        m_embeddings->push_back(torch::nn::ReLU());
        width = out;
    }
    auto pca = std::make_shared<torch::nn::Module>();
    m_eigenVectors = pca->register_buffer("pca_eigen_vectors", torch::eye(kVggishWidth));
    m_means = pca->register_buffer("pca_means", torch::zeros({kVggishWidth, 1}));
    register_module("pproc", pca);
}

torch::Tensor VggishImpl::embedding(const torch::Tensor& patches) {
    // The weights come from TensorFlow: the linear layers count rows, then bands, then channels.
    const torch::Tensor x = m_features->forward(patches.unsqueeze(1)).permute({0, 2, 3, 1});
    return m_embeddings->forward(x.flatten(1));
}

torch::Tensor VggishImpl::quantised(const torch::Tensor& embedding) const {
    const torch::Tensor whitened = torch::mm(embedding - m_means.t(), m_eigenVectors.t());
    return ((whitened.clamp(-kClip, kClip) + kClip) * (255 / (2 * kClip))).round();
}

torch::Tensor VggishImpl::encode(const VggishPatches& patches, JobContext& job, int chunk) {
    const torch::InferenceMode on;
    const torch::TensorOptions options = m_means.options();
    torch::Tensor all = torch::empty({patches.count(), kVggishWidth}, options);
    for (int begin = 0; begin < patches.count(); begin += chunk) {
        job.progress(begin, patches.count(), "hearing with VGGish");
        const int end = std::min(begin + chunk, patches.count());
        std::vector<double> values = patches.logMel(begin, end);
        const torch::Tensor input =
            torch::from_blob(values.data(), {end - begin, kVggishRows, kVggishBands}, torch::kFloat64);
        all.slice(0, begin, end).copy_(forward(input.to(options)));
    }
    return all;
}

} // namespace emc
