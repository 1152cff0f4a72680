// What is written: LaTeX that a parser accepts, Markdown and CSV with as many cells in each line, SVG that is XML.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <limits>
#include <sstream>

#include "core/study/line_plot.h"
#include "core/study/published.h"
#include "core/study/table_text.h"
#include "tests/support/shared.h"

using namespace emc;

namespace {

// A table with everything that is awkward to write.
StudyTable awkwardTable(bool published) {
    StudyTable table;
    table.variant = published ? "official" : "fixed";
    table.metrics = {"FRCorr", "FRDist", "FRSyn"};
    table.corpus = "my_corpus & 100% #1 {x} ~^\\";
    table.partition = "test";
    table.clips = 12;
    table.samples = 10;
    table.frames = 750;
    table.synthetic = true;
    table.publishedShown = published;
    table.interval = "BCa";
    for (const char* condition : {"original", "emc", "extra"}) {
        TableRow row;
        row.label = condition == std::string("extra") ? "A_b, \"c\" | *d* $e <f>" : "Trans-VAE";
        row.condition = condition;
        row.conditionLabel = row.label == "Trans-VAE" ? paperConditionLabel(condition) : "w/o face (zeros)";
        row.host = "trans-vae";
        row.paper = row.label == "Trans-VAE";
        row.trained = condition != std::string("original");
        row.seeds = row.trained ? 3 : 0;
        row.samplingSeeds = row.trained ? 1 : 0;
        row.spread = row.trained ? SeedSpread::TrainingSeeds : SeedSpread::None;
        for (std::size_t m = 0; m < table.metrics.size(); ++m) {
            TableCell cell;
            cell.known = row.trained;
            cell.mean = 0.5 + static_cast<double>(m);
            cell.deviation = 0.01;
            cell.best = condition == std::string("emc");
            if (published && row.paper) cell.published = publishedValue(condition, "trans-vae", table.metrics[m]);
            if (condition == std::string("emc")) {
                Comparison c;
                c.delta = -0.25;
                c.tested = true;
                c.pHolm = 0.01;
                c.effect = std::numeric_limits<double>::infinity();
                c.sentence = "In words, 50 % & more.";
                cell.against = c;
                row.reference = "Trans-VAE (Original)";
            }
            row.cells.push_back(cell);
        }
        table.rows.push_back(row);
    }
    return table;
}

std::vector<std::string> linesOf(const std::string& text) {
    std::stringstream stream(text);
    std::vector<std::string> lines;
    for (std::string line; std::getline(stream, line);) lines.push_back(line);
    return lines;
}

// Environments and braces are balanced, every row of the tabular has as many columns as it declares.
std::string latexFault(const std::string& text) {
    std::vector<std::string> environments;
    int braces = 0, columns = -1, rows = 0;
    const auto argument = [&](std::size_t at) { return text.substr(at + 1, text.find('}', at) - at - 1); };
    int cells = 1;
    bool maths = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '%') { // a comment
            i = text.find('\n', i);
            continue;
        }
        if (c == '$') maths = !maths;
        if (c == '{') ++braces;
        if (c == '}' && --braces < 0) return "a closing brace too many";
        if ((c == '^' || c == '_') && !maths) return "a raised sign outside of mathematics";
        const bool inside = !environments.empty() && environments.back() == "tabular";
        if (c == '&') {
            if (!inside) return "a column sign outside of the table";
            ++cells;
        }
        if (c != '\\') continue;
        if (text.compare(i, 7, "\\begin{") == 0) {
            environments.push_back(argument(i + 6));
            if (environments.back() == "tabular") {
                const std::size_t at = text.find('{', i + 14);
                columns = static_cast<int>(argument(at).size());
                if (argument(at).find_first_not_of("lcr") != std::string::npos) return "an unknown column";
                i = text.find('}', at);
                continue;
            }
        } else if (text.compare(i, 5, "\\end{") == 0) {
            if (environments.empty() || environments.back() != argument(i + 4))
                return "an environment ends that is not open";
            environments.pop_back();
        } else if (text.compare(i, 13, "\\multicolumn{") == 0) cells += std::stoi(argument(i + 12)) - 1;
        else if (text.compare(i, 2, "\\\\") == 0 && inside) {
            if (cells != columns)
                return "a row of " + std::to_string(cells) + " cells in " + std::to_string(columns) + " columns";
            cells = 1;
            ++rows;
            ++i;
        } else if (text.compare(i, 2, "\\\\") != 0 && i + 1 < text.size() &&
                   std::string("&%$#_{}").find(text[i + 1]) != std::string::npos)
            ++i; // an escaped sign
    }
    if (!environments.empty()) return "an environment is left open: " + environments.back();
    if (braces != 0) return "a brace is left open";
    if (maths) return "mathematics are left open";
    return rows < 2 ? "no rows" : "";
}

