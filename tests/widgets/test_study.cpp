// Models with their runs, words of a table, lists of values.
#include <gtest/gtest.h>

#include <QFile>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

#include <cmath>

#include "widgets/common/theme.h"
#include "widgets/item_models/study_models_model.h"
#include "widgets/study/study_table_view.h"
#include "widgets/study/study_words.h"
#include "widgets/study/value_list.h"

using namespace emc;

namespace {

ModelInfo info(const char* name, const char* condition, const char* checkpoint = "") {
    ModelInfo made;
    made.name = made.label = name;
    made.condition = condition;
    made.needsCheckpoint = std::string(condition) != "baseline";
    made.checkpoint = checkpoint;
    return made;
}

StudyTable table() {
    StudyTable made;
    made.variant = "official";
    made.publishedShown = true;
    made.metrics = {"FRCorr", "FRDvs"};
    made.columns = {{"FRCorr", true, true, 3, "one"}, {"FRDvs", true, false, 4, "two"}};
    made.clips = 4;
    for (const char* condition : {"original", "emc", "emc"}) {
        TableRow row;
        row.label = "Host";
        row.condition = condition;
        row.conditionLabel = condition;
        row.model = row.host = "host";
        row.trained = row.scored = row.candidate = true;
        row.seeds = 2;
        row.cells.resize(2);
        for (TableCell& cell : row.cells) {
            cell.known = true;
            cell.words.mean = "-0.125";
            cell.words.published = "0.07";
        }
        made.rows.push_back(row);
    }
    made.rows[1].cells[0].best = true;
    made.rows[2].scored = false;
    made.rows[2].stored = 1, made.rows[2].wanted = 4;
    made.rows[2].cells[0] = {};
    return made;
}

TEST(StudyModels, RunsOfOneNameAreTrainingSeeds) {
    EXPECT_EQ(StudyModelsModel::groupOf(QStringLiteral("emc-s1")), QStringLiteral("emc"));
    EXPECT_EQ(StudyModelsModel::groupOf(QStringLiteral("trans-vae-seed12-20240101-120000-3")),
              QStringLiteral("trans-vae"));
    EXPECT_EQ(StudyModelsModel::groupOf(QStringLiteral("seeds")), QStringLiteral("seeds"));

    QTemporaryDir folder;
    std::vector<RunInfo> runs;
    for (const char* name : {"emc-s1", "emc-s2", "low-s1", "empty-s1"}) {
        const std::filesystem::path run = std::filesystem::path(folder.path().toStdString()) / name;
        std::filesystem::create_directories(run);
        if (std::string(name) != "empty-s1") {
            QFile file(QString::fromStdString((run / "best.safetensors").string()));
            ASSERT_TRUE(file.open(QIODevice::WriteOnly));
        }
        runs.push_back({run, name, "m-emc", "done", 1, 1, 0});
    }
    StudyModelsModel model;
    model.setModels({info("none", "original"), info("base", "baseline"), info("m-emc", "emc", "/w.safetensors")}, runs);
    ASSERT_EQ(model.rowCount(), 3);
    EXPECT_EQ(model.item(1)->text(), QStringLiteral("base"))
        << "what can be used comes first, networks before baselines";
    EXPECT_EQ(model.item(0)->rowCount(), 4) << "the program's weights and three runs";
    EXPECT_FALSE(model.item(2)->isEnabled()) << "no weights at all";

    model.item(0)->setCheckState(Qt::Checked);
    ASSERT_EQ(model.chosen().size(), 1u);
    EXPECT_EQ(model.chosen()[0].checkpoints.size(), 1u) << "the first weights stand for the model";
    model.item(0)->child(0)->setCheckState(Qt::Unchecked);
    EXPECT_TRUE(model.chosen().empty());
    for (const int run : {1, 2}) model.item(0)->child(run)->setCheckState(Qt::Checked);
    ASSERT_EQ(model.chosen().size(), 1u);
    EXPECT_EQ(model.chosen()[0].checkpoints.size(), 2u);
    EXPECT_EQ(model.chosen()[0].label, "m-emc");
    model.item(0)->child(3)->setCheckState(Qt::Checked);
    ASSERT_EQ(model.chosen().size(), 2u) << "another name is another row";
    EXPECT_NE(model.chosen()[0].label, model.chosen()[1].label);

    const QStringList ticked = model.ticked();
    StudyModelsModel later; // ticks of a session that is opened before the runs are read
    later.setTicked(ticked);
    later.setModels({info("m-emc", "emc", "/w.safetensors")}, runs);
    EXPECT_EQ(later.chosen().size(), 2u);
}

TEST(StudyModels, AGroupIsTickedAsOne) {
    QTemporaryDir folder;
    std::vector<RunInfo> runs;
    for (const char* name : {"g1/m-emc-s1", "g1/m-emc-s2", "g2/m-emc-s1", "alone-s1"}) {
        const std::filesystem::path run = std::filesystem::path(folder.path().toStdString()) / name;
        std::filesystem::create_directories(run);
        QFile file(QString::fromStdString((run / "best.safetensors").string()));
        ASSERT_TRUE(file.open(QIODevice::WriteOnly));
        runs.push_back({run, name, "m-emc", "done", 1, 1, 0});
    }
    StudyModelsModel model;
    model.setModels({info("m-emc", "emc"), info("base", "baseline")}, runs);
    EXPECT_EQ(model.groups(), (QStringList{"g1", "g2"}));
    model.item(1)->setCheckState(Qt::Checked);
    model.item(0)->child(3)->setCheckState(Qt::Checked);
    model.tickGroup(QStringLiteral("g1"));
    const auto chosen = model.chosen();
    ASSERT_EQ(chosen.size(), 2u) << "the group's model and the baseline";
    EXPECT_EQ(chosen[0].checkpoints.size(), 2u) << "two training seeds";
    EXPECT_EQ(chosen[1].model, "base");
}

TEST(StudyTableModelTest, CellsSayWhatTheCoreSays) {
    QLocale::setDefault(QLocale(QLocale::German));
    StudyTableModel model;
    model.setTable(table());
    EXPECT_EQ(model.columnCount(), 2 + 2 * 3);
    EXPECT_EQ(model.index(0, 2).data().toString(), QStringLiteral("−0,125")) << "true minus, comma";
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
    EXPECT_EQ(model.index(0, 2).data().toString(), QStringLiteral("−0.125"));
    EXPECT_TRUE(model.index(1, 2).data(StudyTableModel::BestRole).toBool());
    EXPECT_EQ(model.index(0, 4).data().toString(), QStringLiteral("0.07"));
    EXPECT_TRUE(model.index(1, 0).data(StudyTableModel::GroupRole).toBool());
    EXPECT_TRUE(model.index(2, 0).data().toString().isEmpty()) << "the condition stands once";
    EXPECT_TRUE(model.index(2, 2).data(StudyTableModel::PendingRole).toBool());
    EXPECT_EQ(model.index(2, 2).data(StudyTableModel::ShareRole).toDouble(), 0.25);
    EXPECT_EQ(model.placeOf(model.index(0, 2)).metric, "FRCorr");
    EXPECT_TRUE(model.placeOf(model.index(0, 5)).metric.empty()) << "FRDvs has no clips";
    EXPECT_TRUE(model.placeOf(model.index(2, 2)).metric.empty()) << "not scored";
    EXPECT_TRUE(model.placeOf(model.index(0, 1)).metric.empty());
    model.setShown({false, false, false});
    EXPECT_EQ(model.columnCount(), 2 + 2);
}

TEST(StudyWordsTest, NotesSayWhatTheNumbersAre) {
    StudyTable made = table();
    EXPECT_TRUE(StudyWords::notes(made).isEmpty());
    made.rows[0].spread = SeedSpread::SamplingSeeds;
    made.notes = {"FRSyn of 40 % of the clips is decided by NaN (an attribute that never changes) in Host (emc).",
                  "FRSyn of 40 % of the clips is decided by NaN (an attribute that never changes) in Host (original).",
                  "Something else."};
    const QStringList notes = StudyWords::notes(made);
    ASSERT_EQ(notes.size(), 3);
    EXPECT_TRUE(notes[0].contains(QStringLiteral("(s)")));
    EXPECT_EQ(notes[1], QStringLiteral("Something else."));
    EXPECT_TRUE(notes[2].contains(QStringLiteral("40 %")));
    EXPECT_TRUE(notes[2].contains(QStringLiteral("Host (emc), Host (original)"))) << "said once";
    EXPECT_FALSE(notes[2].contains(QStringLiteral("NaN"))) << "in the words of the window";
    made.rows[1].spread = SeedSpread::TrainingSeeds;
    EXPECT_EQ(StudyWords::notes(made).size(), 4);
}

TEST(StudyTableModelTest, WordsOfAComparison) {
    StudyTable made = table();
    TableCell& cell = made.rows[1].cells[0];
    made.rows[1].reference = "Host (original)";
    Comparison c;
    c.delta = 0.05, c.tested = true, c.better = 3, c.clips = 4, c.pHolm = 0.01;
    cell.against = c;
    cell.words.delta = "+0.050", cell.words.p = "0.0100", cell.words.significant = true;
    const QString words = StudyWords::sentence(made, made.rows[1], 0);
    for (const char* part : {"0.050 higher", "(better)", "Host, Original", "3 of 4", "0.0100", "more than chance"})
        EXPECT_TRUE(words.contains(QLatin1String(part))) << part << " in " << words.toStdString();
    StudyTableModel model;
    model.setTable(made);
    EXPECT_EQ(model.index(1, 3).data().toString(), QStringLiteral("+0.050*"));
    EXPECT_EQ(model.index(1, 3).data(StudyTableModel::GoodRole).toInt(), 1);
    EXPECT_TRUE(model.twoLines());
}

TEST(StudyTableViewTest, FigureAndChosenCell) {
    StudyTableModel model;
    StudyTableView view(&model);
    model.setTable(table());
    view.resize(900, 300);
    view.show();
    StudyPlace place;
    QObject::connect(&view, &StudyTableView::placeChosen, [&](const StudyPlace& chosen) { place = chosen; });
    view.setCurrentIndex(model.index(1, 2));
    QTest::keyClick(&view, Qt::Key_Return);
    EXPECT_EQ(place.condition, "emc");
    int width = 0;
    for (int c = 0; c < model.columnCount(); ++c) width += view.columnWidth(c);
    EXPECT_GE(width, view.viewport()->width()) << "the table fills its panel";
    QTemporaryDir folder;
    view.exportFigure(folder.filePath(QStringLiteral("t.svg")), QStringLiteral("T"), QStringLiteral("c"));
    EXPECT_GT(QFile(folder.filePath(QStringLiteral("t.svg"))).size(), 1000);
}

TEST(ValueListTest, SortsAndKeepsValuesWithoutANumberLast) {
    ValueList list;
    list.setHeadings(QStringLiteral("a"), QStringLiteral("b"), {}, {});
    list.setRows({{0, QStringLiteral("x"), {}, {}, 1.0, {}, 0},
                  {1, QStringLiteral("y"), {}, {}, std::nan(""), {}, 0},
                  {2, QStringLiteral("z"), {}, {}, 3.0, 2.0, 1}},
                 2, true, true);
    const auto name = [&](int row) { return list.table()->model()->index(row, 0).data().toString(); };
    EXPECT_EQ(name(0), QStringLiteral("z"));
    EXPECT_EQ(name(2), QStringLiteral("y"));
    int chosen = -1;
    QObject::connect(&list, &ValueList::rowChosen, [&](int id) { chosen = id; });
    list.choose(0);
    EXPECT_EQ(chosen, -1) << "silent";
    list.table()->selectRow(0);
    EXPECT_EQ(chosen, 2);
    EXPECT_EQ(list.chosen(), 2);
    EXPECT_TRUE(list.table()->isColumnHidden(2));
    list.resize(400, 200);
    list.show();
    EXPECT_FALSE(list.grab().isNull());
}

} // namespace
