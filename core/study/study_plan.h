#pragma once
// Rows of a table before they have numbers: which model under which treatment. Internal to core/study.
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/study/study_table.h"

namespace emc {

struct PlannedRow {
    TableRow row;
    std::optional<StudyModel> model; // none: a row of the paper that nobody fills
    Treatment treatment;
    std::vector<StudyRun> runs;
    // metric -> value per clip, mean over all seeds
    std::map<std::string, std::vector<double>> clips;
};

// The paper's rows, then the others, then the ground truth. Throws Error(Usage) without any model.
std::vector<PlannedRow> planTable(const Study& study, const TableOptions& options);
// The row that deltas stand against: the host alone, of the paper's rows; null when there is none.
const PlannedRow* referenceOf(const PlannedRow& row, const std::vector<PlannedRow>& rows);
std::string rowName(const TableRow& row); // "Trans-VAE (EMC)"
// Mean over the runs, clip by clip; a clip counts where any run has a value.
std::vector<double> clipMeans(const std::vector<const MetricValue*>& values, std::size_t clips);

// Significance of two rows that have values per clip. No sentence yet: Holm's correction comes after all comparisons.
Comparison compareRows(const PlannedRow& row, const PlannedRow& reference, std::size_t column,
                       const std::string& metric, const TableOptions& options);
// For people. Needs the cell's words.
std::string comparisonSentence(const TableRow& row, const TableCell& cell, const std::string& metric, double level);

} // namespace emc
