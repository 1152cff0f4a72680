#include <gtest/gtest.h>

#include <QAbstractButton>
#include <QApplication>
#include <QComboBox>
#include <QHeaderView>
#include <QImage>
#include <QLabel>
#include <QMenuBar>
#include <QPushButton>
#include <QStyleOptionComboBox>
#include <QTableWidget>
#include <QTemporaryDir>
#include <QToolButton>

#include <map>
#include <set>

#include "app/main_window.h"
#include "app/pages/doctor/doctor_page.h"
#include "app/pages/explore/explore_page.h"
#include "app/pages/train/train_page.h"
#include "app/screenshots.h"
#include "app/settings/language.h"
#include "tests/app/put_file.h"
#include "tests/app/wait.h"
#include "tests/app/window_test.h"
#include "tests/widgets/made_data.h"
#include "widgets/attention/attention_panel.h"
#include "widgets/attention/segment_bar.h"
#include "widgets/common/controls.h"
#include "widgets/common/message_bar.h"
#include "widgets/timeline/timeline_view.h"

using namespace emc;

namespace {

int coloursIn(const QImage& image) {
    std::set<QRgb> seen;
    for (int y = 0; y < image.height(); y += 3)
        for (int x = 0; x < image.width(); x += 3) seen.insert(image.pixel(x, y));
    return static_cast<int>(seen.size());
}

// What is cut off: controls that reach out of the window or their parent, texts wider than their button.
QStringList clipped(const QWidget& window) {
    QStringList faults;
    for (const QWidget* w : window.findChildren<QWidget*>()) {
        if (!w->isVisibleTo(&window) || w->isWindow() || w->visibleRegion().isEmpty()) continue;
        if (const auto* header = qobject_cast<const QHeaderView*>(w); header && header->model()) {
            for (int i = 0; i < header->count(); ++i) {
                const QString text = header->model()->headerData(i, header->orientation()).toString();
                if (header->orientation() == Qt::Horizontal && !header->isSectionHidden(i) &&
                    header->fontMetrics().horizontalAdvance(text) > header->sectionSize(i) - 8)
                    faults << QStringLiteral("header \"%1\" is cut").arg(text);
            }
            continue;
        }
        const auto* segments = qobject_cast<const SegmentBar*>(w);
        const bool control = qobject_cast<const QAbstractButton*>(w) || qobject_cast<const QComboBox*>(w) || segments;
        if (!control) continue;
        const QString name =
            QStringLiteral("%1 \"%2\"").arg(QLatin1String(w->metaObject()->className()), w->accessibleName());
        bool scrolls = false;
        for (const QWidget* p = w->parentWidget(); p; p = p->parentWidget())
            scrolls = scrolls || p->inherits("QAbstractScrollArea");
        if (!scrolls && !w->parentWidget()->rect().contains(w->geometry()))
            faults << name + QStringLiteral(" reaches out of its parent");
        if (const auto* button = qobject_cast<const QPushButton*>(w)) {
            const int text = button->fontMetrics().horizontalAdvance(button->text()) +
                             (button->icon().isNull() ? 0 : button->iconSize().width());
            if (!button->text().isEmpty() && text > button->width())
                faults << QStringLiteral("text of %1 \"%2\" is cut").arg(name, button->text());
        } else if (const auto* box = qobject_cast<const QComboBox*>(w); box && !box->isEditable()) {
            QStyleOptionComboBox option;
            option.initFrom(box);
            option.subControls = QStyle::SC_All;
            const QRect field =
                box->style()->subControlRect(QStyle::CC_ComboBox, &option, QStyle::SC_ComboBoxEditField, box);
            if (box->fontMetrics().horizontalAdvance(box->currentText()) > field.width() + 1) // the last bearing is air
                faults << QStringLiteral("\"%1\" in %2 is cut: %3 of %4")
                              .arg(box->currentText(), name)
                              .arg(field.width())
                              .arg(box->fontMetrics().horizontalAdvance(box->currentText()));
        } else if (segments && !segments->isFolded() && !segments->items().isEmpty() &&
                   segments->itemRect(static_cast<int>(segments->items().size()) - 1).right() > segments->width()) {
            faults << name + QStringLiteral(" has segments that are cut");
        } else if (w->width() + 1 < w->minimumSizeHint().width() && !qobject_cast<const QComboBox*>(w)) {
            faults << name + QStringLiteral(" is narrower than it must be");
        }
    }
    return faults;
}

} // namespace

