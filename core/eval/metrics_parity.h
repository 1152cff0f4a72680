#pragma once
// Lets runParity() compute the metrics cases (FRCorr, FRVar, FRDiv, FRDvs and their exact forms).

namespace emc {

void addMetricsParity();

} // namespace emc
