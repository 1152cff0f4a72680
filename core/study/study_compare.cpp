#include <cmath>

#include "core/study/statistics.h"
#include "core/study/study_plan.h"
#include "core/study/study_random.h"

namespace emc {

Comparison compareRows(const PlannedRow& row, const PlannedRow& reference, std::size_t column,
                       const std::string& metric, const TableOptions& options) {
    Comparison c;
    c.delta = row.row.cells[column].mean - reference.row.cells[column].mean;
    const auto own = row.clips.find(metric), theirs = reference.clips.find(metric);
    std::vector<double> x, y, differences;
    if (own != row.clips.end() && theirs != reference.clips.end())
        for (std::size_t i = 0; i < std::min(own->second.size(), theirs->second.size()); ++i) {
            if (!std::isfinite(own->second[i]) || !std::isfinite(theirs->second[i])) continue;
            x.push_back(own->second[i]);
            y.push_back(theirs->second[i]);
            differences.push_back(x.back() - y.back());
            c.better += higherIsBetter(metric) ? x.back() > y.back() : x.back() < y.back();
        }
    c.clips = static_cast<int>(differences.size());
    if (c.clips < 2) return c;
    c.tested = true;
    const std::uint64_t seed = namedSeed(options.seed, metric + row.row.label + row.row.condition);
    c.p = pairedPermutation(differences, options.permutations, seed).p;
    const Interval interval = bootstrapMean(differences, options.level, options.resamples, seed + 1, options.interval);
    c.low = interval.low;
    c.high = interval.high;
    c.effect = pairedEffect(differences);
    c.cliff = cliffsDelta(x, y);
    return c;
}

std::string comparisonSentence(const TableRow& row, const TableCell& cell, const std::string& metric, double level) {
    const Comparison& c = *cell.against;
    const CellWords& words = cell.words;
    const bool up = c.delta > 0, good = up == higherIsBetter(metric);
    std::string text = row.label + ", " + row.conditionLabel + ": " + metric + " ";
    if (c.delta == 0) return text + "equals that of " + row.reference + ".";
    text += "is " + words.delta.substr(1) + (up ? " higher" : " lower") + " than that of " + row.reference +
            (good ? " (better)" : " (worse)");
    if (!c.tested) return text + "; it has no values per clip to test.";
    char percent[16];
    std::snprintf(percent, sizeof percent, "%.0f", 100 * level);
    text += std::string(", ") + percent + " % interval " + words.low + " to " + words.high + ", d_z " +
            (words.effect.empty() ? "unbounded" : words.effect) + ", p = " + words.p + " after Holm; better on " +
            std::to_string(c.better) + " of " + std::to_string(c.clips) + " clips: ";
    return text + (words.significant ? "more than chance explains on these clips."
                                     : "not told apart from chance on these clips.");
}

} // namespace emc
