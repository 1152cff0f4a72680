#include "core/study/study_plan.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/api/error.h"
#include "core/study/published.h"

namespace emc {
namespace {

// Which model a paper's row asks for, and under which treatment.
std::string paperModel(const PaperRow& row) {
    const std::string condition = row.condition;
    return std::string(row.host) + (condition == "original" ? "" : condition == "emc-no-ea" ? "-emc-no-ea" : "-emc");
}
Treatment paperTreatment(const std::string& condition) {
    if (condition == "emc-no-face") return withoutModality(Modality::Face, Fill::Cma);
    if (condition == "emc-no-speech") return withoutModality(Modality::Speech, Fill::Cma);
    return withEverything();
}

std::vector<PlannedRow> wantedRows(const Study& study, const TableOptions& options) {
    std::vector<PlannedRow> rows;
    std::vector<const StudyModel*> paper;
    for (const PaperRow& named : paperRows()) {
        PlannedRow planned;
        planned.row.paper = planned.row.candidate = true;
        planned.row.label = paperHostLabel(named.host);
        planned.row.condition = named.condition;
        planned.row.conditionLabel = paperConditionLabel(named.condition);
        planned.row.host = named.host;
        planned.treatment = paperTreatment(named.condition);
        if (!asked(planned.treatment, options.conditions, options.fills)) continue;
        const std::string name = paperModel(named);
        const auto model = std::find_if(options.models.begin(), options.models.end(),
                                        [&](const StudyModel& one) { return one.model == name; });
        if (model != options.models.end()) {
            planned.model = *model;
            paper.push_back(&*model);
        } else if (!options.untrained) continue;
        rows.push_back(std::move(planned));
    }
    for (const StudyModel& model : options.models) {
        const bool inPaper = std::find(paper.begin(), paper.end(), &model) != paper.end();
        if (inPaper && !options.allConditions) continue;
        const ModelInfo info = study.infoOf(model);
        for (const Treatment& treatment : allTreatments(info)) {
            // A second model is shown with its own substitute only, unless more is asked for.
            std::vector<Fill> fills = options.fills;
            if (fills.empty() && !options.allConditions && treatment.missesSomething()) fills = {fillsOf(info).front()};
            if (!asked(treatment, options.conditions, fills)) continue;
            const bool shown = inPaper && std::any_of(rows.begin(), rows.end(), [&](const PlannedRow& row) {
                                   return row.row.paper && row.row.host == info.host && row.model &&
                                          row.model->label == model.label && row.model->model == model.model &&
                                          row.treatment.identity() == treatment.identity();
                               });
            if (shown) continue;
            PlannedRow planned;
            planned.model = model;
            planned.treatment = treatment;
            planned.row.label = model.label;
            planned.row.host = info.host;
            planned.row.candidate = info.condition != "baseline";
            planned.row.condition =
                !treatment.missesSomething() ? info.condition : treatment.name + " (" + treatment.fillName() + ")";
            planned.row.conditionLabel = treatment.missesSomething() ? planned.row.condition
                                         : planned.row.candidate     ? paperConditionLabel(info.condition)
                                                                     : "Baseline";
            rows.push_back(std::move(planned));
        }
    }
    // Below the paper's rows one condition after the other; baselines last.
    std::vector<std::string> order;
    const auto placeOf = [&](const PlannedRow& row) {
        if (row.row.paper) return -1L;
        if (!row.row.candidate) return 1L << 20;
        return static_cast<long>(std::find(order.begin(), order.end(), row.row.condition) - order.begin());
    };
    for (const PlannedRow& row : rows)
        if (std::find(order.begin(), order.end(), row.row.condition) == order.end()) order.push_back(row.row.condition);
    std::stable_sort(rows.begin(), rows.end(),
                     [&](const PlannedRow& a, const PlannedRow& b) { return placeOf(a) < placeOf(b); });
    return rows;
}

} // namespace

std::vector<PlannedRow> planTable(const Study& study, const TableOptions& options) {
    std::vector<PlannedRow> rows = wantedRows(study, options);
    if (options.groundTruth && std::none_of(options.models.begin(), options.models.end(),
                                            [](const StudyModel& model) { return model.model == kGroundTruth; })) {
        PlannedRow planned;
        planned.model = StudyModel{"Ground truth", kGroundTruth, {}};
        planned.row.label = planned.model->label;
        planned.row.host = kGroundTruth;
        planned.row.condition = "baseline";
        planned.row.conditionLabel = "Baseline";
        rows.push_back(std::move(planned));
    }
    bool any = false;
    for (PlannedRow& planned : rows) {
        if (!planned.model) continue;
        planned.row.trained = any = true;
        planned.row.model = planned.model->model;
        planned.row.fill = planned.treatment.fillName();
        planned.runs = study.runsOf(*planned.model, planned.treatment);
        for (const StudyRun& run : planned.runs) planned.row.seeds = std::max(planned.row.seeds, run.checkpoint + 1);
        planned.row.samplingSeeds = static_cast<int>(planned.runs.size()) / std::max(1, planned.row.seeds);
    }
    if (!any) throw Error(ErrorKind::Usage, "no model was named", "--model");
    return rows;
}

const PlannedRow* referenceOf(const PlannedRow& row, const std::vector<PlannedRow>& rows) {
    for (const PlannedRow& other : rows)
        if (&other != &row && other.row.paper && other.row.trained && other.row.condition == "original" &&
            other.row.host == row.row.host)
            return &other;
    return nullptr;
}

std::string rowName(const TableRow& row) {
    return row.label + " (" + row.conditionLabel + ")";
}

std::vector<double> clipMeans(const std::vector<const MetricValue*>& values, std::size_t clips) {
    std::vector<double> means;
    for (std::size_t i = 0; i < clips; ++i) {
        double sum = 0;
        int count = 0;
        for (const MetricValue* value : values)
            if (i < value->clips.size() && std::isfinite(value->clips[i])) sum += value->clips[i], ++count;
        means.push_back(count ? sum / count : std::numeric_limits<double>::quiet_NaN());
    }
    return means;
}

} // namespace emc
