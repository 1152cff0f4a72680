#include "core/study/published.h"

#include <algorithm>

#include "core/study/score_set.h"

namespace emc {

const std::vector<PaperRow>& paperRows() {
    static const std::vector<PaperRow> rows = {
        {"original", "trans-vae", {0.03, 92.81, 0.0008, 0.0002, 0.0006, 43.75}},
        {"original", "regnn", {0.19, 84.54, 0.0007, 0.0061, 0.0342, 41.35}},
        {"original", "faceais", {0.23, 88.43, 0.1158, 0.0346, 0.1159, 44.99}},
        {"emc", "trans-vae", {0.07, 31.30, 0.0454, 0.0201, 0.0495, 42.63}},
        {"emc", "regnn", {0.23, 93.33, 0.0007, 0.0056, 0.0445, 39.02}},
        {"emc", "faceais", {0.27, 86.37, 0.1078, 0.0619, 0.1077, 43.82}},
        {"emc-no-ea", "trans-vae", {0.03, 32.31, 0.0378, 0.0209, 0.042, 45.61}},
        {"emc-no-ea", "regnn", {0.21, 90.75, 0.0006, 0.0054, 0.0405, 39.92}},
        {"emc-no-ea", "faceais", {0.23, 90.32, 0.1088, 0.0495, 0.1089, 44.89}},
        {"emc-no-face", "trans-vae", {0.02, 42.89, 0.0022, 0.0005, 0.0072, 45.79}},
        {"emc-no-face", "regnn", {0.11, 83.55, 0.0006, 0.0039, 0.0127, 39.75}},
        {"emc-no-face", "faceais", {0.19, 97.60, 0.0839, 0.0295, 0.0839, 44.6}},
        {"emc-no-speech", "trans-vae", {0.05, 31.83, 0.0209, 0.0179, 0.0133, 46.66}},
        {"emc-no-speech", "regnn", {0.22, 92.65, 0.0006, 0.0051, 0.0408, 40.68}},
        {"emc-no-speech", "faceais", {0.23, 87.85, 0.0856, 0.0235, 0.0857, 45.25}}};
    return rows;
}

std::optional<double> publishedValue(const std::string& condition, const std::string& host, const std::string& metric) {
    const auto& names = metricNames();
    const auto column = static_cast<std::size_t>(std::find(names.begin(), names.end(), metric) - names.begin());
    if (column >= names.size()) return {};
    for (const PaperRow& row : paperRows())
        if (condition == row.condition && host == row.host) return row.values[column];
    return {};
}

const char* paperConditionLabel(const std::string& condition) {
    if (condition == "original") return "Original";
    if (condition == "emc") return "EMC";
    if (condition == "emc-no-ea") return "w/o EA";
    if (condition == "emc-no-face") return "w/o Facial";
    if (condition == "emc-no-speech") return "w/o Speech";
    return "";
}

const char* paperHostLabel(const std::string& host) {
    return host == "trans-vae" ? "Trans-VAE" : host == "regnn" ? "REGNN" : host == "faceais" ? "FaceVIS" : "";
}

} // namespace emc