TEST_F(WindowTest, togglesStartReactionsAndAreUndone) {
    open();
    const SessionState before = document().state();
    const int calls = backend->reactCalls;
    press("toggle-speech");
    EXPECT_FALSE(document().state().speech);
    ASSERT_TRUE(waitUntil([&] { return window->explore().settled(); }));
    EXPECT_GT(backend->reactCalls, calls);
    const auto& spans = window->explore().timeline().spans(Modality::Speech);
    ASSERT_EQ(spans.size(), 1U);
    EXPECT_EQ(spans[0], (FrameSpan{0, 250}));
    press("toggle-face"); // the last modality stays
    EXPECT_TRUE(document().state().face);
    EXPECT_GE(window->messages().count(), 1);
    document().undoStack().undo();
    EXPECT_EQ(document().state(), before);
    EXPECT_TRUE(window->explore().timeline().spans(Modality::Speech).empty());
    press("toggle-emc");
    EXPECT_FALSE(document().state().compensation);
    ASSERT_TRUE(waitUntil([&] { return window->explore().settled(); }));
    EXPECT_EQ(window->explore().reactions().panes()[0].effective, QStringLiteral("trans-vae"));
}

TEST_F(WindowTest, spansOfTheTimelineGoThroughTheHistory) {
    open();
    TimelineView& timeline = window->explore().timeline();
    emit timeline.spansChangeRequested(Modality::Face, {}, {{20, 60}});
    EXPECT_EQ(timeline.spans(Modality::Face), (std::vector<FrameSpan>{{20, 60}}));
    emit timeline.spansChangeRequested(Modality::Face, {{20, 60}}, {{20, 90}});
    document().undoStack().undo();
    EXPECT_EQ(timeline.spans(Modality::Face), (std::vector<FrameSpan>{{20, 60}}));
    document().undoStack().undo();
    EXPECT_TRUE(timeline.spans(Modality::Face).empty());
    window->explore().clock().seekFrame(100);
    press("span-add");
    EXPECT_EQ(timeline.spans(Modality::Speech), (std::vector<FrameSpan>{{100, 150}}));
}

TEST_F(WindowTest, aSessionComesBackAsItWas) {
    open();
    press("toggle-ea");
    press("sample-after");
    press("span-add");
    const SessionState wanted = document().state();
    const QString path = folder.filePath(QStringLiteral("mine.emcs"));
    ASSERT_TRUE(window->saveSession(path));
    EXPECT_FALSE(document().modified());
    press("new");
    EXPECT_TRUE(document().state().emotionAttention);
    ASSERT_TRUE(window->openSession(path));
    EXPECT_EQ(document().state(), wanted);
    EXPECT_FALSE(window->openSession(folder.filePath(QStringLiteral("absent.emcs"))));
    EXPECT_FALSE(window->messages().lastText().isEmpty());
}

TEST_F(WindowTest, aBrokenClipIsAMessageAndNothingElse) {
    open();
    document().change(QStringLiteral("x"),
                      [](SessionState& s) { s.clips.append(QStringLiteral("/x/broken")), s.clip = s.clips.back(); });
    ASSERT_TRUE(waitUntil([&] { return window->messages().lastText().contains(QStringLiteral("no frames")); }));
    document().undoStack().undo();
    ASSERT_TRUE(waitUntil([&] { return window->explore().settled(); }));
}

TEST_F(WindowTest, trainingRunsPausesAndFinishesEarly) {
    open();
    window->showPage(QStringLiteral("train"));
    TrainOptions options;
    options.steps = 5000;
    const JobId id = window->train().startRun(options);
    const JobId second = window->train().startRun(options);
    JobRunner& jobs = window->jobs();
    ASSERT_TRUE(waitUntil([&] { return jobs.find(id)->done > 5; }));
    EXPECT_EQ(jobs.find(second)->state, JobState::Queued);
    EXPECT_TRUE(jobs.pause(id));
    EXPECT_TRUE(jobs.resume(id));
    EXPECT_TRUE(jobs.finishEarly(id));
    ASSERT_TRUE(waitUntil([&] { return jobs.find(id)->state == JobState::Done; }));
    EXPECT_LT(jobs.find(id)->done, 5000) << "finished early, but shown as if all steps had been made";
    ASSERT_TRUE(waitUntil([&] { return jobs.find(second)->state == JobState::Running; }));
    EXPECT_TRUE(jobs.cancel(second));
    ASSERT_TRUE(waitUntil([&] { return jobs.find(second)->state == JobState::Cancelled; }));
}

