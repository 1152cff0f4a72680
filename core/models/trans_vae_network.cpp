#include "core/models/trans_vae_network.h"

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
    const bool online = model.starts_with("trans-vae-online");
    config.choose(online ? "trans-vae-online" : "trans-vae", model, variant);
    if (online) config.window = config.compat ? kOfficialWindow : kOnlineWindow;
    return config;
}

std::vector<std::string> TransVaeConfig::attentionSites() const {
    std::vector<std::string> sites = emcSites();
    sites.insert(sites.end(),
                 {"bottleneck/self", "decoder_1/self", "decoder_1/cross", "decoder_2/self", "decoder_2/cross"});
    if (window > 0) sites.insert(sites.end(), {"decoder_3d/self", "decoder_3d/cross"});
    return sites;
}

torch::Tensor LatentDistribution::sample(const torch::Tensor& noise) const {
    const torch::Tensor sigma = torch::exp(.5 * logVariance);
    return mu + sigma * (mu.dim() == 3 ? noise.unsqueeze(1) : noise);
}

TransVaeNetImpl::TransVaeNetImpl(const TransVaeConfig& config) : EmcNetwork(config, kWidth, kHeads), m_config(config) {
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

    const auto additions = startEmc();
    if (config.compat) {
        m_muToken = vae->register_parameter("mu_token", torch::zeros({kWidth}));
        m_logVarianceToken = vae->register_parameter("logvar_token", torch::zeros({kWidth}));
        auto table = decoder->register_module("PE", std::make_shared<torch::nn::Module>());
        table->register_buffer("pe", sinusoidalTable(5000, kWidth).unsqueeze(1));
        if (config.ea) m_positionScale = additions->register_parameter("position_scale", torch::zeros({1}));
    } else {
        addMfccUnits();
        m_toMu = vae->register_module("to_mu", linear(kWidth, kWidth));
        m_toLogVariance = vae->register_module("to_logvar", linear(kWidth, kWidth));
        m_query = decoder->register_module("query", linear(kWidth, kWidth));
        m_positionScale = decoder->register_parameter("position_scale", torch::ones({1}));
    }
    if (config.window > 0) addOnlineParts(*decoder);
    if (config.compat || config.window > 0) // unused offline, but part of the authors' file
        m_onlineFusion = register_module("fusion", linear(kWidth + kCoeffDims + kEmotionDims, kWidth));
    addEmcBlocks();
    start();
}

void TransVaeNetImpl::start() {
    initialiseParameters(*this, emc().seed);
    torch::NoGradGuard off;
    // Both decoders of the original are deep copies of one layer.
    const auto first = m_decoder1->named_parameters(true);
    for (const auto& item : m_decoder2->named_parameters(true)) item.value().copy_(first[item.key()]);
    if (emc().compat) {
        if (m_positionScale.defined()) m_positionScale.zero_(); // an attached EA starts at the host
    } else {
        m_positionScale.fill_(1);
        m_toLogVariance->bias.fill_(-5);
    }
    if (m_lstm)
        for (const auto& item : m_lstm->named_parameters())
            if (item.value().dim() == 1) item.value().zero_();
    zeroEmotionAttention();
}

void TransVaeNetImpl::forgetTables() {
    EmcNetwork::forgetTables();
    m_firstSelf.reset();
}

torch::Tensor TransVaeNetImpl::encodeSpeech(const torch::Tensor& mfcc) {
    return m_audioMap->forward(standardisedMfcc(mfcc));
}

torch::Tensor TransVaeNetImpl::fuse(const torch::Tensor& face, const torch::Tensor& speech, const EmotionSides& sides,
                                    AttentionRecorder* recorder) {
    // cat + linear, with the halves apart: the half that does not depend on the draw stays a single row of the batch.
    const torch::Tensor weight = m_fusionLayer->weight;
    const torch::Tensor m = torch::linear(face, weight.narrow(1, 0, kWidth), m_fusionLayer->bias) +
                            torch::linear(speech, weight.narrow(1, kWidth, kWidth));
    return multimodal(m, sides, recorder);
}

LatentDistribution TransVaeNetImpl::bottleneck(const torch::Tensor& fused, AttentionRecorder* recorder) {
    const torch::Tensor x = m_vaeLinear->forward(fused);
    const AttentionSite site{recorder, "bottleneck", "self"};
    if (emc().compat) {
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
    if (emc().compat && !emc().ea) {
        memory = z.unsqueeze(1);
    } else {
        const torch::Tensor g = (z.dim() == 2 ? z.unsqueeze(1) : z) + m_positionScale * where;
        memory = sampled(g, sides, recorder);
        crossBias = bias(frames);
    }
    const AttentionSite first{recorder, "decoder_1", ""}, second{recorder, "decoder_2", ""};
    if (emc().compat) x = timeQueries(frames, z.size(0), first);
    else x = m_decoder1->layer()->selfPart(where + m_query->forward(memory), first);
    x = m_decoder1->layer()->crossPart(x, memory, crossBias, first);
    x = m_decoder2->layer()->forward(x, x, crossBias, second);
    return heads(x, x);
}

torch::Tensor TransVaeNetImpl::timeQueries(int64_t frames, int64_t batch, const AttentionSite& site) {
    const torch::Tensor where = positions(frames);
    if (is_training())
        return m_decoder1->layer()->selfPart(torch::dropout(where.expand({batch, -1, -1}), emc().dropout, true));
    torch::Tensor x;
    if (!c10::InferenceMode::is_enabled() || site.with("self").wanted()) {
        x = m_decoder1->layer()->selfPart(where, site);
    } else {
        // The queries are the same for every sample and clip of this length; in inference mode the weights stay as they
        // are.
        if (!m_firstSelf.defined() || m_firstSelf.size(1) != frames) m_firstSelf = m_decoder1->layer()->selfPart(where);
        x = m_firstSelf;
    }
    return x.expand({batch, -1, -1});
}

ReactionTensors TransVaeNetImpl::heads(const torch::Tensor& decoded, const torch::Tensor& forCoeffs) {
    ReactionTensors out;
    out.coeffs = m_coeffMap->forward(forCoeffs);
    out.emotion = m_emotionMap1->forward(m_emotionMap0->forward(torch::cat({out.coeffs, decoded}, -1)));
    return out;
}

} // namespace emc
