// Our REGNN against the numbers of the public research code.
#include "tests/support/expect_parity.h"

namespace {

using emc::test::expectParity;

TEST(RegnnParity, FusionEdgesMotorAndItsInverse) {
    expectParity("regnn_window");
}
TEST(RegnnParity, AClipOfOverlappingWindows) {
    expectParity("regnn_clip");
}
TEST(RegnnParity, LossesGradientsThresholdAndOptimiserSteps) {
    expectParity("regnn_train");
}

} // namespace
