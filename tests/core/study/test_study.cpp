// Whole studies with models that answer at once: what is stored, what is repeated, what the numbers are.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "core/data/safetensors.h"
#include "core/eval/metrics.h"
#include "core/study/condition_report.h"
#include "core/study/occlusion.h"
#include "core/study/robustness.h"
#include "tests/core/study/study_fixture.h"

using namespace emc;
using namespace emc::test;
namespace fs = std::filesystem;

namespace {

class StudyTest : public StudyFixture {
protected:
    StudyTest() {
        host = {"Host", "trans-vae", {run("a", "0.5"), run("b", "0.6")}};
        mine = {"Mine", "trans-vae-emc", {run("c", "0.8"), run("d", "0.9")}};
        baseline = {"Base", "study-baseline", {}};
    }
    std::vector<std::string> keptMetrics = {"FRCorr", "FRVar", "FRDiv", "FRDvs"};
    StudyModel host, mine, baseline;
};

} // namespace

TEST_F(StudyTest, PredictionsAreStoredOnceAndAStoppedStudyGoesOn) {
    const int clips = 8; // four rows, mirrored
    Study study(m_options, {});
    ASSERT_EQ(study.part().size(), clips);
    auto runs = study.runsOf(mine, withEverything());
    for (StudyRun& more : study.runsOf(mine, withoutModality(Modality::Face, Fill::Cma))) runs.push_back(more);
    ASSERT_EQ(runs.size(), 4u);

    JobContext job;
    stopStudyAt(5, job);
    EXPECT_THROW(study.predict(runs, job), Cancelled);
    const int before = studyReactions();
    ASSERT_EQ(before, 5);

    Study again(m_options, {});
    again.predict(runs, m_job);
    EXPECT_EQ(studyReactions(), 4 * clips) << "nothing finished is repeated";
    EXPECT_EQ(again.reactions(), 4 * clips - before);
    again.predict(runs, m_job);
    EXPECT_EQ(studyReactions(), 4 * clips);

    // A broken file is made again, the others stay.
    const fs::path file = again.folderOf(runs[0]) / "clip-00002.safetensors";
    ASSERT_TRUE(fs::exists(file));
    fs::resize_file(file, fs::file_size(file) / 2);
    again.predict(runs, m_job);
    EXPECT_EQ(studyReactions(), 4 * clips + 1);
    EXPECT_EQ(again.prediction(runs[0], 2).samples, 3);
    EXPECT_TRUE(fs::exists(again.folderOf(runs[0]) / "run.json"));
}

TEST_F(StudyTest, SeveralClipsAtATimeGiveTheSameReactions) {
    Study one(m_options, {});
    std::vector<StudyRun> runs = one.runsOf(mine, withEverything());
    for (StudyRun& more : one.runsOf(host, withoutModality(Modality::Speech, Fill::Zeros))) runs.push_back(more);
    one.predict(runs, m_job);
    StudyOptions options = m_options;
    options.folder = m_folder / "parallel";
    options.threads = 3;
    Study three(options, {});
    JobContext job;
    stopStudyAt(static_cast<int>(studyReactions()) + 9, job);
    EXPECT_THROW(three.predict(runs, job), Cancelled);
    EXPECT_LT(three.reactions(), 4 * 8);
    const long before = three.reactions();
    three.predict(runs, m_job);
    EXPECT_EQ(three.reactions(), 4 * 8) << "nothing is repeated";
    EXPECT_GE(before, 9);
    for (const StudyRun& run : runs)
        for (int i = 0; i < one.part().size(); ++i)
            EXPECT_EQ(three.prediction(run, i).emotion, one.prediction(run, i).emotion) << run.label << " " << i;
}

TEST_F(StudyTest, OtherOptionsAreOtherFolders) {
    Study study(m_options, {});
    const StudyRun run = study.runsOf(mine, withEverything())[0];
    StudyRun other = run;
    other.seed = 8;
    EXPECT_NE(study.folderOf(other), study.folderOf(run));
    StudyOptions options = m_options;
    options.half = true;
    EXPECT_NE(Study(options, {}).folderOf(run), study.folderOf(run));
    options = m_options;
    options.samples = 4;
    EXPECT_NE(Study(options, {}).folderOf(run), study.folderOf(run));
    options = m_options;
    options.clips = 3; // a part of the clips uses the same files
    EXPECT_EQ(Study(options, {}).folderOf(run), study.folderOf(run));
    writeStudyWeights(mine.checkpoints[0], "0.81"); // under the same name
    const StudyRun changed = Study(m_options, {}).runsOf(mine, withEverything())[0];
    EXPECT_NE(study.folderOf(changed), study.folderOf(run));
}