TEST_F(WindowTest, theDoctorListsEveryCheck) {
    open();
    window->showPage(QStringLiteral("doctor"));
    ASSERT_TRUE(waitUntil([&] { return window->doctor().settled(); }));
    EXPECT_EQ(window->doctor().checks().size(), 4U);
    EXPECT_TRUE(window->doctor().report().contains(QStringLiteral("[fix] Sound")));
}

TEST_F(WindowTest, picturesOfEveryPageShowSomethingInBothThemes) {
    for (const auto choice : {ThemeContext::Choice::Dark, ThemeContext::Choice::Light}) {
        window.reset();
        open({1600, 1000}, choice);
        const QString out =
            folder.filePath(choice == ThemeContext::Choice::Dark ? QStringLiteral("dark") : QStringLiteral("light"));
        ASSERT_EQ(writeScreenshots(*window, out), 0);
        for (const char* page : {"explore", "attention", "cma", "train", "evaluate", "doctor"}) {
            const QImage image(out + QLatin1Char('/') + QLatin1String(page) + QStringLiteral(".png"));
            ASSERT_EQ(image.size(), QSize(1600, 1000)) << page;
            EXPECT_GT(coloursIn(image), 12) << page;
            const bool dark = QColor(image.pixel(4, 500)).lightness() < 128;
            EXPECT_EQ(dark, choice == ThemeContext::Choice::Dark) << page;
        }
    }
}

// The right dock is narrowest at 1280: models with many heads and layers have to fit there too, in every language.
TEST_F(WindowTest, theAttentionPanelFitsForManyHeads) {
    for (const auto& [code, name] : Language::all()) {
        Language language(*qApp, code);
        window.reset();
        open({1280, 800});
        auto* panel = window->findChild<AttentionPanel*>();
        ASSERT_TRUE(panel && panel->isVisible());
        for (const int heads : {4, 8, 12})
            for (const int layers : {1, 12}) {
                AttentionSource source{1, QStringLiteral("FaceAIS + EMC"), {}, {}, {}};
                for (int layer = 0; layer < layers; ++layer)
                    for (const char* part : {"self_x", "self_e", "cross"}) {
                        source.maps.push_back(test::madeAttention("u_ea_f", part, heads, 40, 40));
                        source.maps.back().layer = layer;
                    }
                panel->setSources({source});
                QTest::qWait(20);
                const QStringList faults = clipped(*window);
                EXPECT_TRUE(faults.isEmpty()) << heads << " heads, " << layers << " layers, " << code.toStdString()
                                              << ": " << faults.join(QStringLiteral("; ")).toStdString();
                auto* headBar = panel->findChild<SegmentBar*>(QStringLiteral("heads"));
                ASSERT_TRUE(headBar);
                if (heads == 4 && layers == 1) EXPECT_FALSE(headBar->isFolded()) << "the usual case, one click away";
                if (heads == 12) EXPECT_TRUE(headBar->isFolded());
                const auto* table = panel->findChild<QTableWidget*>();
                for (int c = 0; c < 2; ++c)
                    EXPECT_GE(table->columnWidth(c),
                              static_cast<const QAbstractItemView*>(table)->sizeHintForColumn(c));
                QTest::keyClick(headBar, Qt::Key_Right); // folded or not, every head can be reached
                EXPECT_EQ(panel->currentHead(), 0);
                panel->chooseHead(-1);
            }
    }
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
}

