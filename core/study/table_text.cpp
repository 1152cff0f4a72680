#include "core/study/table_text.h"

#include <cmath>

#include "core/api/error.h"
#include "core/study/published.h"

namespace emc {
namespace {

std::string seedsText(const TableRow& row) {
    if (!row.trained) return "not trained here";
    return std::to_string(row.seeds) + (row.samplingSeeds > 1 ? " x " + std::to_string(row.samplingSeeds) : "");
}

std::string markdown(const StudyTable& table) {
    std::string text = "| condition | model | seeds |", line = "|---|---|---|";
    for (const std::string& metric : table.metrics) {
        text += " " + metric + (higherIsBetter(metric) ? " ↑ |" : " ↓ |");
        line += "---:|";
        if (!table.publishedShown) continue;
        text += " published |";
        line += "---:|";
    }
    text += "\n" + line + "\n";
    for (const TableRow& row : table.rows) {
        text += "| " + markdownEscaped(row.conditionLabel) + " | " + markdownEscaped(row.label) + " | " +
                seedsText(row) + " |";
        for (std::size_t m = 0; m < table.metrics.size(); ++m) {
            const TableCell& cell = row.cells[m];
            const std::string own = cellText(cell, table.metrics[m], row.spread, table.level, false);
            text += " " + (cell.best ? "**" + own + "**" : own) + " |";
            if (table.publishedShown) text += cell.published ? " *" + publishedText(*cell.published) + "* |" : " – |";
        }
        text += "\n";
    }
    text += "\n";
    for (const std::string& note : tableNotes(table)) text += "- " + markdownEscaped(note) + "\n";
    std::string words;
    for (const TableRow& row : table.rows)
        for (const TableCell& cell : row.cells)
            if (cell.against && &cell == &row.cells.front())
                words += "- " + markdownEscaped(cell.against->sentence) + "\n";
    return words.empty() ? text : text + "\nIn words, " + table.metrics.front() + ":\n\n" + words;
}

std::string latex(const StudyTable& table) {
    const std::size_t perMetric = table.publishedShown ? 2 : 1;
    std::string text = "% Needs \\usepackage{booktabs}.\n\\begin{table*}\n  \\centering\n  \\scriptsize\n"
                       "  \\setlength{\\tabcolsep}{3pt}\n  \\begin{tabular}{lll" +
                       std::string(table.metrics.size() * perMetric, 'r') +
                       "}\n    \\toprule\n    Condition & Model & Seeds";
    std::string second = "    & &";
    for (const std::string& metric : table.metrics) {
        const std::string name = metric + (higherIsBetter(metric) ? " $\\uparrow$" : " $\\downarrow$");
        text += table.publishedShown ? " & \\multicolumn{2}{c}{" + name + "}" : " & " + name;
        if (table.publishedShown) second += " & ours & publ.";
    }
    text += " \\\\\n";
    if (table.publishedShown) text += second + " \\\\\n";
    text += "    \\midrule\n";
    for (std::size_t r = 0; r < table.rows.size(); ++r) {
        const TableRow& row = table.rows[r];
        if (r > 0 && (row.paper ? row.condition != table.rows[r - 1].condition : table.rows[r - 1].paper))
            text += "    \\midrule\n";
        text += "    " + latexEscaped(row.conditionLabel) + " & " + latexEscaped(row.label) + " & " + seedsText(row);
        for (std::size_t m = 0; m < table.metrics.size(); ++m) {
            const TableCell& cell = row.cells[m];
            text += " & " + cellText(cell, table.metrics[m], row.spread, table.level, true);
            if (table.publishedShown)
                text += cell.published ? " & \\textit{" + publishedText(*cell.published) + "}" : " & --";
        }
        text += " \\\\\n";
    }
    text += "    \\bottomrule\n  \\end{tabular}\n  \\caption{";
    bool first = true;
    for (const std::string& note : tableNotes(table)) {
        text += (first ? "" : " ") + latexEscaped(note);
        first = false;
    }
    return text + "}\n\\end{table*}\n";
}

const char* spreadName(SeedSpread spread) {
    return spread == SeedSpread::TrainingSeeds   ? "training seeds"
           : spread == SeedSpread::SamplingSeeds ? "sampling seeds"
                                                 : "";
}

std::string csv(const StudyTable& table) {
    std::string text =
        "condition,label,model,fill,trained,seeds,sampling_seeds,spread_over,metric,variant,mean,sd,best,"
        "published,reference,delta,p,p_holm,ci_low,ci_high,d_z,cliffs_delta,better,clips\n";
    const auto full = [](double value) { // enough digits to come back
        char digits[40];
        std::snprintf(digits, sizeof digits, "%.17g", value);
        return std::isfinite(value) ? std::string(digits) : std::string();
    };
    for (const TableRow& row : table.rows)
        for (std::size_t m = 0; m < table.metrics.size(); ++m) {
            const TableCell& cell = row.cells[m];
            text += csvCell(row.condition) + "," + csvCell(row.label) + "," + csvCell(row.model) + "," + row.fill +
                    "," + (row.trained ? "yes" : "no") + "," + std::to_string(row.seeds) + "," +
                    std::to_string(row.samplingSeeds) + "," + spreadName(row.spread) + "," + table.metrics[m] + "," +
                    table.variant + "," + (cell.known ? full(cell.mean) : "") + "," +
                    (cell.known && row.spread != SeedSpread::None ? full(cell.deviation) : "") + "," +
                    (cell.best ? "yes" : "no") + "," + (cell.published ? full(*cell.published) : "") + ",";
            if (const auto& c = cell.against) {
                text += csvCell(row.reference) + "," + full(c->delta) + ",";
                text += c->tested ? full(c->p) + "," + full(c->pHolm) + "," + full(c->low) + "," + full(c->high) + "," +
                                        full(c->effect) + "," + full(c->cliff) + "," + std::to_string(c->better) + "," +
                                        std::to_string(c->clips)
                                  : ",,,,,,,";
            } else text += ",,,,,,,,,";
            text += "\n";
        }
    return text;
}

} // namespace

std::string latexEscaped(const std::string& text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (text.compare(i, 2, "±") == 0) out += "$\\pm$", ++i; // two bytes
        else if (c == '<' || c == '>') out += std::string("$") + c + "$";
        else if (c == '\\') out += "\\textbackslash{}";
        else if (c == '~') out += "\\textasciitilde{}";
        else if (c == '^') out += "\\textasciicircum{}";
        else if (std::string("&%$#_{}").find(c) != std::string::npos) out += std::string("\\") + c;
        else if (c == '\n' || c == '\r') out += ' ';
        else out += c;
    }
    return out;
}

