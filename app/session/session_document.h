#pragma once
// The session that is open: its value, its undo history, its file and its autosave. Every change of the value goes
// through change().
#include <QObject>
#include <QTimer>
#include <QUndoStack>

#include <functional>

#include "app/session/session_file.h"

namespace emc {

class SessionDocument : public QObject {
    Q_OBJECT
public:
    // `recoveryFolder` holds the autosaves; empty = none are written (tests).
    explicit SessionDocument(const QString& recoveryFolder, QObject* parent = nullptr);
    ~SessionDocument() override;

    const SessionState& state() const { return m_state; }
    SessionView& view() { return m_view; }
    QUndoStack& undoStack() { return m_undo; }
    const QString& path() const { return m_path; } // empty = never saved
    bool modified() const { return !m_undo.isClean(); }
    QString name() const;

    // Applies `edit`, names it for the history. Nothing happens when the value stays the same.
    // Changes with the same non-empty `merge` key that follow each other become one step (dragging a slider).
    void change(const QString& text, const std::function<void(SessionState&)>& edit, const QString& merge = {});
    // Replaces everything without history (new session, opened file).
    void reset(const SessionFile& file, const QString& path);
    void announce() { emit changed({}, m_state); } // for views that were made anew
    void setHash(const QString& clip, const QString& hash) { m_hashes.insert(clip, hash); }
    QString hashOf(const QString& clip) const { return m_hashes.value(clip); }

    // As the file holds it, with paths relative to `folder`: for figures.
    QByteArray text(const QString& folder) const { return writeSession(file(), folder); }
    void open(const QString& path); // throws Error
    void save(const QString& path); // throws Error

    // Autosave beside the settings: written 1 s after a change, removed at a clean end.
    void autosaveNow();
    void dropAutosave();
    QString autosavePath() const;
    static QStringList orphans(const QString& recoveryFolder); // left by a process that is gone, newest first
    void recover(const QString& autosave);                     // throws Error; the document is then modified

signals:
    void changed(const emc::SessionState& before, const emc::SessionState& after);
    void pathChanged();

private:
    friend class SessionEdit;
    void apply(const SessionState& state);
    SessionFile file() const;

    SessionState m_state;
    SessionView m_view;
    QMap<QString, QString> m_hashes;
    QString m_path, m_recoveryFolder;
    QUndoStack m_undo;
    QTimer m_autosave;
};

} // namespace emc