TEST_F(StudyTest, HalfPrecisionStaysClose) {
    Study full(m_options, {});
    StudyOptions options = m_options;
    options.half = true;
    Study half(options, {});
    const auto runs = full.runsOf(mine, withEverything());
    full.predict(runs, m_job);
    half.predict(runs, m_job);
    const auto x = full.prediction(runs[0], 1), y = half.prediction(runs[0], 1);
    ASSERT_EQ(x.emotion.size(), y.emotion.size());
    for (std::size_t i = 0; i < x.emotion.size(); ++i) ASSERT_NEAR(x.emotion[i], y.emotion[i], 1e-3);
    EXPECT_EQ(SafetensorsFile::open(half.folderOf(runs[0]) / "clip-00001.safetensors").info("emotion").dtype, "F16");
}

TEST_F(StudyTest, ScoresAreThoseOfTheMetrics) {
    for (const int clips : {0, 3}) { // all, and a part with listeners outside of it
        SCOPED_TRACE(clips);
        m_options.clips = clips;
        Study study(m_options, {});
        const StudyRun run = study.runsOf(mine, withEverything())[0];
        study.predict({run}, m_job);
        MetricValues values = study.scores(run, keptMetrics, m_job);
        double corr = 0, variance = 0;
        std::vector<double> each;
        MetricInputs all;
        std::vector<float> everything;
        for (int i = 0; i < study.part().size(); ++i) {
            const Reactions reactions = study.prediction(run, i);
            std::vector<std::vector<float>> listeners;
            for (const int j : study.part().appropriate(i)) listeners.push_back(study.part().listener(j)->emotion);
            EXPECT_EQ(listeners.size(), 2u);
            each.push_back(
                frCorrOfClip(reactions.emotion, reactions.samples, reactions.frames, kEmotionDims, listeners));
            corr += each.back();
            MetricInputs one;
            one.clips = 1;
            one.samples = reactions.samples;
            one.frames = reactions.frames;
            one.predictions = reactions.emotion;
            variance += frVar(one);
            everything.insert(everything.end(), reactions.emotion.begin(), reactions.emotion.end());
            all = one;
        }
        const double n = study.part().size();
        EXPECT_NEAR(values["official"]["FRCorr"].value, corr / n, 1e-6);
        EXPECT_NEAR(values["official"]["FRVar"].value, variance / n, 1e-8);
        all.clips = study.part().size();
        all.predictions = everything;
        EXPECT_NEAR(values["fixed"]["FRDiv"].value, frDiv(all), 1e-8);
        EXPECT_NEAR(values["fixed"]["FRDvs"].value, frDvs(all), 1e-8);
        ASSERT_EQ(values["official"]["FRCorr"].clips.size(), each.size());
        for (std::size_t i = 0; i < each.size(); ++i) EXPECT_NEAR(values["official"]["FRCorr"].clips[i], each[i], 1e-6);
        EXPECT_TRUE(values["official"]["FRDvs"].clips.empty());
        // Kept: another study reads the same numbers without the predictions.
        for (const auto& file : fs::directory_iterator(study.folderOf(run)))
            if (file.path().extension() == ".safetensors") fs::remove(file.path());
        EXPECT_EQ(Study(m_options, {}).scores(run, keptMetrics, m_job)["official"]["FRCorr"].value,
                  values["official"]["FRCorr"].value);
    }
}

