// emc table CORPUS: the paper's Table 1 from own runs.
#include "app/commands/command.h"
#include "app/commands/study_arguments.h"
#include "core/study/study_table.h"

namespace emc::cli {
namespace {

struct TableArguments {
    StudyArguments study;
    TableOptions options;
    std::vector<std::string> out;
    std::string interval = "bca";
    bool latex = false, noTruth = false;
};

void runTable(Session& session, TableArguments& a) {
    checkVariant(a.options.variant);
    for (const std::string& metric : a.options.metrics) checkMetric(metric);
    for (const std::string& path : a.out) tableFormatOf(path); // before any work
    const auto study = a.study.open();
    TableOptions options = a.options;
    options.models = a.study.studyModels(true);
    options.interval = a.interval == "percentile" ? IntervalKind::Percentile : IntervalKind::Bca;
    options.groundTruth = !a.noTruth;
    options.notes = a.study.groupNotes();
    const StudyTable table = makeTable(*study, options, session.job());
    std::vector<std::string> wrote;
    for (const std::string& path : a.out) writeStudyFile(path, tableText(table, tableFormatOf(path)), wrote);
    session.result = nlohmann::json::parse(tableText(table, TableFormat::Json));
    session.result["wrote"] = wrote;
    session.result["reactions"] = study->reactions();
    session.say(tableText(table, a.latex ? TableFormat::Latex : TableFormat::Markdown));
    for (const std::string& path : wrote) session.say("wrote " + path);
}

} // namespace

Command tableCommand() {
    return {
        "table", "The paper's table from own runs: means over seeds, differences, significance",
        [](CLI::App& app) -> Run {
            auto a = std::make_shared<TableArguments>();
            a->study.declare(app);
            app.add_option("--variant", a->options.variant, "official or fixed; a table holds one of them")
                ->capture_default_str();
            app.add_option("--metrics", a->options.metrics, "FRCorr,FRDist,...; otherwise all")->delimiter(',');
            app.add_option("--out", a->out, "File to write: .md, .tex, .csv or .json; may be repeated");
            app.add_flag("--latex", a->latex, "Print LaTeX (booktabs) instead of Markdown");
            app.add_flag("--all-conditions", a->options.allConditions,
                         "Also every model under every condition with every substitute");
            app.add_flag("--no-ground-truth", a->noTruth, "Leave out the row of the real listener");
            app.add_option("--permutations", a->options.permutations, "Sign patterns of the permutation test")
                ->check(CLI::Range(100L, 10'000'000L))
                ->capture_default_str();
            app.add_option("--bootstrap", a->options.resamples, "Resamples of the intervals")
                ->check(CLI::Range(100, 1'000'000))
                ->capture_default_str();
            app.add_option("--interval", a->interval, "Kind of the bootstrap intervals")
                ->check(CLI::IsMember({"bca", "percentile"}))
                ->capture_default_str();
            app.add_option("--level", a->options.level, "Level of the intervals")->capture_default_str();
            app.add_option("--test-seed", a->options.seed, "Seed of permutations and resamples")->capture_default_str();
            return [a](Session& session) { runTable(session, *a); };
        }};
}

} // namespace emc::cli
