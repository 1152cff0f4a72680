// Our networks against the numbers of the public research code: every golden case that somebody here computes.
#include "core/data/golden.h"
#include "tests/support/shared.h"

namespace {

class ModelParity : public testing::TestWithParam<const char*> {};

TEST_P(ModelParity, Holds) {
    EMC_NEED_SHARED("golden/cases.json");
    const auto rows = emc::runParity(emc::test::sharedFolder() / "golden", GetParam());
    EXPECT_TRUE(emc::parityHolds(rows));
    EXPECT_FALSE(rows.empty());
    for (const emc::ParityRow& row : rows) {
        EXPECT_EQ(row.status, emc::ParityStatus::Pass) << row.caseName << " " << row.output << ": " << row.compared
                                                       << " against " << row.tolerance << " " << row.note;
        std::printf("%-90s max %.2e  compared %.2e  limit %.2e\n", (row.caseName + " " + row.output).c_str(),
                    row.maxAbs, row.compared, row.tolerance);
    }
}

INSTANTIATE_TEST_SUITE_P(Golden, ModelParity,
                         testing::Values("tvae_encoder", "tvae_offline", "tvae_decoder_751", "tvae_train",
                                         "tvae_online_40", "tvae_online_44", "regnn_window", "regnn_clip",
                                         "regnn_train", "faceais_fsq", "faceais_tokenizer", "faceais_logits",
                                         "faceais_greedy", "faceais_topk", "w2v_2s", "w2v_10s"),
                         [](const auto& info) { return std::string(info.param); });

} // namespace
