#include "core/models/regnn_network.h"

#include "core/api/vectors.h"
#include "core/nn/initialise.h"

namespace emc {

namespace {
constexpr int64_t kWidth = kMultWidth;
constexpr int64_t kConvertHidden = 32, kCoeffHidden = 64, kCoeffKernel = 5;
constexpr int kDistributions = 6; // of the port's "GMGD", which its released setting never uses
} // namespace

RegnnConfig RegnnConfig::of(const std::string& model, const std::string& variant) {
    RegnnConfig config;
    config.choose("regnn", model, variant);
    return config;
}

std::vector<std::string> RegnnConfig::attentionSites() const {
    std::vector<std::string> sites = emcSites();
    sites.insert(sites.end(), {"trans_v_with_a/cross", "trans_v_mem/self", "edges/graph"});
    return sites;
}

InverseOptions RegnnConfig::inverse() const {
    InverseOptions options;
    if (compat) { // as the original: a whole clip stops at once
        options.iterations = 5;
        options.step = options.tolerance = 1e-3;
    }
    return options;
}

RegnnNetImpl::RegnnNetImpl(const RegnnConfig& config) : EmcNetwork(config, kWidth, kMultHeads), m_config(config) {
    const double dropout = config.dropout;
    const bool builtIn = config.features == RegnnFeatures::BuiltIn;
    MultOptions fusion;
    fusion.compat = config.compat;
    fusion.videoDims = builtIn ? kFeatureDims : kSwinDims;
    fusion.audioDims = builtIn ? kMfccDims : kVggishDims;
    if (config.compat && dropout > 0) { // the original's recipe
        fusion.embedDropout = .25;
        fusion.layerDropout = .1;
    }
    auto perceptual = register_module("perceptual_processor", std::make_shared<torch::nn::Module>());
    m_fusion = perceptual->register_module("fuse_model", MultFusion(fusion));
    auto cognitive = register_module("cognitive_processor", std::make_shared<torch::nn::Module>());
    m_convert = cognitive->register_module("convert_layer", GeluMlp(kFusedDims, kConvertHidden, kGraphNodes));
    m_edges = cognitive->register_module("EdgeLayer", EdgeLayer(config.compat));
    m_motor = register_module("motor_processor", MotorProcessor(config.compat));
    if (config.compat) {
        auto unused = cognitive->register_module("dll", std::make_shared<torch::nn::Module>());
        for (int i = 0; i < kDistributions; ++i)
            unused->register_module("mean_" + std::to_string(i), GeluMlp(kWindowFrames, kWindowFrames, kWindowFrames));
    }
    if (builtIn) {
        auto features = register_module("features", std::make_shared<torch::nn::Module>());
        m_frameEncoder = features->register_module("video_encoder", FrameEncoder());
    }
    const auto additions = startEmc();
    m_started = additions->register_buffer("actnorm_started", torch::zeros({1}));
    m_threshold = additions->register_buffer("threshold", torch::zeros({4}));
    if (!config.compat) {
        if (builtIn) addMfccUnits();
        const auto convolution = [](int64_t in, int64_t out) {
            return torch::nn::Conv1d(torch::nn::Conv1dOptions(in, out, kCoeffKernel)
                                         .padding(kCoeffKernel / 2)
                                         .padding_mode(torch::kReplicate));
        };
        auto head = register_module("coefficient_head", std::make_shared<torch::nn::Module>());
        m_coeffs1 = head->register_module("conv1", convolution(kGraphNodes, kCoeffHidden));
        m_coeffs2 = head->register_module("conv2", convolution(kCoeffHidden, kCoeffDims));
    }
    addEmcBlocks();
    if (config.ea) {
        m_sampleIn = additions->register_module("s_in", torch::nn::Linear(kGraphNodes, kWidth));
        m_sampleOut = additions->register_module("s_out", torch::nn::Linear(kWidth, kGraphNodes));
    }
    start();
}

void RegnnNetImpl::start() {
    initialiseParameters(*this, m_config.seed);
    torch::NoGradGuard off;
    for (int64_t i = 0; i < kMotorLayers; ++i) m_motor->layer(i)->attention()->channelWeights.fill_(1);
    zeroEmotionAttention();
    if (!m_config.ea) return;
    m_sampleOut->weight.zero_();
    m_sampleOut->bias.zero_();
}

void RegnnNetImpl::forgetTables() {
    EmcNetwork::forgetTables();
    m_motor->forgetBounds();
}

torch::Tensor RegnnNetImpl::fuse(const torch::Tensor& face, const torch::Tensor& speech, const EmotionSides& emotion,
                                 AttentionRecorder* recorder) {
    const torch::Tensor h = m_fusion->memory(m_fusion->cross(face, speech, bias(face.size(1)), recorder), recorder);
    return m_fusion->head(multimodal(h, emotion, recorder));
}

torch::Tensor RegnnNetImpl::nodes(const torch::Tensor& fused) {
    return m_convert->forward(fused).transpose(1, 2).contiguous();
}

torch::Tensor RegnnNetImpl::refined(const torch::Tensor& g, const EmotionSides& emotion, AttentionRecorder* recorder) {
    if (!m_config.ea) return g;
    const torch::Tensor h = m_sampleIn->forward(g.transpose(1, 2));
    const torch::Tensor y = sampled(h, emotion, recorder);
    return g + m_sampleOut->forward(y).transpose(1, 2);
}

torch::Tensor RegnnNetImpl::coefficients(const torch::Tensor& emotion) {
    const torch::Tensor h = torch::gelu(m_coeffs1->forward(emotion.transpose(1, 2)));
    return m_coeffs2->forward(h).transpose(1, 2);
}

} // namespace emc
