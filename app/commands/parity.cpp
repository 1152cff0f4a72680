// emc parity DIR: holds this machine's numbers against recorded ones.
#include "app/commands/command.h"
#include "core/data/golden.h"
#include "core/eval/metrics_parity.h"

namespace emc::cli {
namespace {

void runParityCommand(Session& session, const std::string& folder, const std::string& filter) {
    addMetricsParity();
    const auto rows = runParity(folder, filter);
    auto cases = nlohmann::json::array();
    int passed = 0, failed = 0, skipped = 0;
    for (const ParityRow& row : rows) {
        const bool skip = row.status == ParityStatus::Skipped, pass = row.status == ParityStatus::Pass;
        ++(skip ? skipped : pass ? passed : failed);
        char line[400];
        std::snprintf(line, sizeof line, "%-8s %-20s %-44s max %.3g  rel %.3g  limit %.3g %s",
                      skip   ? "skipped"
                      : pass ? "pass"
                             : "FAIL",
                      row.caseName.c_str(), row.output.c_str(), row.maxAbs, row.maxRel, row.tolerance,
                      row.note.c_str());
        session.say(line);
        if (skip) { // a case without code here is neither passed nor failed, and must not read as either
            session.note(row.caseName + (row.output.empty() ? "" : "." + row.output) + " skipped: " + row.note);
            continue;
        }
        cases.push_back({{"name", row.caseName},
                         {"output", row.output},
                         {"max_abs", row.maxAbs},
                         {"max_rel", row.maxRel},
                         {"compared", row.compared},
                         {"tolerance", row.tolerance},
                         {"pass", pass},
                         {"note", row.note}});
    }
    session.say(std::to_string(passed) + " passed, " + std::to_string(failed) + " failed, " + std::to_string(skipped) +
                " skipped");
    session.result = {{"cases", cases}, {"pass", parityHolds(rows)}, {"skipped", skipped}};
    session.exitCode = parityHolds(rows) ? 0 : 1;
}

} // namespace

Command parityCommand() {
    return {"parity", "Check this machine's numbers against a folder of golden files", [](CLI::App& app) -> Run {
                auto folder = std::make_shared<std::string>(), filter = std::make_shared<std::string>();
                app.add_option("folder", *folder, "Folder with cases.json")->required();
                app.add_option("--case", *filter, "Comma list of case names or prefixes; all when left out");
                return [=](Session& session) { runParityCommand(session, *folder, *filter); };
            }};
}

} // namespace emc::cli