// Every tag is closed; attributes are quoted; no stray sign.
std::string xmlFault(const std::string& text) {
    std::vector<std::string> open;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '&') {
            const std::string entity = text.substr(i, text.find(';', i) - i + 1);
            if (entity != "&amp;" && entity != "&lt;" && entity != "&gt;" && entity != "&quot;") return "a stray &";
        }
        if (text[i] == '>') return "a stray >";
        if (text[i] != '<') continue;
        const std::size_t end = text.find('>', i);
        if (end == std::string::npos) return "a tag is left open";
        const std::string tag = text.substr(i + 1, end - i - 1);
        i = end;
        if (tag.starts_with("?")) continue;
        if (std::count(tag.begin(), tag.end(), '"') % 2) return "an attribute is left open: " + tag;
        if (tag.starts_with("/")) {
            if (open.empty() || open.back() != tag.substr(1)) return "a wrong closing tag: " + tag;
            open.pop_back();
        } else if (!tag.ends_with("/")) open.push_back(tag.substr(0, tag.find_first_of(" ")));
    }
    return open.empty() ? "" : "left open: " + open.back();
}

} // namespace

TEST(StudyTableText, TheParserFindsFaults) {
    const std::string good = "\\begin{tabular}{lr}\na & b \\\\\nc & \\& d \\\\\n\\end{tabular}";
    EXPECT_EQ(latexFault(good), "");
    for (const char* bad :
         {"\\begin{tabular}{lr}\na & b \\\\\nc \\\\\n\\end{tabular}",
          "\\begin{table}\\begin{tabular}{l}a\\\\b\\\\\\end{table}", "\\begin{tabular}{l}a_b\\\\c\\\\\\end{tabular}",
          "\\begin{tabular}{l}{a\\\\c\\\\\\end{tabular}"})
        EXPECT_NE(latexFault(bad), "") << bad;
    EXPECT_EQ(xmlFault("<a b=\"c\"><d/>x &amp; y</a>"), "");
    for (const char* bad : {"<a><b></a>", "<a>x & y</a>", "<a b=\"c></a>", "<a>"}) EXPECT_NE(xmlFault(bad), "") << bad;
}

TEST(StudyTableText, LatexIsBalanced) {
    for (const bool published : {true, false}) {
        const std::string text = tableText(awkwardTable(published), TableFormat::Latex);
        EXPECT_EQ(latexFault(text), "") << text;
        EXPECT_NE(text.find("\\toprule"), std::string::npos);
        EXPECT_NE(text.find("\\textbf{0.500}$\\pm$0.010 ($-0.250^{*}$)"), std::string::npos) << text;
        EXPECT_EQ(text.find("\\textit{0.07}") != std::string::npos || text.find("\\textit{0.070}") != std::string::npos,
                  published);
        EXPECT_NE(text.find("not trained here"), std::string::npos);
        EXPECT_NE(text.find("$\\downarrow$"), std::string::npos);
    }
}

TEST(StudyTableText, LatexCompiles) {
    if (std::system("command -v pdflatex > /dev/null 2>&1") != 0) GTEST_SKIP() << "needs pdflatex";
    emc::test::TempDir folder;
    std::ofstream(folder / "t.tex") << "\\documentclass{article}\n\\usepackage{booktabs}\n\\begin{document}\n"
                                    << tableText(awkwardTable(true), TableFormat::Latex) << "\\end{document}\n";
    EXPECT_EQ(std::system(("cd '" + folder.path().string() +
                           "' && pdflatex -interaction=nonstopmode -halt-on-error t.tex > log 2>&1")
                              .c_str()),
              0);
}

TEST(StudyTableText, MarkdownHasEvenRows) {
    const std::string text = tableText(awkwardTable(true), TableFormat::Markdown);
    std::size_t rows = 0;
    for (const std::string& line : linesOf(text)) {
        if (!line.starts_with("|")) continue;
        ++rows;
        int cells = 0;
        for (std::size_t i = 0; i < line.size(); ++i) cells += line[i] == '|' && (i == 0 || line[i - 1] != '\\');
        EXPECT_EQ(cells, 3 + 2 * 3 + 1) << line;
    }
    EXPECT_EQ(rows, 5u);
    EXPECT_NE(text.find("**0.500 ± 0.010 (-0.250 \\*)**"), std::string::npos) << text;
    EXPECT_NE(text.find("synthetic data"), std::string::npos);
    EXPECT_NE(text.find("not results of ours"), std::string::npos);
    EXPECT_NE(text.find("In words, 50 % & more."), std::string::npos);
}

