#pragma once
// The paper's Table 1 from our own runs, with everything a reader needs to judge it.
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/study/statistics.h"
#include "core/study/study.h"

namespace emc {

// Hears of the table whenever a reaction is stored or a row is scored.
using TableObserver = std::function<void(const StudyTable&)>;
// Predicts and scores what is missing, then compares. Throws Error, Cancelled (finished clips stay).
StudyTable makeTable(Study& study, const TableOptions& options, JobContext& job, const TableObserver& observer = {});

TableFormat tableFormatOf(const std::filesystem::path& file); // by extension; throws Error(Usage)
std::string tableText(const StudyTable& table, TableFormat format);

} // namespace emc
