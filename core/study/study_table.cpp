#include "core/study/study_table.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

#include "core/api/error.h"
#include "core/study/published.h"
#include "core/study/study_random.h"

namespace emc {
namespace {

struct Planned {
    TableRow row;
    const StudyModel* model = nullptr;
    Treatment treatment;
    std::vector<StudyRun> runs;
    // metric -> value per clip, mean over all seeds
    std::map<std::string, std::vector<double>> clips;
};

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

std::vector<Planned> plan(const Study& study, const TableOptions& options) {
    std::vector<Planned> rows;
    std::vector<const StudyModel*> paper;
    for (const PaperRow& named : paperRows()) {
        Planned planned;
        planned.row.paper = planned.row.candidate = true;
        planned.row.label = paperHostLabel(named.host);
        planned.row.condition = named.condition;
        planned.row.conditionLabel = paperConditionLabel(named.condition);
        planned.row.host = named.host;
        const std::string name = paperModel(named);
        for (const StudyModel& model : options.models)
            if (model.model == name) {
                planned.model = &model;
                paper.push_back(&model);
                break;
            }
        planned.treatment = paperTreatment(named.condition);
        rows.push_back(std::move(planned));
    }
    for (const StudyModel& model : options.models) {
        const bool inPaper = std::find(paper.begin(), paper.end(), &model) != paper.end();
        if (inPaper && !options.allConditions) continue;
        const ModelInfo info = study.infoOf(model);
        for (const Treatment& treatment : allTreatments(info)) {
            // A second model is shown with its own substitute only, unless everything is asked for.
            if (!options.allConditions && treatment.missesSomething() && treatment.fill != fillsOf(info).front())
                continue;
            const bool shown =
                inPaper && std::any_of(rows.begin(), rows.end(), [&](const Planned& row) {
                    return row.row.paper && row.model == &model && row.treatment.identity() == treatment.identity();
                });
            if (shown) continue;
            Planned planned;
            planned.model = &model;
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
    return rows;
}

// Mean over the runs, clip by clip; a clip counts where any run has a value.
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

// One value per training seed; with one network only, one per sampling seed.
void fillCell(TableCell& cell, TableRow& row, const std::vector<StudyRun>& runs,
              const std::vector<const MetricValue*>& values) {
    std::map<int, std::vector<double>> byNetwork;
    for (std::size_t r = 0; r < runs.size(); ++r)
        if (std::isfinite(values[r]->value)) byNetwork[runs[r].checkpoint].push_back(values[r]->value);
    if (byNetwork.empty()) return;
    cell.known = true;
    if (byNetwork.size() > 1)
        for (const auto& [network, own] : byNetwork) cell.seeds.push_back(meanOf(own));
    else cell.seeds = byNetwork.begin()->second;
    cell.mean = meanOf(cell.seeds);
    cell.deviation = deviationOf(cell.seeds);
    row.spread = byNetwork.size() > 1                   ? SeedSpread::TrainingSeeds
                 : byNetwork.begin()->second.size() > 1 ? SeedSpread::SamplingSeeds
                                                        : SeedSpread::None;
}

std::string number(double value, int decimals, bool sign = false) {
    char text[64];
    std::snprintf(text, sizeof text, sign ? "%+.*f" : "%.*f", decimals, value);
    return text;
}

std::string sentenceOf(const TableRow& row, const std::string& reference, const std::string& metric,
                       const Comparison& c, double level) {
    const int decimals = metricDecimals(metric);
    const bool up = c.delta > 0, good = up == higherIsBetter(metric);
    std::string text = row.label + ", " + row.conditionLabel + ": " + metric + " ";
    if (c.delta == 0) return text + "equals that of " + reference + ".";
    text += "is " + number(std::abs(c.delta), decimals) + (up ? " higher" : " lower") + " than that of " + reference +
            (good ? " (better)" : " (worse)");
    if (!c.tested) return text + "; it has no values per clip to test.";
    text += ", " + number(100 * level, 0) + " % interval " + number(c.low, decimals, true) + " to " +
            number(c.high, decimals, true) + ", d_z " +
            (std::isfinite(c.effect) ? number(c.effect, 2, true) : std::string("unbounded")) +
            ", p = " + number(c.pHolm, 4) + " after Holm; better on " + std::to_string(c.better) + " of " +
            std::to_string(c.clips) + " clips: ";
    return text + (c.pHolm < 1 - level ? "more than chance explains on these clips."
                                       : "not told apart from chance on these clips.");
}

Comparison compare(const Planned& row, const Planned& reference, std::size_t column, const std::string& metric,
                   const TableOptions& options) {
    Comparison c;
    c.delta = row.row.cells[column].mean - reference.row.cells[column].mean;
    const auto own = row.clips.find(metric), theirs = reference.clips.find(metric);
    std::vector<double> x, y, differences;
    if (own != row.clips.end() && theirs != reference.clips.end())
        for (std::size_t i = 0; i < std::min(own->second.size(), theirs->second.size()); ++i) {
            if (!std::isfinite(own->second[i]) || !std::isfinite(theirs->second[i])) continue;
            x.push_back(own->second[i]);
            y.push_back(theirs->second[i]);
            differences.push_back(x.back() - y.back());
            c.better += higherIsBetter(metric) ? x.back() > y.back() : x.back() < y.back();
        }
    c.clips = static_cast<int>(differences.size());
    if (c.clips < 2) return c;
    c.tested = true;
    const std::uint64_t seed = namedSeed(options.seed, metric + row.row.label + row.row.condition);
    c.p = pairedPermutation(differences, options.permutations, seed).p;
    const Interval interval = bootstrapMean(differences, options.level, options.resamples, seed + 1, options.interval);
    c.low = interval.low;
    c.high = interval.high;
    c.effect = pairedEffect(differences);
    c.cliff = cliffsDelta(x, y);
    return c;
}

std::string nameOf(const TableRow& row) {
    return row.label + " (" + row.conditionLabel + ")";
}

// FRSyn's official form turns an attribute that never changes into the largest lag: said once when all rows share it.
void noteNanShares(const std::vector<std::pair<std::string, double>>& shares, std::vector<std::string>& notes) {
    const auto note = [](const std::string& where, double share) {
        return "FRSyn of " + number(100 * share, 0) +
               " % of the clips is decided by NaN (an attribute that never changes)" + where + ".";
    };
    const bool same =
        std::all_of(shares.begin(), shares.end(), [&](const auto& one) { return one.second == shares.front().second; });
    if (shares.empty() || (same && shares.front().second == 0)) return;
    if (same) notes.push_back(note(" in every row", shares.front().second));
    else
        for (const auto& [name, share] : shares)
            if (share > 0) notes.push_back(note(" in " + name, share));
}

// The host alone, of the paper's rows: what EMC claims to improve.
const Planned* referenceOf(const Planned& row, const std::vector<Planned>& rows) {
    for (const Planned& other : rows)
        if (&other != &row && other.row.paper && other.row.trained && other.row.condition == "original" &&
            other.row.host == row.row.host)
            return &other;
    return nullptr;
}

} // namespace

StudyTable makeTable(Study& study, const TableOptions& options, JobContext& job) {
    checkVariant(options.variant);
    StudyTable table;
    table.variant = options.variant;
    table.metrics = options.metrics.empty() ? metricNames() : options.metrics;
    for (const std::string& metric : table.metrics) checkMetric(metric);
    if (!(options.level > 0.5 && options.level < 1))
        throw Error(ErrorKind::Usage, "the level of the intervals must lie between 0.5 and 1", "--level");
    const StudyModel truth{"Ground truth", kGroundTruth, {}};
    std::vector<Planned> rows = plan(study, options);
    if (options.groundTruth && std::none_of(options.models.begin(), options.models.end(),
                                            [](const StudyModel& model) { return model.model == kGroundTruth; })) {
        Planned planned;
        planned.model = &truth;
        planned.row.label = truth.label;
        planned.row.host = kGroundTruth;
        planned.row.condition = "baseline";
        planned.row.conditionLabel = "Baseline";
        rows.push_back(std::move(planned));
    }
    std::vector<StudyRun> all;
    for (Planned& planned : rows) {
        if (!planned.model) continue;
        planned.runs = study.runsOf(*planned.model, planned.treatment);
        all.insert(all.end(), planned.runs.begin(), planned.runs.end());
    }
    if (all.empty()) throw Error(ErrorKind::Usage, "no model was named", "--model");
    study.predict(all, job);

    double done = 0;
    std::vector<std::pair<std::string, double>> nanShares; // of FRSyn
    for (Planned& planned : rows) {
        TableRow& row = planned.row;
        row.cells.resize(table.metrics.size());
        for (std::size_t m = 0; m < table.metrics.size(); ++m)
            if (row.paper && options.variant == "official")
                row.cells[m].published = publishedValue(row.condition, row.host, table.metrics[m]);
        if (!planned.model) continue;
        row.trained = true;
        row.model = planned.model->model;
        row.fill = planned.treatment.fillName();
        std::vector<MetricValues> scores;
        for (const StudyRun& run : planned.runs) {
            job.progress(done++, static_cast<double>(all.size()), "scoring " + row.label + ", " + row.conditionLabel);
            scores.push_back(study.scores(run, table.metrics, job));
            row.seeds = std::max(row.seeds, run.checkpoint + 1);
        }
        row.samplingSeeds = static_cast<int>(planned.runs.size()) / std::max(1, row.seeds);
        table.frames = static_cast<int>(scores.front()[options.variant]["frames"].value);
        for (std::size_t m = 0; m < table.metrics.size(); ++m) {
            std::vector<const MetricValue*> values;
            for (MetricValues& one : scores) values.push_back(&one[options.variant][table.metrics[m]]);
            fillCell(row.cells[m], row, planned.runs, values);
            if (!values.front()->clips.empty())
                planned.clips[table.metrics[m]] = clipMeans(values, static_cast<std::size_t>(study.part().size()));
        }
        const auto nan = scores.front()["official"].find("nan_clips");
        if (options.variant == "official" && nan != scores.front()["official"].end() &&
            std::find(table.metrics.begin(), table.metrics.end(), "FRSyn") != table.metrics.end())
            nanShares.emplace_back(nameOf(row), nan->second.value);
    }
    for (std::size_t m = 0; m < table.metrics.size(); ++m) {
        const std::string& metric = table.metrics[m];
        std::vector<std::pair<Planned*, double>> tested;
        const TableCell* best = nullptr;
        const TableCell* worst = nullptr;
        const bool up = higherIsBetter(metric);
        for (Planned& planned : rows) {
            TableCell& cell = planned.row.cells[m];
            if (!cell.known) continue;
            if (planned.row.candidate) {
                if (!best || (up ? cell.mean > best->mean : cell.mean < best->mean)) best = &cell;
                if (!worst || (up ? cell.mean < worst->mean : cell.mean > worst->mean)) worst = &cell;
            }
            const Planned* reference = referenceOf(planned, rows);
            if (!reference || !reference->row.cells[m].known) continue;
            planned.row.reference = nameOf(reference->row);
            cell.against = compare(planned, *reference, m, metric, options);
            if (cell.against->tested) tested.emplace_back(&planned, cell.against->p);
        }
        // Equals are best together; where all are equal, or there is only one, nobody is.
        for (Planned& planned : rows) {
            TableCell& cell = planned.row.cells[m];
            cell.best = cell.known && planned.row.candidate && best->mean != worst->mean && cell.mean == best->mean;
        }
        std::vector<double> p;
        for (const auto& one : tested) p.push_back(one.second);
        const std::vector<double> corrected = holmCorrection(p);
        for (std::size_t i = 0; i < tested.size(); ++i) tested[i].first->row.cells[m].against->pHolm = corrected[i];
        for (Planned& planned : rows)
            if (auto& against = planned.row.cells[m].against)
                against->sentence = sentenceOf(planned.row, planned.row.reference, metric, *against, options.level);
    }
    table.notes = options.notes;
    noteNanShares(nanShares, table.notes);
    for (Planned& planned : rows) table.rows.push_back(std::move(planned.row));

    table.corpus = study.options().corpus.filename().empty() ? study.options().corpus.parent_path().filename().string()
                                                             : study.options().corpus.filename().string();
    table.partition = study.options().partition;
    table.clips = study.part().size();
    table.samples = study.options().samples;
    table.synthetic = study.part().synthetic();
    table.level = options.level;
    table.interval = options.interval == IntervalKind::Bca ? "BCa" : "percentile";
    table.publishedShown = options.variant == "official";
    return table;
}

} // namespace emc
