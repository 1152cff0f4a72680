#include <gtest/gtest.h>

#include <QApplication>
#include <QLabel>
#include <QSignalSpy>
#include <QTest>

#include <cmath>
#include <limits>

#include "core/api/palette.h"
#include "widgets/common/controls.h"
#include "widgets/common/flow_layout.h"
#include "widgets/common/theme.h"

namespace emc {
namespace {

QWidget* block(QWidget* parent, int width) {
    auto* made = new QWidget(parent);
    made->setFixedSize(width, 20);
    return made;
}

TEST(Palette, OneSourceForWindowAndFigures) {
    const auto same = [](const QColor& colour, PaletteColour value) { return colour == QColor::fromRgb(value); };
    EXPECT_TRUE(same(Theme::darkTheme().face, kDarkPalette.face));
    EXPECT_TRUE(same(Theme::lightTheme().series[5], kLightPalette.series[5]));
    EXPECT_TRUE(same(Theme::darkTheme().sequential[8], kSequentialStops[8]));
    EXPECT_TRUE(same(Theme::lightTheme().distance[6], kMeshDistanceStops[6]));
    for (const double share : {0.0, 0.13, 0.5, 0.77, 1.0}) { // both ways to a colour agree
        const PaletteRgb plain = paletteAt(kSequentialStops, share);
        const QColor drawn = Theme::sample(Theme::darkTheme().sequential, share);
        EXPECT_EQ(QColor(plain[0], plain[1], plain[2]), drawn) << share;
    }
    EXPECT_EQ(paletteAt(kMeshDistanceStops, 7.0), paletteRgb(kMeshDistanceStops.back()));
    EXPECT_EQ(paletteAt(kMeshDistanceStops, -1.0), paletteRgb(kMeshDistanceStops.front()));
    EXPECT_EQ(paletteAt(kMeshDistanceStops, std::nan("")), paletteRgb(kMeshDistanceStops.front()));
    EXPECT_EQ(paletteAt(kMeshDistanceStops, std::numeric_limits<double>::infinity()),
              paletteRgb(kMeshDistanceStops.back()));
}

TEST(Theme, TheSystemDecidesOnlyWhenAsked) {
    ThemeContext context(*qApp, ThemeContext::Choice::System, nullptr, true);
    QSignalSpy changed(&context, &ThemeContext::changed);
    EXPECT_TRUE(context.theme().dark);
    context.setSystemDark(false);
    EXPECT_FALSE(context.theme().dark);
    EXPECT_EQ(changed.count(), 1);
    context.setSystemDark(false);
    EXPECT_EQ(changed.count(), 1);
    context.setChoice(ThemeContext::Choice::Light);
    context.setSystemDark(true);
    EXPECT_FALSE(context.theme().dark);
}

TEST(FlowLayout, GoesOnInTheNextLine) {
    QWidget page;
    auto* flow = new FlowLayout(10, 4, &page);
    flow->setContentsMargins(5, 5, 5, 5);
    QWidget* parts[] = {block(&page, 100), block(&page, 100), block(&page, 100)};
    for (QWidget* part : parts) flow->addWidget(part);
    EXPECT_EQ(flow->sizeHint(), QSize(330, 30));
    EXPECT_EQ(flow->heightForWidth(330), 30);
    EXPECT_EQ(flow->heightForWidth(329), 54);
    EXPECT_EQ(flow->heightForWidth(120), 78);
    EXPECT_EQ(flow->heightForWidth(10), 78); // too narrow for one: each has its line
    page.resize(230, 100);
    page.show();
    QTest::qWait(1);
    EXPECT_EQ(parts[1]->geometry(), QRect(115, 5, 100, 20));
    EXPECT_EQ(parts[2]->geometry(), QRect(5, 29, 100, 20));
    parts[0]->hide(); // its place is free
    page.layout()->activate();
    EXPECT_EQ(parts[1]->x(), 5);
    EXPECT_EQ(parts[2]->y(), 5);
    delete flow->takeAt(0);
    EXPECT_EQ(flow->count(), 2);
    EXPECT_EQ(flow->takeAt(9), nullptr);
}

TEST(MeaningToggle, ShowsOnlyKeysOfOneCharacter) {
    ThemeContext context(*qApp, ThemeContext::Choice::Dark);
    MeaningToggle toggle(Meaning::Face, QStringLiteral("face"), QStringLiteral("Face"), {});
    const int plain = toggle.sizeHint().width();
    toggle.setKey(QStringLiteral("Z"));
    EXPECT_GT(toggle.sizeHint().width(), plain);
    toggle.setKey(QStringLiteral("Ctrl+Shift+Z"));
    EXPECT_EQ(toggle.sizeHint().width(), plain);
}

} // namespace
} // namespace emc
