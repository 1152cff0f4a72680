#include "widgets/samples/cma_math.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace emc {

std::vector<float> latentBetween(std::span<const float> a, std::span<const float> b, double share) {
    if (a.size() != b.size() || a.empty()) return {};
    std::vector<float> latent(a.size());
    double lengthA = 0, lengthB = 0, length = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        latent[i] = static_cast<float>((1 - share) * a[i] + share * b[i]);
        lengthA += double(a[i]) * a[i], lengthB += double(b[i]) * b[i], length += double(latent[i]) * latent[i];
    }
    const double wanted = (1 - share) * std::sqrt(lengthA) + share * std::sqrt(lengthB);
    // Opposite draws meet near zero: there is no direction to stretch.
    if (length > 1e-8 && share > 0 && share < 1)
        for (float& value : latent) value = static_cast<float>(value * wanted / std::sqrt(length));
    return latent;
}

std::vector<float> channelsByTime(const std::vector<float>& values, int frames, int dims, int first, int last) {
    first = std::clamp(first, 0, std::max(0, frames)), last = std::clamp(last, first, std::max(0, frames));
    if (dims <= 0 || last <= first ||
        values.size() != static_cast<std::size_t>(frames) * static_cast<std::size_t>(dims))
        return {};
    const std::size_t T = static_cast<std::size_t>(last - first), D = static_cast<std::size_t>(dims);
    std::vector<float> turned(T * D);
    for (std::size_t t = 0; t < T; ++t)
        for (std::size_t d = 0; d < D; ++d) turned[d * T + t] = values[(t + static_cast<std::size_t>(first)) * D + d];
    return turned;
}

Agreement agreementOf(const CmaTrace& trace, const std::vector<FrameSpan>& spans) {
    Agreement agreement;
    const std::vector<FrameSpan> parts =
        spans.empty() ? std::vector<FrameSpan>{{0, trace.frames}} : normalisedSpans(spans, trace.frames);
    double cosine = 0, l2 = 0;
    long count = 0;
    for (const FrameSpan& part : parts)
        for (int t = part.begin; t < part.end; ++t) {
            const auto i = static_cast<std::size_t>(t);
            if (i >= trace.cosine.size() || i >= trace.l2.size() || !std::isfinite(trace.cosine[i]) ||
                !std::isfinite(trace.l2[i]))
                continue;
            agreement.lowestCosine =
                count ? std::min<double>(agreement.lowestCosine, trace.cosine[i]) : trace.cosine[i];
            agreement.highestL2 = count ? std::max<double>(agreement.highestL2, trace.l2[i]) : trace.l2[i];
            cosine += trace.cosine[i], l2 += trace.l2[i];
            ++count;
        }
    agreement.known = count > 0;
    if (!count) return agreement;
    const double channels = std::sqrt(std::max(1, trace.dims)); // the trace holds the length over all channels
    agreement.meanCosine = cosine / static_cast<double>(count);
    agreement.meanL2 = l2 / static_cast<double>(count) / channels;
    agreement.highestL2 /= channels;
    return agreement;
}

int drawCount(const CmaTrace& trace) {
    return trace.latentDims > 0 ? static_cast<int>(trace.draws.size() / static_cast<std::size_t>(trace.latentDims)) : 0;
}

std::vector<int> liveliestDims(const CmaTrace& trace, int count) {
    const std::size_t D = static_cast<std::size_t>(std::max(0, trace.latentDims));
    const std::vector<float>& source = !trace.mu.empty() ? trace.mu : trace.draws;
    std::vector<double> sum(D, 0), squares(D, 0);
    const std::size_t rows = D ? source.size() / D : 0;
    for (std::size_t r = 0; r < rows; ++r)
        for (std::size_t d = 0; d < D; ++d)
            sum[d] += source[r * D + d], squares[d] += double(source[r * D + d]) * source[r * D + d];
    std::vector<int> order(D);
    std::iota(order.begin(), order.end(), 0);
    const auto variance = [&](int d) {
        return rows ? squares[std::size_t(d)] / double(rows) - std::pow(sum[std::size_t(d)] / double(rows), 2) : 0.0;
    };
    std::stable_sort(order.begin(), order.end(), [&](int a, int b) { return variance(a) > variance(b); });
    if (static_cast<int>(order.size()) > count) order.resize(static_cast<std::size_t>(std::max(0, count)));
    return order;
}

} // namespace emc