TEST_F(StudyTest, TableOfThePaper) {
    Study study(m_options, {});
    TableOptions options;
    options.models = {host, mine, baseline, {"Host with dropout", "trans-vae", {run("e", "0.7")}}};
    const StudyTable table = makeTable(study, options, m_job);
    // 15 rows of the paper, the baseline, three of the second host, the ground truth.
    ASSERT_EQ(table.rows.size(), 15u + 1 + 3 + 1);
    std::map<std::string, const TableRow*> rows;
    for (const TableRow& row : table.rows) rows[row.host + " " + row.condition + (row.paper ? "" : " extra")] = &row;
    for (const char* absent : {"regnn original", "faceais emc-no-speech", "trans-vae emc-no-ea"}) {
        ASSERT_TRUE(rows.count(absent)) << absent;
        EXPECT_FALSE(rows[absent]->trained);
        EXPECT_FALSE(rows[absent]->cells[0].known);
        EXPECT_TRUE(rows[absent]->cells[0].published.has_value());
    }
    const TableRow& original = *rows.at("trans-vae original");
    const TableRow& ours = *rows.at("trans-vae emc");
    const TableRow& faceless = *rows.at("trans-vae emc-no-face");
    EXPECT_EQ(original.seeds, 2);
    EXPECT_EQ(original.spread, SeedSpread::TrainingSeeds);
    EXPECT_EQ(original.label, "Trans-VAE");
    EXPECT_EQ(faceless.conditionLabel, "w/o Facial");
    EXPECT_EQ(faceless.fill, "cma");
    EXPECT_DOUBLE_EQ(*original.cells[0].published, 0.03);
    EXPECT_FALSE(original.cells[0].against.has_value());
    ASSERT_TRUE(ours.cells[0].against.has_value());
    EXPECT_DOUBLE_EQ(ours.cells[0].against->delta, ours.cells[0].mean - original.cells[0].mean);
    EXPECT_GT(ours.cells[0].against->delta, 0) << "a larger gain follows better";
    EXPECT_EQ(ours.cells[0].against->clips, 8);
    EXPECT_GE(ours.cells[0].against->pHolm, ours.cells[0].against->p);
    EXPECT_LT(ours.cells[0].against->low, ours.cells[0].against->high);
    EXPECT_NE(ours.cells[0].against->sentence.find("higher than that of Trans-VAE (Original) (better)"),
              std::string::npos)
        << ours.cells[0].against->sentence;
    EXPECT_FALSE(ours.cells[4].against->tested) << "FRDvs has no value per clip";
    // Mean and deviation over the two networks, by hand.
    const auto runs = study.runsOf(mine, withEverything());
    const double first = study.scores(runs[0], {"FRCorr"}, m_job)["official"]["FRCorr"].value,
                 second = study.scores(runs[1], {"FRCorr"}, m_job)["official"]["FRCorr"].value;
    EXPECT_DOUBLE_EQ(ours.cells[0].mean, (first + second) / 2);
    EXPECT_NEAR(ours.cells[0].deviation, std::abs(first - second) / std::sqrt(2), 1e-12);
    // Best: neither the ground truth, which nothing beats in FRCorr, nor a baseline.
    int best = 0;
    for (const TableRow& row : table.rows) {
        best += row.cells[0].best;
        if (row.cells[0].best) EXPECT_TRUE(row.candidate);
        if (row.trained) EXPECT_LE(row.cells[0].mean, table.rows.back().cells[0].mean + 1e-9);
    }
    EXPECT_EQ(best, 1);
    EXPECT_EQ(table.rows.back().label, "Ground truth");
    EXPECT_NEAR(table.rows.back().cells[2].mean, 0, 1e-9) << "FRDiv of equal reactions";
    const TableRow& dropout = *rows.at("trans-vae original extra");
    EXPECT_EQ(dropout.label, "Host with dropout");
    EXPECT_EQ(dropout.spread, SeedSpread::None);
    EXPECT_TRUE(rows.count("trans-vae without-face (zeros) extra"));

    // The same table again asks no model and gives the same text.
    const int asked = studyReactions();
    const std::string text = tableText(table, TableFormat::Json);
    Study stored(m_options, {});
    EXPECT_EQ(tableText(makeTable(stored, options, m_job), TableFormat::Json), text);
    EXPECT_EQ(studyReactions(), asked);
}

TEST_F(StudyTest, ASpreadOverDrawsIsCalledSo) {
    m_options.samplingSeeds = 3;
    Study study(m_options, {});
    TableOptions options;
    options.metrics = {"FRCorr", "FRDiv"};
    options.groundTruth = false;
    StudyModel one = mine;
    one.checkpoints.resize(1);
    options.models = {one, host};
    const StudyTable table = makeTable(study, options, m_job);
    const auto row = [&](const std::string& condition) {
        return *std::find_if(table.rows.begin(), table.rows.end(),
                             [&](const TableRow& r) { return r.host == "trans-vae" && r.condition == condition; });
    };
    EXPECT_EQ(row("emc").spread, SeedSpread::SamplingSeeds);
    EXPECT_EQ(row("emc").cells[0].seeds.size(), 3u);
    EXPECT_EQ(row("original").spread, SeedSpread::TrainingSeeds);
    EXPECT_EQ(row("original").cells[0].seeds.size(), 2u);
    EXPECT_EQ(row("original").samplingSeeds, 3);
    EXPECT_NE(tableText(table, TableFormat::Markdown).find("(s)"), std::string::npos);
    EXPECT_NE(tableText(table, TableFormat::Markdown).find("sampling seeds of one network only"), std::string::npos);
}

