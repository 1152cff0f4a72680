// What the window keeps and changes while it runs: language, layout, keys, folders of clips, runs.
#include <QComboBox>
#include <QDialog>
#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSplitter>
#include <QTest>
#include <QTimer>
#include <QTranslator>

#include <set>

#include "app/pages/doctor/doctor_page.h"
#include "app/pages/explore/left_dock.h"
#include "app/pages/train/group_form.h"
#include "app/pages/train/train_page.h"
#include "app/settings/language.h"
#include "app/window/jobs_button.h"
#include "app/window/relink_dialog.h"
#include "app/window/top_bar.h"
#include "tests/app/put_file.h"
#include "tests/app/window_test.h"
#include "widgets/common/controls.h"
#include "widgets/common/fault_text.h"
#include "widgets/common/message_bar.h"
#include "widgets/options/options_form.h"
#include "widgets/timeline/timeline_view.h"

using namespace emc;

namespace {

QSplitter* across(MainWindow& window) {
    for (auto* splitter : window.findChildren<QSplitter*>())
        if (splitter->orientation() == Qt::Horizontal) return splitter;
    return nullptr;
}

} // namespace

TEST_F(WindowTest, theLanguageChangesWhileTheWorkGoesOn) {
    Language tongue(*qApp, QStringLiteral("en"));
    open();
    QObject::connect(window.get(), &MainWindow::languageChosen, &tongue, &Language::setCode);
    press("toggle-speech");
    press("span-add");
    window->explore().clock().seekFrame(120);
    const SessionState before = document().state();
    TrainOptions options;
    options.steps = 100000;
    options.run = folder.filePath(QStringLiteral("runs/long")).toStdString();
    const JobId job = window->train().startRun(options);
    ASSERT_TRUE(waitUntil([&] { return window->jobs().find(job)->done > 2; }));
    window->showPage(QStringLiteral("train"));
    emit window->languageChosen(QStringLiteral("de"));
    auto* top = window->findChild<TopBar*>();
    ASSERT_TRUE(waitUntil([&] {
        top = window->findChild<TopBar*>();
        return top && top->pageName(1) == QStringLiteral("Trainieren");
    })) << top->pageName(1).toStdString();
    EXPECT_EQ(document().state(), before);
    EXPECT_TRUE(document().undoStack().canUndo());
    EXPECT_EQ(document().view().page, QStringLiteral("train"));
    EXPECT_FALSE(isFinal(window->jobs().find(job)->state)); // the run was not disturbed, and its row is there again
    EXPECT_TRUE(waitUntil([&] {                             // the page reads its runs anew
        const auto notes = window->train().findChildren<QLabel*>();
        return std::any_of(notes.begin(), notes.end(),
                           [](QLabel* note) { return note->text().contains(QStringLiteral("laufend: 1")); });
    }));
    ASSERT_TRUE(waitUntil([this] { return window->explore().settled(); }));
    EXPECT_EQ(window->explore().clock().frame(), 120);
    document().undoStack().undo(); // the actions belong to the same history
    EXPECT_NE(document().state(), before);
    window->jobs().cancel(job);
    emit window->languageChosen(QStringLiteral("en"));
    ASSERT_TRUE(waitUntil([&] {
        top = window->findChild<TopBar*>();
        return top && top->pageName(1) == QStringLiteral("Train");
    }));
}

TEST_F(WindowTest, theLayoutComesBackWithItsSession) {
    open();
    const QList<int> own = across(*window)->sizes();
    across(*window)->setSizes({own[0] + 60, own[1] - 160, own[2] + 100});
    emit across(*window)->splitterMoved(own[0] + 60, 1);
    window->explore().timeline().setView(40, 140);
    window->explore().showPane(1);
    const QList<int> wanted = across(*window)->sizes();
    const QString path = folder.filePath(QStringLiteral("layout.emcs"));
    ASSERT_TRUE(window->saveSession(path));
    window.reset();
    open();
    ASSERT_NE(across(*window)->sizes(), wanted);
    ASSERT_TRUE(window->openSession(path));
    ASSERT_TRUE(waitUntil([this] { return window->explore().settled(); }));
    const QList<int> now = across(*window)->sizes();
    ASSERT_EQ(now.size(), wanted.size());
    for (int i = 0; i < now.size(); ++i) EXPECT_NEAR(now[i], wanted[i], 3) << i;
    const QJsonObject state = window->explore().layoutState();
    EXPECT_EQ(state.value(QStringLiteral("solo")).toInt(-1), 1);
    EXPECT_NEAR(state.value(QStringLiteral("zoom")).toArray().at(0).toDouble(), 40, 1);
}