TEST(StudyTableText, CsvHasEvenRows) {
    for (const std::string& line : linesOf(tableText(awkwardTable(true), TableFormat::Csv))) {
        int cells = 1;
        bool quoted = false;
        for (const char c : line) {
            if (c == '"') quoted = !quoted;
            cells += c == ',' && !quoted;
        }
        EXPECT_EQ(cells, 24) << line;
    }
    EXPECT_EQ(csvCell("a,\"b\""), "\"a,\"\"b\"\"\"");
}

TEST(StudyTableText, JsonKeepsTheKeysOfScripts) {
    const std::string text = tableText(awkwardTable(true), TableFormat::Json);
    for (const char* key :
         {"\"variant\": \"official\"", "\"rows\"", "\"model\"", "\"condition\"", "\"seeds\"", "\"metrics\"", "\"mean\"",
          "\"sd\"", "\"delta\"", "\"p_holm\": 0.01", "\"d_z\": null", "\"published\": 0.07"})
        EXPECT_NE(text.find(key), std::string::npos) << key;
    EXPECT_THROW(tableFormatOf("table.doc"), Error);
    EXPECT_EQ(tableFormatOf("a/table.tex"), TableFormat::Latex);
}

TEST(StudyTableText, PublishedValues) {
    EXPECT_EQ(paperRows().size(), 15u);
    EXPECT_EQ(publishedValue("emc", "faceais", "FRCorr"), 0.27);
    EXPECT_EQ(publishedValue("original", "regnn", "FRSyn"), 41.35);
    EXPECT_FALSE(publishedValue("emc", "belfusion", "FRCorr").has_value());
}

TEST(StudyPlot, SvgIsXmlWithAxesAndLegend) {
    const double nan = std::numeric_limits<double>::quiet_NaN();
    PlotFigure figure;
    figure.title = "A & <B>";
    PlotSeries line{"one \"1\"", {0, 50, 75, 100}, {1, 2, nan, 3}, {0.5, 1.5, nan, 2.5}, {1.5, 2.5, nan, 3.5}, false};
    PlotSeries flat{"two", {0, 100}, {2, 2}, {}, {}, true};
    figure.panels = {{"panel", "share (%)", "score", {line, flat}, {}, 0, 100},
                     {"names", "", "score", {flat}, {"none", "some & more"}, {}, {}},
                     {"empty", "", "", {{"none", {1}, {nan}, {}, {}, false}}, {}, {}, {}}};
    EXPECT_EQ(plotSvg(figure).find("<metadata"), std::string::npos);
    figure.session = "{\"command\": \"a < b && c\"}";
    const std::string svg = plotSvg(figure);
    EXPECT_EQ(xmlFault(svg), "") << svg;
    EXPECT_NE(svg.find("<metadata id=\"emc-session\">{&quot;command&quot;: &quot;a &lt; b &amp;&amp; c&quot;}"),
              std::string::npos);
    EXPECT_EQ(svg.find("nan"), std::string::npos);
    EXPECT_NE(svg.find("share (%)"), std::string::npos);
    EXPECT_NE(svg.find("one &quot;1&quot;"), std::string::npos);
    // The line is broken where a value is missing: two pieces begin.
    const std::string curve = svg.substr(svg.find("class=\"curve\""), 200);
    EXPECT_EQ(std::count(curve.begin(), curve.begin() + static_cast<std::ptrdiff_t>(curve.find("fill")), 'M'), 2)
        << curve;
    EXPECT_THROW(plotSvg({}), Error);
    figure.panels[0].series[0].y.pop_back();
    EXPECT_THROW(plotSvg(figure), Error);
}

TEST(StudyPlot, TicksAreRoundAndWithin) {
    const auto same = [](const std::vector<double>& a, const std::vector<double>& b) {
        if (a.size() != b.size()) return false;
        for (std::size_t i = 0; i < a.size(); ++i)
            if (std::abs(a[i] - b[i]) > 1e-12) return false;
        return true;
    };
    EXPECT_TRUE(same(plotTicks(0, 100, 8), {0, 20, 40, 60, 80, 100}));
    EXPECT_TRUE(same(plotTicks(-0.13, 0.22, 6), {-0.1, 0, 0.1, 0.2}));
    EXPECT_EQ(plotTicks(3, 3, 6).size(), 1u);
}