TEST_F(WindowTest, aFigureBringsItsSessionBack) {
    open();
    press("toggle-speech");
    document().change(QStringLiteral("seed"), [](SessionState& s) { s.seed = 4711; });
    ASSERT_TRUE(waitUntil([&] { return window->explore().settled(); }));
    const SessionState made = document().state();
    const auto alike = [&](SessionState now) { // a file names a clip without missing spans too
        const bool same = now.conditions.value(now.clip) == made.conditions.value(made.clip);
        now.conditions = made.conditions;
        return same && now == made;
    };
    auto* panel = window->findChild<AttentionPanel*>();
    ASSERT_TRUE(panel);
    for (const char* name : {"a.svg", "a.png"}) {
        const QString figure = folder.filePath(QLatin1String(name));
        panel->setSources({{1, QStringLiteral("M"), {}, {test::madeAttention("u_ea_f", "cross", 4, 40, 40)}, {}}});
        panel->exportTo(figure, QString::fromUtf8(document().text(folder.path())));
        press("toggle-speech");
        document().change(QStringLiteral("seed"), [](SessionState& s) { s.seed = 8; });
        const SessionState other = document().state();
        window->openPaths({figure});
        EXPECT_TRUE(alike(document().state())) << name;
        document().undoStack().undo();
        EXPECT_EQ(document().state(), other) << name;
        document().undoStack().redo();
    }
    const QString plain = folder.filePath(QStringLiteral("plain.svg"));
    put(plain, "<svg xmlns=\"http://www.w3.org/2000/svg\"><metadata>none</metadata></svg>");
    window->openPaths({plain});
    EXPECT_TRUE(alike(document().state()));
    EXPECT_TRUE(window->messages().lastText().contains(QStringLiteral("does not say how it was made")));
}

TEST_F(WindowTest, everyControlHasAName) {
    open();
    for (const char* page : {"explore", "train", "evaluate", "doctor"}) {
        window->showPage(QLatin1String(page));
        QTest::qWait(20);
        for (const auto* button : window->findChildren<QAbstractButton*>())
            if (button->isVisibleTo(window.get()) && button->objectName() != QLatin1String("qt_menubar_ext_button") &&
                !button->inherits("QTableCornerButton") && !button->parentWidget()->inherits("QLineEdit") &&
                !button->parentWidget()->inherits("QTabBar"))
                EXPECT_FALSE(button->accessibleName().isEmpty() && button->text().isEmpty())
                    << page << ": " << button->metaObject()->className() << " in "
                    << button->parentWidget()->metaObject()->className();
    }
}

TEST_F(WindowTest, keysOfTheSheetAreUnique) {
    open();
    std::set<QString> keys;
    for (const QAction* action : window->actionsByKey())
        for (const QKeySequence& key : action->shortcuts())
            EXPECT_TRUE(keys.insert(key.toString()).second) << key.toString().toStdString();
    for (const char* key : {"Space", "F", "S", "E", "M", "J", "K", "L", "?", "Ctrl+J"})
        EXPECT_TRUE(keys.contains(QLatin1String(key))) << key;
}

// That no text lacks its words is what checks.translations looks at.
TEST_F(WindowTest, nothingIsCutOffInAnyLanguage) {
    const std::map<QString, std::pair<QString, QString>> words = {
        {QStringLiteral("en"), {QStringLiteral("Undo"), QStringLiteral("valence")}},
        {QStringLiteral("de"), {QStringLiteral("Rückgängig"), QStringLiteral("Valenz")}},
        {QStringLiteral("fr"), {QStringLiteral("Annuler"), QStringLiteral("valence")}},
        {QStringLiteral("zh"), {QStringLiteral("撤销"), QStringLiteral("效价")}}};
    ASSERT_EQ(Language::all().size(), words.size());
    for (const auto& [code, name] : Language::all()) {
        window.reset();
        Language language(*qApp, code);
        EXPECT_EQ(QCoreApplication::translate("emc::MainWindow", "Undo"), words.at(code).first) << code.toStdString();
        EXPECT_EQ(QCoreApplication::translate("Channels", "valence"), words.at(code).second) << code.toStdString();
        for (const QSize& size : {QSize(1280, 800), QSize(1920, 1080)}) {
            window.reset();
            open(size);
            EXPECT_EQ(window->size(), size);
            for (const char* page : {"explore", "train", "evaluate", "doctor"}) {
                window->showPage(QLatin1String(page));
                QTest::qWait(50);
                const QStringList faults = clipped(*window);
                EXPECT_TRUE(faults.isEmpty()) << code.toStdString() << ", " << page << " at " << size.width() << ": "
                                              << faults.join(QStringLiteral("; ")).toStdString();
            }
        }
        window.reset();
    }
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
}