TEST_F(WindowTest, aHostileLayoutIsOnlyAWish) {
    open();
    const QList<int> before = across(*window)->sizes();
    window->explore().restoreLayout(
        QJsonDocument::fromJson(R"({"plain": {"left": 99999999, "right": 1e300, "panes": -5}, "solo": 77,
                                    "zoom": [1e18, -3]})")
            .object());
    window->train().restoreLayout(QJsonDocument::fromJson(R"({"queue": "AAAA", "runs": 3, "smoothing": -8})").object());
    const QList<int> after = across(*window)->sizes();
    EXPECT_LE(after[0], 360);
    EXPECT_GE(after[2], 300); // the page's own least width
    EXPECT_EQ(after.size(), before.size());
    EXPECT_TRUE(window->explore().settled());
}

TEST_F(WindowTest, changedKeysShowOnTheSwitches) {
    open();
    window->keys().assign(QStringLiteral("toggle-face"), QKeySequence(QStringLiteral("Z")));
    bool told = false;
    for (auto* toggle : window->findChildren<MeaningToggle*>())
        told = told || (toggle->toolTip().endsWith(QStringLiteral("(Z)")) &&
                        toggle->accessibleName().endsWith(QLatin1Char('Z')));
    EXPECT_TRUE(told);
    window->activateWindow();
    QTest::keyClick(window.get(), Qt::Key_Z);
    EXPECT_FALSE(document().state().face);
    QTest::keyClick(window.get(), Qt::Key_F);
    EXPECT_FALSE(document().state().face);
}

TEST_F(WindowTest, aCorpusInTheReactLayoutIsListedByPartition) {
    open();
    put(folder.filePath(QStringLiteral("corpus/val.csv")),
        ",speaker_path,listener_path\n0,Made/s1/Expert_video/1,Made/s1/Novice_video/1\n");
    put(folder.filePath(QStringLiteral("corpus/val/Video_files/Made/s1/Expert_video/1.mp4")), "x");
    put(folder.filePath(QStringLiteral("corpus/val/Video_files/Made/s1/Novice_video/1.mp4")), "x");
    window->openPaths({folder.filePath(QStringLiteral("corpus"))});
    const auto& known = window->explore().knownClips();
    ASSERT_FALSE(known.empty());
    EXPECT_EQ(known.back().first, QStringLiteral("corpus · val"));
    EXPECT_EQ(known.back().second.name, QStringLiteral("s1/1"));
    const int messages = window->messages().count();
    QDir().mkpath(folder.filePath(QStringLiteral("nothing")));
    window->openPaths({folder.filePath(QStringLiteral("nothing"))});
    EXPECT_GE(window->messages().count(), messages);
    EXPECT_TRUE(window->messages().lastText().contains(QStringLiteral("no clips")));
}

TEST_F(WindowTest, aRunNeedsNoFolderOfItsOwn) {
    open();
    window->showPage(QStringLiteral("train"));
    auto* form = window->train().findChild<OptionsForm*>();
    ASSERT_TRUE(form);
    ASSERT_TRUE(form->setValueText("data.corpus", folder.path()));
    QPushButton* start = nullptr;
    for (auto* button : window->train().findChildren<QPushButton*>())
        if (button->property("primary").toBool()) start = button;
    ASSERT_TRUE(start);
    start->click();
    ASSERT_EQ(window->jobs().list().back().spec.kind, QStringLiteral("train"))
        << window->messages().lastText().toStdString();
    EXPECT_FALSE(window->jobs().list().back().spec.place.isEmpty());
    window->jobs().cancel(window->jobs().list().back().id);
}

TEST_F(WindowTest, theThirdCurveIsChosenFromWhatTrainingLogs) {
    put(folder.filePath(QStringLiteral("run/log.jsonl")),
        R"({"event":"step","step":1,"steps":2,"loss":3.0,"rec":2.0,"kl":1.0,"cma_f":9.0,"lr":0.1}
{"event":"epoch","step":1,"steps":2,"val":1.5,"val_kl":1.0,"mean_sequence":1.2,"epoch":0}
)");
    const RunCurves curves = readRunLog(folder.filePath(QStringLiteral("run")).toStdString());
    for (const char* name : {"loss", "rec", "kl", "cma_f", "lr", "val", "mean_sequence"})
        EXPECT_EQ(curves.byName.value(QLatin1String(name)).x.size(), 1U) << name;
    open();
    window->showPage(QStringLiteral("train"));
    TrainOptions options;
    options.steps = 60;
    const JobId job = window->train().startRun(options);
    ASSERT_TRUE(waitUntil([&] { return window->jobs().find(job)->state == JobState::Done; }));
    QTest::qWait(200);
    QStringList offered;
    for (auto* box : window->train().findChildren<QComboBox*>())
        for (int i = 0; i < box->count(); ++i) offered.append(box->itemData(i).toString());
    EXPECT_TRUE(offered.contains(QStringLiteral("kl")));
    EXPECT_FALSE(offered.contains(QStringLiteral("val")));
}

