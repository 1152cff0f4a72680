// Our REGNN against the numbers of the public research code.
#include "core/data/golden.h"
#include "tests/support/shared.h"

namespace {

void expectParity(const std::string& name) {
    EMC_NEED_SHARED("golden/cases.json");
    const auto rows = emc::runParity(emc::test::sharedFolder() / "golden", name);
    EXPECT_TRUE(emc::parityHolds(rows));
    for (const emc::ParityRow& row : rows) {
        EXPECT_EQ(row.status, emc::ParityStatus::Pass) << row.caseName << " " << row.output << ": " << row.compared
                                                       << " against " << row.tolerance << " " << row.note;
        std::printf("%-90s max %.2e  compared %.2e  limit %.2e\n", (row.caseName + " " + row.output).c_str(),
                    row.maxAbs, row.compared, row.tolerance);
    }
}

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
