#include "core/models/trans_vae_scene.h"
#include "core/nn/tokens.h"

namespace emc {

namespace {
constexpr std::size_t kKeptSides = 6;
}

TransVaeEngine::TransVaeEngine(TransVaeNet net, ModelInfo info, int videoSize, std::map<std::string, std::string> meta)
    : EmcEngine(net.ptr(), std::move(info), std::move(meta), ClipInputs(*net, videoSize)), m_net(std::move(net)) {}

void TransVaeEngine::forgetCaches() {
    EmcEngine::forgetCaches();
    m_sides.clear();
}

std::unique_ptr<EmcScene> TransVaeEngine::newScene() const {
    return std::make_unique<Scene>();
}

torch::Tensor TransVaeEngine::tokens(bool face, const torch::Tensor& features, int stride,
                                     const std::vector<bool>& missing) {
    torch::Tensor u = face ? m_net->encodeFace(features) : m_net->encodeSpeech(features);
    if (!face && std::find(missing.begin(), missing.end(), true) != missing.end()) {
        const std::vector<std::uint8_t> gone(missing.begin(), missing.end()); // the map's bias is no speech
        u = u.masked_fill(torch::tensor(gone, torch::kUInt8).to(torch::kBool).view({1, -1, 1}).to(device()), 0);
    }
    return pooledTokens(u, stride, missing);
}

void TransVaeEngine::prepare(EmcScene& scene, AttentionRecorder* recorder) {
    if (OnlineRecorder* windows = dynamic_cast<OnlineRecorder*>(recorder)) windows->at(scene.tokens);
    if (!m_net->emc().ea) return;
    Scene& own = static_cast<Scene&>(scene);
    bool wanted = false;
    for (const char* site : {"u_ea_f", "u_ea_s", "m_ea", "s_ea"})
        wanted = wanted || (recorder && recorder->wants(site, "self_e"));
    if (online() && m_net->emc().compat) return; // anew for every prefix
    const std::string key = scene.faceKey + "&" + scene.speechKey;
    for (const auto& [known, sides] : m_sides) {
        if (known != key || wanted) continue;
        own.sides = sides;
        return;
    }
    own.sides = sidesOf(scene, recorder);
    m_sides.emplace_front(key, own.sides);
    if (m_sides.size() > kKeptSides) m_sides.pop_back();
}

torch::Tensor TransVaeEngine::fused(const EmcScene& scene, const std::vector<int>& samples, const EmotionSides& sides,
                                    AttentionRecorder* recorder) {
    const auto refined = [&](bool face) {
        return m_net->unimodal(face, whole(scene, samples, face, 0, 1, recorder), sides, recorder);
    };
    const torch::Tensor face = refined(true), speech = refined(false);
    return m_net->fuse(face, speech, sides, recorder);
}

void TransVaeEngine::sample(EmcScene& scene, const std::vector<int>& samples, const std::vector<int>& slots,
                            AttentionRecorder* recorder, Reactions& out, JobContext& job) {
    Scene& own = static_cast<Scene&>(scene);
    ReactionTensors y;
    if (online()) {
        y = windowByWindow(own, samples, recorder, job);
    } else {
        LatentDistribution q = own.shared;
        if (!q.mu.defined() || recorder) {
            q = m_net->bottleneck(fused(scene, samples, own.sides, recorder), recorder);
            if (!scene.draws) own.shared = q;
        }
        const torch::Tensor noise = scene.noise(samples, 0, q.mu.size(-1), 1).squeeze(1).to(device());
        y = m_net->decode(q.sample(noise), scene.tokens, own.sides, recorder);
    }
    store(scene, y.emotion, slots, out.emotion);
    store(scene, y.coeffs + m_net->coeffMean(), slots, out.coeffs);
}

} // namespace emc
