#include "core/api/frame_span.h"
#include "core/api/reactions.h"

#include <gtest/gtest.h>

using namespace emc;

TEST(FrameSpan, NormalisingClipsSortsAndMerges) {
    const auto spans = normalisedSpans({{50, 60}, {-5, 10}, {8, 20}, {20, 22}, {90, 200}, {30, 30}}, 100);
    EXPECT_EQ(spans, (std::vector<FrameSpan>{{0, 22}, {50, 60}, {90, 100}}));
}

TEST(FrameSpan, MaskAndSpansAreInverse) {
    const std::vector<FrameSpan> spans{{2, 4}, {7, 9}};
    EXPECT_EQ(spansOf(frameMask(spans, 10)), spans);
    EXPECT_TRUE(frameMask({}, 0).empty());
}

TEST(Availability, WholeClipMissingIsRecognisedHoweverItIsWritten) {
    EXPECT_TRUE(Availability::withoutFace().missesAll(Modality::Face, 100));
    EXPECT_FALSE(Availability::withoutFace().missesAny(Modality::Speech, 100));
    const Availability halves{{{0, 50}, {50, 100}}, {}};
    EXPECT_TRUE(halves.missesAll(Modality::Face, 100));
    EXPECT_FALSE(halves.missesAll(Modality::Face, 101));
}
