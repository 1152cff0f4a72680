// What each metric is, in words: for tables, help and `--explain`. Source: models.md 2.
#include "core/api/error.h"
#include "core/data/option_io.h"
#include "core/eval/metric_suite.h"

namespace emc {

namespace {

std::vector<MetricInfo> makeCatalogue() {
    std::vector<MetricInfo> all;
    all.push_back({.name = "FRCorr",
                   .arrow = "↑",
                   .higherIsBetter = true,
                   .definition = "Concordance (CCC, mean of 25 dimensions) with the best appropriate listener, summed "
                                 "over the samples, mean over clips",
                   .range = "-K to K",
                   .unit = "",
                   .needsTargets = true,
                   .needsSpeakers = false,
                   .quirks = {"The K predictions of a clip are summed, not averaged: with the usual 10 samples the "
                              "range is -10 to 10, and runs with other K do not compare.",
                              "A dimension that is constant on either side counts as 0 and not as agreement, so the "
                              "real listener scores about 8.35 and not 10.",
                              "Variances are taken in single precision; the correlation in double.",
                              "The published code stops at a clip without any appropriate listener; such clips are "
                              "left out here and named."},
                   .fixes = {"The same definition in double precision throughout.",
                             "Clips without an appropriate listener are left out of the mean and named."}});
    all.push_back({.name = "FRDist",
                   .arrow = "↓",
                   .higherIsBetter = false,
                   .definition = "Dynamic time warping distance to the nearest appropriate listener, action units / 15 "
                                 "+ valence-arousal + expressions / 8, summed over the samples, mean over clips",
                   .range = "0 and up",
                   .unit = "",
                   .needsTargets = true,
                   .needsSpeakers = false,
                   .quirks = {"The K predictions of a clip are summed, not averaged.",
                              "The result is the square root of the summed squared costs: it grows with the root of "
                              "the clip's length, so runs with other lengths do not compare.",
                              "There is no warping window and no normalisation by the path's length.",
                              "NaN frames at the end of a series are dropped by the published code; NaN is refused "
                              "here.",
                              "The published code stops at a clip without any appropriate listener; such clips are "
                              "left out here and named."},
                   .fixes = {"The same definition in double precision, exact.",
                             "Clips without an appropriate listener are left out of the mean and named."}});
    all.push_back({.name = "FRDiv",
                   .arrow = "↑",
                   .higherIsBetter = true,
                   .definition = "Mean squared difference between the samples of a clip (S-MSE), mean over clips",
                   .range = "0 and up; 1/6 for uniform noise",
                   .unit = "",
                   .quirks = {"With a single prediction it is 0 at once.", "Computed in single precision."},
                   .fixes = {"The same definition in double precision, from sums."}});
    all.push_back({.name = "FRVar",
                   .arrow = "↑",
                   .higherIsBetter = true,
                   .definition = "Variance over time (divisor T - 1), mean over clips, samples and dimensions",
                   .range = "0 and up; 1/12 for uniform noise",
                   .unit = "",
                   .quirks = {"The divisor is T - 1, although an unused copy in the published code divides by T.",
                              "Computed in single precision."},
                   .fixes = {"The same definition in double precision."}});
    all.push_back({.name = "FRDvs",
                   .arrow = "↑",
                   .higherIsBetter = true,
                   .definition = "Mean squared difference between the predictions for different clips, mean over the "
                                 "sample slots",
                   .range = "0 and up; 1/6 for uniform noise",
                   .unit = "",
                   .quirks = {"Above 25 clips the published code takes squared distances apart into products in single "
                              "precision: equal predictions get small distances above 0, and all others 1e-4 of noise.",
                              "Slot k of one clip is compared with slot k of the others only."},
                   .fixes = {"The same definition in double precision, from sums and therefore linear in the clips."}});
    all.push_back(
        {.name = "FRSyn",
         .arrow = "↓",
         .higherIsBetter = false,
         .definition = "Size of the lag, up to 49 frames, at which prediction and speaker correlate best (TLCC)",
         .range = "0 to 49; about 24 for independent noise",
         .unit = "frames",
         .needsSpeakers = true,
         .quirks = {"Only prediction 0 of each clip is used: the published function returns inside its loop over the "
                    "predictions.",
                    "A dimension that is constant on the common frames makes the mean correlation NaN, and the first "
                    "NaN wins the search for the largest: a speaker with one action unit that never moves scores 49.",
                    "As nearly every clip has such a dimension, the number mostly tells the share of clips without "
                    "one; that share stands beside it.",
                    "Means are compared in single precision; among equals the most negative lag wins.",
                    "Clips of 50 frames or fewer always score 49: at the outermost lag no frames are common."},
         .fixes = {"All predictions count.",
                   "For each lag the mean is taken over the dimensions that move on the common frames on both sides; "
                   "lags with fewer than 2 common frames or no such dimension are skipped.",
                   "Among means within 1e-9 of the largest the smallest lag wins, the positive one first.",
                   "Predictions without any usable lag are left out of the mean and counted."}});
    return all;
}

} // namespace

const char* metricVariantName(MetricVariant variant) {
    return variant == MetricVariant::Official ? "official" : "fixed";
}

const std::vector<MetricInfo>& metricCatalogue() {
    static const std::vector<MetricInfo> catalogue = makeCatalogue();
    return catalogue;
}

const MetricInfo& metricInfo(const std::string& name) {
    std::vector<std::string> names;
    std::string list;
    for (const MetricInfo& info : metricCatalogue()) {
        if (info.name == name) return info;
        names.push_back(info.name);
        list += (list.empty() ? "" : ", ") + info.name;
    }
    const std::string near = nearestName(name, names);
    throw Error(ErrorKind::Usage, "there is no metric \"" + name + "\"", {},
                near.empty() ? "Metrics: " + list : "Did you mean " + near + "?");
}

} // namespace emc
