#include "core/models/faceais_predictor.h"

namespace emc {

namespace {
int64_t sumOf(const std::vector<int64_t>& values) {
    int64_t sum = 0;
    for (const int64_t value : values) sum += value;
    return sum;
}
} // namespace

AttentionCall StackCall::call(bool ofCross, std::size_t layer) const {
    AttentionCall one;
    one.mask = ofCross ? cross : self;
    StackMemory* memory = ofCross ? crossMemory : selfMemory;
    if (memory) {
        if (memory->size() <= layer) memory->resize(layer + 1);
        one.memory = &(*memory)[layer];
    }
    one.limit = limit;
    one.site = {recorder, site, ofCross ? "cross" : "self", static_cast<int>(layer)};
    return one;
}

FaceAisPredictorImpl::FaceAisPredictorImpl(const FaceAisConfig& config) : m_config(config) {
    const PredictorSizes& s = config.predictor;
    const int64_t d = s.width, places = config.compat ? s.context : s.patch;
    const BlockShape shape{d, s.heads, config.dropout, true};
    auto speaker = register_module("sp_cm_transformer", std::make_shared<torch::nn::Module>());
    auto listener = register_module("lt_cm_transformer", std::make_shared<torch::nn::Module>());
    if (config.compat) // kept for its name alone
        speaker->register_module("wte_sound", torch::nn::Embedding(s.soundVocabulary, d));
    m_placeSound =
        speaker->register_module("wpe_sound", torch::nn::Embedding(places * (config.compat ? s.soundFactor : 1), d));
    m_face = speaker->register_module("wte_face", torch::nn::Embedding(s.vocabulary, d));
    m_placeFace = speaker->register_module("wpw_face", torch::nn::Embedding(places, d));
    m_hSound = blockList<GptBlock>(*speaker, "h_sound", s.layers, shape);
    m_hFace = blockList<GptBlock>(*speaker, "h_face", s.layers, shape);
    m_fusion = blockList<CrossModalBlock>(*speaker, "h", s.layers, shape);
    if (config.compat) speaker->register_module("ln_f", GptNorm(shape)); // its result is never used
    m_listener = listener->register_module("wte", torch::nn::Embedding(s.vocabulary, d));
    m_placeListener = listener->register_module("wpe", torch::nn::Embedding(places, d));
    m_hSpeaker = blockList<GptBlock>(*listener, "h_speaker", s.layers, shape);
    m_hListener = blockList<GptBlock>(*listener, "h_listener", s.layers, shape);
    m_merge = blockList<CrossModalBlock>(*listener, "h", s.layers, shape);
    m_end = listener->register_module("ln_f", GptNorm(shape));
    m_sound = register_module("wav2vec2_c_proj", torch::nn::Linear(s.sound, d));
    const auto plain = [](int64_t in, int64_t out) {
        return torch::nn::Linear(torch::nn::LinearOptions(in, out).bias(false));
    };
    m_head = register_module("lm_head", plain(d, config.compat ? s.vocabulary : config.tokenizer.codes()));
    if (config.compat) return;
    // A code is a point, not only a name: neighbours in the codebook share what is learned.
    const std::vector<int64_t>& levels = config.tokenizer.levels;
    m_codeFace = speaker->register_module("code", plain(static_cast<int64_t>(levels.size()), d));
    m_codeListener = listener->register_module("code", plain(static_cast<int64_t>(levels.size()), d));
    m_levelHead = register_module("level_head", torch::nn::Linear(d, sumOf(levels)));
    const Fsq tables(1, levels);
    torch::NoGradGuard off;
    m_codes = torch::cat({torch::zeros({kFirstToken, static_cast<int64_t>(levels.size())}), tables->allCodes()});
    m_levels = tables->allLevels();
}

torch::Tensor FaceAisPredictorImpl::places(const torch::nn::Embedding& table, int64_t first, int64_t count) {
    const torch::Tensor& w = table->weight;
    if (first + count <= w.size(0)) return w.narrow(0, first, count);
    const torch::Tensor index = torch::remainder(torch::arange(first, first + count, torch::kLong), w.size(0));
    return w.index_select(0, index.to(device()));
}

torch::Tensor FaceAisPredictorImpl::codesOfTokens(const torch::Tensor& tokens) {
    if (m_codes.device() != device()) m_codes = m_codes.to(device());
    return m_codes.index_select(0, tokens.flatten()).view({tokens.size(0), tokens.size(1), -1});
}

torch::Tensor FaceAisPredictorImpl::embedFace(const torch::Tensor& tokens, int64_t first) {
    torch::Tensor x = m_face->forward(tokens) + places(m_placeFace, first, tokens.size(1));
    if (m_codeFace) x = x + m_codeFace->forward(codesOfTokens(tokens));
    return torch::dropout(x, m_config.dropout, is_training());
}

torch::Tensor FaceAisPredictorImpl::embedListener(const torch::Tensor& tokens, int64_t first) {
    torch::Tensor x = m_listener->forward(tokens) + places(m_placeListener, first, tokens.size(1));
    if (m_codeListener) x = x + m_codeListener->forward(codesOfTokens(tokens));
    return torch::dropout(x, m_config.dropout, is_training());
}

torch::Tensor FaceAisPredictorImpl::embedSound(const torch::Tensor& features, int64_t first) {
    const int64_t factor = m_config.compat ? m_config.predictor.soundFactor : 1;
    const torch::Tensor x =
        torch::dropout(m_sound->forward(features) + places(m_placeSound, first * factor, features.size(1)),
                       m_config.dropout, is_training());
    if (factor == 1) return x;
    return x.view({x.size(0), -1, factor, x.size(2)}).amax(2);
}

torch::Tensor FaceAisPredictorImpl::run(std::vector<GptBlock>& blocks, torch::Tensor x, const StackCall& call) {
    for (std::size_t i = 0; i < blocks.size(); ++i) x = blocks[i]->forward(x, call.call(false, i));
    return x;
}

torch::Tensor FaceAisPredictorImpl::cross(std::vector<CrossModalBlock>& blocks, torch::Tensor x, torch::Tensor y,
                                          const StackCall& call) {
    for (std::size_t i = 0; i < blocks.size(); ++i) {
        AttentionCall self = call.call(false, i);
        if (i + 1 == blocks.size()) self.queries = call.queries;
        x = blocks[i]->forward(x, y, self, call.call(true, i));
        if (m_config.compat) y = x; // the original hands the same stream back twice
    }
    return x;
}

torch::Tensor FaceAisPredictorImpl::logits(const torch::Tensor& x) {
    const torch::Tensor h = m_end->forward(x);
    if (!m_levelHead) return m_head->forward(h);
    if (m_levels.device() != device()) m_levels = m_levels.to(device());
    return m_head->forward(h) + torch::matmul(m_levelHead->forward(h), m_levels.t());
}

} // namespace emc
