// The inside of CMA for the displayed sample, for those who want to look.
#include "core/models/regnn_scene.h"
#include "core/nn/tokens.h"

namespace emc {

namespace {
std::vector<float> values(const torch::Tensor& x) {
    const torch::Tensor t = x.to(torch::kCPU, torch::kFloat32).contiguous();
    return {t.data_ptr<float>(), t.data_ptr<float>() + t.numel()};
}
} // namespace

void RegnnEngine::addTrace(Scene& scene, const Clip& clip, bool face, Reactions& reactions, JobContext& job) {
    torch::Tensor condition = face ? scene.speech : scene.face;
    if (!condition.defined()) return; // nothing to imagine from
    if (scene.missing(!face))
        condition =
            torch::where(face ? scene.speechGone : scene.faceGone, m_net->standardiser(!face)->mean(), condition);
    Standardiser& units = m_net->standardiser(face);
    const torch::Tensor c = m_net->standardiser(!face)->standardised(condition);
    Cma& cma = m_net->cma(face);
    CmaTrace trace;
    trace.imagined = face ? Modality::Face : Modality::Speech;
    trace.frames = scene.tokens;
    trace.dims = static_cast<int>(kMultWidth);
    trace.latentDims = static_cast<int>(cma->latentDims());
    std::vector<int> everyone(static_cast<std::size_t>(scene.options.samples));
    for (std::size_t k = 0; k < everyone.size(); ++k) everyone[k] = static_cast<int>(k);
    const torch::Tensor draws = scene.latents(everyone, face, trace.latentDims);
    trace.draws = values(draws.dim() == 3 ? draws.select(1, 0) : draws); // of the first frame when drawn per frame
    const auto joined = [&](const torch::Tensor& windows) {
        WindowJoiner joiner(scene.tokens, scene.starts);
        joiner.add(windows.contiguous(), 0, scene.windows());
        return joiner.joined()[0];
    };
    const torch::Tensor z =
        scene.windowLatents({scene.options.displayedSample}, face, trace.latentDims, 0, scene.windows()).to(device());
    const torch::Tensor imagined = joined(cma->decode(z, c));
    trace.uImagined = values(imagined);
    torch::Tensor real = face ? scene.faceTokens : scene.speechTokens;
    if (scene.missing(face)) {
        real.reset();
        if (scene.options.cmaTruth && (face ? clip.info().hasFace : clip.info().hasSpeech)) {
            const std::vector<bool> nothing(static_cast<std::size_t>(scene.frames), false);
            const RegnnTrack& track = face ? m_inputs.face(clip, nothing, job) : m_inputs.speech(clip, nothing, job);
            const torch::Tensor tokens = pooledTokens(track.features, scene.stride);
            real = face ? m_net->encodeFace(tokens) : m_net->encodeSpeech(tokens);
        }
    }
    if (real.defined()) {
        const torch::Tensor u = units->standardised(real);
        const CmaPosterior q = cma->encode(cutWindows(u, scene.starts), c);
        trace.mu = values(joined(q.mu));
        trace.sigma = values(joined(torch::exp(.5 * q.logVariance)));
        trace.uTrue = values(u[0]);
        const torch::Tensor truth = u[0].to(torch::kCPU);
        trace.cosine = values(torch::cosine_similarity(imagined, truth, -1));
        trace.l2 = values((imagined - truth).norm(2, -1));
    }
    reactions.cma.push_back(std::move(trace));
}

} // namespace emc
