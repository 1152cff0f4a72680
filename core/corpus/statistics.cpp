#include "core/corpus/statistics.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "core/api/vectors.h"
#include "core/corpus/performance.h"

namespace emc::corpus {

namespace {

struct Unit {
    double start = 0, end = 0;
    bool feedback = false;
};

std::vector<Unit> unitsOf(const ClipData& clip, int column) {
    std::vector<Unit> units;
    float before = 0;
    for (int t = 0; t < clip.frames; ++t) {
        const float now = clip.hidden[static_cast<std::size_t>(t * kHiddenColumns + column)];
        if (now != 0 && now != before) units.push_back({t / kFrameRateHz, 0, now < 0});
        if (now != 0) units.back().end = (t + 1) / kFrameRateHz;
        before = now;
    }
    return units;
}

double quantile(std::vector<double> values, double share) {
    if (values.empty()) return 0;
    std::sort(values.begin(), values.end());
    return values[static_cast<std::size_t>(share * (static_cast<double>(values.size()) - 1) + .5)];
}

void talkFigures(const std::vector<ClipData>& clips, std::vector<CorpusFigure>& out) {
    std::vector<double> lengths, feedback, transfers;
    double seconds = 0, speaks = 0, both = 0, none = 0, tokens = 0;
    for (const ClipData& clip : clips) {
        if (clip.hidden.empty()) continue;
        seconds += clip.frames / kFrameRateHz;
        const auto speaker = unitsOf(clip, 12), listener = unitsOf(clip, 13);
        struct Turn {
            double start, end;
            int who;
        };
        std::vector<Turn> turns;
        for (const Unit& u : speaker) lengths.push_back(u.end - u.start), turns.push_back({u.start, u.end, 0});
        for (const Unit& u : listener) {
            if (u.feedback) feedback.push_back(u.end - u.start), ++tokens;
            else lengths.push_back(u.end - u.start), turns.push_back({u.start, u.end, 1});
        }
        std::sort(turns.begin(), turns.end(), [](const Turn& a, const Turn& b) { return a.start < b.start; });
        for (std::size_t i = 1; i < turns.size(); ++i)
            if (turns[i].who != turns[i - 1].who) transfers.push_back(1000 * (turns[i].start - turns[i - 1].end));
        for (int t = 0; t < clip.frames; ++t) {
            const bool s = clip.hidden[static_cast<std::size_t>(t * kHiddenColumns + 12)] != 0,
                       l = clip.hidden[static_cast<std::size_t>(t * kHiddenColumns + 13)] != 0;
            speaks += s / kFrameRateHz, both += (s && l) / kFrameRateHz, none += (!s && !l) / kFrameRateHz;
        }
    }
    if (seconds <= 0) return;
    out.push_back({"speaker talks", "% of time", 100 * speaks / seconds, 60, 85});
    out.push_back({"utterance, median", "s", quantile(lengths, .5), 1.0, 1.4});
    out.push_back({"utterance, 90 %", "s", quantile(lengths, .9), 1.9, 2.7});
    out.push_back({"floor transfer, median", "ms", quantile(transfers, .5), -120, 120});
    out.push_back({"floor transfer, lower quartile", "ms", quantile(transfers, .25), -480, -200});
    out.push_back({"floor transfer, upper quartile", "ms", quantile(transfers, .75), 180, 450});
    out.push_back({"overlap", "% of time", 100 * both / seconds, 3, 14});
    out.push_back({"silence", "% of time", 100 * none / seconds, 9, 22});
    out.push_back({"feedback tokens", "a minute", 60 * tokens / seconds, 5.5, 10});
    out.push_back({"feedback, median", "s", quantile(feedback, .5), .28, .5});
}

void faceFigures(const std::vector<ClipData>& clips, std::vector<CorpusFigure>& out) {
    double minutes = 0, blinks = 0;
    std::vector<double> lids, away;
    std::map<int, double> auShare;
    double awayTalking = 0, talking = 0, awayListening = 0, listening = 0;
    for (const ClipData& clip : clips)
        for (const bool speaker : {true, false}) {
            const std::vector<float>& coeffs = speaker ? clip.coeffs : clip.listenerCoeffs;
            minutes += clip.frames / kFrameRateHz / 60;
            int shut = 0, looking = 0;
            for (int t = 0; t < clip.frames; ++t) {
                const float* c = coeffs.data() + static_cast<std::size_t>(t) * kCoeffDims;
                const auto at = [&](std::string_view name) { return c[shapeIndex(name)]; };
                if (at("eyeBlinkLeft") > .25f) ++shut;
                else if (shut > 0) lids.push_back(shut / kFrameRateHz * 1000), ++blinks, shut = 0;
                const float x = at("eyeLookOutLeft") - at("eyeLookInLeft"),
                            y = at("eyeLookUpLeft") - at("eyeLookDownLeft");
                const bool aside = std::hypot(x, y) > .3f;
                if (aside) ++looking;
                else if (looking > 0) away.push_back(looking / kFrameRateHz), looking = 0;
                if (!clip.hidden.empty()) {
                    const bool talks =
                        clip.hidden[static_cast<std::size_t>(t * kHiddenColumns + (speaker ? 12 : 13))] != 0;
                    (talks ? talking : listening) += 1;
                    (talks ? awayTalking : awayListening) += aside;
                }
            }
        }
    if (minutes <= 0) return;
    out.push_back({"blinks", "a minute", blinks / minutes, 13, 27});
    out.push_back({"blink, median", "ms", quantile(lids, .5), 120, 290});
    out.push_back({"look away, median", "s", quantile(away, .5), .6, 1.1});
    if (talking > 0) out.push_back({"gaze at the partner, talking", "%", 100 * (1 - awayTalking / talking), 68, 85});
    if (listening > 0)
        out.push_back({"gaze at the partner, silent", "%", 100 * (1 - awayListening / listening), 84, 97});
}

// Shift of the MFCC by a feeling over their spread without one, both after half a second of smoothing over talk: the
// clearest coefficient.
double affectShift(const std::vector<ClipData>& clips, int feeling) {
    constexpr int kReach = 6;
    double best = 0;
    for (int d = 0; d < 26; ++d) {
        double sum0 = 0, square0 = 0, n0 = 0, sum1 = 0, n1 = 0;
        for (const ClipData& clip : clips) {
            if (clip.hidden.empty()) continue;
            for (int t = 0; t < clip.frames; t += 2) {
                const float* h = clip.hidden.data() + static_cast<std::size_t>(t) * kHiddenColumns;
                if (h[12] == 0) continue;
                double value = 0;
                int count = 0;
                for (int u = std::max(0, t - kReach); u <= std::min(clip.frames - 1, t + kReach); ++u)
                    if (clip.hidden[static_cast<std::size_t>(u * kHiddenColumns + 12)] != 0)
                        value += clip.mfcc[static_cast<std::size_t>(u * kMfccDims + d)], ++count;
                value /= count;
                if (*std::max_element(h + 8, h + 12) < .15f) sum0 += value, square0 += value * value, ++n0;
                else if (h[8 + feeling] > .5f) sum1 += value, ++n1;
            }
        }
        if (n0 < 50 || n1 < 50) continue;
        const double mean = sum0 / n0, sd = std::sqrt(std::max(1e-12, square0 / n0 - mean * mean));
        best = std::max(best, std::abs(sum1 / n1 - mean) / sd);
    }
    return best;
}

} // namespace

std::vector<CorpusFigure> statisticsOf(const std::vector<ClipData>& clips) {
    std::vector<CorpusFigure> figures;
    talkFigures(clips, figures);
    faceFigures(clips, figures);
    const char* names[kFeelings] = {"smile", "surprise", "worry", "frustration"};
    for (int k = 0; k < kFeelings; ++k)
        if (const double shift = affectShift(clips, k); shift > 0)
            figures.push_back({std::string("shift of the MFCC by ") + names[k], "phoneme spreads", shift, 1, 20});
    return figures;
}

} // namespace emc::corpus
