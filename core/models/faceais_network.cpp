#include "core/models/faceais_network.h"

#include "core/api/vectors.h"
#include "core/nn/initialise.h"
#include "core/nn/positions.h"

namespace emc {

namespace {
constexpr std::size_t kKeptBiases = 24;

// (B,T,...) filled up with zeros to a multiple of `patch`.
torch::Tensor filledUp(const torch::Tensor& x, int64_t patch) {
    const int64_t missing = (patch - x.size(1) % patch) % patch;
    if (missing == 0) return x;
    std::vector<int64_t> shape = x.sizes().vec();
    shape[1] = missing;
    return torch::cat({x, torch::zeros(shape, x.options())}, 1);
}
} // namespace

FaceAisNetImpl::FaceAisNetImpl(const FaceAisConfig& config)
    : EmcNetwork(config, config.predictor.width, config.predictor.heads), m_config(config) {
    m_predictor = FaceAisPredictor(config);
    // Under the names of the file, where the predictor has no prefix.
    for (const auto& child : m_predictor->named_children()) register_module(child.key(), child.value());
    m_tokenizer = register_module("face_tokenizer", FaceTokenizer(config.tokenizer, config.dropout));
    const auto ours = startEmc();
    if (!config.compat) m_start = ours->register_parameter("start", torch::zeros({patch(), width()}));
    if (!config.wav2vec()) addMfccUnits();
    addEmcBlocks();
    if (config.ea && config.tokenizer.width != width()) {
        m_sampleIn = ours->register_module("s_in", torch::nn::Linear(config.tokenizer.width, width()));
        m_sampleOut = ours->register_module("s_out", torch::nn::Linear(width(), config.tokenizer.width));
    }
    if (config.compat) {
        initialiseGpt(*m_predictor, config.predictor.layers, config.seed);
        initialiseGpt(*m_tokenizer, config.tokenizer.layers, config.seed);
        return;
    }
    initialiseParameters(*this, config.seed);
    torch::NoGradGuard off;
    for (const auto& item : named_parameters(true))
        if (item.key().ends_with("gated_alpha")) item.value().fill_(1); // open: short trainings cannot wait for it
    zeroEmotionAttention();
    if (!m_sampleOut) return;
    m_sampleOut->weight.zero_();
    m_sampleOut->bias.zero_();
}

void FaceAisNetImpl::train(bool on) {
    EmcNetwork::train(on);
    m_predictor->train(on); // not a child itself: its parts are
}

void FaceAisNetImpl::forgetTables() {
    EmcNetwork::forgetTables();
    m_biases.clear();
}

torch::Tensor FaceAisNetImpl::faceTokens(const torch::Tensor& coeffs, const torch::Tensor& gone) {
    const torch::Tensor seen = gone.defined() ? coeffs.masked_fill(gone.unsqueeze(-1), 0) : coeffs;
    const torch::Tensor tokens =
        m_tokenizer->tokenize(filledUp(seen, m_config.tokenizer.block)).narrow(1, 0, coeffs.size(1)) + kFirstToken;
    return gone.defined() ? tokens.masked_fill(gone, m_config.compat ? kPadToken : kMaskToken) : tokens;
}

torch::Tensor FaceAisNetImpl::soundFeatures(const torch::Tensor& features, const torch::Tensor& gone) {
    torch::Tensor x = m_config.wav2vec() ? features : standardisedMfcc(features);
    if (gone.defined()) x = x.masked_fill(gone.unsqueeze(-1), 0);
    if (!m_config.compat) return x;
    if (m_config.wav2vec()) return x.reshape({x.size(0), -1, m_config.predictor.sound});
    return x.repeat_interleave(m_config.predictor.soundFactor, 1);
}

// Logits fall with the distance; a patch sees itself and the kContextPatches - 1 before it.
torch::Tensor FaceAisNetImpl::patchBias(int64_t queries, int64_t keys) {
    torch::Tensor& known = m_biases[{queries, keys}];
    if (known.defined() && known.device() == device()) return known;
    c10::InferenceMode off(false); // the same tables serve training
    const torch::Tensor place = torch::div(torch::arange(keys, torch::kLong), patch(), "floor"),
                        behind = place.unsqueeze(1) - place.unsqueeze(0); // patches between query and key
    const torch::Tensor bias =
        localBias(m_config.predictor.heads, keys, m_config.stride)
            .masked_fill((behind < 0) | (behind >= kContextPatches), -std::numeric_limits<float>::infinity())
            .narrow(2, keys - queries, queries)
            .contiguous()
            .to(device());
    if (m_biases.size() > kKeptBiases) m_biases.clear();
    return m_biases[{queries, keys}] = bias;
}

StackCall FaceAisNetImpl::call(const char* site, int64_t length, StackMemory* self, StackMemory* cross,
                               AttentionRecorder* recorder) {
    const int64_t before = (kContextPatches - 1) * patch(),
                  known = self && !self->empty() ? std::min(before, self->front().length()) : 0;
    StackCall one;
    one.self = one.cross = patchBias(length, known + length);
    one.selfMemory = self;
    one.crossMemory = cross;
    one.limit = before + length;
    one.recorder = recorder;
    one.site = site;
    return one;
}

torch::Tensor FaceAisNetImpl::faceStream(const torch::Tensor& tokens, FaceAisMemory* memory,
                                         AttentionRecorder* recorder) {
    return m_predictor->faceStack(m_predictor->embedFace(tokens),
                                  call("h_face", tokens.size(1), memory ? &memory->face : nullptr, nullptr, recorder));
}

torch::Tensor FaceAisNetImpl::soundStream(const torch::Tensor& features, FaceAisMemory* memory,
                                          AttentionRecorder* recorder) {
    return m_predictor->soundStack(
        m_predictor->embedSound(features),
        call("h_sound", features.size(1), memory ? &memory->sound : nullptr, nullptr, recorder));
}

torch::Tensor FaceAisNetImpl::fusedStream(const torch::Tensor& face, const torch::Tensor& speech,
                                          const EmotionSides& sides, int64_t items, FaceAisMemory* memory,
                                          AttentionRecorder* recorder) {
    const auto sequence = [&](const torch::Tensor& rows) { return rows.reshape({items, -1, width()}); };
    const torch::Tensor f = sequence(unimodal(true, face, sides, recorder)),
                        s = sequence(unimodal(false, speech, sides, recorder));
    const torch::Tensor x = m_predictor->fuse(
        f, s,
        call("sp_h", f.size(1), memory ? &memory->fuse : nullptr, memory ? &memory->fuseCross : nullptr, recorder));
    return sequence(multimodal(x.view({-1, patch(), width()}), sides, recorder));
}

torch::Tensor FaceAisNetImpl::heardStream(const torch::Tensor& fused, FaceAisMemory* memory,
                                          AttentionRecorder* recorder) {
    return m_predictor->speakerStack(
        fused, call("h_speaker", fused.size(1), memory ? &memory->speaker : nullptr, nullptr, recorder));
}

torch::Tensor FaceAisNetImpl::speakerStream(const torch::Tensor& face, const torch::Tensor& speech,
                                            const EmotionSides& sides, int64_t items, AttentionRecorder* recorder) {
    const torch::Tensor x = fusedStream(face, speech, sides, items, nullptr, recorder);
    return heardStream(torch::cat({start(items), x.narrow(1, 0, x.size(1) - patch())}, 1), nullptr, recorder);
}

torch::Tensor FaceAisNetImpl::logits(const torch::Tensor& tokens, const torch::Tensor& speaker, FaceAisMemory* memory,
                                     AttentionRecorder* recorder) {
    const int64_t length = tokens.size(1);
    const torch::Tensor x =
        m_predictor->listenerStack(m_predictor->embedListener(tokens),
                                   call("h_listener", length, memory ? &memory->listener : nullptr, nullptr, recorder));
    return m_predictor->logits(m_predictor->merge(
        x, speaker,
        call("lt_h", length, memory ? &memory->merge : nullptr, memory ? &memory->mergeCross : nullptr, recorder)));
}

torch::Tensor FaceAisNetImpl::sideOfNothing() {
    const torch::TensorOptions like = coeffMean().options();
    return emotionSides(torch::zeros({1, patch(), kEmotionDims}, like), {}, {},
                        torch::ones({1, 1}, like.dtype(torch::kBool)))
        .sample;
}

ReactionTensors FaceAisNetImpl::steeredFaces(const torch::Tensor& codes, const torch::Tensor& side,
                                             AttentionRecorder* recorder) {
    torch::Tensor meaning = m_tokenizer->meaning(codes);
    if (side.defined()) {
        const torch::Tensor e =
            side.size(0) == codes.size(0) ? side : side.repeat({codes.size(0) / side.size(0), 1, 1});
        EmotionSides sides;
        sides.sample = e;
        meaning = m_sampleIn ? meaning + m_sampleOut->forward(sampled(m_sampleIn->forward(meaning), sides, recorder))
                             : sampled(meaning, sides, recorder);
    }
    return m_tokenizer->decode(meaning);
}

ReactionTensors FaceAisNetImpl::faces(const torch::Tensor& codes, const torch::Tensor& sampleSides,
                                      AttentionRecorder* recorder) {
    if (!sampleSides.defined()) return steeredFaces(codes, {}, recorder);
    const int64_t batch = codes.size(0), patches = codes.size(1) / patch(), items = sampleSides.size(0) / patches;
    torch::Tensor side = sampleSides.view({items, patches, patch(), width()}).narrow(1, 0, patches - 1);
    side = torch::cat({sideOfNothing().unsqueeze(0).expand({items, 1, -1, -1}), side}, 1).flatten(0, 1);
    const ReactionTensors rows = steeredFaces(codes.reshape({-1, patch(), codes.size(-1)}), side, recorder);
    const auto whole = [&](const torch::Tensor& x) { return x.reshape({batch, -1, x.size(-1)}); };
    return {whole(rows.coeffs), whole(rows.emotion)};
}

torch::Tensor gumbelOf(const torch::Tensor& uniform) {
    constexpr double kTiny = 1e-7;
    return -(-uniform.clamp(kTiny, 1 - kTiny).log()).log();
}

torch::Tensor listenerTokens(FaceAisNetImpl& net, const torch::Tensor& speaker, int64_t samples, const PatchDraw& draw,
                             const PatchStart& start, AttentionRecorder* recorder) {
    const int64_t patch = net.config().patch(), steps = speaker.size(1) / patch;
    FaceAisMemory memory;
    torch::Tensor said = torch::full({samples, patch}, kMaskToken, speaker.options().dtype(torch::kLong));
    std::vector<torch::Tensor> patches;
    for (int64_t step = 0; step < steps; ++step) {
        if (start) start(step * patch);
        said = draw(step, net.logits(said, speaker.narrow(1, step * patch, patch), &memory, recorder));
        patches.push_back(said);
    }
    return torch::cat(patches, 1);
}

} // namespace emc
