#include "core/models/faceais_engine.h"

#include "core/nn/noise.h"
#include "core/nn/tokens.h"

namespace emc {

namespace {
constexpr int kKeptClips = 6;
constexpr int kWav2vecPerFrame = 2;
constexpr int64_t kPiecePatches = 32; // of the speaker's streams at once
constexpr int64_t kHeardBefore = 64;  // frames; more than the speech emotion head looks back

ClipInputs inputsOf(FaceAisNet& net) {
    if (!net->config().wav2vec()) return ClipInputs(*net, 0);
    return ClipInputs(*net, 0, {}, {"w2v", static_cast<int>(kWav2vecPerFrame * kWav2vecWidth)});
}
} // namespace

struct FaceAisEngine::Scene : EmcScene {
    explicit Scene(int64_t patchTokens) : patch(patchTokens) {}
    int64_t patch;
    Known known;

    int64_t patches() const { return (tokens + patch - 1) / patch; }
    bool windowed() const override { return true; }
    torch::Tensor cut(const torch::Tensor& x) const override {
        return torch::constant_pad_nd(x, {0, 0, 0, patches() * patch - x.size(1)}).reshape({-1, patch, x.size(-1)});
    }
    torch::Tensor joined(const torch::Tensor& rows) const override {
        return rows.reshape({-1, rows.size(-1)}).narrow(0, 0, tokens);
    }
    torch::Tensor rowLatents(const std::vector<int>& samples, bool ofFace, std::int64_t dims, int,
                             int count) const override { // the rows of a clip are asked for together
        const torch::Tensor z = latents(samples, ofFace, dims);
        return z.dim() == 2 ? z.repeat_interleave(count, 0) : cut(z);
    }
};

FaceAisEngine::FaceAisEngine(FaceAisNet net, ModelInfo info, std::map<std::string, std::string> meta)
    : EmcEngine(net.ptr(), std::move(info), std::move(meta), inputsOf(net)), m_net(std::move(net)),
      m_known(kKeptClips) {}

void FaceAisEngine::forgetCaches() {
    EmcEngine::forgetCaches();
    m_known.clear();
    for (torch::Tensor* read : {&m_ids, &m_heard, &m_mfcc}) read->reset();
}

std::unique_ptr<EmcScene> FaceAisEngine::newScene() const {
    return std::make_unique<Scene>(patch());
}

void FaceAisEngine::begin(EmcScene& scene, const ClipInfo&) {
    recorderFor(scene); // what would not fit is refused before anything is read
}

std::unique_ptr<AttentionRecorder> FaceAisEngine::recorderFor(const EmcScene& scene) const {
    return std::make_unique<PatchRecorder>(m_net->config(), scene.options.attention, scene.tokens, scene.clip);
}

// Streams of a clip in pieces with a memory, so that a long one needs no mask of its whole length squared. f(begin,
// length, memory) in whole patches.
template <class F>
torch::Tensor FaceAisEngine::inPieces(int64_t tokens, F f) {
    const int64_t all = (tokens + patch() - 1) / patch() * patch(), piece = kPiecePatches * patch();
    if (all <= piece) return f(int64_t(0), all, static_cast<FaceAisMemory*>(nullptr));
    FaceAisMemory memory;
    std::vector<torch::Tensor> parts;
    for (int64_t begin = 0; begin < all; begin += piece)
        parts.push_back(f(begin, std::min(piece, all - begin), &memory));
    return torch::cat(parts, 1);
}

// u of the tokens. The original looks at each context anew: there it is the face's tokens and the sound's features.
torch::Tensor FaceAisEngine::tokens(bool face, const torch::Tensor& features, int stride,
                                    const std::vector<bool>& missing) {
    const std::vector<bool> lost = missingTokens(missing, stride);
    torch::Tensor gone;
    if (std::find(lost.begin(), lost.end(), true) != lost.end()) {
        const std::vector<std::uint8_t> bytes(lost.begin(), lost.end());
        gone = torch::tensor(bytes, torch::kUInt8).to(torch::kBool).unsqueeze(0).to(device());
    }
    const torch::Tensor pooled = pooledTokens(features, stride, missing);
    const int64_t count = pooled.size(1), missingToFull = (patch() - count % patch()) % patch();
    if (face) {
        const torch::Tensor ids = m_net->faceTokens(pooled - m_net->coeffMean(), gone);
        if (m_net->config().compat) return ids.to(torch::kFloat32).unsqueeze(-1);
        m_ids = torch::constant_pad_nd(ids, {0, missingToFull}, kMaskToken);
        return faceStream(m_ids, nullptr).narrow(1, 0, count);
    }
    if (m_net->config().ea && !m_net->config().wav2vec()) m_mfcc = features;
    const torch::Tensor heard = m_net->soundFeatures(pooled, gone);
    if (m_net->config().compat) return heard.reshape({1, count, -1});
    m_heard = torch::constant_pad_nd(heard, {0, 0, 0, missingToFull});
    return soundStream(m_heard, nullptr).narrow(1, 0, count);
}

torch::Tensor FaceAisEngine::faceStream(const torch::Tensor& ids, PatchRecorder* recorder) {
    return inPieces(ids.size(1), [&](int64_t begin, int64_t length, FaceAisMemory* memory) {
        if (recorder) recorder->at(begin);
        return m_net->faceStream(ids.narrow(1, begin, length), memory, recorder);
    });
}

torch::Tensor FaceAisEngine::soundStream(const torch::Tensor& heard, PatchRecorder* recorder) {
    return inPieces(heard.size(1), [&](int64_t begin, int64_t length, FaceAisMemory* memory) {
        if (recorder) recorder->at(begin);
        return m_net->soundStream(heard.narrow(1, begin, length), memory, recorder);
    });
}

// The emotion in the voice, patch by patch: the head looks in both directions, and no patch may know of later ones.
torch::Tensor FaceAisEngine::heardEmotion(int stride) {
    const int64_t frames = m_mfcc.size(1), step = patch() * stride;
    std::vector<torch::Tensor> parts;
    for (int64_t begin = 0; begin < frames; begin += step) {
        const int64_t from = std::max<int64_t>(0, begin - kHeardBefore), end = std::min(frames, begin + step);
        parts.push_back(m_net->speechEmotion()->forward(m_mfcc.slice(1, from, end)).slice(1, begin - from));
    }
    return torch::cat(parts, 1);
}

torch::Tensor FaceAisEngine::streamOf(Scene& scene, const std::vector<int>& samples, AttentionRecorder* recorder) {
    const auto rows = static_cast<int>(scene.patches());
    const int64_t draws = scene.draws ? static_cast<int64_t>(samples.size()) : 1;
    const auto many = [&](const torch::Tensor& u) { return u.size(0) == draws * rows ? u : u.repeat({draws, 1, 1}); };
    const torch::Tensor face = whole(scene, samples, true, 0, rows, recorder),
                        speech = whole(scene, samples, false, 0, rows, recorder);
    if (rows <= kPiecePatches)
        return m_net->speakerStream(many(face), many(speech), scene.known.sides.repeated(draws), draws, recorder);
    // Pieces of patches of all draws.
    const auto piece = [&](const torch::Tensor& u, int64_t first, int64_t count) {
        return u.view({draws, rows, patch(), u.size(-1)}).narrow(1, first, count).flatten(0, 1);
    };
    const torch::Tensor f = many(face), s = many(speech);
    torch::Tensor before = m_net->start(draws); // the patch that a piece begins with was fused in the one before
    return inPieces(scene.tokens, [&](int64_t begin, int64_t length, FaceAisMemory* memory) {
        if (recorder) static_cast<PatchRecorder*>(recorder)->at(begin);
        const int64_t first = begin / patch(), count = length / patch();
        const torch::Tensor fused =
            m_net->fusedStream(piece(f, first, count), piece(s, first, count),
                               scene.known.sides.narrowed(first, count).repeated(draws), draws, memory, recorder);
        const torch::Tensor x = torch::cat({before, fused.narrow(1, 0, length - patch())}, 1);
        before = fused.narrow(1, length - patch(), patch());
        return m_net->heardStream(x, memory, recorder);
    });
}

void FaceAisEngine::prepare(EmcScene& base, AttentionRecorder* recorder) {
    Scene& scene = static_cast<Scene&>(base);
    if (recorder) static_cast<PatchRecorder*>(recorder)->at(0);
    Known& own = scene.known;
    own.key = scene.key();
    if (const Known* known = recorder ? nullptr : m_known.find(own.key)) {
        own = *known;
        return;
    }
    if (m_net->config().compat) {
        if (scene.faceTokens.defined()) own.clip.tokens = scene.faceTokens.squeeze(-1).to(torch::kLong);
        if (scene.speechTokens.defined())
            own.clip.sound = scene.speechTokens.reshape({1, -1, m_net->config().predictor.sound});
        return;
    }
    if (recorder) { // the two stacks have run while the clip was read; now they are watched
        PatchRecorder& maps = static_cast<PatchRecorder&>(*recorder);
        if (maps.wants("h_face", "self") && scene.faceTokens.defined()) faceStream(m_ids, &maps);
        if (maps.wants("h_sound", "self") && scene.speechTokens.defined()) soundStream(m_heard, &maps);
        maps.at(0);
    }
    if (scene.speechEmotion.defined() && m_mfcc.defined() && scene.missing(true))
        scene.speechEmotion = scene.cut(pooledTokens(heardEmotion(scene.stride), scene.stride, scene.speechMissing));
    own.sides = sidesOf(scene, recorder);
    if (!scene.draws) own.stream = streamOf(scene, {scene.options.displayedSample}, recorder);
}

void FaceAisEngine::sample(EmcScene& base, const std::vector<int>& samples, const std::vector<int>& slots,
                           AttentionRecorder* recorder, Reactions& out, JobContext& job) {
    Scene& scene = static_cast<Scene&>(base);
    PatchRecorder* maps = static_cast<PatchRecorder*>(recorder);
    const auto count = static_cast<int64_t>(samples.size());
    const bool compat = m_net->config().compat;
    const auto start = [&](int64_t token) {
        job.checkpoint();
        if (maps) maps->at(token);
    };
    const auto shown = [&](const torch::Tensor& logits) {
        if (maps && maps->wantsDistribution()) maps->addDistribution(torch::softmax(logits, -1));
    };
    const auto uniform = [&](std::uint64_t seed, int64_t n) {
        return torch::tensor(uniformNoise(seed, static_cast<std::size_t>(n)));
    };
    torch::Tensor tokens;
    if (compat) { // each position drawn on its own from the 512 likeliest
        const auto draw = [&](int64_t step, const torch::Tensor& logits) {
            const torch::Tensor kept = topKLogits(logits, kTopK, false);
            shown(kept);
            std::vector<torch::Tensor> u;
            for (const int k : samples)
                u.push_back(uniform(mixedSeed(scene.streamSeed(k, 0), static_cast<std::uint64_t>(step)), patch()));
            return drawn(kept, torch::stack(u));
        };
        tokens = compatTokens(*m_net->predictor(), scene.known.clip, count, draw, start, recorder);
    } else {
        std::vector<torch::Tensor> noise;
        for (const int k : samples) noise.push_back(uniform(scene.streamSeed(k, 0), m_net->config().tokenizer.codes()));
        const torch::Tensor gumbel = gumbelOf(torch::stack(noise)).unsqueeze(1).to(device());
        start(0);
        const torch::Tensor stream = scene.draws ? streamOf(scene, samples, recorder) : scene.known.stream;
        tokens = listenerTokens(
            *m_net, stream, count,
            [&](int64_t, const torch::Tensor& logits) {
                shown(logits);
                return (logits + gumbel).argmax(-1) + kFirstToken;
            },
            start, recorder);
    }
    start(0);
    const torch::Tensor codes = m_net->tokenizer()->quantizer()->codesOf(tokens - kFirstToken);
    const ReactionTensors faces = m_net->faces(codes, scene.known.sides.sample, recorder);
    const auto keep = [&](const torch::Tensor& x, std::vector<float>& to) {
        store(scene, x.narrow(1, 0, scene.tokens), slots, to);
    };
    keep(faces.emotion, out.emotion);
    keep(faces.coeffs + m_net->coeffMean(), out.coeffs);
}

void FaceAisEngine::describe(const EmcScene& scene, Reactions& out) const {
    out.meta["patches"] = std::to_string(static_cast<const Scene&>(scene).patches());
    out.meta["patch_frames"] = std::to_string(patch() * scene.stride);
    out.meta["tokens"] = m_net->config().compat ? "the 512 likeliest, each frame on its own" : "one draw a reaction";
}

void FaceAisEngine::remember(EmcScene& base) {
    m_known.keep(static_cast<Scene&>(base).known);
}

} // namespace emc
