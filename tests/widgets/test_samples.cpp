#include <gtest/gtest.h>

#include <QApplication>
#include <QComboBox>
#include <QSignalSpy>
#include <QSlider>
#include <QTest>

#include <cmath>

#include "core/api/error.h"
#include "tests/support/shared.h"
#include "tests/widgets/made_data.h"
#include "widgets/common/theme.h"
#include "widgets/plots/curve_plot.h"
#include "widgets/samples/cma_math.h"
#include "widgets/samples/cma_panel.h"
#include "widgets/samples/draws_map.h"
#include "widgets/samples/pca.h"
#include "widgets/samples/substitute_view.h"

namespace emc {
namespace {

TEST(Pca, FindsTheAxesOfAStretchedCloud) {
    test::MadeNumbers numbers(3);
    std::vector<float> points;
    const int n = 400;
    for (int i = 0; i < n; ++i) {
        const double a = 5 * numbers.normal(), b = 1 * numbers.normal();
        points.push_back(static_cast<float>(2 + (a - b) / std::sqrt(2)));
        points.push_back(static_cast<float>(-1 + (a + b) / std::sqrt(2)));
        points.push_back(static_cast<float>(0.01 * numbers.normal()));
    }
    const Pca pca = principalComponents(points, n, 3, 2);
    ASSERT_EQ(pca.components(), 2);
    EXPECT_NEAR(std::abs(pca.axes[0]), 1 / std::sqrt(2), 0.05);
    EXPECT_NEAR(std::abs(pca.axes[1]), 1 / std::sqrt(2), 0.05);
    EXPECT_NEAR(pca.variance[0], 25, 4);
    EXPECT_NEAR(pca.share(0) + pca.share(1), 1, 1e-3);
}

TEST(Pca, WideAndTallAgree) { // the matrix of points and that of dimensions have the same eigenvalues
    test::MadeNumbers numbers(9);
    const int n = 6, dims = 40;
    std::vector<float> points;
    for (int i = 0; i < n * dims; ++i) points.push_back(static_cast<float>(numbers.normal()));
    const Pca wide = principalComponents(points, n, dims, 5);
    ASSERT_EQ(wide.components(), 5);
    double sum = 0;
    for (double v : wide.variance) sum += v;
    EXPECT_NEAR(sum, wide.totalVariance, 1e-6); // six points span five axes
    for (int a = 0; a < 5; ++a)
        for (int b = 0; b < 5; ++b) {
            double dot = 0;
            for (int d = 0; d < dims; ++d)
                dot += wide.axes[std::size_t(a * dims + d)] * wide.axes[std::size_t(b * dims + d)];
            EXPECT_NEAR(dot, a == b ? 1 : 0, 1e-8);
        }
    double variance = 0; // of the first coordinate, from the projections themselves
    for (int i = 0; i < n; ++i)
        variance +=
            std::pow(wide.project(std::span<const float>(points).subspan(std::size_t(i * dims), dims))[0], 2) / (n - 1);
    EXPECT_NEAR(variance, wide.variance[0], 1e-6);
}

TEST(Pca, PointsWithoutSpreadHaveNoAxes) {
    const std::vector<float> same(12, 2.0f);
    EXPECT_EQ(principalComponents(same, 4, 3).components(), 0);
    EXPECT_THROW(principalComponents(same, 5, 3), Error);
}

TEST(CmaMath, TheWalkKeepsTheLengthOfADraw) {
    const std::vector<float> a = {3, 0}, b = {0, 3};
    EXPECT_EQ(latentBetween(a, b, 0), a);
    EXPECT_EQ(latentBetween(a, b, 1), b);
    const auto half = latentBetween(a, b, 0.5);
    EXPECT_NEAR(std::hypot(half[0], half[1]), 3, 1e-5);
    EXPECT_NEAR(half[0], half[1], 1e-6);
    EXPECT_TRUE(latentBetween(a, std::vector<float>{1}, 0.5).empty());
    EXPECT_NEAR(latentBetween(a, std::vector<float>{-3, 0}, 0.5)[0], 0, 1e-6);
}

TEST(CmaMath, AgreementOverSpansOnly) {
    CmaTrace trace;
    trace.frames = 4;
    trace.cosine = {1, 0.5f, 0.25f, 1};
    trace.l2 = {0, 1, 3, 0};
    const Agreement a = agreementOf(trace, {{1, 3}});
    EXPECT_TRUE(a.known);
    EXPECT_DOUBLE_EQ(a.meanCosine, 0.375);
    EXPECT_DOUBLE_EQ(a.lowestCosine, 0.25);
    EXPECT_DOUBLE_EQ(a.highestL2, 3);
    EXPECT_FALSE(agreementOf(CmaTrace(), {}).known);
    EXPECT_EQ(channelsByTime({1, 2, 3, 4, 5, 6}, 3, 2, 1, 3), (std::vector<float>{3, 5, 4, 6}));
    EXPECT_TRUE(channelsByTime({1, 2}, 3, 2, 0, 3).empty());
}

TEST(DrawsMap, TheWordsOfThePosteriorStayInThePlot) {
    ThemeContext context(*static_cast<QApplication*>(qApp), ThemeContext::Choice::Dark);
    DrawsMap map;
    map.resize(280, 280);
    map.setDraws({3, 0, -3, 0, 0, 3, 0, -3}, 2, 1);
    for (const std::vector<float>& mean :
         {std::vector<float>{0, 0}, {2.9f, 0.2f}, {-2.9f, 0.2f}, {0, -2.9f}, {0, 2.9f}, {-2.5f, -2.5f}}) {
        map.setPosterior(mean, QStringLiteral("posterior mean of true u"), Qt::yellow);
        const QRectF words = map.posteriorWordsPlace(map.rect(), Theme::of(&map));
        EXPECT_GT(words.width(), 100);
        EXPECT_GE(words.left(), 44) << mean[0] << ' ' << mean[1]; // where the axis stands
        EXPECT_LE(words.right(), map.width() - 12) << mean[0] << ' ' << mean[1];
        EXPECT_GE(words.top(), 8) << mean[0] << ' ' << mean[1];
        EXPECT_LE(words.bottom(), map.height() - 38) << mean[0] << ' ' << mean[1];
    }
    EXPECT_TRUE(DrawsMap().posteriorWordsPlace({0, 0, 300, 300}, Theme::of(&map)).isEmpty());
}

class CmaWidget : public ::testing::Test {
protected:
    CmaWidget() {
        panel.resize(1110, 880);
        panel.setTime(25);
        panel.setAvailability({{}, {{250, 380}}});
        panel.setTraces({test::madeTrace(Modality::Speech, 750)}, 1, "Trans-VAE + EMC");
        panel.setPlayhead(300);
        panel.show();
        QTest::qWait(1);
    }
    ThemeContext context{*static_cast<QApplication*>(qApp), ThemeContext::Choice::Dark};
    CmaPanel panel;
};

TEST_F(CmaWidget, TheWalkIsLive) {
    QSignalSpy chosen(&panel, &CmaPanel::latentChosen);
    panel.setWalk(2, 7, 0);
    ASSERT_EQ(chosen.count(), 1);
    const CmaTrace trace = test::madeTrace(Modality::Speech, 750);
    const std::vector<float> drawC(trace.draws.begin() + 2 * trace.latentDims,
                                   trace.draws.begin() + 3 * trace.latentDims);
    EXPECT_EQ(chosen[0][0].value<std::vector<float>>(), drawC);
    QSlider* slider = nullptr;
    for (QSlider* each : panel.findChildren<QSlider*>())
        if (each->accessibleName() == "Share of the second draw") slider = each;
    ASSERT_TRUE(slider);
    slider->setValue(35);
    ASSERT_EQ(chosen.count(), 2);
    EXPECT_EQ(chosen[1][0].value<std::vector<float>>(), panel.walkLatent());
    EXPECT_NE(panel.walkLatent(), drawC);
}

TEST_F(CmaWidget, SaysHowWellItAgrees) {
    EXPECT_TRUE(panel.agreementSentence().contains("imagined speech"));
    EXPECT_TRUE(panel.agreementSentence().contains("cosine 0.9"));
    panel.setTraces({test::madeTrace(Modality::Speech, 750, false)});
    EXPECT_TRUE(panel.agreementSentence().isEmpty());
    EXPECT_FALSE(panel.grab().isNull());
}

TEST_F(CmaWidget, ClicksOnADrawAndOnAMap) {
    auto* map = panel.findChild<DrawsMap*>();
    auto* maps = panel.findChild<SubstituteView*>();
    ASSERT_TRUE(map && maps);
    QSignalSpy sample(&panel, &CmaPanel::sampleChosen), seek(&panel, &CmaPanel::seekRequested);
    QTest::mouseClick(map, Qt::LeftButton, {}, map->placeOf(4).toPoint());
    ASSERT_EQ(sample.count(), 1);
    EXPECT_EQ(sample[0][0].toInt(), 4);
    QTest::mouseClick(maps, Qt::LeftButton, {}, maps->mapRect(1).center());
    ASSERT_EQ(seek.count(), 1);
    EXPECT_NEAR(seek[0][0].toInt(), 315, 3);
}

// A model with stride 3 gives a third of the clip's frames: spans, playhead and clicks are those of the clip.
TEST_F(CmaWidget, ATraceInLongerStepsIsSpreadOverTheClip) {
    panel.setTime(25, 751);
    panel.setTraces({test::madeTrace(Modality::Speech, 251)}, 1, "Trans-VAE + EMC");
    auto* maps = panel.findChild<SubstituteView*>();
    QSignalSpy seek(&panel, &CmaPanel::seekRequested);
    QTest::mouseClick(maps, Qt::LeftButton, {}, maps->mapRect(1).center());
    ASSERT_EQ(seek.count(), 1);
    EXPECT_NEAR(seek[0][0].toInt(), 315, 6);
    for (auto* plot : panel.findChildren<CurvePlot*>()) {
        EXPECT_TRUE(std::abs(plot->xHigh() - 751 / 25.0) < 0.2 || std::abs(plot->xHigh() - 380 / 25.0) < 0.3)
            << plot->xHigh();
        EXPECT_NEAR(plot->playhead(), 12.0, 1e-6);
    }
    panel.setPlayhead(600); // outside of what is imagined
    bool hidden = false;
    for (auto* plot : panel.findChildren<CurvePlot*>()) hidden = hidden || std::isnan(plot->playhead());
    EXPECT_TRUE(hidden);
}

TEST(CmaMath, DistanceIsPerChannel) {
    CmaTrace trace;
    trace.frames = 1, trace.dims = 16;
    trace.cosine = {1}, trace.l2 = {8};
    EXPECT_DOUBLE_EQ(agreementOf(trace, {}).meanL2, 2);
    EXPECT_DOUBLE_EQ(agreementOf(trace, {}).highestL2, 2);
}

TEST_F(CmaWidget, MapsShowUWithTheDivergingColours) {
    auto* maps = panel.findChild<SubstituteView*>();
    const QImage picture = maps->grab().toImage();
    const QRect u = maps->mapRect(0);
    int warm = 0, cold = 0;
    for (int y = u.top(); y <= u.bottom(); ++y)
        for (int x = u.left(); x <= u.right(); ++x) {
            const QColor c = picture.pixelColor(x, y);
            warm += c.red() - c.blue() > 40, cold += c.blue() - c.red() > 40;
        }
    EXPECT_GT(warm, u.width() * u.height() / 20);
    EXPECT_GT(cold, u.width() * u.height() / 20);
}

TEST_F(CmaWidget, EmptyStateAndNarrowForm) {
    panel.setTraces({});
    EXPECT_FALSE(panel.grab().isNull());
    EXPECT_TRUE(panel.walkLatent().empty());
    test::TempDir folder;
    EXPECT_THROW(panel.exportTo(QString::fromStdString((folder / "a.png").string())), Error);
    panel.setTraces({test::madeTrace(Modality::Face, 300)});
    EXPECT_EQ(panel.direction(), Modality::Face);
    panel.resize(360, 700);
    EXPECT_FALSE(panel.grab().isNull());
    panel.exportTo(QString::fromStdString((folder / "a.png").string()));
    EXPECT_FALSE(QImage(QString::fromStdString((folder / "a.png").string())).isNull());
}

TEST_F(CmaWidget, BrokenTracesDoNotHarm) {
    CmaTrace bad = test::madeTrace(Modality::Speech, 100);
    bad.mu.resize(7);
    bad.uTrue.resize(11);
    bad.cosine.resize(3);
    bad.draws.resize(5);
    panel.setTraces({bad});
    panel.setPlayhead(99);
    panel.setWalk(3, 9, 0.5);
    EXPECT_FALSE(panel.grab().isNull());
    panel.setTraces({CmaTrace()});
    EXPECT_FALSE(panel.grab().isNull());
}

TEST_F(CmaWidget, SettersDoNotSignal) {
    QSignalSpy t(&panel, &CmaPanel::temperatureChanged), l(&panel, &CmaPanel::seedLockChanged),
        s(&panel, &CmaPanel::seedChanged);
    panel.setTemperature(0.5);
    panel.setSeedLocked(true);
    panel.setSeed(99);
    EXPECT_DOUBLE_EQ(panel.temperature(), 0.5);
    EXPECT_TRUE(panel.seedLocked());
    EXPECT_EQ(panel.seed(), 99u);
    EXPECT_EQ(t.count() + l.count() + s.count(), 0);
}

} // namespace
} // namespace emc
