#include <gtest/gtest.h>

#include <QApplication>
#include <QFile>
#include <QImageReader>
#include <QSignalSpy>
#include <QTest>

#include <cmath>
#include <limits>

#include "core/api/error.h"
#include "tests/support/shared.h"
#include "tests/widgets/made_data.h"
#include "widgets/common/theme.h"
#include "widgets/plots/curve_key.h"
#include "widgets/plots/curve_plot.h"

namespace emc {
namespace {

TEST(Smoothing, StartsAtTheFirstValueAndFollows) {
    const std::vector<double> flat(20, 3.0);
    for (double v : CurvePlot::smoothed(flat, 0.9)) EXPECT_NEAR(v, 3.0, 1e-12);
    const std::vector<double> step = {0, 0, 10, 10, 10};
    const auto smooth = CurvePlot::smoothed(step, 0.5);
    EXPECT_DOUBLE_EQ(smooth[0], 0);
    EXPECT_NEAR(smooth[2], 5.0 / 0.875, 1e-12); // (0.5 * 0 + 0.5 * 10) / (1 - 0.5^3)
    EXPECT_LT(smooth[3], 10);
    EXPECT_EQ(CurvePlot::smoothed(step, 0), step);
    const std::vector<double> holed = {1, std::numeric_limits<double>::quiet_NaN(), 1};
    EXPECT_NEAR(CurvePlot::smoothed(holed, 0.8)[2], 1, 1e-12);
}

class CurvePlotWidget : public ::testing::Test {
protected:
    CurvePlotWidget() {
        plot.resize(400, 240);
        plot.setTitle("Total");
        plot.setXLabel("time", "s");
        plot.show();
    }
    int count(const QImage& picture, const QColor& colour, int tolerance = 40) {
        int n = 0;
        for (int y = 0; y < picture.height(); ++y)
            for (int x = 0; x < picture.width(); ++x) {
                const QColor c = picture.pixelColor(x, y);
                n += std::abs(c.red() - colour.red()) + std::abs(c.green() - colour.green()) +
                         std::abs(c.blue() - colour.blue()) <
                     tolerance;
            }
        return n;
    }
    ThemeContext context{*static_cast<QApplication*>(qApp), ThemeContext::Choice::Dark};
    CurvePlot plot;
};

TEST_F(CurvePlotWidget, CurvesBeyondSixAreToldApartByTheirMarks) {
    std::vector<QPainterPath> marks;
    for (int slot = 1; slot <= 24; ++slot) {
        if (slot <= 6) EXPECT_TRUE(slotMark(slot).isEmpty()) << slot;
        else EXPECT_FALSE(slotMark(slot).isEmpty()) << slot;
        if (slot % 6 == 1) marks.push_back(slotMark(slot)); // one colour
    }
    for (std::size_t a = 0; a < marks.size(); ++a)
        for (std::size_t b = 0; b < a; ++b) EXPECT_NE(marks[a], marks[b]);
    // The same course in the same colour, as lines, as points, and in the legend.
    const std::vector<double> x = {0, 1, 2, 3}, y = {1, 3, 2, 4};
    std::vector<QImage> lines, points, keys;
    for (const int slot : {2, 8, 14, 20}) {
        CurveStyle style;
        style.slot = slot;
        plot.clear();
        plot.setLegendVisible(false);
        const int curve = plot.addCurve("a", style);
        plot.setCurve(curve, x, y);
        plot.redraw();
        lines.push_back(plot.grab().toImage());
        EXPECT_GT(count(lines.back(), Theme::of(&plot).slot(1)), 100) << slot;
        plot.setPoints(curve, true);
        plot.redraw();
        points.push_back(plot.grab().toImage());
        CurveKey key(style);
        keys.push_back(key.grab().toImage());
    }
    for (const std::vector<QImage>& pictures : {lines, points, keys})
        for (std::size_t a = 0; a < pictures.size(); ++a)
            for (std::size_t b = 0; b < a; ++b) EXPECT_NE(pictures[a], pictures[b]) << a << " " << b;
}

TEST_F(CurvePlotWidget, DrawsTheCurveInItsSlotColour) {
    plot.setLegendVisible(false);
    const int curve = plot.addCurve("seed 7", {LineRole::Chosen, 2, {}, false, false});
    plot.redraw();
    const int before = count(plot.grab().toImage(), Theme::darkTheme().slot(1));
    plot.setCurve(curve, std::span<const float>(test::madeCurve(1, 300, 0, 1)), 0, 0.04);
    plot.redraw();
    EXPECT_GT(count(plot.grab().toImage(), Theme::darkTheme().slot(1)), before + 200);
    context.setChoice(ThemeContext::Choice::Light);
    plot.redraw();
    EXPECT_GT(count(plot.grab().toImage(), Theme::lightTheme().slot(1)), 150);
}

TEST_F(CurvePlotWidget, LiveAppendMovesTheRange) {
    const int curve = plot.addCurve("loss", {LineRole::Chosen, 1, {}, false, true});
    for (int i = 0; i < 50; ++i) plot.append(curve, i, 1.0 / (1 + i));
    EXPECT_EQ(plot.pointCount(curve), 50);
    EXPECT_TRUE(QTest::qWaitFor([&] { return plot.xHigh() >= 49; }, 2000));
    EXPECT_DOUBLE_EQ(plot.xLow(), 0);
}

TEST_F(CurvePlotWidget, LogScalePassesOverWhatHasNoLogarithm) {
    const int curve = plot.addCurve("loss", {});
    const std::vector<double> x = {0, 1, 2, 3}, y = {-1, 0, 10, 1000};
    plot.setCurve(curve, x, y);
    plot.setLogScale(true);
    plot.redraw();
    EXPECT_TRUE(plot.logScale());
    EXPECT_FALSE(plot.grab().isNull());
}

TEST_F(CurvePlotWidget, ThePlayheadIsDrawnAndMoved) {
    plot.setLegendVisible(false);
    const int curve = plot.addCurve("c", {LineRole::Helper, 1, {}, false, false});
    plot.setCurve(curve, std::span<const float>(test::madeCurve(1, 300, 0, 1)), 0, 0.04);
    plot.redraw();
    const QImage without = plot.grab().toImage();
    plot.setPlayhead(4);
    const QImage at4 = plot.grab().toImage();
    plot.setPlayhead(8);
    EXPECT_NE(at4, without);
    EXPECT_NE(at4, plot.grab().toImage());
    plot.setPlayhead(std::nan(""));
    EXPECT_EQ(plot.grab().toImage(), without);
}

TEST_F(CurvePlotWidget, AClickGivesItsTime) {
    plot.setCurve(plot.addCurve("c", {}), std::span<const float>(test::madeCurve(1, 300, 0, 1)), 0, 0.1);
    plot.redraw();
    QSignalSpy clicked(&plot, &CurvePlot::xClicked);
    QWidget* inner = plot.childAt(plot.rect().center());
    ASSERT_TRUE(inner);
    QTest::mouseClick(inner, Qt::LeftButton, {}, inner->rect().center());
    ASSERT_EQ(clicked.count(), 1);
    EXPECT_NEAR(clicked[0][0].toDouble(), 15, 3);
}

TEST_F(CurvePlotWidget, ExportsThreeKindsWithTitleAndCaption) {
    plot.setCaption("AU12 of ten samples, time in seconds");
    plot.setCurve(plot.addCurve("c", {LineRole::Chosen, 1, {}, false, false}),
                  std::span<const float>(test::madeCurve(1, 300, 0, 1)), 0, 0.04);
    test::TempDir folder;
    const auto path = [&](const char* name) { return QString::fromStdString((folder / name).string()); };
    plot.exportTo(path("a.png"), {500, 300});
    QImageReader png(path("a.png"));
    EXPECT_EQ(png.size().width(), 1000);
    EXPECT_EQ(png.text("Title"), "Total");
    EXPECT_EQ(png.text("Description"), "AU12 of ten samples, time in seconds");
    EXPECT_GT(count(png.read(), Theme::darkTheme().slot(0)), 500);
    plot.exportTo(path("a.svg"));
    QFile svg(path("a.svg"));
    ASSERT_TRUE(svg.open(QIODevice::ReadOnly));
    const QByteArray text = svg.readAll();
    EXPECT_TRUE(text.contains("<title>Total</title>"));
    EXPECT_TRUE(text.contains("polyline") || text.contains("<path"));
    plot.exportTo(path("a.pdf"));
    QFile pdf(path("a.pdf"));
    ASSERT_TRUE(pdf.open(QIODevice::ReadOnly));
    EXPECT_TRUE(pdf.read(5) == "%PDF-");
    EXPECT_THROW(plot.exportTo(path("a.gif")), Error);
    EXPECT_THROW(plot.exportTo(path("no/such/a.png")), Error);
}

TEST_F(CurvePlotWidget, TableOfVisibleValues) {
    const std::vector<double> x = {0, 1, 2}, y = {5, 6, 7};
    plot.setCurve(plot.addCurve("a", {}), x, y);
    plot.redraw();
    EXPECT_EQ(plot.valuesAsText(), "time, s\ta\n0\t5\n1\t6\n2\t7");
    plot.clear();
    plot.redraw();
    EXPECT_EQ(plot.curveCount(), 0);
    EXPECT_EQ(plot.valuesAsText(), "time, s");
}

} // namespace
} // namespace emc