TEST_F(WindowTest, severalSeedsAreTrainedAsOneJob) {
    open();
    window->showPage(QStringLiteral("train"));
    GroupForm& form = window->train().groupForm();
    form.setOn(true);
    EXPECT_TRUE(form.fault().isEmpty()) << form.fault().toStdString();
    EXPECT_EQ(form.seeds(), (std::vector<int>{1, 2, 3}));
    EXPECT_GE(form.models().size(), 2U) << "the chosen model in its forms";
    form.setState(
        {{QStringLiteral("on"), true},
         {QStringLiteral("seeds"), QStringLiteral("4 5,5")},
         {QStringLiteral("models"), QJsonArray{QStringLiteral("trans-vae-emc"), QStringLiteral("trans-vae")}}});
    EXPECT_EQ(form.seeds(), (std::vector<int>{4, 5}));
    TrainGroup group;
    group.base.corpus = folder.filePath(QStringLiteral("made")).toStdString();
    group.base.steps = 40;
    group.models = form.models(), group.seeds = form.seeds();
    const JobId job = window->train().startGroup(group);
    EXPECT_TRUE(window->jobs().find(job)->spec.place.contains(QStringLiteral("group-made")));
    ASSERT_TRUE(waitUntil([&] { return window->jobs().find(job)->done > 45; }))
        << "beyond the first run: " << window->jobs().find(job)->done << " of " << window->jobs().find(job)->total
        << window->jobs().find(job)->problem.toStdString();
    EXPECT_EQ(window->jobs().find(job)->total, 160);
    EXPECT_TRUE(window->jobs().cancel(job));
    ASSERT_TRUE(waitUntil([&] { return window->jobs().find(job)->state == JobState::Cancelled; }));
    // What a session keeps of the form, and what is no group.
    const QJsonObject state = window->train().layoutState();
    form.setState({{QStringLiteral("on"), true}, {QStringLiteral("seeds"), QStringLiteral("1, x")}});
    EXPECT_FALSE(form.fault().isEmpty());
    window->train().restoreLayout(state);
    EXPECT_EQ(form.seeds(), (std::vector<int>{4, 5}));
    EXPECT_TRUE(form.fault().isEmpty());
}

TEST_F(WindowTest, theDoctorGroupsItsChecks) {
    open();
    window->showPage(QStringLiteral("doctor"));
    ASSERT_TRUE(waitUntil([&] { return window->doctor().settled(); }));
    QStringList texts;
    for (auto* label : window->doctor().findChildren<QLabel*>()) texts.append(label->text());
    for (const char* title : {"Playback and import", "3D and display", "Computing", "Files"})
        EXPECT_TRUE(texts.contains(QLatin1String(title))) << title;
    EXPECT_TRUE(texts.contains(QStringLiteral("0 of 1 fine"))); // the made machine has no sound
}

// What core/train describes is what the form shows in every language.
TEST(OptionWords, everySentenceIsTranslated) {
    class Words : public OptionVisitor {
    public:
        std::set<std::string> all;
        void group(const std::string& label) override { all.insert(label); }
        void option(const OptionInfo& info, bool&) override { add(info); }
        void option(const OptionInfo& info, int&) override { add(info); }
        void option(const OptionInfo& info, double&) override { add(info); }
        void option(const OptionInfo& info, std::string&) override { add(info); }
        void option(const OptionInfo& info, std::vector<int>&) override { add(info); }

    private:
        void add(const OptionInfo& info) { all.insert({info.label, info.help, info.unit}); }
    } words;
    TrainOptions().visit(words);
    EXPECT_GT(words.all.size(), 40U);
    for (const auto& [code, name] : Language::all()) {
        if (code == QLatin1String("en")) continue;
        QTranslator translator;
        ASSERT_TRUE(translator.load(QStringLiteral(":/i18n/emc_%1.qm").arg(code)));
        for (const std::string& text : words.all)
            EXPECT_TRUE(text.empty() || !translator.translate(OptionsForm::kTextContext, text.c_str()).isEmpty())
                << code.toStdString() << ": add to app/pages/train/option_words.cpp and translations: " << text;
    }
}

