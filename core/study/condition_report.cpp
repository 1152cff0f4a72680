#include "core/study/condition_report.h"

#include <map>

#include "core/study/statistics.h"

namespace emc {
namespace {

// Mean over the sampling seeds of each network.
std::vector<double> byNetwork(const std::vector<StudyRun>& runs, std::vector<MetricValues>& scores,
                              const char* metric) {
    std::map<int, std::vector<double>> values;
    for (std::size_t r = 0; r < runs.size(); ++r)
        values[runs[r].checkpoint].push_back(scores[r]["official"][metric].value);
    std::vector<double> means;
    for (const auto& [network, own] : values) means.push_back(meanOf(own));
    return means;
}

} // namespace

std::vector<ConditionRow> conditionRows(Study& study, const std::vector<StudyModel>& models, JobContext& job) {
    struct Planned {
        ConditionRow row;
        std::vector<StudyRun> runs;
    };
    std::vector<StudyModel> all{{"ground truth", kGroundTruth, {}}};
    all.insert(all.end(), models.begin(), models.end());
    std::vector<Planned> planned;
    std::vector<StudyRun> runs;
    for (const StudyModel& model : all)
        for (const Treatment& treatment : allTreatments(study.infoOf(model))) {
            Planned one;
            one.row.label = model.label;
            one.row.model = model.model == kGroundTruth ? "" : model.model;
            one.row.condition = treatment.name;
            one.row.fill = treatment.fillName();
            one.runs = study.runsOf(model, treatment);
            runs.insert(runs.end(), one.runs.begin(), one.runs.end());
            planned.push_back(std::move(one));
        }
    study.predict(runs, job);
    std::vector<ConditionRow> rows;
    double done = 0;
    for (Planned& one : planned) {
        std::vector<MetricValues> scores;
        for (const StudyRun& run : one.runs) {
            job.progress(done++, static_cast<double>(runs.size()), "scoring " + run.label + ", " + run.treatment.name);
            scores.push_back(study.scores(run, {"FRCorr", "FRVar", "FRDiv"}, job));
        }
        ConditionRow& row = one.row;
        row.clips = study.part().size();
        row.frCorr = byNetwork(one.runs, scores, "FRCorr");
        row.frVar = byNetwork(one.runs, scores, "FRVar");
        row.frDiv = byNetwork(one.runs, scores, "FRDiv");
        row.seeds = static_cast<int>(row.frCorr.size());
        row.frCorrMean = meanOf(row.frCorr);
        row.frCorrDeviation = deviationOf(row.frCorr);
        row.frVarMean = meanOf(row.frVar);
        row.frDivMean = meanOf(row.frDiv);
        rows.push_back(std::move(row));
    }
    return rows;
}

std::string conditionText(const std::vector<ConditionRow>& rows) {
    std::string text = "| model | condition | substitute | FRCorr | sd | FRVar | FRDiv | seeds | clips "
                       "|\n|---|---|---|---|---|---|---|---|---|\n";
    for (const ConditionRow& row : rows) {
        char numbers[160];
        std::snprintf(numbers, sizeof numbers, "%.3f | %.3f | %.4f | %.4f | %d | %d |\n", row.frCorrMean,
                      row.frCorrDeviation, row.frVarMean, row.frDivMean, row.seeds, row.clips);
        text +=
            "| " + row.label + " | " + row.condition + " | " + (row.fill.empty() ? "-" : row.fill) + " | " + numbers;
    }
    return text;
}

} // namespace emc
