#include "app/session/session_document.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QHash>
#include <QUndoCommand>

#include <csignal>

#include "core/api/error.h"

namespace emc {

// One step of the history: the value before and after. A session is a few kilobytes, so whole values are simplest and
// always right.
class SessionEdit : public QUndoCommand {
public:
    SessionEdit(SessionDocument& document, const QString& text, SessionState before, SessionState after,
                const QString& merge)
        : QUndoCommand(text), m_document(document), m_before(std::move(before)), m_after(std::move(after)),
          m_merge(merge) {}
    void undo() override { m_document.apply(m_before); }
    void redo() override { m_document.apply(m_after); }
    int id() const override { return m_merge.isEmpty() ? -1 : static_cast<int>(qHash(m_merge) & 0x7fffffff); }
    bool mergeWith(const QUndoCommand* other) override {
        const auto* later = static_cast<const SessionEdit*>(other);
        if (later->m_merge != m_merge) return false;
        m_after = later->m_after;
        setObsolete(m_after == m_before);
        return true;
    }

private:
    SessionDocument& m_document;
    SessionState m_before, m_after;
    QString m_merge;
};

SessionDocument::SessionDocument(const QString& recoveryFolder, QObject* parent)
    : QObject(parent), m_recoveryFolder(recoveryFolder) {
    m_undo.setUndoLimit(500);
    m_autosave.setSingleShot(true);
    m_autosave.setInterval(1000);
    connect(&m_autosave, &QTimer::timeout, this, &SessionDocument::autosaveNow);
    if (!m_recoveryFolder.isEmpty()) QDir().mkpath(m_recoveryFolder);
}

SessionDocument::~SessionDocument() = default;

QString SessionDocument::name() const {
    return m_path.isEmpty() ? tr("Untitled session") : QFileInfo(m_path).completeBaseName();
}

void SessionDocument::change(const QString& text, const std::function<void(SessionState&)>& edit,
                             const QString& merge) {
    SessionState after = m_state;
    edit(after);
    if (after == m_state) return;
    m_undo.push(new SessionEdit(*this, text, m_state, after, merge));
}

void SessionDocument::apply(const SessionState& state) {
    const SessionState before = m_state;
    m_state = state;
    emit changed(before, m_state);
    m_autosave.start();
}

void SessionDocument::reset(const SessionFile& file, const QString& path) {
    m_hashes = file.hashes;
    m_view = file.view;
    m_path = path;
    m_undo.clear();
    apply(file.state);
    m_autosave.stop();
    emit pathChanged();
}

SessionFile SessionDocument::file() const {
    SessionFile file;
    file.state = m_state, file.view = m_view;
    for (const QString& clip : m_state.clips) file.hashes.insert(clip, m_hashes.value(clip));
    return file;
}

void SessionDocument::open(const QString& path) {
    reset(loadSessionFile(path), path);
}

void SessionDocument::save(const QString& path) {
    saveSessionFile(path, file());
    m_path = path;
    m_undo.setClean();
    dropAutosave();
    emit pathChanged();
}

QString SessionDocument::autosavePath() const {
    return QStringLiteral("%1/recovery-%2.emcs").arg(m_recoveryFolder).arg(QCoreApplication::applicationPid());
}

void SessionDocument::autosaveNow() {
    if (m_recoveryFolder.isEmpty()) return;
    if (!modified()) { // everything was undone or saved: there is nothing to recover
        QFile::remove(autosavePath());
        return;
    }
    try {
        SessionFile copy = file();
        copy.original = m_path;
        saveSessionFile(autosavePath(), copy);
    } catch (const Error&) {
        m_autosave.start(30000); // a full disk must not disturb work; the next attempt comes by itself
    }
}

void SessionDocument::dropAutosave() {
    m_autosave.stop();
    if (!m_recoveryFolder.isEmpty()) QFile::remove(autosavePath());
}

QStringList SessionDocument::orphans(const QString& recoveryFolder) {
    QStringList result;
    const QFileInfoList files =
        QDir(recoveryFolder).entryInfoList({QStringLiteral("recovery-*.emcs")}, QDir::Files, QDir::Time);
    for (const QFileInfo& info : files) {
        const qint64 pid = info.completeBaseName().mid(9).toLongLong();
        if (pid > 0 && pid != QCoreApplication::applicationPid() && ::kill(static_cast<pid_t>(pid), 0) != 0)
            result.append(info.absoluteFilePath());
    }
    return result;
}

void SessionDocument::recover(const QString& autosave) {
    const SessionFile recovered = loadSessionFile(autosave);
    SessionFile base;
    base.hashes = recovered.hashes, base.view = recovered.view;
    reset(base, recovered.original);
    change(tr("Recover session"), [&](SessionState& s) { s = recovered.state; });
    autosaveNow(); // under the new process before the old file goes
    QFile::remove(autosave);
}

} // namespace emc
