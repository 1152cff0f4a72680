// The page Evaluate over the real studies of the core: a small made corpus, models that answer at once.
#include <gtest/gtest.h>

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QLabel>
#include <QPushButton>
#include <QTableView>
#include <QTemporaryDir>
#include <QXmlStreamReader>

#include <cmath>

#include "app/pages/evaluate/evaluate_page.h"
#include "app/pages/evaluate/occlusion_tab.h"
#include "app/pages/evaluate/robustness_tab.h"
#include "app/pages/evaluate/study_form.h"
#include "app/session/figure_settings.h"
#include "tests/app/put_file.h"
#include "tests/app/wait.h"
#include "tests/app/window_test.h"
#include "widgets/common/controls.h"
#include "widgets/common/message_bar.h"
#include "widgets/plots/curve_key.h"
#include "widgets/plots/curve_plot.h"
#include "widgets/study/study_table_view.h"
#include "widgets/study/value_list.h"

using namespace emc;

namespace {

class EvaluateTest : public WindowTest {
protected:
    void openPage(FakeOptions options = {.frames = 250}, bool corpus = true) {
        open({1600, 1000}, ThemeContext::Choice::Dark, options);
        page().form().setStudiesFolder(QString::fromStdString(backend->studiesFolder().string()));
        window->showPage(QStringLiteral("evaluate"));
        if (corpus) page().setCorpus(QString::fromStdString(backend->studyCorpus().string()));
        settle();
    }
    EvaluatePage& page() { return window->evaluate(); }
    void settle() {
        ASSERT_TRUE(waitUntil([this] { return page().settled(); })) << "the page does not come to rest";
    }
    const TableRow* row(const std::string& label, const std::string& condition) {
        for (const TableRow& one : page().table().rows)
            if (one.label == label && one.condition == condition) return &one;
        return nullptr;
    }
    QModelIndex cell(const std::string& condition, const std::string& metric, StudyTableModel::Part part) {
        const auto* model = static_cast<StudyTableModel*>(page().view().model());
        for (int r = 0; r < model->rowCount(); ++r)
            for (int c = 0; c < model->columnCount(); ++c) {
                const auto& column = model->columns()[static_cast<std::size_t>(c)];
                if (column.metric >= 0 && model->table().rows[static_cast<std::size_t>(r)].condition == condition &&
                    column.part == part && model->table().metrics[static_cast<std::size_t>(column.metric)] == metric)
                    return model->index(r, c);
            }
        return {};
    }
};

TEST_F(EvaluateTest, withoutACorpusOneSentenceSaysWhatToDo) {
    openPage({.frames = 250}, false);
    EXPECT_TRUE(page().table().rows.empty());
    EXPECT_FALSE(page().view().isVisible());
    EXPECT_FALSE(page().form().fault().isEmpty());
    page().start();
    EXPECT_EQ(window->messages().lastText(), page().form().fault());
    page().setCorpus(folder.path()); // a folder that is none
    settle();
    EXPECT_FALSE(page().view().isVisible());
    bool said = false;
    for (const QLabel* label : page().findChildren<QLabel*>())
        said = said || (label->isVisible() && label->text().contains(QStringLiteral("test")));
    EXPECT_TRUE(said) << "what is wrong with the folder stands where the table would";
}

TEST_F(EvaluateTest, aStudyFillsTheTableAndIsKept) {
    openPage();
    ASSERT_FALSE(page().table().rows.empty()) << "rows are planned before anything is computed";
    for (const TableRow& one : page().table().rows) EXPECT_FALSE(one.cells[0].known) << one.label;
    page().start();
    settle();
    for (const TableRow& one : page().table().rows) EXPECT_TRUE(one.scored) << one.label << " " << one.condition;
    const TableRow* emc = row("Trans-VAE", "emc");
    ASSERT_NE(emc, nullptr);
    ASSERT_TRUE(emc->cells[0].against.has_value());
    const QModelIndex mean = cell("emc", "FRCorr", StudyTableModel::Part::Mean);
    ASSERT_TRUE(mean.isValid());
    const TableRow& first = page().table().rows[static_cast<std::size_t>(mean.row())];
    EXPECT_EQ(mean.data().toString(), QLocale().toString(first.cells[0].mean, 'f', 3));
    const QModelIndex change = cell("emc", "FRCorr", StudyTableModel::Part::Change);
    EXPECT_TRUE(change.data(Qt::ToolTipRole).toString().contains(QStringLiteral("Holm")));
    const QModelIndex published = cell("emc", "FRCorr", StudyTableModel::Part::Published);
    ASSERT_TRUE(published.isValid());
    EXPECT_FALSE(published.data().toString().isEmpty());

    // A window that is opened anew shows what is stored, without computing.
    const double value = first.cells[0].mean;
    const QJsonObject state = page().layoutState();
    page().form().setState({{QStringLiteral("numbers"), QJsonObject{{QStringLiteral("samples"), 3}}}});
    settle();
    EXPECT_FALSE(page().table().rows[0].scored) << "other options are another study";
    page().restoreLayout(state);
    settle();
    EXPECT_TRUE(page().table().rows[0].scored);
    EXPECT_EQ(page().table().rows[static_cast<std::size_t>(mean.row())].cells[0].mean, value);
}

TEST_F(EvaluateTest, aCancelledStudyGoesOn) {
    openPage({.frames = 250, .msPerStudyReaction = 8});
    page().start();
    const auto stored = [this] {
        long count = 0;
        for (const TableRow& one : page().table().rows)
            if (one.model.size() && one.host != kGroundTruth) count += one.stored;
        return count;
    };
    ASSERT_TRUE(waitUntil([&] { return stored() >= 40; })) << "the table follows the work";
    bool some = false;
    for (const TableRow& one : page().table().rows) some = some || one.scored;
    EXPECT_TRUE(some) << "rows appear before the study ends";
    for (QPushButton* button : page().findChildren<QPushButton*>())
        if (button->text() == QStringLiteral("Cancel") && button->isVisible()) button->click();
    settle();
    const long half = stored();
    long wanted = 0;
    for (const TableRow& one : page().table().rows)
        if (one.host != kGroundTruth) wanted += one.wanted;
    EXPECT_GE(half, 40);
    EXPECT_LT(half, wanted);
    bool resume = false;
    for (QPushButton* button : page().findChildren<QPushButton*>())
        resume = resume || (button->isVisible() && button->text() == QStringLiteral("Go on"));
    EXPECT_TRUE(resume);
    page().start();
    settle();
    EXPECT_EQ(stored(), wanted);
    for (const TableRow& one : page().table().rows) EXPECT_TRUE(one.scored);
}

TEST_F(EvaluateTest, fromACellToTheClipToExplore) {
    openPage();
    page().start();
    settle();
    const QModelIndex mean = cell("emc", "FRCorr", StudyTableModel::Part::Mean);
    page().view().scrollTo(mean);
    QTest::mouseClick(page().view().viewport(), Qt::LeftButton, {}, page().view().visualRect(mean).center());
    QTest::mouseDClick(page().view().viewport(), Qt::LeftButton, {}, page().view().visualRect(mean).center());
    settle();
    ClipsTab& clips = page().clipsTab();
    EXPECT_TRUE(clips.isVisible());
    ASSERT_EQ(clips.clips().count(), 8);
    clips.clips().table()->selectRow(0);
    settle();
    ASSERT_EQ(clips.samples().count(), 10);
    EXPECT_FALSE(clips.detail().samples.front().neighbour.empty());
    EXPECT_GE(clips.detail().best, 0);
    double sum = 0;
    for (const StudySample& sample : clips.detail().samples) sum += sample.value;
    EXPECT_NEAR(sum, clips.detail().value, 1e-6);

    ExploreWish wish;
    QObject::connect(&clips, &ClipsTab::exploreRequested, [&](const ExploreWish& asked) { wish = asked; });
    for (QPushButton* button : clips.findChildren<QPushButton*>())
        if (button->text() == QStringLiteral("Show in Explore")) button->click();
    EXPECT_EQ(wish.seed, clips.detail().seed);
    EXPECT_EQ(wish.sample, clips.detail().best);
    EXPECT_EQ(document().view().page, QStringLiteral("explore"));
    EXPECT_EQ(document().state().models, QStringList(wish.model));
    EXPECT_EQ(document().state().seed, wish.seed);
    EXPECT_EQ(document().state().sample, wish.sample);
    EXPECT_EQ(document().state().clip, wish.clip);
    const auto shown = [&] {
        return QString::fromStdString(window->explore().reactions().info(wish.model)->checkpoint);
    };
    EXPECT_EQ(shown(), wish.weights) << "the run that was scored, not what the program has by that name";
    EXPECT_TRUE(window->messages().lastText().contains(wish.model));
    for (QPushButton* button : window->messages().findChildren<QPushButton*>())
        if (button->text() == QStringLiteral("Use the program's weights")) button->click();
    EXPECT_EQ(shown(), QStringLiteral("fake/%1.safetensors").arg(wish.model));
}

TEST_F(EvaluateTest, aConditionGoesWithTheClip) {
    openPage();
    page().start();
    settle();
    const QModelIndex mean = cell("emc-no-speech", "FRVar", StudyTableModel::Part::Mean);
    ASSERT_TRUE(mean.isValid());
    emit page().view().doubleClicked(mean);
    settle();
    page().clipsTab().clips().table()->selectRow(1);
    settle();
    emit page().clipsTab().samples().rowActivated(0);
    EXPECT_TRUE(document().state().face);
    EXPECT_FALSE(document().state().speech);
}

TEST_F(EvaluateTest, columnsAndExports) {
    openPage();
    page().start();
    settle();
    const auto* model = static_cast<StudyTableModel*>(page().view().model());
    const int all = model->columnCount();
    page().form().setState({{QStringLiteral("ticks"), QJsonObject{{QStringLiteral("published"), false}}}});
    EXPECT_EQ(model->columnCount(), all - 6);
    QTemporaryDir out;
    for (const char* suffix : {"md", "tex", "csv", "json", "svg"}) {
        const QString path = out.filePath(QStringLiteral("t.") + QLatin1String(suffix));
        page().writeTable(path);
        QFile file(path);
        ASSERT_TRUE(file.open(QIODevice::ReadOnly)) << suffix;
        const QByteArray bytes = file.readAll();
        EXPECT_GT(bytes.size(), 500) << suffix;
        if (QLatin1String(suffix) == QLatin1String("json")) EXPECT_TRUE(QJsonDocument::fromJson(bytes).isObject());
        if (QLatin1String(suffix) == QLatin1String("svg")) {
            QXmlStreamReader xml(bytes);
            while (!xml.atEnd()) xml.readNext();
            EXPECT_FALSE(xml.hasError()) << xml.errorString().toStdString();
            EXPECT_TRUE(bytes.contains("FRCorr"));
        }
    }
    EXPECT_THROW(page().writeTable(out.filePath(QStringLiteral("t.doc"))), Error);
}

TEST_F(EvaluateTest, theSessionKeepsThePage) {
    openPage();
    page().form().setState({{QStringLiteral("variant"), QStringLiteral("fixed")},
                            {QStringLiteral("numbers"), QJsonObject{{QStringLiteral("clips"), 3}}},
                            {QStringLiteral("models"), QJsonArray{QStringLiteral("mime")}}});
    page().chooseTab(QStringLiteral("robustness"));
    settle();
    const QString path = folder.filePath(QStringLiteral("s.emcs"));
    ASSERT_TRUE(window->saveSession(path));
    page().form().setState({{QStringLiteral("variant"), QStringLiteral("official")},
                            {QStringLiteral("numbers"), QJsonObject{{QStringLiteral("clips"), 0}}}});
    page().chooseTab(QStringLiteral("table"));
    ASSERT_TRUE(window->openSession(path));
    settle();
    const StudyRequest request = page().form().request();
    EXPECT_EQ(request.table.variant, "fixed");
    EXPECT_EQ(request.study.clips, 3);
    ASSERT_EQ(request.table.models.size(), 1u);
    EXPECT_EQ(request.table.models[0].model, "mime");
    EXPECT_EQ(request.study.corpus, backend->studyCorpus());
    EXPECT_TRUE(page().robustnessTab().isVisible());
}

TEST_F(EvaluateTest, curvesAndOcclusion) {
    openPage();
    page().form().setState({{QStringLiteral("numbers"), QJsonObject{{QStringLiteral("clips"), 4}}}});
    settle();
    page().chooseTab(QStringLiteral("robustness"));
    const auto says = [&](const char* begin) {
        for (const QLabel* label : page().robustnessTab().findChildren<QLabel*>())
            if (label->isVisible() && label->text().startsWith(QLatin1String(begin))) return true;
        return false;
    };
    EXPECT_TRUE(says("No curve yet"));
    emit page().robustnessTab().startRequested();
    EXPECT_TRUE(says("Measuring"));
    EXPECT_FALSE(says("No curve yet"));
    settle();
    ASSERT_TRUE(page().robustnessTab().hasResult());
    ASSERT_EQ(page().robustnessTab().plots().size(), 2u); // face, speech
    EXPECT_EQ(page().robustnessTab().result().curves.front().points.size(), 5u);
    EXPECT_EQ(page().robustnessTab().plots()[0]->curveCount(), page().robustnessTab().plots()[1]->curveCount());
    // Its figure sets the study up again.
    const CurveRequest asked = page().robustnessTab().request();
    const QJsonObject before = page().layoutState();
    QTemporaryDir out;
    const QString figure = out.filePath(QStringLiteral("r.svg"));
    put(figure, QByteArray::fromStdString(backend->studies().text(page().robustnessTab().result(), FigureFormat::Svg)));
    page().form().setState({{QStringLiteral("numbers"), QJsonObject{{QStringLiteral("clips"), 2}}},
                            {QStringLiteral("models"), QJsonArray{QStringLiteral("random")}}});
    page().robustnessTab().setState({{QStringLiteral("metric"), QStringLiteral("FRVar")}});
    page().chooseTab(QStringLiteral("table"));
    window->openPaths({figure});
    settle();
    EXPECT_EQ(page().form().request().study.clips, 4);
    ASSERT_EQ(page().form().request().table.models.size(), 1u) << "the weights of the others are not in the list";
    EXPECT_EQ(page().form().request().table.models[0].model, "mime");
    bool named = false;
    const QJsonObject wished = evaluateLayoutOf(settingsInFigure(figure), before);
    for (const QJsonValue& key :
         wished.value(QStringLiteral("form")).toObject().value(QStringLiteral("models")).toArray())
        named = named || key.toString().startsWith(QStringLiteral("trans-vae-emc\t"));
    EXPECT_TRUE(named);
    EXPECT_EQ(page().robustnessTab().request().metric, asked.metric);
    EXPECT_TRUE(page().robustnessTab().isVisible());
    page().restoreLayout(before);
    settle();
    page().chooseTab(QStringLiteral("occlusion"));
    OcclusionTab& tab = page().occlusionTab();
    const StudyPlace first = tab.place();
    tab.setState({{QStringLiteral("occlusion"), QStringLiteral("speech")},
                  {QStringLiteral("window"), 40},
                  {QStringLiteral("clip_place"), 2},
                  {QStringLiteral("row"), QJsonObject{{QStringLiteral("label"), QStringLiteral("Trans-VAE")},
                                                      {QStringLiteral("condition"), QStringLiteral("emc-no-face")}}}});
    ASSERT_EQ(tab.place().condition, "emc-no-face");
    ASSERT_NE(first.condition, "emc-no-face");
    emit page().occlusionTab().startRequested();
    settle();
    ASSERT_TRUE(page().occlusionTab().hasResult());
    EXPECT_EQ(page().occlusionTab().lane().pointCount(0),
              static_cast<int>(page().occlusionTab().result().points.size()));

    // Its figure brings back row, clip and window, and one Undo the study that was there before.
    const QString occlusion = out.filePath(QStringLiteral("o.svg"));
    put(occlusion, QByteArray::fromStdString(backend->studies().text(tab.result(), FigureFormat::Svg)));
    tab.setState(
        {{QStringLiteral("occlusion"), QStringLiteral("face")},
         {QStringLiteral("window"), 10},
         {QStringLiteral("clip_place"), 1},
         {QStringLiteral("row"), QJsonObject{{QStringLiteral("label"), QString::fromStdString(first.label)},
                                             {QStringLiteral("condition"), QString::fromStdString(first.condition)}}}});
    page().chooseTab(QStringLiteral("table"));
    settle();
    const QJsonObject other = page().layoutState();
    window->openPaths({occlusion});
    EXPECT_EQ(page().layoutState().value(QStringLiteral("occlusion")).toObject().value(QStringLiteral("clip_place")), 2)
        << "what is not there yet is not forgotten meanwhile";
    settle();
    EXPECT_TRUE(tab.isVisible());
    EXPECT_EQ(tab.place().label, "Trans-VAE");
    EXPECT_EQ(tab.place().condition, "emc-no-face");
    EXPECT_EQ(tab.clip(), 2);
    EXPECT_EQ(tab.options().window, 40);
    EXPECT_EQ(tab.options().modality, Modality::Speech);
    QPushButton* undo = nullptr;
    for (auto* button : window->messages().findChildren<QPushButton*>())
        if (button->text() == QStringLiteral("Undo")) undo = button;
    ASSERT_NE(undo, nullptr);
    undo->click();
    settle();
    EXPECT_EQ(tab.place().condition, first.condition);
    EXPECT_EQ(tab.clip(), 1);
    EXPECT_EQ(page().layoutState(), other);
}

TEST_F(EvaluateTest, moreThanSixCurvesAreNumberedOn) {
    openPage();
    Robustness result;
    result.metric = "FRCorr", result.clips = 3, result.samples = 10;
    for (int i = 0; i < 8; ++i) {
        RobustnessCurve curve;
        curve.label = "model " + std::to_string(i), curve.kind = "share", curve.modality = "face";
        for (const double x : {0.0, 0.5, 1.0}) {
            CurvePoint point;
            point.x = x, point.mean = 1.0 - 0.1 * i * x;
            curve.points.push_back(point);
        }
        result.curves.push_back(curve);
    }
    page().robustnessTab().setResult(result);
    std::vector<int> chips, keys;
    for (const SlotChip* chip : page().robustnessTab().findChildren<SlotChip*>())
        chips.push_back(chip->slotIndex() + 1);
    for (const CurveKey* key : page().robustnessTab().findChildren<CurveKey*>()) keys.push_back(key->curveStyle().slot);
    EXPECT_EQ(chips, (std::vector<int>{1, 2, 3, 4, 5, 6, 7, 8}));
    EXPECT_EQ(keys, chips);
}

TEST_F(EvaluateTest, anotherLanguageFindsTheRunningStudy) {
    openPage({.frames = 250, .msPerStudyReaction = 8});
    page().start();
    ASSERT_TRUE(waitUntil([this] { return window->jobs().liveCount() == 1; }));
    EvaluatePage second(*backend, window->jobs(), window->messages(), folder.path(), folder.path());
    second.restoreLayout(page().layoutState());
    second.form().setStudiesFolder(QString::fromStdString(backend->studiesFolder().string()));
    second.show();
    EXPECT_FALSE(second.settled()) << "the job of the page before goes on";
    settle();
    ASSERT_TRUE(waitUntil([&] { return second.settled(); }));
}

} // namespace
