// Timeline: pure logic of axis and spans, then the widget with real mouse, wheel and key events and its pixels.
#include <gtest/gtest.h>

#include <QApplication>
#include <QSignalSpy>
#include <QTest>
#include <QWheelEvent>

#include <cmath>

#include "tests/widgets/made_data.h"
#include "widgets/common/theme.h"
#include "widgets/timeline/span_edit.h"
#include "widgets/timeline/time_axis.h"
#include "widgets/timeline/timeline_view.h"

namespace emc {
namespace {

TEST(TimeAxis, FramesAndPixelsAreInverse) {
    TimeAxis axis;
    axis.setFrames(750, 25);
    axis.setWidth(822);
    EXPECT_DOUBLE_EQ(axis.x(0), 0);
    EXPECT_DOUBLE_EQ(axis.x(750), 822);
    for (int frame = 0; frame < 750; ++frame) EXPECT_EQ(axis.frameAt(axis.x(frame)), frame);
    EXPECT_EQ(axis.frameAt(-50), 0);
    EXPECT_EQ(axis.frameAt(9000), 749);
    EXPECT_EQ(axis.edgeAt(9000), 750);
}

TEST(TimeAxis, ZoomKeepsTheAnchorAndItsLimits) {
    TimeAxis axis;
    axis.setFrames(1000, 25);
    axis.setWidth(500);
    const double anchor = axis.position(200);
    axis.zoom(4, 200);
    EXPECT_NEAR(axis.position(200), anchor, 1e-9);
    EXPECT_NEAR(axis.last() - axis.first(), 250, 1e-9);
    axis.zoom(1e9, 200);
    EXPECT_NEAR(axis.last() - axis.first(), TimeAxis::kSmallestView, 1e-9);
    axis.zoom(1e-9, 0);
    EXPECT_TRUE(axis.showsAll());
    axis.setView(900, 2000);
    EXPECT_LE(axis.last(), 1000);
}

TEST(TimeAxis, TicksAreRoundAndFarEnoughApart) {
    TimeAxis axis;
    axis.setFrames(750, 25);
    axis.setWidth(822);
    std::vector<double> majors;
    for (const auto& tick : axis.ticks(72)) {
        EXPECT_EQ(tick.label.empty(), !tick.major);
        if (tick.major) majors.push_back(tick.frame);
    }
    ASSERT_GE(majors.size(), 3u);
    for (std::size_t i = 1; i < majors.size(); ++i) EXPECT_GE(axis.x(majors[i]) - axis.x(majors[i - 1]), 72);
    EXPECT_EQ(timecode(12.48), "00:12.480");
    EXPECT_EQ(timecode(-0.5, 1), "\u221200:00.5");
    EXPECT_EQ(timecode(59.9996), "01:00.000");
}

TEST(TimeAxis, AnEmptyClipIsHarmless) {
    TimeAxis axis;
    axis.setFrames(0, 25);
    axis.setWidth(0);
    EXPECT_EQ(axis.frameAt(10), 0);
    EXPECT_TRUE(axis.ticks(72).empty());
    EXPECT_TRUE(std::isfinite(axis.x(5)));
}

TEST(SpanDrag, EdgeFollowsAndReportsItsMove) {
    SpanDrag drag({{250, 380}}, {0, SpanPart::End}, 380, 750);
    drag.move(408, nullptr, 0);
    EXPECT_EQ(drag.span(), (FrameSpan{250, 408}));
    EXPECT_EQ(drag.delta(), 28);
    EXPECT_EQ(drag.edge(), 408);
}

TEST(SpanDrag, EdgeMayCrossButNeverVanishes) {
    SpanDrag drag({{250, 380}}, {0, SpanPart::End}, 380, 750);
    drag.move(250, nullptr, 0);
    EXPECT_EQ(drag.span().length(), 1);
    drag.move(200, nullptr, 0);
    EXPECT_EQ(drag.span(), (FrameSpan{200, 250}));
    drag.move(-900, nullptr, 0);
    EXPECT_EQ(drag.span(), (FrameSpan{0, 250}));
}

TEST(SpanDrag, MiddleKeepsItsLengthAtTheBorders) {
    SpanDrag drag({{250, 380}}, {0, SpanPart::Middle}, 300, 750);
    drag.move(2000, nullptr, 0);
    EXPECT_EQ(drag.span(), (FrameSpan{620, 750}));
    drag.move(-2000, nullptr, 0);
    EXPECT_EQ(drag.span(), (FrameSpan{0, 130}));
}

TEST(SpanDrag, SnapsWithinReachOnly) {
    SnapPoints points;
    points.add(400);
    SpanDrag drag({{250, 380}}, {0, SpanPart::End}, 380, 750);
    drag.move(396, &points, 5);
    EXPECT_EQ(drag.span().end, 400);
    EXPECT_EQ(drag.snappedTo(), 400);
    drag.move(394, &points, 5);
    EXPECT_EQ(drag.span().end, 394);
    EXPECT_FALSE(drag.snappedTo());
    SpanDrag whole({{250, 380}}, {0, SpanPart::Middle}, 300, 750);
    whole.move(318, &points, 5); // its end would be 398
    EXPECT_EQ(whole.span(), (FrameSpan{270, 400}));
}

TEST(SpanDrag, NewSpanMergesWithWhatItTouches) {
    SpanDrag drag({{100, 200}}, {}, 300, 750);
    drag.move(180, nullptr, 0);
    EXPECT_TRUE(drag.creates());
    EXPECT_EQ(drag.result(), (std::vector<FrameSpan>{{100, 300}}));
}

TEST(SpanEdit, HitPrefersEdgesAndLeavesShortSpansAMiddle) {
    const std::vector<FrameSpan> spans = {{100, 200}, {300, 303}};
    EXPECT_EQ(hitSpan(spans, 103, 4).part, SpanPart::Begin);
    EXPECT_EQ(hitSpan(spans, 198, 4).part, SpanPart::End);
    EXPECT_EQ(hitSpan(spans, 150, 4).part, SpanPart::Middle);
    EXPECT_FALSE(hitSpan(spans, 250, 4));
    EXPECT_EQ(hitSpan(spans, 301.5, 4).part, SpanPart::Middle);
    EXPECT_EQ(hitSpan(spans, 301.5, 4).index, 1);
}

TEST(SpanEdit, NudgesStayInsideTheClip) {
    EXPECT_EQ(nudgedSpans({{10, 20}}, {0, SpanPart::Middle}, -50, 100), (std::vector<FrameSpan>{{0, 10}}));
    EXPECT_EQ(nudgedSpans({{10, 20}}, {0, SpanPart::End}, -50, 100), (std::vector<FrameSpan>{{10, 11}}));
    EXPECT_EQ(nudgedSpans({{10, 20}, {25, 30}}, {0, SpanPart::End}, 5, 100), (std::vector<FrameSpan>{{10, 30}}));
    EXPECT_EQ(nudgedSpans({{10, 20}}, {5, SpanPart::End}, 5, 100), (std::vector<FrameSpan>{{10, 20}}));
}

class TimelineWidget : public ::testing::Test {
protected:
    TimelineWidget() {
        view.resize(970, 540);
        view.setClip(750, 25);
        view.setWaveform(test::madeWaveform(30));
        view.setFaceConfidence(test::madeCurve(8, 750, 0.6, 1));
        view.setEmotion(test::madeEmotion(750));
        view.setReactions({{1, "Trans-VAE + EMC", 10, 750, test::madeSamples(1, 10, 750), 2}}, "AU12");
        view.setSpans(Modality::Speech, {{250, 380}});
        // The owner of the spans takes every wish, as the undo stack does.
        QObject::connect(&view, &TimelineView::spansChangeRequested, &view,
                         [this](Modality m, const auto& before, const auto& after) {
                             ++requests;
                             last = {before, after};
                             view.setSpans(m, after);
                         });
        view.show();
        QTest::qWait(1);
    }
    QPoint speech(double frame) const {
        return {static_cast<int>(std::lround(view.xOfFrame(frame))),
                view.laneRect(TimelineView::Lane::Speech).center().y()};
    }

