#pragma once
// Clips that a session names and that are no longer there: where they may be now, and putting them in their place.
#include <QMap>
#include <QStringList>

#include <functional>

#include "app/session/session_file.h"

namespace emc {

// Hash of the content of the clip at a path; empty when there is no clip. Must not throw.
using ClipHash = std::function<QString(const QString& path)>;

// Looks for the missing clips under `folder`: first at the same place below it (the longest common tail of the path),
// then by content, then by name. `hashes` is by old path; a clip of the same name whose content differs counts only
// when nothing better is there. The answer is by old path and holds what was found.
QMap<QString, QString> findMoved(const QStringList& missing, const QMap<QString, QString>& hashes,
                                 const QString& folder, const ClipHash& hashOf);

// Puts the new paths in the place of the old ones everywhere in the session.
void relink(SessionFile& session, const QMap<QString, QString>& moved);

} // namespace emc
