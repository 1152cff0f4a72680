// emc conditions CORPUS --model NAME=RUN[,RUN...]: what a missing modality costs, with every substitute, on the test
// part. The same runs as `emc evaluate`, as one short list.
#include "core/study/condition_report.h"

#include "app/commands/command.h"
#include "app/commands/study_arguments.h"

namespace emc::cli {
namespace {

void runConditions(Session& session, const StudyArguments& a, const std::string& out) {
    const auto study = a.open();
    const auto rows = conditionRows(*study, a.studyModels(false), session.job());
    const std::string text = conditionText(rows);
    auto list = nlohmann::json::array();
    for (const ConditionRow& row : rows)
        list.push_back({{"label", row.label},
                        {"model", row.model},
                        {"condition", row.condition},
                        {"fill", row.fill},
                        {"clips", row.clips},
                        {"seeds", row.seeds},
                        {"FRCorr", {{"mean", row.frCorrMean}, {"sd", row.frCorrDeviation}, {"values", row.frCorr}}},
                        {"FRVar", {{"mean", row.frVarMean}, {"values", row.frVar}}},
                        {"FRDiv", {{"mean", row.frDivMean}, {"values", row.frDiv}}}});
    session.result["rows"] = list;
    session.say(text);
    std::vector<std::string> wrote;
    if (!out.empty()) writeStudyFile(out, text, wrote);
    session.result["wrote"] = wrote;
}

} // namespace

Command conditionsCommand() {
    return {"conditions", "Score models with everything, without the face, without the voice, for every substitute",
            [](CLI::App& app) -> Run {
                auto a = std::make_shared<StudyArguments>();
                auto out = std::make_shared<std::string>();
                a->declare(app);
                app.add_option("--out", *out, "Markdown file to write");
                return [=](Session& session) { runConditions(session, *a, *out); };
            }};
}

} // namespace emc::cli
