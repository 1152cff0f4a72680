#pragma once
// Pieces of written tables. Internal to core/study, and used by its tests.
#include <string>
#include <vector>

#include "core/study/study_table.h"

namespace emc {

std::string numberText(double value, int decimals, bool sign = false); // "inf", "-inf" and "nan" too
// As printed by those who published it, without digits that nobody measured.
std::string publishedText(double value);
// Numbers of a cell whose comparison is complete.
CellWords cellWords(const TableCell& cell, const std::string& metric, SeedSpread spread, double level);
std::string latexEscaped(const std::string& text);
std::string markdownEscaped(const std::string& text);
std::string csvCell(const std::string& text); // quoted where needed
// "0.071 ± 0.004 (+0.040*)" and the like; `latex` writes it for math mode. Empty cells are a dash.
std::string cellText(const TableCell& cell, const std::string& metric, SeedSpread spread, double level, bool latex);
// Sentences under a table: what was measured, on what, what the signs mean.
std::vector<std::string> tableNotes(const StudyTable& table);
std::string tableJson(const StudyTable& table);

} // namespace emc