TEST_F(WindowTest, aLongFaultIsReadableInItsPaneAndWhollyAtHand) {
    open({1280, 800}, ThemeContext::Choice::Dark,
         {.frames = 250, .failModel = "trans-vae-emc", .failTensors = 300}); // the model of a new session
    FaultText* shown = nullptr;
    ASSERT_TRUE(waitUntil([&] {
        for (auto* text : window->findChildren<FaultText*>())
            if (text->isVisible()) shown = text;
        return shown != nullptr;
    }));
    auto* pane = shown->parentWidget();
    EXPECT_TRUE(pane->rect().contains(shown->geometry()));
    const QFontMetrics measure(Theme::of(shown).font(12));
    for (const QString& line : shown->lines()) EXPECT_LE(measure.horizontalAdvance(line), shown->width());
    EXPECT_LT(shown->text().size(), 300);
    EXPECT_GE(shown->lines().size(), 5) << "the room of the pane is used";
    QPushButton* details = nullptr;
    for (auto* button : pane->findChildren<QPushButton*>())
        if (button->isVisible()) details = button;
    ASSERT_NE(details, nullptr);
    QString whole;
    QTimer::singleShot(0, [&] {
        auto* dialog = qobject_cast<QDialog*>(QApplication::activeModalWidget());
        if (!dialog) return;
        whole = dialog->findChild<QPlainTextEdit*>()->toPlainText();
        dialog->accept();
    });
    details->click();
    EXPECT_TRUE(whole.contains(QStringLiteral("decoder.layers.299.self_attn.weight")));
}

TEST_F(WindowTest, theDockOverThePageFoldsLikeAMenu) {
    open({1280, 800});
    ExplorePage& page = window->explore();
    auto* dock = page.findChild<LeftDock*>();
    EXPECT_FALSE(dock->isVisible());
    page.focusSearch();
    EXPECT_TRUE(dock->isVisible());
    QTest::mouseClick(dock, Qt::LeftButton, {}, {30, 10});
    EXPECT_TRUE(dock->isVisible()) << "a click into it is work";
    QTest::mouseClick(&page.timeline(), Qt::LeftButton, {}, {400, 40});
    EXPECT_FALSE(dock->isVisible());
    page.focusSearch();
    QTest::keyClick(dock, Qt::Key_Escape);
    EXPECT_FALSE(dock->isVisible());
    page.focusSearch();
    window->resize(1600, 1000); // where the dock has a place of its own
    EXPECT_TRUE(waitUntil([&] { return dock->isVisible() && dock->parentWidget() != &page; }));
    QTest::mouseClick(&page.timeline(), Qt::LeftButton, {}, {400, 40});
    EXPECT_TRUE(dock->isVisible());
    const auto says = [&](const char* words) {
        for (auto* label : dock->findChildren<QLabel*>())
            if (label->text() == QLatin1String(words)) return true;
        return false;
    };
    EXPECT_TRUE(says("nothing missing"));
    press("toggle-speech");
    EXPECT_TRUE(says("without speech")) << "a switch of the whole clip is a condition too";
    press("span-add");
    EXPECT_FALSE(says("without speech"));
}

TEST_F(WindowTest, anotherClipStartsAtItsBeginning) {
    open();
    window->explore().clock().seekFrame(120);
    QDir().mkpath(folder.filePath(QStringLiteral("other")));
    put(folder.filePath(QStringLiteral("other/clip.toml")), "");
    window->openPaths({folder.filePath(QStringLiteral("other"))});
    ASSERT_TRUE(waitUntil([&] { return window->explore().settled(); }));
    EXPECT_EQ(window->explore().clock().frame(), 0);
    window->explore().clock().seekFrame(60);
    window->openPaths({folder.filePath(QStringLiteral("other"))}); // the one that is open
    ASSERT_TRUE(waitUntil([&] { return window->explore().settled(); }));
    EXPECT_EQ(window->explore().clock().frame(), 60);
}

TEST_F(WindowTest, theJobsButtonHasRoomForItsBar) {
    open();
    auto* button = window->findChild<JobsButton*>();
    TrainOptions options;
    options.steps = 100000;
    options.corpus = "/corpus";
    const JobId first = window->train().startRun(options), second = window->train().startRun(options);
    EXPECT_NE(window->jobs().find(first)->spec.place, window->jobs().find(second)->spec.place);
    ASSERT_TRUE(waitUntil([&] { return window->jobs().find(first)->done > 2; }));
    EXPECT_TRUE(waitUntil([&] { return button->width() >= button->sizeHint().width(); }));
    for (const JobId job : {first, second}) window->jobs().cancel(job);
}
