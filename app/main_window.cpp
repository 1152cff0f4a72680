#include "app/main_window.h"

#include <QAction>
#include <QApplication>
#include <QCloseEvent>
#include <QFileInfo>
#include <QMenu>
#include <QMenuBar>
#include <QMessageBox>
#include <QScreen>
#include <QStackedWidget>
#include <QTime>
#include <QVBoxLayout>

#include "app/pages/doctor/doctor_page.h"
#include "app/pages/evaluate/evaluate_page.h"
#include "app/pages/explore/explore_page.h"
#include "app/pages/train/train_page.h"
#include "app/window/status_line.h"
#include "app/window/top_bar.h"
#include "widgets/common/message_bar.h"

namespace emc {

namespace {
const char* const kPages[] = {"explore", "train", "evaluate", "doctor"};

// Not larger than the screen with its panels and a title bar; the platform for pictures has no real screen.
QSize usualSize() {
    const QSize wanted(1600, 1000);
    const QScreen* screen = QGuiApplication::primaryScreen();
    if (!screen || QGuiApplication::platformName() == QLatin1String("offscreen")) return wanted;
    return wanted.boundedTo(screen->availableGeometry().size() - QSize(0, 36));
}
} // namespace

MainWindow::MainWindow(Backend& backend, Settings& settings, ThemeContext& theme, FaceCanvasFactory makeCanvas,
                       QWidget* parent)
    : QMainWindow(parent), m_backend(backend), m_settings(settings), m_theme(theme),
      m_document(settings.recoveryFolder()), m_keys(settings), m_makeCanvas(std::move(makeCanvas)) {
    setWindowTitle(QStringLiteral("EMC Studio"));
    setMinimumSize(1000, 640);
    setAcceptDrops(true);
    build();
    if (!m_settings.geometry().isEmpty()) restoreGeometry(m_settings.geometry());
    else resize(usualSize());
    newSession();
}

MainWindow::~MainWindow() {
    // Pages first: their workers use the backend, and their jobs are joined by m_jobs after them.
    tearDown();
}

void MainWindow::build() {
    m_top = new TopBar(m_jobs, this);
    setMenuWidget(m_top);
    auto* centre = new QWidget(this);
    auto* column = new QVBoxLayout(centre);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    m_messages = new MessageArea(centre);
    m_pages = new QStackedWidget(centre);
    m_status = new StatusLine(centre);
    m_explore = new ExplorePage({m_backend, m_jobs, m_document, *m_messages, m_makeCanvas}, m_pages);
    m_train = new TrainPage(m_backend, m_jobs, *m_messages, m_settings.runsFolder(), m_pages);
    m_evaluate =
        new EvaluatePage(m_backend, m_jobs, *m_messages, m_settings.runsFolder(), m_settings.studiesFolder(), m_pages);
    m_doctor = new DoctorPage(m_backend, m_jobs, m_pages);
    for (QWidget* page : std::initializer_list<QWidget*>{m_explore, m_train, m_evaluate, m_doctor})
        m_pages->addWidget(page);
    column->addWidget(m_messages);
    column->addWidget(m_pages, 1);
    column->addWidget(m_status);
    setCentralWidget(centre);
    m_top->addPage(tr("Explore"));
    m_top->addPage(tr("Train"));
    m_top->addPage(tr("Evaluate"));
    m_top->addPage(tr("Doctor"));
    buildMenus();
    applyKeys();
    m_top->setDark(m_theme.theme().dark);

    connect(&m_keys, &KeyBindings::changed, this, &MainWindow::applyKeys);
    connect(m_top, &TopBar::pageChosen, this, [this](int page) {
        m_pages->setCurrentIndex(page);
        m_explore->setActive(page == 0);
        m_document.view().page = QLatin1String(kPages[page]);
        refreshStatus();
    });
    connect(m_top, &TopBar::themeToggled, this, [this] {
        const auto choice = m_theme.theme().dark ? ThemeContext::Choice::Light : ThemeContext::Choice::Dark;
        m_theme.setChoice(choice);
        m_settings.setTheme(choice);
    });
    connect(&m_theme, &ThemeContext::changed, this, [this](const Theme& now) { m_top->setDark(now.dark); });
    connect(m_explore, &ExplorePage::openRequested, this, [this] {
        QMenu menu;
        for (const char* name : {"open", "add-folder", "demo"})
            if (const KeyBindings::Entry* entry = m_keys.find(QLatin1String(name))) menu.addAction(entry->action);
        menu.exec(QCursor::pos());
    });
    connect(&m_explore->reactions(), &ReactionController::paneChanged, this, [this](int pane) {
        const auto& panes = m_explore->reactions().panes();
        if (pane < static_cast<int>(panes.size()) && panes[static_cast<std::size_t>(pane)].firstMs > 0)
            m_doctor->setMeasured(m_startMs, panes[static_cast<std::size_t>(pane)].firstMs);
    });
    connect(m_explore, &ExplorePage::filesDropped, this, &MainWindow::openPaths);
    connect(m_train, &TrainPage::runsFolderChosen, this, [this](const QString& folder) {
        m_settings.setRunsFolder(folder);
        m_evaluate->setRunsFolder(folder);
    });
    connect(m_evaluate, &EvaluatePage::exploreRequested, this, &MainWindow::exploreWish);
    connect(m_explore, &ExplorePage::statusChanged, this, &MainWindow::refreshStatus);
    connect(&m_document, &SessionDocument::changed, this, &MainWindow::refreshStatus);
    connect(&m_document, &SessionDocument::pathChanged, this, &MainWindow::refreshStatus);
    connect(&m_document.undoStack(), &QUndoStack::cleanChanged, this, &MainWindow::refreshStatus);
    connect(&m_jobs, &JobRunner::message, this, [this](JobId, const QString& text, bool warning) {
        m_messages->show({warning ? Severity::Warning : Severity::Info, text, {}, {}, {}, QStringLiteral("job")});
    });
    m_pages->setFocusPolicy(Qt::ClickFocus);
    m_pages->setFocus(); // not on the first control: a focus ring belongs to the keyboard
}

void MainWindow::tearDown() {
    for (QObject* source :
         std::initializer_list<QObject*>{&m_document, &m_document.undoStack(), &m_jobs, &m_theme, &m_keys})
        source->disconnect(this);
    delete m_dropHint;
    m_dropHint = nullptr;
    delete takeCentralWidget();
    m_keys.clear();
    for (QAction* made : m_actions) delete made;
    for (QAction* made : m_undoActions) delete made;
    m_actions.clear(), m_undoActions.clear();
    setMenuWidget(nullptr);
    delete m_top; // with its menus
    m_top = nullptr;
}

// Another language: the texts are made anew, the work goes on where it was.
void MainWindow::rebuild() {
    if (m_rebuilding) return;
    m_rebuilding = true;
    keepLayout();
    const SessionView view = m_document.view();
    const auto known = m_explore->knownClips();
    tearDown();
    setLocale(QLocale());
    build();
    for (const auto& [group, clip] : known) m_explore->addKnownClips(group, {clip});
    m_document.announce();
    m_document.view() = view; // building the pages has moved the playhead
    restoreLayout();
    m_explore->chooseRightTab(view.rightTab);
    showPage(view.page);
    refreshStatus();
    m_rebuilding = false;
}

void MainWindow::changeEvent(QEvent* event) {
    QMainWindow::changeEvent(event);
    // Later: the translators are being exchanged now, and several events come for one change.
    if (event->type() == QEvent::LanguageChange && m_explore)
        QMetaObject::invokeMethod(
            this,
            [this] {
                if (tr("Explore") != m_top->pageName(0) || locale() != QLocale()) rebuild();
            },
            Qt::QueuedConnection);
}

void MainWindow::setStartMs(double ms) {
    m_startMs = ms;
    m_doctor->setMeasured(ms, -1);
}

void MainWindow::keepLayout() {
    m_document.view().layout = {{QStringLiteral("explore"), m_explore->layoutState()},
                                {QStringLiteral("train"), m_train->layoutState()},
                                {QStringLiteral("evaluate"), m_evaluate->layoutState()}};
}

void MainWindow::applyKeys() {
    m_explore->setKeys([this](const char* name) { return m_keys.textOf(name); });
}

void MainWindow::newSession() {
    SessionFile file;
    // The model that `emc react` takes unasked, else the first one with weights, in its EMC form.
    for (const bool any : {false, true})
        for (const ModelInfo& info : m_backend.models())
            if (info.condition == "emc" && !info.checkpoint.empty() && file.state.models.empty() &&
                (any || info.name == "trans-vae-emc"))
                file.state.models.append(QString::fromStdString(info.name));
    for (const ModelInfo& info : m_backend.models())
        if (info.condition == "original" && !info.checkpoint.empty() && file.state.models.size() == 1 &&
            info.host == file.state.models.front().section(QLatin1String("-emc"), 0, 0).toStdString())
            file.state.models.append(QString::fromStdString(info.name));
    file.view.layout = m_settings.layout();
    m_document.reset(file, {});
    restoreLayout();
    const QString demo = QString::fromStdString(m_backend.demoClip().string());
    if (!demo.isEmpty()) m_explore->addKnownClips(tr("Demo"), {{demo, {}}});
}

void MainWindow::restoreLayout() {
    const QJsonObject layout = m_document.view().layout;
    m_explore->restoreLayout(layout.value(QStringLiteral("explore")).toObject());
    m_train->restoreLayout(layout.value(QStringLiteral("train")).toObject());
    m_evaluate->restoreLayout(layout.value(QStringLiteral("evaluate")).toObject());
}

void MainWindow::openDemo() {
    const QString demo = QString::fromStdString(m_backend.demoClip().string());
    if (demo.isEmpty()) {
        m_messages->show({Severity::Warning,
                          tr("There is no demo clip on this machine. Run the set-up again or open a video."),
                          {},
                          {},
                          {},
                          QStringLiteral("demo")});
        return;
    }
    SessionFile file;
    file.state = m_document.state();
    file.view = m_document.view();
    file.state.clips = {demo};
    file.state.clip = demo;
    m_document.reset(file, {});
}

void MainWindow::showPage(const QString& name) {
    for (int i = 0; i < static_cast<int>(std::size(kPages)); ++i)
        if (name == QLatin1String(kPages[i])) m_top->setPage(i);
}

bool MainWindow::openSession(const QString& path) {
    try {
        SessionFile file = loadSessionFile(path);
        const bool moved = !file.missing.isEmpty() && m_askOnClose && askForMoved(file);
        m_document.reset(file, path);
        if (moved) m_document.undoStack().resetClean(); // the file does not know the new places yet
        m_settings.addRecent(path);
        refreshRecent();
        restoreLayout();
        const SessionView view = m_document.view();
        showPage(view.page);
        m_explore->chooseRightTab(view.rightTab);
        return true;
    } catch (...) {
        const Failure failure = Failure::current();
        m_messages->show({Severity::Error,
                          tr("%1 cannot be opened: %2").arg(QFileInfo(path).fileName(), failure.problem),
                          failure.details,
                          {},
                          {},
                          QStringLiteral("session")});
        return false;
    }
}

bool MainWindow::saveSession(const QString& path) {
    try {
        keepLayout();
        m_document.save(path);
        m_settings.addRecent(path);
        refreshRecent();
        refreshStatus();
        return true;
    } catch (...) {
        const Failure failure = Failure::current();
        m_messages->show({Severity::Error, failure.problem, failure.details, {}, {}, QStringLiteral("session")});
        return false;
    }
}

void MainWindow::offerRecovery() {
    const QStringList orphans = SessionDocument::orphans(m_settings.recoveryFolder());
    if (orphans.isEmpty()) return;
    const QString newest = orphans.front();
    m_messages->show(
        {Severity::Warning,
         tr("The program ended unexpectedly. The session of %1 was kept.")
             .arg(locale().toString(QFileInfo(newest).lastModified(), QLocale::ShortFormat)),
         {},
         tr("Restore"),
         [this, newest] {
             try {
                 m_document.recover(newest);
                 restoreLayout();
             } catch (...) {
                 const Failure failure = Failure::current();
                 m_messages->show(
                     {Severity::Error, failure.problem, failure.details, {}, {}, QStringLiteral("session")});
             }
         },
         QStringLiteral("recovery")});
}

void MainWindow::refreshStatus() {
    const bool saved = !m_document.modified();
    setWindowTitle(QStringLiteral("%1%2 – EMC Studio").arg(m_document.name(), saved ? QString() : QStringLiteral("*")));
    setWindowModified(false);
    m_status->setSession(m_document.path().isEmpty()
                             ? (saved ? tr("New session") : tr("Not saved yet, kept for recovery"))
                         : saved ? tr("%1 saved").arg(m_document.name())
                                 : tr("%1 changed").arg(m_document.name()),
                         saved);
    const ClipData* clip = m_explore->clip();
    const bool explore = m_pages->currentIndex() == 0;
    if (clip && explore) {
        const PlaybackClock& clock = m_explore->clock();
        m_status->setFrame(tr("Frame %1 of %2").arg(clock.frame() + 1).arg(clock.frames()));
        m_status->setClip(QStringLiteral("%1 · %2").arg(QFileInfo(m_document.state().clip).fileName(),
                                                        tr("%1 fps").arg(locale().toString(clock.rateHz(), 'f', 3))) +
                          (clip->info.synthetic ? QStringLiteral(" · ") + tr("synthetic demo data") : QString()));
    } else {
        m_status->setFrame({});
        m_status->setClip({});
    }
    const QString sound = m_explore->soundText();
    m_status->setSound(sound.isEmpty() ? QString() : tr("Sound %1").arg(sound));
}

bool MainWindow::mayDiscard() {
    if (!m_askOnClose || !m_document.modified()) return true;
    const auto answer =
        QMessageBox::question(this, tr("Save the session?"), tr("The session has changes that are not saved."),
                              QMessageBox::Save | QMessageBox::Discard | QMessageBox::Cancel, QMessageBox::Save);
    if (answer == QMessageBox::Save) return saveAsked(false);
    return answer == QMessageBox::Discard;
}

void MainWindow::closeEvent(QCloseEvent* event) {
    if (m_jobs.liveCount() > 0 && m_askOnClose &&
        QMessageBox::question(this, tr("Stop the running jobs?"),
                              tr("Jobs are still running. Runs can be resumed later.")) != QMessageBox::Yes) {
        event->ignore();
        return;
    }
    if (!mayDiscard()) {
        event->ignore();
        return;
    }
    m_explore->setActive(false);
    m_document.dropAutosave();
    keepLayout();
    QJsonObject layout = m_document.view().layout;
    QJsonObject page = layout.value(QStringLiteral("explore")).toObject();
    for (const char* ofTheClip : {"zoom", "solo"}) page.remove(QLatin1String(ofTheClip));
    layout.insert(QStringLiteral("explore"), page);
    m_settings.setLayout(layout);
    m_settings.setGeometry(saveGeometry());
    event->accept();
}

} // namespace emc
