// Our Trans-VAE against the numbers of the public research code.
#include "tests/support/expect_parity.h"

namespace {

using emc::test::expectParity;

TEST(TransVaeParity, Encoder) {
    expectParity("tvae_encoder");
}
TEST(TransVaeParity, OfflineWithChunkedFrames) {
    expectParity("tvae_offline");
}
TEST(TransVaeParity, DecoderAt751Frames) {
    expectParity("tvae_decoder_751");
}
TEST(TransVaeParity, LossesGradientsAndOptimiserSteps) {
    expectParity("tvae_train");
}

} // namespace
