#include "core/study/study_table.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <limits>
#include <map>

#include "core/api/error.h"
#include "core/eval/metric_suite.h"
#include "core/study/published.h"
#include "core/study/study_plan.h"
#include "core/study/table_text.h"

namespace emc {
namespace {

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

// FRSyn's official form turns an attribute that never changes into the largest lag: said once when all rows share it.
void noteNanShares(const std::vector<std::pair<std::string, double>>& shares, std::vector<std::string>& notes) {
    const auto note = [](const std::string& where, double share) {
        return "FRSyn of " + numberText(100 * share, 0) +
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

// The table as far as its rows are scored.
StudyTable tableOf(const Study& study, const TableOptions& options, const std::vector<PlannedRow>& planned,
                   const std::map<const PlannedRow*, double>& nan) {
    std::vector<PlannedRow> rows = planned;
    StudyTable table;
    table.variant = options.variant;
    table.metrics = options.metrics;
    for (const std::string& metric : table.metrics)
        table.columns.push_back(
            {metric, higherIsBetter(metric), metric != "FRDvs", metricDecimals(metric), metricInfo(metric).definition});
    for (std::size_t m = 0; m < table.metrics.size(); ++m) {
        const std::string& metric = table.metrics[m];
        std::vector<std::pair<PlannedRow*, double>> tested;
        const TableCell* best = nullptr;
        const TableCell* worst = nullptr;
        const bool up = higherIsBetter(metric);
        for (PlannedRow& one : rows) {
            TableCell& cell = one.row.cells[m];
            if (!cell.known) continue;
            if (one.row.candidate) {
                if (!best || (up ? cell.mean > best->mean : cell.mean < best->mean)) best = &cell;
                if (!worst || (up ? cell.mean < worst->mean : cell.mean > worst->mean)) worst = &cell;
            }
            const PlannedRow* reference = referenceOf(one, rows);
            if (!reference || !reference->row.cells[m].known) continue;
            one.row.reference = rowName(reference->row);
            cell.against = compareRows(one, *reference, m, metric, options);
            if (cell.against->tested) tested.emplace_back(&one, cell.against->p);
        }
        // Equals are best together; where all are equal, or there is only one, nobody is.
        for (PlannedRow& one : rows) {
            TableCell& cell = one.row.cells[m];
            cell.best = cell.known && one.row.candidate && best->mean != worst->mean && cell.mean == best->mean;
        }
        std::vector<double> p;
        for (const auto& one : tested) p.push_back(one.second);
        const std::vector<double> corrected = holmCorrection(p);
        for (std::size_t i = 0; i < tested.size(); ++i) tested[i].first->row.cells[m].against->pHolm = corrected[i];
        for (PlannedRow& one : rows) {
            TableCell& cell = one.row.cells[m];
            cell.words = cellWords(cell, metric, one.row.spread, options.level);
            if (cell.against) cell.against->sentence = comparisonSentence(one.row, cell, metric, options.level);
        }
    }
    std::vector<std::pair<std::string, double>> shares; // of FRSyn
    for (const PlannedRow& one : planned)
        if (const auto share = nan.find(&one); share != nan.end()) shares.emplace_back(rowName(one.row), share->second);
    table.notes = options.notes;
    noteNanShares(shares, table.notes);
    for (PlannedRow& one : rows) table.rows.push_back(std::move(one.row));

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

class TableMaker {
public:
    TableMaker(Study& study, TableOptions options, JobContext& job, const TableObserver& observer)
        : m_study(study), m_options(std::move(options)), m_job(job), m_observer(observer),
          m_rows(planTable(study, m_options)) {
        for (PlannedRow& planned : m_rows) {
            TableRow& row = planned.row;
            row.cells.resize(m_options.metrics.size());
            for (std::size_t m = 0; m < m_options.metrics.size(); ++m)
                if (row.paper && m_options.variant == "official")
                    row.cells[m].published = publishedValue(row.condition, row.host, m_options.metrics[m]);
            for (const StudyRun& run : planned.runs) {
                job.checkpoint();
                if (run.model == kGroundTruth) continue; // nothing is predicted
                row.stored += study.storedClips(run);
                row.wanted += study.part().size();
            }
            m_wanted += static_cast<double>(row.wanted - row.stored) + scoring(planned);
        }
    }

    StudyTable make() {
        for (PlannedRow& planned : m_rows) takeStored(planned);
        tell();
        // Model by model, so that numbers appear early; within one, what its networks keep of a clip serves all rows.
        for (std::size_t r = 0; r < m_rows.size() && !m_options.storedOnly; ++r) {
            if (!m_rows[r].model || m_rows[r].row.scored) continue;
            std::vector<PlannedRow*> same;
            for (PlannedRow& other : m_rows)
                if (other.model && !other.row.scored && other.model->model == m_rows[r].model->model &&
                    other.model->label == m_rows[r].model->label)
                    same.push_back(&other);
            predict(same);
            for (PlannedRow* planned : same) score(*planned);
        }
        StudyTable table = tableOf(m_study, m_options, m_rows, m_nan);
        table.frames = m_frames;
        return table;
    }

private:
    // The work of scoring a row, in reactions.
    double scoring(const PlannedRow& planned) const {
        return 0.2 * static_cast<double>(planned.runs.size()) * m_study.part().size();
    }

    void predict(const std::vector<PlannedRow*>& rows) {
        std::vector<StudyRun> runs;
        std::map<std::filesystem::path, std::vector<TableRow*>> byFolder;
        for (PlannedRow* planned : rows)
            for (const StudyRun& run : planned->runs) {
                runs.push_back(run);
                byFolder[m_study.folderOf(run)].push_back(&planned->row);
            }
        const double before = m_done;
        JobContext inner(
            [&](const JobEvent& event) {
                if (const auto* step = std::get_if<ProgressEvent>(&event))
                    m_job.progress(before + step->done, std::max(m_wanted, before + step->done + 1), step->text);
            },
            m_job);
        m_study.predict(runs, inner, [&](const StudyRun& run) {
            ++m_done;
            for (TableRow* row : byFolder[m_study.folderOf(run)]) ++row->stored;
            tellCounts();
        });
    }

    void score(PlannedRow& planned) {
        std::vector<MetricValues> scores;
        const double step = scoring(planned) / static_cast<double>(planned.runs.size());
        for (const StudyRun& run : planned.runs) {
            m_job.progress(m_done, m_wanted, "scoring " + planned.row.label + ", " + planned.row.conditionLabel);
            JobContext inner({}, m_job); // its steps are too small to be told
            scores.push_back(m_study.scores(run, m_options.metrics, inner));
            m_done += step;
        }
        take(planned, scores);
        tell();
    }

    void takeStored(PlannedRow& planned) {
        if (!planned.model || planned.row.stored < planned.row.wanted) return;
        std::vector<MetricValues> scores;
        for (const StudyRun& run : planned.runs) {
            std::optional<MetricValues> stored = m_study.storedScores(run, m_options.metrics);
            if (!stored) return;
            scores.push_back(std::move(*stored));
        }
        take(planned, scores);
        m_done += scoring(planned);
    }

    void take(PlannedRow& planned, std::vector<MetricValues>& scores) {
        TableRow& row = planned.row;
        m_frames = static_cast<int>(scores.front()[m_options.variant]["frames"].value);
        for (std::size_t m = 0; m < m_options.metrics.size(); ++m) {
            const std::string& metric = m_options.metrics[m];
            std::vector<const MetricValue*> values;
            for (MetricValues& one : scores) values.push_back(&one[m_options.variant][metric]);
            fillCell(row.cells[m], row, planned.runs, values);
            if (!values.front()->clips.empty())
                planned.clips[metric] = clipMeans(values, static_cast<std::size_t>(m_study.part().size()));
        }
        const auto nan = scores.front()["official"].find("nan_clips");
        if (m_options.variant == "official" && nan != scores.front()["official"].end() &&
            std::find(m_options.metrics.begin(), m_options.metrics.end(), "FRSyn") != m_options.metrics.end())
            m_nan[&planned] = nan->second.value;
        row.scored = true;
    }

    void tell() {
        if (!m_observer) return;
        m_told = tableOf(m_study, m_options, m_rows, m_nan);
        m_told.frames = m_frames;
        m_observer(m_told);
    }

    // Between two scored rows nothing but the number of stored reactions changes. A few times a second is enough.
    void tellCounts() {
        const auto now = std::chrono::steady_clock::now();
        if (!m_observer || now - m_lastTold < std::chrono::milliseconds(200)) return;
        m_lastTold = now;
        for (std::size_t r = 0; r < m_rows.size(); ++r) m_told.rows[r].stored = m_rows[r].row.stored;
        m_observer(m_told);
    }

    Study& m_study;
    const TableOptions m_options;
    JobContext& m_job;
    const TableObserver& m_observer;
    std::vector<PlannedRow> m_rows;
    std::map<const PlannedRow*, double> m_nan;
    double m_done = 0, m_wanted = 0;
    int m_frames = 0;
    StudyTable m_told;
    std::chrono::steady_clock::time_point m_lastTold{};
};

} // namespace

StudyTable makeTable(Study& study, const TableOptions& given, JobContext& job, const TableObserver& observer) {
    checkVariant(given.variant);
    TableOptions options = given;
    if (options.metrics.empty()) options.metrics = metricNames();
    for (const std::string& metric : options.metrics) checkMetric(metric);
    if (!(options.level > 0.5 && options.level < 1))
        throw Error(ErrorKind::Usage, "the level of the intervals must lie between 0.5 and 1", "--level");
    return TableMaker(study, std::move(options), job, observer).make();
}

} // namespace emc
