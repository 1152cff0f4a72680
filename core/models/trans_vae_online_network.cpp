// The online part of Trans-VAE: a window of the reaction from everything up to its end and from the reaction so far.
// compat is models.md 3.1 to the letter: every prefix is fused anew with the reaction generated on it, one latent per
// window. `fixed` keeps emc_effect.md 5a (a Gaussian per token, memory and queries aligned) and looks back through what
// it remembers, so that a window costs the same at the end of a clip as at its start.
#include "core/api/vectors.h"
#include "core/models/trans_vae_network.h"

namespace emc {

namespace {
constexpr int64_t kWidth = kFeatureDims, kHeads = 4, kFeedForward = 2 * kWidth;

void append(torch::Tensor& history, const torch::Tensor& x) {
    if (!history.defined()) {
        history = x;
        return;
    }
    const int64_t batch = std::max(history.size(0), x.size(0)); // the first window may be the same for all samples
    history = torch::cat({history.expand({batch, -1, -1}), x.expand({batch, -1, -1})}, 1);
}
} // namespace

void TransVaeNetImpl::addOnlineParts(torch::nn::Module& decoder) {
    m_lstm = decoder.register_module(
        "lstm", torch::nn::LSTM(torch::nn::LSTMOptions(kWidth, kWidth).num_layers(1).batch_first(true)));
    m_pastCoeffs = decoder.register_module("linear_3d", torch::nn::Linear(kCoeffDims, kWidth));
    m_newReaction = decoder.register_module("linear_reaction", torch::nn::Linear(kWidth, kWidth));
    m_decoder3d = decoder.register_module("listener_reaction_decoder_3d",
                                          DecoderStack(kWidth, kHeads, kFeedForward, m_config.dropout));
}

torch::Tensor TransVaeNetImpl::withFeedback(const torch::Tensor& fused, const ReactionTensors& reaction) {
    // cat + linear in parts: an unknown reaction is zeros, and what all samples share stays one row.
    const torch::Tensor weight = m_onlineFusion->weight;
    torch::Tensor x = torch::linear(fused, weight.narrow(1, 0, kWidth), m_onlineFusion->bias);
    if (!reaction.coeffs.defined()) return x;
    return x + torch::linear(reaction.coeffs, weight.narrow(1, kWidth, kCoeffDims)) +
           torch::linear(reaction.emotion, weight.narrow(1, kWidth + kCoeffDims, kEmotionDims));
}

Generated TransVaeNetImpl::nextOfficialWindow(OnlineHistory& history, const PrefixFeatures& prefix,
                                              const torch::Tensor& noise, AttentionRecorder* recorder) {
    const int64_t end = prefix.fused.size(1), begin = history.tokens, length = end - begin;
    ReactionTensors soFar;
    if (begin > 0) {
        const auto padded = [&](const torch::Tensor& x) { return torch::constant_pad_nd(x, {0, 0, 0, length}); };
        soFar = {padded(history.past.coeffs), padded(history.past.emotion)};
    }
    Generated out;
    out.q = bottleneck(withFeedback(prefix.fused, soFar), recorder);
    const torch::Tensor z = out.q.sample(noise);
    torch::Tensor memory = z.unsqueeze(1);
    if (m_config.ea) memory = sampled(memory + m_positionScale * positions(end), prefix.sides, recorder);
    const AttentionSite first{recorder, "decoder_1", ""}, second{recorder, "decoder_2", ""};
    torch::Tensor x = m_decoder1->layer()->crossPart(timeQueries(length, z.size(0), first), memory, {}, first);
    x = m_decoder2->layer()->forward(x, x, {}, second);
    torch::Tensor forCoeffs = x;
    if (begin > 0) {
        const torch::Tensor past = m_pastCoeffs->forward(history.past.coeffs);
        const torch::Tensor all = torch::cat({past, m_newReaction->forward(x)}, 1);
        const torch::Tensor y = m_decoder3d->layer()->forward(all, all, {}, {recorder, "decoder_3d", ""});
        const torch::Tensor last = past.select(1, begin - 1).unsqueeze(0).contiguous();
        forCoeffs = std::get<0>(m_lstm->forward(y.narrow(1, begin, length), std::make_tuple(last, last)));
    }
    out.reaction = heads(x, forCoeffs);
    return out;
}

Generated TransVaeNetImpl::nextWindow(OnlineHistory& history, const PrefixFeatures& prefix, const torch::Tensor& noise,
                                      AttentionRecorder* recorder) {
    const int64_t end = prefix.fused.size(1), begin = history.tokens, length = end - begin;
    Generated out;
    if (m_config.compat) {
        out = nextOfficialWindow(history, prefix, noise, recorder);
    } else {
        const torch::Tensor where = positions(end).narrow(1, begin, length);
        const torch::Tensor near = bias(end).narrow(2, begin, length);
        const torch::Tensor fused = prefix.fused.narrow(1, begin, length);
        const auto keyed = [&](const ReactionTensors& reaction) {
            return m_vaeLinear->forward(withFeedback(fused, reaction)) + where;
        };
        const torch::Tensor fresh = keyed({});
        torch::Tensor keys = history.keys;
        append(keys, fresh);
        const torch::Tensor h = m_vaeEncoder->forward(fresh, {recorder, "bottleneck", "self"}, {}, keys);
        out.q = {m_toMu->forward(h), m_toLogVariance->forward(h).clamp(-8, 8)};

        const torch::Tensor g = sampled(out.q.sample(noise) + m_positionScale * where, prefix.sides, recorder, begin);
        append(history.memory, g);
        const AttentionSite first{recorder, "decoder_1", ""}, second{recorder, "decoder_2", ""},
            third{recorder, "decoder_3d", ""};
        torch::Tensor x = m_decoder1->layer()->selfPart(where + m_query->forward(g), first);
        x = m_decoder1->layer()->crossPart(x, history.memory, near, first);
        append(history.decoded, x);
        x = m_decoder2->layer()->crossPart(m_decoder2->layer()->selfPart(x, second), history.decoded, near, second);
        torch::Tensor forCoeffs = x;
        if (begin > 0) {
            const torch::Tensor past = m_pastCoeffs->forward(history.past.coeffs);
            const torch::Tensor y = m_decoder3d->layer()->selfPart(m_newReaction->forward(x), third);
            torch::Tensor seen = past;
            append(seen, y);
            const torch::Tensor last = past.select(1, begin - 1).unsqueeze(0).contiguous();
            // Added, not put in its place: the first window has no past, and one head serves both.
            forCoeffs = x + std::get<0>(m_lstm->forward(m_decoder3d->layer()->crossPart(y, seen, near, third),
                                                        std::make_tuple(last, last)));
        }
        out.reaction = heads(x, forCoeffs);
        // The past is data: no gradient through what was answered before.
        append(history.keys, keyed({out.reaction.coeffs.detach(), out.reaction.emotion.detach()}));
    }
    const bool keepGraph = m_config.compat;
    append(history.past.coeffs, keepGraph ? out.reaction.coeffs : out.reaction.coeffs.detach());
    append(history.past.emotion, keepGraph ? out.reaction.emotion : out.reaction.emotion.detach());
    history.tokens = end;
    ++history.windows;
    return out;
}

LatentDistribution TransVaeNetImpl::withoutPast(const torch::Tensor& fused) {
    const torch::Tensor x = withFeedback(fused, {});
    if (m_config.compat) return bottleneck(x);
    const torch::Tensor h =
        m_vaeEncoder->forward(m_vaeLinear->forward(x) + positions(x.size(1)), {}, windowMask(x.size(1)));
    return {m_toMu->forward(h), m_toLogVariance->forward(h).clamp(-8, 8)};
}

Generated TransVaeNetImpl::generate(const PrefixSource& source, const torch::Tensor& noise, int64_t tokens,
                                    AttentionRecorder* recorder) {
    OnlineHistory history;
    std::vector<torch::Tensor> mu, logVariance, coeffs, emotion;
    while (history.tokens < tokens) {
        const int64_t end = std::min(tokens, history.tokens + m_config.window);
        if (m_config.compat && end - history.tokens < m_config.window) break;
        const torch::Tensor draw = noise.dim() == 3 ? noise.select(1, history.windows) : noise;
        Generated next = nextWindow(history, source(end), draw, recorder);
        mu.push_back(m_config.compat ? next.q.mu.unsqueeze(1) : next.q.mu);
        logVariance.push_back(m_config.compat ? next.q.logVariance.unsqueeze(1) : next.q.logVariance);
        coeffs.push_back(next.reaction.coeffs);
        emotion.push_back(next.reaction.emotion);
    }
    const auto joined = [](const std::vector<torch::Tensor>& parts) {
        int64_t batch = 1;
        for (const torch::Tensor& part : parts) batch = std::max(batch, part.size(0));
        std::vector<torch::Tensor> same;
        for (const torch::Tensor& part : parts) same.push_back(part.expand({batch, -1, -1}));
        return torch::cat(same, 1);
    };
    const auto whole = [&](const std::vector<torch::Tensor>& parts, int64_t dims) { // zeros where no window reaches
        if (parts.empty()) return torch::zeros({noise.size(0), tokens, dims}, noise.options());
        return torch::constant_pad_nd(joined(parts), {0, 0, 0, tokens - history.tokens});
    };
    Generated out;
    if (!mu.empty()) out.q = {joined(mu), joined(logVariance)};
    out.reaction = {whole(coeffs, kCoeffDims), whole(emotion, kEmotionDims)};
    return out;
}

} // namespace emc
