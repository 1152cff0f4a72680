// Our sound features of FaceAIS against the numbers of the public research code.
#include "tests/support/expect_parity.h"

namespace {

TEST(FeaturesParity, Wav2vecFrontEnd) {
    emc::test::expectParity("w2v_2s,w2v_10s");
}

} // namespace
