#include <gtest/gtest.h>

#include <QApplication>
#include <QLabel>
#include <QSignalSpy>
#include <QTest>

#include <cmath>
#include <limits>

#include "core/api/palette.h"
#include "widgets/common/controls.h"
#include "widgets/common/fault_text.h"
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

TEST(FaultText, LongNamesAreReadableInANarrowPane) {
    const QString sentence = QStringLiteral("The checkpoint does not fit the model: missing tensors (2): "
                                            "decoder.transformer.layers.0.self_attn.in_proj_weight, "
                                            "decoder.transformer.layers.0.self_attn.out_proj.bias");
    FaultText text;
    text.setText(sentence);
    text.show(); // a hidden widget is not told of its size
    const int width = 120;
    text.resize(width, text.heightForWidth(width));
    const QFontMetrics measure(Theme::of(&text).font(12));
    for (const QString& line : text.lines()) EXPECT_LE(measure.horizontalAdvance(line), width) << line.toStdString();
    EXPECT_FALSE(text.elided());
    EXPECT_TRUE(text.toolTip().isEmpty());
    EXPECT_EQ(text.lines().join(QString()).remove(QLatin1Char(' ')), QString(sentence).remove(QLatin1Char(' ')))
        << "nothing is lost where a name is broken";
    text.resize(width, 2 * measure.lineSpacing());
    ASSERT_EQ(text.lines().size(), 2);
    EXPECT_TRUE(text.elided());
    EXPECT_EQ(text.toolTip(), sentence);
    EXPECT_TRUE(text.lines().back().endsWith(QChar(0x2026)));
    EXPECT_LE(measure.horizontalAdvance(text.lines().back()), width);
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
