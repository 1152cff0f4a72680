// MainWindow, third part: files, folders, videos, drag and drop.
#include <QAction>
#include <QDir>
#include <QDirIterator>
#include <QDragEnterEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QJsonDocument>
#include <QLabel>
#include <QMenu>
#include <QMimeData>
#include <QPainter>

#include "app/main_window.h"
#include "app/pages/evaluate/clips_tab.h"
#include "app/pages/evaluate/evaluate_page.h"
#include "app/pages/explore/explore_page.h"
#include "app/session/figure_settings.h"
#include "app/session/react_tree.h"
#include "app/window/relink_dialog.h"
#include "app/window/top_bar.h"
#include "core/api/study_service.h"
#include "widgets/common/icons.h"
#include "widgets/common/message_bar.h"

namespace emc {

namespace {

const QStringList kVideoSuffixes = {QStringLiteral("mp4"), QStringLiteral("mov"),  QStringLiteral("mkv"),
                                    QStringLiteral("avi"), QStringLiteral("webm"), QStringLiteral("m4v"),
                                    QStringLiteral("mpg"), QStringLiteral("mpeg")};

const QString kImporting = QStringLiteral("importing"); // key of the message as long as videos are read

bool isClipFolder(const QString& path) {
    return QFileInfo::exists(path + QStringLiteral("/clip.toml"));
}
bool isVideo(const QString& path) {
    return kVideoSuffixes.contains(QFileInfo(path).suffix().toLower());
}
bool isCheckpoint(const QString& path) {
    static const QStringList kSuffixes = {QStringLiteral("pth"), QStringLiteral("pt"), QStringLiteral("ckpt"),
                                          QStringLiteral("safetensors")};
    return kSuffixes.contains(QFileInfo(path).suffix().toLower());
}
bool isSession(const QString& path) {
    return QFileInfo(path).suffix().toLower() == QLatin1String("emcs");
}

struct Sorted {
    QString session;
    QString figure; // the last one
    QStringList clips, videos, folders, checkpoints, skipped;
};

Sorted sorted(const QStringList& paths) {
    Sorted result;
    for (const QString& path : paths) {
        if (isSession(path)) result.session = path;
        else if (isFigure(path)) result.figure = path;
        else if (isClipFolder(path) || !reactPartner(path).isEmpty()) result.clips.append(path);
        else if (QFileInfo(path).isDir()) result.folders.append(path);
        else if (isVideo(path)) result.videos.append(path);
        else if (isCheckpoint(path)) result.checkpoints.append(path);
        else result.skipped.append(QFileInfo(path).fileName());
    }
    return result;
}

QStringList localFiles(const QMimeData* data) {
    QStringList files;
    for (const QUrl& url : data->urls())
        if (url.isLocalFile()) files.append(url.toLocalFile());
    return files;
}

// Says what a drop will do and what it skips.
class DropHint : public QWidget {
public:
    DropHint(QString text, QString skipped, QWidget* parent)
        : QWidget(parent), m_text(std::move(text)), m_skipped(std::move(skipped)) {
        setAttribute(Qt::WA_TransparentForMouseEvents);
        setGeometry(parent->rect());
        show();
        raise();
    }

protected:
    void paintEvent(QPaintEvent*) override {
        const Theme& theme = Theme::of(this);
        QPainter p(this);
        p.setRenderHint(QPainter::Antialiasing);
        p.fillRect(rect(), Theme::alpha(theme.window, 0.75));
        p.setBrush(Theme::alpha(theme.infoFill, 0.95));
        p.setPen(QPen(theme.accent, 2, Qt::DashLine));
        const QRect box = rect().adjusted(24, 24, -24, -24);
        p.drawRoundedRect(box, 4, 4);
        p.drawPixmap(box.center() - QPoint(12, 44),
                     iconPixmap(QStringLiteral("import"), theme.accentText, 24, devicePixelRatioF()));
        p.setPen(theme.text);
        p.setFont(theme.font(15, QFont::DemiBold));
        p.drawText(box, Qt::AlignCenter, m_text);
        p.setPen(theme.muted);
        p.setFont(theme.font(12));
        p.drawText(box.translated(0, 32), Qt::AlignCenter, m_skipped);
    }

private:
    QString m_text, m_skipped;
};

} // namespace

void MainWindow::openPaths(const QStringList& paths) {
    const Sorted found = sorted(paths);
    if (!found.session.isEmpty()) {
        if (mayDiscard()) openSession(found.session);
        return;
    }
    if (!found.figure.isEmpty()) restoreFigure(found.figure);
    if (!found.clips.isEmpty()) {
        m_explore->startAtBeginning(QDir::cleanPath(found.clips.front()));
        m_document.change(tr("Add %n clip(s)", nullptr, static_cast<int>(found.clips.size())), [&](SessionState& s) {
            for (const QString& clip : found.clips)
                if (!s.clips.contains(QDir::cleanPath(clip))) s.clips.append(QDir::cleanPath(clip));
            s.clip = QDir::cleanPath(found.clips.front());
        });
        showPage(QStringLiteral("explore"));
    }
    for (const QString& folder : found.folders) addFolder(folder);
    if (!found.videos.isEmpty()) ingest(found.videos);
    for (const QString& checkpoint : found.checkpoints) openCheckpoint(checkpoint);
    if (!found.skipped.isEmpty())
        m_messages->show({Severity::Warning,
                          tr("Skipped, neither video, clip, session nor checkpoint: %1")
                              .arg(found.skipped.join(QStringLiteral(", "))),
                          {},
                          {},
                          {},
                          QStringLiteral("open")});
}

// A figure of Explore holds a session, one of a study what was asked for. Both can be undone.
void MainWindow::restoreFigure(const QString& path) {
    const QString name = QFileInfo(path).fileName();
    try {
        const QJsonObject settings = settingsInFigure(path);
        if (settings.value(QLatin1String("format")).toString() == QLatin1String("emc-session")) {
            SessionFile file = readSession(QJsonDocument(settings).toJson(), QFileInfo(path).absolutePath(), name);
            if (!file.missing.isEmpty() && m_askOnClose) askForMoved(file);
            m_document.change(tr("Session of %1").arg(name), [&](SessionState& s) { s = file.state; });
            m_explore->clock().seekFrame(file.view.playhead);
            m_explore->chooseRightTab(file.view.rightTab);
            showPage(QStringLiteral("explore"));
            return m_messages->show({Severity::Ok,
                                     tr("The session of %1 is restored; Undo brings the other one back.").arg(name),
                                     {},
                                     {},
                                     {},
                                     QStringLiteral("open")});
        }
        const QJsonObject before = m_evaluate->layoutState(), after = evaluateLayoutOf(settings, before);
        m_evaluate->restoreLayout(after);
        showPage(QStringLiteral("evaluate"));
        m_messages->show({Severity::Ok, tr("The study of %1 is set up again.").arg(name), weightsIn(settings),
                          tr("Undo"), [this, before] { m_evaluate->restoreLayout(before); }, QStringLiteral("open")});
    } catch (...) {
        const Failure failure = Failure::current();
        m_messages->show({Severity::Error,
                          tr("%1 cannot be opened: %2").arg(name, failure.problem),
                          failure.details,
                          {},
                          {},
                          QStringLiteral("open")});
    }
}

void MainWindow::addFolder(const QString& folder) {
    const QString name = QFileInfo(folder).fileName();
    int count = 0;
    if (isReactTree(folder)) {
        QMap<QString, std::vector<ExplorePage::KnownClip>> byPartition;
        for (const ReactTreePair& pair : reactPairs(folder))
            byPartition[pair.partition].push_back({pair.speaker, pair.name});
        for (const char* partition : {"train", "val", "test"}) {
            const auto& clips = byPartition[QLatin1String(partition)];
            count += static_cast<int>(clips.size());
            if (!clips.empty())
                m_explore->addKnownClips(QStringLiteral("%1 · %2").arg(name, QLatin1String(partition)), clips);
        }
    } else {
        QStringList clips;
        QDirIterator it(folder, QDir::Dirs | QDir::Files | QDir::NoDotAndDotDot, QDirIterator::Subdirectories);
        constexpr int kMost = 20000; // entries; a whole disk is not meant
        for (int i = 0; it.hasNext() && i < kMost; ++i) {
            it.next();
            if (it.fileName() == QLatin1String("clip.toml")) clips.append(it.fileInfo().absolutePath());
        }
        clips.sort();
        std::vector<ExplorePage::KnownClip> known;
        for (const QString& clip : clips) known.push_back({clip, {}});
        count = static_cast<int>(known.size());
        m_explore->addKnownClips(name, known);
    }
    if (count == 0) {
        m_messages->show({Severity::Warning,
                          tr("%1 holds no clips and is no corpus in the REACT layout.").arg(name),
                          {},
                          {},
                          {},
                          QStringLiteral("open")});
        return;
    }
    showPage(QStringLiteral("explore"));
    m_messages->show({Severity::Ok, tr("Added %n clip(s).", nullptr, count), {}, {}, {}, QStringLiteral("open")});
}

void MainWindow::chooseFolder() {
    const QString folder = QFileDialog::getExistingDirectory(this, tr("Add folder"));
    if (!folder.isEmpty()) openPaths({folder});
}

bool MainWindow::askForMoved(SessionFile& file) {
    RelinkDialog dialog(
        file.missing, file.hashes,
        [this](const QString& path) {
            try {
                return QString::fromStdString(m_backend.openClip(path.toStdString())->info().contentHash);
            } catch (...) { return QString(); }
        },
        this);
    dialog.exec();
    relink(file, dialog.moved());
    return !dialog.moved().isEmpty();
}

void MainWindow::ingest(const QStringList& videos) {
    m_messages->show(
        {Severity::Info,
         tr("Importing %n video(s): face and sound are being measured.", nullptr, static_cast<int>(videos.size())),
         {},
         tr("Show jobs"),
         [this] { m_top->openJobs(); },
         kImporting});
    for (const QString& video : videos) {
        QDir().mkpath(m_settings.clipsFolder());
        QString clip = m_settings.clipsFolder() + QLatin1Char('/') + QFileInfo(video).completeBaseName();
        for (int i = 2; QFileInfo::exists(clip); ++i)
            clip = QStringLiteral("%1/%2_%3").arg(m_settings.clipsFolder(), QFileInfo(video).completeBaseName()).arg(i);
        const JobId id = m_jobs.submit<IngestReport>(
            {tr("Import %1").arg(QFileInfo(video).fileName()), JobLane::Heavy, false, false, {}},
            [&backend = m_backend, video, clip](JobContext& job) {
                return backend.ingest(video.toStdString(), clip.toStdString(), {}, job);
            },
            this,
            [this, clip](IngestReport report) {
                QStringList notes;
                for (const std::string& note : report.notes) {
                    if (note.empty()) continue;
                    notes.append(QString::fromStdString(note));
                    notes.back()[0] = notes.back()[0].toUpper();
                }
                QString text = tr("%1 is imported: face in %2 of %3 frames.")
                                   .arg(QFileInfo(clip).fileName())
                                   .arg(report.faceFrames)
                                   .arg(report.frames);
                const bool whole = report.faceFrames == report.frames && report.hasSpeech;
                if (!whole) // else the notes only say how it was done
                    for (const QString& note : notes.mid(0, 2)) text += QStringLiteral(" %1.").arg(note);
                m_messages->show({whole ? Severity::Ok : Severity::Warning,
                                  text,
                                  notes.join(QLatin1Char('\n')),
                                  {},
                                  {},
                                  QStringLiteral("ingest")});
                openPaths({clip});
            });
        connect(&m_jobs, &JobRunner::ended, this, [this, id, video](JobId ended, JobState state) {
            const JobInfo* info = m_jobs.find(id);
            if (ended != id || !isFinal(state)) return;
            m_messages->clear(kImporting);
            if (state == JobState::Failed && info)
                m_messages->show({Severity::Error,
                                  tr("%1 cannot be imported: %2").arg(QFileInfo(video).fileName(), info->problem),
                                  info->details,
                                  {},
                                  {},
                                  {}});
        });
    }
}

void MainWindow::openAsked() {
    const QStringList files = QFileDialog::getOpenFileNames(
        this, tr("Open"), {},
        tr("Videos, sessions, figures and checkpoints (*.emcs *.mp4 *.mov *.mkv *.avi *.webm *.m4v *.mpg *.mpeg *.svg "
           "*.png *.pth *.pt *.ckpt *.safetensors);;All files (*)"));
    if (!files.isEmpty()) openPaths(files);
}

bool MainWindow::saveAsked(bool as) {
    QString path = m_document.path();
    if (as || path.isEmpty()) {
        path = QFileDialog::getSaveFileName(this, tr("Save session"), path.isEmpty() ? tr("session.emcs") : path,
                                            tr("Sessions (*.emcs)"));
        if (path.isEmpty()) return false;
        if (QFileInfo(path).suffix().isEmpty()) path += QStringLiteral(".emcs");
    }
    return saveSession(path);
}

void MainWindow::refreshRecent() {
    m_recent->clear();
    for (const QString& path : m_settings.recent()) {
        QAction* entry = m_recent->addAction(QDir::toNativeSeparators(path));
        connect(entry, &QAction::triggered, this, [this, path] {
            if (mayDiscard()) openSession(path);
        });
    }
    m_recent->setEnabled(!m_recent->isEmpty());
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event) {
    const QStringList files = localFiles(event->mimeData());
    if (files.isEmpty()) return;
    const Sorted found = sorted(files);
    QStringList parts;
    if (!found.session.isEmpty()) parts.append(tr("Open session %1").arg(QFileInfo(found.session).fileName()));
    else {
        if (!found.figure.isEmpty())
            parts.append(tr("Restore the session of %1").arg(QFileInfo(found.figure).fileName()));
        if (!found.videos.isEmpty())
            parts.append(tr("Import %n video(s)", nullptr, static_cast<int>(found.videos.size())));
        if (!found.clips.isEmpty()) parts.append(tr("Add %n clip(s)", nullptr, static_cast<int>(found.clips.size())));
        if (!found.folders.isEmpty())
            parts.append(tr("Look for clips in %n folder(s)", nullptr, static_cast<int>(found.folders.size())));
    }
    const QString skipped =
        found.skipped.isEmpty() ? QString() : tr("Skipped: %1").arg(found.skipped.join(QStringLiteral(", ")));
    delete m_dropHint;
    m_dropHint = new DropHint(parts.isEmpty() ? tr("Nothing here can be opened") : parts.join(QStringLiteral(", ")),
                              skipped, this);
    if (!parts.isEmpty()) event->acceptProposedAction();
}

void MainWindow::dragLeaveEvent(QDragLeaveEvent*) {
    delete m_dropHint;
    m_dropHint = nullptr;
}

void MainWindow::dropEvent(QDropEvent* event) {
    delete m_dropHint;
    m_dropHint = nullptr;
    const QStringList files = localFiles(event->mimeData());
    event->acceptProposedAction();
    openPaths(files);
}

} // namespace emc
