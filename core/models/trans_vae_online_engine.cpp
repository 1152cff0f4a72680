// Inference with the online host. In front of the bottleneck no token sees beyond its window (masks, norms that run
// along, a speech emotion head that stops where the window does), so that part is computed for the whole clip at once;
// the reaction itself is made window by window. compat encodes every prefix anew, as the authors do.
#include "core/models/trans_vae_scene.h"

namespace emc {

void OnlineRecorder::add(const std::string& site, const std::string& part, int layer, const torch::Tensor& weights) {
    const torch::Tensor w = weights.detach()[0].to(torch::kCPU, torch::kFloat32);
    const int64_t queries = w.size(1), keys = w.size(2), row = std::max<int64_t>(0, m_end - queries),
                  column = keys < queries ? 0 : std::max<int64_t>(0, m_end - keys);
    auto found = std::find_if(m_canvases.begin(), m_canvases.end(), [&](const Canvas& canvas) {
        return canvas.map.site == site && canvas.map.part == part && canvas.map.layer == layer;
    });
    if (found == m_canvases.end()) {
        AttentionMap map;
        map.site = site;
        map.part = part;
        map.layer = layer;
        m_canvases.push_back({map, row, torch::zeros({w.size(0), 0, 0})});
        found = m_canvases.end() - 1;
    }
    torch::Tensor& all = found->weights;
    all = torch::constant_pad_nd(all, {0, std::max<int64_t>(0, column + keys - all.size(2)), 0,
                                       std::max<int64_t>(0, row + queries - all.size(1))});
    all.narrow(1, row, queries).narrow(2, column, keys).copy_(w);
    found->firstRow = std::min(found->firstRow, row);
}

std::vector<AttentionMap> OnlineRecorder::take() {
    std::vector<AttentionMap> maps;
    for (Canvas& canvas : m_canvases) {
        const torch::Tensor w = canvas.weights.slice(1, canvas.firstRow).contiguous();
        AttentionMap& map = canvas.map;
        map.heads = static_cast<int>(w.size(0));
        map.queries = static_cast<int>(w.size(1));
        map.keys = static_cast<int>(w.size(2));
        map.weights.assign(w.data_ptr<float>(), w.data_ptr<float>() + w.numel());
        maps.push_back(std::move(map));
    }
    m_canvases.clear();
    return maps;
}

std::unique_ptr<AttentionRecorder> TransVaeEngine::recorderFor(const EmcScene& scene) const {
    if (!online()) return EmcEngine::recorderFor(scene);
    return std::make_unique<OnlineRecorder>(scene.options.attention);
}

void TransVaeEngine::readMore(EmcScene& scene, const Clip& clip, ClipInputs& inputs, JobContext& job) {
    if (!online() || !m_net->emc().compat || !scene.face.defined()) return;
    Scene& own = static_cast<Scene&>(scene);
    const int window = m_net->emc().window * scene.stride;
    for (int end = window; end <= scene.frames; end += window) {
        const std::vector<bool> missing(scene.faceMissing.begin(), scene.faceMissing.begin() + end);
        const bool nothing = std::find(missing.begin(), missing.end(), false) == missing.end();
        own.faces.push_back(nothing ? scene.face.narrow(1, 0, end / scene.stride)
                                    : tokens(true, inputs.face(clip, missing, job).features, scene.stride, missing));
    }
}

ReactionTensors TransVaeEngine::windowByWindow(Scene& scene, const std::vector<int>& samples,
                                               AttentionRecorder* recorder, JobContext& job) {
    const EmcConfig& config = m_net->emc();
    OnlineRecorder* maps = dynamic_cast<OnlineRecorder*>(recorder);
    const int64_t width = m_net->width();
    PrefixSource source;
    torch::Tensor noise, all = scene.sharedFused;
    if (config.compat) {
        noise = scene.noise(samples, 0, width, std::max(1, scene.tokens / config.window));
        source = [&](int64_t end) {
            job.checkpoint();
            if (maps) maps->at(end);
            Scene prefix = scene;
            prefix.tokens = static_cast<int>(end);
            for (torch::Tensor* x : {&prefix.face, &prefix.speech, &prefix.faceGone, &prefix.speechGone,
                                     &prefix.faceEmotion, &prefix.speechEmotion})
                if (x->defined()) *x = x->narrow(1, 0, end);
            if (!scene.faces.empty()) prefix.face = scene.faces[static_cast<std::size_t>(end / config.window - 1)];
            const EmotionSides sides = sidesOf(prefix, recorder);
            return PrefixFeatures{fused(prefix, samples, sides, recorder), sides};
        };
    } else {
        noise = scene.noise(samples, 0, width, 1).squeeze(1);
        if (!all.defined() || recorder) {
            all = fused(scene, samples, scene.sides, recorder);
            if (!scene.draws) scene.sharedFused = all;
        }
        source = [&](int64_t end) {
            job.checkpoint();
            if (maps) maps->at(end);
            return PrefixFeatures{all.narrow(1, 0, end), scene.sides.prefix(end)};
        };
    }
    return m_net->generate(source, noise.to(device()), scene.tokens, recorder).reaction;
}

} // namespace emc
