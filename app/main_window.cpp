#include "app/main_window.h"

#include <QAction>
#include <QApplication>
#include <QCloseEvent>
#include <QFileInfo>
#include <QMenuBar>
#include <QMessageBox>
#include <QStackedWidget>
#include <QTime>
#include <QVBoxLayout>

#include "app/pages/doctor/doctor_page.h"
#include "app/pages/explore/explore_page.h"
#include "app/pages/train/train_page.h"
#include "app/window/status_line.h"
#include "app/window/top_bar.h"
#include "widgets/common/message_bar.h"

namespace emc {

namespace {
const char* const kPages[] = {"explore", "train", "doctor"};
} // namespace

MainWindow::MainWindow(Backend& backend, Settings& settings, ThemeContext& theme, FaceCanvasFactory makeCanvas,
                       QWidget* parent)
    : QMainWindow(parent), m_backend(backend), m_settings(settings), m_theme(theme),
      m_document(settings.recoveryFolder()) {
    setWindowTitle(QStringLiteral("EMC Studio"));
    setMinimumSize(1000, 640);
    setAcceptDrops(true);
    m_top = new TopBar(m_jobs, this);
    setMenuWidget(m_top);
    auto* centre = new QWidget(this);
    auto* column = new QVBoxLayout(centre);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    m_messages = new MessageArea(centre);
    m_pages = new QStackedWidget(centre);
    m_status = new StatusLine(centre);
    m_explore = new ExplorePage({m_backend, m_jobs, m_document, *m_messages, std::move(makeCanvas)}, m_pages);
    m_train = new TrainPage(m_backend, m_jobs, *m_messages, m_settings.runsFolder(), m_pages);
    m_doctor = new DoctorPage(m_backend, m_jobs, m_pages);
    for (QWidget* page : std::initializer_list<QWidget*>{m_explore, m_train, m_doctor}) m_pages->addWidget(page);
    column->addWidget(m_messages);
    column->addWidget(m_pages, 1);
    column->addWidget(m_status);
    setCentralWidget(centre);
    m_top->addPage(tr("Explore"));
    m_top->addPage(tr("Train"));
    m_top->addPage(tr("Doctor"));
    buildMenus();
    m_top->setDark(m_theme.theme().dark);

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
    connect(m_explore, &ExplorePage::openRequested, this, &MainWindow::openAsked);
    connect(m_explore, &ExplorePage::filesDropped, this, &MainWindow::openPaths);
    connect(m_explore, &ExplorePage::statusChanged, this, &MainWindow::refreshStatus);
    connect(&m_document, &SessionDocument::changed, this, &MainWindow::refreshStatus);
    connect(&m_document, &SessionDocument::pathChanged, this, &MainWindow::refreshStatus);
    connect(&m_document.undoStack(), &QUndoStack::cleanChanged, this, &MainWindow::refreshStatus);
    connect(&m_jobs, &JobRunner::message, this, [this](JobId, const QString& text, bool warning) {
        m_messages->show({warning ? Severity::Warning : Severity::Info, text, {}, {}, {}, QStringLiteral("job")});
    });
    if (!m_settings.geometry().isEmpty()) restoreGeometry(m_settings.geometry());
    else resize(1600, 1000);
    m_pages->setFocusPolicy(Qt::ClickFocus);
    m_pages->setFocus(); // not on the first control: a focus ring belongs to the keyboard
    newSession();
}

MainWindow::~MainWindow() {
    // Pages first: their workers use the backend, and their jobs are joined by m_jobs after them.
    for (QObject* source : std::initializer_list<QObject*>{&m_document, &m_document.undoStack(), &m_jobs, &m_theme})
        source->disconnect(this);
    delete takeCentralWidget();
}

void MainWindow::newSession() {
    SessionFile file;
    // The first model with weights, in its EMC form where there is one.
    for (const ModelInfo& info : m_backend.models())
        if (info.condition == "emc" && !info.checkpoint.empty() && file.state.models.empty())
            file.state.models.append(QString::fromStdString(info.name));
    for (const ModelInfo& info : m_backend.models())
        if (info.condition == "original" && !info.checkpoint.empty() && file.state.models.size() == 1 &&
            info.host == file.state.models.front().section(QLatin1String("-emc"), 0, 0).toStdString())
            file.state.models.append(QString::fromStdString(info.name));
    m_document.reset(file, {});
    const QString demo = QString::fromStdString(m_backend.demoClip().string());
    if (!demo.isEmpty()) m_explore->addKnownClip(demo, tr("Demo"));
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
    for (int i = 0; i < 3; ++i)
        if (name == QLatin1String(kPages[i])) m_top->setPage(i);
}

bool MainWindow::openSession(const QString& path) {
    try {
        m_document.open(path);
        m_settings.addRecent(path);
        refreshRecent();
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
    m_settings.setGeometry(saveGeometry());
    event->accept();
}

} // namespace emc