    ThemeContext context{*static_cast<QApplication*>(qApp), ThemeContext::Choice::Dark};
    TimelineView view;
    int requests = 0;
    std::pair<std::vector<FrameSpan>, std::vector<FrameSpan>> last;
};

TEST_F(TimelineWidget, ClickSeeksAndDragScrubs) {
    QSignalSpy moved(&view, &TimelineView::playheadChanged), scrub(&view, &TimelineView::scrubbing);
    const QPoint at(static_cast<int>(view.xOfFrame(600)) + 1, view.rulerRect().center().y());
    QTest::mousePress(&view, Qt::LeftButton, {}, at);
    EXPECT_NEAR(view.playhead(), 600, 1);
    QTest::mouseMove(&view, QPoint(static_cast<int>(view.xOfFrame(100)) + 1, at.y()));
    EXPECT_NEAR(view.playhead(), 100, 1);
    QTest::mouseRelease(&view, Qt::LeftButton, {}, at);
    EXPECT_GE(moved.count(), 2);
    EXPECT_EQ(scrub.count(), 2);
    EXPECT_EQ(requests, 0);
}

TEST_F(TimelineWidget, DraggingAnEdgeAsksOnceWithOldAndNew) {
    QTest::mousePress(&view, Qt::LeftButton, {}, speech(380));
    QTest::mouseMove(&view, speech(395));
    QTest::mouseMove(&view, speech(450));
    EXPECT_EQ(view.spans(Modality::Speech), (std::vector<FrameSpan>{{250, 380}})); // nothing before the button is up
    QTest::mouseRelease(&view, Qt::LeftButton, {}, speech(450));
    ASSERT_EQ(requests, 1);
    EXPECT_EQ(last.first, (std::vector<FrameSpan>{{250, 380}}));
    ASSERT_EQ(last.second.size(), 1u);
    EXPECT_EQ(last.second[0].begin, 250);
    EXPECT_NEAR(last.second[0].end, 450, 1);
    ASSERT_TRUE(view.selectedSpan());
}

TEST_F(TimelineWidget, EscapeGivesTheDragUp) {
    QTest::mousePress(&view, Qt::LeftButton, {}, speech(300));
    QTest::mouseMove(&view, speech(350));
    QTest::keyClick(&view, Qt::Key_Escape);
    QTest::mouseRelease(&view, Qt::LeftButton, {}, speech(350));
    EXPECT_EQ(requests, 0);
    EXPECT_EQ(view.spans(Modality::Speech), (std::vector<FrameSpan>{{250, 380}}));
}

TEST_F(TimelineWidget, ToolAndDoubleClickMakeSpansAndDelRemovesThem) {
    view.setTool(TimelineView::Tool::MakeSpan);
    QTest::mousePress(&view, Qt::LeftButton, {}, speech(500));
    QTest::mouseMove(&view, speech(520));
    QTest::mouseMove(&view, speech(560));
    QTest::mouseRelease(&view, Qt::LeftButton, {}, speech(560));
    ASSERT_EQ(view.spans(Modality::Speech).size(), 2u);
    EXPECT_NEAR(view.spans(Modality::Speech)[1].length(), 60, 2);
    ASSERT_TRUE(view.selectedSpan());
    EXPECT_EQ(view.selectedSpan()->index, 1);
    QTest::keyClick(&view, Qt::Key_Delete);
    EXPECT_EQ(view.spans(Modality::Speech).size(), 1u);
    view.setTool(TimelineView::Tool::Select);
    const QPoint face(static_cast<int>(view.xOfFrame(100)), view.laneRect(TimelineView::Lane::Face).center().y());
    QTest::mouseDClick(&view, Qt::LeftButton, {}, face); // for widgets QTest sends the double click without its release
    QTest::mouseRelease(&view, Qt::LeftButton, {}, face);
    ASSERT_EQ(view.spans(Modality::Face).size(), 1u);
    EXPECT_EQ(view.spans(Modality::Face)[0].length(), 25); // one second
}

TEST_F(TimelineWidget, TabReachesSpansAndArrowsMoveThem) {
    view.setFocus();
    QTest::keyClick(&view, Qt::Key_Tab);
    ASSERT_TRUE(view.selectedSpan());
    EXPECT_EQ(view.accessibleName(), "Missing span, speech, 10.00 to 15.20 seconds");
    QTest::keyClick(&view, Qt::Key_Right);
    EXPECT_EQ(view.spans(Modality::Speech), (std::vector<FrameSpan>{{251, 381}}));
    QTest::keyClick(&view, Qt::Key_Left, Qt::ShiftModifier);
    EXPECT_EQ(view.spans(Modality::Speech), (std::vector<FrameSpan>{{241, 371}}));
    QTest::keyClick(&view, Qt::Key_Right, Qt::ControlModifier);
    EXPECT_EQ(view.spans(Modality::Speech), (std::vector<FrameSpan>{{241, 372}}));
    EXPECT_EQ(view.accessibleName(), "Missing span, speech, 9.64 to 14.88 seconds");
    QTest::keyClick(&view, Qt::Key_Escape);
    EXPECT_FALSE(view.selectedSpan());
}

TEST_F(TimelineWidget, ControlWheelZoomsAtThePointer) {
    QSignalSpy changed(&view, &TimelineView::viewChanged);
    const QPoint at = speech(300);
    QWheelEvent wheel(at, view.mapToGlobal(at), {}, {0, 240}, Qt::NoButton, Qt::ControlModifier, Qt::NoScrollPhase,
                      false);
    QApplication::sendEvent(&view, &wheel);
    ASSERT_EQ(changed.count(), 1);
    EXPECT_GT(changed[0][0].toDouble(), 0);
    EXPECT_LT(changed[0][1].toDouble(), 750);
    EXPECT_NEAR(view.xOfFrame(300), at.x(), 1.0);
}

TEST_F(TimelineWidget, TheSpanIsHatchedInItsOwnColour) {
    view.setPlayhead(700);
    const QImage picture = view.grab().toImage();
    const Theme& theme = Theme::darkTheme();
    const QRect lane = view.laneRect(TimelineView::Lane::Speech);
    const auto orange = [&](int from, int to) { // pixels clearly warmer than grey, in a strip near the top of the lane
        int count = 0;
        for (int y = lane.top() + 3; y < lane.top() + 14; ++y)
            for (int x = static_cast<int>(view.xOfFrame(from)); x < static_cast<int>(view.xOfFrame(to)); ++x) {
                const QColor c = picture.pixelColor(x, y);
                count += c.red() - c.blue() > 30;
            }
        return count;
    };
    EXPECT_GT(orange(260, 370), 200);
    view.setSpans(Modality::Speech, {});
    const QImage without = view.grab().toImage();
    EXPECT_NE(picture, without);
    // The edges are solid lines of the modality's colour.
    EXPECT_EQ(picture.pixelColor(static_cast<int>(std::round(view.xOfFrame(250))), lane.top() + 4).rgb(),
              theme.speech.rgb());
    // The imagined part of the reaction carries its 4 px bar.
    const QRect reactions = view.laneRect(TimelineView::Lane::Reactions);
    EXPECT_EQ(picture.pixelColor(static_cast<int>(view.xOfFrame(300)), reactions.top() + 1).rgb(),
              theme.imagined.rgb());
    EXPECT_NE(without.pixelColor(static_cast<int>(view.xOfFrame(300)), reactions.top() + 1).rgb(),
              theme.imagined.rgb());
}

TEST_F(TimelineWidget, MovingThePlayheadGivesTheSamePictureAsDrawingAnew) {
    view.grab();
    for (int frame : {10, 400, 300, 749}) view.setPlayhead(frame);
    const QImage moved = view.grab().toImage();
    TimelineView other;
    other.resize(view.size());
    other.setClip(750, 25);
    other.setWaveform(test::madeWaveform(30));
    other.setFaceConfidence(test::madeCurve(8, 750, 0.6, 1));
    other.setEmotion(test::madeEmotion(750));
    other.setReactions({{1, "Trans-VAE + EMC", 10, 750, test::madeSamples(1, 10, 750), 2}}, "AU12");
    other.setSpans(Modality::Speech, {{250, 380}});
    other.setPlayhead(749);
    EXPECT_EQ(moved, other.grab().toImage());
}

TEST_F(TimelineWidget, ThemeSwitchRepaintsEverything) {
    const QImage dark = view.grab().toImage();
    context.setChoice(ThemeContext::Choice::Light);
    const QImage light = view.grab().toImage();
    EXPECT_EQ(light.pixelColor(3, 300).rgb(), Theme::lightTheme().window.rgb());
    EXPECT_EQ(dark.pixelColor(3, 300).rgb(), Theme::darkTheme().window.rgb());
}

TEST_F(TimelineWidget, BrokenDataDoesNotHarm) {
    view.setReactions({{9, "", 10, 750, {1, 2, 3}, 40}}, "", 1, 1);
    view.setEmotion({1, 2, 3});
    view.setEmotionChannels({-1, 99, 7});
    view.setFaceConfidence({std::nanf(""), 2, -3});
    view.setEntropy({std::nanf("")});
    view.setSpans(Modality::Face, {{-40, 9000}, {5, 2}});
    EXPECT_EQ(view.spans(Modality::Face), (std::vector<FrameSpan>{{0, 750}}));
    EXPECT_EQ(view.emotionChannels(), (std::vector<int>{7}));
    EXPECT_FALSE(view.grab().isNull());
    view.setClip(0, 0);
    EXPECT_FALSE(view.grab().isNull());
    QTest::mouseClick(&view, Qt::LeftButton, {}, QPoint(300, 10));
    view.resize(150, 40);
    EXPECT_FALSE(view.grab().isNull());
}

} // namespace
} // namespace emc
