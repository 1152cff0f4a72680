#include "core/models/trans_vae_network.h"

#include "core/api/error.h"
#include "core/api/vectors.h"
#include "core/nn/initialise.h"

namespace emc {

namespace {
constexpr int64_t kWidth = kFeatureDims, kHeads = 4, kFeedForward = 2 * kWidth;

torch::nn::Linear linear(int64_t in, int64_t out) {
    return torch::nn::Linear(in, out);
}
} // namespace

TransVaeConfig TransVaeConfig::of(const std::string& model, const std::string& variant) {
    TransVaeConfig config;
    if (variant != "fixed" && variant != "compat")
        throw Error(ErrorKind::Usage, "there is no variant named \"" + variant + "\"", {}, "Use fixed or compat");
    config.compat = variant == "compat";
    config.dropout = config.compat ? 0.1 : 0.0;
    if (model == "trans-vae-emc") config.cma = config.ea = true;
    else if (model == "trans-vae-emc-no-ea") config.cma = true;
    else if (model != "trans-vae") throw Error(ErrorKind::Usage, "\"" + model + "\" is not a Trans-VAE model");
    return config;
}

std::vector<std::string> TransVaeConfig::attentionSites() const {
    std::vector<std::string> sites;
    if (ea)
        for (const char* block : {"u_ea_f", "u_ea_s", "m_ea", "s_ea"})
            for (const char* part : {"self_x", "self_e", "cross"}) sites.push_back(std::string(block) + "/" + part);
    if (cma) sites.insert(sites.end(), {"cma_f/self", "cma_s/self"});
    sites.insert(sites.end(),
                 {"bottleneck/self", "decoder_1/self", "decoder_1/cross", "decoder_2/self", "decoder_2/cross"});
    return sites;
}

torch::Tensor LatentDistribution::sample(const torch::Tensor& noise) const {
    const torch::Tensor sigma = torch::exp(.5 * logVariance);
    return mu + sigma * (mu.dim() == 3 ? noise.unsqueeze(1) : noise);
}

TransVaeNetImpl::TransVaeNetImpl(const TransVaeConfig& config) : m_config(config) {
    const double dropout = config.dropout;
    auto encoder = register_module("speaker_behaviour_encoder", std::make_shared<torch::nn::Module>());
    m_videoEncoder = encoder->register_module("video_encoder", FrameEncoder());
    m_audioMap = encoder->register_module("audio_feature_map", linear(kMfccDims, kWidth));
    m_fusionLayer = encoder->register_module("fusion_layer", linear(2 * kWidth, kWidth));

    auto decoder = register_module("reaction_decoder", std::make_shared<torch::nn::Module>());
    auto vae = decoder->register_module("vae_model", std::make_shared<torch::nn::Module>());
    m_vaeLinear = vae->register_module("linear", linear(kWidth, kWidth));
    m_vaeEncoder = vae->register_module("seqTransEncoder", EncoderStack(kWidth, kHeads, kFeedForward, dropout));
    m_decoder1 =
        decoder->register_module("listener_reaction_decoder_1", DecoderStack(kWidth, kHeads, kFeedForward, dropout));
    m_decoder2 =
        decoder->register_module("listener_reaction_decoder_2", DecoderStack(kWidth, kHeads, kFeedForward, dropout));
    m_coeffMap = decoder->register_module("listener_reaction_3dmm_map_layer", linear(kWidth, kCoeffDims));
    auto emotionMap = decoder->register_module("listener_reaction_emotion_map_layer", torch::nn::ModuleList());
    m_emotionMap0 = linear(kCoeffDims + kWidth, kWidth);
    m_emotionMap1 = linear(kWidth, kEmotionDims);
    emotionMap->push_back(m_emotionMap0);
    emotionMap->push_back(m_emotionMap1);

    auto emc = register_module("emc", std::make_shared<torch::nn::Module>());
    m_coeffMean = emc->register_buffer("coeff_mean", torch::zeros({kCoeffDims}));
    if (!config.compat) {
        m_mfccMean = emc->register_buffer("mfcc_mean", torch::zeros({kMfccDims}));
        m_mfccScale = emc->register_buffer("mfcc_scale", torch::ones({kMfccDims}));
    }
    if (config.compat) {
        m_muToken = vae->register_parameter("mu_token", torch::zeros({kWidth}));
        m_logVarianceToken = vae->register_parameter("logvar_token", torch::zeros({kWidth}));
        auto table = decoder->register_module("PE", std::make_shared<torch::nn::Module>());
        table->register_buffer("pe", sinusoidalTable(5000, kWidth).unsqueeze(1));
        m_onlineFusion = register_module(
            "fusion", linear(kWidth + kCoeffDims + kEmotionDims, kWidth)); // unused offline, part of the file
        if (config.ea) m_positionScale = emc->register_parameter("position_scale", torch::zeros({1}));
    } else {
        m_toMu = vae->register_module("to_mu", linear(kWidth, kWidth));
        m_toLogVariance = vae->register_module("to_logvar", linear(kWidth, kWidth));
        m_query = decoder->register_module("query", linear(kWidth, kWidth));
        m_positionScale = decoder->register_parameter("position_scale", torch::ones({1}));
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
        m_speechEmotion = register_module("ser", SpeechEmotionHead());
        for (torch::Tensor& p : m_speechEmotion->parameters(true)) p.set_requires_grad(false);
    }
    start();
}

void TransVaeNetImpl::start() {
    initialiseParameters(*this, m_config.seed);
    torch::NoGradGuard off;
    // Both decoders of the original are deep copies of one layer.
    const auto first = m_decoder1->named_parameters(true);
    for (const auto& item : m_decoder2->named_parameters(true)) item.value().copy_(first[item.key()]);
    if (m_config.compat) {
        if (m_positionScale.defined()) m_positionScale.zero_(); // an attached EA starts at the host
    } else {
        m_positionScale.fill_(1);
        m_toLogVariance->bias.fill_(-5);
    }
    if (!m_config.ea) return;
    for (EmotionAttention* block : {&m_uEaFace, &m_uEaSpeech, &m_mEa, &m_sEa})
        for (const auto& item : (*block)->named_parameters(true))
            if (item.key().find("out_proj") != std::string::npos) item.value().zero_();
}

torch::Tensor TransVaeNetImpl::positions(int64_t frames) {
    return m_tables.positions(frames, kWidth, device());
}

torch::Tensor TransVaeNetImpl::bias(int64_t frames) {
    if (m_config.compat) return {};
    return m_tables.bias(kHeads, frames, m_config.stride, device());
}

void TransVaeNetImpl::forgetTables() {
    m_tables.clear();
    m_firstSelf.reset();
}

torch::Tensor TransVaeNetImpl::encodeSpeech(const torch::Tensor& mfcc) {
    // As they come, MFCC are tens of units wide, and the fusion would hear nothing but the voice.
    return m_audioMap->forward(m_config.compat ? mfcc : (mfcc - m_mfccMean) * m_mfccScale);
}

EmotionSides TransVaeNetImpl::emotionSides(const torch::Tensor& face, const torch::Tensor& speech,
                                           const torch::Tensor& useSpeech, const torch::Tensor& withheld,
                                           AttentionRecorder* recorder) {
    if (!m_config.ea) return {};
    torch::Tensor e = m_emotionMlp->forward(face, speech, useSpeech);
    if (withheld.defined()) e = e.masked_fill(withheld.unsqueeze(-1), 0);
    e = e + positions(e.size(1));
    return {m_uEaFace->emotionPart(e, {recorder, "u_ea_f", ""}), m_uEaSpeech->emotionPart(e, {recorder, "u_ea_s", ""}),
            m_mEa->emotionPart(e, {recorder, "m_ea", ""}), m_sEa->emotionPart(e, {recorder, "s_ea", ""})};
}

torch::Tensor TransVaeNetImpl::unimodal(bool face, const torch::Tensor& u, const EmotionSides& sides,
                                        AttentionRecorder* recorder) {
    if (!m_config.ea) return u;
    EmotionAttention& block = face ? m_uEaFace : m_uEaSpeech;
    return block->featurePart(u, face ? sides.unimodalFace : sides.unimodalSpeech, positions(u.size(1)),
                              bias(u.size(1)), {recorder, face ? "u_ea_f" : "u_ea_s", ""});
}

torch::Tensor TransVaeNetImpl::fuse(const torch::Tensor& face, const torch::Tensor& speech, const EmotionSides& sides,
                                    AttentionRecorder* recorder) {
    // cat + linear, with the halves apart: the half that does not depend on the draw stays a single row of the batch.
    const torch::Tensor weight = m_fusionLayer->weight;
    const torch::Tensor m = torch::linear(face, weight.narrow(1, 0, kWidth), m_fusionLayer->bias) +
                            torch::linear(speech, weight.narrow(1, kWidth, kWidth));
    if (!m_config.ea) return m;
    return m_mEa->featurePart(m, sides.multimodal, positions(m.size(1)), bias(m.size(1)), {recorder, "m_ea", ""});
}

LatentDistribution TransVaeNetImpl::bottleneck(const torch::Tensor& fused, AttentionRecorder* recorder) {
    const torch::Tensor x = m_vaeLinear->forward(fused);
    const AttentionSite site{recorder, "bottleneck", "self"};
    if (m_config.compat) {
        const auto token = [&](const torch::Tensor& t) {
            return t.view({1, 1, kWidth}).expand({x.size(0), 1, kWidth});
        };
        const torch::Tensor h =
            m_vaeEncoder->forward(torch::cat({token(m_muToken), token(m_logVarianceToken), x}, 1), site);
        return {h.select(1, 0), h.select(1, 1)};
    }
    const torch::Tensor h = m_vaeEncoder->forward(x + positions(x.size(1)), site);
    return {m_toMu->forward(h), m_toLogVariance->forward(h).clamp(-8, 8)};
}

ReactionTensors TransVaeNetImpl::decode(const torch::Tensor& z, int64_t frames, const EmotionSides& sides,
                                        AttentionRecorder* recorder) {
    const torch::Tensor where = positions(frames);
    torch::Tensor memory, crossBias, x;
    if (m_config.compat && !m_config.ea) {
        memory = z.unsqueeze(1);
    } else {
        const torch::Tensor g = (z.dim() == 2 ? z.unsqueeze(1) : z) + m_positionScale * where;
        memory = m_config.ea ? m_sEa->featurePart(g, sides.sample, where, bias(frames), {recorder, "s_ea", ""}) : g;
        crossBias = bias(frames);
    }
    const AttentionSite first{recorder, "decoder_1", ""}, second{recorder, "decoder_2", ""};
    if (m_config.compat) {
        const bool keep = c10::InferenceMode::is_enabled() && !first.with("self").wanted();
        if (is_training()) {
            x = m_decoder1->layer()->selfPart(
                torch::dropout(where.expand({z.size(0), -1, -1}), m_config.dropout, true));
        } else if (!keep) {
            x = m_decoder1->layer()->selfPart(where, first);
        } else {
            // The queries are the same for every sample and clip of this length; in inference mode the weights stay as
            // they are.
            if (!m_firstSelf.defined() || m_firstSelf.size(1) != frames)
                m_firstSelf = m_decoder1->layer()->selfPart(where);
            x = m_firstSelf;
        }
        x = x.expand({z.size(0), -1, -1});
    } else {
        x = m_decoder1->layer()->selfPart(where + m_query->forward(memory), first);
    }
    x = m_decoder1->layer()->crossPart(x, memory, crossBias, first);
    x = m_decoder2->layer()->forward(x, x, crossBias, second);
    ReactionTensors out;
    out.coeffs = m_coeffMap->forward(x);
    out.emotion = m_emotionMap1->forward(m_emotionMap0->forward(torch::cat({out.coeffs, x}, -1)));
    return out;
}

torch::Tensor TransVaeNetImpl::imagine(bool face, const torch::Tensor& z, const torch::Tensor& present,
                                       AttentionRecorder* recorder) {
    const torch::Tensor condition = standardiser(!face)->standardised(present);
    return standardiser(face)->restored(cma(face)->decode(z, condition, {recorder, face ? "cma_f" : "cma_s", "self"}));
}

} // namespace emc
