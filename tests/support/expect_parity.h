#pragma once
// Holds golden cases against our code (core/data/golden.h) and prints how close they are.
#include <cstdio>

#include "core/data/golden.h"
#include "tests/support/shared.h"

namespace emc::test {

inline void expectParity(const std::string& filter) {
    EMC_NEED_SHARED("golden/cases.json");
    const auto rows = runParity(sharedFolder() / "golden", filter);
    EXPECT_TRUE(parityHolds(rows));
    for (const ParityRow& row : rows) {
        EXPECT_EQ(row.status, ParityStatus::Pass) << row.caseName << " " << row.output << ": " << row.compared
                                                  << " against " << row.tolerance << " " << row.note;
        std::printf("%-90s max %.2e  compared %.2e  limit %.2e\n", (row.caseName + " " + row.output).c_str(),
                    row.maxAbs, row.compared, row.tolerance);
    }
}

} // namespace emc::test