TEST_F(StudyTest, TheFixedVariantHasNoPublishedValues) {
    Study study(m_options, {});
    TableOptions options;
    options.variant = "fixed";
    options.models = {host};
    const StudyTable table = makeTable(study, options, m_job);
    for (const TableRow& row : table.rows)
        for (const TableCell& cell : row.cells) EXPECT_FALSE(cell.published.has_value());
    EXPECT_EQ(tableText(table, TableFormat::Markdown).find("published |"), std::string::npos);
    options.variant = "both";
    EXPECT_THROW(makeTable(study, options, m_job), Error);
}

TEST_F(StudyTest, TheEndsOfTheCurveAreTheRowsOfTheTable) {
    Study study(m_options, {});
    TableOptions options;
    options.models = {host, mine};
    const StudyTable table = makeTable(study, options, m_job);
    const int asked = studyReactions();

    RobustnessOptions curve;
    curve.models = {mine, host, baseline};
    curve.shares = {0, 0.5, 1};
    curve.burst = 8;
    curve.bursts = {4, 16};
    curve.failures = {parseDamage("desync:4"), parseDamage("face-chain:0.3:8")};
    const Robustness robustness = robustnessOf(study, curve, m_job);
    // New: two networks of two models at 50 % of either modality, two gap lengths of either modality, two failures.
    // The baseline once with everything, once late; the host at 100 % with zeros, which the table does not hold.
    EXPECT_EQ(studyReactions() - asked, 8 * (4 * 2 + 4 * 4 + 4 * 2 + 2 + 2 * 2));
    const auto cell = [&](const std::string& condition) {
        for (const TableRow& row : table.rows)
            if (row.host == "trans-vae" && row.condition == condition) return row.cells[0];
        return TableCell();
    };
    int seen = 0;
    for (const RobustnessCurve& drawn : robustness.curves) {
        if (drawn.kind != "share" || drawn.model == "study-baseline") continue;
        ++seen;
        EXPECT_EQ(drawn.points[0].mean, cell(drawn.model == "trans-vae" ? "original" : "emc").mean);
        EXPECT_EQ(drawn.points[0].deviation, cell(drawn.model == "trans-vae" ? "original" : "emc").deviation);
        if (drawn.model == "trans-vae") continue;
        EXPECT_EQ(drawn.fill, "cma");
        EXPECT_EQ(drawn.points[2].mean, cell(drawn.modality == "face" ? "emc-no-face" : "emc-no-speech").mean);
    }
    EXPECT_EQ(seen, 4);
    EXPECT_EQ(robustness.band, "training seeds");
    const std::string svg = plotSvg(robustnessFigure(robustness));
    for (const char* word : {"frames without the face (%)", "mean length of a gap (frames)", "late sound, 4 frames",
                             "FRCorr (sum over 3 reactions, higher is better)", "synthetic data", "class=\"band\"",
                             "id=\"legend\"", ">Mine<", ">Host<"})
        EXPECT_NE(svg.find(word), std::string::npos) << word;
    EXPECT_NE(robustnessCsv(robustness).find("share,speech,Mine,trans-vae-emc,cma,0.5,FRCorr,official,"),
              std::string::npos);
    const int after = studyReactions();
    robustnessOf(study, curve, m_job);
    EXPECT_EQ(studyReactions(), after);
}

TEST(LinePlot, MoreThanSixCurvesDifferInColourOrMark) {
    PlotFigure figure;
    figure.panels.emplace_back();
    for (int i = 0; i < 20; ++i) {
        PlotSeries series;
        series.label = "curve " + std::to_string(i);
        series.x = {0, 1}, series.y = {1.0 + i, 2.0 + i};
        series.dashed = i == 3;
        figure.panels[0].series.push_back(series);
    }
    const std::string svg = plotSvg(figure), legend = svg.substr(svg.find("id=\"legend\""));
    // Of each entry: the line's colour, and the mark without its place (kind and number of corners).
    std::set<std::pair<std::string, std::string>> looks;
    std::size_t at = 0;
    for (int i = 0; i < 20; ++i) {
        const auto after = [&](const std::string& word, char end) {
            at = legend.find(word, at);
            EXPECT_NE(at, std::string::npos) << word << i;
            at += word.size();
            return legend.substr(at, legend.find(end, at) - at);
        };
        const std::string colour = after("stroke=\"", '"');
        const std::string line = legend.substr(at, legend.find("/>", at) - at);
        EXPECT_EQ(line.find("dasharray") != std::string::npos, i == 3) << "the legend shows the dash of its curve";
        std::string mark = after("/>\n<", ' ');
        if (mark == "polygon") {
            const std::string points = after("points=\"", '"');
            mark += std::to_string(std::count(points.begin(), points.end(), ','));
            mark += points.substr(0, points.find(',')) == "74.00" ? " square" : ""; // 3 left of the middle at 77
        }
        EXPECT_TRUE(looks.emplace(colour, mark).second) << i << " looks like another: " << colour << " " << mark;
    }
}

