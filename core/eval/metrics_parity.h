#pragma once
// Lets runParity() compute the metrics cases twice: by the plain double-precision twins, and (outputs named NAME@fast)
// by the path that users get.

namespace emc {

void addMetricsParity();

} // namespace emc
