// MainWindow, second part: menus, keys and the sheet that shows them.
#include <QAction>
#include <QActionGroup>
#include <QApplication>
#include <QDialog>
#include <QGridLayout>
#include <QLabel>
#include <QMenuBar>
#include <QScrollArea>

#include "app/main_window.h"
#include "app/pages/explore/explore_page.h"
#include "app/pages/train/train_page.h"
#include "app/settings/language.h"
#include "app/window/keys_dialog.h"
#include "app/window/top_bar.h"
#include "widgets/common/controls.h"
#include "widgets/common/message_bar.h"
#include "widgets/timeline/timeline_view.h"

namespace emc {

// Single letters do not fire in a text field: Qt offers keys to the focused field first.
QAction* MainWindow::action(QMenu* menu, const QString& name, const QString& text, const QString& keys,
                            const std::function<void()>& run) {
    auto* made = new QAction(text, this);
    made->setObjectName(name);
    m_keys.add(made, menu ? menu->title() : tr("Panes"), keys);
    made->setAutoRepeat(name.startsWith(QLatin1String("step")) || name.startsWith(QLatin1String("sample")));
    connect(made, &QAction::triggered, this, run);
    if (menu) menu->addAction(made);
    else addAction(made);
    m_actions.push_back(made);
    return made;
}

void MainWindow::buildMenus() {
    QMenuBar* bar = m_top->menus();
    ExplorePage* explore = m_explore;
    QMenu* file = bar->addMenu(tr("File"));
    action(file, QStringLiteral("new"), tr("New session"), QStringLiteral("Ctrl+N"), [this] {
        if (mayDiscard()) newSession();
    });
    action(file, QStringLiteral("open"), tr("Open…"), QStringLiteral("Ctrl+O"), [this] { openAsked(); });
    action(file, QStringLiteral("add-folder"), tr("Add folder…"), QStringLiteral("Ctrl+Shift+O"),
           [this] { chooseFolder(); });
    action(file, QStringLiteral("open-checkpoint"), tr("Open checkpoint…"), {}, [this] { openCheckpointAsked(); });
    action(file, QStringLiteral("demo"), tr("Open the demo"), {}, [this] {
        if (mayDiscard()) openDemo();
    });
    m_recent = file->addMenu(tr("Recent sessions"));
    refreshRecent();
    file->addSeparator();
    action(file, QStringLiteral("save"), tr("Save session"), QStringLiteral("Ctrl+S"), [this] { saveAsked(false); });
    action(file, QStringLiteral("save-as"), tr("Save session as…"), QStringLiteral("Ctrl+Shift+S"),
           [this] { saveAsked(true); });
    file->addSeparator();
    action(file, QStringLiteral("quit"), tr("Quit"), QStringLiteral("Ctrl+Q"), [this] { close(); });

    QMenu* edit = bar->addMenu(tr("Edit"));
    QAction* undo = m_document.undoStack().createUndoAction(this, tr("Undo"));
    QAction* redo = m_document.undoStack().createRedoAction(this, tr("Redo"));
    undo->setObjectName(QStringLiteral("undo"));
    redo->setObjectName(QStringLiteral("redo"));
    m_keys.add(undo, edit->title(), QStringLiteral("Ctrl+Z"));
    m_keys.add(redo, edit->title(), QStringLiteral("Ctrl+Shift+Z"));
    m_undoActions = {undo, redo};
    edit->addActions({undo, redo});
    m_top->setUndo(undo, redo);
    edit->addSeparator();
    action(edit, QStringLiteral("find"), tr("Find a clip"), QStringLiteral("Ctrl+F"),
           [this, explore] { showPage(QStringLiteral("explore")), explore->focusSearch(); });
    edit->addSeparator();
    action(edit, QStringLiteral("edit-keys"), tr("Change keys…"), {}, [this] { editKeys(); });

    QMenu* view = bar->addMenu(tr("View"));
    const std::pair<const char*, QString> pages[] = {
        {"explore", tr("Explore")}, {"train", tr("Train")}, {"evaluate", tr("Evaluate")}, {"doctor", tr("Doctor")}};
    int number = 1;
    for (const auto& [name, text] : pages)
        action(view, QStringLiteral("page-") + QLatin1String(name), text, QStringLiteral("Ctrl+%1").arg(number++),
               [this, name = QString::fromLatin1(name)] { showPage(name); });
    view->addSeparator();
    action(view, QStringLiteral("camera-reset"), tr("Reset view"), QStringLiteral("R"),
           [explore] { explore->resetView(); });
    action(view, QStringLiteral("camera-one"), tr("One camera for all faces"), QStringLiteral("C"),
           [explore] { explore->toggleOneCamera(); });
    action(view, QStringLiteral("listener"), tr("Real listener"), QStringLiteral("0"),
           [explore] { explore->toggleListener(); });
    action(view, QStringLiteral("zoom-in"), tr("Zoom into the timeline"), QStringLiteral("+"),
           [explore] { explore->timeline().zoomIn(); });
    action(view, QStringLiteral("zoom-out"), tr("Zoom out of the timeline"), QStringLiteral("-"),
           [explore] { explore->timeline().zoomOut(); });
    action(view, QStringLiteral("follow"), tr("Follow the playhead"), QStringLiteral("H"), [] {});
    QAction* follow = m_actions.back();
    follow->setCheckable(true);
    follow->setChecked(true);
    connect(follow, &QAction::toggled, this, [explore](bool on) { explore->timeline().setFollowPlayhead(on); });
    view->addSeparator();
    buildLookMenus(view);
    action(view, QStringLiteral("full-screen"), tr("Full screen"), QStringLiteral("F11"),
           [this] { isFullScreen() ? showNormal() : showFullScreen(); });

    buildClipMenu();
    QMenu* model = bar->addMenu(tr("Model"));
    for (const auto& [key, text, name] :
         {std::tuple{"F", tr("Face"), "face"}, std::tuple{"S", tr("Speech"), "speech"},
          std::tuple{"E", tr("Emotion attention"), "ea"}, std::tuple{"M", tr("Compensation (EMC)"), "emc"}})
        action(model, QStringLiteral("toggle-") + QLatin1String(name), text, QLatin1String(key),
               [explore, which = QString::fromLatin1(name)] { explore->toggleSwitch(which); });
    model->addSeparator();
    action(model, QStringLiteral("sample-before"), tr("Sample before"), QStringLiteral(","),
           [explore] { explore->stepSample(-1); });
    action(model, QStringLiteral("sample-after"), tr("Sample after"), QStringLiteral("."),
           [explore] { explore->stepSample(1); });
    action(model, QStringLiteral("new-draws"), tr("New draws"), QStringLiteral("N"),
           [explore] { explore->newDraws(); });
    action(model, QStringLiteral("lock-seed"), tr("Lock the seed"), QStringLiteral("G"),
           [explore] { explore->toggleSeedLock(); });
    model->addSeparator();
    for (int i = 0; i < 6; ++i)
        action(i < 4 ? model : nullptr, QStringLiteral("pane-%1").arg(i + 1), tr("Only pane %1").arg(i + 1),
               QString::number(i + 1), [explore, i] { explore->showPane(i); });

    QMenu* help = bar->addMenu(tr("Help"));
    action(help, QStringLiteral("keys"), tr("Keys"), QStringLiteral("?"), [this] { showKeys(); });
    action(help, QStringLiteral("jobs"), tr("Jobs"), QStringLiteral("Ctrl+J"), [this] { m_top->openJobs(); });
    action(help, QStringLiteral("reload"), tr("Read the runs again"), QStringLiteral("F5"),
           [this] { m_train->refreshRuns(); });
}

void MainWindow::buildLookMenus(QMenu* view) {
    QMenu* look = view->addMenu(tr("Theme"));
    auto* themes = new QActionGroup(this);
    const std::pair<ThemeContext::Choice, QString> choices[] = {{ThemeContext::Choice::System, tr("Like the system")},
                                                                {ThemeContext::Choice::Dark, tr("Dark")},
                                                                {ThemeContext::Choice::Light, tr("Light")}};
    for (const auto& [choice, text] : choices) {
        QAction* entry = look->addAction(text);
        entry->setCheckable(true);
        entry->setChecked(m_theme.choice() == choice);
        themes->addAction(entry);
        connect(entry, &QAction::triggered, this,
                [this, choice = choice] { m_theme.setChoice(choice), m_settings.setTheme(choice); });
        connect(&m_theme, &ThemeContext::changed, entry,
                [this, entry, choice = choice] { entry->setChecked(m_theme.choice() == choice); });
    }
    QMenu* languages = view->addMenu(tr("Language"));
    auto* tongues = new QActionGroup(this);
    std::vector<std::pair<QString, QString>> known = Language::all();
    known.insert(known.begin(), {QString(), tr("Like the system")});
    for (const auto& [code, text] : known) {
        QAction* entry = languages->addAction(text);
        entry->setCheckable(true);
        entry->setChecked(m_settings.language() == code);
        tongues->addAction(entry);
        connect(entry, &QAction::triggered, this, [this, code = code] {
            m_settings.setLanguage(code);
            emit languageChosen(code);
        });
    }
}

void MainWindow::buildClipMenu() {
    ExplorePage* explore = m_explore;
    QMenu* clip = m_top->menus()->addMenu(tr("Clip"));
    action(clip, QStringLiteral("play"), tr("Play or pause"), QStringLiteral("Space"),
           [explore] { explore->togglePlay(); });
    action(clip, QStringLiteral("step-back"), tr("Previous frame"), QStringLiteral("Left"),
           [explore] { explore->clock().step(-1); });
    action(clip, QStringLiteral("step-on"), tr("Next frame"), QStringLiteral("Right"),
           [explore] { explore->clock().step(1); });
    action(clip, QStringLiteral("step-back-10"), tr("10 frames back"), QStringLiteral("Shift+Left"),
           [explore] { explore->clock().step(-10); });
    action(clip, QStringLiteral("step-on-10"), tr("10 frames on"), QStringLiteral("Shift+Right"),
           [explore] { explore->clock().step(10); });
    const auto seconds = [explore](double s) {
        explore->clock().step(static_cast<int>(s * explore->clock().rateHz()));
    };
    action(clip, QStringLiteral("step-back-1s"), tr("1 second back"), QStringLiteral("Ctrl+Left"),
           [seconds] { seconds(-1); });
    action(clip, QStringLiteral("step-on-1s"), tr("1 second on"), QStringLiteral("Ctrl+Right"),
           [seconds] { seconds(1); });
    action(clip, QStringLiteral("step-back-10s"), tr("10 seconds back"), QStringLiteral("PgUp"),
           [seconds] { seconds(-10); });
    action(clip, QStringLiteral("step-on-10s"), tr("10 seconds on"), QStringLiteral("PgDown"),
           [seconds] { seconds(10); });
    action(clip, QStringLiteral("home"), tr("To the beginning"), QStringLiteral("Home"),
           [explore] { explore->clock().seekFrame(0); });
    action(clip, QStringLiteral("end"), tr("To the end"), QStringLiteral("End"),
           [explore] { explore->clock().seekFrame(explore->clock().frames() - 1); });
    action(clip, QStringLiteral("shuttle-back"), tr("Play backwards, again for faster"), QStringLiteral("J"),
           [explore] { explore->shuttle(-1); });
    action(clip, QStringLiteral("shuttle-stop"), tr("Stop"), QStringLiteral("K"), [explore] { explore->shuttle(0); });
    action(clip, QStringLiteral("shuttle-on"), tr("Play forwards, again for faster"), QStringLiteral("L"),
           [explore] { explore->shuttle(1); });
    clip->addSeparator();
    action(clip, QStringLiteral("loop-in"), tr("Loop from here"), QStringLiteral("I"),
           [explore] { explore->loopIn(); });
    action(clip, QStringLiteral("loop-out"), tr("Loop to here"), QStringLiteral("O"),
           [explore] { explore->loopOut(); });
    action(clip, QStringLiteral("loop"), tr("Loop"), QStringLiteral("Shift+L"), [explore] { explore->toggleLoop(); });
    clip->addSeparator();
    action(clip, QStringLiteral("span-add"), tr("Missing span at the playhead"), QStringLiteral("X"),
           [explore] { explore->addSpanAtPlayhead(); });
    action(clip, QStringLiteral("span-remove"), tr("Remove the selected span"), QStringLiteral("Del"),
           [explore] { explore->removeSelectedSpan(); });
}

void MainWindow::editKeys() {
    KeysDialog dialog(m_keys, this);
    dialog.exec();
}

void MainWindow::showKeys() {
    QDialog sheet(this);
    sheet.setWindowTitle(tr("Keys"));
    auto* column = new QVBoxLayout(&sheet);
    column->setContentsMargins(16, 16, 16, 16);
    auto* grid = new QGridLayout;
    grid->setHorizontalSpacing(12);
    grid->setVerticalSpacing(6);
    constexpr int kRows = 20;
    int at = 0;
    for (const KeyBindings::Entry& binding : m_keys.entries()) {
        const QAction* entry = binding.action;
        const QString key = entry->shortcut().toString(QKeySequence::NativeText);
        if (key.isEmpty()) continue;
        auto* cap = new QLabel(key, &sheet);
        cap->setFont(Theme::of(this).mono(11));
        cap->setAlignment(Qt::AlignCenter);
        cap->setStyleSheet(QStringLiteral("QLabel{background:%1;border:1px solid %2;border-radius:3px;padding:2px 6px}")
                               .arg(Theme::of(this).raised.name(), Theme::of(this).border.name()));
        grid->addWidget(cap, at % kRows, (at / kRows) * 3);
        grid->addWidget(new QLabel(entry->text(), &sheet), at % kRows, (at / kRows) * 3 + 1);
        grid->setColumnMinimumWidth((at / kRows) * 3 + 2, 16);
        ++at;
    }
    column->addLayout(grid);
    auto* foot = new QHBoxLayout;
    auto* change = new Button(tr("Change keys…"), &sheet, QStringLiteral("keyboard"));
    auto* close = new Button(tr("Close"), &sheet);
    bool wanted = false;
    connect(change, &QPushButton::clicked, &sheet, [&] { wanted = true, sheet.accept(); });
    connect(close, &QPushButton::clicked, &sheet, &QDialog::accept);
    foot->addWidget(change);
    foot->addStretch(1);
    foot->addWidget(close);
    column->addLayout(foot);
    sheet.exec();
    if (wanted) editKeys();
}

} // namespace emc