TEST_F(StudyTest, DamageIsTheSameForEveryModel) {
    const Treatment damage = withDamage({parseDamage("face-loss:0.4:6")}, Fill::Cma, 3);
    const Study study(m_options, {});
    const ClipInfo info = study.part().pair(1).speaker->info();
    EXPECT_EQ(damage.availability(info), damage.availability(info));
    EXPECT_NE(damage.availability(info), damage.availability(study.part().pair(2).speaker->info()));
    Treatment zeros = damage;
    zeros.fill = Fill::Zeros;
    EXPECT_EQ(zeros.availability(info), damage.availability(info));
}

TEST_F(StudyTest, OcclusionFindsWhatDependsOnTheWindow) {
    CheckpointRef ref;
    ref.path = host.checkpoints[0] / "best.safetensors";
    const auto model = openModel("trans-vae", ref);
    const auto clip = countingClip(40);
    OcclusionOptions options;
    options.window = 10;
    options.step = 7;
    options.samples = 2;
    options.fill = Fill::Zeros;
    const auto points = occlusionCurve(*model, *clip, options, m_job);
    ASSERT_EQ(points.size(), 6u); // 0, 7, 14, 21, 28, and the end
    EXPECT_EQ(points.back().window, (FrameSpan{30, 40}));
    for (const OcclusionPoint& point : points) {
        // Nothing outside the window changes, so that all of the change lies in it.
        EXPECT_NEAR(point.change * point.change * 40, point.inside * point.inside * 10,
                    1e-3 * point.inside * point.inside);
        // The host gives gain / 2 of the face times (1 + d % 3) / 3; the face counts up.
        double squares = 0;
        for (int t = point.window.begin; t < point.window.end; ++t)
            for (int d = 0; d < kEmotionDims; ++d) squares += std::pow(0.5 / 2 * (t + 0.02) * (1 + d % 3) / 3.0, 2);
        EXPECT_NEAR(point.inside, std::sqrt(squares / (10 * kEmotionDims)), 1e-4);
    }
    EXPECT_GT(points.back().change, points.front().change);
    EXPECT_NE(plotSvg(occlusionFigure(points, "c", "m", options, 25)).find("middle of the missing window (s)"),
              std::string::npos);
    options.window = 40;
    EXPECT_THROW(occlusionCurve(*model, *clip, options, m_job), Error);
}

TEST_F(StudyTest, BadInputIsSaid) {
    Study study(m_options, {});
    EXPECT_THROW(study.check({"x", "no-such-model", {}}), Error);
    EXPECT_THROW(study.check({"x", "trans-vae", {}}), Error) << "weights are needed";
    EXPECT_THROW(study.check({"x", "trans-vae", {m_folder / "nowhere"}}), Error);
    EXPECT_THROW(study.check({"x", "trans-vae", {host.checkpoints[0], host.checkpoints[0]}}), Error) << "no two seeds";
    EXPECT_THROW(study.scores(study.runsOf(host, withEverything())[0], {"FRNothing"}, m_job), Error);
    EXPECT_THROW(study.scores(study.runsOf(host, withEverything())[0], {"FRCorr"}, m_job), Error) << "not predicted";
    StudyOptions options = m_options;
    options.corpus = m_folder / "no corpus";
    EXPECT_THROW(Study(options, {}), Error);
    options = m_options;
    options.partition = "val";
    EXPECT_THROW(Study(options, {}), Error);
    // Numbers that are not finite name the clip.
    const StudyModel broken{"x", "trans-vae", {run("nan", "nan")}};
    try {
        study.predict(study.runsOf(broken, withEverything()), m_job);
        FAIL() << "a prediction without numbers was stored";
    } catch (const Error& error) {
        EXPECT_EQ(error.kind(), ErrorKind::BadInput);
        EXPECT_NE(std::string(error.what()).find("test/0/speaker"), std::string::npos) << error.what();
    }
}

TEST_F(StudyTest, ConditionsAsOneList) {
    Study study(m_options, {});
    const auto rows = conditionRows(study, {host, mine, baseline}, m_job);
    ASSERT_EQ(rows.size(), 1u + 3 + 7 + 1);
    EXPECT_EQ(rows[0].label, "ground truth");
    EXPECT_EQ(rows[1].seeds, 2);
    for (const ConditionRow& row : rows) EXPECT_LE(row.frCorrMean, rows[0].frCorrMean + 1e-9) << row.label;
    EXPECT_NE(conditionText(rows).find("| Mine | without-face | cma |"), std::string::npos);
}
