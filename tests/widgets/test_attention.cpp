#include <gtest/gtest.h>

#include <QApplication>
#include <QFile>
#include <QSignalSpy>
#include <QTableWidget>
#include <QTest>

#include <cmath>

#include "core/api/error.h"
#include "tests/support/shared.h"
#include "tests/widgets/made_data.h"
#include "widgets/attention/attention_math.h"
#include "widgets/attention/attention_panel.h"
#include "widgets/attention/heat_image.h"
#include "widgets/attention/heat_map_view.h"
#include "widgets/attention/segment_bar.h"
#include "widgets/common/theme.h"

namespace emc {
namespace {

TEST(AttentionMath, HeadsAndTheirMean) {
    AttentionMap map{"s", "cross", 0, 2, 1, 2, {0.2f, 0.8f, 0.6f, 0.4f}};
    EXPECT_EQ(attentionOf(map, 1), (std::vector<float>{0.6f, 0.4f}));
    const auto mean = attentionOf(map, -1);
    EXPECT_NEAR(mean[0], 0.4, 1e-6);
    EXPECT_TRUE(attentionOf(map, 2).empty());
    map.weights.pop_back();
    EXPECT_TRUE(attentionOf(map, -1).empty());
}

TEST(AttentionMath, EntropyRunsFromOneKeyToAllKeys) {
    const auto entropy = rowEntropy({1, 0, 0, 0, 0.25f, 0.25f, 0.25f, 0.25f, 0, 0, 0, 0}, 3, 4);
    ASSERT_EQ(entropy.size(), 3u);
    EXPECT_NEAR(entropy[0], 0, 1e-6);
    EXPECT_NEAR(entropy[1], 1, 1e-6);
    EXPECT_EQ(entropy[2], 0);
}

TEST(AttentionMath, StrongestKeysStandApart) {
    const float row[] = {0.1f, 0.9f, 0.8f, 0.0f, 0.5f, 0.6f};
    const auto keys = strongest(row, 6, 3, 2);
    ASSERT_EQ(keys.size(), 3u);
    EXPECT_EQ(keys[0].first, 1);
    EXPECT_EQ(keys[1].first, 5);
    EXPECT_EQ(keys[2].first, 3);
    EXPECT_NEAR(quantile({1, 2, 3, 4, 5}, 0.5), 3, 1e-6);
}

TEST(HeatImage, NearestWhenLargeAverageWhenSmall) {
    QVector<QRgb> grey(256);
    for (int i = 0; i < 256; ++i) grey[i] = qRgb(i, i, i);
    const QImage large = heatImage({0, 1, 1, 0}, 2, 2, 0, 1, grey, {8, 8}, 0);
    EXPECT_EQ(qRed(large.pixel(3, 3)), 0);
    EXPECT_EQ(qRed(large.pixel(4, 3)), 255);
    EXPECT_EQ(qRed(large.pixel(3, 4)), 255);
    std::vector<float> checks(64 * 64);
    for (std::size_t i = 0; i < checks.size(); ++i) checks[i] = (i / 64 + i % 64) % 2 ? 1.0f : 0.0f;
    const QImage small = heatImage(checks, 64, 64, 0, 1, grey, {16, 16}, 0);
    EXPECT_NEAR(qRed(small.pixel(7, 9)), 128, 2); // a single cell would be black or white
    EXPECT_TRUE(heatImage({1, 2}, 2, 2, 0, 1, grey, {8, 8}, 0).isNull());
    EXPECT_EQ(heatImage({std::nanf("")}, 1, 1, 0, 1, grey, {1, 1}, qRgb(9, 8, 7)).pixel(0, 0), qRgb(9, 8, 7));
}

class AttentionWidget : public ::testing::Test {
protected:
    AttentionWidget() {
        panel.resize(372, 860);
        AttentionSource one{1, "Trans-VAE + EMC", {"u_ea_s/cross", "u_ea_s/self_x", "m_ea/cross"}, {}, {}},
            two{2, "REGNN + EMC", {}, {}, {}};
        one.maps = {test::madeAttention("u_ea_s", "cross", 4, 150, 150),
                    test::madeAttention("u_ea_s", "self_x", 4, 150, 150, 9)};
        two.maps = {test::madeAttention("u_ea_s", "cross", 4, 150, 150, 6)};
        panel.setTime(750, 25);
        panel.setSpeakerText([](int frame) { return QString("frame %1").arg(frame); });
        panel.setSources({one, two});
        panel.show();
        QTest::qWait(1);
        map = panel.findChild<HeatMapView*>();
    }
    ThemeContext context{*static_cast<QApplication*>(qApp), ThemeContext::Choice::Dark};
    AttentionPanel panel;
    HeatMapView* map = nullptr;
};

TEST_F(AttentionWidget, StartsAtTheCrossAttention) {
    EXPECT_EQ(panel.currentSite(), "u_ea_s/cross");
    EXPECT_EQ(panel.currentHead(), -1);
    EXPECT_EQ(panel.entropyPerFrame().size(), 750u);
    for (float e : panel.entropyPerFrame()) EXPECT_TRUE(e > 0 && e <= 1);
}

TEST_F(AttentionWidget, AClickOnACellAsksForTheFrameOfItsKey) {
    QSignalSpy seek(&panel, &AttentionPanel::seekRequested);
    const QRect area = map->mapRect();
    QTest::mouseClick(map, Qt::LeftButton, {}, QPoint(area.left() + area.width() * 3 / 4, area.center().y()));
    ASSERT_EQ(seek.count(), 1);
    EXPECT_NEAR(seek[0][0].toInt(), 562, 8);
}

TEST_F(AttentionWidget, TheQueryRowFollowsThePlayhead) {
    panel.setPlayhead(400);
    EXPECT_EQ(map->queryAtPlayhead(), 80);
    const auto keys = panel.strongestKeys(3);
    ASSERT_EQ(keys.size(), 3u);
    EXPECT_GE(keys[0].weight, keys[1].weight);
    auto* table = panel.findChild<QTableWidget*>();
    ASSERT_TRUE(table);
    ASSERT_GE(table->rowCount(), 3);
    EXPECT_EQ(table->item(0, 2)->text(), QString("frame %1").arg(keys[0].frame));
    panel.setFollowPlayhead(false);
    panel.setPlayhead(10);
    EXPECT_EQ(panel.playhead(), 400);
}

TEST_F(AttentionWidget, AskingForASiteThatIsNotThere) {
    QSignalSpy wanted(&panel, &AttentionPanel::siteRequested);
    panel.chooseSite("m_ea/cross");
    ASSERT_GE(wanted.count(), 1);
    EXPECT_EQ(wanted.last()[1].toString(), "m_ea/cross");
    EXPECT_FALSE(panel.grab().isNull());
    EXPECT_TRUE(panel.strongestKeys(3).empty());
}

TEST_F(AttentionWidget, DifferencesUseTheOtherModel) {
    const QImage plain = map->grab().toImage();
    panel.chooseShow(AttentionPanel::Show::ModelDifference);
    EXPECT_TRUE(map->data().difference);
    double sum = 0;
    for (float w : map->data().weights) sum += w;
    EXPECT_NEAR(sum, 0, 1e-2); // rows of both sum to 1
    EXPECT_NE(map->grab().toImage(), plain);
    panel.chooseShow(AttentionPanel::Show::SwitchDifference); // nothing came before: stays a map
    EXPECT_FALSE(map->data().difference);
}

TEST_F(AttentionWidget, HeadsChangeThePictureAndMissingSpansHatchTheStrips) {
    const QImage mean = map->grab().toImage();
    panel.chooseHead(2);
    EXPECT_NE(map->grab().toImage(), mean);
    panel.chooseHead(-1);
    EXPECT_EQ(map->grab().toImage(), mean);
    panel.setAvailability({{}, {{200, 500}}});
    const QImage hatched = map->grab().toImage();
    const QRect area = map->mapRect();
    int warm = 0;
    for (int y = area.top() + area.height() / 3; y < area.top() + area.height() / 2; ++y)
        for (int x = area.left() - 10; x < area.left() - 3; ++x)
            warm += hatched.pixelColor(x, y).red() - hatched.pixelColor(x, y).blue() > 30;
    EXPECT_GT(warm, 40);
}

TEST_F(AttentionWidget, Exports) {
    test::TempDir folder;
    const auto path = [&](const char* name) { return QString::fromStdString((folder / name).string()); };
    panel.exportTo(path("a.png"));
    EXPECT_EQ(QImage(path("a.png")).width(), 1040);
    panel.exportTo(path("a.csv"));
    QFile csv(path("a.csv"));
    ASSERT_TRUE(csv.open(QIODevice::ReadOnly));
    const QList<QByteArray> lines = csv.readAll().trimmed().split('\n');
    ASSERT_EQ(lines.size(), 150);
    EXPECT_EQ(lines[0].split(',').size(), 150);
    panel.setSources({});
    EXPECT_THROW(panel.exportTo(path("b.png")), Error);
}

TEST_F(AttentionWidget, BrokenMapsDoNotHarm) {
    AttentionSource bad{1, "bad", {}, {{"u_ea_f", "cross", 0, 4, 100, 100, {1, 2, 3}}, {"", "", 0, 0, 0, 0, {}}}, {}};
    panel.setSources({bad});
    EXPECT_FALSE(panel.grab().isNull());
    panel.setTime(0, 0);
    panel.setPlayhead(50);
    EXPECT_FALSE(panel.grab().isNull());
}

TEST(SegmentBar, MouseAndArrowsChoose) {
    ThemeContext context(*static_cast<QApplication*>(qApp), ThemeContext::Choice::Dark);
    SegmentBar bar;
    bar.setItems({"mean", "1", "2"});
    bar.setItemEnabled(1, false, "not there");
    bar.resize(bar.sizeHint());
    bar.show();
    QSignalSpy chosen(&bar, &SegmentBar::chosen);
    QTest::mouseClick(&bar, Qt::LeftButton, {}, bar.itemRect(1).center());
    EXPECT_EQ(chosen.count(), 0);
    QTest::keyClick(&bar, Qt::Key_Right);
    EXPECT_EQ(bar.current(), 2);
    QTest::mouseClick(&bar, Qt::LeftButton, {}, bar.itemRect(0).center());
    EXPECT_EQ(bar.current(), 0);
    EXPECT_EQ(chosen.count(), 2);
}

} // namespace
} // namespace emc
