#include "core/models/emc_network.h"

#include "core/api/error.h"
#include "core/api/vectors.h"

namespace emc {

void EmcConfig::choose(const std::string& host, const std::string& model, const std::string& variant) {
    if (variant != "fixed" && variant != "compat")
        throw Error(ErrorKind::Usage, "there is no variant named \"" + variant + "\"", {}, "Use fixed or compat");
    compat = variant == "compat";
    dropout = compat ? 0.1 : 0.0;
    ea = model == host + "-emc";
    cma = ea || model == host + "-emc-no-ea";
    if (!cma && model != host) throw Error(ErrorKind::Usage, "\"" + model + "\" is not a model of the host " + host);
}

std::vector<std::string> EmcConfig::emcSites() const {
    std::vector<std::string> sites;
    if (ea)
        for (const char* block : {"u_ea_f", "u_ea_s", "m_ea", "s_ea"})
            for (const char* part : {"self_x", "self_e", "cross"}) sites.push_back(std::string(block) + "/" + part);
    if (cma) sites.insert(sites.end(), {"cma_f/self", "cma_s/self"});
    return sites;
}

namespace {
template <class Edit>
EmotionSides each(const EmotionSides& sides, Edit edit) {
    if (!sides.sample.defined()) return {};
    return {edit(sides.unimodalFace), edit(sides.unimodalSpeech), edit(sides.multimodal), edit(sides.sample)};
}
} // namespace

EmotionSides EmotionSides::rows(const torch::Tensor& index) const {
    return each(*this, [&](const torch::Tensor& x) { return x.index_select(0, index); });
}

EmotionSides EmotionSides::narrowed(int64_t begin, int64_t count) const {
    return each(*this, [&](const torch::Tensor& x) { return x.narrow(0, begin, count); });
}

EmotionSides EmotionSides::prefix(int64_t tokens) const {
    return each(*this, [&](const torch::Tensor& x) { return x.narrow(1, 0, tokens); });
}

EmotionSides EmotionSides::repeated(int64_t times) const {
    if (times == 1) return *this;
    return each(*this, [&](const torch::Tensor& x) { return x.repeat({times, 1, 1}); });
}

torch::Tensor reconstructionLoss(const ReactionTensors& reaction, const torch::Tensor& coeffs,
                                 const torch::Tensor& emotion, const ReconstructionWeights& weights) {
    constexpr int64_t kPoseDims = kCoeffDims - kShapeDims;
    return weights.emotion * torch::mse_loss(reaction.emotion, emotion) +
           weights.expression *
               torch::mse_loss(reaction.coeffs.narrow(-1, 0, kShapeDims), coeffs.narrow(-1, 0, kShapeDims)) +
           weights.pose * torch::mse_loss(reaction.coeffs.narrow(-1, kShapeDims, kPoseDims),
                                          coeffs.narrow(-1, kShapeDims, kPoseDims));
}

std::shared_ptr<torch::nn::Module> EmcNetwork::startEmc() {
    m_module = register_module("emc", std::make_shared<torch::nn::Module>());
    m_coeffMean = m_module->register_buffer("coeff_mean", torch::zeros({kCoeffDims}));
    return m_module;
}

void EmcNetwork::addMfccUnits() {
    m_mfccMean = m_module->register_buffer("mfcc_mean", torch::zeros({kMfccDims}));
    m_mfccScale = m_module->register_buffer("mfcc_scale", torch::ones({kMfccDims}));
}

void EmcNetwork::addEmcBlocks() {
    const double dropout = m_emc.dropout;
    if (m_emc.cma) {
        m_cmaFace = m_module->register_module("cma_f", Cma(m_width, m_heads, dropout));
        m_cmaSpeech = m_module->register_module("cma_s", Cma(m_width, m_heads, dropout));
        m_standardFace = m_module->register_module("units_f", Standardiser(m_width));
        m_standardSpeech = m_module->register_module("units_s", Standardiser(m_width));
    }
    if (!m_emc.ea) return;
    m_emotionMlp = m_module->register_module("e_mlp", EmotionMlp(m_width));
    m_uEaFace = m_module->register_module("u_ea_f", EmotionAttention(m_width, m_heads, dropout));
    m_uEaSpeech = m_module->register_module("u_ea_s", EmotionAttention(m_width, m_heads, dropout));
    m_mEa = m_module->register_module("m_ea", EmotionAttention(m_width, m_heads, dropout));
    m_sEa = m_module->register_module("s_ea", EmotionAttention(m_width, m_heads, dropout));
    m_speechEmotion = register_module("ser", SpeechEmotionHead());
    for (torch::Tensor& p : m_speechEmotion->parameters(true)) p.set_requires_grad(false);
}

void EmcNetwork::zeroEmotionAttention() {
    if (!m_emc.ea) return;
    torch::NoGradGuard off;
    for (EmotionAttention* block : {&m_uEaFace, &m_uEaSpeech, &m_mEa, &m_sEa})
        for (const auto& item : (*block)->named_parameters(true))
            if (item.key().find("out_proj") != std::string::npos) item.value().zero_();
}

torch::Tensor EmcNetwork::standardisedMfcc(const torch::Tensor& mfcc) const {
    return m_mfccMean.defined() ? (mfcc - m_mfccMean) * m_mfccScale : mfcc;
}

torch::Tensor EmcNetwork::bias(int64_t frames) {
    if (m_emc.compat) return {};
    if (m_emc.window > 0) return m_tables.windowBias(m_heads, frames, m_emc.stride, m_emc.window, device());
    return m_tables.bias(m_heads, frames, m_emc.stride, device());
}

torch::Tensor EmcNetwork::windowMask(int64_t tokens) {
    if (m_emc.window == 0) return {};
    return m_tables.windowBias(0, tokens, m_emc.stride, m_emc.window, device());
}

EmotionSides EmcNetwork::emotionSides(const torch::Tensor& face, const torch::Tensor& speech,
                                      const torch::Tensor& useSpeech, const torch::Tensor& withheld,
                                      AttentionRecorder* recorder) {
    if (!m_emc.ea) return {};
    torch::Tensor e = m_emotionMlp->forward(face, speech, useSpeech);
    if (withheld.defined()) e = e.masked_fill(withheld.unsqueeze(-1), 0);
    e = e + positions(e.size(1));
    const torch::Tensor mask = windowMask(e.size(1));
    const auto part = [&](EmotionAttention& block, const char* site) {
        return block->emotionPart(e, {recorder, site, ""}, mask);
    };
    return {part(m_uEaFace, "u_ea_f"), part(m_uEaSpeech, "u_ea_s"), part(m_mEa, "m_ea"), part(m_sEa, "s_ea")};
}

torch::Tensor EmcNetwork::attended(EmotionAttention& block, const char* site, const torch::Tensor& x,
                                   const torch::Tensor& emotion, AttentionRecorder* recorder, int64_t begin) {
    if (!m_emc.ea) return x;
    const int64_t length = x.size(1), end = begin + length;
    const torch::Tensor near = bias(end);
    return block->featurePart(x, emotion, positions(end).narrow(1, begin, length),
                              near.defined() ? near.narrow(2, begin, length) : near, {recorder, site, ""},
                              windowMask(length));
}

torch::Tensor EmcNetwork::unimodal(bool face, const torch::Tensor& u, const EmotionSides& sides,
                                   AttentionRecorder* recorder) {
    return face ? attended(m_uEaFace, "u_ea_f", u, sides.unimodalFace, recorder)
                : attended(m_uEaSpeech, "u_ea_s", u, sides.unimodalSpeech, recorder);
}

torch::Tensor EmcNetwork::multimodal(const torch::Tensor& m, const EmotionSides& sides, AttentionRecorder* recorder) {
    return attended(m_mEa, "m_ea", m, sides.multimodal, recorder);
}

torch::Tensor EmcNetwork::sampled(const torch::Tensor& g, const EmotionSides& sides, AttentionRecorder* recorder,
                                  int64_t begin) {
    return attended(m_sEa, "s_ea", g, sides.sample, recorder, begin);
}

torch::Tensor EmcNetwork::imagine(bool face, const torch::Tensor& z, const torch::Tensor& present,
                                  AttentionRecorder* recorder) {
    const torch::Tensor condition = standardiser(!face)->standardised(present);
    return standardiser(face)->restored(
        cma(face)->decode(z, condition, {recorder, face ? "cma_f" : "cma_s", "self"}, windowMask(condition.size(1))));
}

} // namespace emc
