#include "core/models/regnn_network.h"

#include "core/api/error.h"
#include "core/api/vectors.h"
#include "core/nn/initialise.h"

namespace emc {

namespace {
constexpr int64_t kWidth = kMultWidth, kHeads = kMultHeads;
constexpr int64_t kConvertHidden = 32, kCoeffHidden = 64, kCoeffKernel = 5;
constexpr int kDistributions = 6; // of the port's "GMGD", which its released setting never uses
} // namespace

RegnnConfig RegnnConfig::of(const std::string& model, const std::string& variant) {
    RegnnConfig config;
    if (variant != "fixed" && variant != "compat")
        throw Error(ErrorKind::Usage, "there is no variant named \"" + variant + "\"", {}, "Use fixed or compat");
    config.compat = variant == "compat";
    config.dropout = config.compat ? 0.1 : 0.0;
    if (model == "regnn-emc") config.cma = config.ea = true;
    else if (model == "regnn-emc-no-ea") config.cma = true;
    else if (model != "regnn") throw Error(ErrorKind::Usage, "\"" + model + "\" is not a REGNN model");
    return config;
}

std::vector<std::string> RegnnConfig::attentionSites() const {
    std::vector<std::string> sites;
    if (ea)
        for (const char* block : {"u_ea_f", "u_ea_s", "m_ea", "s_ea"})
            for (const char* part : {"self_x", "self_e", "cross"}) sites.push_back(std::string(block) + "/" + part);
    if (cma) sites.insert(sites.end(), {"cma_f/self", "cma_s/self"});
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

RegnnEmotion RegnnEmotion::rows(const torch::Tensor& index) const {
    if (!sample.defined()) return {};
    return {unimodalFace.index_select(0, index), unimodalSpeech.index_select(0, index),
            multimodal.index_select(0, index), sample.index_select(0, index)};
}

RegnnEmotion RegnnEmotion::narrowed(int64_t begin, int64_t count) const {
    if (!sample.defined()) return {};
    return {unimodalFace.narrow(0, begin, count), unimodalSpeech.narrow(0, begin, count),
            multimodal.narrow(0, begin, count), sample.narrow(0, begin, count)};
}

RegnnEmotion RegnnEmotion::repeated(int64_t times) const {
    if (!sample.defined() || times == 1) return *this;
    const auto many = [&](const torch::Tensor& x) { return x.repeat({times, 1, 1}); };
    return {many(unimodalFace), many(unimodalSpeech), many(multimodal), many(sample)};
}

RegnnNetImpl::RegnnNetImpl(const RegnnConfig& config) : m_config(config) {
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
    auto emc = register_module("emc", std::make_shared<torch::nn::Module>());
    m_coeffMean = emc->register_buffer("coeff_mean", torch::zeros({kCoeffDims}));
    m_started = emc->register_buffer("actnorm_started", torch::zeros({1}));
    m_threshold = emc->register_buffer("threshold", torch::zeros({4}));
    if (!config.compat) {
        if (builtIn) {
            m_mfccMean = emc->register_buffer("mfcc_mean", torch::zeros({kMfccDims}));
            m_mfccScale = emc->register_buffer("mfcc_scale", torch::ones({kMfccDims}));
        }
        const auto convolution = [](int64_t in, int64_t out) {
            return torch::nn::Conv1d(torch::nn::Conv1dOptions(in, out, kCoeffKernel)
                                         .padding(kCoeffKernel / 2)
                                         .padding_mode(torch::kReplicate));
        };
        auto head = register_module("coefficient_head", std::make_shared<torch::nn::Module>());
        m_coeffs1 = head->register_module("conv1", convolution(kGraphNodes, kCoeffHidden));
        m_coeffs2 = head->register_module("conv2", convolution(kCoeffHidden, kCoeffDims));
    }
    if (config.cma) {
        m_cmaFace = emc->register_module("cma_f", Cma(kWidth, kHeads, dropout));
        m_cmaSpeech = emc->register_module("cma_s", Cma(kWidth, kHeads, dropout));
        m_standardFace = emc->register_module("units_f", Standardiser(kWidth));
        m_standardSpeech = emc->register_module("units_s", Standardiser(kWidth));
    }
    if (config.ea) {
        m_emotionMlp = emc->register_module("e_mlp", EmotionMlp(kWidth));
        m_uEaFace = emc->register_module("u_ea_f", EmotionAttention(kWidth, kHeads, dropout));
        m_uEaSpeech = emc->register_module("u_ea_s", EmotionAttention(kWidth, kHeads, dropout));
        m_mEa = emc->register_module("m_ea", EmotionAttention(kWidth, kHeads, dropout));
        m_sEa = emc->register_module("s_ea", EmotionAttention(kWidth, kHeads, dropout));
        m_sampleIn = emc->register_module("s_in", torch::nn::Linear(kGraphNodes, kWidth));
        m_sampleOut = emc->register_module("s_out", torch::nn::Linear(kWidth, kGraphNodes));
        m_speechEmotion = register_module("ser", SpeechEmotionHead());
        for (torch::Tensor& p : m_speechEmotion->parameters(true)) p.set_requires_grad(false);
    }
    start();
}

void RegnnNetImpl::start() {
    initialiseParameters(*this, m_config.seed);
    torch::NoGradGuard off;
    for (int64_t i = 0; i < kMotorLayers; ++i) m_motor->layer(i)->attention()->channelWeights.fill_(1);
    if (!m_config.ea) return;
    // An attached EA is the identity at first.
    for (EmotionAttention* block : {&m_uEaFace, &m_uEaSpeech, &m_mEa, &m_sEa})
        for (const auto& item : (*block)->named_parameters(true))
            if (item.key().find("out_proj") != std::string::npos) item.value().zero_();
    m_sampleOut->weight.zero_();
    m_sampleOut->bias.zero_();
}

torch::Tensor RegnnNetImpl::bias(int64_t frames) {
    if (m_config.compat) return {};
    return m_tables.bias(kHeads, frames, m_config.stride, device());
}

void RegnnNetImpl::forgetTables() {
    m_tables.clear();
    m_motor->forgetBounds();
}

torch::Tensor RegnnNetImpl::encodeSpeech(const torch::Tensor& features) {
    // As they come, MFCC are tens of units wide.
    return m_fusion->project(false, m_mfccMean.defined() ? (features - m_mfccMean) * m_mfccScale : features);
}

RegnnEmotion RegnnNetImpl::emotionSides(const torch::Tensor& face, const torch::Tensor& speech,
                                        const torch::Tensor& useSpeech, const torch::Tensor& withheld,
                                        AttentionRecorder* recorder) {
    if (!m_config.ea) return {};
    torch::Tensor e = m_emotionMlp->forward(face, speech, useSpeech);
    if (withheld.defined()) e = e.masked_fill(withheld.unsqueeze(-1), 0);
    e = e + positions(e.size(1));
    return {m_uEaFace->emotionPart(e, {recorder, "u_ea_f", ""}), m_uEaSpeech->emotionPart(e, {recorder, "u_ea_s", ""}),
            m_mEa->emotionPart(e, {recorder, "m_ea", ""}), m_sEa->emotionPart(e, {recorder, "s_ea", ""})};
}

torch::Tensor RegnnNetImpl::unimodal(bool face, const torch::Tensor& u, const RegnnEmotion& emotion,
                                     AttentionRecorder* recorder) {
    if (!m_config.ea) return u;
    EmotionAttention& block = face ? m_uEaFace : m_uEaSpeech;
    return block->featurePart(u, face ? emotion.unimodalFace : emotion.unimodalSpeech, positions(u.size(1)),
                              bias(u.size(1)), {recorder, face ? "u_ea_f" : "u_ea_s", ""});
}

torch::Tensor RegnnNetImpl::fuse(const torch::Tensor& face, const torch::Tensor& speech, const RegnnEmotion& emotion,
                                 AttentionRecorder* recorder) {
    torch::Tensor h = m_fusion->memory(m_fusion->cross(face, speech, bias(face.size(1)), recorder), recorder);
    if (m_config.ea)
        h = m_mEa->featurePart(h, emotion.multimodal, positions(h.size(1)), bias(h.size(1)), {recorder, "m_ea", ""});
    return m_fusion->head(h);
}

torch::Tensor RegnnNetImpl::nodes(const torch::Tensor& fused) {
    return m_convert->forward(fused).transpose(1, 2).contiguous();
}

torch::Tensor RegnnNetImpl::refined(const torch::Tensor& g, const RegnnEmotion& emotion, AttentionRecorder* recorder) {
    if (!m_config.ea) return g;
    const torch::Tensor h = m_sampleIn->forward(g.transpose(1, 2));
    const torch::Tensor y =
        m_sEa->featurePart(h, emotion.sample, positions(h.size(1)), bias(h.size(1)), {recorder, "s_ea", ""});
    return g + m_sampleOut->forward(y).transpose(1, 2);
}

torch::Tensor RegnnNetImpl::coefficients(const torch::Tensor& emotion) {
    const torch::Tensor h = torch::gelu(m_coeffs1->forward(emotion.transpose(1, 2)));
    return m_coeffs2->forward(h).transpose(1, 2);
}

torch::Tensor RegnnNetImpl::imagine(bool face, const torch::Tensor& z, const torch::Tensor& present,
                                    AttentionRecorder* recorder) {
    const torch::Tensor condition = standardiser(!face)->standardised(present);
    return standardiser(face)->restored(cma(face)->decode(z, condition, {recorder, face ? "cma_f" : "cma_s", "self"}));
}

} // namespace emc
