#pragma once
// What the EMC paper prints in its Table 1 (REACT 2024, offline). Reference values of others, never results of ours.
#include <optional>
#include <string>
#include <vector>

namespace emc {

struct PaperRow {
    const char* condition; // "original" | "emc" | "emc-no-ea" | "emc-no-face" | "emc-no-speech"
    const char* host;      // "trans-vae" | "regnn" | "faceais"
    double values[6];      // in the order of metricNames()
};
const std::vector<PaperRow>& paperRows(); // all 15, in the paper's order
std::optional<double> publishedValue(const std::string& condition, const std::string& host, const std::string& metric);
const char* paperConditionLabel(const std::string& condition); // "w/o Facial", ...
const char* paperHostLabel(const std::string& host);           // "Trans-VAE" | "REGNN" | "FaceVIS"
inline constexpr const char* kPublishedSource = "EMC paper, Table 1 (REACT 2024, offline)";

} // namespace emc
