// The words of the metrics (core/eval/metric_catalogue.cpp) and of bands (core/study/robustness.cpp) as the
// translations know them: the core speaks English only, and lupdate finds here what the page looks up. A test says
// which is missing.
#include <QtGlobal>

namespace emc {

[[maybe_unused]] static constexpr const char* kMetricWords[] = {
    QT_TRANSLATE_NOOP("Metrics", "Concordance (CCC, mean of 25 dimensions) with the best appropriate listener, summed "
                                 "over the samples, mean over clips"),
    QT_TRANSLATE_NOOP("Metrics",
                      "Dynamic time warping distance to the nearest appropriate listener, action units / 15 + "
                      "valence-arousal + expressions / 8, summed over the samples, mean over clips"),
    QT_TRANSLATE_NOOP("Metrics", "Mean squared difference between the samples of a clip (S-MSE), mean over clips"),
    QT_TRANSLATE_NOOP("Metrics", "Variance over time (divisor T - 1), mean over clips, samples and dimensions"),
    QT_TRANSLATE_NOOP(
        "Metrics", "Mean squared difference between the predictions for different clips, mean over the sample slots"),
    QT_TRANSLATE_NOOP("Metrics",
                      "Size of the lag, up to 49 frames, at which prediction and speaker correlate best (TLCC)"),
    QT_TRANSLATE_NOOP("StudyBands", "training seeds"),
    QT_TRANSLATE_NOOP("StudyBands", "damage seeds"),
    QT_TRANSLATE_NOOP("StudyBands", "sampling seeds"),
};

} // namespace emc
