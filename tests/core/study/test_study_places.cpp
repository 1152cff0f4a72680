// What a window asks of a study: numbers as they appear, only what is stored, clips under a cell, samples of a clip.
#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

#include "core/study/study_places.h"
#include "core/study/table_text.h"
#include "tests/core/study/study_fixture.h"

using namespace emc;
using namespace emc::test;

namespace {

class StudyPlaces : public StudyFixture {
protected:
    StudyPlaces() {
        m_table.models = {{"Host", "trans-vae", {run("a", "0.5")}}, {"Mine", "trans-vae-emc", {run("c", "0.8")}}};
        m_table.untrained = false;
        m_table.permutations = 200;
        m_table.resamples = 200;
        m_table.conditions = {"both"};
    }
    const TableRow& row(const StudyTable& table, const std::string& condition) {
        for (const TableRow& one : table.rows)
            if (one.condition == condition) return one;
        throw std::runtime_error("no row " + condition);
    }

    TableOptions m_table;
};

TEST_F(StudyPlaces, NumbersAppearRowByRow) {
    Study study(m_options, {});
    int scored = 0, calls = 0;
    long stored = 0;
    const StudyTable table = makeTable(study, m_table, m_job, [&](const StudyTable& now) {
        int count = 0;
        for (const TableRow& one : now.rows) {
            count += one.scored;
            EXPECT_EQ(one.scored, one.cells.front().known) << one.label;
            EXPECT_EQ(one.scored, !one.cells.front().words.mean.empty());
        }
        EXPECT_GE(count, scored) << "a number that was there has gone";
        EXPECT_GE(now.rows[0].stored, stored);
        scored = count, stored = now.rows[0].stored, ++calls;
    });
    ASSERT_EQ(table.rows.size(), 3u); // host, EMC, ground truth
    EXPECT_EQ(scored, 3);
    EXPECT_GE(calls, 4);
    EXPECT_EQ(table.rows[0].stored, table.rows[0].wanted);
    EXPECT_EQ(table.rows[0].wanted, 8);
    ASSERT_EQ(table.columns.size(), 6u);
    EXPECT_FALSE(table.columns[4].perClip);
    EXPECT_FALSE(table.columns[1].higherIsBetter);
}

TEST_F(StudyPlaces, StoredOnlyComputesNothing) {
    Study study(m_options, {});
    TableOptions stored = m_table;
    stored.storedOnly = true;
    StudyTable empty = makeTable(study, stored, m_job);
    EXPECT_EQ(studyReactions(), 0);
    EXPECT_FALSE(row(empty, "emc").scored);
    EXPECT_EQ(row(empty, "emc").stored, 0);

    JobContext stopped;
    stopStudyAt(11, stopped); // within the second model
    EXPECT_THROW(makeTable(study, m_table, stopped), Cancelled);
    const StudyTable half = makeTable(study, stored, m_job);
    EXPECT_TRUE(row(half, "original").scored);
    EXPECT_FALSE(row(half, "emc").scored);
    EXPECT_GT(row(half, "emc").stored, 0);
    EXPECT_LT(row(half, "emc").stored, 8);

    const int before = studyReactions();
    const StudyTable whole = makeTable(study, m_table, m_job);
    EXPECT_EQ(studyReactions() - before, 8 - row(half, "emc").stored);
    const StudyTable again = makeTable(study, stored, m_job);
    EXPECT_TRUE(tableText(whole, TableFormat::Json) == tableText(again, TableFormat::Json));
}

TEST_F(StudyPlaces, ConditionsAndSubstitutesCanBeChosen) {
    Study study(m_options, {});
    m_table.storedOnly = true;
    m_table.allConditions = true;
    m_table.conditions = {"both", "without-speech"};
    m_table.fills = {Fill::Zeros};
    std::vector<std::string> conditions;
    for (const TableRow& one : makeTable(study, m_table, m_job).rows)
        conditions.push_back(one.label + " " + one.condition);
    EXPECT_EQ(conditions,
              (std::vector<std::string>{"Trans-VAE original", "Trans-VAE emc", "Host without-speech (zeros)",
                                        "Mine without-speech (zeros)", "Ground truth baseline"}));
    m_table.untrained = true;
    m_table.conditions = {"both"};
    EXPECT_EQ(makeTable(study, m_table, m_job).rows.size(), 10u) << "nine of the paper with everything, ground truth";
}

TEST_F(StudyPlaces, MoreClipsScoreOnlyWhatIsNew) {
    m_options.clips = 4;
    {
        Study study(m_options, {});
        makeTable(study, m_table, m_job);
        EXPECT_EQ(study.scoredClips(), 3 * 4);
    }
    m_options.clips = 0;
    Study study(m_options, {});
    const StudyTable table = makeTable(study, m_table, m_job);
    EXPECT_EQ(study.scoredClips(), 3 * 4) << "four of eight clips of three rows were known";

    m_options.folder = m_folder / "fresh";
    Study fresh(m_options, {});
    const StudyTable expected = makeTable(fresh, m_table, m_job);
    for (std::size_t r = 0; r < table.rows.size(); ++r)
        for (std::size_t m = 0; m < table.metrics.size(); ++m) {
            const double value = expected.rows[r].cells[m].mean;
            if (std::isnan(value)) EXPECT_FALSE(table.rows[r].cells[m].known);
            else
                EXPECT_NEAR(table.rows[r].cells[m].mean, value, 1e-12 * std::max(1.0, std::abs(value)))
                    << table.rows[r].label << " " << table.metrics[m];
        }
    EXPECT_EQ(table.notes, expected.notes) << "the share of NaN clips";
}

TEST_F(StudyPlaces, FromACellToTheSamples) {
    m_table.variant = "fixed";
    Study study(m_options, {});
    EXPECT_THROW(clipsOf(study, m_table, {"Trans-VAE", "emc", "FRCorr"}, m_job), Error) << "not scored yet";
    const StudyTable table = makeTable(study, m_table, m_job);
    for (const std::string metric : {"FRCorr", "FRDist", "FRDiv", "FRVar"}) {
        const StudyClips clips = clipsOf(study, m_table, {"Trans-VAE", "emc", metric}, m_job);
        ASSERT_EQ(clips.clips.size(), 8u);
        EXPECT_EQ(clips.reference, "Trans-VAE (Original)");
        double sum = 0;
        for (const StudyClip& clip : clips.clips) {
            sum += clip.value;
            EXPECT_TRUE(clip.reference.has_value());
            const StudyClipDetail detail =
                clipDetailOf(study, m_table, {"Trans-VAE", "emc", metric}, clip.place, 0, m_job);
            ASSERT_EQ(detail.samples.size(), 3u);
            EXPECT_EQ(detail.id, clip.id);
            EXPECT_NEAR(detail.value, clip.value, 1e-9) << metric;
            double samples = 0;
            for (const StudySample& sample : detail.samples) samples += sample.value;
            const bool summed = metric == "FRCorr" || metric == "FRDist";
            EXPECT_NEAR(summed ? samples : samples / 3, clip.value, 1e-9) << metric;
            for (const StudySample& sample : detail.samples) EXPECT_EQ(sample.neighbour.empty(), !summed) << metric;
            if (detail.best < 0) continue;
            const double best = detail.samples[static_cast<std::size_t>(detail.best)].value,
                         worst = detail.samples[static_cast<std::size_t>(detail.worst)].value;
            if (metric == "FRDist") EXPECT_LT(best, worst);
            else EXPECT_GT(best, worst);
        }
        const std::size_t column = static_cast<std::size_t>(
            std::find(table.metrics.begin(), table.metrics.end(), metric) - table.metrics.begin());
        EXPECT_NEAR(sum / 8, row(table, "emc").cells[column].mean, 1e-9) << metric;
    }
    EXPECT_THROW(clipsOf(study, m_table, {"Trans-VAE", "emc", "FRDvs"}, m_job), Error);
    EXPECT_THROW(clipsOf(study, m_table, {"Trans-VAE", "nothing", "FRCorr"}, m_job), Error);
    EXPECT_THROW(clipDetailOf(study, m_table, {"Trans-VAE", "emc", "FRCorr"}, 8, 0, m_job), Error);
    EXPECT_THROW(clipDetailOf(study, m_table, {"Trans-VAE", "emc", "FRCorr"}, 0, 1, m_job), Error);
}

TEST_F(StudyPlaces, WordsAreThoseOfTheWrittenTable) {
    Study study(m_options, {});
    const StudyTable table = makeTable(study, m_table, m_job);
    const TableRow& emc = row(table, "emc");
    const std::string markdown = tableText(table, TableFormat::Markdown);
    for (std::size_t m = 0; m < table.metrics.size(); ++m) {
        const CellWords& words = emc.cells[m].words;
        ASSERT_FALSE(words.mean.empty());
        EXPECT_NE(markdown.find(words.mean), std::string::npos) << words.mean;
        EXPECT_NE(markdown.find("(" + words.delta), std::string::npos) << words.delta;
    }
    EXPECT_EQ(emc.cells[0].words.published, "0.07");
}

} // namespace