std::string markdownEscaped(const std::string& text) {
    std::string out;
    for (const char c : text) {
        if (c == '|' || c == '*' || c == '`' || c == '<') out += '\\';
        out += c == '\n' || c == '\r' ? ' ' : c;
    }
    return out;
}

std::string csvCell(const std::string& text) {
    if (text.find_first_of(",\"\n\r") == std::string::npos) return text;
    std::string out = "\"";
    for (const char c : text) out += c == '"' ? "\"\"" : std::string(1, c);
    return out + "\"";
}

std::string numberText(double value, int decimals, bool sign) {
    if (!std::isfinite(value)) return value > 0 ? "inf" : value < 0 ? "-inf" : "nan";
    char text[64];
    std::snprintf(text, sizeof text, sign ? "%+.*f" : "%.*f", decimals, value);
    return text;
}

std::string publishedText(double value) {
    char text[32];
    std::snprintf(text, sizeof text, "%g", value);
    return text;
}

CellWords cellWords(const TableCell& cell, const std::string& metric, SeedSpread spread, double level) {
    const int decimals = metricDecimals(metric);
    CellWords words;
    if (cell.published) words.published = publishedText(*cell.published);
    if (!cell.known) return words;
    words.mean = numberText(cell.mean, decimals);
    if (spread != SeedSpread::None) words.deviation = numberText(cell.deviation, decimals);
    if (!cell.against) return words;
    const Comparison& c = *cell.against;
    words.delta = numberText(c.delta, decimals, true);
    if (!c.tested) return words;
    words.p = numberText(c.pHolm, 4);
    words.low = numberText(c.low, decimals, true);
    words.high = numberText(c.high, decimals, true);
    if (std::isfinite(c.effect)) words.effect = numberText(c.effect, 2, true);
    words.cliff = numberText(c.cliff, 2, true);
    words.significant = c.pHolm < 1 - level;
    return words;
}

