#pragma once
// The session file (.emcs): JSON, schema 1. Paths are relative to the file, each clip carries the hash of its content.
#include <QByteArray>
#include <QMap>
#include <QString>
#include <QStringList>

#include "app/session/session_state.h"

namespace emc {

struct SessionFile {
    SessionState state;
    SessionView view;
    QMap<QString, QString> hashes; // by clip
    QStringList missing;           // clips named in the file that are not there
    QString original;              // of an autosave: the file that was open; empty = never saved
};

inline constexpr int kSessionSchema = 1;

QByteArray writeSession(const SessionFile& session, const QString& folder);
// Throws Error(BadInput) with all faults in one message, Error(Unsupported) for a newer schema.
SessionFile readSession(const QByteArray& bytes, const QString& folder, const QString& name);

// Whole files; atomic on writing. Throw Error(Io | NotFound | ...).
void saveSessionFile(const QString& path, const SessionFile& session);
SessionFile loadSessionFile(const QString& path);

} // namespace emc