std::string cellText(const TableCell& cell, const std::string& metric, SeedSpread spread, double level, bool latex) {
    const CellWords words = cellWords(cell, metric, spread, level);
    if (!cell.known) return latex ? "--" : "–";
    std::string text = words.mean;
    if (latex && cell.best) text = "\\textbf{" + text + "}";
    if (!words.deviation.empty()) {
        text += (latex ? "$\\pm$" : " ± ") + words.deviation;
        if (spread == SeedSpread::SamplingSeeds) text += latex ? "$^{s}$" : " (s)";
    }
    if (!words.delta.empty())
        text += latex ? " ($" + words.delta + (words.significant ? "^{*}" : "") + "$)"
                      : " (" + words.delta + (words.significant ? " \\*" : "") + ")";
    return text;
}

std::vector<std::string> tableNotes(const StudyTable& table) {
    std::vector<std::string> notes;
    const std::string partition = table.partition;
    notes.push_back("Measured on the " + partition + " part of " + table.corpus +
                    (table.synthetic ? " (synthetic data)" : "") + ": " + std::to_string(table.clips) + " clips, " +
                    std::to_string(table.samples) + " reactions each, " + std::to_string(table.frames) +
                    " frames; metrics in the " + table.variant + " variant.");
    bool training = false, sampling = false, untrained = false, deltas = false;
    for (const TableRow& row : table.rows) {
        training = training || row.spread == SeedSpread::TrainingSeeds;
        sampling = sampling || row.spread == SeedSpread::SamplingSeeds;
        untrained = untrained || !row.trained;
        for (const TableCell& cell : row.cells) deltas = deltas || cell.against.has_value();
    }
    if (training) notes.push_back("± is the standard deviation over training seeds.");
    if (sampling)
        notes.push_back("± with (s) is the spread over sampling seeds of one network only: it says nothing about other "
                        "trainings.");
    if (deltas)
        notes.push_back("In parentheses the difference to the original of the same host; * marks p < " +
                        numberText(1 - table.level, 2) +
                        " by paired permutation over clips with Holm correction over the column. Intervals: bootstrap "
                        "over clips (" +
                        table.interval + ", " + numberText(100 * table.level, 0) +
                        " %). The tests are about these networks on other clips, not about other trainings.");
    notes.push_back("The best model of a column is bold; baselines and the ground truth do not take part.");
    if (untrained) notes.push_back("Rows \"not trained here\" have no values of ours.");
    if (table.publishedShown)
        notes.push_back(std::string("Published values are from the ") + kPublishedSource +
                        "; they were measured on other data and are not results of ours.");
    else notes.push_back("Published values are left out: they were measured with the official variant.");
    notes.insert(notes.end(), table.notes.begin(), table.notes.end());
    return notes;
}

TableFormat tableFormatOf(const std::filesystem::path& file) {
    const std::string extension = file.extension().string();
    if (extension == ".md") return TableFormat::Markdown;
    if (extension == ".tex") return TableFormat::Latex;
    if (extension == ".csv") return TableFormat::Csv;
    if (extension == ".json") return TableFormat::Json;
    throw Error(ErrorKind::Usage, "a table cannot be written as \"" + file.filename().string() + "\"", "--out",
                "Use a name that ends in .md, .tex, .csv or .json");
}

std::string tableText(const StudyTable& table, TableFormat format) {
    switch (format) {
    case TableFormat::Markdown: return markdown(table);
    case TableFormat::Latex: return latex(table);
    case TableFormat::Csv: return csv(table);
    case TableFormat::Json: return tableJson(table);
    }
    return {};
}

} // namespace emc
